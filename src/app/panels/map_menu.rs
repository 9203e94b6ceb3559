//! The menu on the map: what can be done with what is under the pointer.

use egui::Response;

use crate::analysis::Subject;
use crate::app::commands::selecting::SELECT_ACTIONS;
use crate::app::model::command::{Command, LookCommand};
use crate::app::model::export_dialog::ExportCommand;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::subject_menu::subject_menu_ui;

/// Shows the menu where the secondary button was pressed: on something what can be done with it, on empty
/// ground what can be done with the picture.
pub(crate) fn map_menu_ui(
    response: &Response,
    context: &mut PanelContext<'_>,
    subject: Option<Subject>,
) {
    if let Some(subject) = subject {
        return subject_menu_ui(response, context, subject);
    }
    response.context_menu(|ui| {
        for (name, command) in [
            ("Copy the picture", Command::CopyPicture),
            ("Export…", Command::Export(ExportCommand::Ask)),
            ("Fit the map", Command::Look(LookCommand::Fit)),
        ] {
            if ui.button(name).clicked() {
                context.push(command);
                ui.close();
            }
        }
        for action in SELECT_ACTIONS.iter().filter(|own| own.available(context.model).is_ok()) {
            if ui.button(action.name).clicked() {
                context.push((action.command)(context.model));
                ui.close();
            }
        }
    });
}
