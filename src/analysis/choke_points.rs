//! For each credential the pairs of entry point and crown jewel that fall apart when it alone goes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::Ends;
use super::components::Arcs;
use super::dominators::Dominators;
use super::movement::{Corridor, FAR, Movement, is};
use super::reach::bearers_reached;
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

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChokePoints {
    /// For each credential of the movement, how many connected pairs need it.
    pub pairs: Vec<u64>,
    /// How far the figures can be trusted.
    pub precision: Precision,
    /// How many arcs were gone through at most.
    pub(super) work: usize,
}

/// So many nodes and arcs are gone through before entry points are sampled.
const BUDGET: usize = 10_000_000;
/// However large the movement is, so many entry points are looked at.
const FEWEST: usize = 8;

/// Counts the pairs that each credential alone holds together; `None` when cancelled.
///
/// A dominator tree for each group of entry points that hold the same: whatever hangs below a
/// credential cannot be reached without it. Exact while that stays below a fixed amount of work.
pub fn choke_points(movement: &Movement, ends: &Ends, progress: &Progress) -> Option<ChokePoints> {
    let web = Web::new(movement, ends);
    let (tasks, precision, work) = web.tasks(ends, progress)?;
    let next = AtomicUsize::new(0);
    let workers = rayon::current_num_threads().min(tasks.len());
    let parts: Vec<Vec<f64>> =
        (0..workers).into_par_iter().map(|_| web.work(&tasks, &next, progress)).collect();
    if progress.is_cancelled() {
        return None;
    }
    let mut sums = vec![0.0; movement.credentials()];
    for part in parts {
        for (sum, more) in sums.iter_mut().zip(part) {
            *sum += more;
        }
    }
    let pairs = sums.into_iter().map(|sum| sum.round() as u64).collect();
    Some(ChokePoints { pairs, precision, work })
}

/// Nobody waits for the answer any more.
pub(super) struct Cancelled;

/// Entry points that hold the same, and what their pairs need.
struct Group {
    entries: Vec<u32>,
    /// How many jewels each reaches.
    jewels: u64,
    /// How many of those need each credential.
    needs: Vec<(CredentialIndex, u64)>,
}

/// The choke points of a movement, exact, that follow its changes: only entry points that came by
/// the credential that was changed are looked at again.
pub(super) struct Needs {
    groups: Vec<Group>,
    pairs: BTreeMap<CredentialIndex, u64>,
}

impl Needs {
    /// Looks at every entry point; `None` where there are so many that they had to be
    /// sampled.
    pub(super) fn new(
        movement: &Movement,
        ends: &Ends,
        progress: &Progress,
    ) -> Result<Option<Self>, Cancelled> {
        let web = Web::new(movement, ends);
        let tasks: Vec<Task> = web
            .groups(ends)
            .into_values()
            .filter_map(|entries| Some((*entries.first()?, 1.0)))
            .collect();
        if web.work_of(&tasks, progress).ok_or(Cancelled)? > BUDGET {
            return Ok(None);
        }
        let mut needs = Self { groups: Vec::new(), pairs: BTreeMap::new() };
        needs.add(&web, ends, progress).ok_or(Cancelled)?;
        Ok(Some(needs))
    }

    /// How many pairs need a credential.
    pub(super) fn of(&self, credential: CredentialIndex) -> u64 {
        self.pairs.get(&credential).copied().unwrap_or(0)
    }

    /// How many connected pairs the marked entry points have.
    pub(super) fn pairs_of(&self, marked: &[bool]) -> u64 {
        let of = |group: &Group| group.jewels * group.entries.len() as u64;
        self.groups.iter().filter(|group| group.is_marked(marked)).map(of).sum()
    }

    /// Looks at the marked entry points again: those that came by what was changed. `None` when
    /// cancelled.
    pub(super) fn update(
        &mut self,
        movement: &Movement,
        ends: &Ends,
        marked: &[bool],
        progress: &Progress,
    ) -> Option<()> {
        for group in self.groups.extract_if(.., |group| group.is_marked(marked)) {
            for (credential, count) in group.needs {
                if let Some(pairs) = self.pairs.get_mut(&credential) {
                    *pairs -= count * group.entries.len() as u64;
                }
            }
        }
        let entries = ends.entry_points.iter().filter(|at| is(marked, at.0));
        let ends = Ends {
            entry_points: entries.copied().collect(),
            crown_jewels: ends.crown_jewels.clone(),
            ..Ends::default()
        };
        self.add(&Web::new(movement, &ends), &ends, progress)
    }

    fn add(&mut self, web: &Web<'_>, ends: &Ends, progress: &Progress) -> Option<()> {
        let groups: Vec<Vec<u32>> = web.groups(ends).into_values().collect();
        let dominators = || Dominators::new(&web.forward, &web.backward);
        let found: Vec<Option<Group>> = groups
            .into_par_iter()
            .map_init(dominators, |dominators, entries| {
                (!progress.is_cancelled()).then(|| web.group(dominators, entries))
            })
            .collect();
        for group in found {
            let group = group?;
            for &(credential, count) in &group.needs {
                *self.pairs.entry(credential).or_default() += count * group.entries.len() as u64;
            }
            self.groups.push(group);
        }
        Some(())
    }
}

impl Group {
    fn is_marked(&self, marked: &[bool]) -> bool {
        self.entries.first().is_some_and(|&entry| is(marked, entry))
    }
}

/// The movement between entry points and jewels: instances, then credentials, then for each jewel
/// the node that stands for its fall.
struct Web<'a> {
    movement: &'a Movement,
    first_credential: u32,
    first_fall: u32,
    forward: Arcs,
    backward: Arcs,
    carries: Vec<bool>,
    arcs: usize,
}

/// An entry point and how many it stands for.
type Task = (u32, f64);

impl<'a> Web<'a> {
    fn new(movement: &'a Movement, ends: &Ends) -> Self {
        let corridor = Corridor::new(movement, &ends.entry_points, &ends.crown_jewels);
        let first_credential = movement.instances as u32;
        let first_fall = first_credential + movement.credentials() as u32;
        let jewels = &ends.crown_jewels;
        let all = 0..movement.credentials() as u32;
        let carries: Vec<bool> = all.clone().map(|at| corridor.carries(movement, at)).collect();
        let mut pairs = Vec::new();
        for credential in all.filter(|&at| is(&carries, at)) {
            let node = first_credential + credential;
            let holders = movement.holders.of(credential as usize).iter();
            let reached = holders.filter(|&&holder| is(&corridor.reachable, holder));
            pairs.extend(reached.map(|&holder| (holder, node)));
            for grant in movement.grants.of(credential as usize) {
                let to = grant.instance;
                if let Ok(jewel) = jewels.binary_search_by_key(&to, |at| at.0) {
                    pairs.push((node, first_fall + jewel as u32));
                }
                let left = corridor.hops_left.get(to as usize).is_some_and(|&left| left != FAR);
                if grant.pivots && left {
                    pairs.push((node, to));
                }
            }
        }
        let nodes = first_fall as usize + jewels.len();
        let forward = Arcs::new(nodes, &pairs);
        let arcs = pairs.len();
        for (from, to) in &mut pairs {
            std::mem::swap(from, to);
        }
        let backward = Arcs::new(nodes, &pairs);
        Self { movement, first_credential, first_fall, forward, backward, carries, arcs }
    }

    /// The entry points that lead anywhere, by what of it they hold.
    fn groups(&self, ends: &Ends) -> BTreeMap<Vec<u32>, Vec<u32>> {
        let mut groups: BTreeMap<Vec<u32>, Vec<u32>> = BTreeMap::new();
        for entry in &ends.entry_points {
            let held = self.movement.held.of(entry.index()).iter().copied();
            let held: Vec<u32> = held.filter(|&at| is(&self.carries, at)).collect();
            if !held.is_empty() {
                groups.entry(held).or_default().push(entry.0);
            }
        }
        groups
    }

    /// What the pairs of entry points need that hold the same.
    fn group(&self, dominators: &mut Dominators<'_>, entries: Vec<u32>) -> Group {
        let root = entries.first().copied().unwrap_or_default();
        let weight = |node: u32| u64::from(node >= self.first_fall);
        let (mut jewels, mut needs) = (0, Vec::new());
        for (node, below) in dominators.weigh(root, weight) {
            if node == root {
                jewels = below;
            } else if let Some(at) = node.checked_sub(self.first_credential)
                && below > 0
                && let Some(&origin) = self.movement.origins.get(at as usize)
            {
                needs.push((origin, below));
            }
        }
        Group { entries, jewels, needs }
    }

    /// Which entry points are looked at: one for each group that holds the same, or a sample; and
    /// about how many arcs that takes.
    fn tasks(&self, ends: &Ends, progress: &Progress) -> Option<(Vec<Task>, Precision, usize)> {
        let groups = self.groups(ends);
        let mut starts: Vec<u32> = groups.values().flatten().copied().collect();
        starts.sort_unstable();
        let task = |entries: Vec<u32>| Some((*entries.first()?, entries.len() as f64));
        let tasks: Vec<Task> = groups.into_values().filter_map(task).collect();
        let work = self.work_of(&tasks, progress)?;
        if work <= BUDGET {
            return Some((tasks, Precision::Exact, work));
        }
        let whole = starts.len();
        let affordable = (BUDGET / (work / tasks.len().max(1) + 1)).max(FEWEST).min(whole);
        let share = whole as f64 / affordable as f64;
        let at = |number: usize| starts.get(number * whole / affordable).copied();
        let tasks: Vec<Task> = (0..affordable).filter_map(at).map(|entry| (entry, share)).collect();
        let spread = (40.0_f64.ln() / (2.0 * affordable as f64)).sqrt();
        let error = whole as f64 * f64::from(self.most_fallen(&starts, progress)?) * spread;
        Some((tasks, Precision::Sampled { taken: affordable, whole, error }, BUDGET))
    }

    /// About how many arcs the tasks go through: what each reaches, times the arcs of a node. Where
    /// finding that out takes too long itself, as many as if each reached everything.
    fn work_of(&self, tasks: &[Task], progress: &Progress) -> Option<usize> {
        let live: Vec<u32> = (0..self.first_fall)
            .filter(|&node| !self.forward.from(node as usize).is_empty())
            .collect();
        let all = tasks.len().saturating_mul(self.arcs);
        if all <= BUDGET || self.arcs.saturating_mul(live.len() / 512) > BUDGET * 10 {
            return Some(all);
        }
        let reached = bearers_reached(&self.forward, &live, progress)?;
        let of = |task: &Task| reached.get(task.0 as usize).map_or(0, |&count| count as usize);
        let nodes: usize = tasks.iter().map(of).sum();
        Some(nodes.saturating_mul(1 + self.arcs / live.len().max(1)))
    }

    /// The most jewels that any of these starts reaches.
    fn most_fallen(&self, starts: &[u32], progress: &Progress) -> Option<u32> {
        let falls: Vec<u32> = (self.first_fall..self.forward.nodes() as u32).collect();
        let reached = bearers_reached(&self.forward, &falls, progress)?;
        starts.iter().filter_map(|&start| reached.get(start as usize).copied()).max().or(Some(0))
    }

    /// Takes entry points until none is left.
    fn work(&self, tasks: &[Task], next: &AtomicUsize, progress: &Progress) -> Vec<f64> {
        let mut sums = vec![0.0; self.movement.credentials()];
        let mut dominators = Dominators::new(&self.forward, &self.backward);
        while let Some(&(entry, alike)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
            if progress.is_cancelled() {
                break;
            }
            let weight = |node: u32| u64::from(node >= self.first_fall);
            for (node, below) in dominators.weigh(entry, weight) {
                let credential = node.checked_sub(self.first_credential);
                if let Some(sum) = credential.and_then(|at| sums.get_mut(at as usize)) {
                    *sum += below as f64 * alike;
                }
            }
        }
        sums
    }
}
