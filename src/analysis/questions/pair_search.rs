//! The shortest paths from one start to every target, searched from start to start.
#![expect(
    clippy::indexing_slicing,
    reason = "instances and credentials are numbered by the arrays that they lead into"
)]

use crate::analysis::movement::corridor::{Corridor, FAR};
use crate::analysis::movement::network::{Grant, Movement};
use crate::analysis::questions::path::Path;
use crate::graph::{Grouped, InstanceIndex};

/// How an instance was entered: from where, with which credential, by which grant.
pub(super) type Way = (u32, u32, Grant);

/// A grant with the hops that are left from where it leads; 0 where it enters a target.
#[derive(Clone, Copy)]
struct Near {
    left: u32,
    grant: Grant,
}

/// A search from one start to every target that is near enough.
pub(super) struct PairSearch<'a> {
    movement: &'a Movement,
    pub(super) corridor: Corridor,
    /// The grants of each credential that lead on to a target, the nearest first.
    near: Grouped<Near>,
    /// The number of the last search that used, entered or expanded what stands there.
    used: Vec<u32>,
    entered: Vec<u32>,
    expanded: Vec<u32>,
    entered_by: Vec<Way>,
    expanded_by: Vec<Way>,
    number: u32,
}

pub(super) const NO_WAY: Way =
    (0, 0, Grant { instance: 0, edge: crate::graph::EdgeIndex(0), pivots: false });

impl<'a> PairSearch<'a> {
    pub(super) fn new(movement: &'a Movement, corridor: Corridor) -> Self {
        let instances = movement.instances;
        let (mut starts, mut items) = (vec![0], Vec::new());
        for credential in 0..movement.credentials() {
            let first = items.len();
            for &grant in movement.grants.of(credential) {
                let at = grant.instance as usize;
                let left = match (corridor.is_target[at], grant.pivots) {
                    (true, _) => 0,
                    (false, true) => corridor.hops_left[at],
                    (false, false) => FAR,
                };
                if left != FAR {
                    items.push(Near { left, grant });
                }
            }
            items[first..].sort_by_key(|near| near.left);
            starts.push(items.len() as u32);
        }
        Self {
            movement,
            corridor,
            near: Grouped::from_parts(starts, items),
            used: vec![0; movement.credentials()],
            entered: vec![0; instances],
            expanded: vec![0; instances],
            entered_by: vec![NO_WAY; instances],
            expanded_by: vec![NO_WAY; instances],
            number: 0,
        }
    }

    /// The targets within `limit` hops, by hops and name; ends after the hop that finds `enough`.
    pub(super) fn explore(&mut self, start: u32, limit: u32, enough: usize) -> Vec<(u32, u32)> {
        self.number += 1;
        self.entered[start as usize] = self.number;
        self.expanded[start as usize] = self.number;
        let (mut found, mut open, mut hops) = (Vec::new(), vec![start], 0);
        while !open.is_empty() && hops < limit && found.len() < enough {
            hops += 1;
            let first = found.len();
            let mut next = Vec::new();
            for instance in open {
                self.expand(instance, (hops, limit), &mut found, &mut next);
            }
            found[first..].sort_unstable();
            open = next;
        }
        found
    }

    /// Uses what an instance holds. What is new is taken in the order of names, so that the first
    /// way to be found is the first by name.
    pub(super) fn expand(
        &mut self,
        instance: u32,
        (hops, limit): (u32, u32),
        found: &mut Vec<(u32, u32)>,
        next: &mut Vec<u32>,
    ) {
        let left = limit - hops;
        for &credential in self.movement.held.of(instance as usize) {
            let (at, with) = (credential as usize, self.corridor.hops_with[credential as usize]);
            if self.used[at] == self.number || with == FAR || with - 1 > left {
                continue;
            }
            self.used[at] = self.number;
            let first = next.len();
            for near in self.near.of(at).iter().take_while(|near| near.left <= left) {
                let grant = near.grant;
                let to = grant.instance as usize;
                let way = (instance, credential, grant);
                if self.corridor.is_target[to] && self.entered[to] != self.number {
                    self.entered[to] = self.number;
                    self.entered_by[to] = way;
                    found.push((hops, grant.instance));
                }
                let onward = self.corridor.hops_left[to];
                if grant.pivots && onward <= left && self.expanded[to] != self.number {
                    self.expanded[to] = self.number;
                    self.expanded_by[to] = way;
                    next.push(grant.instance);
                }
            }
            next[first..].sort_unstable();
        }
    }

    /// The way to a target of the last search.
    pub(super) fn path(&self, start: u32, end: u32, hops: u32) -> Path {
        let mut steps = Vec::with_capacity(hops as usize);
        let mut way = self.entered_by[end as usize];
        for _ in 0..hops {
            let (from, credential, grant) = way;
            steps.push(self.movement.step(from, credential, grant));
            way = self.expanded_by[from as usize];
        }
        steps.reverse();
        Path { from: InstanceIndex(start), to: InstanceIndex(end), hops: steps }
    }
}
