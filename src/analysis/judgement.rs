//! Everything that is asked between entry points and crown jewels, asked at once.

use super::{
    ChokePoints, Costs, Counting, Coverage, Cut, Ends, Exposure, Movement, Path, Plan,
    choke_points, coverage, ends, exposure, minimum_cut, plan, shortest_paths,
};
use crate::graph::AccessGraph;
use crate::inventory::Progress;

/// The answers.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Where attackers start, and what must not fall.
    pub ends: Ends,
    /// The share of pairs that some path connects.
    pub exposure: Exposure,
    /// The shortest path of each connected pair, as many as were asked for.
    pub paths: Vec<Path>,
    /// The cheapest credentials to remove.
    pub cut: Cut,
    /// The same with stated access alone.
    pub cut_stated: Cut,
    /// The pairs that hang on each credential.
    pub choke_points: ChokePoints,
    /// What to fix, step by step.
    pub plan: Plan,
    /// What the inventory cannot say.
    pub coverage: Coverage,
}

/// Asks everything; `None` when cancelled.
pub fn judge(graph: &AccessGraph, most_paths: usize, progress: &Progress) -> Option<Judgement> {
    let (ends, costs) = (ends(graph), Costs::new(graph));
    let all = Movement::new(graph, Counting::All);
    let stated = Movement::new(graph, Counting::StatedOnly);
    let (from, to) = (&ends.entry_points, &ends.crown_jewels);
    Some(Judgement {
        exposure: exposure(&all, &stated, &ends, progress)?,
        paths: shortest_paths(&all, from, to, most_paths, progress)?,
        cut: minimum_cut(&all, &ends, &costs, progress)?,
        cut_stated: minimum_cut(&stated, &ends, &costs, progress)?,
        choke_points: choke_points(&all, &ends, progress)?,
        plan: plan(graph, &all, &ends, &costs, progress)?,
        coverage: coverage(graph),
        ends,
    })
}
