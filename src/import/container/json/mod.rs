//! JSON and JSON Lines: one row for each object.

pub(crate) mod text;
pub(crate) mod scan;
pub(crate) mod lists;
pub(crate) mod rows;
pub(crate) mod wrapper;
pub(crate) mod not_inventory;
pub(crate) mod documents;
