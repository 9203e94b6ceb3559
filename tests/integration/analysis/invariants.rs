//! What must hold whatever the inventory: more mappings reach farther, and order is no matter.

use crate::properties::cases;
use keyreach::analysis::{
    Answers, Assessment, ChokePoints, Counting, Finding, Movement, Precision, assess, choke_points,
    ends, reach_of_all,
};
use keyreach::graph::{AccessGraph, testing};
use keyreach::inventory::Progress;
use proptest::prelude::*;
use std::fmt::Write as _;

use super::brute_force::{Pair, pair, rows};

type Told = (&'static str, &'static str, keyreach::analysis::Subject, Vec<String>, String);

/// Everything but the rows behind a finding, whose lines follow the order.
fn told(answers: &Answers, finding: &Finding) -> Told {
    let said = answers.details(finding);
    let why = said.why.iter().map(ToString::to_string).collect();
    (finding.rule.id(), finding.severity.word(), finding.subject, why, said.advice.to_string())
}

fn judged(pair: &Pair) -> (Answers, Assessment, Vec<Told>) {
    let progress = Progress::default();
    let answers = Answers::compute(pair.graph.clone(), &progress).unwrap();
    let assessment = assess(&answers.graph, &answers.ends, 1000, &progress).unwrap();
    let told = answers.findings.iter().map(|finding| told(&answers, finding)).collect();
    (answers, assessment, told)
}

proptest! {
    #![proptest_config(cases(1000))]

    /// A row that says a low level of a grant whose level nothing else says is left out: it tells
    /// that less is granted than was assumed.
    #[test]
    fn a_mapping_more_lets_no_radius_shrink(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
        (secret, access, service, environment, level) in
            (0usize..6, 0usize..4, 0usize..5, 0usize..8, prop_oneof![Just(0usize), Just(3)]),
    ) {
        let more = [rows.clone(), vec![(secret, 0, access, service, environment, level, 0)]].concat();
        let (old, new) = (pair(rows, unstated, pivot), pair(more, unstated, pivot));
        for counting in [Counting::All, Counting::StatedOnly] {
            let of = |pair: &Pair| reach_of_all(&pair.graph, counting, &Progress::default()).unwrap();
            let (before, after) = (of(&old), of(&new));
            for (secret, at) in &old.secrets {
                let now = after.credentials[new.secrets[secret].index()];
                prop_assert!(before.credentials[at.index()] <= now);
            }
            for (site, at) in &old.sites {
                let now = after.instances[new.sites[site].index()];
                prop_assert!(before.instances[at.index()] <= now);
            }
        }
    }

    #[test]
    fn every_answer_is_the_same_whatever_the_order_of_rows(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
    ) {
        let named: Vec<_> = rows.into_iter().map(|(a, _, c, d, e, f, g)| (a, 1, c, d, e, f, g)).collect();
        let backwards: Vec<_> = named.iter().rev().copied().collect();
        let (one, other) = (judged(&pair(named, unstated, pivot)), judged(&pair(backwards, unstated, pivot)));
        prop_assert_eq!(one.2, other.2);
        prop_assert_eq!((&one.0.exposure, one.0.coverage), (&other.0.exposure, other.0.coverage));
        let (one, other) = (one.1, other.1);
        prop_assert_eq!((one.paths, one.paths_stated), (other.paths, other.paths_stated));
        prop_assert_eq!((one.cut, one.cut_stated), (other.cut, other.cut_stated));
        prop_assert_eq!((one.choke_points, one.plan), (other.choke_points, other.plan));
        prop_assert_eq!((one.choke_points_stated, one.plan_stated), (other.choke_points_stated, other.plan_stated));
    }
}

const ENTRIES: usize = 8_000;
const KEYS: usize = 4_000;

/// Seven hubs between many entry points and many jewels; each entry point has so many ways to its
/// hub. Hub 0 holds every key, each other one a seventh of them, so that a key is needed by the
/// entry points of one or two hubs.
fn hubs(ways: usize) -> AccessGraph {
    let mut text = String::new();
    for entry in 0..ENTRIES {
        for way in 0..ways {
            let key = format!("e{entry}-{way}");
            writeln!(text, "{key} holds app{entry}@dev\n{key} grants hub{}@", entry % 7).unwrap();
        }
    }
    for key in 0..KEYS {
        let hub = key % 7;
        let holders = if hub == 0 { "hub0@".to_owned() } else { format!("hub0@,hub{hub}@") };
        writeln!(text, "k{key} holds {holders}\nk{key} grants db{key}@prod").unwrap();
    }
    testing::graph(&text)
}

/// How many pairs need a key.
fn pairs_on(key: usize) -> u64 {
    let of_hub = |hub: usize| (0..ENTRIES).filter(|entry| entry % 7 == hub).count();
    let also = if key.is_multiple_of(7) { 0 } else { of_hub(0) };
    (of_hub(key % 7) + also) as u64
}

fn chokes_of(graph: &AccessGraph) -> ChokePoints {
    let movement = Movement::new(graph, Counting::All);
    choke_points(&movement, &ends(graph), &Progress::default()).unwrap()
}

#[test]
fn entry_points_that_come_to_the_same_fork_are_counted_together_and_exactly() {
    let graph = hubs(1);
    let chokes = chokes_of(&graph);
    assert_eq!(chokes.precision, Precision::Exact);
    let pairs = |id: String| chokes.pairs[graph.find_credential(&id).unwrap().index()];
    for key in (0..KEYS).step_by(13) {
        assert_eq!(pairs(format!("k{key}")), pairs_on(key));
    }
    for entry in 0..14 {
        // The jewels that its hub holds the keys to.
        let jewels = (0..KEYS).filter(|key| entry % 7 == 0 || key % 7 == entry % 7).count();
        assert_eq!(pairs(format!("e{entry}-0")), jewels as u64);
    }
}

/// Half in dev, half in prod: s0 → k0 → s1 → k1 → … A pair needs every key between its ends.
#[test]
fn a_chain_of_entry_points_and_jewels_is_counted_exactly() {
    let (half, hops) = (5_000_u64, 10_000_u64);
    let site = |at: u64| format!("s{at}@{}", if at < half { "dev" } else { "prod" });
    let mut text = String::new();
    for at in 0..hops {
        writeln!(text, "k{at} holds {}\nk{at} grants {}", site(at), site(at + 1)).unwrap();
    }
    let graph = testing::graph(&text);
    let chokes = chokes_of(&graph);
    assert_eq!(chokes.precision, Precision::Exact);
    for at in (0..hops).step_by(7) {
        let below = (at + 1).min(half);
        let above = (hops - at).min(hops + 1 - half);
        let key = graph.find_credential(&format!("k{at}")).unwrap();
        assert_eq!(chokes.pairs[key.index()], below * above, "k{at}");
    }
}

#[test]
fn sampled_choke_points_are_as_near_as_they_say() {
    let (entries, keys) = (ENTRIES, KEYS);
    let graph = hubs(2);
    let chokes = chokes_of(&graph);
    let Precision::Sampled { taken, whole, error } = chokes.precision else {
        panic!("so much is sampled")
    };
    assert!(taken < whole && whole == entries);
    assert!(error < (entries * keys) as f64, "the error must say something");
    let mut off = 0;
    for key in 0..keys {
        let exact = pairs_on(key) as f64;
        let at = graph.find_credential(&format!("k{key}")).unwrap();
        let estimate = chokes.pairs[at.index()] as f64;
        assert!((estimate - exact).abs() < exact / 2.0, "k{key}: {estimate} for {exact}");
        off += usize::from((estimate - exact).abs() > error);
    }
    assert!(off * 20 <= keys, "{off} of {keys} are off by more than the error");
}
