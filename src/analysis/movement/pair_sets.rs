//! Which crown jewels everything reaches, as sets of bits, and how many pairs fall apart when other
//! carriers stand in a credential's place: only what loses something is looked at.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes, components and their sets are numbered by the arrays that they lead into"
)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::analysis::algorithms::components::{Arcs, Components};
use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::pair_network::PairNetwork;
use crate::graph::{CredentialIndex, Grouped, InstanceIndex};

/// No lost set, no number.
const NONE: u32 = u32::MAX;
/// In the place of a lost set: the node is gone.
const GONE: u32 = u32::MAX - 1;

/// For each component of a network the crown jewels that it reaches.
pub(crate) struct PairSets {
    network: PairNetwork,
    crown_jewels: Vec<InstanceIndex>,
    forward: Arcs,
    backward: Arcs,
    components: Components,
    /// The nodes of each component.
    members: Grouped<u32>,
    /// How many words a set has.
    words: usize,
    sets: Vec<u64>,
    /// For each node the number of the crown jewel whose fall it is.
    fall_of: Vec<u32>,
    is_entry: Vec<bool>,
}

impl PairSets {
    /// `None` where the sets would have more than so many words. Costs time in proportion to arcs × crown
    /// jewels ÷ 512.
    pub(crate) fn new(
        network: PairNetwork,
        crown_jewels: &[InstanceIndex],
        most_words: usize,
    ) -> Option<Self> {
        let nodes = network.nodes();
        let forward = Arcs::new(nodes, network.arcs());
        let components = Components::new(&forward);
        let words = crown_jewels.len().div_ceil(64);
        if words == 0 || words.saturating_mul(components.count) > most_words {
            return None;
        }
        let backward = forward.reversed();
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
        let mut sets = Self {
            crown_jewels: crown_jewels.to_vec(),
            sets: vec![0; words * components.count],
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
        Some(sets)
    }

    /// Arcs lead to lower components, so that those are full first.
    fn fill(&mut self) {
        for component in 0..self.components.count {
            let (lower, own) = self.sets.split_at_mut(component * self.words);
            let own = &mut own[..self.words];
            for &node in self.members.of(component) {
                if let Some(jewel) = jewel(&self.fall_of, node) {
                    own[jewel / 64] |= 1 << (jewel % 64);
                }
                for &to in self.forward.from(node as usize) {
                    let to = self.components.of_node[to as usize] as usize;
                    if to < component {
                        let set = &lower[to * self.words..(to + 1) * self.words];
                        own.iter_mut().zip(set).for_each(|(own, more)| *own |= more);
                    }
                }
            }
        }
    }

    /// What the sets are of.
    pub(crate) fn network(&self) -> &PairNetwork {
        &self.network
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

    fn component(&self, node: u32) -> usize {
        self.components.of_node[node as usize] as usize
    }

    /// The crown jewels that a component reaches.
    pub(crate) fn set(&self, component: usize) -> &[u64] {
        &self.sets[component * self.words..(component + 1) * self.words]
    }

    /// The nodes of a credential of the graph.
    fn nodes_of(&self, origin: CredentialIndex) -> impl Iterator<Item = u32> {
        let carriers = self.network.carriers();
        let first = carriers.partition_point(|(at, _)| *at < origin);
        let of = carriers[first..].iter().take_while(move |(at, _)| *at == origin);
        of.map(|&(_, node)| node)
    }
}

fn jewel(fall_of: &[u32], node: u32) -> Option<usize> {
    fall_of.get(node as usize).filter(|jewel| **jewel != NONE).map(|&jewel| jewel as usize)
}

/// What is lost when other carriers stand in a credential's place; room that is used again.
pub(crate) struct LossSearch<'a> {
    pairs: &'a PairSets,
    /// For each node where the set that it lost starts among `lost`.
    lost_at: Vec<u32>,
    lost: Vec<u64>,
    touched: Vec<u32>,
    /// The components to look at, those that others lead to first.
    open: BinaryHeap<Reverse<u32>>,
    is_open: Vec<bool>,
    /// What the new carriers lead to, and which of them a node holds.
    made: Vec<Vec<u32>>,
    made_of: BTreeMap<u32, Vec<u32>>,
    /// About how many arcs were gone through so far, as one block of bits at a time.
    work: usize,
}

/// Nodes of a component some of which are gone: those that are left, numbered anew, then carriers
/// that lead from one of them to another.
struct Remainder {
    nodes: Vec<u32>,
    made: Vec<u32>,
    arcs: Arcs,
}

impl<'a> LossSearch<'a> {
    pub(crate) fn new(pairs: &'a PairSets) -> Self {
        Self {
            pairs,
            lost_at: vec![NONE; pairs.forward.nodes()],
            lost: Vec::new(),
            touched: Vec::new(),
            open: BinaryHeap::new(),
            is_open: vec![false; pairs.components.count],
            made: Vec::new(),
            made_of: BTreeMap::new(),
            work: 0,
        }
    }

    /// How many pairs fall apart with carriers in a credential's place, and about how many arcs it
    /// took to see that. The carriers lead from no holder further than the credential did.
    pub(crate) fn lost(
        &mut self,
        origin: CredentialIndex,
        carriers: &[MovementCredential],
    ) -> (u64, usize) {
        self.begin(origin, carriers);
        let mut sum = 0;
        while let Some(Reverse(component)) = self.open.pop() {
            self.is_open[component as usize] = false;
            let component = component as usize;
            let members = self.pairs.members.of(component);
            let is_broken = members.iter().any(|&at| self.lost_at[at as usize] == GONE);
            sum += if is_broken { self.of_broken(component) } else { self.of_whole(component) };
        }
        (sum, self.work)
    }

    fn begin(&mut self, origin: CredentialIndex, carriers: &[MovementCredential]) {
        let pairs = self.pairs;
        for node in self.touched.drain(..) {
            self.lost_at[node as usize] = NONE;
        }
        self.lost.clear();
        self.made.clear();
        self.made_of.clear();
        self.work = 0;
        for carrier in carriers {
            let targets = pairs.network.linked_targets(&pairs.crown_jewels, &carrier.grants);
            let number = self.made.len() as u32;
            for node in carrier.holders.iter().filter_map(|&at| pairs.network.linked(at)) {
                self.made_of.entry(node).or_default().push(number);
            }
            self.work += carrier.holders.len() + targets.len();
            self.made.push(targets);
        }
        for node in pairs.nodes_of(origin) {
            self.lost_at[node as usize] = GONE;
            self.touched.push(node);
        }
        for node in pairs.nodes_of(origin) {
            let component = pairs.component(node);
            if pairs.members.of(component).len() > 1 {
                self.open(component);
            }
            self.open_before(node);
        }
    }

    fn open(&mut self, component: usize) {
        if !std::mem::replace(&mut self.is_open[component], true) {
            self.open.push(Reverse(component as u32));
        }
    }

    /// Opens the components that lead to a node from outside its own.
    fn open_before(&mut self, node: u32) {
        let pairs = self.pairs;
        let own = pairs.component(node);
        for &before in pairs.backward.from(node as usize) {
            let component = pairs.component(before);
            if component != own {
                self.open(component);
            }
        }
        self.work += pairs.backward.from(node as usize).len();
    }

    /// What a component loses of which nothing is gone.
    fn of_whole(&mut self, component: usize) -> u64 {
        let pairs = self.pairs;
        let members = pairs.members.of(component);
        let mut missing = vec![0; pairs.words];
        for &to in members.iter().flat_map(|&node| pairs.forward.from(node as usize)) {
            let lost = match self.lost_at[to as usize] {
                NONE => continue,
                GONE => pairs.set(pairs.component(to)),
                at => self.lost_set(at),
            };
            missing.iter_mut().zip(lost).for_each(|(all, more)| *all |= more);
        }
        for &node in members {
            if !self.cover_own(node, component, &mut missing) {
                return 0;
            }
        }
        self.keep(members, &missing)
    }

    /// What the nodes of a component lose of which some are gone.
    fn of_broken(&mut self, component: usize) -> u64 {
        let pairs = self.pairs;
        let rest = self.remainder(component);
        let parts = Components::new(&rest.arcs);
        self.work += 4 * rest.arcs.nodes();
        let of_part: Grouped<u32> =
            Grouped::new(parts.count, parts.of_node.iter().copied().zip(0..));
        let mut lost_by = vec![NONE; parts.count];
        let mut sum = 0;
        for part in 0..parts.count {
            let mut missing = pairs.set(component).to_vec();
            let is_left = of_part.of(part).iter().all(|&at| {
                let inner = rest.arcs.from(at as usize).iter();
                let inner = inner.map(|&to| parts.of_node[to as usize] as usize);
                self.cover_by_parts((component, part), inner, &lost_by, &mut missing)
                    && match rest.nodes.get(at as usize) {
                        Some(&node) => self.cover_own(node, component, &mut missing),
                        None => {
                            let made = rest.made[at as usize - rest.nodes.len()];
                            self.cover_made(made, component, &mut missing)
                        }
                    }
            });
            if is_left {
                let nodes = of_part.of(part).iter();
                let nodes = nodes.filter_map(|&at| rest.nodes.get(at as usize).copied());
                lost_by[part] = (self.lost.len() / pairs.words) as u32;
                sum += self.keep(&nodes.collect::<Vec<u32>>(), &missing);
            }
        }
        sum
    }

    fn remainder(&self, component: usize) -> Remainder {
        let pairs = self.pairs;
        let left = pairs.members.of(component).iter().copied();
        let nodes: Vec<u32> = left.filter(|&at| self.lost_at[at as usize] != GONE).collect();
        let number = |node: u32| nodes.binary_search(&node).ok().map(|at| at as u32);
        let held = nodes.iter().filter_map(|node| self.made_of.get(node));
        let mut made: Vec<u32> = held.flatten().copied().collect();
        made.sort_unstable();
        made.dedup();
        let mut arcs = Vec::new();
        for (from, node) in (0..).zip(&nodes) {
            let to = pairs.forward.from(*node as usize).iter();
            arcs.extend(to.filter_map(|&to| Some((from, number(to)?))));
            for own in self.made_of.get(node).into_iter().flatten() {
                if let Ok(at) = made.binary_search(own) {
                    arcs.push((from, (nodes.len() + at) as u32));
                }
            }
        }
        for (from, &made) in (nodes.len() as u32..).zip(&made) {
            let to = self.made[made as usize].iter();
            arcs.extend(to.filter_map(|&to| Some((from, number(to)?))));
        }
        let arcs = Arcs::new(nodes.len() + made.len(), &arcs);
        Remainder { nodes, made, arcs }
    }

    fn lost_set(&self, at: u32) -> &[u64] {
        let start = at as usize * self.pairs.words;
        &self.lost[start..start + self.pairs.words]
    }

    /// Keeps a set as lost by nodes; returns how many pairs that are.
    fn keep(&mut self, nodes: &[u32], missing: &[u64]) -> u64 {
        let at = (self.lost.len() / self.pairs.words) as u32;
        self.lost.extend_from_slice(missing);
        let jewels: u64 = missing.iter().map(|word| u64::from(word.count_ones())).sum();
        let mut sum = 0;
        for &node in nodes {
            self.lost_at[node as usize] = at;
            self.touched.push(node);
            sum += if self.pairs.is_entry[node as usize] { jewels } else { 0 };
            self.open_before(node);
        }
        sum
    }

    /// Takes off what a node itself is or still leads to outside its component; whether anything is
    /// left.
    fn cover_own(&mut self, node: u32, component: usize, missing: &mut [u64]) -> bool {
        let pairs = self.pairs;
        if let Some(jewel) = jewel(&pairs.fall_of, node) {
            missing[jewel / 64] &= !(1 << (jewel % 64));
        }
        let next = pairs.forward.from(node as usize);
        if !self.cover_next(next, component, missing) {
            return false;
        }
        let made = self.made_of.get(&node).cloned().unwrap_or_default();
        made.into_iter().all(|made| self.cover_made(made, component, missing))
    }

    fn cover_made(&mut self, made: u32, component: usize, missing: &mut [u64]) -> bool {
        let targets = std::mem::take(&mut self.made[made as usize]);
        let is_left = self.cover_next(&targets, component, missing);
        self.made[made as usize] = targets;
        is_left
    }

    fn cover_next(&mut self, next: &[u32], component: usize, missing: &mut [u64]) -> bool {
        let pairs = self.pairs;
        let mut left = missing.iter().any(|word| *word != 0);
        for &to in next {
            if !left {
                return false;
            }
            let lost = self.lost_at[to as usize];
            let of = pairs.component(to);
            if lost == GONE || of == component {
                continue;
            }
            self.work += 1 + pairs.words / 8;
            left = self.cover(pairs.set(of), lost, missing);
        }
        left
    }

    /// Takes off what other parts of the component still reach.
    fn cover_by_parts(
        &mut self,
        (component, own): (usize, usize),
        parts: impl Iterator<Item = usize>,
        lost_by: &[u32],
        missing: &mut [u64],
    ) -> bool {
        let pairs = self.pairs;
        let mut left = true;
        for part in parts.filter(|part| *part != own) {
            self.work += 1 + pairs.words / 8;
            left = self.cover(pairs.set(component), lost_by[part], missing);
            if !left {
                return false;
            }
        }
        left
    }

    /// Takes a set off but for what was lost of it; whether anything is left.
    fn cover(&self, set: &[u64], lost: u32, missing: &mut [u64]) -> bool {
        let mut left = 0;
        if lost == NONE {
            for (missing, set) in missing.iter_mut().zip(set) {
                *missing &= !set;
                left |= *missing;
            }
        } else {
            let still = set.iter().zip(self.lost_set(lost)).map(|(set, lost)| set & !lost);
            for (missing, set) in missing.iter_mut().zip(still) {
                *missing &= !set;
                left |= *missing;
            }
        }
        left != 0
    }
}
