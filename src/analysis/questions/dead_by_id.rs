//! Credentials that count as dead because rows of several sources share an id, and not all of them say so.

use std::collections::BTreeSet;

use crate::analysis::questions::assumed_by::few;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, LifeDoubt};

/// Those of some credentials, and of what some instances hold, that count as dead by an id across sources
/// alone, by name: were ids across sources apart, a part of each were live, and led on. Costs time in
/// proportion to what the instances hold.
pub fn dead_by_id_alone(
    graph: &AccessGraph,
    credentials: &[CredentialIndex],
    instances: impl Iterator<Item = InstanceIndex>,
) -> Vec<CredentialIndex> {
    let held = instances.flat_map(|at| graph.holds(at)).map(|&edge| graph.edge(edge).credential);
    let all: BTreeSet<CredentialIndex> = credentials.iter().copied().chain(held).collect();
    let is_doubted = |at: &CredentialIndex| graph.credential(*at).doubt == LifeDoubt::DeadByIdAlone;
    all.into_iter().filter(is_doubted).collect()
}

/// The same in words: "j counts as dead by an id across sources alone (assumed); what it leads to is left
/// out"; `None` where there is none.
pub fn dead_by_id_words(graph: &AccessGraph, found: &[CredentialIndex]) -> Option<String> {
    let names: Vec<String> = found.iter().map(|&at| graph.credential_name(at).to_owned()).collect();
    let (count, leads) = match found {
        [] => return None,
        [_] => ("counts", "it leads"),
        _ => ("count", "they lead"),
    };
    Some(format!(
        "{} {count} as dead by an id across sources alone (assumed); what {leads} to is left out",
        few(&names)
    ))
}
