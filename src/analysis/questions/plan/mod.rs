//! Which few things to fix, one after another, until no entry point reaches a crown jewel.
//!
//! - `steps`: the plan, its steps and its figures.
//! - `question`: what it is made for.
//! - `landscape`: what lies between the ends before any fix, and with some.
//! - `state`: the landscape with the fixes so far, and what a further one would leave of it.
//! - `choice`: the next step.
//! - `tidy`: the pass that drops or softens steps that later ones made needless.

pub(crate) mod steps;
pub(crate) mod question;
pub(crate) mod landscape;
pub(crate) mod state;
pub(crate) mod choice;
pub(crate) mod tidy;

use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::Movement;
use crate::analysis::questions::minimum_cut::Costs;
use crate::analysis::questions::plan::choice::next_step;
use crate::analysis::questions::plan::landscape::Landscape;
use crate::analysis::questions::plan::question::PlanQuestion;
use crate::analysis::questions::plan::state::Planning;
use crate::analysis::questions::plan::steps::Plan;
use crate::analysis::questions::plan::tidy::{figures, tidied};
use crate::graph::AccessGraph;
use crate::inventory::Progress;

/// About how many edges are walked before a plan ends; at least one step is planned. That many take
/// about two seconds.
pub const PLAN_BUDGET: usize = 50_000_000;

/// Plans as far as [`PLAN_BUDGET`] goes; `None` when cancelled.
///
/// Each step fixes the credential whose best kind of fix closes most pairs for its cost, of equals
/// the one that loses fewest accesses; of the kinds that close at least nine tenths of that it is
/// the one that loses fewest. Where no single credential gains, the cheapest of the remaining
/// minimum cut is next. What was split before is considered again. Then the steps are tidied up from
/// the last to the first: a step is dropped, or takes the kind that loses fewest accesses, if the
/// pairs that are left at the end do not grow.
pub fn plan(
    graph: &AccessGraph,
    movement: &Movement,
    ends: &Ends,
    costs: &Costs,
    progress: &Progress,
) -> Option<Plan> {
    let question = PlanQuestion { graph, movement, ends, costs };
    plan_further(question, &Plan::default(), PLAN_BUDGET, progress)
}

/// Goes on from a plan that was cut short, as far as a further budget goes: the steps that a larger
/// budget would have given to begin with. `None` when cancelled.
pub fn plan_further(
    question: PlanQuestion<'_>,
    from: &Plan,
    budget: usize,
    progress: &Progress,
) -> Option<Plan> {
    let landscape = Landscape::new(question, progress);
    let mut planning = Planning::new(&landscape, &from.chosen)?;
    let (mut chosen, mut steps, mut exhausted) = (from.chosen.clone(), Vec::new(), false);
    while planning.pairs > 0 && (steps.is_empty() || planning.spent <= budget) {
        let Some(step) = next_step(&mut planning, budget).ok()? else {
            exhausted = true;
            break;
        };
        planning.make(&step)?;
        chosen.push(step.fix.clone());
        steps.push(step);
    }
    let (complete, estimated) = (planning.pairs == 0, from.estimated || planning.estimated);
    let cut_short = !complete && !exhausted;
    let tidy = tidied(&landscape, &chosen, planning.pairs)?;
    // Nothing changed, and nothing was planned before: what was found on the way stands.
    let known = if tidy == chosen && from.chosen.is_empty() { Some(steps) } else { None };
    let steps = figures(&landscape, tidy, known)?;
    Some(Plan { steps, complete, cut_short, estimated, chosen })
}
