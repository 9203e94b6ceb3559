//! What is left of a component of which some nodes are gone.
#![expect(
    clippy::indexing_slicing,
    reason = "carriers are numbered by the list that they stand in"
)]

use std::collections::BTreeMap;

use crate::analysis::algorithms::components::Arcs;
use crate::analysis::movement::pair_sets::PairSets;

/// The nodes that are left, numbered anew, then new carriers that lead from one of them to another.
pub(super) struct Remainder {
    pub(super) nodes: Vec<u32>,
    pub(super) made: Vec<u32>,
    pub(super) arcs: Arcs,
}

impl Remainder {
    /// Of a component, with what each new carrier leads to and which of them a node holds.
    pub(super) fn new(
        pairs: &PairSets,
        component: usize,
        is_left: impl Fn(u32) -> bool,
        (leads, made_of): (&[Vec<u32>], &BTreeMap<u32, Vec<u32>>),
    ) -> Self {
        let members = pairs.members.of(component).iter().copied();
        let nodes: Vec<u32> = members.filter(|&node| is_left(node)).collect();
        let number = |node: u32| nodes.binary_search(&node).ok().map(|at| at as u32);
        let held = nodes.iter().filter_map(|node| made_of.get(node));
        let mut made: Vec<u32> = held.flatten().copied().collect();
        made.sort_unstable();
        made.dedup();
        let mut arcs = Vec::new();
        for (from, node) in (0..).zip(&nodes) {
            let to = pairs.forward.from(*node as usize).iter();
            arcs.extend(to.filter_map(|&to| Some((from, number(to)?))));
            for own in made_of.get(node).into_iter().flatten() {
                if let Ok(at) = made.binary_search(own) {
                    arcs.push((from, (nodes.len() + at) as u32));
                }
            }
        }
        for (from, &made) in (nodes.len() as u32..).zip(&made) {
            let to = leads[made as usize].iter();
            arcs.extend(to.filter_map(|&to| Some((from, number(to)?))));
        }
        let arcs = Arcs::new(nodes.len() + made.len(), &arcs);
        Self { nodes, made, arcs }
    }
}
