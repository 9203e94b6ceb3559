//! The connected pairs of entry point and crown jewel that fall apart when one credential goes.
#![expect(
    clippy::indexing_slicing,
    reason = "sets of crown jewels are as long as the list of crown jewels that they are of"
)]

use std::collections::BinaryHeap;

use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::{Corridor, FAR, Movement};
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
    let starts = starts(movement, from, credential);
    let ends = ends_beyond(movement, to, credential);
    let names = |numbered: &[(u32, u32)]| -> Vec<InstanceIndex> {
        numbered.iter().map(|&(_, at)| InstanceIndex(at)).collect()
    };
    let (entry_points, crown_jewels) = (names(&starts), names(&ends));
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
            crown_jewels: names(some),
            ..Ends::default()
        };
        let with = Replacement { gone: &gone, carriers: Vec::new() };
        let network = PairNetwork::refitted(&ways, &ends, &with);
        let Some(sets) = PairSets::new(network, &ends.crown_jewels, usize::MAX) else { continue };
        for &(before, start) in &starts {
            let node = sets.network.linked(start);
            let other_ways = node.map(|node| sets.set(sets.component(node)));
            for (number, &(beyond, end)) in some.iter().enumerate() {
                let has_other_way =
                    other_ways.is_some_and(|set| set[number / 64] >> (number % 64) & 1 == 1);
                if has_other_way || start == end {
                    continue;
                }
                count += 1;
                keep_first(&mut first, (before + beyond, start, end), most);
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

/// The instances from which an attacker comes by a credential, each with the hops before it.
fn starts(
    movement: &Movement,
    from: &[InstanceIndex],
    credential: CredentialIndex,
) -> Vec<(u32, u32)> {
    let before = movement.hops_before(credential);
    let hops = |at: &InstanceIndex| before.get(at.index()).copied().unwrap_or(FAR);
    let mut starts: Vec<(u32, u32)> = from.iter().map(|at| (hops(at), at.0)).collect();
    starts.retain(|&(hops, _)| hops != FAR);
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The instances that an attacker with a credential reaches, by name, each with the hops from it on,
/// its own counted.
fn ends_beyond(
    movement: &Movement,
    to: &[InstanceIndex],
    credential: CredentialIndex,
) -> Vec<(u32, u32)> {
    let holder = InstanceIndex(movement.instances as u32);
    let leaked = movement.with_holders_of(&[credential]);
    let mut search = PairSearch::new(&leaked, Corridor::new(&leaked, &[holder], to));
    let mut ends = search.explore(holder.0, FAR - 1, usize::MAX);
    ends.sort_unstable_by_key(|&(_, at)| at);
    ends
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
