//! How many credentials lead from one environment into another, counted a second time over all pairs of
//! links.

use std::collections::{BTreeMap, BTreeSet};

use keyreach::analysis::environment_pairs;
use keyreach::graph::{Edge, EdgeKind};
use proptest::prelude::*;

use super::brute_force::{leading_across, pair, rows};
use crate::properties::cases;

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn each_live_credential_counts_once_for_each_pair_of_environments(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
    ) {
        let graph = pair(rows, unstated, pivot).graph;
        let mut expected: BTreeMap<_, [BTreeSet<u32>; 2]> = BTreeMap::new();
        let place = |edge: &Edge| graph.instance(edge.instance).environment;
        for held in graph.edges().iter().filter(|edge| edge.kind == EdgeKind::Holds) {
            for opened in graph.edges().iter().filter(|edge| edge.kind == EdgeKind::Grants) {
                let is_live = graph.credential(held.credential).is_live();
                if held.credential == opened.credential && is_live {
                    let pair = (place(held), place(opened));
                    let [all, stated] = expected.entry(pair).or_default();
                    all.insert(held.credential.0);
                    if !held.assumed && !opened.assumed {
                        stated.insert(held.credential.0);
                    }
                }
            }
        }
        let expected: BTreeMap<_, _> =
            expected.into_iter().map(|(pair, of)| (pair, leading_across(of))).collect();
        prop_assert_eq!(environment_pairs(&graph), expected);
    }
}
