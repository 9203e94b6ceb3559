//! Who gets in: the entry points whose blast radius takes a service instance in.
//!
//! The blast radius the other way round. For every instance the entry points are counted at once;
//! for a chosen one they are named, with the way of each, seen from the instance backwards.
#![expect(
    clippy::indexing_slicing,
    reason = "instances and credentials are numbered by the arrays that they lead into"
)]

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::analysis::algorithms::components::Arcs;
use crate::analysis::movement::corridor::{Backwards, FAR};
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::{Grant, Movement};
use crate::analysis::movement::reach::{bearers_reached, both, starts_reaching};
use crate::analysis::movement::step::Step;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// For each instance how many entry points reach it. An entry point does not count for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReachedByOfAll {
    /// By all access.
    pub all: Vec<u32>,
    /// By stated access alone.
    pub stated: Vec<u32>,
}

impl ReachedByOfAll {
    /// How many entry points reach an instance: by all access, and by stated access alone.
    pub fn of(&self, instance: InstanceIndex) -> (u32, u32) {
        let at = |counts: &[u32]| counts.get(instance.index()).copied().unwrap_or(0);
        (at(&self.all), at(&self.stated))
    }
}

/// Counts the entry points that reach each instance; `None` when cancelled.
///
/// Costs at most what all blast radii cost, for each way of counting.
pub fn reached_by_of_all(
    movements: (&Movement, &Movement),
    ends: &Ends,
    progress: &Progress,
) -> Option<ReachedByOfAll> {
    let count = |movement: &Movement| starts_reaching(movement, &ends.entry_points, progress);
    let (all, stated) = both(movements, count)?;
    Some(ReachedByOfAll { all, stated })
}

/// An entry point that reaches the chosen instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReachedFrom {
    /// The entry point.
    pub entry_point: InstanceIndex,
    /// How many hops the shortest way has.
    pub hops: u32,
    /// How many the shortest way of stated access alone has; `None` where there is none.
    pub hops_stated: Option<u32>,
    /// The last credential of the shortest way, of several the first by the names along the way.
    pub through: CredentialIndex,
}

impl ReachedFrom {
    /// Whether stated access alone leads from it to the chosen instance.
    pub fn is_stated(&self) -> bool {
        self.hops_stated.is_some()
    }
}

/// A credential with which the chosen instance is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastCredential {
    /// The credential.
    pub credential: CredentialIndex,
    /// How many entry points come by it without having been in the chosen instance.
    pub entry_points: u32,
    /// How many do by stated access alone, and it grants the instance by stated access.
    pub entry_points_stated: u32,
}

/// A hop on the shortest way of some entry point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HopBackwards {
    /// How many hops are left with this one.
    pub hops: u32,
    /// The hop.
    pub step: Step,
}

impl HopBackwards {
    /// Whether it is stated that the credential is held, what it grants, and, but for the last hop,
    /// that one goes on from there.
    pub fn is_stated(&self, graph: &AccessGraph) -> bool {
        graph.states_hop(self.step.from, self.step.edge, self.hops > 1)
    }
}

/// Which entry points reach a chosen instance, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachedBy {
    /// The chosen instance.
    pub to: InstanceIndex,
    /// The entry points that reach it, by hops, then by name.
    pub entry_points: Vec<ReachedFrom>,
    /// The credentials with which they enter it, the one that most of them come by first, then by
    /// name.
    pub last_credentials: Vec<LastCredential>,
    /// The hops of all their shortest ways, each once: those into the chosen instance first, then
    /// those that lead to where these start, and so on.
    pub backwards: Vec<HopBackwards>,
}

impl ReachedBy {
    /// What is found where no entry point reaches an instance.
    pub fn nobody(to: InstanceIndex) -> Self {
        let (entry_points, last_credentials, backwards) = (Vec::new(), Vec::new(), Vec::new());
        Self { to, entry_points, last_credentials, backwards }
    }

    /// How many entry points reach it by stated access alone.
    pub fn stated(&self) -> usize {
        self.entry_points.iter().filter(|from| from.is_stated()).count()
    }

    /// The hops of an entry point's shortest way, first to last; empty for one that has none.
    pub fn way_from(&self, entry_point: InstanceIndex) -> Vec<Step> {
        let known = self.entry_points.iter().find(|from| from.entry_point == entry_point);
        let (mut at, mut steps) = (entry_point, Vec::new());
        for hops in (1..=known.map_or(0, |from| from.hops)).rev() {
            let key = |hop: &HopBackwards| (hop.hops, hop.step.from);
            let found = self.backwards.binary_search_by_key(&(hops, Some(at)), key);
            let Some(hop) = found.ok().and_then(|found| self.backwards.get(found)) else { break };
            steps.push(hop.step);
            at = hop.step.to;
        }
        steps
    }
}

/// Finds the entry points that reach an instance; `None` when cancelled. After fixes the movement
/// is theirs.
///
/// The ways cost time in proportion to the edges; counting who comes by each last credential costs
/// what all blast radii cost at worst.
pub fn reached_by(
    (all, stated): (&Movement, &Movement),
    entry_points: &[InstanceIndex],
    to: InstanceIndex,
    progress: &Progress,
) -> Option<ReachedBy> {
    let others = others(all, entry_points, to);
    let ways = Ways::new(all, &Backwards::new(all), to);
    let from = ways.from(&stated_hops((all, stated), &ways, to), &others);
    let by_stated = bearers_of_last(stated, &others, to, progress)?;
    let last = bearers_of_last(all, &others, to, progress)?.into_iter();
    let mut last: Vec<LastCredential> = last
        .filter(|&(_, entry_points)| entry_points > 0)
        .map(|(credential, entry_points)| LastCredential {
            credential,
            entry_points,
            entry_points_stated: by_stated.get(&credential).copied().unwrap_or(0),
        })
        .collect();
    last.sort_by_key(|last| std::cmp::Reverse(last.entry_points));
    let backwards = ways.hops_of(all, &from);
    Some(ReachedBy { to, entry_points: from, last_credentials: last, backwards })
}

/// For each of some instances the entry points that reach it, by hops, then by name: the part of
/// [`reached_by`] that costs time in proportion to the edges alone, once for each.
pub fn reached_from(
    (all, stated): (&Movement, &Movement),
    entry_points: &[InstanceIndex],
    instances: &[InstanceIndex],
) -> Vec<Vec<ReachedFrom>> {
    let is_same = std::ptr::eq(all, stated);
    let (backwards, of_stated) =
        rayon::join(|| Backwards::new(all), || (!is_same).then(|| Backwards::new(stated)));
    let of_one = |&to: &InstanceIndex| {
        let ways = Ways::new(all, &backwards, to);
        let others = others(all, entry_points, to);
        match &of_stated {
            Some(of_stated) => ways.from(&of_stated.hops_left(stated, &[to]).0, &others),
            None => ways.from(&ways.hops_left, &others),
        }
    };
    instances.par_iter().map(of_one).collect()
}

/// The hops to an instance by stated access alone.
fn stated_hops<'a>(
    (all, stated): (&Movement, &Movement),
    ways: &'a Ways,
    to: InstanceIndex,
) -> Cow<'a, [u32]> {
    if std::ptr::eq(all, stated) {
        Cow::Borrowed(&ways.hops_left)
    } else {
        Cow::Owned(Backwards::new(stated).hops_left(stated, &[to]).0)
    }
}

/// The entry points but the chosen instance.
fn others(
    movement: &Movement,
    entry_points: &[InstanceIndex],
    to: InstanceIndex,
) -> Vec<InstanceIndex> {
    let is_other = |at: &InstanceIndex| *at != to && at.index() < movement.instances;
    entry_points.iter().copied().filter(is_other).collect()
}

/// The shortest way from every instance to the chosen one.
struct Ways {
    /// How many hops each instance is away.
    hops_left: Vec<u32>,
    /// For each instance the credential and the grant of its first hop.
    first: Vec<Option<(u32, Grant)>>,
    /// For each instance the credential of the last hop.
    last: Vec<Option<CredentialIndex>>,
}

impl Ways {
    /// Of several as short, the first by the names along the way.
    fn new(movement: &Movement, backwards: &Backwards, to: InstanceIndex) -> Self {
        let (hops_left, hops_with) = backwards.hops_left(movement, &[to]);
        let nearest = |credential: u32| {
            let hops = hops_with[credential as usize];
            movement.grants.of(credential as usize).iter().copied().find(|grant| match hops {
                FAR => false,
                1 => grant.instance == to.0,
                _ => grant.pivots && hops_left[grant.instance as usize] == hops - 1,
            })
        };
        let grants: Vec<Option<Grant>> = (0..movement.credentials() as u32).map(nearest).collect();
        let first = |instance: u32| {
            let hops = hops_left[instance as usize];
            let held = movement.held.of(instance as usize).iter().copied();
            let mut leading = held.filter(|&at| hops != FAR && hops_with[at as usize] == hops);
            leading.find_map(|at| Some((at, grants[at as usize]?)))
        };
        let first: Vec<Option<(u32, Grant)>> =
            (0..movement.instances as u32).map(|at| first(at).filter(|_| at != to.0)).collect();
        let mut order: Vec<u32> = (0..movement.instances as u32).collect();
        order.retain(|&at| first[at as usize].is_some());
        order.sort_by_key(|&at| hops_left[at as usize]);
        let mut last: Vec<Option<CredentialIndex>> = vec![None; movement.instances];
        for at in order {
            let Some((credential, grant)) = first[at as usize] else { continue };
            last[at as usize] = match hops_left[at as usize] {
                1 => movement.origins.get(credential as usize).copied(),
                _ => last[grant.instance as usize],
            };
        }
        Self { hops_left, first, last }
    }

    /// The entry points of which there is a way, by hops, then by name.
    fn from(&self, stated_hops: &[u32], others: &[InstanceIndex]) -> Vec<ReachedFrom> {
        let from = |&entry_point: &InstanceIndex| {
            let through = self.last[entry_point.index()]?;
            let hops_stated = stated_hops.get(entry_point.index()).copied();
            let hops_stated = hops_stated.filter(|&hops| hops != FAR);
            let hops = self.hops_left[entry_point.index()];
            Some(ReachedFrom { entry_point, hops, hops_stated, through })
        };
        let mut from: Vec<ReachedFrom> = others.iter().filter_map(from).collect();
        from.sort_unstable_by_key(|from| (from.hops, from.entry_point));
        from
    }

    /// The hops on the ways of some entry points, the last ones first.
    fn hops_of(&self, movement: &Movement, from: &[ReachedFrom]) -> Vec<HopBackwards> {
        let (mut seen, mut found) = (vec![false; movement.instances], Vec::new());
        for start in from {
            let mut at = start.entry_point.0;
            while let Some((credential, grant)) = self.first[at as usize] {
                if std::mem::replace(&mut seen[at as usize], true) {
                    break;
                }
                let hops = self.hops_left[at as usize];
                found.push(HopBackwards { hops, step: movement.step(at, credential, grant) });
                at = grant.instance;
            }
        }
        found.sort_unstable_by_key(|hop| (hop.hops, hop.step.from));
        found
    }
}

/// For each credential that grants the chosen instance how many entry points come by it, or by
/// what fixes made of it, on ways that do not lead through that instance.
fn bearers_of_last(
    movement: &Movement,
    from: &[InstanceIndex],
    to: InstanceIndex,
    progress: &Progress,
) -> Option<BTreeMap<CredentialIndex, u32>> {
    let mut last: BTreeMap<CredentialIndex, u32> = BTreeMap::new();
    let (mut pairs, mut nodes) = (Vec::new(), movement.instances as u32);
    for credential in 0..movement.credentials() {
        let into = |&&Grant { instance, pivots, .. }: &&Grant| pivots && instance != to.0;
        let grants: Vec<u32> =
            movement.grants.of(credential).iter().filter(into).map(|at| at.instance).collect();
        let is_last = movement.grants.of(credential).iter().any(|at| at.instance == to.0);
        let holders = movement.holders.of(credential).iter().filter(|&&holder| holder != to.0);
        // A credential with one grant needs no node of its own, unless it is counted.
        let node = match grants.as_slice() {
            [] if !is_last => continue,
            [only] if !is_last => *only,
            _ => {
                nodes += 1;
                pairs.extend(grants.iter().map(|&instance| (instance, nodes - 1)));
                nodes - 1
            }
        };
        pairs.extend(holders.filter(|&&holder| holder != node).map(|&holder| (node, holder)));
        if is_last && let Some(&origin) = movement.origins.get(credential) {
            let of_origin = *last.entry(origin).or_insert_with(|| {
                nodes += 1;
                nodes - 1
            });
            pairs.push((of_origin, node));
        }
    }
    let bearers: Vec<u32> = from.iter().map(|at| at.0).collect();
    let counts = bearers_reached(&Arcs::new(nodes as usize, &pairs), &bearers, progress)?;
    Some(last.into_iter().map(|(origin, node)| (origin, counts[node as usize])).collect())
}
