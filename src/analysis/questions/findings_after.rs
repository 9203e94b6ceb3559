//! Which findings a landscape with some fixes has no more, and which it has instead.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::reach::ReachOfAll;
use crate::analysis::movement::replacement_credentials::{ReplacementCredential, Replacements};
use crate::analysis::questions::findings::findings;
use crate::analysis::questions::findings::rule::Rule;
use crate::analysis::questions::findings::{Finding, Subject};
use crate::analysis::questions::lost::MOST_NAMED;
use crate::analysis::questions::sharing::sharing_of_all;
use crate::graph::{AccessGraph, CredentialIndex, Refitted};
use crate::inventory::NameId;

/// Findings that are there on one side alone: how many, and the first by severity.
#[derive(Default)]
pub(crate) struct Compared {
    pub(crate) gone: (u64, Vec<(Rule, Subject)>),
    pub(crate) new: (u64, Vec<(Rule, Subject)>),
}

/// What splits make of a credential is judged piece by piece up to this many holders and grants, or
/// this many times its edges; above that as the movement credentials that stand for it, so that a
/// hub is never multiplied out.
const SMALL: usize = 100_000;
const MOST_SPREAD: usize = 8;

/// Compares the findings without the fixes and with them. Costs twice the findings.
pub(crate) fn compare(
    graph: &AccessGraph,
    refit: &Replacements<'_>,
    carriers: &[MovementCredential],
    fixes: &[Fix],
) -> Compared {
    let (retired, made) = touched(graph, refit, carriers, fixes);
    if retired.is_empty() {
        return Compared::default();
    }
    let first_made = graph.credentials().len();
    let origin_of = |at: CredentialIndex| {
        let piece = at.index().checked_sub(first_made).and_then(|at| made.get(at));
        piece.map_or(at, |piece| piece.origin)
    };
    let keys = Keys::new(graph);
    let key = |found: &Finding| keys.of(found, &origin_of);
    let sorted = |found: &[Finding]| {
        let mut all: Vec<_> = found.iter().map(key).collect();
        all.sort_unstable();
        all
    };
    let side = |graph: &AccessGraph| {
        let found = judged(graph);
        let keys = sorted(&found);
        (found, keys)
    };
    let ((before, was), (after, there)) =
        rayon::join(|| side(graph), || side(&graph.refitted(&retired, &made)));
    let missing =
        |all: &[(Rule, Subject)], found: &Finding| all.binary_search(&key(found)).is_err();
    Compared {
        gone: told(before.iter().filter(|found| missing(&there, found)), &origin_of),
        new: told(after.iter().filter(|found| missing(&was, found)), &origin_of),
    }
}

/// The credentials that fixes touch, and what stands in their place.
pub(crate) fn touched(
    graph: &AccessGraph,
    refit: &Replacements<'_>,
    carriers: &[MovementCredential],
    fixes: &[Fix],
) -> (BTreeSet<CredentialIndex>, Vec<Refitted>) {
    let (mut retired, mut made) = (BTreeSet::new(), Vec::new());
    for (&origin, pieces) in &refit.pieces {
        let revoked = |fix: &Fix| fix.credential == origin && fix.kind == FixKind::Revoke;
        // A dead one carries nothing, but it is mapped until it is taken out.
        if !graph.credential(origin).is_live() && !fixes.iter().any(revoked) {
            continue;
        }
        retired.insert(origin);
        let spread: usize = pieces.iter().map(ReplacementCredential::size).sum();
        let edges = graph.held_by(origin).len() + graph.grants(origin).len();
        if spread <= SMALL.max(MOST_SPREAD * edges) {
            made.extend(pieces.iter().map(|piece| piece.refitted(origin)));
        } else {
            let of = carriers.iter().filter(|carrier| carrier.origin == origin);
            made.extend(of.map(MovementCredential::refitted));
        }
    }
    (retired, made)
}

/// The findings without how far anything reaches: that changes what they say, not which they are.
fn judged(graph: &AccessGraph) -> Vec<Finding> {
    findings(graph, &sharing_of_all(graph), &ReachOfAll::default())
}

/// Each rule and subject once: several pieces of one credential may break the same rule.
fn told<'a>(
    found: impl Iterator<Item = &'a Finding>,
    origin_of: &impl Fn(CredentialIndex) -> CredentialIndex,
) -> (u64, Vec<(Rule, Subject)>) {
    let (mut seen, mut named) = (BTreeSet::new(), Vec::new());
    for finding in found {
        let subject = match finding.subject {
            Subject::Credential(at) => Subject::Credential(origin_of(at)),
            Subject::Instance(_) => finding.subject,
        };
        if seen.insert((finding.rule, subject)) && named.len() < MOST_NAMED {
            named.push((finding.rule, subject));
        }
    }
    (seen.len() as u64, named)
}

/// What makes a finding the same on both sides: its rule, and the credential of the graph or the
/// instance; of those that stand at the first of several credentials the identity that they share.
struct Keys<'a> {
    graph: &'a AccessGraph,
    first_of: BTreeMap<NameId, CredentialIndex>,
}

impl<'a> Keys<'a> {
    fn new(graph: &'a AccessGraph) -> Self {
        let mut first_of = BTreeMap::new();
        for at in graph.credential_indices() {
            if let Some(identity) = graph.credential(at).identity {
                first_of.entry(identity).or_insert(at);
            }
        }
        Self { graph, first_of }
    }

    fn of(
        &self,
        finding: &Finding,
        origin_of: &impl Fn(CredentialIndex) -> CredentialIndex,
    ) -> (Rule, Subject) {
        let subject = match (finding.subject, finding.rule) {
            (Subject::Credential(at), Rule::SeveralOfOneIdentity) => {
                let at = origin_of(at);
                let identity = self.graph.credential(at).identity;
                let first = identity.and_then(|identity| self.first_of.get(&identity));
                Subject::Credential(first.copied().unwrap_or(at))
            }
            (Subject::Credential(at), _) => Subject::Credential(origin_of(at)),
            (Subject::Instance(_), _) => finding.subject,
        };
        (finding.rule, subject)
    }
}

impl ReplacementCredential {
    fn refitted(&self, origin: CredentialIndex) -> Refitted {
        Refitted {
            origin,
            holders: self.holders.clone(),
            grants: self.grants().iter().map(|grant| grant.edge).collect(),
            bound: self.bound,
            renewed: self.renewed,
        }
    }
}

impl MovementCredential {
    fn refitted(&self) -> Refitted {
        Refitted {
            origin: self.origin,
            holders: self.holders.clone(),
            grants: self.grants.iter().map(|grant| grant.edge).collect(),
            bound: self.bound,
            renewed: true,
        }
    }
}
