//! How many pairs more are connected when a credential leads somewhere again.
#![expect(
    clippy::indexing_slicing,
    reason = "components and their sets are numbered by the arrays that they lead into"
)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::pair_sets::PairSets;

const NONE: u32 = u32::MAX;

/// What components reach more than at the start, with the carriers that came since.
#[derive(Clone)]
pub(crate) struct Growth {
    /// For each component, and then each carrier of several holders and targets that came, where the set
    /// that it gained starts among `gained`.
    gained_at: Vec<u32>,
    gained: Vec<u64>,
    open: BinaryHeap<Reverse<u32>>,
    is_open: Vec<bool>,
    /// What a component, or a carrier, leads to by the new carriers, and the other way round.
    added: BTreeMap<usize, Vec<usize>>,
    added_before: BTreeMap<usize, Vec<usize>>,
    /// How many pairs more are connected.
    pairs: u64,
}

impl Growth {
    /// Nothing came yet.
    pub(crate) fn new(sets: &PairSets) -> Self {
        let count = sets.components();
        Self {
            gained_at: vec![NONE; count],
            gained: Vec::new(),
            open: BinaryHeap::new(),
            is_open: vec![false; count],
            added: BTreeMap::new(),
            added_before: BTreeMap::new(),
            pairs: 0,
        }
    }

    /// Takes in carriers that come to what is there, and returns how many pairs more than at the start
    /// are connected now. Looks only at what gains something by it.
    pub(crate) fn take_in(&mut self, sets: &PairSets, carriers: &[MovementCredential]) -> u64 {
        for carrier in carriers {
            self.add(sets, carrier);
        }
        while let Some(Reverse(component)) = self.open.pop() {
            self.is_open[component as usize] = false;
            self.pairs += self.grow(sets, component as usize);
        }
        self.pairs
    }

    /// A carrier that several hold and that leads to several is a node of its own, behind the
    /// components: linking each holder to each target would make a hub quadratic.
    fn add(&mut self, sets: &PairSets, carrier: &MovementCredential) {
        let (holders, targets) = sets.linked_ends(carrier);
        if holders.len() <= 1 || targets.len() <= 1 {
            self.link(&holders, &targets);
            return;
        }
        let node = self.gained_at.len();
        self.gained_at.push(NONE);
        self.is_open.push(false);
        self.link(&[node], &targets);
        self.link(&holders, &[node]);
    }

    fn link(&mut self, holders: &[usize], targets: &[usize]) {
        for &holder in holders {
            self.added.entry(holder).or_default().extend(targets);
            self.open(holder);
        }
        for &target in targets {
            self.added_before.entry(target).or_default().extend(holders);
        }
    }

    fn open(&mut self, component: usize) {
        if !std::mem::replace(&mut self.is_open[component], true) {
            self.open.push(Reverse(component as u32));
        }
    }

    fn gained(&self, words: usize, component: usize) -> Option<&[u64]> {
        let at = self.gained_at[component];
        let start = at as usize * words;
        (at != NONE).then(|| &self.gained[start..start + words])
    }

    /// Takes in what a component, or a carrier, leads to now; returns how many pairs more that are.
    fn grow(&mut self, sets: &PairSets, component: usize) -> u64 {
        let of_start = component < sets.components();
        let mut more = vec![0; sets.words()];
        let mut take = |set: &[u64]| more.iter_mut().zip(set).for_each(|(all, set)| *all |= set);
        for next in of_start.then(|| sets.after(component)).into_iter().flatten() {
            if let Some(gained) = self.gained(sets.words(), next) {
                take(gained);
            }
        }
        for &next in self.added.get(&component).into_iter().flatten() {
            if next < sets.components() {
                take(sets.set(next));
            }
            if let Some(gained) = self.gained(sets.words(), next) {
                take(gained);
            }
        }
        let had = if of_start { sets.set(component) } else { &[] };
        more.iter_mut().zip(had).for_each(|(more, had)| *more &= !had);
        if let Some(gained) = self.gained(sets.words(), component) {
            more.iter_mut().zip(gained).for_each(|(more, had)| *more &= !had);
        }
        let jewels: u64 = more.iter().map(|word| u64::from(word.count_ones())).sum();
        if jewels == 0 {
            return 0;
        }
        self.keep(component, &more);
        for before in self.added_before.get(&component).cloned().unwrap_or_default() {
            self.open(before);
        }
        if !of_start {
            return 0;
        }
        for before in sets.before(component) {
            self.open(before);
        }
        jewels * sets.entries(component)
    }

    fn keep(&mut self, component: usize, more: &[u64]) {
        let words = more.len();
        let at = self.gained_at[component];
        if at == NONE {
            self.gained_at[component] = (self.gained.len() / words) as u32;
            self.gained.extend_from_slice(more);
            return;
        }
        let start = at as usize * words;
        let gained = &mut self.gained[start..start + words];
        gained.iter_mut().zip(more).for_each(|(all, more)| *all |= more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::movement::counting::Counting;
    use crate::analysis::movement::ends::ends;
    use crate::analysis::movement::network::Movement;
    use crate::analysis::movement::pair_network::{PairNetwork, Replacement};
    use crate::graph::testing::graph;

    #[test]
    fn a_hub_that_comes_back_is_linked_once_for_each_holder_and_target() {
        let names = |what: &str, label: &str| {
            let names = (0..100).map(|at| format!("{what}{at}@{label}"));
            names.collect::<Vec<_>>().join(",")
        };
        let rows = format!(
            "hub holds {}\nhub grants {}\nk holds app1@dev\nk grants db1@prod\n",
            names("app", "dev"),
            names("db", "prod")
        );
        let graph = graph(&rows);
        let (movement, ends) = (Movement::new(&graph, Counting::All), ends(&graph));
        let hub = graph.find_credential("hub").unwrap();
        let gone = movement.origin_marks(std::iter::once(hub));
        let with = Replacement { gone: &gone, carriers: Vec::new() };
        let network = PairNetwork::refitted(&movement, &ends, &with);
        let sets = PairSets::new(network, &ends.crown_jewels, usize::MAX, None).unwrap();
        let own = movement.of_origin(hub).map(|at| MovementCredential {
            origin: hub,
            holders: movement.holders.of(at as usize).to_vec(),
            grants: movement.grants.of(at as usize).to_vec(),
            bound: false,
        });
        let mut growth = Growth::new(&sets);
        // All ways from 100 to 100 but the one that k leads.
        assert_eq!(growth.take_in(&sets, &own.collect::<Vec<_>>()), 9_999);
        let links: usize = growth.added.values().map(Vec::len).sum();
        assert_eq!(links, 200);
    }
}
