//! The difference between two inventories, against a walk over their rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use keyreach::analysis::{Counting, Difference, Side, difference, reach_of_all};
use keyreach::graph::{AccessGraph, EdgeIndex, EdgeKind};
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Date, Progress};
use proptest::prelude::*;

const SERVICES: [&str; 3] = ["a", "b", "c"];
const ENVIRONMENTS: [&str; 4] = ["dev", "staging", "prod", ""];
const IDS: [&str; 4] = ["k1", "k2", "k3", "k4"];

/// Id, service, environment and whether the row says that the service holds the credential.
type Row = (usize, usize, usize, bool);

fn graph(rows: &[Row]) -> AccessGraph {
    let mut text = "id,service,environment,access\n".to_owned();
    for &(id, service, environment, holds) in rows {
        let access = if holds { "holds" } else { "grants" };
        let (service, environment) = (SERVICES[service], ENVIRONMENTS[environment]);
        text.extend([IDS[id], ",", service, ",", environment, ",", access, "\n"]);
    }
    let files = vec![FileBytes::new("rows.csv", text.into_bytes())];
    let key = FingerprintKey::from_bytes([1; 32]);
    let inventory = import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
    let day: Date = "2026-11-23".parse().unwrap();
    AccessGraph::build(Arc::new(inventory), &Assumptions::new(day))
}

fn compare(old: &AccessGraph, new: &AccessGraph) -> Difference {
    let reach = |graph| reach_of_all(graph, Counting::All, &Progress::default()).unwrap();
    let (before, after) = (reach(old), reach(new));
    let (old, new) = (Side { graph: old, reach: &before }, Side { graph: new, reach: &after });
    difference(old, new, &Progress::default()).unwrap()
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
    #![proptest_config(ProptestConfig::with_cases(400))]

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
        prop_assert_eq!(compare(&graph, &graph), Difference::default());
    }
}
