//! The difference between two inventories, against a walk over their rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::properties::cases;
use keyreach::analysis::{Answers, Difference, difference};
use keyreach::export::write_inventory;
use keyreach::graph::{AccessGraph, EdgeIndex, EdgeKind};
use keyreach::import::{FileBytes, FingerprintKey, Fingerprinter, ImportSettings, import};
use keyreach::inventory::{Assumptions, Date, Progress};
use proptest::prelude::*;

const SERVICES: [&str; 3] = ["a", "b", "c"];
const ENVIRONMENTS: [&str; 4] = ["dev", "staging", "prod", ""];
const IDS: [&str; 4] = ["k1", "k2", "k3", "k4"];

/// Id, service, environment and whether the row says that the service holds the credential.
type Row = (usize, usize, usize, bool);

fn graph(rows: &[Row]) -> AccessGraph {
    let mut text = String::new();
    for &(id, service, environment, holds) in rows {
        let access = if holds { "holds" } else { "grants" };
        let (service, environment) = (SERVICES[service], ENVIRONMENTS[environment]);
        text.extend([IDS[id], ",", service, ",", environment, ",", access, "\n"]);
    }
    graph_of_text(&text)
}

fn compare(old: &AccessGraph, new: &AccessGraph) -> Difference {
    let answers =
        |graph: &AccessGraph| Answers::compute(graph.clone(), &Progress::default()).unwrap();
    let (old, new) = (answers(old), answers(new));
    difference(old.side(), new.side(), &Progress::default()).unwrap()
}

/// The same of rows as text, some of which may say no access.
fn graph_of_text(rows: &str) -> AccessGraph {
    let text = format!("id,service,environment,access\n{rows}");
    let files = vec![FileBytes::new("rows.csv", text.into_bytes())];
    let key = FingerprintKey::from_bytes([1; 32]);
    let inventory = import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
    let day: Date = "2026-11-23".parse().unwrap();
    AccessGraph::build(Arc::new(inventory), &Assumptions::new(day))
}

type Site = (usize, usize);

/// Every pair from below the highest tier to the highest tier that some chain of rows connects.
fn pairs(rows: &[Row]) -> BTreeSet<(Site, Site)> {
    let sites: BTreeSet<Site> = rows.iter().map(|row| (row.1, row.2)).collect();
    let tier = |site: &Site| [Some(0), Some(2), Some(3), None][site.1];
    let top = sites.iter().filter_map(tier).max();
    let mut pairs = BTreeSet::new();
    for &from in sites.iter().filter(|site| tier(site).is_some() && tier(site) < top) {
        let mut fallen = BTreeSet::from([from]);
        loop {
            let ids: BTreeSet<usize> = rows
                .iter()
                .filter(|row| row.3 && fallen.contains(&(row.1, row.2)))
                .map(|row| row.0)
                .collect();
            let opened = rows.iter().filter(|row| !row.3 && ids.contains(&row.0));
            let before = fallen.len();
            fallen.extend(opened.map(|row| (row.1, row.2)));
            if fallen.len() == before {
                break;
            }
        }
        let jewels = fallen.iter().filter(|site| top.is_some() && tier(site) == top);
        pairs.extend(jewels.filter(|site| **site != from).map(|&to| (from, to)));
    }
    pairs
}

fn named(pairs: impl Iterator<Item = (Site, Site)>) -> BTreeSet<(String, String)> {
    let name = |(service, environment): Site| {
        format!("{}@{}", SERVICES[service], ENVIRONMENTS[environment])
    };
    pairs.map(|(from, to)| (name(from), name(to))).collect()
}

fn found(
    graph: &AccessGraph,
    paths: &[keyreach::analysis::PathChange],
) -> BTreeSet<(String, String)> {
    let name = |at| format!("{}@{}", graph.service_name(at), graph.environment_of(at).label);
    paths.iter().map(|path| (name(path.from), name(path.to))).collect()
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(
        (0..IDS.len(), 0..SERVICES.len(), 0..ENVIRONMENTS.len(), any::<bool>()),
        1..14,
    )
}

/// Rows of a few credentials and services, some without any access.
fn accesses() -> impl Strategy<Value = Vec<String>> {
    let row = (0..2_usize, 0..2_usize, 0..3_usize).prop_map(|(id, service, access)| {
        format!("{},{},dev,{}\n", IDS[id], SERVICES[service], ["", "holds", "grants"][access])
    });
    prop::collection::vec(row, 1..8)
}

/// Every link, and whether it is assumed.
fn by_assumption(graph: &AccessGraph) -> BTreeMap<(String, String, bool), bool> {
    let all = (0..graph.edges().len() as u32).map(EdgeIndex);
    let one = |at: EdgeIndex| {
        let link = edges(graph, &[at]).pop_first().unwrap();
        (link, graph.edge(at).assumed)
    };
    all.map(one).collect()
}

fn edges(graph: &AccessGraph, all: &[EdgeIndex]) -> BTreeSet<(String, String, bool)> {
    let name = |&at: &EdgeIndex| {
        let edge = graph.edge(at);
        let site = graph.instance_name(edge.instance);
        let credential = graph.credential_name(edge.credential).to_owned();
        (credential, site, edge.kind == EdgeKind::Holds)
    };
    all.iter().map(name).collect()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn paths_that_opened_and_closed_are_those_of_a_walk_over_the_rows(old in rows(), new in rows()) {
        let (before, after) = (graph(&old), graph(&new));
        let difference = compare(&before, &after);
        let (was, is) = (pairs(&old), pairs(&new));
        prop_assert_eq!(found(&after, &difference.opened), named(is.difference(&was).copied()));
        prop_assert_eq!(found(&before, &difference.closed), named(was.difference(&is).copied()));
        prop_assert_eq!(difference.opened_total, difference.opened.len());
        for path in &difference.opened {
            prop_assert_eq!(path.hops.last().map(|step| step.to), Some(path.to));
        }
    }

    #[test]
    fn links_that_rows_state_now_or_no_longer_are_named(old in accesses(), new in accesses()) {
        let (before, after) = (graph_of_text(&old.concat()), graph_of_text(&new.concat()));
        let difference = compare(&before, &after);
        let (was, is) = (by_assumption(&before), by_assumption(&after));
        for (is_assumed, found) in [(false, &difference.edges_stated), (true, &difference.edges_assumed)] {
            let expected = is.iter().filter(|(link, assumed)| {
                **assumed == is_assumed && was.get(*link) == Some(&!is_assumed)
            });
            let expected: BTreeSet<_> = expected.map(|(link, _)| link.clone()).collect();
            prop_assert_eq!(edges(&after, found), expected);
        }
    }

    #[test]
    fn what_appeared_one_way_went_the_other(old in rows(), new in rows()) {
        let (before, after) = (graph(&old), graph(&new));
        let (there, back) = (compare(&before, &after), compare(&after, &before));
        prop_assert_eq!(&there.credentials_appeared, &back.credentials_went);
        prop_assert_eq!(&there.instances_went, &back.instances_appeared);
        prop_assert_eq!(edges(&after, &there.edges_appeared), edges(&after, &back.edges_went));
        let own = |rows: &[Row]| rows.iter().copied().collect::<BTreeSet<Row>>();
        let fresh = own(&new).difference(&own(&old)).count();
        prop_assert_eq!(there.edges_appeared.len(), fresh);
    }

    #[test]
    fn an_inventory_differs_from_itself_in_nothing(rows in rows()) {
        let graph = graph(&rows);
        let same = graph.credential_indices().map(Some).collect();
        prop_assert_eq!(compare(&graph, &graph), Difference { same, ..Difference::default() });
    }
}

/// Ids and secrets of which many rows have none, or one that others have too; the last of each
/// stands in no other rows than those that are put in.
const FEW_IDS: [&str; 5] = ["", "", "shared", "k1", "fresh"];
const SECRETS: [&str; 5] = ["", "", "SameSecretAlpha1", "OtherSecretBeta2", "FreshSecretGamma3"];
const KINDS: [&str; 3] = ["", "password", "API key"];

/// Id, secret, type, service, environment and whether the service holds the credential.
type Told = (usize, usize, usize, usize, usize, bool);

fn told() -> impl Strategy<Value = Vec<Told>> {
    let row = (0..4_usize, 0..4_usize, 0..3_usize, 0..3_usize, 0..4_usize, any::<bool>());
    prop::collection::vec(row, 1..16)
}

fn read(file: &str, rows: &[Told], services: [&str; 3]) -> String {
    let mut text = String::new();
    for &(id, secret, kind, service, environment, holds) in rows {
        let cells = [
            FEW_IDS[id],
            SECRETS[secret],
            KINDS[kind],
            services[service],
            ENVIRONMENTS[environment],
            if holds { "holds" } else { "grants" },
            file,
        ];
        text += &cells.join(",");
        text.push('\n');
    }
    text
}

fn graph_of(name: &str, rows: &str, key: u8) -> AccessGraph {
    let text = format!("id,secret,type,service,environment,access,owner\n{rows}");
    let files = vec![FileBytes::new(name, text.into_bytes())];
    let key = FingerprintKey::from_bytes([key; 32]);
    let inventory = import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
    AccessGraph::build(Arc::new(inventory), &Assumptions::new(jiff::civil::date(2026, 11, 23)))
}

/// Asserts that nothing but these rows differs, whose services no other row names.
fn only_fresh_differ(before: &AccessGraph, after: &AccessGraph) {
    let found = compare(before, after);
    let names = |all: &[keyreach::graph::CredentialIndex], graph: &AccessGraph| -> Vec<String> {
        all.iter().map(|&at| graph.credential_name(at).to_owned()).collect()
    };
    assert_eq!(names(&found.credentials_went, before), Vec::<String>::new());
    assert!(found.credentials_changed.is_empty(), "{:?}", found.credentials_changed);
    assert!(found.edges_went.is_empty() && found.instances_went.is_empty());
    let is_fresh = |at| after.service_name(at).starts_with("fresh");
    for &at in &found.credentials_appeared {
        let linked = after.instances_of(at);
        assert!(!linked.is_empty() && linked.into_iter().all(is_fresh));
    }
    let fresh =
        after.credential_indices().filter(|&at| after.instances_of(at).into_iter().any(is_fresh));
    assert_eq!(found.credentials_appeared.len(), fresh.count());
    let appeared = found.edges_appeared.iter();
    assert!(appeared.copied().all(|edge| is_fresh(after.edge(edge).instance)));
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn of_rows_in_another_order_with_others_among_them_only_those_appeared(
        rows in told(),
        put_in in prop::collection::vec((0..2_usize, 0..3_usize, 0..3_usize), 0..5),
        order in any::<u64>(),
    ) {
        let old = read("team", &rows, SERVICES);
        // Each has no id and a secret of its own, an id of its own, or neither.
        let fresh: Vec<Told> = put_in
            .iter()
            .map(|&(which, service, environment)| match which {
                0 => (4, 0, 1, service, environment, true),
                _ => (0, 4, 1, service, environment, true),
            })
            .chain([(0, 0, 2, 0, 0, true)])
            .collect();
        let fresh = read("team", &fresh, ["fresh1", "fresh2", "fresh3"]);
        let mut lines: Vec<&str> = old.lines().chain(fresh.lines()).collect();
        // Any order will do as long as it is not the old one.
        let mut state = order;
        lines.sort_by_cached_key(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 33
        });
        let new = lines.join("\n");
        only_fresh_differ(&graph_of("old.csv", &old, 1), &graph_of("new.csv", &new, 1));
    }
}

#[test]
fn an_export_differs_from_its_source_in_nothing_whatever_the_key() {
    let scan = "DetectorName,DecoderName,Verified,Raw,SourceName\n\
                AWS,PLAIN,true,SameSecretAlpha1,repo-a\nAWS,PLAIN,true,OtherSecretBeta2,repo-b\n\
                Slack,PLAIN,true,SameSecretAlpha1,repo-c\n";
    let vault = "Group,Title,Username,Password,URL\nteam,,svc,SameSecretAlpha1,https://a.example\n\
                 team,,svc2,OtherSecretBeta2,https://b.example\n";
    let ambiguous = "id,secret,service,environment\nshared-mailbox,,mail,prod\n\
                     shared-mailbox,AaSecretValue1,mail,dev\nshared-mailbox,BbSecretValue2,mail,qa\n";
    let plain = "secret,service,environment,access\nSameSecretAlpha1,ci,dev,holds\n\
                 SameSecretAlpha1,pay,prod,grants\n";
    for text in [scan, vault, ambiguous, plain] {
        let read = |name: &str, text: &str, key: u8| {
            let files = vec![FileBytes::new(name, text.as_bytes().to_vec())];
            let key = FingerprintKey::from_bytes([key; 32]);
            let read = import(files, &key, &ImportSettings::default(), &Progress::default());
            AccessGraph::build(
                Arc::new(read.unwrap()),
                &Assumptions::new(jiff::civil::date(2026, 11, 23)),
            )
        };
        let source = read("source.csv", text, 1);
        let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
        let mut table = Vec::new();
        write_inventory(source.inventory(), &keyed, &mut table).unwrap();
        let table = String::from_utf8(table).unwrap();
        for key in [1, 2] {
            let found = compare(&read("source.csv", text, key), &read("export.csv", &table, key));
            let changed = found.credentials_appeared.len()
                + found.credentials_went.len()
                + found.credentials_changed.len()
                + found.edges_appeared.len()
                + found.edges_went.len();
            assert_eq!(changed, 0, "{text} under key {key}: {found:?}");
        }
    }
}

#[test]
fn a_secret_without_an_id_that_was_replaced_went_and_the_new_one_appeared() {
    let row = |secret: &str| format!(",{secret},password,ci,dev,holds,team\n");
    let old = graph_of("a.csv", &row("SameSecretAlpha1"), 1);
    let new = graph_of("a.csv", &row("OtherSecretBeta2"), 1);
    let found = compare(&old, &new);
    assert_eq!((found.credentials_appeared.len(), found.credentials_went.len()), (1, 1));
}
