//! Which of these answers stands in the tab that is open, and what its name counts.

use egui::Ui;

use crate::app::model::tab::Tab;
use crate::app::panels::answers::parts::{judged_ui, side_by_side_ui};
use crate::app::panels::answers::{
    chokes, coverage, cut, imports, overview, owners, paths, plan, rotation, scenes, what_if,
    workshop,
};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::work::answers::Answers;
use crate::inventory::grouped;

/// What a tab's answer counts, for its name; `None` where it counts nothing or is not there yet.
pub(crate) fn count_of(context: &PanelContext<'_>, tab: Tab) -> Option<String> {
    match tab {
        Tab::Paths => context.model.listed_paths().map(|paths| path_count(context, paths.len())),
        Tab::ChokePoints => context
            .model
            .assessment
            .as_ref()
            .map(|judged| grouped(judged.choke_points.len() as u64)),
        Tab::Owners => {
            let figures = context.model.answers.as_ref().map(|answers| &answers.owners.figures);
            figures.map(|figures| grouped(figures.len() as u64))
        }
        Tab::WhatIf if context.model.project.fixes.is_empty() => None,
        Tab::WhatIf => Some(context.model.project.fixes.list().len().to_string()),
        Tab::Findings
        | Tab::Credentials
        | Tab::Services
        | Tab::Problems
        | Tab::CutAndPlan
        | Tab::Coverage
        | Tab::Overview => None,
        Tab::Imports => {
            let count = context.model.project.findings.imports.len();
            (count > 1).then(|| grouped(count as u64))
        }
        Tab::Scenes => {
            let count = context.model.project.scenes.len();
            (count > 0).then(|| grouped(count as u64))
        }
        Tab::Workshop => {
            let count = context.model.project.workshop.entries().len();
            (count > 0).then(|| grouped(count as u64))
        }
        Tab::Rotation => context.model.rotation.as_ref().map(|own| grouped(own.found.steps as u64)),
    }
}

/// How many paths are listed; of the shortest of each pair with their whole.
fn path_count(context: &PanelContext<'_>, listed: usize) -> String {
    let listed = listed as u64;
    match context.model.listed_pairs() {
        Some(whole) if listed != whole => format!("{} of {}", grouped(listed), grouped(whole)),
        _ => grouped(listed),
    }
}

/// One of the tabs.
pub(crate) fn answer_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    match context.model.session.tab {
        Tab::Paths => paths::paths_ui(ui, context, answers),
        Tab::ChokePoints => chokes::choke_points_ui(ui, context, answers),
        Tab::CutAndPlan => cut_and_plan_ui(ui, context, answers),
        Tab::WhatIf => what_if::what_if_ui(ui, context),
        Tab::Coverage => coverage::coverage_ui(ui, context, answers),
        Tab::Overview => overview::overview_ui(ui, context, answers),
        Tab::Imports => imports::imports_ui(ui, context),
        Tab::Scenes => scenes::scenes_ui(ui, context),
        Tab::Workshop => workshop::workshop_tab_ui(ui, context),
        Tab::Owners => owners::owners_ui(ui, context, answers),
        Tab::Rotation => rotation::rotation_ui(ui, context, answers),
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
