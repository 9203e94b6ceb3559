//! A chain of hops.

use crate::analysis::movement::step::Step;
use crate::graph::{AccessGraph, InstanceIndex};

/// A chain of hops; each goes on from where the one before led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Where it starts.
    pub from: InstanceIndex,
    /// Where it ends.
    pub to: InstanceIndex,
    /// The hops, first to last.
    pub hops: Vec<Step>,
}

impl Path {
    /// Whether every hop, and every pivot on the way, is stated.
    pub fn is_stated(&self, graph: &AccessGraph) -> bool {
        hops_are_stated(graph, &self.hops)
    }
}

/// Whether every hop, and every pivot on the way, is stated; one from nowhere starts with its
/// credential.
pub(crate) fn hops_are_stated(graph: &AccessGraph, hops: &[Step]) -> bool {
    stated_hops(graph, hops).all(|stated| stated)
}

/// For each hop whether it is stated: that its credential is held where it is found, that it grants
/// what it opens, and, where the next hop goes on from there, that its level is enough; and all of that
/// without taking an id in several sources for one credential.
pub fn stated_hops<'a>(
    graph: &'a AccessGraph,
    hops: &'a [Step],
) -> impl Iterator<Item = bool> + 'a {
    hops.iter().enumerate().map(move |(position, step)| {
        graph.states_hop(step.from, step.edge, position + 1 < hops.len())
    })
}
