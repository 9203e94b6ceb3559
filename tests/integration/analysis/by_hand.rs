//! Small inventories whose answers were worked out by hand.

use std::fmt::Write as _;

use keyreach::analysis::{Counting, Starts, blast_radius, reach_of_all};
use keyreach::graph::{AccessGraph, testing};
use keyreach::inventory::Progress;

/// dev app → ci key → runner → deploy key → prod web and prod db; a lone key beside it.
const CHAIN: &str = "\
    ci-key holds app@dev\n\
    ci-key grants runner@ci\n\
    deploy-key holds runner@ci\n\
    deploy-key grants web@prod,db@prod\n\
    lone grants mail@prod\n\
    old holds runner@ci status=dead\n\
    old grants mail@prod\n";

fn from_credential(graph: &AccessGraph, id: &str) -> Starts {
    Starts { credentials: vec![graph.find_credential(id).unwrap()], instances: Vec::new() }
}

#[test]
fn a_chain_is_told_hop_by_hop() {
    let graph = testing::graph(CHAIN);
    let answer = blast_radius(&graph, &from_credential(&graph, "ci-key"), Counting::All);
    let reached: Vec<_> =
        answer.reached.iter().map(|r| (r.hops, graph.instance_name(r.instance))).collect();
    let expected = [(1, "runner in ci"), (2, "db in prod"), (2, "web in prod")];
    assert_eq!(reached, expected.map(|(hops, name)| (hops, name.to_owned())));
    assert_eq!(answer.hops_summary(), [(1, 1), (2, 2)]);
    let obtained: Vec<_> =
        answer.obtained.iter().map(|o| (o.hops, graph.credential_name(o.credential))).collect();
    assert_eq!(obtained, [(1, "deploy-key")]);
    let chain = answer.chain_to(graph.find_instance("db", "prod").unwrap());
    let used: Vec<_> = chain.iter().map(|step| graph.credential_name(step.credential)).collect();
    assert_eq!(used, ["ci-key", "deploy-key"]);
}

#[test]
fn a_lone_credential_reaches_only_its_service() {
    let graph = testing::graph(CHAIN);
    let reach = reach_of_all(&graph, Counting::All, &Progress::default()).unwrap();
    let count = |id: &str| reach.credentials[graph.find_credential(id).unwrap().index()];
    assert_eq!((count("ci-key"), count("deploy-key"), count("lone"), count("old")), (3, 2, 1, 0));
    let count = |service: &str, label: &str| {
        reach.instances[graph.find_instance(service, label).unwrap().index()]
    };
    assert_eq!((count("app", "dev"), count("runner", "ci"), count("db", "prod")), (3, 2, 0));
}

#[test]
fn a_cancelled_ranking_gives_nothing() {
    let progress = Progress::default();
    progress.cancel();
    assert!(reach_of_all(&testing::graph(CHAIN), Counting::All, &progress).is_none());
}

#[test]
fn a_hub_of_many_thousands_costs_no_more_than_its_edges() {
    let mut text = String::new();
    for at in 0..3000 {
        writeln!(text, "hub both s{at}@prod\nk{at} holds s{at}@prod").unwrap();
    }
    let graph = testing::graph(&text);
    let reach = reach_of_all(&graph, Counting::All, &Progress::default()).unwrap();
    assert_eq!(reach.credentials[0], 3000);
    assert!(reach.instances.iter().all(|&count| count == 2999));
}
