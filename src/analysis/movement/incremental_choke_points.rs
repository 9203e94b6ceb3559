//! The choke points of a movement, exact, that follow its changes.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::analysis::algorithms::dominators::Dominators;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::{Movement, is};
use crate::analysis::movement::reachability_network::{Beyond, ReachabilityNetwork, Start};
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// Nobody waits for the answer any more.
pub(crate) struct Cancelled;

/// Entry points that come to the same fork, and what their pairs need.
struct Group {
    entries: Vec<u32>,
    /// How many connected pairs they have.
    pairs: u64,
    /// How many of those need each credential.
    needs: Vec<(CredentialIndex, u64)>,
}

/// How many pairs need each credential. Only entry points that came by a credential that was
/// changed are looked at again.
pub(crate) struct IncrementalChokePoints {
    groups: Vec<Group>,
    pairs: BTreeMap<CredentialIndex, u64>,
    /// How many nodes were visited so far.
    visited: usize,
}

impl IncrementalChokePoints {
    /// Looks at every entry point; `None` where that goes through more arcs than the limit.
    pub(crate) fn new(
        movement: &Movement,
        ends: &Ends,
        most: usize,
        progress: &Progress,
    ) -> Result<Option<Self>, Cancelled> {
        let web = ReachabilityNetwork::new(movement, ends);
        let starts = web.starts(&web.live(&ends.entry_points));
        if web.work_of(&starts, progress).ok_or(Cancelled)? > most {
            return Ok(None);
        }
        let mut needs = Self { groups: Vec::new(), pairs: BTreeMap::new(), visited: 0 };
        needs.add(&web, starts, progress).ok_or(Cancelled)?;
        Ok(Some(needs))
    }

    /// The credentials that pairs need, and how many of them; of one that was split, each part
    /// counts by itself.
    pub(crate) fn all(&self) -> impl Iterator<Item = (CredentialIndex, u64)> {
        self.pairs.iter().filter(|(_, pairs)| **pairs > 0).map(|(&at, &pairs)| (at, pairs))
    }

    /// How many nodes were visited so far.
    pub(crate) fn visited(&self) -> usize {
        self.visited
    }

    /// The entry points that are looked at again when the marked ones are, and how many connected
    /// pairs they have.
    pub(crate) fn touched(&self, marked: &[bool]) -> (Vec<InstanceIndex>, u64) {
        let (mut entries, mut pairs) = (Vec::new(), 0);
        for group in self.groups.iter().filter(|group| group.is_marked(marked)) {
            entries.extend(group.entries.iter().copied().map(InstanceIndex));
            pairs += group.pairs;
        }
        entries.sort_unstable();
        (entries, pairs)
    }

    /// Looks at the marked entry points again: those that came by what was changed. `None` when
    /// cancelled.
    pub(crate) fn update(
        &mut self,
        movement: &Movement,
        ends: &Ends,
        marked: &[bool],
        progress: &Progress,
    ) -> Option<()> {
        let (mut entry_points, _) = self.touched(marked);
        for group in self.groups.extract_if(.., |group| group.is_marked(marked)) {
            for (credential, count) in group.needs {
                if let Some(pairs) = self.pairs.get_mut(&credential) {
                    *pairs -= count;
                }
            }
        }
        entry_points.retain(|at| ends.entry_points.binary_search(at).is_ok());
        let ends =
            Ends { entry_points, crown_jewels: ends.crown_jewels.clone(), ..Ends::default() };
        let web = ReachabilityNetwork::new(movement, &ends);
        let starts = web.starts(&web.live(&ends.entry_points));
        self.add(&web, starts, progress)
    }

    fn add(
        &mut self,
        web: &ReachabilityNetwork<'_>,
        starts: Vec<Start>,
        progress: &Progress,
    ) -> Option<()> {
        let before = web.before(&starts);
        let first = self.groups.len();
        let dominators = || Dominators::new(&web.forward, &web.backward);
        let found: Vec<Option<(Group, Beyond)>> = starts
            .into_par_iter()
            .map_init(dominators, |dominators, start| {
                (!progress.is_cancelled()).then(|| Group::new(web, dominators, start))
            })
            .collect();
        let found: Vec<(Group, Beyond)> = found.into_iter().collect::<Option<_>>()?;
        let jewels: Vec<u64> = found.iter().map(|(_, beyond)| beyond.jewels).collect();
        self.visited += found.iter().map(|(_, beyond)| beyond.visited).sum::<usize>();
        self.groups.extend(found.into_iter().map(|(group, _)| group));
        for (start, carrier, come) in before {
            if let (Some(group), Some(jewels), Some(origin)) =
                (self.groups.get_mut(first + start), jewels.get(start), web.origin(carrier))
            {
                group.needs.push((origin, come * jewels));
            }
        }
        for &(credential, count) in self.groups.iter().skip(first).flat_map(|group| &group.needs) {
            *self.pairs.entry(credential).or_default() += count;
        }
        Some(())
    }
}

impl Group {
    /// A group, and what lies beyond its fork.
    fn new(
        web: &ReachabilityNetwork<'_>,
        dominators: &mut Dominators<'_>,
        start: Start,
    ) -> (Self, Beyond) {
        let beyond = web.beyond(dominators, start.fork);
        let count = start.entries.len() as u64;
        let needs = beyond.needs.iter();
        let needs =
            needs.filter_map(|&(carrier, below)| Some((web.origin(carrier)?, below * count)));
        let group =
            Self { needs: needs.collect(), pairs: beyond.jewels * count, entries: start.entries };
        (group, beyond)
    }

    fn is_marked(&self, marked: &[bool]) -> bool {
        self.entries.iter().any(|&entry| is(marked, entry))
    }
}
