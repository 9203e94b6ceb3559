//! How much of what must not fall does: the pairs of entry point and crown jewel that some path
//! connects.

use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::reach::{both, instances_reaching};
use crate::graph::InstanceIndex;
use crate::inventory::{Progress, grouped};

/// What an inventory must have before exposure can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nothing is flagged as an entry point, and nothing stands below the highest tier.
    EntryPoints,
    /// Nothing is flagged as a crown jewel, and nothing stands in a known tier; or all that is
    /// has already fallen.
    CrownJewels,
    /// The policy names entry points, and the inventory has none of them.
    NamedEntryPoints,
    /// The policy names crown jewels, and the inventory has none of them.
    NamedCrownJewels,
}

impl Missing {
    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::EntryPoints => {
                "No entry point is known. Mark one, or give the environments tiers"
            }
            Self::CrownJewels => {
                "No crown jewel is known that could still fall. Mark one, or give the environments \
                 tiers"
            }
            Self::NamedEntryPoints => {
                "None of the entry points that the policy names is in the inventory. Correct their \
                 names"
            }
            Self::NamedCrownJewels => {
                "None of the crown jewels that the policy names is in the inventory. Correct their \
                 names"
            }
        }
    }
}

/// The share of pairs that some path connects, as its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// How many entry points there are.
    pub entry_points: usize,
    /// How many crown jewels there are, without those that are entry points.
    pub crown_jewels: usize,
    /// How many instances are both.
    pub already_fallen: usize,
    /// Pairs of an entry point and a crown jewel.
    pub pairs: u64,
    /// Pairs that some path connects.
    pub connected_pairs: u64,
    /// Pairs that some path of stated access alone connects.
    pub connected_pairs_stated: u64,
    /// What is missing where there is no pair: nothing to judge, which is not the same as safe.
    pub missing: Vec<Missing>,
}

impl Exposure {
    /// How many pairs are connected, as a sentence.
    pub fn connected(&self) -> String {
        let noun = if self.pairs == 1 { "pair" } else { "pairs" };
        let verb = if self.pairs == 1 || self.connected_pairs == 1 { "is" } else { "are" };
        format!(
            "{} of {} {noun} of entry point and crown jewel {verb} connected",
            grouped(self.connected_pairs),
            grouped(self.pairs)
        )
    }

    /// The answer in one sentence.
    pub fn sentence(&self) -> String {
        if self.pairs == 0 {
            return missing_ends_advice(&self.missing);
        }
        format!("{}, {}", self.connected(), self.stated_words())
    }

    /// How many of them stated access alone connects.
    pub fn stated_words(&self) -> String {
        format!("{} with stated access alone", grouped(self.connected_pairs_stated))
    }
}

/// Judges exposure, exactly; `None` when cancelled.
///
/// Crown jewels are bits of machine words that flow through the components of the movement, as in
/// [`crate::analysis::movement::reach::reach_of_all`]: time in proportion to edges × crown jewels ÷ 512 at worst.
pub fn exposure(
    all: &Movement,
    stated: &Movement,
    ends: &Ends,
    progress: &Progress,
) -> Option<Exposure> {
    let connected = |movement: &Movement| connected_pairs(movement, ends, progress);
    Some(exposure_of(ends, both((all, stated), connected)?))
}

/// Exposure from how many pairs are connected by all access and by stated access alone.
pub(crate) fn exposure_of(
    ends: &Ends,
    (connected_pairs, connected_pairs_stated): (u64, u64),
) -> Exposure {
    let Ends { entry_points, crown_jewels, already_fallen, .. } = ends;
    Exposure {
        entry_points: entry_points.len(),
        crown_jewels: crown_jewels.len(),
        already_fallen: already_fallen.len(),
        pairs: entry_points.len() as u64 * crown_jewels.len() as u64,
        connected_pairs,
        connected_pairs_stated,
        missing: missing(ends),
    }
}

/// What is missing before anything can be judged; nothing where there are pairs.
pub fn missing(ends: &Ends) -> Vec<Missing> {
    let mut missing = Vec::new();
    match (ends.entry_points.is_empty(), ends.entry_points_unknown) {
        (true, true) => missing.push(Missing::NamedEntryPoints),
        (true, false) => missing.push(Missing::EntryPoints),
        (false, _) => {}
    }
    match (ends.crown_jewels.is_empty(), ends.crown_jewels_unknown) {
        (true, true) => missing.push(Missing::NamedCrownJewels),
        (true, false) => missing.push(Missing::CrownJewels),
        (false, _) => {}
    }
    missing
}

/// What to say where there is no pair to judge.
pub fn missing_ends_advice(missing: &[Missing]) -> String {
    let missing: Vec<&str> = missing.iter().map(|missing| missing.advice()).collect();
    missing.join(". ")
}

/// How many pairs some path connects; `None` when cancelled.
pub fn connected_pairs(movement: &Movement, ends: &Ends, progress: &Progress) -> Option<u64> {
    let counts = instances_reaching(movement, &ends.crown_jewels, progress)?;
    Some(pairs_of(ends, &counts))
}

/// How many pairs are connected, from how many crown jewels each instance reaches.
pub(crate) fn pairs_of(ends: &Ends, jewels_reached: &[u32]) -> u64 {
    let of = |at: &InstanceIndex| jewels_reached.get(at.index()).copied().unwrap_or(0);
    ends.entry_points.iter().map(|at| u64::from(of(at))).sum()
}
