//! Each answer as a document.

pub(super) mod basis;
pub(super) mod names;
pub(super) mod between;
pub(super) mod jewels;
pub(super) mod owners;
mod evidence;
pub(super) mod finding;
pub(super) mod finding_work;
pub(super) mod fix_lists;
pub(super) mod first_steps;
pub(super) mod glossary;
pub(super) mod rotation;
pub(super) mod report;
pub(super) mod radius;
pub(super) mod reached_by;
pub(super) mod paths;
pub(super) mod tabletop;
pub(super) mod minutes;
pub(super) mod what_if;
pub(super) mod difference;
