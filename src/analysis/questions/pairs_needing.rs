//! The connected pairs of entry point and crown jewel that fall apart when one credential goes.
#![expect(
    clippy::indexing_slicing,
    reason = "sets of crown jewels are as long as the list of crown jewels that they are of"
)]

use std::collections::BinaryHeap;

use crate::analysis::movement::corridor::{Corridor, FAR};
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::hops_before::hops_before;
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::pair_network::{PairNetwork, Replacement};
use crate::analysis::movement::pair_sets::PairSets;
use crate::analysis::questions::pair_search::PairSearch;
use crate::analysis::questions::path::Path;
use crate::analysis::questions::paths::paths_of;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// The answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairsNeeding {
    /// How many pairs need the credential.
    pub count: u64,
    /// The shortest path of each of the first of them, the shortest first; ties go to the names of
    /// start and end.
    pub paths: Vec<Path>,
}

/// How many words the sets of crown jewels may have that are looked at together.
const MOST_WORDS: usize = 1 << 22;

/// The pairs of `from` and `to` that are connected, and no longer once a credential of the graph
/// leads nowhere, with the shortest paths of at most `most` of them. `None` when cancelled.
///
/// Every path of such a pair goes through the credential, so that the shortest is the shortest way
/// to it and the shortest way on. Which pairs have another way is asked of the movement without it,
/// by sets of crown jewels: costs time in proportion to edges × crown jewels ÷ 512 at worst.
pub fn pairs_needing(
    movement: &Movement,
    (from, to): (&[InstanceIndex], &[InstanceIndex]),
    credential: CredentialIndex,
    most: usize,
    progress: &Progress,
) -> Option<PairsNeeding> {
    let parts = Parts::new(movement, credential, to);
    let starts = parts.starts(from);
    let ends = parts.ends(to);
    let (entry_points, crown_jewels) = (starts.clone(), ends.clone());
    let ways = movement.between(&entry_points, &crown_jewels);
    let gone = ways.origin_marks(std::iter::once(credential));
    let mut first: BinaryHeap<(u32, u32, u32)> = BinaryHeap::new();
    let mut count = 0;
    for some in ends.chunks(jewels_together(&ways)) {
        if progress.is_cancelled() {
            return None;
        }
        let ends = Ends {
            entry_points: entry_points.clone(),
            crown_jewels: some.to_vec(),
            ..Ends::default()
        };
        let with = Replacement { gone: &gone, carriers: Vec::new() };
        let network = PairNetwork::refitted(&ways, &ends, &with);
        let Some(sets) = PairSets::new(network, &ends.crown_jewels, usize::MAX, None) else {
            continue;
        };
        for &start in &starts {
            let node = sets.network.linked(start.0);
            let other_ways = node.map(|node| sets.set(sets.component(node)));
            for (number, &end) in some.iter().enumerate() {
                let has_other_way =
                    other_ways.is_some_and(|set| set[number / 64] >> (number % 64) & 1 == 1);
                let Some(hops) = parts.hops(start, end).filter(|_| !has_other_way && start != end)
                else {
                    continue;
                };
                count += 1;
                keep_first(&mut first, (hops, start.0, end.0), most);
            }
        }
    }
    let mut search =
        PairSearch::new(movement, Corridor::new(movement, &entry_points, &crown_jewels));
    let paths = paths_of(&mut search, first.into_sorted_vec(), progress)?;
    Some(PairsNeeding { count, paths })
}

/// Of how many crown jewels the sets are held at a time.
fn jewels_together(ways: &Movement) -> usize {
    let nodes = ways.instances + ways.credentials();
    (MOST_WORDS / nodes.max(1)).max(1) * 64
}

/// How far it is to the parts of a credential and on from them: one where all of it is carried.
struct Parts {
    /// For each part the hops before it from each instance, and those with it to each.
    hops: Vec<(Vec<u32>, Vec<u32>)>,
}

impl Parts {
    fn new(movement: &Movement, credential: CredentialIndex, to: &[InstanceIndex]) -> Self {
        let held = |at: &u32| !movement.holders.of(*at as usize).is_empty();
        let carriers = movement.of_origin(credential).filter(held);
        let hops =
            carriers.map(|at| (hops_before(movement, vec![at]), hops_beyond(movement, to, at)));
        Self { hops: hops.collect() }
    }

    /// The instances of some from which an attacker comes by the credential, by hops and name.
    fn starts(&self, from: &[InstanceIndex]) -> Vec<InstanceIndex> {
        let before = |at: InstanceIndex| {
            let all = self.hops.iter().filter_map(|(before, _)| before.get(at.index()));
            all.min().copied().filter(|&hops| hops != FAR)
        };
        let mut starts: Vec<(u32, InstanceIndex)> =
            from.iter().filter_map(|&at| Some((before(at)?, at))).collect();
        starts.sort_unstable();
        starts.dedup();
        starts.into_iter().map(|(_, at)| at).collect()
    }

    /// The instances of some that an attacker with the credential reaches, by name.
    fn ends(&self, to: &[InstanceIndex]) -> Vec<InstanceIndex> {
        let is_beyond = |at: &InstanceIndex| {
            let mut all = self.hops.iter().filter_map(|(_, beyond)| beyond.get(at.index()));
            all.any(|&hops| hops != FAR)
        };
        let mut ends: Vec<InstanceIndex> = to.iter().copied().filter(is_beyond).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// How many hops lead from one instance to another through a part; `None` where none leads.
    fn hops(&self, start: InstanceIndex, end: InstanceIndex) -> Option<u32> {
        let through = |(before, beyond): &(Vec<u32>, Vec<u32>)| {
            let (before, beyond) = (before.get(start.index())?, beyond.get(end.index())?);
            (*before != FAR && *beyond != FAR).then(|| before + beyond)
        };
        self.hops.iter().filter_map(through).min()
    }
}

/// How many hops it takes to each of some instances for an attacker with a credential of the movement,
/// its own counted.
fn hops_beyond(movement: &Movement, to: &[InstanceIndex], carrier: u32) -> Vec<u32> {
    let holder = InstanceIndex(movement.instances as u32);
    let leaked = movement.with_holder_of(carrier);
    let mut search = PairSearch::new(&leaked, Corridor::new(&leaked, &[holder], to));
    let mut beyond = vec![FAR; movement.instances];
    for (hops, at) in search.explore(holder.0, FAR - 1, usize::MAX) {
        beyond[at as usize] = hops;
    }
    beyond
}

/// Keeps the first pairs, by hops and names.
fn keep_first(kept: &mut BinaryHeap<(u32, u32, u32)>, pair: (u32, u32, u32), most: usize) {
    if kept.len() < most {
        kept.push(pair);
    } else if let Some(mut worst) = kept.peek_mut()
        && pair < *worst
    {
        *worst = pair;
    }
}
