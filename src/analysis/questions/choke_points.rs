//! For each credential the pairs of entry point and crown jewel that fall apart when it alone goes.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelIterator as _, IntoParallelRefIterator as _,
    ParallelIterator as _,
};

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::algorithms::dominators::Dominators;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::pair_losses::LossSearch;
use crate::analysis::movement::pair_network::PairNetwork;
use crate::analysis::movement::pair_sets::PairSets;
use crate::analysis::movement::reachability_network::{BUDGET, ReachabilityNetwork, Start};
use crate::graph::CredentialIndex;
use crate::inventory::Progress;

/// How far the figures can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Precision {
    /// Every entry point was looked at.
    #[default]
    Exact,
    /// Only some were, evenly spread over their names.
    Sampled {
        /// How many entry points were looked at.
        taken: usize,
        /// Of how many.
        whole: usize,
        /// A figure is off by more pairs than this in one of twenty cases at most (Hoeffding).
        error: f64,
    },
}

impl Precision {
    /// The same in words.
    pub fn words(self) -> String {
        match self {
            Self::Exact => "Exact: every entry point was looked at".to_owned(),
            Self::Sampled { taken, whole, error } => format!(
                "Estimated from {taken} of {whole} entry points: at most one figure in twenty is off \
                 by more than {}",
                crate::inventory::counted(error.ceil() as usize, "pair", "pairs")
            ),
        }
    }
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChokePoints {
    /// For each credential of the graph, how many connected pairs need it.
    pub pairs: Vec<u64>,
    /// How far the figures can be trusted.
    pub precision: Precision,
    /// How many arcs were gone through at most.
    pub(crate) work: usize,
}

impl ChokePoints {
    /// The credentials that pairs need, those with most pairs first, then by name.
    pub fn ranked(&self) -> Vec<(CredentialIndex, u64)> {
        let all = (0..).map(CredentialIndex).zip(self.pairs.iter().copied());
        let mut ranked: Vec<_> = all.filter(|(_, pairs)| *pairs > 0).collect();
        ranked.sort_by_key(|&(at, pairs)| (Reverse(pairs), at));
        ranked
    }
}

/// How many entry points are looked at, however large the movement is.
const FEWEST: usize = 8;

/// Counts the pairs that each credential alone holds together; `None` when cancelled.
///
/// As long as one way alone leads on, every pair needs what lies on it. Where it parts, a dominator
/// tree shows: whatever hangs below a credential cannot be reached without it. One tree serves all
/// entry points that come to the same fork. Exact while that stays below a fixed amount of work.
pub fn choke_points(movement: &Movement, ends: &Ends, progress: &Progress) -> Option<ChokePoints> {
    let web = ReachabilityNetwork::new(movement, ends);
    let entries = web.live(&ends.entry_points);
    let mut starts = web.starts(&entries);
    let (mut precision, mut share) = (Precision::Exact, 1.0);
    let mut work = web.work_of(&starts, progress)?;
    if work > BUDGET {
        let taken = sample(&entries, work / starts.len().max(1) + 1);
        starts = web.starts(&taken);
        let (taken, whole) = (taken.len(), entries.len());
        let spread = (40.0_f64.ln() / (2.0 * taken as f64)).sqrt();
        let error = whole as f64 * f64::from(web.most_fallen(&entries, progress)?) * spread;
        precision = Precision::Sampled { taken, whole, error };
        (share, work) = (whole as f64 / taken as f64, BUDGET);
    }
    let sums = counted(&web, &starts, movement.credentials(), progress)?;
    let pairs = sums.into_iter().map(|sum| (sum as f64 * share).round() as u64).collect();
    let pairs = of_credentials(movement, ends, pairs, progress)?;
    Some(ChokePoints { pairs, precision, work })
}

/// The pairs that need each credential of the graph, from those that need each of the movement. Where
/// several parts of one lie between the ends, a pair can need any of them: those are counted anew.
fn of_credentials(
    movement: &Movement,
    ends: &Ends,
    mut pairs: Vec<u64>,
    progress: &Progress,
) -> Option<Vec<u64>> {
    let count = movement.of_graph();
    if count == 0 || count == movement.credentials() {
        return Some(pairs);
    }
    let near = movement.between(&ends.entry_points, &ends.crown_jewels);
    let mut between: BTreeMap<CredentialIndex, usize> = BTreeMap::new();
    for &origin in &near.origins {
        *between.entry(origin).or_default() += 1;
    }
    let made = pairs.split_off(count);
    for (origin, part) in movement.origins.iter().skip(count).zip(made) {
        if let Some(slot) = pairs.get_mut(origin.index()) {
            *slot += part;
        }
    }
    let several: Vec<CredentialIndex> =
        between.into_iter().filter(|(_, parts)| *parts > 1).map(|(origin, _)| origin).collect();
    for (origin, lost) in several.iter().zip(lost_without(&near, ends, &several, progress)?) {
        if let Some(slot) = pairs.get_mut(origin.index()) {
            *slot = lost;
        }
    }
    Some(pairs)
}

/// How many words the sets of crown jewels may have that are looked at together.
const MOST_WORDS: usize = 1 << 22;

/// How many pairs fall apart without each of some credentials and all parts of it; `None` when
/// cancelled.
fn lost_without(
    near: &Movement,
    ends: &Ends,
    credentials: &[CredentialIndex],
    progress: &Progress,
) -> Option<Vec<u64>> {
    let mut sums = vec![0; credentials.len()];
    if credentials.is_empty() {
        return Some(sums);
    }
    let together = (MOST_WORDS / (near.instances + near.credentials()).max(1)).max(1) * 64;
    for some in ends.crown_jewels.chunks(together) {
        if progress.is_cancelled() {
            return None;
        }
        let ends = Ends { crown_jewels: some.to_vec(), ..ends.clone() };
        let network = PairNetwork::whole(near, &ends);
        let Some(sets) = PairSets::new(network, some, usize::MAX, None) else { continue };
        let of_one = |search: &mut LossSearch<'_>, &at: &CredentialIndex| search.lost(at, &[]).0;
        let each = credentials.par_iter().with_min_len(4);
        let lost: Vec<u64> = each.map_init(|| LossSearch::new(&sets), of_one).collect();
        sums.iter_mut().zip(lost).for_each(|(sum, lost)| *sum += lost);
    }
    Some(sums)
}

/// As many entry points as can be afforded, evenly spread.
fn sample(entries: &[u32], work_of_each: usize) -> Vec<u32> {
    let whole = entries.len();
    let affordable = (BUDGET / work_of_each).max(FEWEST).min(whole);
    let at = |number: usize| entries.get(number * whole / affordable).copied();
    (0..affordable).filter_map(at).collect()
}

/// For each credential of the movement how many pairs of these entry points need it.
fn counted(
    web: &ReachabilityNetwork<'_>,
    starts: &[Start],
    credentials: usize,
    progress: &Progress,
) -> Option<Vec<u64>> {
    let next = AtomicUsize::new(0);
    let workers = rayon::current_num_threads().min(starts.len());
    let worker = |_| work(web, starts, (credentials, &next), progress);
    let parts: Vec<_> = (0..workers).into_par_iter().map(worker).collect();
    if progress.is_cancelled() {
        return None;
    }
    let (mut sums, mut jewels) = (vec![0; credentials], vec![0; starts.len()]);
    let mut add = |at: usize, more: u64| {
        if let Some(sum) = sums.get_mut(at) {
            *sum += more;
        }
    };
    for (part, fallen) in parts {
        part.into_iter().enumerate().for_each(|(at, more)| add(at, more));
        for (start, count) in fallen {
            if let Some(jewels) = jewels.get_mut(start) {
                *jewels = count;
            }
        }
    }
    for (start, credential, come) in web.before(starts) {
        add(credential as usize, come * jewels.get(start).copied().unwrap_or(0));
    }
    Some(sums)
}

/// Takes starts until none is left: what their pairs need beyond the forks, and how many jewels
/// an entry point of each reaches.
fn work(
    web: &ReachabilityNetwork<'_>,
    starts: &[Start],
    (credentials, next): (usize, &AtomicUsize),
    progress: &Progress,
) -> (Vec<u64>, Vec<(usize, u64)>) {
    let (mut sums, mut jewels) = (vec![0; credentials], Vec::new());
    let mut dominators = Dominators::new(&web.forward, &web.backward);
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(start) = starts.get(number).filter(|_| !progress.is_cancelled()) else { break };
        let beyond = web.beyond(&mut dominators, start.fork);
        jewels.push((number, beyond.jewels));
        for (credential, below) in beyond.needs {
            if let Some(sum) = sums.get_mut(credential as usize) {
                *sum += below * start.entries.len() as u64;
            }
        }
    }
    (sums, jewels)
}
