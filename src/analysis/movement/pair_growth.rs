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

/// What components reach more than before.
struct Growth<'a> {
    pairs: &'a PairSets,
    /// For each component where the set that it gained starts among `gained`.
    gained_at: Vec<u32>,
    gained: Vec<u64>,
    open: BinaryHeap<Reverse<u32>>,
    is_open: Vec<bool>,
    /// The components that a component leads to by the new carriers, and the other way round.
    added: BTreeMap<usize, Vec<usize>>,
    added_before: BTreeMap<usize, Vec<usize>>,
}

/// How many pairs more are connected when carriers come to what is there. Looks only at what gains
/// something by it.
pub(crate) fn grown(pairs: &PairSets, carriers: &[&MovementCredential]) -> u64 {
    let count = pairs.components();
    let mut growth = Growth {
        pairs,
        gained_at: vec![NONE; count],
        gained: Vec::new(),
        open: BinaryHeap::new(),
        is_open: vec![false; count],
        added: BTreeMap::new(),
        added_before: BTreeMap::new(),
    };
    for carrier in carriers {
        growth.add(carrier);
    }
    let mut sum = 0;
    while let Some(Reverse(component)) = growth.open.pop() {
        growth.is_open[component as usize] = false;
        sum += growth.grow(component as usize);
    }
    sum
}

impl Growth<'_> {
    fn add(&mut self, carrier: &MovementCredential) {
        let (holders, targets) = self.pairs.linked_ends(carrier);
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

    fn gained(&self, component: usize) -> Option<&[u64]> {
        let at = self.gained_at[component];
        let start = at as usize * self.pairs.words();
        (at != NONE).then(|| &self.gained[start..start + self.pairs.words()])
    }

    /// Takes in what a component leads to now; returns how many pairs more that are.
    fn grow(&mut self, component: usize) -> u64 {
        let mut more = vec![0; self.pairs.words()];
        let mut take = |set: &[u64]| more.iter_mut().zip(set).for_each(|(all, set)| *all |= set);
        for next in self.pairs.after(component) {
            if let Some(gained) = self.gained(next) {
                take(gained);
            }
        }
        for &next in self.added.get(&component).into_iter().flatten() {
            take(self.pairs.set(next));
            if let Some(gained) = self.gained(next) {
                take(gained);
            }
        }
        for (more, had) in more.iter_mut().zip(self.pairs.set(component)) {
            *more &= !had;
        }
        if let Some(gained) = self.gained(component) {
            more.iter_mut().zip(gained).for_each(|(more, had)| *more &= !had);
        }
        let jewels: u64 = more.iter().map(|word| u64::from(word.count_ones())).sum();
        if jewels == 0 {
            return 0;
        }
        self.keep(component, &more);
        let before: Vec<usize> = self.pairs.before(component).collect();
        let added = self.added_before.get(&component).cloned().unwrap_or_default();
        for before in before.into_iter().chain(added) {
            self.open(before);
        }
        jewels * self.pairs.entries(component)
    }

    fn keep(&mut self, component: usize, more: &[u64]) {
        let words = self.pairs.words();
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
