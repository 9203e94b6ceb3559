//! The page of assumptions: every value that answers rest on, each with its default.

pub(crate) mod section;
pub(crate) mod fields;
pub(crate) mod costs;
pub(crate) mod rules;
pub(crate) mod ends;
pub(crate) mod environments;
pub(crate) mod limits;
pub(crate) mod page;
