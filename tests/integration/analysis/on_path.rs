//! KR10: what lies on a path from an entry point to a crown jewel, where a path is in no instance
//! twice: by hand, and against a list of all such paths.

use std::collections::{BTreeMap, BTreeSet};

use crate::properties::cases;
use keyreach::analysis::{Answers, Rule, Subject, ends};
use keyreach::graph::{AccessGraph, testing};
use keyreach::inventory::Progress;
use proptest::prelude::*;

use super::between_ends::{Model, numbers};
use super::brute_force::{pair_with, rows};

/// The credentials with a finding of KR10, each with whether it is assumed.
fn on_path(graph: &AccessGraph) -> BTreeMap<u32, bool> {
    let answers = Answers::compute(graph.clone(), &Progress::default()).unwrap();
    let of_rule = answers.findings.iter().filter(|finding| finding.rule == Rule::OnPath);
    let found = of_rule.filter_map(|finding| match finding.subject {
        Subject::Credential(at) => Some((at.0, finding.assumed)),
        Subject::Instance(_) => None,
    });
    found.collect()
}

fn names(text: &str) -> Vec<String> {
    let graph = testing::graph(text);
    let all = on_path(&graph).into_keys();
    all.map(|at| graph.credential_name(keyreach::graph::CredentialIndex(at)).to_owned()).collect()
}

// ```text
// edge ──in──▶ hub ──out──▶ side ──back──▶ hub ──on──▶ bank
// ```
const BACK: &str = "- - edge entry=yes\n- - bank jewel=yes\nin holds edge\nin grants hub\n\
                    out holds hub\nout grants side\nback holds side\nback grants hub\n\
                    on holds hub\non grants bank\n";

#[test]
fn what_only_comes_back_to_an_instance_lies_on_no_path() {
    assert_eq!(names(BACK), ["in", "on"]);
    // With a way from the side to the crown jewel, what leads there lies on one; back still not.
    let beside = format!("{BACK}far holds side\nfar grants bank\n");
    assert_eq!(names(&beside), ["far", "in", "on", "out"]);
    // With a way into the side, what leads back lies on one; out does not.
    let into = format!("{BACK}aside holds edge\naside grants side\n");
    assert_eq!(names(&into), ["aside", "back", "in", "on"]);
}

// ```text
// edge ──a──▶ one ──b──▶ two ──k──▶ three ──d──▶ one ──e──▶ bank
//                                     └──f──▶ four ──g──▶ bank
// ```
#[test]
fn a_longer_way_that_keeps_apart_counts_where_the_shortest_comes_back() {
    let text = "- - edge entry=yes\n- - bank jewel=yes\na holds edge\na grants one\nb holds one\n\
                b grants two\nk holds two\nk grants three\nd holds three\nd grants one\n\
                e holds one\ne grants bank\nf holds three\nf grants four\ng holds four\n\
                g grants five\nh holds five\nh grants bank\n";
    assert_eq!(names(text), ["a", "b", "e", "f", "g", "h", "k"]);
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn a_credential_is_found_where_some_path_of_all_goes_through_it(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
        flags in prop::collection::vec(0_usize..6, 22),
    ) {
        let rows: Vec<_> = rows.into_iter().take(16).collect();
        let words = ["entry=yes", "jewel=yes", "", "", "", ""];
        let more: Vec<String> = flags.iter().map(|&flag| words[flag].to_owned()).collect();
        let pair = pair_with(rows, &more, unstated, pivot);
        let ends = ends(&pair.graph);
        let (from, to) = (numbers(&ends.entry_points), numbers(&ends.crown_jewels));
        let [all, stated] = [false, true].map(|stated_only| -> BTreeSet<u32> {
            let paths = Model::new(&pair, stated_only).paths(&from, &to, 99);
            paths.into_iter().flat_map(|(_, _, chain)| chain).map(|(at, _)| at).collect()
        });
        let expected: BTreeMap<u32, bool> =
            all.into_iter().map(|at| (at, !stated.contains(&at))).collect();
        prop_assert_eq!(on_path(&pair.graph), expected);
    }
}
