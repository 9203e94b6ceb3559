//! The tabs on what lies between entry points and crown jewels, one file each.

pub(crate) mod chokes;
pub(crate) mod coverage;
pub(crate) mod curve;
pub(crate) mod cut;
pub(crate) mod exposure;
pub(crate) mod paths;
pub(crate) mod plan;
pub(crate) mod route;
pub(crate) mod losses;
pub(crate) mod standing;
pub(crate) mod what_if;
pub(crate) mod what_if_menu;

use egui::{RichText, Ui};

use crate::app::jobs::JobKind;
use crate::app::model::command::{AnswerCommand, Command};
use crate::app::model::tab::Tab;
use crate::app::paint::style::{ink, size};
use crate::app::panels::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;
use crate::inventory::counted;

/// What a tab's answer counts, for its name; `None` where it counts nothing or is not there yet.
pub(crate) fn count_of(context: &PanelContext<'_>, tab: Tab) -> Option<String> {
    match tab {
        Tab::Paths => context.model.listed_paths().map(|paths| paths.len().to_string()),
        Tab::ChokePoints => {
            context.model.assessment.as_ref().map(|judged| judged.choke_points.len().to_string())
        }
        Tab::WhatIf if context.model.project.fixes.is_empty() => None,
        Tab::WhatIf => Some(context.model.project.fixes.list().len().to_string()),
        Tab::Findings
        | Tab::Credentials
        | Tab::Services
        | Tab::Problems
        | Tab::CutAndPlan
        | Tab::Coverage => None,
    }
}

/// One of the tabs.
pub(crate) fn answer_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    match context.model.session.tab {
        Tab::Paths => paths::paths_ui(ui, context, answers),
        Tab::ChokePoints => chokes::choke_points_ui(ui, context, answers),
        Tab::CutAndPlan => cut_and_plan_ui(ui, context, answers),
        Tab::WhatIf => what_if::what_if_ui(ui, context, answers),
        Tab::Coverage => coverage::coverage_ui(ui, context, answers),
        Tab::Findings | Tab::Credentials | Tab::Services | Tab::Problems => {}
    }
}

fn cut_and_plan_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let Some(judged) = judged_ui(ui, context, answers) else { return };
    side_by_side_ui(ui, context, |ui, context, left| {
        if left {
            cut::cut_ui(ui, context, answers, &judged);
        } else {
            plan::plan_ui(ui, context, answers, &judged);
        }
    });
}

/// Two halves that scroll by themselves; the left one first.
fn side_by_side_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    mut half: impl FnMut(&mut Ui, &mut PanelContext<'_>, bool),
) {
    let height = ui.available_height();
    ui.columns(2, |columns| {
        for (ui, left) in columns.iter_mut().zip([true, false]) {
            egui::ScrollArea::vertical()
                .id_salt(("half", left))
                .auto_shrink(false)
                .max_height(height)
                .show(ui, |ui| {
                    // Room for the scroll bar, which lies over the text.
                    ui.set_max_width(ui.available_width() - 14.0);
                    half(ui, context, left);
                });
        }
    });
}

/// The dear answers; where they are not there, why, and what to do about it.
fn judged_ui(
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
        waiting_ui(ui, context, (JobKind::Assessment, AnswerCommand::Judge));
    }
    judged
}

/// Says that an answer is being worked out; if somebody stopped that, offers to start again.
fn waiting_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (kind, again): (JobKind, AnswerCommand),
) {
    waiting_ui_of(ui, context, kind, Command::Answer(again));
}

fn waiting_ui_of(ui: &mut Ui, context: &mut PanelContext<'_>, kind: JobKind, again: Command) {
    if context.model.runs(kind) || context.model.runs(JobKind::Analysis) {
        note_ui(ui, context.theme, "Working out…");
    } else if ui.button("Work it out").clicked() {
        context.push(again);
    }
}

/// A sentence in the second colour.
fn said_ui(ui: &mut Ui, context: &PanelContext<'_>, text: &str) {
    let text = RichText::new(text).size(size::NOTE).color(ink(context.theme.second));
    ui.add(egui::Label::new(text).wrap());
}
