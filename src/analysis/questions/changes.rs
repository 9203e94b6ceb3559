//! What fixes change, credential by credential and edge by edge: for showing it where it happens.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::network::{Movement, MovementCredential};
use crate::analysis::movement::reduced_links::{Joined, parted};
use crate::analysis::movement::replacement_credentials::Replacements;
use crate::analysis::questions::findings::Subject;
use crate::analysis::questions::path::Path;
use crate::analysis::questions::what_if::{RadiiOf, RadiusChange, after_fixes};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// What a list of fixes leaves of the credentials that it touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Credentials whose secret is of no use any more, by name: revoked, or replaced by identities
    /// that cannot be carried away.
    pub gone: Vec<CredentialIndex>,
    /// Credentials of which something else is left than what was there, by name.
    pub replaced: Vec<CredentialIndex>,
    /// The instances between which and a credential nothing leads any more, by credential: they
    /// held it and it gets them nowhere, or it granted them.
    pub cut: Vec<(CredentialIndex, InstanceIndex)>,
    /// The instances that a credential, or what stands in its place, still leads from or to, yet
    /// not from or to all that it did, by credential.
    pub parted: Vec<(CredentialIndex, InstanceIndex)>,
}

/// Tells what fixes change. Costs time in proportion to the edges.
pub fn changes(graph: &AccessGraph, fixes: &[Fix]) -> Changes {
    let before = Movement::new(graph, Counting::All);
    let refit = Replacements::after(graph, &before, fixes);
    let (carriers, _) = refit.carriers();
    let mut of: BTreeMap<CredentialIndex, Left<'_>> = BTreeMap::new();
    for carrier in &carriers {
        let left = of.entry(carrier.origin).or_default();
        left.pieces.push(carrier);
        left.any_secret |= !carrier.bound && !carrier.grants.is_empty();
        left.granted.extend(carrier.grants.iter().map(|grant| grant.instance));
        if !carrier.grants.is_empty() {
            left.held.extend(carrier.holders.iter().copied());
        }
    }
    let mut changes = Changes::default();
    for &origin in refit.pieces.keys() {
        let left = of.remove(&origin).unwrap_or_default();
        let held = before.holders.of(origin.index());
        let granted: Vec<u32> =
            before.grants.of(origin.index()).iter().map(|grant| grant.instance).collect();
        if held.is_empty() && granted.is_empty() {
            continue;
        }
        if left.any_secret {
            changes.replaced.push(origin);
        } else {
            changes.gone.push(origin);
        }
        // An instance that both holds it and is granted stays linked as long as one way leads on.
        let linked: BTreeSet<u32> = held.iter().chain(&granted).copied().collect();
        let is_cut = |at: &u32| {
            let holds = held.binary_search(at).is_ok() && left.held.contains(at);
            let grants = granted.binary_search(at).is_ok() && left.granted.contains(at);
            !holds && !grants
        };
        let cut: BTreeSet<u32> = linked.into_iter().filter(is_cut).collect();
        let joined = Joined { holders: held, granted: &granted };
        let parted = parted(&joined, &left.pieces).into_iter().filter(|at| !cut.contains(at));
        changes.parted.extend(parted.map(|at| (origin, InstanceIndex(at))));
        changes.cut.extend(cut.into_iter().map(|at| (origin, InstanceIndex(at))));
    }
    changes
}

/// What is left of one credential.
#[derive(Default)]
struct Left<'a> {
    pieces: Vec<&'a MovementCredential>,
    any_secret: bool,
    held: BTreeSet<u32>,
    granted: BTreeSet<u32>,
}

/// What fixes leave of the ways through the credentials that they touch.
#[derive(Clone, Debug, Default)]
pub struct WaysLeft(BTreeMap<CredentialIndex, Vec<MovementCredential>>);

impl WaysLeft {
    /// Works it out. Costs time in proportion to the edges.
    pub fn new(graph: &AccessGraph, fixes: &[Fix]) -> Self {
        let before = Movement::new(graph, Counting::All);
        let refit = Replacements::after(graph, &before, fixes);
        let mut left: BTreeMap<_, Vec<_>> =
            refit.pieces.keys().map(|&origin| (origin, Vec::new())).collect();
        for carrier in refit.carriers().0 {
            left.entry(carrier.origin).or_default().push(carrier);
        }
        Self(left)
    }

    /// Whether a path can no longer be walked. Costs a search for each hop and piece.
    pub fn cut(&self, path: &Path) -> bool {
        path.hops.iter().any(|hop| {
            let Some(pieces) = self.0.get(&hop.credential) else { return false };
            !pieces.iter().any(|piece| {
                let holds = hop.from.is_none_or(|at| piece.holders.binary_search(&at.0).is_ok());
                let granted =
                    piece.grants.binary_search_by_key(&hop.to.0, |grant| grant.instance).is_ok();
                holds && granted
            })
        })
    }
}

/// For each subject how many instances fall with it before and after fixes, as
/// [`crate::analysis::questions::what_if::WhatIf::radii`] has it; `None` when cancelled.
///
/// Costs time in proportion to the edges and to what is reached.
pub fn radii_after(
    graph: &AccessGraph,
    fixes: &[Fix],
    subjects: &[Subject],
    progress: &Progress,
) -> Option<Vec<RadiusChange>> {
    let movement = Movement::new(graph, Counting::All);
    let refit = Replacements::after(graph, &movement, fixes);
    let (carriers, leaks) = refit.carriers();
    let after = after_fixes(&refit, &movement, &carriers);
    let asked = RadiiOf { graph, movement: &movement, after: &after, refit: &refit, leaks: &leaks };
    asked.radii(subjects, &carriers, progress)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::movement::fix::FixKind;
    use crate::graph::testing::graph;

    // ```text
    // shop@dev ──k──▶ bank@prod
    // pay@prod ──k──▶ bank@prod
    // ```
    const ROWS: &str = "k holds shop@dev,pay@prod\nk grants bank@prod";

    fn named(kind: FixKind, holders: &[&str]) -> (Vec<String>, Vec<String>, Vec<String>) {
        let graph = graph(ROWS);
        let key = graph.find_credential("k").unwrap();
        let instance = |name: &&str| {
            let (service, environment) = name.split_once('@').unwrap();
            graph.find_instance(service, environment).unwrap()
        };
        let holders = holders.iter().map(instance).collect();
        let found = changes(&graph, &[Fix { holders, ..Fix::new(key, kind) }]);
        let names = |list: &[CredentialIndex]| {
            list.iter().map(|&at| graph.credential_name(at).to_owned()).collect()
        };
        let cut = found.cut.iter().map(|&(_, at)| graph.instance_name(at)).collect();
        (names(&found.gone), names(&found.replaced), cut)
    }

    #[test]
    fn a_revoked_credential_is_gone_with_all_its_links() {
        let (gone, replaced, cut) = named(FixKind::Revoke, &[]);
        assert_eq!((gone, replaced), (vec!["k".to_owned()], Vec::new()));
        assert_eq!(cut, ["bank in prod", "pay in prod", "shop in dev"]);
    }

    #[test]
    fn a_split_of_what_is_held_and_granted_everywhere_cuts_no_link_and_parts_them_all() {
        let graph = graph("k both agent@dev,store@dev,agent@prod,store@prod");
        let key = graph.find_credential("k").unwrap();
        let fix = Fix::new(key, FixKind::SplitByEnvironment);
        let found = changes(&graph, &[fix]);
        assert_eq!((found.replaced.as_slice(), found.cut.len()), ([key].as_slice(), 0));
        let parted = found.parted.iter().map(|&(_, at)| graph.instance_name(at));
        let all = ["agent in dev", "agent in prod", "store in dev", "store in prod"];
        assert_eq!(parted.collect::<Vec<_>>(), all);
    }

    #[test]
    fn a_split_cuts_the_holder_that_it_leads_nowhere() {
        let (gone, replaced, cut) = named(FixKind::SplitByEnvironment, &[]);
        assert_eq!((gone, replaced), (Vec::new(), vec!["k".to_owned()]));
        assert_eq!(cut, ["shop in dev"]);
    }

    #[test]
    fn an_identity_ends_the_secret_and_leaves_the_holders_own_reach() {
        let all = named(FixKind::WorkloadIdentity, &[]);
        assert_eq!(all, (vec!["k".to_owned()], Vec::new(), Vec::new()));
        let one = named(FixKind::WorkloadIdentity, &["pay@prod"]);
        assert_eq!(one, (Vec::new(), vec!["k".to_owned()], Vec::new()));
    }
}
