//! Lateral-movement paths: the shortest for each pair, and the shortest few between two sets.
#![expect(
    clippy::indexing_slicing,
    reason = "instances and credentials are numbered by the arrays that they lead into"
)]

use std::collections::{BTreeSet, BinaryHeap};

use crate::analysis::movement::corridor::{Corridor, FAR};
use crate::analysis::movement::network::{Grant, Movement, marks};
use crate::analysis::questions::pair_search::{NO_WAY, PairSearch, Way};
use crate::analysis::questions::path::Path;
use crate::graph::InstanceIndex;
use crate::inventory::Progress;

/// How many paths are listed where nobody asks for more: nobody reads on, and all are counted.
pub const LISTED_PATHS: usize = 1_000;

/// The shortest path of each connected pair of `from` and `to`, the shortest first, at most `most`.
///
/// Ties go to the names of start and end, then to those along the path. Entry points are taken in
/// the order of their nearest jewel, so that at most `most` searches are made, each breadth first
/// and only where a jewel is still near enough. `None` when cancelled.
pub fn shortest_paths(
    movement: &Movement,
    from: &[InstanceIndex],
    to: &[InstanceIndex],
    most: usize,
    progress: &Progress,
) -> Option<Vec<Path>> {
    let mut search = PairSearch::new(movement, Corridor::new(movement, from, to));
    let left = |at: u32| search.corridor.hops_left.get(at as usize).copied().unwrap_or(FAR);
    let mut starts: Vec<(u32, u32)> =
        from.iter().map(|at| (left(at.0), at.0)).filter(|&(left, _)| left != FAR).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut kept: BinaryHeap<(u32, u32, u32)> = BinaryHeap::new();
    for (nearest, start) in starts {
        if progress.is_cancelled() {
            return None;
        }
        let limit = match kept.peek() {
            Some(&(hops, worst, _)) if kept.len() >= most => hops - u32::from(start > worst),
            _ => FAR - 1,
        };
        if nearest > limit || most == 0 {
            continue;
        }
        for (hops, end) in search.explore(start, limit, most) {
            kept.push((hops, start, end));
            if kept.len() > most {
                kept.pop();
            }
        }
    }
    paths_of(&mut search, kept.into_sorted_vec(), progress)
}

/// The paths of pairs of which a search knows that these hops connect them, the shortest first,
/// each as (hops, start, end). `None` when cancelled.
pub(super) fn paths_of(
    search: &mut PairSearch<'_>,
    pairs: Vec<(u32, u32, u32)>,
    progress: &Progress,
) -> Option<Vec<Path>> {
    let mut paths = Vec::with_capacity(pairs.len());
    let mut by_start: Vec<(u32, u32, u32)> =
        pairs.into_iter().map(|(hops, start, end)| (start, hops, end)).collect();
    by_start.sort_unstable();
    for of_start in by_start.chunk_by(|a, b| a.0 == b.0) {
        let (start, limit, _) = of_start[of_start.len() - 1];
        if progress.is_cancelled() {
            return None;
        }
        search.explore(start, limit, usize::MAX);
        paths.extend(of_start.iter().map(|&(_, hops, end)| search.path(start, end, hops)));
    }
    paths.sort_by_key(|path| (path.hops.len(), path.from, path.to));
    Some(paths)
}

/// The `count` shortest paths from any of `from` to any of `to`, the shortest first; ties go to
/// the names along the path. No path is in an instance twice. `None` when cancelled.
///
/// Yen's algorithm (1971) with Lawler's saving (1972): a search for each hop of each path given.
pub fn paths_between(
    movement: &Movement,
    from: &[InstanceIndex],
    to: &[InstanceIndex],
    count: usize,
    progress: &Progress,
) -> Option<Vec<Path>> {
    let mut starts: Vec<u32> = from.iter().map(|at| at.0).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut search = Spurs::new(movement, starts, marks(movement.instances, to));
    let mut accepted: Vec<Chain> = Vec::new();
    let mut candidates: BTreeSet<(usize, Chain, usize)> = BTreeSet::new();
    candidates.extend(search.spur(&accepted, None).map(|chain| (chain.hops.len(), chain, 0)));
    while accepted.len() < count {
        let Some((_, chain, deviated)) = candidates.pop_first() else { break };
        // The same chain may have been found as a deviation of several.
        if accepted.contains(&chain) {
            continue;
        }
        accepted.push(chain.clone());
        if accepted.len() == count {
            break;
        }
        for kept in deviated..=chain.hops.len() + 1 {
            if progress.is_cancelled() {
                return None;
            }
            let prefix = kept.checked_sub(1).map(|hops| (&chain, hops));
            let found = search.spur(&accepted, prefix);
            candidates.extend(found.map(|found| (found.hops.len(), found, kept)));
        }
    }
    Some(accepted.iter().map(|chain| chain.path(movement)).collect())
}

/// The shortest path from any of `from` to any of `to`; ties go to the names along the path.
pub fn shortest_path(
    movement: &Movement,
    from: &[InstanceIndex],
    to: &[InstanceIndex],
) -> Option<Path> {
    paths_between(movement, from, to, 1, &Progress::default())?.pop()
}

/// A path as the search compares it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Chain {
    from: u32,
    /// Each hop's credential and the instance that it enters.
    hops: Vec<(u32, u32)>,
}

impl Chain {
    /// The instance after a number of hops.
    fn at(&self, hops: usize) -> u32 {
        hops.checked_sub(1).map_or(self.from, |last| self.hops[last].1)
    }

    fn path(&self, movement: &Movement) -> Path {
        let hop = |(position, &(credential, to)): (usize, &(u32, u32))| {
            let grant = grant_of(movement, credential, to).unwrap_or(NO_WAY.2);
            movement.step(self.at(position), credential, grant)
        };
        Path {
            from: InstanceIndex(self.from),
            to: InstanceIndex(self.at(self.hops.len())),
            hops: self.hops.iter().enumerate().map(hop).collect(),
        }
    }
}

/// The grant by which a credential enters an instance.
pub(crate) fn grant_of(movement: &Movement, credential: u32, instance: u32) -> Option<Grant> {
    let grants = movement.grants.of(credential as usize);
    let found = grants.binary_search_by_key(&instance, |grant| grant.instance).ok()?;
    Some(grants[found])
}

/// Searches for the best chain that keeps a beginning and then differs from those known.
struct Spurs<'a> {
    movement: &'a Movement,
    starts: Vec<u32>,
    is_target: Vec<bool>,
    /// The number of the last search that used or saw what stands there.
    used: Vec<u32>,
    seen: Vec<u32>,
    came: Vec<Way>,
    number: u32,
}

impl<'a> Spurs<'a> {
    fn new(movement: &'a Movement, starts: Vec<u32>, is_target: Vec<bool>) -> Self {
        Self {
            movement,
            starts,
            is_target,
            used: vec![0; movement.credentials()],
            seen: vec![0; movement.instances],
            came: vec![NO_WAY; movement.instances],
            number: 0,
        }
    }

    /// The best chain that begins with the first hops of a chain, or anyhow, and whose next start
    /// or hop none of the accepted chains with that beginning has.
    fn spur(&mut self, accepted: &[Chain], prefix: Option<(&Chain, usize)>) -> Option<Chain> {
        let Some((chain, kept)) = prefix else { return self.first(accepted) };
        self.number += 1;
        let spur = chain.at(kept);
        if kept > 0 {
            let (credential, to) = chain.hops[kept - 1];
            grant_of(self.movement, credential, to).filter(|grant| grant.pivots)?;
        }
        for hops in 0..kept {
            self.seen[chain.at(hops) as usize] = self.number;
        }
        let begins = |other: &&Chain| {
            other.from == chain.from && other.hops.get(..kept) == chain.hops.get(..kept)
        };
        let barred: BTreeSet<(u32, u32)> = accepted
            .iter()
            .filter(begins)
            .filter_map(|other| other.hops.get(kept).copied())
            .collect();
        let (_, tail) = self.search(vec![spur], &barred)?;
        let hops = chain.hops[..kept].iter().copied().chain(tail).collect();
        Some(Chain { from: chain.from, hops })
    }

    /// The best chain from a start that none of the accepted chains has.
    ///
    /// Starts that are targets too are searched from one by one: what starts there may not end
    /// there, and what starts elsewhere may.
    fn first(&mut self, accepted: &[Chain]) -> Option<Chain> {
        let taken = |start: &u32| accepted.iter().any(|chain| chain.from == *start);
        let (both, alone): (Vec<u32>, Vec<u32>) = self
            .starts
            .iter()
            .filter(|start| !taken(start))
            .partition(|&&start| self.is_target[start as usize]);
        let groups = both.into_iter().map(|start| vec![start]).chain([alone]);
        let mut best: Option<Chain> = None;
        for open in groups {
            self.number += 1;
            let found = self.search(open, &BTreeSet::new());
            let found = found.map(|(from, hops)| Chain { from, hops });
            let length = |chain: &Chain| (chain.hops.len(), chain.clone());
            best = best.into_iter().chain(found).min_by_key(length);
        }
        best
    }

    /// Breadth first from the instances in order; `barred` are first hops that are not to be made.
    fn search(
        &mut self,
        mut open: Vec<u32>,
        barred: &BTreeSet<(u32, u32)>,
    ) -> Option<(u32, Vec<(u32, u32)>)> {
        let movement = self.movement;
        let starts = open.len();
        for &start in &open {
            self.seen[start as usize] = self.number;
        }
        let mut at = 0;
        while let Some(&instance) = open.get(at) {
            let first = at < starts;
            at += 1;
            for &credential in movement.held.of(instance as usize) {
                if self.used[credential as usize] == self.number {
                    continue;
                }
                let grants = movement.grants.of(credential as usize);
                let mut whole = true;
                for &grant in grants {
                    let to = grant.instance;
                    if first && barred.contains(&(credential, to)) {
                        whole = false;
                        continue;
                    }
                    let target = self.is_target[to as usize];
                    if self.seen[to as usize] == self.number || !(grant.pivots || target) {
                        continue;
                    }
                    self.came[to as usize] = (instance, credential, grant);
                    if target {
                        return Some(self.chain_to(to, open.get(..starts).unwrap_or_default()));
                    }
                    self.seen[to as usize] = self.number;
                    open.push(to);
                }
                if whole {
                    self.used[credential as usize] = self.number;
                }
            }
        }
        None
    }

    fn chain_to(&self, end: u32, starts: &[u32]) -> (u32, Vec<(u32, u32)>) {
        let (mut at, mut hops) = (end, Vec::new());
        loop {
            let (from, credential, _) = self.came[at as usize];
            hops.push((credential, at));
            at = from;
            if starts.binary_search(&at).is_ok() {
                break;
            }
        }
        hops.reverse();
        (at, hops)
    }
}
