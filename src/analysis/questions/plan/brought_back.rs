//! What is connected with the fixes at some time, and how many pairs more when access comes back.

use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::pair_growth::Growth;
use crate::analysis::movement::pair_sets::PairSets;

/// How many holders and grants may come back before the sets are better found anew.
const MOST_BACK: usize = 2_000;

/// What reaches which crown jewels with the fixes at some time, and the access that came back since.
pub(crate) struct BroughtBack {
    sets: PairSets,
    growth: Growth,
    links: usize,
}

impl BroughtBack {
    pub(crate) fn new(sets: PairSets) -> Self {
        Self { growth: Growth::new(&sets), sets, links: 0 }
    }

    /// How many pairs more are connected than at the start, with what came back and some more.
    pub(crate) fn grown_with(&self, more: &[MovementCredential]) -> u64 {
        self.growth.clone().take_in(&self.sets, more)
    }

    /// Takes note of what came back, and returns how many pairs more are connected than at the start.
    pub(crate) fn keep(&mut self, more: &[MovementCredential]) -> u64 {
        let links = more.iter().map(|of| of.holders.len() + of.grants.len());
        self.links += links.sum::<usize>();
        self.growth.take_in(&self.sets, more)
    }

    /// Whether so much came back that the sets are better found anew.
    pub(crate) fn is_full(&self) -> bool {
        self.links > MOST_BACK
    }
}
