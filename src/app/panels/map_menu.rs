//! The menu on a mark of the map: what can be done with what is selected.

use egui::Response;

use crate::analysis::Subject;
use crate::app::model::arranging::hub_in_question;
use crate::app::model::command::{AnswerCommand, ArrangeCommand, Command, End, LookCommand};
use crate::app::panels::answers::rotation_start::rotation_start_ui;
use crate::app::panels::answers::what_if_menu::fixes_ui;
use crate::app::panels::policy::ends::pick_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::work::answers::Answers;
use crate::project::SubjectName;
use crate::scene::ViewKind;

/// Shows the menu where the secondary button was pressed.
pub(crate) fn map_menu_ui(response: &Response, context: &mut PanelContext<'_>, answers: &Answers) {
    if context.model.selected().is_none() {
        return;
    }
    response.context_menu(|ui| {
        ui.set_min_width(220.0);
        let Some(subject) = context.model.selected() else { return };
        note_ui(ui, context.theme, &answers.name(subject));
        if ui.button("Spread from here").clicked() {
            context.push(Command::Look(LookCommand::ShowAs(ViewKind::Spread)));
            ui.close();
        }
        if rotation_start_ui(ui, context, SubjectName::of(&answers.graph, subject)) {
            ui.close();
        }
        if let Some((name, is_folded)) = hub_in_question(context.model) {
            let text = if is_folded { "Show what hangs on it" } else { "Fold what hangs on it" };
            if ui.button(text).clicked() {
                context.push(Command::Arrange(ArrangeCommand::FoldHub(name, !is_folded)));
                ui.close();
            }
        }
        match subject {
            Subject::Credential(at) => {
                note_ui(ui, context.theme, "What if…");
                fixes_ui(ui, context, answers, at);
            }
            Subject::Instance(at) => {
                for (text, end) in [("Paths from here", End::From), ("Paths to here", End::To)] {
                    if ui.button(text).clicked() {
                        context.push(Command::Answer(AnswerCommand::Pick(end, Some(at))));
                        ui.close();
                    }
                }
                let reached_by = Command::Look(LookCommand::ReachedBy(true));
                if ui.button("Reached by").clicked() {
                    context.push(reached_by);
                    ui.close();
                }
                if ui.button("Reached by, hop by hop").clicked() {
                    context.push(Command::Look(LookCommand::SpreadBackwards));
                    ui.close();
                }
                if pick_ui(ui, context, answers, at) {
                    ui.close();
                }
            }
        }
    });
}
