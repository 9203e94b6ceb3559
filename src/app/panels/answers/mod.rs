//! The tabs on what lies between entry points and crown jewels, one file each.

mod chokes;
mod coverage;
mod curve;
mod cut;
mod exposure;
mod paths;
mod plan;
mod route;
mod sheet;
mod losses;
mod standing;
mod what_if;
mod what_if_menu;

use egui::{RichText, Ui};

use super::Desk;
use super::parts::note_ui;
use crate::app::answers::Answers;
use crate::app::jobs::JobKind;
use crate::app::judging::Judged;
use crate::app::look::{ink, size};
use crate::app::model::{AnswerCommand, Command, Tab};
use crate::inventory::counted;

pub(super) use exposure::exposure_ui;
pub(super) use route::route_ui;
pub(super) use standing::{credential_standing_ui, instance_standing_ui};
pub(super) use what_if_menu::fixes_ui;

/// What a tab's answer counts, for its name; `None` where it counts nothing or is not there yet.
pub(super) fn count_of(desk: &Desk<'_>, tab: Tab) -> Option<String> {
    match tab {
        Tab::Paths => desk.model.listed_paths().map(|paths| paths.len().to_string()),
        Tab::ChokePoints => {
            desk.model.judged.as_ref().map(|judged| judged.choke_points.len().to_string())
        }
        Tab::WhatIf if desk.model.fixes.is_empty() => None,
        Tab::WhatIf => Some(desk.model.fixes.list().len().to_string()),
        Tab::Findings
        | Tab::Credentials
        | Tab::Services
        | Tab::Problems
        | Tab::CutAndPlan
        | Tab::Coverage => None,
    }
}

/// One of the tabs.
pub(super) fn answer_ui(ui: &mut Ui, desk: &mut Desk<'_>, answers: &Answers) {
    match desk.model.session.tab {
        Tab::Paths => paths::paths_ui(ui, desk, answers),
        Tab::ChokePoints => chokes::choke_points_ui(ui, desk, answers),
        Tab::CutAndPlan => cut_and_plan_ui(ui, desk, answers),
        Tab::WhatIf => what_if::what_if_ui(ui, desk, answers),
        Tab::Coverage => coverage::coverage_ui(ui, desk, answers),
        Tab::Findings | Tab::Credentials | Tab::Services | Tab::Problems => {}
    }
}

fn cut_and_plan_ui(ui: &mut Ui, desk: &mut Desk<'_>, answers: &Answers) {
    let Some(judged) = judged_ui(ui, desk, answers) else { return };
    side_by_side_ui(ui, desk, |ui, desk, left| {
        if left {
            cut::cut_ui(ui, desk, answers, &judged);
        } else {
            plan::plan_ui(ui, desk, answers, &judged);
        }
    });
}

/// Two halves that scroll by themselves; the left one first.
fn side_by_side_ui(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    mut half: impl FnMut(&mut Ui, &mut Desk<'_>, bool),
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
                    half(ui, desk, left);
                });
        }
    });
}

/// The dear answers; where they are not there, why, and what to do about it.
fn judged_ui(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    answers: &Answers,
) -> Option<std::sync::Arc<Judged>> {
    if answers.exposure.pairs == 0 {
        note_ui(ui, desk.theme, &answers.exposure.sentence());
        return None;
    }
    let judged = desk.model.judged.clone();
    if judged.is_none() {
        waiting_ui(ui, desk, (JobKind::Judgement, AnswerCommand::Judge));
    }
    judged
}

/// Says that an answer is being worked out; if somebody stopped that, offers to start again.
fn waiting_ui(ui: &mut Ui, desk: &mut Desk<'_>, (kind, again): (JobKind, AnswerCommand)) {
    waiting_ui_of(ui, desk, kind, Command::Answer(again));
}

fn waiting_ui_of(ui: &mut Ui, desk: &mut Desk<'_>, kind: JobKind, again: Command) {
    if desk.model.runs(kind) || desk.model.runs(JobKind::Analysis) {
        note_ui(ui, desk.theme, "Working out…");
    } else if ui.button("Work it out").clicked() {
        desk.push(again);
    }
}

/// A sentence in the second colour.
fn said_ui(ui: &mut Ui, desk: &Desk<'_>, text: &str) {
    let text = RichText::new(text).size(size::NOTE).color(ink(desk.theme.second));
    ui.add(egui::Label::new(text).wrap());
}
