//! What every panel draws from, and where it puts what is asked.

use crate::app::model::Model;
use crate::app::model::command::Command;
use crate::scene::Theme;

/// The model to draw from, the theme to draw in, and the commands that drawing collects.
pub(crate) struct PanelContext<'a> {
    pub(crate) model: &'a Model,
    pub(crate) theme: &'a Theme,
    pub(crate) commands: &'a mut Vec<Command>,
}

impl PanelContext<'_> {
    /// Asks for something to be done once everything is drawn.
    pub(crate) fn push(&mut self, command: Command) {
        self.commands.push(command);
    }
}
