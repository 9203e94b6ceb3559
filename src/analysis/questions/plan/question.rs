//! What a plan is made for.

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::Movement;
use crate::analysis::questions::minimum_cut::Costs;
use crate::graph::AccessGraph;

/// What is planned for.
#[derive(Clone, Copy)]
pub struct PlanQuestion<'a> {
    /// The graph.
    pub graph: &'a AccessGraph,
    /// Its movement, all access counted: fixes are applied to all that there is.
    pub movement: &'a Movement,
    /// Which pairs are to be parted: all, or those that stated access alone connects.
    pub counting: Counting,
    /// Where attackers start, and what must not fall.
    pub ends: &'a Ends,
    /// What it costs to fix each credential.
    pub costs: &'a Costs,
}

/// How far a plan goes, and how it finds what fixes gain.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// About how many edges are gone through.
    pub(crate) budget: usize,
    /// How many words the sets of crown jewels may have that make trying quick.
    pub(crate) for_sets: usize,
}

impl Limits {
    /// The sets take 64 MB at most.
    pub(crate) fn of_budget(budget: usize) -> Self {
        Self { budget, for_sets: 8_000_000 }
    }
}
