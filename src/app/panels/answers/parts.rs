//! What several of these tabs share: sentences, halves, and what is shown while an answer is worked out.

use egui::{RichText, Ui};

pub(crate) use crate::app::columns::paths::through;
use crate::app::jobs::JobKind;
use crate::app::model::command::{AnswerCommand, Command};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;

/// Below this width two halves are too narrow: the left one stands above the right one.
const NARROW: f32 = 840.0;

/// Two halves that scroll by themselves; the left one first. In a narrow window one above the other.
pub(crate) fn side_by_side_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    mut half: impl FnMut(&mut Ui, &mut PanelContext<'_>, bool),
) {
    if ui.available_width() < NARROW {
        return scrolled_ui(ui, "both halves", |ui| {
            half(ui, context, true);
            ui.add_space(16.0);
            half(ui, context, false);
        });
    }
    ui.columns(2, |columns| {
        for (ui, left) in columns.iter_mut().zip([true, false]) {
            let name = if left { "left half" } else { "right half" };
            scrolled_ui(ui, name, |ui| half(ui, context, left));
        }
    });
}

fn scrolled_ui(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    let height = ui.available_height();
    let area = egui::ScrollArea::vertical().id_salt(name).auto_shrink(false).max_height(height);
    area.show(ui, |ui| {
        // Room for the scroll bar, which lies over the text.
        ui.set_max_width(ui.available_width() - 16.0);
        add(ui);
    });
}

/// The expensive answers; where they are missing, the reason and what to do about it.
pub(crate) fn judged_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
) -> Option<std::sync::Arc<AssessedAnswers>> {
    if answers.exposure.pairs == 0 {
        note_ui(ui, context.theme, &answers.exposure.sentence());
        return None;
    }
    let judged = context.model.assessment.clone();
    if judged.is_none() {
        waiting_ui(ui, context, (JobKind::Assessment, AnswerCommand::Assess));
    }
    judged
}

/// Says that an answer is being worked out; if somebody stopped that, offers to start again.
pub(crate) fn waiting_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (kind, again): (JobKind, AnswerCommand),
) {
    waiting_ui_of(ui, context, kind, Command::Answer(again));
}

pub(crate) fn waiting_ui_of(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    kind: JobKind,
    again: Command,
) {
    if context.model.runs(kind) || context.model.runs(JobKind::Analysis) {
        note_ui(ui, context.theme, "Working out…");
    } else if ui.button("Work it out").clicked() {
        context.push(again);
    }
}

/// A sentence in the second colour.
pub(crate) fn sentence_ui(ui: &mut Ui, context: &PanelContext<'_>, text: &str) {
    let text = RichText::new(text).size(size::NOTE).color(ink(context.theme.second));
    ui.add(egui::Label::new(text).wrap());
}
