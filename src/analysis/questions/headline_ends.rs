//! Which entry points reach a crown jewel, and which environments reach the highest tier in several
//! hops, as the headline counts them.

use crate::analysis::movement::corridor::{Corridor, FAR};
use crate::analysis::movement::ends::ends;
use crate::analysis::movement::movements::Movements;
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::reach::both;
use crate::analysis::questions::assumed_by::{AssumedBy, Way};
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::Tier;

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
    let reaching = |movement: &Movement| Some(reaching(movement, from, to));
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

/// Environments below the highest tier that hold no credential that opens it, and reach it all the
/// same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InSeveralHops {
    /// Their labels, the lowest tier first.
    pub environments: Vec<String>,
    /// How many of them do so by assumptions alone.
    pub assumed: usize,
    /// By which.
    pub assumed_by: AssumedBy,
}

impl InSeveralHops {
    /// Works out which environments below the tier `top`, but for those in `direct`, reach it. Costs
    /// time in proportion to the edges, and none to speak of where no environment is left.
    pub(crate) fn of(graph: &AccessGraph, top: Tier, direct: &[String]) -> Self {
        let is_left = |at: InstanceIndex| {
            let environment = graph.environment_of(at);
            environment.tier.is_some_and(|tier| tier < top) && !direct.contains(&environment.label)
        };
        let from: Vec<InstanceIndex> = graph.instance_indices().filter(|&at| is_left(at)).collect();
        if from.is_empty() {
            return Self::default();
        }
        let is_top = |at: &InstanceIndex| graph.environment_of(*at).tier == Some(top);
        let to: Vec<InstanceIndex> = graph.instance_indices().filter(is_top).collect();
        let movements = Movements::new(graph);
        let reaching = |movement: &Movement| Some(reaching(movement, &from, &to));
        let (all, stated) = both(movements.both(), reaching).unwrap_or_default();
        let environments = |of: &[InstanceIndex]| {
            let mut found: Vec<_> = of
                .iter()
                .map(|&at| graph.environment_of(at))
                .map(|own| (own.tier, &own.label))
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let (found, as_stated) = (environments(&all), environments(&stated));
        let assumed: Vec<InstanceIndex> = all
            .into_iter()
            .filter(|&at| as_stated.iter().all(|(_, own)| **own != graph.environment_of(at).label))
            .collect();
        Self {
            assumed: found.len() - as_stated.len(),
            assumed_by: between_assumed_by(graph, movements.all(), (&assumed, &to)),
            environments: found.into_iter().map(|(_, label)| label.clone()).collect(),
        }
    }
}

/// Those of `from` that reach one of `to`, in order.
fn reaching(
    movement: &Movement,
    from: &[InstanceIndex],
    to: &[InstanceIndex],
) -> Vec<InstanceIndex> {
    let corridor = Corridor::new(movement, from, to);
    let reaches =
        |at: &&InstanceIndex| corridor.hops_left.get(at.index()).is_some_and(|&hops| hops != FAR);
    from.iter().filter(reaches).copied().collect()
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
