//! Facts stated in small projects, taken back, kept over newer exports, and handed over.

use std::sync::Arc;

use super::*;
use crate::graph::AccessGraph;
use crate::graph::testing::{as_of, graph};
use crate::import::FingerprintKey;
use crate::import::{FileBytes, Fingerprinter, ImportSettings, import};
use crate::inventory::{Access, Date, Inventory, Level, Progress};
use crate::project::workshop::{SceneMark, WorkshopItem};
use crate::project::{Project, Sources};

const DAY: Date = Date::constant(2026, 11, 27);
const ROWS: &str = "k holds shop@dev\nk grants pay@prod\nl ? pay@prod\nm holds web@dev";

fn project_of(inventory: Arc<Inventory>) -> (Project, AccessGraph) {
    let sources = Sources { inventory: Some(inventory), ..Sources::default() };
    let project = Project { sources: Arc::new(sources), ..Project::new(as_of()) };
    built(project)
}

fn built(project: Project) -> (Project, AccessGraph) {
    let inventory = project.sources.inventory.clone().unwrap();
    let graph = AccessGraph::build(inventory, &project.assumptions);
    (project, graph)
}

fn opened() -> (Project, AccessGraph) {
    project_of(graph(ROWS).inventory().clone())
}

fn fact(credential: &str, access: Access, service: &str, environment: &str) -> WrittenFact {
    WrittenFact {
        credential: credential.to_owned(),
        access,
        service: service.to_owned(),
        environment: environment.to_owned(),
        ..WrittenFact::default()
    }
}

fn stated(
    (project, graph): &(Project, AccessGraph),
    fact: &WrittenFact,
) -> Result<(Project, AccessGraph), String> {
    state_fact(project, graph, fact, (DAY, None)).map(built)
}

/// Every link as `holds` or `grants`, with `?` where it is assumed, and its rows.
fn links(graph: &AccessGraph) -> Vec<String> {
    let mut all: Vec<String> = graph
        .credential_indices()
        .flat_map(|at| graph.held_by(at).iter().chain(graph.grants(at)).copied())
        .map(|edge| {
            let own = graph.edge(edge);
            let places: Vec<String> =
                graph.evidence(edge).map(|place| graph.inventory().place_text(place)).collect();
            format!(
                "{} {:?}{} {}: {}",
                graph.credential_name(own.credential),
                own.kind,
                if own.assumed { "?" } else { "" },
                graph.written_name(own.instance),
                places.join(" ")
            )
        })
        .collect();
    all.sort();
    all
}

fn same_bytes(one: &Inventory, other: &Inventory) -> bool {
    let texts = |of: &Inventory| {
        let names: Vec<_> = of
            .instances
            .iter()
            .map(|own| (of.text(own.service), of.text(own.environment)))
            .map(|(service, environment)| format!("{service}@{environment}"))
            .collect();
        names
    };
    one.rows == other.rows
        && one.links == other.links
        && one.sources == other.sources
        && one.parting == other.parting
        && texts(one) == texts(other)
}

#[test]
fn a_fact_is_a_link_of_the_workshop_with_its_line() {
    let before = opened();
    let once = stated(&before, &fact("k", Access::Holds, "web", "development")).unwrap();
    let twice = stated(&once, &fact("m", Access::Grants, "billing", "prod")).unwrap();
    let new: Vec<String> =
        links(&twice.1).into_iter().filter(|own| own.contains("workshop")).collect();
    assert_eq!(
        new,
        ["k Holds web@dev: workshop 2026-11-27:2", "m Grants billing@prod: workshop 2026-11-27:3"]
    );
    let inventory = twice.1.inventory();
    let [.., source] = inventory.sources.as_slice() else { panic!() };
    assert_eq!((source.stated, source.ledger.accepted), (Some(DAY), 2));
    assert!(!source.is_imported() && !inventory.is_of_several());
    // Nothing that was there is different.
    let old = links(&before.1);
    assert!(old.iter().all(|own| links(&twice.1).contains(own)));
    // An assumed link is confirmed by a stated one.
    let confirmed = stated(&before, &fact("l", Access::Holds, "pay", "prod")).unwrap();
    assert!(links(&before.1).contains(&"l Holds? pay@prod: rows.csv:3".to_owned()));
    let own = "l Holds pay@prod: rows.csv:3 workshop 2026-11-27:2".to_owned();
    assert!(links(&confirmed.1).contains(&own), "{:?}", links(&confirmed.1));
}

#[test]
fn what_cannot_be_a_fact_is_refused_in_words() {
    let before = opened();
    for (credential, access, service, environment, expected) in [
        ("", Access::Holds, "web", "dev", "name the credential"),
        ("k", Access::Holds, " ", "dev", "name the service"),
        ("kk", Access::Holds, "web", "dev", "there is no such credential"),
        ("k", Access::Holds, "shop", "dev", "says so already: rows.csv:1"),
        ("k", Access::Grants, "pay", "production", "says so already: rows.csv:2"),
        ("k", Access::Holds, "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "dev", "secret value"),
        ("k", Access::Holds, "a\nb", "dev", "one line"),
    ] {
        let refused = stated(&before, &fact(credential, access, service, environment));
        let why = refused.map(|_| ()).unwrap_err();
        assert!(why.contains(expected), "{credential} {service}: {why}");
    }
    let with_level =
        WrittenFact { level: Level::Admin, ..fact("k", Access::Grants, "pay", "prod") };
    assert!(stated(&before, &with_level).is_ok(), "the row says no level");
}

#[test]
fn a_name_that_the_inventory_has_is_no_secret_and_none_is_no_service() {
    let open = project_of(graph("AKIAIOSFODNN7EXAMPLE holds shop@dev").inventory().clone());
    assert!(stated(&open, &fact("AKIAIOSFODNN7EXAMPLE", Access::Grants, "pay", "prod")).is_ok());
    let as_service = fact("AKIAIOSFODNN7EXAMPLE", Access::Grants, "AKIAIOSFODNN7EXAMPLF", "prod");
    assert!(stated(&open, &as_service).unwrap_err().contains("secret value"));
    for none in ["none", "N/A", "-"] {
        let why = stated(&open, &fact("AKIAIOSFODNN7EXAMPLE", Access::Grants, none, "prod"));
        assert!(why.unwrap_err().contains("names none"), "{none}");
    }
}

#[test]
fn what_is_taken_back_leaves_nothing_behind() {
    let before = opened();
    let one = stated(&before, &fact("k", Access::Holds, "billing", "prod")).unwrap();
    let two = stated(&one, &fact("m", Access::Grants, "pay", "prod")).unwrap();
    // The first of two: the second keeps its line.
    let second = built(without_entry(&two.0, 1));
    let new: Vec<String> =
        links(&second.1).into_iter().filter(|own| own.contains("workshop")).collect();
    assert_eq!(new, ["m Grants pay@prod: workshop 2026-11-27:3"]);
    assert!(second.1.find_instance("billing", "prod").is_none());
    let nothing = built(without_entry(&second.0, 2));
    assert_eq!(links(&nothing.1), links(&before.1));
    assert!(same_bytes(nothing.1.inventory(), before.1.inventory()));
    assert!(nothing.0.workshop.is_empty());
    // A number that nobody has takes nothing back.
    assert_eq!(without_entry(&two.0, 9).workshop, two.0.workshop);
}

#[test]
fn facts_are_kept_over_a_newer_export_and_come_back_with_their_credential() {
    let before = opened();
    let one = stated(&before, &fact("k", Access::Holds, "billing", "prod")).unwrap();
    let (project, old) = stated(&one, &fact("m", Access::Grants, "pay", "prod")).unwrap();
    let newer = graph("a holds aaa@dev\nk holds shop@dev\nk grants pay@prod\nl ? pay@prod");
    let kept = keep_facts(&old, &project.workshop, newer.inventory().clone());
    let now = AccessGraph::build(kept, newer.assumptions());
    let new: Vec<String> = links(&now).into_iter().filter(|own| own.contains("workshop")).collect();
    assert_eq!(new, ["k Holds billing@prod: workshop 2026-11-27:2"]);
    // m is gone; a later export has it again.
    let later = keep_facts(&now, &project.workshop, graph(ROWS).inventory().clone());
    let later = AccessGraph::build(later, newer.assumptions());
    assert_eq!(links(&later), links(&old));
    let plain = keep_facts(&before.1, &before.0.workshop, newer.inventory().clone());
    assert!(Arc::ptr_eq(&plain, newer.inventory()), "without facts nothing is done");
}

#[test]
fn rows_that_are_handed_over_give_the_same_links() {
    let key = FingerprintKey::from_bytes([7; 32]);
    let read = |files: &[(&str, &str)]| {
        let files =
            files.iter().map(|(name, text)| FileBytes::new(*name, text.as_bytes().to_vec()));
        let read = import(files.collect(), &key, &ImportSettings::default(), &Progress::default());
        Arc::new(read.unwrap())
    };
    let keyed = Fingerprinter::new(&key);
    let table = "credential_id,secret,service,environment,access\n\
                 k,hunter2-of-k,shop,dev,holds\nk,hunter2-of-k,pay,prod,grants\n\
                 ,hunter2-of-n,web,dev,holds\n=cmd,hunter2-of-c,web,dev,holds\n";
    let before = project_of(read(&[("keys.csv", table)]));
    let unnamed =
        before.1.credential_indices().find(|at| before.1.aliases(*at).is_empty()).unwrap();
    let unnamed = before.1.credential_name(unnamed).to_owned();
    let mut now = before;
    for (credential, access, service, environment) in [
        ("k", Access::Holds, "web", "dev"),
        ("k", Access::Both, "=billing", "qa"),
        (unnamed.as_str(), Access::Grants, "pay", "prod"),
        ("=cmd", Access::Grants, "Ops, \"Nord\"", ""),
    ] {
        let mut written = fact(credential, access, service, environment);
        written.by = "Ann".to_owned();
        written.level = Level::Write;
        now = stated(&now, &written).unwrap();
    }
    let handed = facts_to_hand_over(&now.1, &now.0.workshop, Some(&keyed));
    assert_eq!((handed.facts.len(), handed.left_out.len()), (4, 0), "{handed:?}");
    let mut bytes = Vec::new();
    crate::export::write_handed_over(&handed, &mut bytes).unwrap();
    let rows = String::from_utf8(bytes).unwrap();
    assert!(!rows.contains("hunter2") && rows.contains("2026-11-27:2, stated by Ann"), "{rows}");
    let again = project_of(read(&[("keys.csv", table), ("stated.csv", &rows)])).1;
    let bare = |graph: &AccessGraph| -> Vec<String> {
        let all = links(graph).into_iter();
        all.map(|own| own.rsplit_once(": ").unwrap().0.to_owned()).collect()
    };
    assert_eq!(bare(&again), bare(&now.1), "{rows}");
    // Without the key what has no id cannot be named.
    let handed = facts_to_hand_over(&now.1, &now.0.workshop, None);
    assert_eq!(handed.left_out.len(), 1);
    assert!(handed.left_out[0].contains("no id of its own"), "{handed:?}");
}

#[test]
fn a_fact_keeps_the_scene_on_which_it_was_stated() {
    let (project, graph) = opened();
    let scene = Some(SceneMark { number: 3, caption: "One key".to_owned() });
    let fact = fact("k", Access::Holds, "web", "dev");
    let project = state_fact(&project, &graph, &fact, (DAY, scene.clone())).unwrap();
    let [entry] = project.workshop.entries() else { panic!() };
    assert_eq!((entry.number, entry.on, &entry.scene), (1, DAY, &scene));
    assert!(matches!(&entry.item, WorkshopItem::Fact(own) if own.line == 2));
}
