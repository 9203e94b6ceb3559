//! Which findings a landscape with some fixes has no more, and which it has instead.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::{Ends, ends};
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::fix::FixKind;
use crate::analysis::movement::network::{Grant, Movement, MovementCredential};
use crate::analysis::movement::replacement_credentials::{
    ReplacementCredential, Replacements, stated_of,
};
use crate::analysis::questions::findings::carriers::{CrossedTrust, carrying};
use crate::analysis::questions::findings::rule::Rule;
use crate::analysis::questions::findings::{Asked, Finding, Subject, some_findings};
use crate::analysis::questions::landscape::Landscape;
use crate::analysis::questions::lost::MOST_NAMED;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, Refitted};
use crate::inventory::NameId;

/// Findings that are there on one side alone: how many, and the first by severity.
#[derive(Default)]
pub(crate) struct Compared {
    pub(crate) gone: (u64, Vec<(Rule, Subject)>),
    pub(crate) new: (u64, Vec<(Rule, Subject)>),
    /// How many more there are because several pieces have what their credential had.
    pub(crate) repeated: u64,
}

/// What splits make of a credential is judged piece by piece up to this many holders and grants, or
/// this many times its edges; above that as the movement credentials that stand for it, so that a
/// hub is never multiplied out.
const SMALL: usize = 100_000;
const MOST_SPREAD: usize = 8;

/// What is compared: the graph, what lies between its ends, and what fixes make of it.
pub(crate) struct Fixed<'a> {
    pub(crate) graph: &'a AccessGraph,
    pub(crate) near: &'a Between,
    pub(crate) refit: &'a Replacements<'a>,
    pub(crate) carriers: &'a [MovementCredential],
    pub(crate) fixes: &'a [Fix],
}

/// Compares the findings without the fixes and with them. Looks at the credentials that the fixes
/// touch, at what holds them and at who shares an identity with them; and for all others, whether
/// they still lie on a path.
pub(crate) fn compare(fixed: &Fixed<'_>) -> Compared {
    let graph = fixed.graph;
    let (retired, made) = touched(graph, fixed.refit, fixed.carriers, fixed.fixes);
    if retired.is_empty() {
        return Compared::default();
    }
    let first_made = graph.credentials().len();
    let origin_of = |at: CredentialIndex| {
        let piece = at.index().checked_sub(first_made).and_then(|at| made.get(at));
        piece.map_or(at, |piece| piece.origin)
    };
    let holders = retired.iter().flat_map(|&at| graph.held_by(at));
    let holders: BTreeSet<InstanceIndex> = holders.map(|&edge| graph.edge(edge).instance).collect();
    let instances: Vec<InstanceIndex> = holders.into_iter().collect();
    let identities: BTreeSet<NameId> =
        retired.iter().filter_map(|&at| graph.credential(at).identity).collect();
    let (before, after) = (fixed.near.trust(), fixed.near.trust_after(graph, &retired, &made));
    let changed = graph.credential_indices().filter(|at| {
        let on = |trust: &CrossedTrust| trust.all.get(at.index()).copied().unwrap_or(false);
        on(&before) != on(&after) && !retired.contains(at)
    });
    let on_path: Vec<CredentialIndex> = changed.collect();
    let held = instances.iter().flat_map(|&at| graph.holds(at));
    let held = held.map(|&edge| graph.edge(edge).credential);
    let kept: BTreeSet<CredentialIndex> = held.chain(on_path.iter().copied()).collect();
    let refitted = graph.refitted(&retired, &made, &kept);
    let old: Vec<CredentialIndex> = retired.iter().copied().collect();
    let numbered = (first_made as u32..).take(made.len()).map(CredentialIndex);
    let new: Vec<CredentialIndex> = old.iter().copied().chain(numbered).collect();
    let (instances, identities) = (instances.as_slice(), &identities);
    let asked = |credentials| Asked { credentials, on_path: &on_path, instances, identities };
    let (before, after) = rayon::join(
        || some_findings(graph, before, &asked(&old)),
        || some_findings(&refitted, after, &asked(&new)),
    );
    let keys = Keys::new(graph, identities);
    let key = |found: &Finding| keys.of(found, &origin_of);
    let sorted =
        |found: &[Finding]| -> BTreeSet<(Rule, Subject)> { found.iter().map(key).collect() };
    let (was, there) = (sorted(&before), sorted(&after));
    let gone = told(before.iter().filter(|found| !there.contains(&key(found))), &origin_of);
    let new = told(after.iter().filter(|found| !was.contains(&key(found))), &origin_of);
    let kept = (before.len() as u64).saturating_sub(gone.0);
    let repeated = (after.len() as u64).saturating_sub(new.0).saturating_sub(kept);
    Compared { gone, new, repeated }
}

/// What lies between the ends of a graph, for telling what lies on a path.
pub(crate) struct Between {
    ends: Ends,
    all: Movement,
    stated: Movement,
    /// What lies on a path without any fix.
    on_path: (Vec<bool>, Vec<bool>),
}

impl Between {
    /// Takes over what is known between the same ends; else costs time in proportion to the edges.
    pub(crate) fn new(landscape: &Landscape<'_>, known: &Ends) -> Self {
        let graph = landscape.graph;
        let ends = ends(graph);
        let near = |counting| {
            let movement = Movement::new(graph, counting);
            movement.between(&ends.entry_points, &ends.crown_jewels)
        };
        let (all, stated) = if ends == *known {
            let stated = landscape.stated.as_ref().map(|(near, _)| near.clone());
            (landscape.near.clone(), stated)
        } else {
            let stated = landscape.stated.is_some().then(|| near(Counting::StatedOnly));
            (near(Counting::All), stated)
        };
        let count = graph.credentials().len();
        let on_path = carrying(&all, &ends, count);
        let (stated, on_path_stated) = match stated {
            Some(stated) => {
                let on_path = carrying(&stated, &ends, count);
                (stated, on_path)
            }
            None => (all.clone(), on_path.clone()),
        };
        Self { ends, all, stated, on_path: (on_path, on_path_stated) }
    }

    /// What lies on a path without any fix.
    fn trust(&self) -> CrossedTrust {
        let (all, stated) = self.on_path.clone();
        CrossedTrust { ends: self.ends.clone(), all, stated }
    }

    /// The same with new credentials, numbered after those of the graph, in the place of some.
    fn trust_after(
        &self,
        graph: &AccessGraph,
        retired: &BTreeSet<CredentialIndex>,
        made: &[Refitted],
    ) -> CrossedTrust {
        let first = graph.credentials().len();
        let numbered = (first as u32..).zip(made);
        // What is made stands for itself, and so does each of its parts.
        let all: Vec<MovementCredential> = numbered
            .map(|(at, made)| MovementCredential {
                origin: CredentialIndex(at),
                ..carrier_of(graph, made)
            })
            .collect();
        let parts = |(of, made): (&MovementCredential, &Refitted)| {
            let own = MovementCredential { origin: made.origin, ..of.clone() };
            let stated = stated_of(graph, &own).into_iter();
            let of = of.origin;
            stated.map(move |part| MovementCredential { origin: of, ..part }).collect::<Vec<_>>()
        };
        let stated: Vec<MovementCredential> = all.iter().zip(made).flat_map(parts).collect();
        let marked = |near: &Movement, carriers: &[MovementCredential]| {
            let after = near.replaced(retired.iter().copied(), carriers);
            carrying(&after, &self.ends, first + made.len())
        };
        let all = marked(&self.all, &all);
        let stated = marked(&self.stated, &stated);
        CrossedTrust { ends: self.ends.clone(), all, stated }
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

/// A credential that stands in the place of one, as it carries movement: not at all if that is dead.
fn carrier_of(graph: &AccessGraph, made: &Refitted) -> MovementCredential {
    let live = graph.credential(made.origin).is_live();
    let grants = made.grants.iter().filter(|_| live).map(|&edge| Grant {
        instance: graph.edge(edge).instance.0,
        edge,
        pivots: graph.edge(edge).pivots,
    });
    MovementCredential {
        origin: made.origin,
        holders: if live { made.holders.clone() } else { Vec::new() },
        grants: grants.collect(),
        bound: made.bound,
    }
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
    /// For findings on credentials of these identities, and on others that have none.
    fn new(graph: &'a AccessGraph, identities: &BTreeSet<NameId>) -> Self {
        let mut first_of = BTreeMap::new();
        for at in graph.credential_indices() {
            let identity = graph.credential(at).identity;
            if let Some(identity) = identity.filter(|identity| identities.contains(identity)) {
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
