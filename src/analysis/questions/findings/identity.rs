//! The rule on identities with several live credentials: KR14.

use crate::analysis::questions::findings::case::{Case, Grounds, Verdict, listed, places};
use crate::analysis::questions::findings::rule::Rule;
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::Place;

/// The finding on an identity; it stands at the first of its credentials by name.
pub(crate) fn check(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let graph = case.graph;
    let credentials = credentials(graph, case.grounds, at);
    if credentials.first() != Some(&at) {
        return None;
    }
    let why = case.reason(0, || {
        let names: Vec<&str> = credentials.iter().map(|&at| graph.credential_name(at)).collect();
        let identity = graph.credential(at).identity;
        let identity = identity.map_or("", |identity| graph.inventory().text(identity));
        format!("{identity} has {} live credentials: {}", names.len(), listed(&names))
    });
    let advice = "keep one, and revoke the others once nothing uses them";
    Some(Verdict::new(Rule::SeveralOfOneIdentity, vec![why], advice))
}

/// The live credentials of a credential's identity, where those are several.
fn credentials<'a>(
    graph: &AccessGraph,
    grounds: &'a Grounds,
    at: CredentialIndex,
) -> &'a [CredentialIndex] {
    let identity = graph.credential(at).identity;
    let all = identity.and_then(|identity| grounds.identities.get(&identity));
    all.map_or(&[], Vec::as_slice)
}

/// The rows of all credentials of an identity.
pub(crate) fn evidence(graph: &AccessGraph, grounds: &Grounds, at: CredentialIndex) -> Vec<Place> {
    let all = credentials(graph, grounds, at).iter();
    let mut evidence: Vec<_> = all.flat_map(|&at| places(graph, graph.rows_of(at))).collect();
    evidence.sort_unstable();
    evidence.dedup();
    evidence
}
