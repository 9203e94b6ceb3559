//! The list of undo steps: what was changed, in order, and the way to any of it.

use egui::{RichText, ScrollArea, Ui};

use crate::app::model::command::{Command, LookCommand};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{note_ui, page_title_ui};
use crate::inventory::shown;

/// The window with the steps; those that were taken back stand below the one in force.
pub(crate) fn history_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if !context.model.session.history {
        return;
    }
    egui::Window::new("History")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size([420.0, 360.0])
        .show(ui.ctx(), |ui| {
            page_title_ui(ui, context.theme, "History");
            note_ui(ui, context.theme, "Click a step to go back to the state after it");
            let position = context.model.history.position();
            let labels: Vec<String> =
                context.model.history.labels().map(|label| shown(label).into_owned()).collect();
            ScrollArea::vertical().auto_shrink(false).max_height(272.0).show(ui, |ui| {
                step_ui(ui, context, 0, "The beginning", position);
                for (at, label) in (1_usize..).zip(&labels) {
                    step_ui(ui, context, at, &format!("{at}. {label}"), position);
                }
            });
            if ui.button("Close the history").clicked() {
                context.push(Command::Look(LookCommand::History(false)));
            }
        });
}

/// One step: what is in force stands out, what was taken back is muted.
fn step_ui(ui: &mut Ui, context: &mut PanelContext<'_>, at: usize, label: &str, position: usize) {
    let colour = if at > position { context.theme.muted } else { context.theme.text };
    let text = RichText::new(label).size(size::BODY).color(ink(colour));
    if ui.selectable_label(at == position, text).clicked() && at != position {
        context.push(Command::GoToStep(at));
    }
}
