//! Projects on the command line: made of inventories, brought up to date, and described.

mod import;
mod info;

pub(super) use import::import_into;
pub(super) use info::info;
