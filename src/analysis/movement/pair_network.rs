//! The connected pairs of entry point and crown jewel, counted on as few nodes as possible.

use crate::analysis::algorithms::components::Arcs;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::{Grant, Movement, MovementCredential, is};
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
    pub(crate) of_instance: Vec<u32>,
    of_fall: Vec<u32>,
    /// The credentials that have a node and can be removed, each with what it is, or stems from.
    pub(crate) credentials: Vec<(u32, CredentialIndex)>,
    /// All that have a node.
    carriers: Vec<(CredentialIndex, u32)>,
    pub(crate) entries: Vec<u32>,
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

    pub(crate) fn falls(&self) -> Vec<u32> {
        self.of_fall.iter().copied().filter(|&fall| fall != NONE).collect()
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
