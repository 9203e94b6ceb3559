//! Which crown jewels everything reaches, as sets of bits.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes, components and their sets are numbered by the arrays that they lead into"
)]

use crate::analysis::algorithms::components::{Arcs, Components};
use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::pair_network::PairNetwork;
use crate::graph::{CredentialIndex, Grouped, InstanceIndex};

const NONE: u32 = u32::MAX;

/// For each component of a network the crown jewels that it reaches.
pub(crate) struct PairSets {
    pub(crate) network: PairNetwork,
    pub(crate) crown_jewels: Vec<InstanceIndex>,
    /// The arcs, for each node the one first that reaches most.
    pub(crate) forward: Arcs,
    pub(crate) backward: Arcs,
    components: Components,
    /// The nodes of each component.
    pub(crate) members: Grouped<u32>,
    /// How many words a set has.
    words: usize,
    sets: Vec<u64>,
    /// How many crown jewels each component reaches.
    counts: Vec<u32>,
    /// For each node the number of the crown jewel whose fall it is.
    pub(crate) fall_of: Vec<u32>,
    pub(crate) is_entry: Vec<bool>,
}

impl PairSets {
    /// `None` where the sets would need more than `most_words`. Costs time in proportion to arcs ×
    /// crown jewels ÷ 512. What sets of before took is used again.
    pub(crate) fn new(
        network: PairNetwork,
        crown_jewels: &[InstanceIndex],
        most_words: usize,
        before: Option<Self>,
    ) -> Option<Self> {
        let nodes = network.nodes();
        let forward = Arcs::new(nodes, network.arcs());
        let words = crown_jewels.len().div_ceil(64);
        let (components, backward) =
            rayon::join(|| Components::new(&forward), || forward.reversed());
        if words == 0 || words.saturating_mul(components.count) > most_words {
            return None;
        }
        let members = Grouped::new(components.count, components.of_node.iter().copied().zip(0..));
        let mut fall_of = vec![NONE; nodes];
        for (jewel, &node) in (0..).zip(network.of_fall()) {
            if node != NONE {
                fall_of[node as usize] = jewel;
            }
        }
        let mut is_entry = vec![false; nodes];
        for &node in network.entries() {
            is_entry[node as usize] = true;
        }
        let mut room = before.map_or_else(Vec::new, |before| before.sets);
        room.clear();
        room.resize(words * components.count, 0);
        let mut sets = Self {
            crown_jewels: crown_jewels.to_vec(),
            sets: room,
            counts: Vec::new(),
            network,
            forward,
            backward,
            components,
            members,
            words,
            fall_of,
            is_entry,
        };
        sets.fill();
        let count = |set: &[u64]| set.iter().map(|word| word.count_ones()).sum();
        sets.counts = sets.sets.chunks_exact(words).map(count).collect();
        let (counts, components) = (&sets.counts, &sets.components);
        sets.forward.greatest_first(|node| counts[components.of_node[node as usize] as usize]);
        Some(sets)
    }

    /// Arcs lead to lower components, so that those are full first.
    fn fill(&mut self) {
        let mut taken_by = vec![NONE; self.components.count];
        for component in 0..self.components.count {
            let (lower, own) = self.sets.split_at_mut(component * self.words);
            let own = &mut own[..self.words];
            for &node in self.members.of(component) {
                if let Some(jewel) = jewel(&self.fall_of, node) {
                    own[jewel / 64] |= 1 << (jewel % 64);
                }
                for &to in self.forward.from(node as usize) {
                    let to = self.components.of_node[to as usize] as usize;
                    if to < component && taken_by[to] != component as u32 {
                        taken_by[to] = component as u32;
                        let set = &lower[to * self.words..(to + 1) * self.words];
                        own.iter_mut().zip(set).for_each(|(own, more)| *own |= more);
                    }
                }
            }
        }
    }

    /// About how many arcs were gone through.
    pub(crate) fn work(&self) -> usize {
        self.network.arcs().len().saturating_mul(4 + self.words / 8)
    }

    pub(crate) fn components(&self) -> usize {
        self.components.count
    }

    pub(crate) fn words(&self) -> usize {
        self.words
    }

    /// How many entry points there are in a component.
    pub(crate) fn entries(&self, component: usize) -> u64 {
        let members = self.members.of(component).iter();
        members.filter(|&&node| self.is_entry[node as usize]).count() as u64
    }

    /// The components that another one leads to, some of them more than once.
    pub(crate) fn after(&self, component: usize) -> impl Iterator<Item = usize> {
        let members = self.members.of(component).iter();
        let next = members.flat_map(|&node| self.forward.from(node as usize));
        next.map(|&node| self.component(node)).filter(move |next| *next != component)
    }

    /// The components that lead to another one, some of them more than once.
    pub(crate) fn before(&self, component: usize) -> impl Iterator<Item = usize> {
        let members = self.members.of(component).iter();
        let before = members.flat_map(|&node| self.backward.from(node as usize));
        before.map(|&node| self.component(node)).filter(move |before| *before != component)
    }

    /// The components that hold a carrier, and those that it leads to, each once.
    pub(crate) fn linked_ends(&self, carrier: &MovementCredential) -> (Vec<usize>, Vec<usize>) {
        let holders = carrier.holders.iter().filter_map(|&at| self.network.linked(at));
        let mut holders: Vec<usize> = holders.map(|node| self.component(node)).collect();
        let targets = self.network.linked_targets(&self.crown_jewels, &carrier.grants);
        let mut targets: Vec<usize> = targets.iter().map(|&node| self.component(node)).collect();
        for ends in [&mut holders, &mut targets] {
            ends.sort_unstable();
            ends.dedup();
        }
        (holders, targets)
    }

    pub(crate) fn component(&self, node: u32) -> usize {
        self.components.of_node[node as usize] as usize
    }

    /// The crown jewels that a component reaches.
    pub(crate) fn set(&self, component: usize) -> &[u64] {
        &self.sets[component * self.words..(component + 1) * self.words]
    }

    /// How many crown jewels each node reaches.
    pub(crate) fn counts(&self) -> Vec<u32> {
        self.components.of_node.iter().map(|&of| self.counts[of as usize]).collect()
    }

    /// The crown jewels that a credential of the graph leads to.
    pub(crate) fn jewels_of(&self, origin: CredentialIndex) -> Vec<u64> {
        let mut all = vec![0; self.words];
        for node in self.nodes_of(origin) {
            let set = self.set(self.component(node));
            all.iter_mut().zip(set).for_each(|(all, more)| *all |= more);
        }
        all
    }

    /// Whether a credential of the graph leads to any of some crown jewels.
    pub(crate) fn reaches_any(&self, origin: CredentialIndex, jewels: &[u64]) -> bool {
        let meets = |set: &[u64]| set.iter().zip(jewels).any(|(one, other)| one & other != 0);
        self.nodes_of(origin).any(|node| meets(self.set(self.component(node))))
    }

    /// The nodes of a credential of the graph.
    pub(crate) fn nodes_of(&self, origin: CredentialIndex) -> impl Iterator<Item = u32> {
        let carriers = self.network.carriers();
        let first = carriers.partition_point(|(at, _)| *at < origin);
        let of = carriers[first..].iter().take_while(move |(at, _)| *at == origin);
        of.map(|&(_, node)| node)
    }
}

/// The crown jewel whose fall a node is.
pub(crate) fn jewel(fall_of: &[u32], node: u32) -> Option<usize> {
    fall_of.get(node as usize).filter(|jewel| **jewel != NONE).map(|&jewel| jewel as usize)
}
