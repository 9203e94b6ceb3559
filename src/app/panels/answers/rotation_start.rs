//! "If this has fallen…": the way from anything to what must be replaced then.

use egui::Ui;

use crate::app::model::command::{Command, RotationCommand, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::project::SubjectName;

/// The button; where it is taken to have fallen already, the way to the order. Says whether it was
/// pressed.
pub(crate) fn rotation_start_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    start: SubjectName,
) -> bool {
    let starts = context.model.project.rotation.starts();
    let text = match (starts.is_empty(), starts.contains(&start)) {
        (true, _) => "If this has fallen…",
        (false, false) => "If this has fallen too…",
        (false, true) => "Rotation order",
    };
    let hint = "What to clean and to replace, in which order, so that nothing leaks again";
    let is_start = starts.contains(&start);
    let pressed = note_button_ui(ui, text).on_hover_text(hint).clicked();
    if pressed {
        context.push(if is_start {
            Command::Table(TableCommand::Show(Tab::Rotation))
        } else {
            Command::Rotate(RotationCommand::Add(start))
        });
    }
    pressed
}
