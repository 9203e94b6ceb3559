//! Which few things to fix, one after another, until no entry point reaches a crown jewel.
//!
//! - `steps`: the plan, its steps and its figures.
//! - `question`: what it is made for.
//! - `state`: the landscape with the fixes so far, and what a further one would leave of it.
//! - `choice`: the next step.
//! - `brought_back`: how many pairs more are connected when access comes back.
//! - `tidy`: the pass that drops or softens steps that later ones made needless.
//! - `figures`: the steps with their figures.
//! - `marked`: what marks of credentials mean for it.

pub(crate) mod steps;
pub(crate) mod question;
pub(crate) mod state;
pub(crate) mod choice;
pub(crate) mod brought_back;
pub(crate) mod tidy;
pub(crate) mod figures;
pub(crate) mod marked;

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::Movement;
use crate::analysis::questions::landscape::Landscape;
use crate::analysis::questions::minimum_cut::Costs;
use crate::analysis::questions::plan::choice::next_step;
use crate::analysis::questions::plan::figures::figures;
use crate::analysis::questions::plan::question::{Limits, PlanQuestion};
use crate::analysis::questions::plan::state::Planning;
use crate::analysis::questions::plan::steps::Plan;
use crate::analysis::questions::plan::tidy::{Goal, tidied};
use crate::graph::AccessGraph;
use crate::inventory::Progress;

/// About how many edges are walked before a plan ends; at least one step is planned. That many take
/// about two seconds.
pub const PLAN_BUDGET: usize = 147_000_000;

/// Plans as far as [`PLAN_BUDGET`] goes; `None` when cancelled.
///
/// Each step fixes the credential whose best kind of fix closes most pairs for its cost, of equals
/// the one that loses fewest accesses; of the kinds that close at least nine tenths of that it is
/// the one that loses fewest. Where no single credential gains, the cheapest of the remaining
/// minimum cut is next. What was split before is considered again. Then the steps are tidied up from
/// the last to the first: a step is dropped, or takes the kind that loses fewest accesses, if the
/// pairs that are left at the end do not grow.
///
/// [`plan_further`] from an empty plan does the same for the pairs that stated access alone connects.
/// Fixes are those of all that there is, and so are the accesses that they lose.
pub fn plan(
    graph: &AccessGraph,
    movement: &Movement,
    ends: &Ends,
    costs: &Costs,
    progress: &Progress,
) -> Option<Plan> {
    let question = PlanQuestion { graph, movement, counting: Counting::All, ends, costs };
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
    plan_within(question, from, Limits::of_budget(budget), progress)
}

fn plan_within(
    question: PlanQuestion<'_>,
    from: &Plan,
    limits: Limits,
    progress: &Progress,
) -> Option<Plan> {
    let PlanQuestion { graph, movement, counting, ends, costs } = question;
    let landscape = Landscape::new(graph, movement, ends, progress);
    let mut planning = Planning::new(question, &landscape, &from.chosen, limits)?;
    let (mut chosen, mut exhausted) = (from.chosen.clone(), false);
    while planning.pairs > 0 && (planning.steps == 0 || planning.spent <= limits.budget) {
        let Some(step) = next_step(&mut planning).ok()? else {
            exhausted = !planning.ran_out;
            break;
        };
        planning.make(&step);
        chosen.push(step.fix);
    }
    let (complete, estimated) = (planning.pairs == 0, from.estimated || planning.estimated);
    let cut_short = !complete && !exhausted;
    let goal = Goal { counting, pairs: planning.pairs };
    let tidy = tidied(&landscape, &chosen, goal, limits.for_sets)?;
    let steps = figures(&landscape, costs, &tidy, limits.for_sets)?;
    Some(Plan { steps, counting, complete, cut_short, estimated, chosen })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
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

    /// Entry points that lead into a core in which everything leads to everything, crown jewels
    /// behind it, some of each beside it; now and then a second core.
    fn rows_with_core(seed: u64) -> String {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
            (state >> 33) % below
        };
        let mut text = String::new();
        let cores = 1 + seed % 2;
        for core in 0..cores {
            for at in 0..(16 + next(24)) {
                let (from, to, more) = (next(10), next(10), next(10));
                writeln!(text, "c{core}-{at} holds m{core}-{from}@test").unwrap();
                writeln!(text, "c{core}-{at} grants m{core}-{to}@test,m{core}-{more}@test")
                    .unwrap();
            }
        }
        for at in 0..(40 + next(60)) {
            let (core, inner) = (next(cores), next(10));
            let inner = format!("m{core}-{inner}@test");
            let (entry, jewel) = (format!("e{}@dev", next(20)), format!("j{}@prod", next(20)));
            let (from, to) = match next(8) {
                0 => (entry, jewel),
                1 => (entry, format!("e{}@dev", next(20))),
                2..5 => (entry, inner),
                _ => (inner, jewel),
            };
            writeln!(text, "k{} holds {from}\nk{0} grants {to}", at % 70).unwrap();
        }
        text
    }

    /// How many steps a plan has on which sets and counts agree.
    fn agreed_steps(text: &str, seed: u64) -> usize {
        let progress = Progress::default();
        let graph = graph(text);
        let (movement, ends) = (&Movement::new(&graph, Counting::All), &ends(&graph));
        let cost = |at: crate::graph::CredentialIndex| 1 + (u64::from(at.0) + seed) as u32 % 3;
        let priced = graph.credential_indices();
        let priced = priced.map(|at| (at, Cost::Units(cost(at).try_into().unwrap())));
        let costs = &priced.collect::<Costs>();
        let counting = Counting::All;
        let question = PlanQuestion { graph: &graph, movement, counting, ends, costs };
        let plan = |for_sets| {
            let limits = Limits { budget: usize::MAX, for_sets };
            plan_within(question, &Plan::default(), limits, &progress).unwrap()
        };
        // Sometimes the sets have room from some step on.
        let (by_sets, by_counts) = (plan(usize::MAX), plan(0));
        assert!(by_sets.complete && !by_sets.estimated && !by_counts.estimated);
        assert_eq!(by_sets, by_counts, "seed {seed}");
        assert_eq!(by_sets, plan(20 + seed as usize % 4 * 20), "seed {seed}");
        by_sets.steps.len()
    }

    #[test]
    fn sets_of_crown_jewels_give_the_plan_that_counting_pairs_gives() {
        let steps: usize = (0..160).map(|seed| agreed_steps(&rows(seed), seed)).sum();
        assert!(steps > 320, "{steps} steps say too little");
    }

    #[test]
    fn around_an_entangled_core_sets_give_the_plan_that_counting_pairs_gives() {
        let steps: usize = (0..6).map(|seed| agreed_steps(&rows_with_core(seed), seed)).sum();
        assert!(steps > 60, "{steps} steps say too little");
    }
}
