//! The pass that drops or softens steps of a plan that later ones made needless.

use std::collections::BTreeMap;

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::overlay::Overlay;
use crate::analysis::questions::landscape::{Landscape, Made, leads_as_far};
use crate::analysis::questions::plan::brought_back::BroughtBack;
use crate::analysis::questions::plan::state::{lost_with, was_of};
use crate::graph::CredentialIndex;

/// Goes through the fixes of a plan from the last to the first: each is dropped, or takes the kind
/// that loses fewest accesses, if the pairs that are left at the end do not grow. `None` when
/// cancelled.
pub(crate) fn tidied(
    landscape: &Landscape<'_>,
    chosen: &[Fix],
    goal: Goal,
    most_words: usize,
) -> Option<Vec<Fix>> {
    let mut before = Overlay::new(landscape.movement);
    let replaced: Vec<_> = chosen
        .iter()
        .zip(landscape.made_by_each(chosen))
        .map(|(fix, made)| before.replace(fix.credential, &made))
        .collect();
    let fixes = chosen.to_vec();
    let Goal { counting, pairs } = goal;
    let mut tidying = Tidying { landscape, counting, fixes, left: pairs, most_words, base: None };
    tidying.base = tidying.find_base();
    for (at, replaced) in replaced.into_iter().enumerate().rev() {
        before.undo(replaced);
        tidying.soften(at, &mut before)?;
    }
    Some(tidying.fixes)
}

/// What must not grow: the pairs that are left at the end.
#[derive(Clone, Copy)]
pub(crate) struct Goal {
    /// Which pairs count.
    pub(crate) counting: Counting,
    /// How many are left.
    pub(crate) pairs: u64,
}

struct Tidying<'l, 'a> {
    landscape: &'l Landscape<'a>,
    counting: Counting,
    fixes: Vec<Fix>,
    /// The pairs that are left after all of them.
    left: u64,
    most_words: usize,
    /// What is connected with all of them, and what came back since and connects no pair more. `None`
    /// where it would take too much room.
    base: Option<BroughtBack>,
}

impl Tidying<'_, '_> {
    /// Drops a fix or changes its kind; `before` has those before it in force.
    fn soften(&mut self, at: usize, before: &mut Overlay<'_>) -> Option<()> {
        let Some(own) = self.fixes.get(at).cloned() else { return Some(()) };
        let of_same = |fix: &&Fix| fix.credential == own.credential;
        let earlier: Vec<Fix> = self.fixes.iter().take(at).filter(of_same).cloned().collect();
        let later: Vec<Fix> = self.fixes.iter().skip(at + 1).filter(of_same).cloned().collect();
        let without = [earlier.clone(), later.clone()].concat();
        // A fix takes away alone, so that without it what was there only comes back.
        let left = self.left_with(own.credential, &without, true)?;
        if left <= self.left {
            self.left = left;
            self.fixes.remove(at);
            self.settle(own.credential, true);
            return Some(());
        }
        let is_revoked = self.is_revoked(own.credential);
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
            let left = self.left_with(own.credential, &all, is_revoked)?;
            if left <= self.left {
                self.left = left;
                if let Some(slot) = self.fixes.get_mut(at) {
                    *slot = with;
                }
                self.settle(own.credential, is_revoked);
                return Some(());
            }
        }
        Some(())
    }

    /// The pairs that are left at the end if these were the fixes of one credential, which may only
    /// bring some of it back.
    fn left_with(
        &self,
        credential: CredentialIndex,
        fixes: &[Fix],
        brings_back: bool,
    ) -> Option<u64> {
        if let Some(base) = self.base.as_ref().filter(|_| brings_back) {
            let back = self.landscape.carriers_or_own(self.counting, credential, fixes);
            return Some(self.left + base.grown_with(&back));
        }
        let mut by_credential = self.by_credential();
        by_credential.remove(&credential);
        if !fixes.is_empty() {
            by_credential.insert(credential, fixes.to_vec());
        }
        let made = self.made(&by_credential);
        let made: Made<'_> = made.iter().map(|(&at, made)| (at, made.as_slice())).collect();
        self.landscape.pairs(self.counting, &made)
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

    fn find_base(&self) -> Option<BroughtBack> {
        let made = self.made(&self.by_credential());
        let made: Made<'_> = made.iter().map(|(&at, made)| (at, made.as_slice())).collect();
        self.landscape.sets(self.counting, &made, self.most_words).map(BroughtBack::new)
    }

    /// Takes note of what became of a credential, of which some may only have come back.
    fn settle(&mut self, credential: CredentialIndex, came_back: bool) {
        let of_same = self.fixes.iter().filter(|fix| fix.credential == credential);
        let of_same: Vec<Fix> = of_same.cloned().collect();
        let back = self.landscape.carriers_or_own(self.counting, credential, &of_same);
        let Some(base) = &mut self.base else { return };
        base.keep(&back);
        if !came_back || base.is_full() {
            self.base = self.find_base();
        }
    }
}
