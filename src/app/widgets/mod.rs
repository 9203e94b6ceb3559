//! Pieces that several panels share.

pub(crate) mod panel_context;
pub(crate) mod subject_menu;
pub(crate) mod parts;
pub(crate) mod note_field;
pub(crate) mod figures;
pub(crate) mod fold;
pub(crate) mod pages;
pub(crate) mod picker;
pub(crate) mod cells;
pub(crate) mod widths;
pub(crate) mod sheet;
pub(crate) mod plain_table;
pub(crate) mod table;
pub(crate) mod typed;
