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
    /// For each component where the set that it gained starts among `gained`.
    gained_at: Vec<u32>,
    gained: Vec<u64>,
    open: BinaryHeap<Reverse<u32>>,
    is_open: Vec<bool>,
    /// The components that a component leads to by the new carriers, and the other way round.
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

    fn add(&mut self, sets: &PairSets, carrier: &MovementCredential) {
        let (holders, targets) = sets.linked_ends(carrier);
        for &holder in &holders {
            self.added.entry(holder).or_default().extend(&targets);
            self.open(holder);
        }
        for target in targets {
            self.added_before.entry(target).or_default().extend(&holders);
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

    /// Takes in what a component leads to now; returns how many pairs more that are.
    fn grow(&mut self, sets: &PairSets, component: usize) -> u64 {
        let mut more = vec![0; sets.words()];
        let mut take = |set: &[u64]| more.iter_mut().zip(set).for_each(|(all, set)| *all |= set);
        for next in sets.after(component) {
            if let Some(gained) = self.gained(sets.words(), next) {
                take(gained);
            }
        }
        for &next in self.added.get(&component).into_iter().flatten() {
            take(sets.set(next));
            if let Some(gained) = self.gained(sets.words(), next) {
                take(gained);
            }
        }
        for (more, had) in more.iter_mut().zip(sets.set(component)) {
            *more &= !had;
        }
        if let Some(gained) = self.gained(sets.words(), component) {
            more.iter_mut().zip(gained).for_each(|(more, had)| *more &= !had);
        }
        let jewels: u64 = more.iter().map(|word| u64::from(word.count_ones())).sum();
        if jewels == 0 {
            return 0;
        }
        self.keep(component, &more);
        let before: Vec<usize> = sets.before(component).collect();
        let added = self.added_before.get(&component).cloned().unwrap_or_default();
        for before in before.into_iter().chain(added) {
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
