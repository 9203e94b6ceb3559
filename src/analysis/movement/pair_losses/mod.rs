//! How many pairs fall apart when other carriers stand in a credential's place: only what loses
//! something is looked at.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes, components and their sets are numbered by the arrays that they lead into"
)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::analysis::algorithms::components::Components;
use crate::analysis::movement::missing::{Missing, Sparse};
use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::pair_sets::{PairSets, jewel};
use crate::analysis::movement::remainder::Remainder;
use crate::graph::{CredentialIndex, Grouped};

/// No lost set.
const NONE: u32 = u32::MAX;
/// In the place of a lost set: the node is gone.
const GONE: u32 = u32::MAX - 1;

/// What is lost when other carriers stand in a credential's place; room that is used again.
pub(crate) struct LossSearch<'a> {
    pairs: &'a PairSets,
    /// For each node which of the lost sets it lost.
    lost_at: Vec<u32>,
    /// Where each lost set ends and how many crown jewels it has, and the words of all.
    ends: Vec<(usize, u64)>,
    lost: Vec<(u32, u64)>,
    missing: Missing,
    touched: Vec<u32>,
    /// The components to look at, those that others lead to first.
    open: BinaryHeap<Reverse<u32>>,
    is_open: Vec<bool>,
    /// What the new carriers lead to, and which of them a node holds.
    made: Vec<Vec<u32>>,
    made_of: BTreeMap<u32, Vec<u32>>,
    /// Components that lead to the credential itself.
    is_direct: Vec<bool>,
    direct: Vec<u32>,
    /// How many crown jewels the parts of the last broken component lost, summed up.
    lost_by_parts: u64,
    /// About how many arcs were gone through so far, as one block of bits at a time.
    work: usize,
}

/// From how many lost pairs on a search is of interest.
pub(crate) struct AtLeast<'a> {
    /// For each node how many entry points reach it, itself among them if it is one.
    pub(crate) entries: &'a [u32],
    pub(crate) pairs: u64,
}

impl<'a> LossSearch<'a> {
    pub(crate) fn new(pairs: &'a PairSets) -> Self {
        Self {
            pairs,
            lost_at: vec![NONE; pairs.forward.nodes()],
            ends: Vec::new(),
            lost: Vec::new(),
            missing: Missing::new(pairs.words()),
            touched: Vec::new(),
            open: BinaryHeap::new(),
            is_open: vec![false; pairs.components()],
            made: Vec::new(),
            made_of: BTreeMap::new(),
            is_direct: vec![false; pairs.components()],
            direct: Vec::new(),
            lost_by_parts: 0,
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
        while let Some(component) = self.next() {
            sum += self.of_component(component);
        }
        (sum, self.work)
    }

    /// The same; `None` as soon as it is clear that fewer pairs fall apart.
    ///
    /// Whoever loses a crown jewel comes to the credential through one of its holders, and that one
    /// loses the jewel too, else there were a way round. So no more pairs fall apart than the entry
    /// points that reach each holder's component times the jewels that it loses, and what a component
    /// loses is known long before all that leads to it was looked at.
    pub(crate) fn lost_at_least(
        &mut self,
        origin: CredentialIndex,
        carriers: &[MovementCredential],
        least: &AtLeast<'_>,
    ) -> (Option<u64>, usize) {
        self.begin(origin, carriers);
        let jewels = self.pairs.jewels_of(origin);
        let jewels: u64 = jewels.iter().map(|word| u64::from(word.count_ones())).sum();
        let all = self.direct.iter().map(|&at| self.entries_of(at as usize, least) * jewels);
        let (mut most, mut sum): (u64, u64) = (all.sum(), 0);
        while most >= least.pairs
            && let Some(component) = self.next()
        {
            let lost = self.of_component(component);
            sum += lost;
            if self.is_direct[component] {
                let entries = self.entries_of(component, least);
                let through = self.most_through(component, (entries, jewels, lost));
                most -= (entries * jewels).saturating_sub(through);
            }
        }
        ((most >= least.pairs).then_some(sum), self.work)
    }

    /// How many pairs at most fall apart that lead through a component from which the credential is
    /// held, which was looked at: `lost` of them begin in it.
    fn most_through(&self, component: usize, (entries, jewels, lost): (u64, u64, u64)) -> u64 {
        let members = self.pairs.members.of(component);
        let own = members.first().map_or(NONE, |&node| self.lost_at[node as usize]);
        let is_broken = members.iter().any(|&at| self.lost_at[at as usize] == GONE);
        if is_broken {
            return entries * self.lost_by_parts.min(jewels);
        }
        // What nothing leads to keeps nothing: all that is lost begins there.
        self.ends.get(own as usize).map_or(lost, |(_, jewels)| entries * jewels)
    }

    fn entries_of(&self, component: usize, least: &AtLeast<'_>) -> u64 {
        let first = self.pairs.members.of(component).first();
        u64::from(first.map_or(0, |&node| least.entries[node as usize]))
    }

    fn next(&mut self) -> Option<usize> {
        let Reverse(component) = self.open.pop()?;
        self.is_open[component as usize] = false;
        Some(component as usize)
    }

    /// How many pairs fall apart that begin in a component.
    fn of_component(&mut self, component: usize) -> u64 {
        let members = self.pairs.members.of(component);
        let is_broken = members.iter().any(|&at| self.lost_at[at as usize] == GONE);
        if is_broken { self.of_broken(component) } else { self.of_whole(component) }
    }

    fn begin(&mut self, origin: CredentialIndex, carriers: &[MovementCredential]) {
        let pairs = self.pairs;
        for node in self.touched.drain(..) {
            self.lost_at[node as usize] = NONE;
        }
        // A search that ended early left components open.
        for Reverse(component) in self.open.drain() {
            self.is_open[component as usize] = false;
        }
        for component in self.direct.drain(..) {
            self.is_direct[component as usize] = false;
        }
        self.lost.clear();
        self.ends.clear();
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
        // Only those are open so far.
        self.direct.extend(self.open.iter().map(|Reverse(component)| *component));
        for &component in &self.direct {
            self.is_direct[component as usize] = true;
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
        if let Some(sum) = self.of_passage(members) {
            return sum;
        }
        self.missing.clear();
        for &to in members.iter().flat_map(|&node| pairs.forward.from(node as usize)) {
            match self.lost_at[to as usize] {
                NONE => {}
                GONE => self.missing.add(pairs.set(pairs.component(to))),
                at => self.missing.add_sparse(lost_set(&self.ends, &self.lost, at)),
            }
        }
        for &node in members {
            if !self.cover_own(node, component) {
                return 0;
            }
        }
        match *members {
            // Nobody asks what was lost where nothing leads.
            [node] if pairs.backward.from(node as usize).is_empty() => {
                if pairs.is_entry[node as usize] { self.missing.len() } else { 0 }
            }
            _ => self.keep(members),
        }
    }

    /// What a node loses that leads to one other alone: what that lost. `None` if it leads to more.
    fn of_passage(&mut self, members: &[u32]) -> Option<u64> {
        let pairs = self.pairs;
        let &[node] = members else { return None };
        let &[to] = pairs.forward.from(node as usize) else { return None };
        let lost = self.lost_at[to as usize];
        if lost == GONE || jewel(&pairs.fall_of, node).is_some() || self.made_of.contains_key(&node)
        {
            return None;
        }
        self.work += 1;
        if lost == NONE {
            return Some(0);
        }
        self.lost_at[node as usize] = lost;
        self.touched.push(node);
        self.open_before(node);
        Some(if pairs.is_entry[node as usize] { self.ends[lost as usize].1 } else { 0 })
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
        self.lost_by_parts = 0;
        for part in 0..parts.count {
            self.missing.clear();
            self.missing.add(pairs.set(component));
            let is_left = of_part.of(part).iter().all(|&at| {
                let inner = rest.arcs.from(at as usize).iter();
                let inner = inner.map(|&to| parts.of_node[to as usize] as usize);
                self.cover_by_parts((component, part), inner, &lost_by)
                    && if let Some(&node) = rest.nodes.get(at as usize) {
                        self.cover_own(node, component)
                    } else {
                        let made = rest.made[at as usize - rest.nodes.len()];
                        self.cover_made(made, component)
                    }
            });
            if is_left {
                let nodes = of_part.of(part).iter();
                let nodes = nodes.filter_map(|&at| rest.nodes.get(at as usize).copied());
                lost_by[part] = self.ends.len() as u32;
                self.lost_by_parts += self.missing.len();
                sum += self.keep(&nodes.collect::<Vec<u32>>());
            }
        }
        sum
    }

    fn remainder(&self, component: usize) -> Remainder {
        let is_left = |node: u32| self.lost_at[node as usize] != GONE;
        Remainder::new(self.pairs, component, is_left, (&self.made, &self.made_of))
    }

    /// Keeps what is missing as lost by nodes; returns how many pairs that are.
    fn keep(&mut self, nodes: &[u32]) -> u64 {
        let at = self.ends.len() as u32;
        let jewels = self.missing.len();
        self.lost.extend(self.missing.words());
        self.ends.push((self.lost.len(), jewels));
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
    fn cover_own(&mut self, node: u32, component: usize) -> bool {
        let pairs = self.pairs;
        if let Some(jewel) = jewel(&pairs.fall_of, node) {
            self.missing.remove(jewel);
        }
        if !self.cover_next(pairs.forward.from(node as usize), component) {
            return false;
        }
        let made = self.made_of.get(&node).cloned().unwrap_or_default();
        made.into_iter().all(|made| self.cover_made(made, component))
    }

    fn cover_made(&mut self, made: u32, component: usize) -> bool {
        let targets = std::mem::take(&mut self.made[made as usize]);
        let is_left = self.cover_next(&targets, component);
        self.made[made as usize] = targets;
        is_left
    }

    fn cover_next(&mut self, next: &[u32], component: usize) -> bool {
        let pairs = self.pairs;
        for &to in next {
            if self.missing.is_empty() {
                return false;
            }
            let lost = self.lost_at[to as usize];
            let of = pairs.component(to);
            if lost != GONE && of != component {
                self.cover(of, lost);
            }
        }
        !self.missing.is_empty()
    }

    /// Takes off what other parts of the component still reach.
    fn cover_by_parts(
        &mut self,
        (component, own): (usize, usize),
        parts: impl Iterator<Item = usize>,
        lost_by: &[u32],
    ) -> bool {
        for part in parts.filter(|part| *part != own) {
            self.cover(component, lost_by[part]);
            if self.missing.is_empty() {
                return false;
            }
        }
        true
    }

    /// Takes off what a component reaches but for what was lost of it.
    fn cover(&mut self, component: usize, lost: u32) {
        self.work += 1 + self.missing.width() / 8;
        let lost = if lost == NONE { &[] } else { lost_set(&self.ends, &self.lost, lost) };
        self.missing.cover(self.pairs.set(component), lost);
    }
}

/// One of the lost sets, by where each ends.
fn lost_set<'l>(ends: &[(usize, u64)], lost: &'l [(u32, u64)], at: u32) -> &'l Sparse {
    let at = at as usize;
    &lost[at.checked_sub(1).map_or(0, |before| ends[before].0)..ends[at].0]
}

#[cfg(test)]
mod tests;
