//! The graph's promises: what is one node, what is one edge, what lives, and where it is said.

use std::sync::Arc;

use keyreach::graph::{
    AccessGraph, CredentialIndex, EdgeKind, InstanceIndex, Life, LifeDoubt, testing,
};
use keyreach::inventory::{Assumptions, Flag, Level, ProblemKind, UnstatedAccess};

fn credential_names(graph: &AccessGraph) -> Vec<&str> {
    graph.credential_indices().map(|credential| graph.credential_name(credential)).collect()
}

fn instance_names(graph: &AccessGraph) -> Vec<String> {
    graph.instance_indices().map(|instance| graph.instance_name(instance)).collect()
}

fn edges(graph: &AccessGraph) -> Vec<String> {
    let text = |edge: &keyreach::graph::Edge| {
        let kind = if edge.kind == EdgeKind::Holds { "held by" } else { "grants" };
        let assumed = if edge.assumed { " (assumed)" } else { "" };
        let credential = graph.credential_name(edge.credential);
        format!("{credential} {kind} {}{assumed}", graph.instance_name(edge.instance))
    };
    graph.edges().iter().map(text).collect()
}

#[test]
fn nodes_stand_in_the_order_of_their_names() {
    let graph = testing::graph("zeta holds web@prod\nAlpha holds web@dev\nbeta holds api@\n");
    assert_eq!(credential_names(&graph), ["Alpha", "beta", "zeta"]);
    assert_eq!(instance_names(&graph), ["api in unknown environment", "web in dev", "web in prod"]);
    assert_eq!(graph.environments()[0].display(), "unknown");
}

#[test]
fn spellings_of_an_environment_are_one_and_spellings_of_a_service_are_not() {
    let graph = testing::graph("k holds web@Production,web@prd,Web@prod\n");
    assert_eq!(instance_names(&graph), ["Web in prod", "web in prod"]);
    assert_eq!(edges(&graph), ["k held by Web in prod", "k held by web in prod"]);
    assert_eq!(graph.find_instance("web", " LIVE "), Some(InstanceIndex(1)));
    assert_eq!(graph.find_instance("web", "dev"), None);
}

#[test]
fn unstated_access_follows_the_assumption_and_a_statement_beats_it() {
    let text = "k ? db@prod\nk holds db@prod\n";
    let assumed = testing::graph(text);
    assert_eq!(edges(&assumed), ["k held by db in prod", "k grants db in prod (assumed)"]);
    let mut assumptions = Assumptions::new(testing::as_of());
    assumptions.unstated_access = UnstatedAccess::Holds;
    let graph = AccessGraph::build(Arc::new(testing::inventory(text)), &assumptions);
    assert_eq!(edges(&graph), ["k held by db in prod"]);
}

#[test]
fn every_edge_leads_to_all_its_rows() {
    let graph = testing::graph("k both db@prod\n\nk grants db@prod\nk holds web@dev\n");
    let lines = |at: usize| {
        let edge = keyreach::graph::EdgeIndex(at as u32);
        graph.evidence(edge).map(|place| place.line).collect::<Vec<_>>()
    };
    assert_eq!(
        edges(&graph),
        ["k held by db in prod", "k held by web in dev", "k grants db in prod"]
    );
    assert_eq!((lines(0), lines(1), lines(2)), (vec![1], vec![4], vec![1, 3]));
    let rows = graph.rows_of(CredentialIndex(0));
    assert_eq!(rows.len(), 3);
    assert_eq!(graph.rows_of_instance(InstanceIndex(0)).len(), 2);
}

#[test]
fn a_credential_is_printed_by_its_first_id_and_keeps_the_rest() {
    let graph =
        testing::graph("F:zeta holds web@dev\nF:alpha holds web@prod\nF:mid holds db@dev\n");
    assert_eq!(credential_names(&graph), ["alpha"]);
    let inventory = graph.inventory();
    let texts: Vec<_> =
        graph.aliases(CredentialIndex(0)).iter().map(|&id| inventory.text(id)).collect();
    assert_eq!(texts, ["alpha", "mid", "zeta"]);
    assert_eq!(graph.find_credential("mid"), Some(CredentialIndex(0)));
    assert_eq!(graph.find_credential("nobody"), None);
}

#[test]
fn shared_ids_are_told_apart_in_the_order_of_their_instances() {
    let graph =
        testing::graph("F:db holds web@prod\nG:db holds api@dev\ndb~2 holds a@dev\nH: ? x@\n");
    assert_eq!(credential_names(&graph), ["db", "db~2", "db~3", "unnamed@rows.csv:4"]);
    let holder = |id: &str| {
        let credential = graph.find_credential(id).unwrap();
        graph.instance_name(graph.instances_of(credential)[0])
    };
    assert_eq!((holder("db"), holder("db~3")), ("api in dev".to_owned(), "web in prod".to_owned()));
}

#[test]
fn a_row_is_judged_whole_and_one_living_row_keeps_a_credential_alive() {
    let life = |text: &str| testing::graph(text).credentials()[0].life;
    assert_eq!(life("k holds a@dev"), Life::Live);
    assert_eq!(life("k holds a@dev expires=2026-06-30"), Life::Dead);
    assert_eq!(life("k holds a@dev expires=2026-07-01"), Life::Live);
    assert_eq!(life("k holds a@dev status=live expires=2026-06-30"), Life::Dead);
    assert_eq!(life("k holds a@dev status=dead expires=2030-01-01"), Life::Dead);
    assert_eq!(life("k holds a@dev status=dead\nk holds b@dev"), Life::Dead);
    assert_eq!(life("k holds a@dev status=dead\nk holds b@dev status=live"), Life::Live);
}

#[test]
fn disagreeing_rows_become_a_problem_at_the_first_that_says_dead() {
    let graph =
        testing::graph("k holds a@dev status=live\nk grants b@dev status=dead\nk holds c@dev");
    let [problem] = graph.problems() else { panic!("one problem") };
    assert_eq!((problem.kind, problem.place.line), (ProblemKind::Disagreement, 2));
    assert!(problem.message.contains("rows.csv:1 says live"), "{}", problem.message);
    assert!(problem.message.contains("rows.csv:2 says dead"), "{}", problem.message);
    assert_eq!(graph.credentials()[0].doubt, LifeDoubt::RowsDisagree);
}

#[test]
fn facts_are_merged_from_all_rows() {
    let graph = testing::graph(
        "k holds a@dev owner=ops;web created=2024-01-01 used=never storage=vault\n\
         k holds b@dev owner=sre|ops created=2023-01-01 rotated=2025-01-01 storage=env\n\
         k holds b@dev used=2026-01-01 status=dead expires=2030-01-01\n\
         - - a@dev kind=CI entry=no service_owner=web\n\
         - - a@dev entry=yes jewel=no service_owner=ops\n",
    );
    let credential = &graph.credentials()[0];
    let owner_names: Vec<_> =
        graph.owners_of(CredentialIndex(0)).iter().map(|&owner| graph.owner_name(owner)).collect();
    assert_eq!(owner_names, ["ops", "sre", "web"]);
    assert_eq!(credential.created.unwrap().to_string(), "2023-01-01");
    assert_eq!(credential.last_rotated.unwrap().to_string(), "2025-01-01");
    assert_eq!(credential.expires, None);
    assert_eq!(format!("{:?}", credential.last_used), "On(2026-01-01)");
    assert_eq!(graph.storages_of(CredentialIndex(0)).len(), 2);
    let instance = &graph.instances()[0];
    assert_eq!((instance.entry_point, instance.crown_jewel), (Flag::Yes, Flag::No));
    assert_eq!(instance.role, keyreach::graph::Role::Ci);
    assert_eq!(graph.owners_of_instance(InstanceIndex(0)).len(), 2);
}

#[test]
fn a_grant_pivots_when_its_level_is_enough_or_not_said() {
    let mut assumptions = Assumptions::new(testing::as_of());
    assumptions.pivot_needs = Level::Write;
    let text = "a grants x@dev level=read\nb grants x@dev level=write\nc grants x@dev\n";
    let graph = AccessGraph::build(Arc::new(testing::inventory(text)), &assumptions);
    let pivots: Vec<_> =
        graph.edges().iter().map(|e| (e.pivots, e.pivots_stated, e.level_assumed())).collect();
    assert_eq!(pivots, [(false, false, false), (true, true, false), (true, false, true)]);
}

#[test]
fn a_foreign_index_gives_blanks() {
    let graph = testing::graph("");
    assert_eq!(graph.credential_name(CredentialIndex(7)), "");
    assert_eq!(graph.instance_name(InstanceIndex(7)), " in unknown environment");
    assert!(graph.holds(InstanceIndex(7)).is_empty());
}

#[test]
fn dead_credentials_stand_in_the_petgraph_without_edges() {
    let graph = testing::graph("k both a@dev\nd both a@dev status=dead\n");
    let moves = graph.to_petgraph();
    assert_eq!((moves.node_count(), moves.edge_count()), (3, 2));
}
