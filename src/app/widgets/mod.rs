//! Pieces that several panels share.

pub(crate) mod panel_context;
pub(crate) mod parts;
pub(crate) mod figures;
pub(crate) mod cells;
pub(crate) mod sheet;
