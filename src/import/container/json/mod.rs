//! JSON and JSON Lines: one row for each object.

pub(crate) mod text;
pub(crate) mod scan;
pub(crate) mod damage;
pub(crate) mod lists;
pub(crate) mod named;
pub(crate) mod rows;
pub(crate) mod carried;
pub(crate) mod entries;
pub(crate) mod wrapper;
pub(crate) mod pages;
pub(crate) mod start;
pub(crate) mod opengraph;
pub(crate) mod not_inventory;
pub(crate) mod no_rows;
pub(crate) mod documents;
