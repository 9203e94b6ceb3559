//! The four stories of `sample-data` say what their authors meant them to say.
//!
//! The numbers were worked out from the files by hand and by a script that shares no code with
//! this project.

use std::path::Path;
use std::sync::Arc;

use keyreach::graph::{AccessGraph, CredentialIndex, EdgeIndex, Role};
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Inventory, Ledger, ProblemKind, Progress, Tier};

fn inventory(name: &str) -> Inventory {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
    let files = vec![FileBytes::new(name, std::fs::read(path).unwrap())];
    let key = FingerprintKey::from_bytes([7; 32]);
    import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap()
}

fn graph(name: &str) -> AccessGraph {
    graph_under(name, &assumptions())
}

/// What the samples are judged under.
pub(crate) fn assumptions() -> Assumptions {
    Assumptions::new(jiff::civil::date(2026, 11, 23))
}

/// The graph of a sample under some assumptions.
pub(crate) fn graph_under(name: &str, assumptions: &Assumptions) -> AccessGraph {
    AccessGraph::build(Arc::new(inventory(name)), assumptions)
}

/// Credentials, service instances, known environments, edges of holding, edges of granting, dead
/// credentials.
fn size(graph: &AccessGraph) -> [usize; 6] {
    let credentials = graph.credential_indices();
    let holds = credentials.map(|credential| graph.held_by(credential).len()).sum();
    let grants = graph.credential_indices().map(|credential| graph.grants(credential).len()).sum();
    let known = graph.environments().iter().filter(|environment| environment.is_known()).count();
    let dead = graph.credentials().iter().filter(|credential| !credential.is_live()).count();
    [graph.credentials().len(), graph.instances().len(), known, holds, grants, dead]
}

/// Live credentials that are held below prod and grant prod.
fn reach_prod_from_below(graph: &AccessGraph, stated_alone: bool) -> Vec<&str> {
    let tiers = |edges: &[EdgeIndex]| -> Vec<Tier> {
        let edges = edges.iter().map(|&edge| graph.edge(edge));
        let counted = edges.filter(|edge| !(stated_alone && edge.assumed));
        counted.filter_map(|edge| graph.environment_of(edge.instance).tier).collect()
    };
    let crosses = |&credential: &CredentialIndex| {
        graph.credential(credential).is_live()
            && tiers(graph.held_by(credential)).iter().any(|&tier| tier < Tier(3))
            && tiers(graph.grants(credential)).contains(&Tier(3))
    };
    let mut names: Vec<&str> = graph
        .credential_indices()
        .filter(crosses)
        .map(|credential| graph.credential_name(credential))
        .collect();
    names.sort_unstable();
    names
}

/// Every id under which a secret is inventoried.
fn ids(graph: &AccessGraph, id: &str) -> Vec<String> {
    let credential = graph.find_credential(id).unwrap();
    let ids = graph.aliases(credential).iter();
    ids.map(|&id| graph.inventory().text(id).to_owned()).collect()
}

#[test]
fn in_the_talk_one_key_alone_joins_dev_and_ci_to_prod() {
    let graph = graph("talk.csv");
    assert_eq!(size(&graph), [31, 32, 4, 32, 35, 0]);
    assert_eq!(reach_prod_from_below(&graph, true), ["deploy-key-prod"]);
    assert_eq!(reach_prod_from_below(&graph, false), ["deploy-key-prod"]);
    let key = graph.find_credential("deploy-key-prod").unwrap();
    let instances = |edges: &[EdgeIndex]| -> Vec<String> {
        edges.iter().map(|&edge| graph.instance_name(graph.edge(edge).instance)).collect()
    };
    assert_eq!(instances(graph.held_by(key)).len(), 2);
    assert_eq!(instances(graph.grants(key)).len(), 5);
    let shared = graph.credential_indices().filter(|&credential| {
        graph.held_by(credential).len() > 1 || graph.grants(credential).len() > 1
    });
    assert_eq!(shared.collect::<Vec<_>>(), [key]);
}

#[test]
fn the_payments_company_has_three_stated_ways_up_and_two_assumed_ones() {
    let graph = graph("payments.csv");
    assert_eq!(size(&graph), [160, 192, 4, 357, 189, 5]);
    let stated = ["ledger-db-app-prod", "lumen-ai-shared", "release-deploy-key"];
    assert_eq!(reach_prod_from_below(&graph, true), stated);
    let all = [
        "ledger-db-app-prod",
        "lumen-ai-shared",
        "metrics-agent-token",
        "notification-template-key",
        "release-deploy-key",
    ];
    assert_eq!(reach_prod_from_below(&graph, false), all);
    assert_eq!(ids(&graph, "ledger-db-app-prod"), ["ledger-db-app-prod", "ledger-db-app-staging"]);
}

#[test]
fn the_payments_company_has_every_sort_of_extraction_point() {
    let graph = graph("payments.csv");
    for (service, environment, role) in [
        ("ci-runner", "test", Role::Ci),
        ("release-pipeline", "prod", Role::Ci),
        ("secrets-vault", "prod", Role::SecretStore),
        ("token-broker", "staging", Role::Broker),
        ("card-vault-sidecar", "prod", Role::Sidecar),
    ] {
        let instance = graph.find_instance(service, environment).unwrap();
        assert_eq!(graph.instance(instance).role, role, "{service}");
        assert!(!graph.holds(instance).is_empty(), "{service}");
    }
    let vault = graph.find_instance("secrets-vault", "prod").unwrap();
    assert_eq!(graph.holds(vault).len(), 22);
}

#[test]
fn without_access_everything_rests_on_the_assumption() {
    let graph = graph("no-access.csv");
    assert_eq!(size(&graph), [34, 33, 3, 65, 65, 0]);
    assert!(graph.edges().iter().all(|edge| edge.assumed));
    assert_eq!(reach_prod_from_below(&graph, true), Vec::<&str>::new());
    let assumed = [
        "Directory bind password",
        "Map tiles API key",
        "Warehouse loader password",
        "Yard database password",
    ];
    assert_eq!(reach_prod_from_below(&graph, false), assumed);
}

#[test]
fn the_messy_export_is_read_for_all_that_it_is_worth() {
    let graph = graph("messy.csv");
    let [credentials, instances, environments, .., dead] = size(&graph);
    assert_eq!([credentials, instances, environments, dead], [29, 49, 8, 2]);
    let stated = ["deploy-user", "map-tiles", "old-ftp-login"];
    assert_eq!(reach_prod_from_below(&graph, true), stated);
    let all = ["deploy-user", "erp-interface", "map-tiles", "old-ftp-login", "weather-feed"];
    assert_eq!(reach_prod_from_below(&graph, false), all);
    assert_eq!(ids(&graph, "dhl-label-key"), ["dhl-label-key", "parcel-label-token"]);
    assert_eq!(ids(&graph, "old-ftp-login"), ["old-ftp-login", "pim-import-login"]);
}

#[test]
fn every_row_of_the_clean_stories_is_taken() {
    // Line 387 of the payments company says again, under another id of the same secret, what line
    // 386 says; the facts of that id stand in an earlier row.
    for (name, accepted, merged) in
        [("talk.csv", 67, 0), ("payments.csv", 525, 1), ("no-access.csv", 65, 0)]
    {
        let expected = Ledger { accepted, merged, ..Ledger::default() };
        let inventory = inventory(name);
        assert_eq!(inventory.ledger(), expected, "{name}");
        assert_eq!(inventory.problems, [], "{name}");
    }
}

#[test]
fn every_row_of_the_messy_export_is_accounted_for() {
    let ledger = inventory("messy.csv").ledger();
    // Skipped: two lines of preamble, a comment, a repeated header, four blank lines and a row of
    // empty cells.
    assert_eq!(ledger, Ledger { accepted: 59, merged: 4, skipped: 9, rejected: 4 });
    assert_eq!(ledger.read(), 76);
}

#[test]
fn the_rejected_rows_of_the_messy_export_are_those_that_nobody_can_read() {
    let inventory = inventory("messy.csv");
    let rejected: Vec<(u32, ProblemKind)> = inventory
        .problems
        .iter()
        .filter(|problem| problem.row_rejected)
        .map(|problem| (problem.place.line, problem.kind))
        .collect();
    let expected = [
        (34, ProblemKind::TooFewCells),
        (35, ProblemKind::TooManyCells),
        (69, ProblemKind::NothingNamed),
        (79, ProblemKind::TooFewCells),
    ];
    assert_eq!(rejected, expected);
}

#[test]
fn the_messy_export_has_every_kind_of_trouble() {
    let graph = graph("messy.csv");
    let problems = graph.inventory().problems.iter().chain(graph.problems());
    let kinds: Vec<ProblemKind> = problems.map(|problem| problem.kind).collect();
    for kind in [
        ProblemKind::UnclearDate,
        ProblemKind::UnknownWord,
        ProblemKind::OddCharacters,
        ProblemKind::AmbiguousId,
        ProblemKind::CaseVariants,
        ProblemKind::Disagreement,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

#[test]
fn no_secret_value_of_the_messy_export_is_kept() {
    let kept = format!("{:?}", inventory("messy.csv"));
    for value in ["river-stone-11", "blue-harbour-42", "changeme", "amber-tram-6", "amber-tram-7"] {
        assert!(!kept.contains(value), "{value} is still there");
    }
    assert!(kept.contains("dhl-label-key"));
}
