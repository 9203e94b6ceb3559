//! Paths, cut and plan: which ends are picked, and what is worked out between them.

use std::sync::Arc;

use crate::analysis::{LISTED_PATHS, PLAN_BUDGET, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::command::{AnswerCommand, End};
use crate::app::model::fix_effects::refix;
use crate::app::model::listing::order_answers;
use crate::app::model::panes::Pane;
use crate::app::model::rotation::ask_rotation;
use crate::app::model::selecting::{drop_route, select, show_route};
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::{AssessedAnswers, FoundPaths, Picked, PickedEnds};
use crate::graph::AccessGraph;
use crate::project::{InstanceName, Lookup, NamedEnds};
use crate::scene::ViewKind;

/// How many paths between picked ends are looked for at first, and how many more each time.
const PATHS_AT_A_TIME: usize = 25;

pub(crate) fn apply_answer(model: &mut Model, command: AnswerCommand) {
    match command {
        AnswerCommand::Assess => {
            if let Some(answers) = model.answers.clone() {
                model.jobs.cancel(JobKind::Plan);
                starts::assess(model, answers);
            }
        }
        AnswerCommand::Show(of) => show_route(model, of),
        AnswerCommand::Pick(end, instance) => {
            let name = match (&model.answers, instance) {
                (Some(answers), Some(at)) => Some(InstanceName::of(&answers.graph, at)),
                _ => None,
            };
            pick_ends(model, |ends| match end {
                End::From => ends.from = name,
                End::To => ends.to = name,
            });
        }
        AnswerCommand::SwapEnds => {
            pick_ends(model, |ends| std::mem::swap(&mut ends.from, &mut ends.to));
        }
        AnswerCommand::AnyCredential => pick_ends(model, |ends| ends.needing = None),
        AnswerCommand::StatedOnly(stated_only) => {
            pick_ends(model, |ends| ends.stated_only = stated_only);
        }
        AnswerCommand::SelectStep(at) => {
            let assessed = model.assessment.clone();
            let step =
                assessed.as_ref().and_then(|assessed| assessed.assessment.plan.steps.get(at));
            if let Some(step) = step {
                select(model, Some(Subject::Credential(step.fix.credential)));
            }
        }
        AnswerCommand::PlanFurther => plan_further(model, PLAN_BUDGET),
        AnswerCommand::MorePaths => {
            let asked = model.found_paths.as_ref().map_or(0, |found| found.asked);
            find_paths(model, asked + PATHS_AT_A_TIME);
        }
    }
}

pub(crate) fn pick_ends(model: &mut Model, change: impl FnOnce(&mut NamedEnds)) {
    change(&mut model.project.ends);
    model.session.tab = Tab::Paths;
    model.session.forget_rows(|tab| tab == Tab::Paths);
    model.session.in_table = true;
    model.session.unfold(Pane::Tables);
    refind_ends(model);
}

/// Finds the picked ends in what is open, and looks for the paths between them.
pub(crate) fn refind_ends(model: &mut Model) {
    let Some(answers) = model.answers.clone() else { return };
    model.picked = ends_in(&model.project.ends, &answers.graph);
    model.found_paths = None;
    drop_route(model);
    find_first_paths(model);
    order_answers(model);
}

/// Looks for as many paths as are listed at first: some between two ends, or all of the pairs that
/// need a credential.
fn find_first_paths(model: &mut Model) {
    let is_of_pairs = model.picked.needing != Picked::All;
    find_paths(model, if is_of_pairs { LISTED_PATHS } else { PATHS_AT_A_TIME });
}

/// The picked ends as a graph has them.
fn ends_in(ends: &NamedEnds, graph: &AccessGraph) -> PickedEnds {
    let NamedEnds { from, to, needing, stated_only } = ends;
    let found = |name: &Option<InstanceName>| match name {
        None => Picked::All,
        Some(name) => name.found_in(graph).map_or(Picked::Gone, Picked::At),
    };
    let needing = match needing.as_ref().map(|name| name.found_in(graph)) {
        None => Picked::All,
        Some(Lookup::Found(at)) => Picked::At(at),
        Some(Lookup::Several | Lookup::Gone) => Picked::Gone,
    };
    PickedEnds { from: found(from), to: found(to), needing, stated_only: *stated_only }
}

pub(crate) fn find_paths(model: &mut Model, asked: usize) {
    model.jobs.cancel(JobKind::Paths);
    if let Some(answers) = model.answers.clone().filter(|_| model.picked.any()) {
        starts::find_paths(model, answers, model.picked, asked);
    }
}

/// Starts what the cheap answers did not wait for, once they are there.
pub(crate) fn assess_again(model: &mut Model, answers: &Arc<Answers>) {
    model.jobs.cancel(JobKind::Plan);
    model.assessment = None;
    model.found_paths = None;
    model.route = None;
    starts::assess(model, answers.clone());
    model.picked = ends_in(&model.project.ends, &answers.graph);
    find_first_paths(model);
    ask_rotation(model);
    refix(model);
}

pub(crate) fn take_assessment(model: &mut Model, assessed: Arc<AssessedAnswers>) {
    model.assessment = Some(assessed);
    order_answers(model);
    starts::lay_out_kind(model, ViewKind::Path);
    plan_further(model, PLAN_BUDGET);
}

/// Shows what was planned so far, and lets a plan that was cut short grow on; each time with twice
/// the budget, so that tidying it up over and over costs no more than planning it.
pub(crate) fn take_longer_plan(model: &mut Model, assessed: Arc<AssessedAnswers>, budget: usize) {
    model.assessment = Some(assessed);
    order_answers(model);
    plan_further(model, budget.saturating_mul(2));
}

fn plan_further(model: &mut Model, budget: usize) {
    let assessed = model.assessment.clone().filter(|assessed| assessed.is_cut_short());
    if let (Some(answers), Some(assessed)) = (model.answers.clone(), assessed) {
        starts::plan_further(model, answers, assessed, budget);
    }
}

pub(crate) fn take_paths(model: &mut Model, found: Arc<FoundPaths>) {
    if found.ends == model.picked {
        model.found_paths = Some(found);
        order_answers(model);
        starts::lay_out_kind(model, ViewKind::Path);
    }
}
