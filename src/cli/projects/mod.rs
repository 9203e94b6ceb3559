//! Projects on the command line: made of inventories, brought up to date, and described.

mod import;
mod info;
mod redact;

pub(super) use import::import_into;
pub(super) use info::info;
pub(super) use redact::{redact, reveal};
