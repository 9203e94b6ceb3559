//! What lies between the ends before any fix, and how many pairs stay connected with some.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::network::{Movement, MovementCredential, is, mark};
use crate::analysis::movement::pair_network::{PairNetwork, Replacement};
use crate::analysis::movement::pair_sets::PairSets;
use crate::analysis::movement::replacement_credentials::{Replacements, stated};
use crate::analysis::questions::lost::Was;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// What credentials have become, by credential of the graph.
pub(crate) type Made<'m> = BTreeMap<CredentialIndex, &'m [MovementCredential]>;

/// A movement between its ends, before any fix.
pub(crate) struct Landscape<'a> {
    pub(crate) graph: &'a AccessGraph,
    pub(crate) movement: &'a Movement,
    pub(crate) progress: &'a Progress,
    pub(crate) near: Movement,
    pub(crate) ends: Ends,
    /// The same with stated access alone, where that is something else.
    pub(crate) stated: Option<(Movement, Ends)>,
}

impl<'a> Landscape<'a> {
    /// Costs time in proportion to the edges.
    pub(crate) fn new(
        graph: &'a AccessGraph,
        movement: &'a Movement,
        ends: &Ends,
        progress: &'a Progress,
    ) -> Self {
        let of_stated = || {
            graph.assumes().then(|| {
                let movement = Movement::new(graph, Counting::StatedOnly);
                between(&movement, ends)
            })
        };
        let ((near, ends), stated) = rayon::join(|| between(movement, ends), of_stated);
        Self { graph, movement, progress, near, ends, stated }
    }

    /// Whether stated access is something else than all of it.
    pub(crate) fn assumes(&self) -> bool {
        self.stated.is_some()
    }

    /// What some fixes, all of one credential, make of it.
    pub(crate) fn carriers(&self, fixes: &[Fix]) -> Vec<MovementCredential> {
        Replacements::after(self.graph, self.movement, fixes).carriers().0
    }

    /// What each fix makes of its credential, after those of the same before it.
    pub(crate) fn made_by_each(&self, fixes: &[Fix]) -> Vec<Vec<MovementCredential>> {
        let mut so_far: BTreeMap<CredentialIndex, Vec<Fix>> = BTreeMap::new();
        let made = fixes.iter().map(|fix| {
            let of_same = so_far.entry(fix.credential).or_default();
            of_same.push(fix.clone());
            self.carriers(of_same)
        });
        made.collect()
    }

    /// What some fixes, all of one credential, leave of it between the ends; without any, what it is.
    pub(crate) fn carriers_or_own(
        &self,
        counting: Counting,
        credential: CredentialIndex,
        fixes: &[Fix],
    ) -> Vec<MovementCredential> {
        if !fixes.is_empty() {
            let made = self.carriers(fixes);
            return match counting {
                Counting::All => made,
                Counting::StatedOnly => stated(self.graph, &made),
            };
        }
        let (near, _) = self.side(counting);
        let own = near.of_origin(credential).map(|at| MovementCredential {
            origin: credential,
            holders: near.holders.of(at as usize).to_vec(),
            grants: near.grants.of(at as usize).to_vec(),
            bound: near.is_bound(at),
        });
        own.collect()
    }

    /// What lies between the ends, and the ends that are left, as far as it counts.
    pub(crate) fn side(&self, counting: Counting) -> (&Movement, &Ends) {
        match (&self.stated, counting) {
            (Some((near, ends)), Counting::StatedOnly) => (near, ends),
            _ => (&self.near, &self.ends),
        }
    }

    /// What the credentials have become, as far as it counts.
    fn counted(&self, counting: Counting, made: &Made<'_>) -> Vec<MovementCredential> {
        let made = made.values().copied();
        match (&self.stated, counting) {
            (Some(_), Counting::StatedOnly) => {
                made.flat_map(|made| stated(self.graph, made)).collect()
            }
            _ => made.flatten().cloned().collect(),
        }
    }

    /// What reaches which crown jewels with some fixes; `None` where the sets need more than
    /// `most_words`.
    pub(crate) fn sets(
        &self,
        counting: Counting,
        made: &Made<'_>,
        most_words: usize,
    ) -> Option<PairSets> {
        let (near, ends) = self.side(counting);
        let gone = near.origin_marks(made.keys().copied());
        let carriers = self.counted(counting, made);
        let with = Replacement { gone: &gone, carriers: carriers.iter().collect() };
        let network = PairNetwork::refitted(near, ends, &with);
        PairSets::new(network, &ends.crown_jewels, most_words, None)
    }

    /// How many pairs stay connected; `None` when cancelled.
    pub(crate) fn pairs(&self, counting: Counting, made: &Made<'_>) -> Option<u64> {
        let (near, ends) = self.side(counting);
        let gone = near.origin_marks(made.keys().copied());
        let carriers = self.counted(counting, made);
        let with = Replacement { gone: &gone, carriers: carriers.iter().collect() };
        PairNetwork::folded(near, ends, &with).pairs(self.progress)
    }
}

/// What of a movement lies between the ends, and the ends that anything leads from or to.
pub(crate) fn between(movement: &Movement, ends: &Ends) -> (Movement, Ends) {
    let near = movement.between(&ends.entry_points, &ends.crown_jewels);
    let mut granted = vec![false; near.instances];
    for grant in (0..near.credentials()).flat_map(|at| near.grants.of(at)) {
        mark(&mut granted, grant.instance);
    }
    let holds = |at: &&InstanceIndex| !near.held.of(at.index()).is_empty();
    let ends = Ends {
        entry_points: ends.entry_points.iter().filter(holds).copied().collect(),
        crown_jewels: ends.crown_jewels.iter().filter(|at| is(&granted, at.0)).copied().collect(),
        ..Ends::default()
    };
    (near, ends)
}

/// How many grants are compared before it is taken that something changed.
const MOST_COMPARED: usize = 100_000;

/// Whether every holder still gets, from carriers, wherever a credential led before. What takes long
/// to compare counts as changed.
pub(crate) fn leads_as_far(was: &[Was], carriers: &[MovementCredential]) -> bool {
    let mut held: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, carrier) in carriers.iter().enumerate() {
        for &holder in &carrier.holders {
            held.entry(holder).or_default().push(at);
        }
    }
    let (mut known, mut compared) = (BTreeSet::new(), 0);
    for (of, was) in was.iter().enumerate() {
        for holder in &was.holders {
            let held = held.get(holder).map_or(&[] as &[usize], Vec::as_slice);
            if !known.insert((of, held)) {
                continue;
            }
            for grant in &was.grants {
                let has = |at: &usize| {
                    let grants = carriers.get(*at).map_or(&[] as &[_], |carrier| &carrier.grants);
                    let found = grants.binary_search_by_key(&grant.instance, |to| to.instance);
                    found.ok().and_then(|at| grants.get(at)).is_some_and(|to| to == grant)
                };
                compared += held.len();
                if compared > MOST_COMPARED || !held.iter().any(has) {
                    return false;
                }
            }
        }
    }
    true
}
