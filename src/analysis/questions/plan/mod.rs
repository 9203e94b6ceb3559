//! Which few things to fix, one after another, until no entry point reaches a crown jewel.
//!
//! - `steps`: the plan, its steps and its figures.
//! - `question`: what it is made for.
//! - `state`: the landscape with the fixes so far, and what a further one would leave of it.
//! - `choice`: the next step.
//! - `tidy`: the pass that drops or softens steps that later ones made needless.

pub(crate) mod steps;
pub(crate) mod question;
pub(crate) mod state;
pub(crate) mod choice;
pub(crate) mod tidy;

use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::Movement;
use crate::analysis::questions::landscape::Landscape;
use crate::analysis::questions::minimum_cut::Costs;
use crate::analysis::questions::plan::choice::next_step;
use crate::analysis::questions::plan::question::PlanQuestion;
use crate::analysis::questions::plan::state::Planning;
use crate::analysis::questions::plan::steps::Plan;
use crate::analysis::questions::plan::tidy::{figures, tidied};
use crate::graph::AccessGraph;
use crate::inventory::Progress;

/// About how many edges are walked before a plan ends; at least one step is planned. That many take
/// about two seconds.
pub const PLAN_BUDGET: usize = 200_000_000;

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

/// How many arcs are gone through to know exactly, from then on, what each pair needs; above that
/// only credentials that could be the best are tried.
const MOST_FOR_NEEDS: usize = 10_000_000;

/// Goes on from a plan that was cut short, as far as a further budget goes: the steps that a larger
/// budget would have given to begin with. `None` when cancelled.
pub fn plan_further(
    question: PlanQuestion<'_>,
    from: &Plan,
    budget: usize,
    progress: &Progress,
) -> Option<Plan> {
    plan_within(question, from, (budget, MOST_FOR_NEEDS), progress)
}

fn plan_within(
    question: PlanQuestion<'_>,
    from: &Plan,
    (budget, most_for_needs): (usize, usize),
    progress: &Progress,
) -> Option<Plan> {
    let PlanQuestion { graph, movement, ends, costs } = question;
    let landscape = Landscape::new(graph, movement, ends, progress);
    let mut planning = Planning::new(question, &landscape, &from.chosen, most_for_needs)?;
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
    let steps = figures(&landscape, costs, &tidy, known)?;
    Some(Plan { steps, complete, cut_short, estimated, chosen })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::analysis::movement::counting::Counting;
    use crate::analysis::movement::ends::ends;
    use crate::graph::testing::graph;
    use crate::inventory::Cost;

    /// Rows between a few services of three environments, the same for the same seed.
    fn rows(seed: u64) -> String {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
            (state >> 33) % below
        };
        let mut text = String::new();
        for _ in 0..(12 + next(40)) {
            let access = ["holds", "grants", "both"][next(3) as usize];
            let label = ["dev", "test", "prod"][next(3) as usize];
            let (credential, service) = (next(9), next(6));
            writeln!(text, "k{credential} {access} s{service}@{label}").unwrap();
        }
        text
    }

    #[test]
    fn trying_what_could_be_the_best_gives_the_plan_that_knowing_all_gives() {
        let progress = Progress::default();
        let mut steps = 0;
        for seed in 0..400 {
            let graph = graph(&rows(seed));
            let (movement, ends) = (&Movement::new(&graph, Counting::All), &ends(&graph));
            let cost = |at: crate::graph::CredentialIndex| 1 + (u64::from(at.0) + seed) as u32 % 3;
            let priced = graph.credential_indices();
            let priced = priced.map(|at| (at, Cost::Units(cost(at).try_into().unwrap())));
            let costs = &priced.collect::<Costs>();
            let question = PlanQuestion { graph: &graph, movement, ends, costs };
            let plan = |limits| plan_within(question, &Plan::default(), limits, &progress).unwrap();
            let (all, tried) = (plan((usize::MAX, usize::MAX)), plan((usize::MAX, 0)));
            assert!(all.complete && !tried.estimated);
            assert_eq!(all, tried, "seed {seed}");
            steps += all.steps.len();
        }
        assert!(steps > 800, "{steps} steps say too little");
    }
}
