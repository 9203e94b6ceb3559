//! What is asked between entry points and crown jewels: work that the cheap answers do not wait
//! for.

use std::cmp::Reverse;
use std::sync::Arc;

use super::answers::Answers;
use super::jobs::{JobEnd, JobKind, Jobs};
use crate::analysis::{
    Costs, Counting, Cut, Judgement, MinimumCut, Movement, Path, judge, paths_between,
};
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// So many of the shortest paths are listed, one for each pair.
pub(super) const MOST_PATHS: usize = 1_000;

/// The dear answers, with what the tables need of them.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) judgement: Judgement,
    /// The credentials that pairs hang on, those with most pairs first, then by name.
    pub(super) choke_points: Vec<(CredentialIndex, u64)>,
    pub(super) costs: Costs,
}

impl Judged {
    fn of(answers: &Answers, progress: &Progress) -> Option<Self> {
        let graph = &answers.graph;
        let judgement = judge(graph, MOST_PATHS, progress)?;
        let pairs = judgement.choke_points.pairs.iter().copied();
        let mut choke_points: Vec<_> =
            graph.credential_indices().zip(pairs).filter(|(_, pairs)| *pairs > 0).collect();
        choke_points.sort_by_key(|&(at, pairs)| (Reverse(pairs), at));
        Some(Self { judgement, choke_points, costs: Costs::new(graph) })
    }

    /// The minimum cut, unless what may never be removed leaves none.
    pub(super) fn cut(&self) -> Option<&MinimumCut> {
        match &self.judgement.cut {
            Cut::Found(cut) => Some(cut),
            Cut::Unbreakable(_) => None,
        }
    }

    /// Whether a credential is in the minimum cut.
    pub(super) fn is_in_cut(&self, credential: CredentialIndex) -> bool {
        self.cut().is_some_and(|cut| cut.credentials.binary_search(&credential).is_ok())
    }

    /// How many connected pairs hang on a credential.
    pub(super) fn pairs_on(&self, credential: CredentialIndex) -> u64 {
        self.judgement.choke_points.pairs.get(credential.index()).copied().unwrap_or(0)
    }

    /// The same with stated access alone.
    pub(super) fn pairs_stated_on(&self, credential: CredentialIndex) -> u64 {
        self.judgement.choke_points_stated.pairs.get(credential.index()).copied().unwrap_or(0)
    }
}

/// Between which ends paths are looked for; an end that nobody picked stands for all entry points,
/// or all crown jewels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PickedEnds {
    pub(super) from: Option<InstanceIndex>,
    pub(super) to: Option<InstanceIndex>,
    /// Whether only what is stated counts.
    pub(super) stated_only: bool,
}

impl PickedEnds {
    /// Whether somebody picked an end.
    pub(super) fn any(self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}

/// The shortest paths between picked ends; none is in an instance twice.
#[derive(Debug)]
pub(super) struct FoundPaths {
    pub(super) ends: PickedEnds,
    pub(super) paths: Vec<Path>,
    /// How many were asked for: as many found means that there may be more.
    pub(super) asked: usize,
}

impl FoundPaths {
    fn of(answers: &Answers, ends: PickedEnds, asked: usize, progress: &Progress) -> Option<Self> {
        let counting = if ends.stated_only { Counting::StatedOnly } else { Counting::All };
        let movement = Movement::new(&answers.graph, counting);
        let from = ends.from.map_or_else(|| answers.ends.entry_points.clone(), |at| vec![at]);
        let to = ends.to.map_or_else(|| answers.ends.crown_jewels.clone(), |at| vec![at]);
        let paths = paths_between(&movement, &from, &to, asked, progress)?;
        Some(Self { ends, paths, asked })
    }
}

impl Jobs {
    /// Works out cuts, choke points and plan.
    pub(super) fn judge(&mut self, answers: Arc<Answers>) {
        self.start(JobKind::Judgement, move |progress| {
            Judged::of(&answers, progress)
                .map_or(JobEnd::Cancelled, |judged| JobEnd::Judged(Arc::new(judged)))
        });
    }

    /// Looks for the shortest paths between two ends.
    pub(super) fn find_paths(&mut self, answers: Arc<Answers>, ends: PickedEnds, asked: usize) {
        self.start(JobKind::Paths, move |progress| {
            FoundPaths::of(&answers, ends, asked, progress)
                .map_or(JobEnd::Cancelled, |found| JobEnd::PathsFound(Arc::new(found)))
        });
    }
}
