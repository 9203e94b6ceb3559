//! Which credentials lie on a path that is in no instance twice.
//!
//! Most are settled by the shortest way to a holder and the shortest way on, which have no instance
//! in common. What has to come back to an instance is told by dominators: one that lies on every way
//! to a credential and on every way on from it. The few that are left are searched one by one, with a
//! limit: two ways that keep apart are hard to find in contrived networks (Fortune, Hopcroft and
//! Wyllie, 1980). What the limit leaves open counts as lying on a path.
#![expect(
    clippy::indexing_slicing,
    reason = "instances and credentials are numbered by the arrays that they lead into"
)]

use crate::analysis::algorithms::components::Arcs;
use crate::analysis::algorithms::dominators::Dominators;
use crate::analysis::movement::corridor::{Corridor, FAR};
use crate::analysis::movement::network::{Grant, Movement, is, mark, marks};
use crate::graph::{Grouped, InstanceIndex};

/// Of how many holders and grants the shortest ways are compared.
const MOST_COMPARED: usize = 8;
/// How many links are followed for one credential, and for all together, before it is left open.
const MOST_FOR_ONE: usize = 200_000;
const MOST_FOR_ALL: usize = 30_000_000;
/// How many instances of a way are compared with another, and how many dominators: of long ways the rest
/// is left to the search, so that a long chain costs no more than its length.
const MOST_STEPS: usize = 64;
const NONE: u32 = u32::MAX;

/// For each credential of the movement whether it lies on a path from one of some instances to one of
/// some others that is in no instance twice.
///
/// Costs time in proportion to the edges, but for what is searched one by one.
pub(crate) fn on_simple_paths(
    movement: &Movement,
    from: &[InstanceIndex],
    to: &[InstanceIndex],
) -> Vec<bool> {
    let ways = Ways::new(movement, from, to);
    let all = 0..movement.credentials() as u32;
    let mut on_path: Vec<bool> = all.map(|at| ways.corridor.carries(movement, at)).collect();
    let carried = (0..).zip(&on_path).filter(|(_, carries)| **carries).map(|(at, _)| at);
    let open: Vec<u32> = carried.filter(|&at| !ways.keep_apart(at)).collect();
    if open.is_empty() {
        return on_path;
    }
    let (before, after) = ways.dominators();
    let mut search = Search::new(&ways);
    for at in open {
        let node = (movement.instances + at as usize) as u32;
        let comes_back = meet(&before, &after, node, movement.instances);
        on_path[at as usize] = !comes_back && search.finds(at);
    }
    on_path
}

/// The shortest ways through a movement.
struct Ways<'a> {
    movement: &'a Movement,
    corridor: Corridor,
    is_start: Vec<bool>,
    from: &'a [InstanceIndex],
    to: &'a [InstanceIndex],
    /// How many hops it takes to an instance, and the instance before it; [`NONE`] for a start.
    before: Vec<(u32, u32)>,
    /// The instance after one on the shortest way to a target; [`NONE`] where there is none.
    next: Vec<u32>,
    /// The fewest hops that it takes to anything on that way, itself among it.
    nearest_on: Vec<u32>,
}

impl<'a> Ways<'a> {
    fn new(movement: &'a Movement, from: &'a [InstanceIndex], to: &'a [InstanceIndex]) -> Self {
        let corridor = Corridor::new(movement, from, to);
        let (before, next) = (hops_to(movement, from), next_of(movement, &corridor));
        let is_start = marks(movement.instances, from);
        let nearest_on = nearest_on(&corridor, &before, &next);
        Self { movement, corridor, is_start, from, to, before, next, nearest_on }
    }

    /// Whether the shortest way to some holder of a credential and the shortest way on from something
    /// that it grants have no instance in common.
    fn keep_apart(&self, credential: u32) -> bool {
        let holders = self.movement.holders.of(credential as usize).iter().copied();
        let mut holders: Vec<u32> =
            holders.filter(|&at| is(&self.corridor.reachable, at)).collect();
        keep_nearest(&mut holders, |at| self.before[at as usize].0);
        let grants = self.movement.grants.of(credential as usize).iter();
        let leading = grants.filter(|grant| self.corridor.leads_on(grant));
        let mut granted: Vec<u32> = leading.map(|grant| grant.instance).collect();
        keep_nearest(&mut granted, |at| self.left(at));
        holders.iter().any(|&holder| granted.iter().any(|&at| self.are_apart(holder, at)))
    }

    /// Whether the shortest way to an instance and the shortest way from another have nothing in common;
    /// no where they are too long to be compared.
    fn are_apart(&self, holder: u32, granted: u32) -> bool {
        let hops = self.before[holder as usize].0;
        let nearest = if is(&self.corridor.is_target, granted) {
            self.before[granted as usize].0
        } else {
            self.nearest_on[granted as usize]
        };
        if nearest > hops {
            return true;
        }
        let head: Vec<u32> = self.way_to(holder).take(MOST_STEPS + 1).collect();
        let tail: Vec<u32> = self.way_from(granted).take(MOST_STEPS + 1).collect();
        head.len().max(tail.len()) <= MOST_STEPS && !tail.iter().any(|at| head.contains(at))
    }

    /// How many hops are left from what a credential grants.
    fn left(&self, at: u32) -> u32 {
        if is(&self.corridor.is_target, at) { 0 } else { self.corridor.hops_left[at as usize] }
    }

    /// The instances of the shortest way to one, which is among them.
    fn way_to(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        let before = |at: &u32| Some(self.before[*at as usize].1).filter(|at| *at != NONE);
        std::iter::successors(Some(at), before)
    }

    /// The instances of the shortest way to a target from one that is entered, which is among them.
    fn way_from(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        let next = |at: &u32| {
            let ends = is(&self.corridor.is_target, *at);
            Some(self.next[*at as usize]).filter(|next| !ends && *next != NONE)
        };
        std::iter::successors(Some(at), next)
    }

    /// What lies on every way from the starts to a node, and on every way from a node to the targets:
    /// for each node the nearest such. Nodes are the instances, the credentials, and the root.
    fn dominators(&self) -> (Vec<u32>, Vec<u32>) {
        let movement = self.movement;
        let (instances, credentials) = (movement.instances as u32, movement.credentials() as u32);
        let root = instances + credentials;
        let mut forward: Vec<(u32, u32)> = self.from.iter().map(|at| (root, at.0)).collect();
        let mut backward: Vec<(u32, u32)> = self.to.iter().map(|at| (root, at.0)).collect();
        for at in (0..credentials).filter(|&at| self.corridor.carries(movement, at)) {
            let node = instances + at;
            for &holder in movement.holders.of(at as usize) {
                if is(&self.corridor.reachable, holder) {
                    forward.push((holder, node));
                    if !is(&self.corridor.is_target, holder) {
                        backward.push((node, holder));
                    }
                }
            }
            for grant in movement.grants.of(at as usize) {
                if !self.corridor.leads_on(grant) {
                    continue;
                }
                if grant.pivots && !is(&self.is_start, grant.instance) {
                    forward.push((node, grant.instance));
                }
                if grant.pivots || is(&self.corridor.is_target, grant.instance) {
                    backward.push((grant.instance, node));
                }
            }
        }
        let of = |arcs: &[(u32, u32)]| {
            let arcs = Arcs::new(root as usize + 1, arcs);
            Dominators::new(&arcs, &arcs.reversed()).nearest(root)
        };
        (of(&forward), of(&backward))
    }
}

/// Whether some instance lies on every way to a node and on every way on from it.
fn meet(before: &[u32], after: &[u32], node: u32, instances: usize) -> bool {
    let above = |tree: &[u32], node: u32| -> Vec<u32> {
        let up = |at: &u32| tree.get(*at as usize).copied().filter(|at| *at != NONE);
        let all = std::iter::successors(up(&node), up).take(MOST_STEPS);
        all.filter(|&at| (at as usize) < instances).collect()
    };
    let mut head = above(before, node);
    head.sort_unstable();
    above(after, node).iter().any(|at| head.binary_search(at).is_ok())
}

/// Keeps the first few by hops, then by name.
fn keep_nearest(instances: &mut Vec<u32>, hops: impl Fn(u32) -> u32) {
    let key = |at: &u32| (hops(*at), *at);
    if instances.len() > MOST_COMPARED {
        instances.select_nth_unstable_by_key(MOST_COMPARED, key);
        instances.truncate(MOST_COMPARED);
    }
    instances.sort_unstable_by_key(key);
}

/// How many hops it takes to each instance, and the instance before it.
fn hops_to(movement: &Movement, from: &[InstanceIndex]) -> Vec<(u32, u32)> {
    let mut before = vec![(FAR, NONE); movement.instances];
    let mut used = vec![false; movement.credentials()];
    let mut open: Vec<u32> = Vec::new();
    for start in from {
        if let Some(slot) = before.get_mut(start.index()) {
            *slot = (0, NONE);
            open.push(start.0);
        }
    }
    let mut hops = 0;
    while !open.is_empty() {
        hops += 1;
        let mut next = Vec::new();
        for instance in open {
            for &credential in movement.held.of(instance as usize) {
                if !mark(&mut used, credential) {
                    continue;
                }
                for grant in movement.grants.of(credential as usize) {
                    let slot = &mut before[grant.instance as usize];
                    if grant.pivots && slot.0 == FAR {
                        *slot = (hops, instance);
                        next.push(grant.instance);
                    }
                }
            }
        }
        open = next;
    }
    before
}

/// The instance after each on the shortest way to a target.
fn next_of(movement: &Movement, corridor: &Corridor) -> Vec<u32> {
    let nearest = |credential: usize| {
        let hops = corridor.hops_with[credential];
        let leads = |grant: &&Grant| match hops {
            FAR => false,
            1 => is(&corridor.is_target, grant.instance),
            _ => grant.pivots && corridor.hops_left[grant.instance as usize] == hops - 1,
        };
        movement.grants.of(credential).iter().find(leads).map_or(NONE, |grant| grant.instance)
    };
    let of_credential: Vec<u32> = (0..movement.credentials()).map(nearest).collect();
    let next = |instance: usize| {
        let hops = corridor.hops_left[instance];
        let mut held = movement.held.of(instance).iter();
        let leading = held.find(|&&at| hops != FAR && corridor.hops_with[at as usize] == hops);
        leading.map_or(NONE, |&at| of_credential[at as usize])
    };
    (0..movement.instances).map(next).collect()
}

/// For each instance the fewest hops that it takes to anything on the shortest way from it to a target.
fn nearest_on(corridor: &Corridor, before: &[(u32, u32)], next: &[u32]) -> Vec<u32> {
    let mut nearest: Vec<u32> = before.iter().map(|(hops, _)| *hops).collect();
    let mut order: Vec<u32> =
        (0..next.len() as u32).filter(|&at| next[at as usize] != NONE).collect();
    order.sort_unstable_by_key(|&at| corridor.hops_left[at as usize]);
    for at in order {
        let on = next[at as usize] as usize;
        // A target ends the way: what would lead on from it does not count.
        let beyond = if is(&corridor.is_target, on as u32) { before[on].0 } else { nearest[on] };
        nearest[at as usize] = nearest[at as usize].min(beyond);
    }
    nearest
}

/// Looks for two ways that keep apart, one after another.
struct Search<'w, 'a> {
    ways: &'w Ways<'a>,
    /// For each instance the credentials with which an attacker comes to it and goes on.
    into: Grouped<u32>,
    /// The instances of the way to the credential.
    on_head: Vec<bool>,
    seen: Vec<u32>,
    used: Vec<u32>,
    number: u32,
    /// How many links may still be followed, for the credential and for all.
    left: usize,
    left_for_all: usize,
}

impl<'w, 'a> Search<'w, 'a> {
    fn new(ways: &'w Ways<'a>) -> Self {
        let movement = ways.movement;
        let all = 0..movement.credentials() as u32;
        let into = all.filter(|&at| ways.corridor.carries(movement, at)).flat_map(|at| {
            let pivots = movement.grants.of(at as usize).iter().filter(|grant| grant.pivots);
            pivots.map(move |grant| (grant.instance, at))
        });
        Self {
            ways,
            into: Grouped::new(movement.instances, into),
            on_head: vec![false; movement.instances],
            seen: vec![0; movement.instances],
            used: vec![0; movement.credentials()],
            number: 0,
            left: 0,
            left_for_all: MOST_FOR_ALL,
        }
    }

    /// Whether a path through a credential is found, or the limit leaves it open.
    fn finds(&mut self, credential: u32) -> bool {
        let share = MOST_FOR_ONE.min(self.left_for_all);
        self.left = share;
        let ways = self.ways;
        let mut holders = ways.movement.holders.of(credential as usize).iter().copied();
        let found = holders
            .any(|holder| is(&ways.corridor.reachable, holder) && self.heads(holder, credential));
        self.left_for_all -= share - self.left;
        found || self.left == 0
    }

    /// Goes through all ways from a start to an instance, backwards, and looks for a way on beside
    /// each.
    fn heads(&mut self, to: u32, credential: u32) -> bool {
        let mut head: Vec<(u32, Vec<u32>)> = vec![(to, self.steps_back(to))];
        self.on_head[to as usize] = true;
        let mut found = is(&self.ways.is_start, to) && self.has_tail(credential);
        while !found && self.left > 0 {
            let Some((_, steps)) = head.last_mut() else { break };
            let Some(at) = steps.pop() else {
                if let Some((at, _)) = head.pop() {
                    self.on_head[at as usize] = false;
                }
                continue;
            };
            if self.on_head[at as usize] {
                continue;
            }
            self.on_head[at as usize] = true;
            if is(&self.ways.is_start, at) {
                found = self.has_tail(credential);
                self.on_head[at as usize] = false;
            } else {
                head.push((at, self.steps_back(at)));
            }
        }
        for (at, _) in head {
            self.on_head[at as usize] = false;
        }
        found
    }

    /// The instances from which one is entered, those nearest the starts last; none from a start.
    fn steps_back(&mut self, to: u32) -> Vec<u32> {
        let ways = self.ways;
        if is(&ways.is_start, to) {
            return Vec::new();
        }
        let mut steps = Vec::new();
        for &credential in self.into.of(to as usize) {
            let holders = ways.movement.holders.of(credential as usize);
            self.left = self.left.saturating_sub(holders.len());
            steps.extend(holders.iter().copied().filter(|&at| is(&ways.corridor.reachable, at)));
        }
        steps.sort_unstable_by_key(|&at| std::cmp::Reverse((ways.before[at as usize].0, at)));
        steps.dedup();
        steps
    }

    /// Whether a credential leads to a target beside the way on which it is come by.
    fn has_tail(&mut self, credential: u32) -> bool {
        let ways = self.ways;
        self.number += 1;
        let mut open = vec![credential];
        while let Some(credential) = open.pop() {
            if std::mem::replace(&mut self.used[credential as usize], self.number) == self.number {
                continue;
            }
            let grants = ways.movement.grants.of(credential as usize);
            self.left = self.left.saturating_sub(grants.len());
            for grant in grants {
                let at = grant.instance as usize;
                if self.on_head[at] || !ways.corridor.leads_on(grant) {
                    continue;
                }
                if is(&ways.corridor.is_target, grant.instance) {
                    return true;
                }
                let is_new = std::mem::replace(&mut self.seen[at], self.number) != self.number;
                if grant.pivots && is_new {
                    open.extend_from_slice(ways.movement.held.of(at));
                }
            }
        }
        false
    }
}
