//! What the window knows, and the one way in which that changes.
//!
//! [`state`] is what is known, [`command`] what can be asked. [`apply`] alone changes anything, by
//! the functions of the files between them, which stand in the order in which they use each other.
//! Drawing takes `&Model` and pushes commands.

pub(crate) mod tab;
pub(crate) mod panes;
pub(crate) mod answer_sort;
pub(crate) mod found_again;
pub(crate) mod neighbours;
pub(crate) mod query;
pub(crate) mod by_hand;
pub(crate) mod filters;
pub(crate) mod named_filters;
pub(crate) mod figure;
pub(crate) mod around;
pub(crate) mod sight;
pub(crate) mod views;
pub(crate) mod export_dialog;
pub(crate) mod finding_draft;
pub(crate) mod session;
pub(crate) mod route;
pub(crate) mod lists;
pub(crate) mod sort_orders;
pub(crate) mod search;
pub(crate) mod picking;
pub(crate) mod looks;
pub(crate) mod what_if;
pub(crate) mod walk;
pub(crate) mod settings;
pub(crate) mod saving;
pub(crate) mod job_end;
pub(crate) mod project_command;
pub(crate) mod command;
pub(crate) mod staging;
pub(crate) mod history;
pub(crate) mod to_copy;
pub(crate) mod together;
pub(crate) mod selection;
pub(crate) mod standings;
pub(crate) mod state;
pub(crate) mod picture_export;
pub(crate) mod step_label;
pub(crate) mod wanted;
pub(crate) mod starts;
pub(crate) mod copying;
pub(crate) mod project_jobs;
pub(crate) mod listing;
pub(crate) mod fix_effects;
pub(crate) mod selecting;
pub(crate) mod hiding;
pub(crate) mod fix_list;
pub(crate) mod scenarios;
pub(crate) mod rotation;
pub(crate) mod paths;
pub(crate) mod tables;
pub(crate) mod finding_work;
pub(crate) mod rebuild;
pub(crate) mod arranging;
pub(crate) mod rows_of_figure;
pub(crate) mod policy;
pub(crate) mod remembered;
pub(crate) mod exporting;
pub(crate) mod opening;
pub(crate) mod reimport;
pub(crate) mod stage;
pub(crate) mod project_file;
pub(crate) mod autosave;
pub(crate) mod looking_back;
pub(crate) mod walking;
pub(crate) mod going;
pub(crate) mod look;
pub(crate) mod travel;
pub(crate) mod following;
pub(crate) mod apply;

pub(crate) use state::Model;
