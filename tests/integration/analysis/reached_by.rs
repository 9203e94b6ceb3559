//! Who reaches an instance, against a walk from each entry point over the rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::properties::cases;
use keyreach::analysis::{
    Counting, Ends, Fix, FixKind, Movement, Movements, ReachedBy, ReachedByOfAll, Step, fixed,
    paths_between, reached_by, reached_by_of_all, reached_from,
};
use keyreach::graph::{AccessGraph, InstanceIndex, testing};
use keyreach::inventory::Progress;
use proptest::prelude::*;

use super::brute_force::{Brute, Pair, Site, pair, rows};

fn movements(graph: &AccessGraph) -> [Movement; 2] {
    [Counting::All, Counting::StatedOnly].map(|counting| Movement::new(graph, counting))
}

fn of_all(movements: &[Movement; 2], entry_points: &[InstanceIndex]) -> ReachedByOfAll {
    let ends = Ends { entry_points: entry_points.to_vec(), ..Ends::default() };
    let [all, stated] = movements;
    reached_by_of_all((all, stated), &ends, &Progress::default()).unwrap()
}

fn of_one(
    movements: &[Movement; 2],
    entry_points: &[InstanceIndex],
    to: InstanceIndex,
) -> ReachedBy {
    let [all, stated] = movements;
    reached_by((all, stated), entry_points, to, &Progress::default()).unwrap()
}

/// Asked for several at once, with one movement for both ways of counting where nothing is assumed, the answers
/// are those that each gives alone.
fn check_several(pair: &Pair, entries: &[Site]) {
    let (apart, entries) = (movements(&pair.graph), indices(pair, entries));
    let instances: Vec<InstanceIndex> = pair.graph.instance_indices().collect();
    let shared = Movements::new(&pair.graph);
    assert_eq!(std::ptr::eq(shared.all(), shared.stated()), !pair.graph.assumes());
    let together = reached_from(shared.both(), &entries, &instances);
    assert_eq!(together.len(), instances.len());
    for (&to, found) in instances.iter().zip(together) {
        let alone = of_one(&apart, &entries, to);
        assert_eq!(found, alone.entry_points);
        let of_shared = reached_by(shared.both(), &entries, to, &Progress::default()).unwrap();
        assert_eq!(of_shared, alone);
    }
}

/// The secrets that somebody in `start` comes by without having been in `to`.
fn obtained_outside(brute: &Brute, start: Site, to: Site, stated_only: bool) -> BTreeSet<usize> {
    let (mut known, mut secrets) = (BTreeSet::from([start]), BTreeSet::new());
    loop {
        let before = (known.len(), secrets.len());
        for secret in (0..6).filter(|&secret| brute.live(secret)) {
            if brute.sites(secret, false, stated_only).iter().any(|site| known.contains(site)) {
                secrets.insert(secret);
                let granted = brute.sites(secret, true, stated_only).into_iter();
                let goes_on = |site: &Site| *site != to && brute.pivots(secret, *site, stated_only);
                known.extend(granted.filter(goes_on));
            }
        }
        if before == (known.len(), secrets.len()) {
            return secrets;
        }
    }
}

/// For each credential that grants the site how many of the entry points come by it.
fn last_of(pair: &Pair, entries: &[Site], to: Site, stated_only: bool) -> BTreeMap<u32, u32> {
    let mut last = BTreeMap::new();
    for &entry in entries.iter().filter(|&&entry| entry != to) {
        for secret in obtained_outside(&pair.brute, entry, to, stated_only) {
            if pair.brute.sites(secret, true, stated_only).contains(&to) {
                *last.entry(pair.secrets[&secret].0).or_default() += 1;
            }
        }
    }
    last
}

/// Half of the sites, by a mask.
fn picked(pair: &Pair, mask: u64) -> Vec<Site> {
    let numbered = pair.sites.keys().enumerate();
    numbered.filter(|(at, _)| mask >> (at % 64) & 1 == 1).map(|(_, &site)| site).collect()
}

fn indices(pair: &Pair, sites: &[Site]) -> Vec<InstanceIndex> {
    let mut found: Vec<InstanceIndex> = sites.iter().map(|site| pair.sites[site]).collect();
    found.sort_unstable();
    found
}

fn check_one(pair: &Pair, entries: &[Site], to: Site, counts: (u32, u32)) {
    let (graph, brute) = (&pair.graph, &pair.brute);
    let movements = movements(graph);
    let answer = of_one(&movements, &indices(pair, entries), pair.sites[&to]);
    let mut expected = BTreeMap::new();
    for entry in entries.iter().filter(|&&entry| entry != to) {
        let hops = |stated_only| brute.blast(&[], &[*entry], stated_only).reached.get(&to).copied();
        if let Some(all) = hops(false) {
            expected.insert(pair.sites[entry], (all, hops(true)));
        }
    }
    let found = answer.entry_points.iter();
    let found: BTreeMap<_, _> =
        found.map(|from| (from.entry_point, (from.hops, from.hops_stated))).collect();
    assert_eq!(found, expected);
    assert_eq!(found.len(), answer.entry_points.len());
    assert_eq!(counts, (found.len() as u32, answer.stated() as u32));
    assert!(answer.entry_points.is_sorted_by_key(|from| (from.hops, from.entry_point)));

    for from in &answer.entry_points {
        let way = answer.way_from(from.entry_point);
        let ends = ([from.entry_point], [pair.sites[&to]]);
        let shortest = paths_between(&movements[0], &ends.0, &ends.1, 1, &Progress::default());
        assert_eq!(way, shortest.unwrap()[0].hops, "the way is the first of the shortest paths");
        assert_eq!(way.last().unwrap().credential, from.through);
    }
    let key = |step: &Step| (step.from, step.edge);
    let ways = answer.entry_points.iter().map(|from| answer.way_from(from.entry_point));
    let on_ways: BTreeSet<_> = ways.flatten().map(|step| key(&step)).collect();
    let listed: BTreeSet<_> = answer.backwards.iter().map(|hop| key(&hop.step)).collect();
    assert_eq!(listed, on_ways);
    assert_eq!(answer.backwards.len(), on_ways.len(), "each hop stands there once");

    let [all, stated] = [false, true].map(|stated_only| last_of(pair, entries, to, stated_only));
    let found = answer.last_credentials.iter();
    let found: BTreeMap<_, _> = found
        .map(|last| (last.credential.0, (last.entry_points, last.entry_points_stated)))
        .collect();
    let expected =
        all.iter().map(|(at, &count)| (*at, (count, stated.get(at).copied().unwrap_or(0))));
    assert_eq!(found, expected.collect());
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn reached_by_equals_a_walk_from_each_entry_point(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3, mask in any::<u64>(),
    ) {
        let pair = pair(rows, unstated, pivot);
        let entries = picked(&pair, mask);
        let counts = of_all(&movements(&pair.graph), &indices(&pair, &entries));
        check_several(&pair, &entries);
        for (&site, &at) in &pair.sites {
            let count = |stated_only| {
                let others = entries.iter().filter(|&&entry| entry != site);
                let reach = |entry: &&Site| {
                    pair.brute.blast(&[], &[**entry], stated_only).reached.contains_key(&site)
                };
                others.filter(reach).count() as u32
            };
            prop_assert_eq!(counts.of(at), (count(false), count(true)));
            check_one(&pair, &entries, site, counts.of(at));
        }
    }

    #[test]
    fn no_fix_raises_the_number_of_entry_points_that_reach_anything(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3, mask in any::<u64>(),
        fixes in prop::collection::vec((0usize..6, 0usize..FixKind::EVERY.len()), 1..4),
    ) {
        let pair = pair(rows, unstated, pivot);
        let entries = indices(&pair, &picked(&pair, mask));
        let fixes: Vec<Fix> = fixes
            .into_iter()
            .filter_map(|(secret, kind)| Some(Fix::new(*pair.secrets.get(&secret)?, FixKind::EVERY[kind])))
            .collect();
        let before = movements(&pair.graph);
        let after = [fixed(&pair.graph, &before[0], &fixes), before[1].clone()];
        let (old, new) = (of_all(&before, &entries), of_all(&after, &entries));
        for (at, count) in new.all.iter().enumerate() {
            prop_assert!(*count <= old.all[at]);
            let to = InstanceIndex(at as u32);
            let named = of_one(&after, &entries, to);
            prop_assert_eq!(named.entry_points.len() as u32, *count);
            for from in &named.entry_points {
                prop_assert_eq!(named.way_from(from.entry_point).len(), from.hops as usize);
            }
        }
    }
}

/// ```text
/// shop@dev ─a→ bus@test ─b→ bank@prod
/// shop@dev ─c?────────────→ bank@prod
/// job@dev  ─d→ bus@test          (d is dead)
/// bank@prod ─e→ bank@prod        bank has a key to itself
/// ```
const ROWS: &str = "a holds shop@dev\na grants bus@test\nb holds bus@test\nb grants bank@prod\n\
                    c ? shop@dev\nc ? bank@prod\nd holds job@dev status=dead\nd grants bus@test\n\
                    e both bank@prod\n";

#[test]
fn who_reaches_the_bank_over_how_many_hops_and_through_what() {
    let graph = testing::graph(ROWS);
    let at = |name: &str| graph.find_written(name).unwrap();
    let entries = [at("bus@test"), at("job@dev"), at("shop@dev")];
    let answer = of_one(&movements(&graph), &entries, at("bank@prod"));
    let from: Vec<_> = answer
        .entry_points
        .iter()
        .map(|from| {
            let through = graph.credential_name(from.through);
            (graph.written_name(from.entry_point), from.hops, from.hops_stated, through)
        })
        .collect();
    let expected = [
        ("bus@test".to_owned(), 1, Some(1), "b"),
        // One hop by what is assumed, two by what is stated.
        ("shop@dev".to_owned(), 1, Some(2), "c"),
    ];
    assert_eq!(from, expected);
    let last: Vec<_> = answer
        .last_credentials
        .iter()
        .map(|last| {
            (graph.credential_name(last.credential), last.entry_points, last.entry_points_stated)
        })
        .collect();
    assert_eq!(last, [("b", 2, 2), ("c", 1, 0)]);
    // The bank does not count for itself, and its key to itself is nobody's way in.
    let counts = of_all(&movements(&graph), &[at("bank@prod"), at("shop@dev")]);
    assert_eq!(counts.of(at("bank@prod")), (1, 1));
    assert_eq!(counts.of(at("shop@dev")), (1, 0), "the bank holds c, which may open the shop");
}

#[test]
fn nothing_is_reached_where_there_is_nothing_or_all_is_dead() {
    for text in ["", "k\n", "- - a@dev\n", "k holds a@dev status=dead\nk grants b@prod\n"] {
        let graph = testing::graph(text);
        let entries: Vec<InstanceIndex> = graph.instance_indices().collect();
        let counts = of_all(&movements(&graph), &entries);
        assert!(counts.all.iter().chain(&counts.stated).all(|&count| count == 0), "{text}");
        for at in graph.instance_indices() {
            assert!(of_one(&movements(&graph), &entries, at).entry_points.is_empty(), "{text}");
        }
    }
}

#[test]
fn in_a_circle_everybody_reaches_everybody_else() {
    let mut text = String::new();
    for at in 0..1000 {
        writeln!(text, "k{at} holds s{at}@\nk{at} grants s{}@", (at + 1) % 1000).unwrap();
    }
    let graph = testing::graph(&text);
    let entries: Vec<InstanceIndex> = graph.instance_indices().collect();
    let counts = of_all(&movements(&graph), &entries);
    assert!(counts.all.iter().all(|&count| count == 999));
    let answer = of_one(&movements(&graph), &entries, graph.find_written("s0").unwrap());
    assert_eq!(answer.entry_points.len(), 999);
    let [last] = answer.last_credentials.as_slice() else { panic!("one key opens it") };
    assert_eq!((graph.credential_name(last.credential), last.entry_points), ("k999", 999));
    assert_eq!(answer.entry_points.last().unwrap().hops, 999);
}

#[test]
fn a_hub_of_a_hundred_thousand_is_counted_by_its_edges() {
    let names = (0..100_000).map(|at| format!("s{at}@dev")).collect::<Vec<_>>().join(",");
    let graph = testing::graph(&format!("hub both {names}\nk holds s7@dev\nk grants db@prod\n"));
    let entries: Vec<InstanceIndex> = graph.instance_indices().skip(1).collect();
    let counts = of_all(&movements(&graph), &entries);
    let db = graph.find_written("db@prod").unwrap();
    assert_eq!(db, InstanceIndex(0));
    assert_eq!(counts.all[0], 100_000);
    assert!(counts.all[1..].iter().all(|&count| count == 99_999));
    let answer = of_one(&movements(&graph), &entries, db);
    let hops: Vec<u32> = answer.entry_points.iter().map(|from| from.hops).collect();
    assert_eq!((hops.len(), hops[0], hops[1], hops[99_999]), (100_000, 1, 2, 2));
}
