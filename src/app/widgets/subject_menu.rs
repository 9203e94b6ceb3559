//! The menu of a credential or a service, or of several: the same wherever it is shown.

use egui::{Response, RichText, Ui};

use crate::analysis::Subject;
use crate::app::commands::subject_action::{OnSubjects, SubjectAction};
use crate::app::model::Model;
use crate::app::model::command::Command;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;

/// Shows the menu of a subject where the secondary button is pressed on what names it. Where it is one
/// of several that are selected, the menu is about all of them.
pub(crate) fn subject_menu_ui(
    response: &Response,
    context: &mut PanelContext<'_>,
    subject: Subject,
) {
    response.context_menu(|ui| subjects_ui(ui, context, subject));
}

/// The entries for a subject, or for all that is selected where it is among that.
pub(crate) fn subjects_ui(ui: &mut Ui, context: &mut PanelContext<'_>, subject: Subject) {
    let model = context.model;
    if model.is_selected(subject) {
        return entries_ui(ui, context, model.selected_all());
    }
    entries_ui(ui, context, &[subject]);
}

/// The entries.
pub(crate) fn entries_ui(ui: &mut Ui, context: &mut PanelContext<'_>, subjects: &[Subject]) {
    let Some(answers) = context.model.answers.clone().filter(|_| !subjects.is_empty()) else {
        return;
    };
    ui.set_min_width(220.0);
    let on = OnSubjects { model: context.model, answers: &answers, subjects };
    let title = RichText::new(on.title()).size(size::NOTE).color(ink(context.theme.muted));
    ui.add(egui::Label::new(title).truncate());
    let mut chosen = None;
    let actions = on.actions();
    let is_fix = |action: &SubjectAction| matches!(action, SubjectAction::WhatIf(_));
    let is_said = |action: &SubjectAction| {
        matches!(action, SubjectAction::Note(_) | SubjectAction::StateFact)
    };
    let of = |is_it: &dyn Fn(&SubjectAction) -> bool| -> Vec<SubjectAction> {
        actions.iter().copied().filter(is_it).collect()
    };
    let below = [("What if…", of(&is_fix)), ("Workshop", of(&is_said))];
    for action in actions.iter().copied().filter(|action| !is_fix(action) && !is_said(action)) {
        if action.begins_group() {
            ui.separator();
            if action == SubjectAction::CopyName {
                for (name, entries) in below.iter().filter(|(_, entries)| !entries.is_empty()) {
                    ui.menu_button(*name, |ui| {
                        for entry in entries {
                            entry_ui(ui, &on, *entry, &mut chosen);
                        }
                    });
                }
                ui.separator();
            }
        }
        entry_ui(ui, &on, action, &mut chosen);
    }
    if let Some(action) = chosen {
        let command = on.command(action);
        context.push(command);
        ui.close();
    }
}

fn entry_ui(
    ui: &mut Ui,
    on: &OnSubjects<'_>,
    action: SubjectAction,
    chosen: &mut Option<SubjectAction>,
) {
    if ui.button(on.name(action)).on_hover_text(action.tip()).clicked() {
        *chosen = Some(action);
        ui.close();
    }
}

/// Adds something to what is selected, or takes it out.
pub(crate) fn toggled(model: &Model, subject: Subject) -> Command {
    let mut all = model.selected_all().to_vec();
    if model.is_selected(subject) {
        all.retain(|own| *own != subject);
    } else {
        all.push(subject);
    }
    Command::SelectAll(all)
}
