//! Projects on the command line: made of inventories, brought up to date, and described.

mod hidden;
mod import;
mod info;
mod fix_lists;
mod redact;
mod attestation;
mod recover;
mod workshop;

pub(super) use attestation::{attestation, attested};
pub(super) use fix_lists::{
    NamedFixes, hidden_scenario, own_fixes, planned, scenario_names, scenarios, task_list,
};
pub(super) use import::import_into;
pub(super) use info::info;
pub(super) use recover::recover;
pub(super) use redact::{redact, reveal};
pub(super) use workshop::{minutes, stated};
