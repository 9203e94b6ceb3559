//! The panels, one file each: they draw from the model and push commands.

pub(crate) mod answers;
pub(crate) mod bars;
pub(crate) mod comparison;
pub(crate) mod filters;
pub(crate) mod history;
pub(crate) mod inspector;
pub(crate) mod map;
pub(crate) mod overlays;
pub(crate) mod policy;
pub(crate) mod problems;
pub(crate) mod staged_rows;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod tables;
pub(crate) mod wizard;

use crate::app::model::Model;
use crate::app::model::command::Command;
use crate::scene::Theme;

/// What every panel draws from, and where it puts what is asked.
pub(crate) struct PanelContext<'a> {
    pub(crate) model: &'a Model,
    pub(crate) theme: &'a Theme,
    pub(crate) commands: &'a mut Vec<Command>,
}

impl PanelContext<'_> {
    pub(crate) fn push(&mut self, command: Command) {
        self.commands.push(command);
    }
}
