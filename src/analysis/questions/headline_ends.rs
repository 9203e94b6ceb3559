//! Which entry points reach a crown jewel, as the headline counts them.

use crate::analysis::movement::corridor::{Corridor, FAR};
use crate::analysis::movement::ends::ends;
use crate::analysis::movement::movements::Movements;
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::reach::both;
use crate::analysis::questions::assumed_by::{AssumedBy, Way};
use crate::graph::{AccessGraph, InstanceIndex};

/// How many of the entry points reach a crown jewel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndsReached {
    /// How many entry points there are.
    pub entry_points: usize,
    /// How many of them reach a crown jewel.
    pub reaching: usize,
    /// Those that do, by name.
    pub from: Vec<InstanceIndex>,
    /// How many of those do so by assumptions alone.
    pub assumed: usize,
    /// By which.
    pub assumed_by: AssumedBy,
    /// How many crown jewels there are, without those that are entry points.
    pub crown_jewels: usize,
    /// How many instances are both.
    pub already_fallen: usize,
    /// The entry point's name, if it is the only one.
    pub only_entry_point: Option<String>,
    /// The crown jewel's name, if it is the only one.
    pub only_crown_jewel: Option<String>,
}

/// Works out which entry points reach a crown jewel. Costs time in proportion to the edges.
pub(crate) fn ends_reached(graph: &AccessGraph) -> EndsReached {
    let ends = ends(graph);
    let (from, to) = (&ends.entry_points, &ends.crown_jewels);
    let reaching = |movement: &Movement| {
        let corridor = Corridor::new(movement, from, to);
        let reaches = |at: &&InstanceIndex| {
            corridor.hops_left.get(at.index()).is_some_and(|&hops| hops != FAR)
        };
        Some(from.iter().filter(reaches).copied().collect::<Vec<InstanceIndex>>())
    };
    let movements = Movements::new(graph);
    let (all, stated) = both(movements.both(), reaching).unwrap_or_default();
    let assumed: Vec<InstanceIndex> =
        all.iter().copied().filter(|at| stated.binary_search(at).is_err()).collect();
    let only = |list: &[InstanceIndex]| match list {
        [only] => Some(graph.instance_name(*only)),
        _ => None,
    };
    EndsReached {
        entry_points: from.len(),
        reaching: all.len(),
        assumed: assumed.len(),
        assumed_by: between_assumed_by(graph, movements.all(), (&assumed, to)),
        from: all,
        crown_jewels: to.len(),
        already_fallen: ends.already_fallen.len(),
        only_entry_point: only(from),
        only_crown_jewel: only(to),
    }
}

/// What the ways from some entry points to crown jewels rest on.
fn between_assumed_by(
    graph: &AccessGraph,
    movement: &Movement,
    (from, to): (&[InstanceIndex], &[InstanceIndex]),
) -> AssumedBy {
    if from.is_empty() {
        return AssumedBy::default();
    }
    let corridor = Corridor::new(movement, from, to);
    let is = |marks: &[bool], at: InstanceIndex| marks.get(at.index()).copied().unwrap_or(false);
    let is_target = |at: InstanceIndex| is(&corridor.is_target, at);
    let leads_on = |at: InstanceIndex| {
        is_target(at) || corridor.hops_left.get(at.index()).is_some_and(|&hops| hops != FAR)
    };
    let way = Way {
        from: &|at| is(&corridor.reachable, at),
        to: &leads_on,
        goes_on: &|at| !is_target(at),
    };
    let live = graph.credential_indices().filter(|&at| graph.credential(at).is_live());
    live.fold(AssumedBy::default(), |found, at| found.and(AssumedBy::of_way(graph, at, &way)))
}
