//! How many credentials lead from one owner's services to another's, counted a second time over all pairs
//! of links.

use std::collections::{BTreeMap, BTreeSet};

use keyreach::analysis::owner_pairs;
use keyreach::graph::{AccessGraph, Edge, EdgeKind, OwnerIndex};
use proptest::prelude::*;

use super::brute_force::{leading_across, pair_with, rows};
use crate::properties::cases;

/// Who owns the service of a row.
const CELLS: [&str; 4] = ["", "service_owner=ana", "service_owner=bo", "service_owner=ana;bo"];

/// Owners of the service at the end of a link; none where nobody is named.
fn owners(graph: &AccessGraph, edge: &Edge) -> Vec<Option<OwnerIndex>> {
    match graph.owners_of_instance(edge.instance) {
        [] => vec![None],
        several => several.iter().copied().map(Some).collect(),
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn each_live_credential_counts_once_for_each_pair_of_owners(
        rows in rows(), owned in prop::collection::vec(0..CELLS.len(), 22),
        unstated in 0usize..3, pivot in 0usize..3,
    ) {
        let words: Vec<String> = owned.iter().map(|&at| CELLS[at].to_owned()).collect();
        let graph = pair_with(rows, &words, unstated, pivot).graph;
        let mut expected: BTreeMap<_, [BTreeSet<u32>; 2]> = BTreeMap::new();
        for held in graph.edges().iter().filter(|edge| edge.kind == EdgeKind::Holds) {
            for opened in graph.edges().iter().filter(|edge| edge.kind == EdgeKind::Grants) {
                let is_live = graph.credential(held.credential).is_live();
                if held.credential != opened.credential || !is_live {
                    continue;
                }
                for from in owners(&graph, held) {
                    for to in owners(&graph, opened) {
                        let [all, stated] = expected.entry((from, to)).or_default();
                        all.insert(held.credential.0);
                        if !held.assumed && !opened.assumed {
                            stated.insert(held.credential.0);
                        }
                    }
                }
            }
        }
        let expected: BTreeMap<_, _> =
            expected.into_iter().map(|(pair, of)| (pair, leading_across(of))).collect();
        let found = owner_pairs(&graph);
        prop_assert_eq!(&found.counts, &expected);
        let ends: BTreeSet<_> = expected.keys().flat_map(|(from, to)| [*from, *to]).collect();
        prop_assert_eq!(found.owners.iter().copied().collect::<BTreeSet<_>>(), ends);
        prop_assert_eq!(found.left_out, 0);
    }
}
