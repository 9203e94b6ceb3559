//! Pieces that several panels share.

pub(crate) mod parts;
pub(crate) mod sheet;
