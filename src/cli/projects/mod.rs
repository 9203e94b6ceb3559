//! Projects on the command line: made of inventories, brought up to date, and described.

mod import;
mod info;
mod fix_lists;
mod redact;

pub(super) use fix_lists::{scenarios, task_list};
pub(super) use import::import_into;
pub(super) use info::info;
pub(super) use redact::{redact, reveal};
