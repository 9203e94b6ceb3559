//! What would be if some fixes were made: an unchanged graph, a list of fixes, and the movement
//! that is left, with what it brings and what it breaks.

use std::collections::BTreeMap;

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::network::{Movement, MovementCredential, is};
use crate::analysis::movement::overlay::Overlay;
use crate::analysis::movement::reach::reach_from;
use crate::analysis::movement::replacement_credentials::{Leak, Replacements, stated};
use crate::analysis::questions::exposure::connected_pairs;
use crate::analysis::questions::findings::Subject;
use crate::analysis::questions::findings::rule::Rule;
use crate::analysis::questions::findings_after::{Compared, compare};
use crate::analysis::questions::lost::{Lost, MOST_NAMED, Was, lost};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// How far something reaches before and after fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RadiusChange {
    /// What is reached from.
    pub subject: Subject,
    /// How many instances it reaches before.
    pub before: u32,
    /// How many it reaches after.
    pub after: u32,
}

/// Access of an instance to another that nothing provides any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LostAccess {
    /// The instance that holds a credential.
    pub holder: InstanceIndex,
    /// The instance that it grants.
    pub target: InstanceIndex,
    /// Whether it rested on assumed access.
    pub assumed: bool,
}

/// Before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Connected pairs of entry point and crown jewel without the fixes, and with them.
    pub connected_pairs: (u64, u64),
    /// The same with stated access alone.
    pub connected_pairs_stated: (u64, u64),
    /// How many direct accesses through one credential are lost.
    pub lost: u64,
    /// The first hundred of them by name.
    pub lost_named: Vec<LostAccess>,
    /// How many findings are gone, and the first hundred of them, the worst first. What splits
    /// make of a credential stands for it: its finding stays while one of them breaks the rule.
    pub findings_gone: (u64, Vec<(Rule, Subject)>),
    /// How many are new, and the first hundred of them.
    pub findings_new: (u64, Vec<(Rule, Subject)>),
    /// For each subject that was asked about how many instances fall with it before and after.
    /// Of several secrets that a fix made of a credential it is the one that reaches farthest;
    /// none for one that is gone, and none for an identity, which cannot leak.
    pub radii: Vec<RadiusChange>,
}

/// What is left after some fixes of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AfterFix {
    /// Connected pairs of entry point and crown jewel.
    pub connected_pairs: u64,
    /// The same with stated access alone.
    pub connected_pairs_stated: u64,
    /// How many direct accesses are lost so far.
    pub lost: u64,
}

/// Tells what a list of fixes brings and breaks; `None` when cancelled.
///
/// What a fix makes of a credential is decided on all access; what is stated alone is what is left
/// of that when the rest is taken away, so that neither exposure is ever raised. Costs twice what
/// exposure, all blast radii and all findings cost; without `subjects` no radii.
pub fn what_if(
    graph: &AccessGraph,
    ends: &Ends,
    fixes: &[Fix],
    subjects: &[Subject],
    progress: &Progress,
) -> Option<WhatIf> {
    let both = [Counting::All, Counting::StatedOnly];
    let [before, before_stated] = both.map(|counting| Movement::new(graph, counting));
    let refit = Replacements::after(graph, &before, fixes);
    let (carriers, leaks) = refit.carriers();
    let touched = || refit.pieces.keys().copied();
    let after = before.replaced(touched(), &carriers);
    let after_stated = before_stated.replaced(touched(), &stated(graph, &carriers));
    let pairs = |movement| connected_pairs(movement, ends, progress);
    let lost = lost_of(&refit, &before, &carriers, MOST_NAMED);
    let provides = |holder: InstanceIndex, target: InstanceIndex| {
        let held = before_stated.held.of(holder.index()).iter();
        held.copied().any(|at| {
            crate::analysis::questions::paths::grant_of(&before_stated, at, target.0).is_some()
        })
    };
    let named = lost.named.into_iter().map(|(holder, target)| LostAccess {
        holder,
        target,
        assumed: !provides(holder, target),
    });
    let Compared { gone, new } = compare(graph, &refit, &carriers, fixes);
    Some(WhatIf {
        connected_pairs: (pairs(&before)?, pairs(&after)?),
        connected_pairs_stated: (pairs(&before_stated)?, pairs(&after_stated)?),
        lost: lost.count,
        lost_named: named.collect(),
        findings_gone: gone,
        findings_new: new,
        radii: radii((&before, &after), &leaks, subjects, progress)?,
    })
}

/// What is left after the first fix of a list, after the first two, and so on: one entry for each
/// fix. `None` when cancelled.
///
/// Costs two exposures for each fix.
pub fn what_if_each(
    graph: &AccessGraph,
    ends: &Ends,
    fixes: &[Fix],
    progress: &Progress,
) -> Option<Vec<AfterFix>> {
    let both = [Counting::All, Counting::StatedOnly];
    let [before, before_stated] = both.map(|counting| Movement::new(graph, counting));
    let mut refit = Replacements::new(graph, &before);
    let mut states = Vec::with_capacity(fixes.len());
    for fix in fixes {
        refit.apply(fix);
        let (carriers, _) = refit.carriers();
        let touched = || refit.pieces.keys().copied();
        let after = before.replaced(touched(), &carriers);
        let after_stated = before_stated.replaced(touched(), &stated(graph, &carriers));
        states.push(AfterFix {
            connected_pairs: connected_pairs(&after, ends, progress)?,
            connected_pairs_stated: connected_pairs(&after_stated, ends, progress)?,
            lost: lost_of(&refit, &before, &carriers, 0).count,
        });
    }
    Some(states)
}

/// What is lost between a movement and that with carriers in the place of what fixes touch.
fn lost_of(
    refit: &Replacements<'_>,
    before: &Movement,
    carriers: &[MovementCredential],
    most: usize,
) -> Lost {
    let mut after = Overlay::new(before);
    let mut was = Vec::new();
    for &origin in refit.pieces.keys() {
        was.extend(before.of_origin(origin).map(|at| Was {
            holders: before.holders.of(at as usize).to_vec(),
            grants: before.grants.of(at as usize).to_vec(),
        }));
        let start = carriers.partition_point(|carrier| carrier.origin < origin);
        let end = carriers.partition_point(|carrier| carrier.origin <= origin);
        after.replace(origin, carriers.get(start..end).unwrap_or_default());
    }
    lost(&was, &after, most)
}

/// The movement after fixes. What a fix makes of a credential follows the credentials of the
/// graph. Costs time in proportion to the edges.
pub fn fixed(graph: &AccessGraph, movement: &Movement, fixes: &[Fix]) -> Movement {
    Replacements::after(graph, movement, fixes).movement()
}

/// For each subject how many instances fall with it before and after.
pub(crate) fn radii(
    (before, after): (&Movement, &Movement),
    leaks: &[Leak],
    subjects: &[Subject],
    progress: &Progress,
) -> Option<Vec<RadiusChange>> {
    if subjects.is_empty() {
        return Some(Vec::new());
    }
    let whole: Vec<[u32; 1]> = (0..before.credentials() as u32).map(|at| [at]).collect();
    let credentials = before.origin_marks(subjects.iter().filter_map(|subject| match subject {
        Subject::Credential(at) => Some(*at),
        Subject::Instance(_) => None,
    }));
    let instances: Vec<InstanceIndex> = subjects
        .iter()
        .filter_map(|subject| match subject {
            Subject::Instance(at) => Some(*at),
            Subject::Credential(_) => None,
        })
        .collect();
    let is_asked = |origin: CredentialIndex| is(&credentials, origin.0);
    let untouched = whole.iter().filter_map(|at| {
        let origin = before.origins.get(*at.first()? as usize).copied()?;
        is_asked(origin).then_some((origin, at.as_slice()))
    });
    let untouched: Vec<(CredentialIndex, &[u32])> = untouched.collect();
    let made = leaks.iter().filter(|leak| is_asked(leak.origin));
    let made = made.map(|leak| (leak.origin, leak.carriers.as_slice()));
    let made: Vec<(CredentialIndex, &[u32])> = untouched.iter().copied().chain(made).collect();
    let reach = |movement, starts: &[(CredentialIndex, &[u32])]| {
        let lists: Vec<&[u32]> = starts.iter().map(|start| start.1).collect();
        let (of_instances, of_lists) = reach_from(movement, &instances, &lists, progress)?;
        let mut most: BTreeMap<Subject, u32> = BTreeMap::new();
        let instances = instances.iter().copied().map(Subject::Instance).zip(of_instances);
        let origins = starts.iter().map(|start| Subject::Credential(start.0)).zip(of_lists);
        for (subject, count) in instances.chain(origins) {
            let farthest = most.entry(subject).or_default();
            *farthest = count.max(*farthest);
        }
        Some(most)
    };
    let (old, new) = (reach(before, &untouched)?, reach(after, &made)?);
    let count =
        |of: &BTreeMap<Subject, u32>, subject: &Subject| of.get(subject).copied().unwrap_or(0);
    let change = |at: &Subject| RadiusChange {
        subject: *at,
        before: count(&old, at),
        after: count(&new, at),
    };
    Some(subjects.iter().map(change).collect())
}
