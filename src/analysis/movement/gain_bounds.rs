//! How many pairs each credential holds together at most.

use crate::analysis::algorithms::components::Arcs;
use crate::analysis::algorithms::dominators::Dominators;
use crate::analysis::movement::network::{is, mark};
use crate::analysis::movement::pair_network::{PairNetwork, WORK_OF_VISIT};
use crate::analysis::movement::reach::bearers_reached;
use crate::graph::CredentialIndex;
use crate::inventory::Progress;

const NONE: u32 = u32::MAX;

/// How many hubs are looked at, and how many of them may lead to each other: what a hub alone hangs
/// on, like its only credential, is nothing to another one.
const HUBS: usize = 6;
const HUBS_TOGETHER: u32 = 3;

/// How many pairs each credential holds together at most: that many fall apart at most when it goes.
///
/// A pair can only fall apart if its entry point reaches the credential and the credential its crown
/// jewel. Of those, a pair stays as long as some hub, an instance that many pairs lead through, is
/// still reached from the one and still reaches the other; dominator trees from the hub, along the
/// arcs and against them, tell for all credentials at once which ends it loses without them.
pub(crate) struct GainBounds<'a> {
    forward: &'a Arcs,
    backward: &'a Arcs,
    /// For each node, how many entry points reach it, and how many crown jewels it reaches.
    ends: Vec<(u64, u64)>,
    hubs: Vec<Hub>,
    credentials: Vec<(u32, CredentialIndex)>,
    is_entry: Vec<bool>,
    is_fall: Vec<bool>,
}

/// An instance that pairs lead through.
struct Hub {
    node: u32,
    /// How many entry points reach it, and how many crown jewels it reaches.
    ends: (u64, u64),
    /// For each node that leads to it, how many of those entry points need that node.
    behind: Vec<Option<u64>>,
    /// For each node that it leads to, how many of those crown jewels need that node.
    below: Vec<Option<u64>>,
}

impl<'a> GainBounds<'a> {
    /// `jewels` says for each node how many crown jewels it reaches, where that is known. `None` when
    /// cancelled. Costs time in proportion to arcs × ends ÷ 512.
    pub(crate) fn new(
        network: &PairNetwork,
        (forward, backward): (&'a Arcs, &'a Arcs),
        jewels: Option<Vec<u32>>,
        progress: &Progress,
    ) -> Option<Self> {
        let nodes = network.nodes();
        let falls = network.falls();
        let (jewels, entries) = rayon::join(
            || jewels.or_else(|| bearers_reached(forward, &falls, progress)),
            || bearers_reached(backward, &network.entries, progress),
        );
        let both = entries?.into_iter().zip(jewels?);
        let marked = |set: &[u32]| {
            let mut marks = vec![false; nodes];
            for &node in set {
                mark(&mut marks, node);
            }
            marks
        };
        let mut bounds = Self {
            forward,
            backward,
            ends: both.map(|(entries, jewels)| (u64::from(entries), u64::from(jewels))).collect(),
            hubs: Vec::new(),
            is_entry: marked(&network.entries),
            is_fall: marked(&falls),
            credentials: network.credentials.clone(),
        };
        let instances: Vec<u32> =
            network.of_instance.iter().copied().filter(|&node| node != NONE).collect();
        bounds.find_hubs(&instances);
        Some(bounds)
    }

    /// About how many arcs are gone through.
    pub(crate) fn work(&self) -> usize {
        let blocks = |marks: &[bool]| marks.iter().filter(|mark| **mark).count() / 512;
        let flows = 2 + blocks(&self.is_entry) + blocks(&self.is_fall);
        let related = |of: &[Option<u64>]| of.iter().flatten().count();
        let of_hub = |hub: &Hub| related(&hub.below) + related(&hub.behind);
        let visited: usize = self.hubs.iter().map(of_hub).sum();
        self.arcs().saturating_mul(flows) + WORK_OF_VISIT * visited
    }

    /// For each node how many entry points reach it.
    pub(crate) fn entries(&self) -> Vec<u32> {
        self.ends.iter().map(|&(entries, _)| entries as u32).collect()
    }

    fn arcs(&self) -> usize {
        (0..self.forward.nodes()).map(|node| self.forward.from(node).len()).sum()
    }

    fn product(&self, node: u32) -> u64 {
        self.ends.get(node as usize).map_or(0, |&(entries, jewels)| entries.saturating_mul(jewels))
    }

    /// The instances that most pairs could lead through, few of which lead to each other; of equals
    /// those with most ways in and out, for they hang on fewest credentials.
    fn find_hubs(&mut self, instances: &[u32]) {
        let ways = |node: u32| {
            let (on, back) = (self.forward.from(node as usize), self.backward.from(node as usize));
            on.len().saturating_mul(back.len())
        };
        let mut ranked: Vec<(u64, usize, u32)> =
            instances.iter().map(|&node| (self.product(node), ways(node), node)).collect();
        ranked.retain(|(product, ..)| *product > 0);
        ranked.sort_unstable_by(|one, other| other.cmp(one));
        let mut covered = vec![0; self.forward.nodes()];
        for (_, _, node) in ranked {
            if self.hubs.len() == HUBS {
                return;
            }
            if covered.get(node as usize).is_some_and(|&times| times >= HUBS_TOGETHER) {
                continue;
            }
            let hub = self.hub(node);
            for (at, covered) in covered.iter_mut().enumerate() {
                let related = |of: &[Option<u64>]| of.get(at).is_some_and(Option::is_some);
                *covered += u32::from(related(&hub.behind) || related(&hub.below));
            }
            self.hubs.push(hub);
        }
    }

    fn hub(&self, node: u32) -> Hub {
        let weighed = |one: &Arcs, other: &Arcs, marks: &[bool]| {
            let mut of_node = vec![None; one.nodes()];
            let weight = |at: u32| u64::from(is(marks, at));
            for (at, sum) in Dominators::new(one, other).weigh(node, weight) {
                if let Some(slot) = of_node.get_mut(at as usize) {
                    *slot = Some(sum);
                }
            }
            of_node
        };
        let (below, behind) = rayon::join(
            || weighed(self.forward, self.backward, &self.is_fall),
            || weighed(self.backward, self.forward, &self.is_entry),
        );
        let ends = self.ends.get(node as usize).copied().unwrap_or_default();
        Hub { node, ends, behind, below }
    }

    /// For each credential of the graph how many pairs it holds together at most, by name; where
    /// splits made several of one, they count together.
    pub(crate) fn all(&self) -> Vec<(CredentialIndex, u64)> {
        let mut all: Vec<(CredentialIndex, u64)> = Vec::new();
        let mut named: Vec<(CredentialIndex, u32)> =
            self.credentials.iter().map(|&(node, origin)| (origin, node)).collect();
        named.sort_unstable();
        for of_one in named.chunk_by(|one, other| one.0 == other.0) {
            let Some(&(origin, first)) = of_one.first() else { continue };
            let nodes: Vec<u32> = of_one.iter().map(|of| of.1).collect();
            let bound = if nodes.len() == 1 { self.of_one(first) } else { self.of_several(&nodes) };
            all.push((origin, bound));
        }
        all
    }

    fn of_one(&self, node: u32) -> u64 {
        let kept = self.hubs.iter().map(|hub| {
            let need = |of: &[Option<u64>]| of.get(node as usize).copied().flatten();
            hub.kept(self.ends_of(node), need(&hub.behind), need(&hub.below))
        });
        self.product(node) - kept.max().unwrap_or(0)
    }

    fn ends_of(&self, node: u32) -> (u64, u64) {
        self.ends.get(node as usize).copied().unwrap_or_default()
    }

    /// The pairs may need the parts together that need none of them alone.
    fn of_several(&self, nodes: &[u32]) -> u64 {
        let whole: u64 = nodes.iter().map(|&node| self.product(node)).sum();
        let bound_by = |hub: &Hub| {
            let lost = |arcs: &Arcs, marks: &[bool], whole: u64| {
                whole.saturating_sub(reached_without(arcs, hub.node, nodes, marks))
            };
            let behind = lost(self.backward, &self.is_entry, hub.ends.0);
            let below = lost(self.forward, &self.is_fall, hub.ends.1);
            let of = |&node: &u32| {
                let known = |of: &[Option<u64>]| of.get(node as usize).copied().flatten();
                let behind = known(&hub.behind).map(|_| behind);
                let below = known(&hub.below).map(|_| below);
                self.product(node) - hub.kept(self.ends_of(node), behind, below)
            };
            nodes.iter().map(of).sum::<u64>()
        };
        self.hubs.iter().map(bound_by).min().unwrap_or(whole).min(whole)
    }
}

impl Hub {
    /// How many pairs that could lead through a node surely lead through the hub without it: the
    /// node's ends, and how many of the hub's need it where it leads to the hub or from it.
    fn kept(&self, (entries, jewels): (u64, u64), behind: Option<u64>, below: Option<u64>) -> u64 {
        let (hub_entries, hub_jewels) = self.ends;
        let (entries, jewels) = match (behind, below) {
            (None, None) => return 0,
            (Some(behind), Some(below)) => {
                (hub_entries.saturating_sub(behind), hub_jewels.saturating_sub(below))
            }
            (None, Some(below)) => (hub_entries, jewels.saturating_sub(below)),
            (Some(behind), None) => (entries.saturating_sub(behind), hub_jewels),
        };
        entries.saturating_mul(jewels)
    }
}

/// How many marked nodes are reached without some others.
fn reached_without(arcs: &Arcs, from: u32, without: &[u32], marks: &[bool]) -> u64 {
    let mut seen = vec![false; arcs.nodes()];
    for &node in without {
        mark(&mut seen, node);
    }
    if !mark(&mut seen, from) {
        return 0;
    }
    let (mut open, mut count) = (vec![from], 0);
    while let Some(node) = open.pop() {
        count += u64::from(is(marks, node));
        for &to in arcs.from(node as usize) {
            if mark(&mut seen, to) {
                open.push(to);
            }
        }
    }
    count
}
