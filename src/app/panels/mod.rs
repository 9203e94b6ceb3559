//! The panels, one file each: they draw from the model and push commands.

mod answers;
mod bars;
mod comparison;
mod filters;
mod inspector;
mod map;
mod overlays;
mod parts;
mod policy;
mod problems;
mod staged_rows;
mod start;
mod status;
mod tables;
mod wizard;

pub(super) use bars::{headline_ui, top_bar_ui};
pub(super) use comparison::{changed_on_disk_ui, comparison_ui};
pub(super) use filters::filters_ui;
pub(super) use inspector::inspector_ui;
pub(super) use map::{MapState, map_ui};
pub(super) use overlays::{help_ui, palette_ui};
pub(super) use policy::policy_ui;
pub(super) use start::{StartState, start_ui};
pub(super) use status::status_ui;
pub(super) use tables::{tables_ui, tabs_ui};
pub(super) use wizard::wizard_ui;

use super::model::{Command, Model};
use crate::scene::Theme;

/// What every panel draws from, and where it puts what is asked.
pub(super) struct Desk<'a> {
    pub(super) model: &'a Model,
    pub(super) theme: &'a Theme,
    pub(super) commands: &'a mut Vec<Command>,
}

impl Desk<'_> {
    fn push(&mut self, command: Command) {
        self.commands.push(command);
    }
}
