//! The connected pairs of entry point and crown jewel, counted on as few nodes as possible, and how
//! many of them each credential holds together at most.

use crate::analysis::algorithms::components::Arcs;
use crate::analysis::algorithms::dominators::Dominators;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::{Grant, Movement, MovementCredential, is, mark};
use crate::analysis::movement::reach::bearers_reached;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

const NONE: u32 = u32::MAX;

/// A visit of a node that finds dominators goes through about four arcs twice.
pub(crate) const WORK_OF_VISIT: usize = 8;

/// Instances, credentials and the fall of each crown jewel, as numbered nodes. Only what is linked
/// has a number.
#[derive(Default)]
pub(crate) struct PairNetwork {
    arcs: Vec<(u32, u32)>,
    nodes: u32,
    of_instance: Vec<u32>,
    of_fall: Vec<u32>,
    /// The credentials that have a node and can be removed, each with what it is, or stems from.
    credentials: Vec<(u32, CredentialIndex)>,
    /// All that have a node.
    carriers: Vec<(CredentialIndex, u32)>,
    entries: Vec<u32>,
}

/// What stands in the place of some credentials.
pub(crate) struct Replacement<'a> {
    /// By credential of the graph, whether it leads nowhere any more.
    pub(crate) gone: &'a [bool],
    pub(crate) carriers: Vec<&'a MovementCredential>,
}

impl PairNetwork {
    /// For counting pairs: a credential with one target alone needs no node.
    pub(crate) fn folded(movement: &Movement, ends: &Ends, with: &Replacement<'_>) -> Self {
        let mut network = Self::sized(movement, ends);
        for at in 0..movement.credentials() {
            let origin = movement.origins.get(at);
            if origin.is_some_and(|origin| !is(with.gone, origin.0)) {
                network.fold(movement, ends, movement.holders.of(at), movement.grants.of(at));
            }
        }
        for carrier in &with.carriers {
            network.fold(movement, ends, &carrier.holders, &carrier.grants);
        }
        network.number_entries(ends);
        network
    }

    /// With a node for each credential.
    pub(crate) fn whole(movement: &Movement, ends: &Ends) -> Self {
        let mut network = Self::sized(movement, ends);
        for at in 0..movement.credentials() {
            let Some(&origin) = movement.origins.get(at) else { continue };
            let node = network.node();
            network.carriers.push((origin, node));
            if !movement.is_bound(at as u32) {
                network.credentials.push((node, origin));
            }
            for &holder in movement.holders.of(at) {
                let from = network.instance(holder);
                network.arcs.push((from, node));
            }
            for target in network.targets(movement, ends, movement.grants.of(at)) {
                network.arcs.push((node, target));
            }
        }
        network.carriers.sort_unstable();
        network.number_entries(ends);
        network
    }

    /// With a node for each credential, some replaced, and for each instance and fall that any of
    /// the movement leads to, whether or not it still does.
    pub(crate) fn refitted(movement: &Movement, ends: &Ends, with: &Replacement<'_>) -> Self {
        let mut network = Self::sized(movement, ends);
        for slot in &mut network.of_fall {
            numbered(slot, &mut network.nodes);
        }
        for at in (0..movement.instances).filter(|&at| !movement.held.of(at).is_empty()) {
            network.instance(at as u32);
        }
        for at in 0..movement.credentials() {
            let Some(&origin) = movement.origins.get(at) else { continue };
            if !is(with.gone, origin.0) {
                let (holders, grants) = (movement.holders.of(at), movement.grants.of(at));
                network.link(ends, origin, (holders, grants));
            }
        }
        for carrier in &with.carriers {
            network.link(ends, carrier.origin, (&carrier.holders, &carrier.grants));
        }
        network.carriers.sort_unstable();
        network.number_entries(ends);
        network
    }

    /// A node for a credential between instances and falls that have one.
    fn link(&mut self, ends: &Ends, origin: CredentialIndex, of: (&[u32], &[Grant])) {
        let (holders, grants) = of;
        let node = self.node();
        self.carriers.push((origin, node));
        let holders: Vec<u32> = holders.iter().filter_map(|&at| self.linked(at)).collect();
        self.arcs.extend(holders.into_iter().map(|from| (from, node)));
        let targets = self.linked_targets(&ends.crown_jewels, grants);
        self.arcs.extend(targets.into_iter().map(|to| (node, to)));
    }

    pub(crate) fn nodes(&self) -> usize {
        self.nodes as usize
    }

    pub(crate) fn arcs(&self) -> &[(u32, u32)] {
        &self.arcs
    }

    /// The node of an instance that anything leads from or to.
    pub(crate) fn linked(&self, instance: u32) -> Option<u32> {
        self.of_instance.get(instance as usize).copied().filter(|node| *node != NONE)
    }

    /// For each crown jewel the node that is its fall, or [`u32::MAX`].
    pub(crate) fn of_fall(&self) -> &[u32] {
        &self.of_fall
    }

    /// The nodes of entry points.
    pub(crate) fn entries(&self) -> &[u32] {
        &self.entries
    }

    /// The node of each credential, by what it is or stems from.
    pub(crate) fn carriers(&self) -> &[(CredentialIndex, u32)] {
        &self.carriers
    }

    /// The nodes that grants lead to, of those that there are.
    pub(crate) fn linked_targets(&self, jewels: &[InstanceIndex], grants: &[Grant]) -> Vec<u32> {
        let mut targets = Vec::with_capacity(grants.len());
        for grant in grants {
            let jewel = jewels.binary_search(&InstanceIndex(grant.instance)).ok();
            let fall = jewel.and_then(|jewel| self.of_fall.get(jewel).copied());
            targets.extend(fall.filter(|node| *node != NONE));
            targets.extend(self.linked(grant.instance).filter(|_| grant.pivots));
        }
        targets
    }

    fn sized(movement: &Movement, ends: &Ends) -> Self {
        Self {
            of_instance: vec![NONE; movement.instances],
            of_fall: vec![NONE; ends.crown_jewels.len()],
            ..Self::default()
        }
    }

    fn node(&mut self) -> u32 {
        self.nodes += 1;
        self.nodes - 1
    }

    fn instance(&mut self, at: u32) -> u32 {
        let Some(slot) = self.of_instance.get_mut(at as usize) else { return NONE };
        numbered(slot, &mut self.nodes)
    }

    /// The falls that grants bring about, and the instances that they lead on from.
    fn targets(&mut self, movement: &Movement, ends: &Ends, grants: &[Grant]) -> Vec<u32> {
        let mut targets = Vec::with_capacity(grants.len());
        for grant in grants {
            let jewel = ends.crown_jewels.binary_search(&InstanceIndex(grant.instance)).ok();
            if let Some(slot) = jewel.and_then(|jewel| self.of_fall.get_mut(jewel)) {
                targets.push(numbered(slot, &mut self.nodes));
            }
            if grant.pivots && !movement.held.of(grant.instance as usize).is_empty() {
                targets.push(self.instance(grant.instance));
            }
        }
        targets
    }

    fn fold(&mut self, movement: &Movement, ends: &Ends, holders: &[u32], grants: &[Grant]) {
        let targets = self.targets(movement, ends, grants);
        let node = match targets.as_slice() {
            [] => return,
            [only] => *only,
            _ => {
                let node = self.node();
                self.arcs.extend(targets.iter().map(|&target| (node, target)));
                node
            }
        };
        for &holder in holders {
            let from = self.instance(holder);
            self.arcs.push((from, node));
        }
    }

    fn number_entries(&mut self, ends: &Ends) {
        let node = |at: &InstanceIndex| self.of_instance.get(at.index()).copied();
        let linked = ends.entry_points.iter().filter_map(node).filter(|&node| node != NONE);
        self.entries = linked.collect();
    }

    fn falls(&self) -> Vec<u32> {
        self.of_fall.iter().copied().filter(|&fall| fall != NONE).collect()
    }

    /// About how many arcs counting the pairs goes through.
    pub(crate) fn work(&self) -> usize {
        self.arcs.len().saturating_mul(2 + self.of_fall.len() / 512)
    }

    /// How many pairs are connected; `None` when cancelled. Costs time in proportion to arcs ×
    /// crown jewels ÷ 512.
    pub(crate) fn pairs(&self, progress: &Progress) -> Option<u64> {
        let forward = Arcs::new(self.nodes as usize, &self.arcs);
        let jewels = bearers_reached(&forward, &self.falls(), progress)?;
        let of = |entry: &u32| jewels.get(*entry as usize).copied().unwrap_or(0);
        Some(self.entries.iter().map(|entry| u64::from(of(entry))).sum())
    }
}

fn numbered(slot: &mut u32, next: &mut u32) -> u32 {
    if *slot == NONE {
        *slot = *next;
        *next += 1;
    }
    *slot
}

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
pub(crate) struct GainBounds {
    forward: Arcs,
    backward: Arcs,
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

impl GainBounds {
    /// `None` when cancelled. Costs time in proportion to arcs × ends ÷ 512.
    pub(crate) fn new(network: &PairNetwork, progress: &Progress) -> Option<Self> {
        let nodes = network.nodes as usize;
        let forward = Arcs::new(nodes, &network.arcs);
        let turned: Vec<(u32, u32)> = network.arcs.iter().map(|&(from, to)| (to, from)).collect();
        let backward = Arcs::new(nodes, &turned);
        let falls = network.falls();
        let (jewels, entries) = rayon::join(
            || bearers_reached(&forward, &falls, progress),
            || bearers_reached(&backward, &network.entries, progress),
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
            || weighed(&self.forward, &self.backward, &self.is_fall),
            || weighed(&self.backward, &self.forward, &self.is_entry),
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
            let behind = lost(&self.backward, &self.is_entry, hub.ends.0);
            let below = lost(&self.forward, &self.is_fall, hub.ends.1);
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
