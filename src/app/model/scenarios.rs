//! Scenarios: made from the what-if list or the plan, put in its place, and compared.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::compared_views::{rename_scenarios, show_in_view, show_side_by_side};
use crate::app::model::finding_draft::ScenarioCommand;
use crate::app::model::fix_effects::refix;
use crate::app::model::fix_list::leave_fixes;
use crate::app::model::job_end::JobEnd;
use crate::app::model::state::Model;
use crate::app::model::to_copy::ToCopy;
use crate::app::work::scenarios::{ScenarioLists, ScenarioTable, task_text};
use crate::inventory::{grouped, shown};
use crate::project::{FindingRegister, Fixes, Scenarios};

/// Carries out what concerns scenarios.
pub(crate) fn apply_scenario(model: &mut Model, command: ScenarioCommand) {
    match command {
        ScenarioCommand::Keep(name) => {
            let fixes = Fixes::clone(&model.project.fixes);
            change(model, |scenarios| !scenarios.add(&name, fixes).is_empty());
        }
        ScenarioCommand::KeepPlan(name) => {
            let fixes = Fixes::of(model.plan_fixes());
            change(model, |scenarios| !scenarios.add(&name, fixes).is_empty());
        }
        ScenarioCommand::Put(name) => {
            let fixes = Fixes::clone(&model.project.fixes);
            change_fixes(model, &name, |scenarios| scenarios.put(&name, fixes));
        }
        ScenarioCommand::Duplicate(name) => {
            let fixes = model.project.scenarios.named(&name).map(|own| own.fixes.clone());
            if let Some(fixes) = fixes {
                change(model, |scenarios| !scenarios.add(&name, fixes).is_empty());
            }
        }
        ScenarioCommand::Rename(name, wanted) => {
            let before = model.project.scenarios.clone();
            if change(model, |scenarios| scenarios.rename_one(&name, &wanted)) {
                let mut findings = FindingRegister::clone(&model.project.findings);
                findings.rename_scenario(&name, wanted.trim());
                model.project.findings = Arc::new(findings);
                rename_scenarios(&mut model.views, &before, &model.project.scenarios);
            } else {
                model.notice = Some("another scenario has that name, or it is empty".to_owned());
            }
        }
        ScenarioCommand::Remove(name) => {
            change_fixes(model, &name, |scenarios| scenarios.remove(&name));
        }
        ScenarioCommand::Use(name) => {
            let fixes = model.project.scenarios.named(&name).map(|own| own.fixes.clone());
            if let Some(fixes) = fixes {
                model.project.fixes = Arc::new(fixes);
                refix(model);
                leave_fixes(model);
            }
        }
        ScenarioCommand::Compare => compare(model),
        ScenarioCommand::CopyTasks(name) => copy_tasks(model, &name),
        ScenarioCommand::SideBySide(fixes) => show_side_by_side(model, fixes),
        ScenarioCommand::ShowIn(view, fixes) => show_in_view(model, view, fixes),
    }
}

/// Changes the scenarios. Says whether anything changed.
fn change(model: &mut Model, change: impl FnOnce(&mut Scenarios) -> bool) -> bool {
    let mut scenarios = Scenarios::clone(&model.project.scenarios);
    let is_changed = change(&mut scenarios);
    if is_changed {
        model.project.scenarios = Arc::new(scenarios);
    }
    is_changed
}

/// Changes what fixes a scenario has: what was planned to go with one that it has no longer is open again,
/// and that is said.
fn change_fixes(model: &mut Model, name: &str, changes: impl FnOnce(&mut Scenarios) -> bool) {
    let before = model.project.scenarios.clone();
    if !change(model, changes) {
        return;
    }
    let mut findings = FindingRegister::clone(&model.project.findings);
    let released = findings.release_plans(&before, &model.project.scenarios);
    if released.is_empty() {
        return;
    }
    model.project.findings = Arc::new(findings);
    let (them, are) = match released.len() {
        1 => ("1 finding that was".to_owned(), "is"),
        several => (format!("{} findings that were", grouped(several as u64)), "are"),
    };
    let name = shown(name);
    model.notice =
        Some(format!("{them} planned in “{name}” {are} open again; Undo takes that back"));
}

/// Compares all scenarios with what is listed and with the plan.
fn compare(model: &mut Model) {
    let Some(answers) = model.answers_as_is().cloned() else { return };
    let lists = ScenarioLists {
        fixes: model.project.fixes.clone(),
        scenarios: model.project.scenarios.clone(),
        plan: Fixes::of(if model.as_is.is_none() { model.plan_fixes() } else { Vec::new() }),
    };
    model.jobs.start(JobKind::Scenarios, move |progress| {
        ScenarioTable::of(answers, lists, progress)
            .map_or(JobEnd::Cancelled, |table| JobEnd::ScenariosCompared(Arc::new(table)))
    });
}

/// Takes the comparison, if it is still about what is open.
pub(crate) fn take_scenarios(model: &mut Model, table: Arc<ScenarioTable>) {
    model.scenario_table = Some(table);
}

fn copy_tasks(model: &mut Model, name: &str) {
    let Some(answers) = model.answers_as_is().cloned() else { return };
    let Some(scenario) = model.project.scenarios.named(name).cloned() else { return };
    model.jobs.start(JobKind::Scenarios, move |progress| {
        task_text(&answers, &scenario, progress).map_or(JobEnd::Cancelled, JobEnd::TasksWritten)
    });
}

/// Takes the tasks of a scenario as text.
pub(crate) fn take_tasks(model: &mut Model, text: String) {
    model.to_copy = Some(ToCopy::Text(text));
    model.report_done("the tasks are in the clipboard".to_owned());
}
