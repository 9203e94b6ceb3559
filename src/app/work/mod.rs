//! The bodies of jobs: plain functions from values to values.

pub(crate) mod sort;
pub(crate) mod facet_counts;
pub(crate) mod answers;
pub(crate) mod map_layout;
pub(crate) mod shown_names;
pub(crate) mod view_layout;
pub(crate) mod problem_list;
pub(crate) mod assessment;
pub(crate) mod what_if;
pub(crate) mod rotation;
pub(crate) mod scenarios;
pub(crate) mod comparison;
pub(crate) mod run_key;
pub(crate) mod staged_files;
pub(crate) mod recent_files;
pub(crate) mod watch;
pub(crate) mod project_files;
pub(crate) mod unsaved_files;
pub(crate) mod policy_files;
pub(crate) mod picture_file;
pub(crate) mod deck_file;
pub(crate) mod exporting;
pub(crate) mod export_preview;
pub(crate) mod saving;
pub(crate) mod attestation;
pub(crate) mod write_queue;
