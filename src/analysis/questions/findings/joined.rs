//! The rule on credentials whose rows an id alone joins across sources: KR15.

use std::collections::BTreeMap;

use crate::analysis::questions::findings::case::{Case, Verdict, listed, places};
use crate::analysis::questions::findings::rule::Rule;
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{JoinedBy, Place, RowId};

/// The finding on a live credential.
pub(crate) fn check(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let credential = case.graph.credential(at);
    if !credential.is_live() || credential.joined_by != Some(JoinedBy::IdAcrossSources) {
        return None;
    }
    let inventory = case.graph.inventory();
    let name = |place: &Place| {
        let source = inventory.sources.get(usize::from(place.source.0));
        source.map_or("?", |source| source.name.as_str())
    };
    let why = case.reason(0, || {
        let first_of = evidence(case.graph, at);
        let names: Vec<&str> = first_of.iter().map(name).collect();
        format!(
            "rows of {} sources are taken for one credential because of an id alone, without a \
             fingerprint to show it: {}",
            names.len(),
            listed(&names)
        )
    });
    let advice = "compare the secrets, and add fingerprints; if they differ, give each its own id, or \
                  set ids in several sources apart";
    Some(Verdict::new(Rule::JoinedByIdAcrossSources, vec![why], advice))
}

/// The first row of each source that bears an id which another one bears too.
pub(crate) fn evidence(graph: &AccessGraph, at: CredentialIndex) -> Vec<Place> {
    let inventory = graph.inventory();
    let joined = &inventory.parting.joined_at;
    let spoken = graph.spoken_credential(at);
    let start = joined.partition_point(|(whole, _)| Some(*whole) < spoken);
    let own = joined.iter().skip(start).take_while(|(whole, _)| Some(*whole) == spoken);
    let rows: Vec<RowId> = own.map(|(_, row)| *row).collect();
    let rows = if rows.is_empty() { graph.rows_of(at) } else { &rows };
    let mut places = places(graph, rows);
    places.sort_unstable();
    let mut first_of: BTreeMap<u16, Place> = BTreeMap::new();
    for place in places {
        let source = inventory.sources.get(usize::from(place.source.0));
        if let Some(source) = source.filter(|source| source.is_imported()) {
            first_of.entry(source.argument).or_insert(place);
        }
    }
    first_of.into_values().collect()
}
