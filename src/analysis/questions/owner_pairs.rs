//! How many credentials lead from what is one owner's to what is another's.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::environment_pairs::{LeadingAcross, pairs_of};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex, StatedLinks};

/// Up to this many owners have pairs: a table of more is read by nobody, and grows with their square.
const MOST: usize = 24;

/// By the owner of the services that hold credentials and the owner of those that they open, how many live
/// ones there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnerPairs {
    /// The owners through whose services most of those credentials lead, by name; none stands for services
    /// that nobody owns, and comes last.
    pub owners: Vec<Option<OwnerIndex>>,
    /// How many lead from the services of one of them to those of another; pairs without any are left out.
    pub counts: BTreeMap<(Option<OwnerIndex>, Option<OwnerIndex>), LeadingAcross>,
    /// How many owners are left out because fewer lead through their services.
    pub left_out: usize,
}

/// Counts the live credentials between owners; one that several hold or that opens what is several owners'
/// counts for each pair. Costs time in proportion to the edges and to the owners at their ends, and to the
/// pairs of each credential among the owners that are listed.
pub fn owner_pairs(graph: &AccessGraph) -> OwnerPairs {
    let nobody = graph.owners().len();
    let mut leading = vec![0_u32; nobody + 1];
    let live: Vec<CredentialIndex> =
        graph.credential_indices().filter(|&at| graph.credential(at).is_live()).collect();
    for &at in &live {
        let [held, opened] = owners_of(graph, at);
        if held.is_empty() || opened.is_empty() {
            continue;
        }
        let mut all = [held, opened].concat();
        all.sort_unstable();
        all.dedup();
        for owner in all {
            if let Some(count) = leading.get_mut(owner) {
                *count += 1;
            }
        }
    }
    let mut ranked: Vec<(usize, u32)> =
        leading.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
    ranked.sort_by_key(|(_, count)| Reverse(*count));
    let left_out = ranked.len().saturating_sub(MOST);
    ranked.truncate(MOST);
    let mut listed: Vec<usize> = ranked.into_iter().map(|(owner, _)| owner).collect();
    listed.sort_unstable();
    let named = |owner: usize| (owner < nobody).then_some(OwnerIndex(owner as u32));
    let is_listed = |owner: &usize| listed.binary_search(owner).is_ok();
    let mut counts = BTreeMap::<_, LeadingAcross>::new();
    let assumes = graph.assumes();
    for &at in &live {
        let stated: BTreeSet<(usize, usize)> = if assumes {
            graph.stated_links(at).flat_map(|links| stated_pairs(graph, links)).collect()
        } else {
            BTreeSet::new()
        };
        let [held, opened] = owners_of(graph, at).map(Vec::into_iter);
        for pair in pairs_of(held.filter(is_listed), opened.filter(is_listed)) {
            counts
                .entry((named(pair.0), named(pair.1)))
                .or_default()
                .count(!assumes || stated.contains(&pair));
        }
    }
    let mut owners: Vec<Option<OwnerIndex>> = listed.into_iter().map(named).collect();
    owners.sort_by_key(|own| own.map_or((true, ""), |own| (false, graph.owner_name(own))));
    OwnerPairs { owners, counts, left_out }
}

/// Whose services hold a credential, and whose it opens, as numbers, each once; the one behind the last
/// owner stands for nobody.
fn owners_of(graph: &AccessGraph, at: CredentialIndex) -> [Vec<usize>; 2] {
    [graph.held_by(at), graph.grants(at)].map(|edges| {
        let mut found = Vec::new();
        for &edge in edges {
            found.extend(owners_at(graph, graph.edge(edge).instance));
        }
        found.sort_unstable();
        found.dedup();
        found
    })
}

/// From whose services to whose some links that are stated together lead.
fn stated_pairs(graph: &AccessGraph, links: StatedLinks<'_>) -> BTreeSet<(usize, usize)> {
    let owners = |at| owners_at(graph, at);
    pairs_of(links.holders().flat_map(owners), links.granted().flat_map(owners))
}

fn owners_at(graph: &AccessGraph, instance: InstanceIndex) -> impl Iterator<Item = usize> + '_ {
    let owners = graph.owners_of_instance(instance);
    let nobody = owners.is_empty().then_some(graph.owners().len());
    owners.iter().map(|own| own.index()).chain(nobody)
}
