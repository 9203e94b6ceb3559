//! The landscape with the fixes of a plan so far, and what a further one would leave of it.

use std::collections::BTreeMap;

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::hops_before::reaching;
use crate::analysis::movement::network::{Movement, MovementCredential, is, mark, marks};
use crate::analysis::movement::overlay::Overlay;
use crate::analysis::movement::pair_losses::LossSearch;
use crate::analysis::movement::pair_network::{PairNetwork, Replacement};
use crate::analysis::movement::pair_sets::PairSets;
use crate::analysis::movement::replacement_credentials::{Replacements, stated};
use crate::analysis::questions::landscape::{Landscape, between, leads_as_far};
use crate::analysis::questions::lost::{Was, lost};
use crate::analysis::questions::minimum_cut::Cut;
use crate::analysis::questions::minimum_cut::minimum_cut;
use crate::analysis::questions::plan::question::{Limits, PlanQuestion};
use crate::analysis::questions::plan::steps::PlanStep;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::{Cost, Progress};

/// Somebody asked to stop.
#[derive(Debug)]
pub(crate) struct Cancelled;

/// The fixes so far, and what they leave.
pub(crate) struct Planning<'a> {
    pub(crate) question: PlanQuestion<'a>,
    pub(crate) progress: &'a Progress,
    /// The whole movement with the fixes so far: what is lost may be provided by anything.
    now: Overlay<'a>,
    /// What of it lies between the ends, and the ends that are left.
    pub(crate) near: Movement,
    pub(crate) ends: Ends,
    /// How many pairs are connected.
    pub(crate) pairs: u64,
    /// What reaches which crown jewels, where there is room for it.
    pub(crate) sets: Option<PairSets>,
    pub(crate) limits: Limits,
    /// How many pairs fall apart without a credential, where that was worked out one by one and no
    /// fix since could have changed it.
    pub(crate) gains: BTreeMap<CredentialIndex, u64>,
    /// How many it was when that was last worked out, whatever was fixed since.
    pub(crate) earlier: BTreeMap<CredentialIndex, u64>,
    /// How many pairs a fix of a credential closes that leaves something of it, where no fix since
    /// could have changed it.
    pub(crate) closed: BTreeMap<(CredentialIndex, FixKind), u64>,
    /// What a fix of a credential loses, where no fix since could have changed it.
    lost: BTreeMap<CredentialIndex, [u64; FixKind::ALL.len()]>,
    /// The fixes so far, by credential.
    pub(crate) fixes: BTreeMap<CredentialIndex, Vec<Fix>>,
    /// What is left of the last minimum cut. When one of its members goes, the others are the
    /// minimum cut that remains, and the nearest the entry points.
    pub(crate) cut: Vec<CredentialIndex>,
    pub(crate) cut_cost: u64,
    /// How many edges were gone through so far, by estimate: time must not decide.
    pub(crate) spent: usize,
    /// How many steps were made.
    pub(crate) steps: usize,
    /// Whether the budget ended before a further step was found.
    pub(crate) ran_out: bool,
    /// Whether some step was chosen before everything that could have been better was tried.
    pub(crate) estimated: bool,
}

impl<'a> Planning<'a> {
    /// With some fixes in force; `None` when cancelled.
    pub(crate) fn new(
        question: PlanQuestion<'a>,
        landscape: &Landscape<'a>,
        chosen: &[Fix],
        limits: Limits,
    ) -> Option<Self> {
        let progress = landscape.progress;
        let mut now = Overlay::new(question.movement);
        let mut fixes: BTreeMap<CredentialIndex, Vec<Fix>> = BTreeMap::new();
        for fix in chosen {
            fixes.entry(fix.credential).or_default().push(fix.clone());
        }
        let mut carriers = Vec::new();
        for (&credential, fixes) in &fixes {
            let made = landscape.carriers(fixes);
            now.replace(credential, &made);
            carriers.extend(counted(question, made));
        }
        let (near, ends) = landscape.side(question.counting);
        let (near, ends) = if fixes.is_empty() {
            (near.clone(), ends.clone())
        } else {
            let after = near.replaced(fixes.keys().copied(), &carriers);
            between(&after, ends)
        };
        let mut planning = Self {
            question,
            progress,
            now,
            near,
            ends,
            pairs: 0,
            sets: None,
            limits,
            gains: BTreeMap::new(),
            earlier: BTreeMap::new(),
            closed: BTreeMap::new(),
            lost: BTreeMap::new(),
            fixes,
            cut: Vec::new(),
            cut_cost: 0,
            spent: 0,
            steps: 0,
            ran_out: false,
            estimated: false,
        };
        planning.pairs = planning.pairs_with(None)?;
        planning.find_sets();
        Some(planning)
    }

    fn find_sets(&mut self) {
        let network = PairNetwork::whole(&self.near, &self.ends);
        let (jewels, most) = (&self.ends.crown_jewels, self.limits.for_sets);
        self.sets = PairSets::new(network, jewels, most, self.sets.take());
        self.spend(self.sets.as_ref().map_or(0, PairSets::work));
    }

    pub(crate) fn spend(&mut self, more: usize) {
        self.spent = self.spent.saturating_add(more);
    }

    /// What a credential costs; `None` if it may never be removed.
    pub(crate) fn units(&self, credential: CredentialIndex) -> Option<u64> {
        match self.question.costs.of(credential) {
            Cost::Units(units) => Some(u64::from(units.get())),
            Cost::Never => None,
        }
    }

    /// What a further fix makes of a credential.
    fn made_by(&self, fix: &Fix) -> Vec<MovementCredential> {
        let mut fixes = self.fixes.get(&fix.credential).cloned().unwrap_or_default();
        fixes.push(fix.clone());
        let PlanQuestion { graph, movement, .. } = self.question;
        Replacements::after(graph, movement, &fixes).carriers().0
    }

    /// The same, as far as it counts for the pairs.
    pub(crate) fn carriers(&self, fix: &Fix) -> Vec<MovementCredential> {
        counted(self.question, self.made_by(fix))
    }

    /// How many accesses each kind of fix of a credential loses, in the order of kinds.
    pub(crate) fn lost_by(&mut self, credential: CredentialIndex) -> [u64; FixKind::ALL.len()] {
        if let Some(known) = self.lost.get(&credential) {
            return *known;
        }
        let was = was_of(&self.now, credential);
        let size: usize = was.iter().map(|was| was.holders.len() + was.grants.len()).sum();
        self.spend(size * FixKind::ALL.len());
        let lost = FixKind::ALL.map(|kind| {
            let carriers = self.made_by(&Fix::new(credential, kind));
            lost_with(&mut self.now, credential, &was, &carriers)
        });
        self.lost.insert(credential, lost);
        lost
    }

    /// The pairs that are connected now, or with other carriers in a credential's place. `None`
    /// when cancelled.
    pub(crate) fn pairs_with(
        &self,
        with: Option<(CredentialIndex, &[MovementCredential])>,
    ) -> Option<u64> {
        let gone = self.near.origin_marks(with.iter().map(|with| with.0));
        let carriers = with.into_iter().flat_map(|with| with.1).collect();
        let with = Replacement { gone: &gone, carriers };
        PairNetwork::folded(&self.near, &self.ends, &with).pairs(self.progress)
    }

    /// About how many edges it takes to count the pairs once.
    pub(crate) fn work_of_count(&self) -> usize {
        self.near.edges().saturating_mul(2 + self.ends.crown_jewels.len() / 512)
    }

    /// The pairs that are left with other carriers in a credential's place.
    pub(crate) fn left_after(
        &mut self,
        credential: CredentialIndex,
        carriers: &[MovementCredential],
    ) -> Result<u64, Cancelled> {
        if let Some(sets) = &self.sets {
            let (lost, work) = LossSearch::new(sets).lost(credential, carriers);
            self.spend(work);
            return Ok(self.pairs - lost);
        }
        self.spend(self.work_of_count());
        self.pairs_with(Some((credential, carriers))).ok_or(Cancelled)
    }

    /// Makes a step, and forgets what no longer lies between.
    pub(crate) fn make(&mut self, step: &PlanStep) {
        let fix = &step.fix;
        let made = self.made_by(fix);
        let was_alone = self.near.is_alone(fix.credential);
        self.forget(fix.credential);
        self.now.replace(fix.credential, &made);
        let carriers = counted(self.question, made);
        let after = self.near.replaced(std::iter::once(fix.credential), &carriers);
        (self.near, self.ends) = between(&after, &self.ends);
        self.pairs = step.pairs.1;
        self.spend(4 * self.near.edges());
        let before = self.cut.len();
        self.cut.retain(|&at| at != fix.credential);
        if leads_nowhere(&carriers) && was_alone && self.cut.len() < before {
            self.cut_cost -= self.units(fix.credential).unwrap_or_default();
        } else {
            self.cut.clear();
        }
        self.fixes.entry(fix.credential).or_default().push(fix.clone());
        self.steps += 1;
        self.find_sets();
    }

    /// Forgets what a fix of a credential can change: the losses of all that its holders hold, and
    /// the gains and what fixes close of all that shares a pair with it, an entry point that comes by both and, where that
    /// is known, a crown jewel that both lead to.
    fn forget(&mut self, credential: CredentialIndex) {
        self.lost.remove(&credential);
        let carriers =
            if self.lost.is_empty() { Vec::new() } else { self.now.of_origin(credential) };
        for at in carriers {
            for &holder in self.now.holders(at) {
                for held in self.now.held(holder) {
                    if let Some(origin) = self.now.origin(held) {
                        self.lost.remove(&origin);
                    }
                }
            }
        }
        if self.gains.is_empty() {
            return;
        }
        let reaching = reaching(&self.near, credential);
        let behind = self.ends.entry_points.iter().copied().filter(|at| is(&reaching, at.0));
        let reached = reached_from(&self.near, behind.collect());
        let jewels = self.sets.as_ref().map(|sets| (sets, sets.jewels_of(credential)));
        let shares = |at: CredentialIndex| {
            let leads = jewels.as_ref().is_none_or(|(sets, jewels)| sets.reaches_any(at, jewels));
            is(&reached, at.0) && leads
        };
        self.earlier.extend(&self.gains);
        self.gains.retain(|at, _| !shares(*at));
        // What a part of a credential closes is among what all of it closes.
        self.closed.retain(|(at, _), _| self.gains.contains_key(at));
    }

    /// Whether a fix leads every holder of its credential as far as that does now.
    pub(crate) fn changes_nothing(&self, fix: &Fix) -> bool {
        leads_as_far(&was_of(&self.now, fix.credential), &self.made_by(fix))
    }

    /// The minimum cut now, or with other carriers in a credential's place.
    pub(crate) fn cut_of(
        &mut self,
        with: Option<(CredentialIndex, &[MovementCredential])>,
    ) -> Result<Cut, Cancelled> {
        self.spend(4 * self.near.edges());
        let replaced = with.map(|(credential, carriers)| {
            self.near.replaced(std::iter::once(credential), carriers)
        });
        let movement = replaced.as_ref().unwrap_or(&self.near);
        let costs = self.question.costs;
        minimum_cut(movement, &self.ends, costs, self.progress).ok_or(Cancelled)
    }
}

/// What was made of a credential, as far as it counts for the pairs of a plan.
fn counted(question: PlanQuestion<'_>, made: Vec<MovementCredential>) -> Vec<MovementCredential> {
    match question.counting {
        Counting::All => made,
        Counting::StatedOnly => stated(question.graph, &made),
    }
}

/// Whether nobody gets anywhere with carriers, as when the credential were gone.
pub(crate) fn leads_nowhere(carriers: &[MovementCredential]) -> bool {
    carriers.iter().all(|of| of.holders.is_empty() || of.grants.is_empty())
}

/// The credentials of the graph that an attacker comes by from some instances.
fn reached_from(near: &Movement, from: Vec<InstanceIndex>) -> Vec<bool> {
    let mut seen = marks(near.instances, &from);
    let mut used = vec![false; near.credentials()];
    let mut open = from;
    while let Some(at) = open.pop() {
        for &credential in near.held.of(at.index()) {
            if !mark(&mut used, credential) {
                continue;
            }
            for grant in near.grants.of(credential as usize) {
                if grant.pivots && mark(&mut seen, grant.instance) {
                    open.push(InstanceIndex(grant.instance));
                }
            }
        }
    }
    let used = near.origins.iter().zip(used).filter(|(_, used)| *used);
    near.origin_marks(used.map(|(&origin, _)| origin))
}

/// What a credential leads to now.
pub(crate) fn was_of(now: &Overlay<'_>, credential: CredentialIndex) -> Vec<Was> {
    let was = now
        .of_origin(credential)
        .into_iter()
        .map(|at| Was { holders: now.holders(at).to_vec(), grants: now.grants(at).to_vec() });
    was.collect()
}

/// How many accesses are lost with other carriers in a credential's place.
pub(crate) fn lost_with(
    now: &mut Overlay<'_>,
    credential: CredentialIndex,
    was: &[Was],
    carriers: &[MovementCredential],
) -> u64 {
    let replaced = now.replace(credential, carriers);
    let lost = lost(was, now, 0).count;
    now.undo(replaced);
    lost
}
