//! The pass that drops or softens steps of a plan that later ones made needless, and the figures of
//! what is left.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::overlay::Overlay;
use crate::analysis::movement::pair_growth::grown;
use crate::analysis::movement::pair_sets::PairSets;
use crate::analysis::questions::landscape::{Landscape, Made, leads_as_far};
use crate::analysis::questions::minimum_cut::Costs;
use crate::analysis::questions::plan::state::{lost_with, was_of};
use crate::analysis::questions::plan::steps::PlanStep;
use crate::graph::CredentialIndex;
use crate::inventory::Cost;

/// Goes through the fixes of a plan from the last to the first: each is dropped, or takes the kind
/// that loses fewest accesses, if the pairs that are left at the end do not grow. `None` when
/// cancelled.
pub(crate) fn tidied(
    landscape: &Landscape<'_>,
    chosen: &[Fix],
    pairs: u64,
    most_words: usize,
) -> Option<Vec<Fix>> {
    let mut before = Overlay::new(landscape.movement);
    let replaced: Vec<_> = chosen
        .iter()
        .zip(made_by_each(landscape, chosen))
        .map(|(fix, made)| before.replace(fix.credential, &made))
        .collect();
    let fixes = chosen.to_vec();
    let mut tidying = Tidying { landscape, fixes, left: pairs, most_words, base: None };
    tidying.base = tidying.find_base();
    for (at, replaced) in replaced.into_iter().enumerate().rev() {
        before.undo(replaced);
        tidying.soften(at, &mut before)?;
    }
    Some(tidying.fixes)
}

struct Tidying<'l, 'a> {
    landscape: &'l Landscape<'a>,
    fixes: Vec<Fix>,
    /// The pairs that are left after all of them.
    left: u64,
    most_words: usize,
    /// `None` where it would take too much room.
    base: Option<Base>,
}

/// What reaches which crown jewels with the fixes at some time, and what came back since: it
/// connects no pair more.
struct Base {
    sets: PairSets,
    came_back: Vec<MovementCredential>,
}

impl Base {
    /// How many holders and grants may come back before the sets are found anew.
    const MOST_BACK: usize = 2_000;

    fn is_full(&self) -> bool {
        let links = self.came_back.iter().map(|of| of.holders.len() + of.grants.len());
        links.sum::<usize>() > Self::MOST_BACK
    }
}

impl Tidying<'_, '_> {
    /// Drops a fix or changes its kind; `before` has those before it in force.
    fn soften(&mut self, at: usize, before: &mut Overlay<'_>) -> Option<()> {
        let Some(own) = self.fixes.get(at).cloned() else { return Some(()) };
        let of_same = |fix: &&Fix| fix.credential == own.credential;
        let earlier: Vec<Fix> = self.fixes.iter().take(at).filter(of_same).cloned().collect();
        let later: Vec<Fix> = self.fixes.iter().skip(at + 1).filter(of_same).cloned().collect();
        let without = [earlier.clone(), later.clone()].concat();
        let left = self.left_with(own.credential, &without)?;
        if left <= self.left {
            let was_revoked = self.is_revoked(own.credential);
            self.left = left;
            self.fixes.remove(at);
            self.settle(own.credential, was_revoked);
            return Some(());
        }
        let was = was_of(before, own.credential);
        let mut kinds = Vec::new();
        for kind in FixKind::ALL {
            let mut with = earlier.clone();
            with.push(Fix::new(own.credential, kind));
            let carriers = self.landscape.carriers(&with);
            let lost = lost_with(before, own.credential, &was, &carriers);
            // What changes nothing leaves as much as dropping it.
            let is_idle = later.is_empty() && leads_as_far(&was, &carriers);
            kinds.push((lost, kind, is_idle));
        }
        kinds.sort_by_key(|(lost, ..)| *lost);
        let gentler = kinds.into_iter().take_while(|(_, kind, _)| *kind != own.kind);
        for (_, kind, _) in gentler.filter(|(.., is_idle)| !is_idle) {
            let with = Fix::new(own.credential, kind);
            let all = [earlier.as_slice(), std::slice::from_ref(&with), later.as_slice()].concat();
            let left = self.left_with(own.credential, &all)?;
            if left <= self.left {
                let was_revoked = self.is_revoked(own.credential);
                self.left = left;
                if let Some(slot) = self.fixes.get_mut(at) {
                    *slot = with;
                }
                self.settle(own.credential, was_revoked);
                return Some(());
            }
        }
        Some(())
    }

    /// The pairs that are left at the end if these were the fixes of one credential.
    fn left_with(&self, credential: CredentialIndex, fixes: &[Fix]) -> Option<u64> {
        if let Some(base) = self.base.as_ref().filter(|_| self.is_revoked(credential)) {
            let mut carriers = base.came_back.clone();
            carriers.extend(self.landscape.carriers_or_own(credential, fixes));
            return Some(self.left + grown(&base.sets, &carriers));
        }
        let mut by_credential = self.by_credential();
        by_credential.remove(&credential);
        if !fixes.is_empty() {
            by_credential.insert(credential, fixes.to_vec());
        }
        let made = self.made(&by_credential);
        let made: Made<'_> = made.iter().map(|(&at, made)| (at, made.as_slice())).collect();
        self.landscape.pairs(&made)
    }

    /// Whether nothing is left of a credential, so that any other fix only brings some of it back.
    fn is_revoked(&self, credential: CredentialIndex) -> bool {
        let fixes = self.fixes.iter().filter(|fix| fix.credential == credential);
        let fixes: Vec<Fix> = fixes.cloned().collect();
        !fixes.is_empty() && self.landscape.carriers(&fixes).is_empty()
    }

    fn by_credential(&self) -> BTreeMap<CredentialIndex, Vec<Fix>> {
        let mut by_credential: BTreeMap<CredentialIndex, Vec<Fix>> = BTreeMap::new();
        for fix in &self.fixes {
            by_credential.entry(fix.credential).or_default().push(fix.clone());
        }
        by_credential
    }

    fn made(
        &self,
        by_credential: &BTreeMap<CredentialIndex, Vec<Fix>>,
    ) -> BTreeMap<CredentialIndex, Vec<MovementCredential>> {
        let of = |(&at, fixes): (&CredentialIndex, &Vec<Fix>)| (at, self.landscape.carriers(fixes));
        by_credential.iter().map(of).collect()
    }

    fn find_base(&self) -> Option<Base> {
        let made = self.made(&self.by_credential());
        let made: Made<'_> = made.iter().map(|(&at, made)| (at, made.as_slice())).collect();
        let sets = self.landscape.sets(&made, self.most_words)?;
        Some(Base { sets, came_back: Vec::new() })
    }

    /// Takes note of what became of a credential that was revoked, or of any.
    fn settle(&mut self, credential: CredentialIndex, was_revoked: bool) {
        let of_same = self.fixes.iter().filter(|fix| fix.credential == credential);
        let of_same: Vec<Fix> = of_same.cloned().collect();
        let back = self.landscape.carriers_or_own(credential, &of_same);
        let Some(base) = &mut self.base else { return };
        base.came_back.extend(back);
        if !was_revoked || base.is_full() {
            self.base = self.find_base();
        }
    }
}

/// What each fix makes of its credential, after those of the same before it.
fn made_by_each(landscape: &Landscape<'_>, fixes: &[Fix]) -> Vec<Vec<MovementCredential>> {
    let mut so_far: BTreeMap<CredentialIndex, Vec<Fix>> = BTreeMap::new();
    let made = fixes.iter().map(|fix| {
        let of_same = so_far.entry(fix.credential).or_default();
        of_same.push(fix.clone());
        landscape.carriers(of_same)
    });
    made.collect()
}

/// The steps of a plan with their figures, each with those before it in force; `None` when
/// cancelled. The figures of all access may be `known`.
pub(crate) fn figures(
    landscape: &Landscape<'_>,
    costs: &Costs,
    fixes: &[Fix],
    known: Option<Vec<PlanStep>>,
) -> Option<Vec<PlanStep>> {
    let made = made_by_each(landscape, fixes);
    let first = |count: usize| -> Made<'_> {
        let made = fixes.iter().zip(&made).take(count);
        made.map(|(fix, made)| (fix.credential, made.as_slice())).collect()
    };
    let all = 0..=fixes.len();
    let stated: Option<Vec<u64>> = if landscape.assumes() {
        let count = |count| landscape.pairs_stated(&first(count));
        Some(all.clone().into_par_iter().map(count).collect::<Option<_>>()?)
    } else {
        None
    };
    let mut steps = if let Some(known) = known {
        known
    } else {
        let count = |count| landscape.pairs(&first(count));
        let pairs: Vec<u64> = all.into_par_iter().map(count).collect::<Option<_>>()?;
        with_losses(landscape, fixes, &made, &pairs)
    };
    for (at, step) in steps.iter_mut().enumerate() {
        let of = |at: usize| stated.as_ref().and_then(|stated| stated.get(at).copied());
        step.pairs_stated = of(at).zip(of(at + 1)).unwrap_or(step.pairs);
        step.cost = match costs.of(step.fix.credential) {
            Cost::Units(units) => u64::from(units.get()),
            Cost::Never => 0,
        };
    }
    Some(steps)
}

fn with_losses(
    landscape: &Landscape<'_>,
    fixes: &[Fix],
    made: &[Vec<MovementCredential>],
    pairs: &[u64],
) -> Vec<PlanStep> {
    let mut now = Overlay::new(landscape.movement);
    let steps = fixes.iter().zip(made).zip(pairs.windows(2)).map(|((fix, made), pairs)| {
        let was = was_of(&now, fix.credential);
        let lost = lost_with(&mut now, fix.credential, &was, made);
        now.replace(fix.credential, made);
        let pairs = match pairs {
            &[before, after] => (before, after),
            _ => (0, 0),
        };
        PlanStep { fix: fix.clone(), cost: 0, pairs, pairs_stated: pairs, lost }
    });
    steps.collect()
}
