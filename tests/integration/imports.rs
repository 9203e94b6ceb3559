//! Labelled files: each file of `tests/imports` beside what a person reads in it.
//!
//! The labels are written by hand. A file `NAME.expected` says, one thing on each line: the account
//! of the rows; some lines of how the file is read; the links (`credential > service @environment
//! access`); the credentials without a link; which are dead; the identities; and each problem with
//! its line and kind. A file `NAME.mapping` beside it is the column mapping by which it is read. Where
//! it says `row: `, it says of every row with a problem what is shown of it, and where it says
//! `service: `, of every service instance its owners, its type and its flags; after `absent: ` stands
//! a text that nothing of what import hands back may contain, in any case.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use keyreach::graph::{AccessGraph, CredentialIndex};
use keyreach::import::{ColumnMapping, FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{
    Access, Assumptions, Date, Flag, Inventory, Problem, Progress, RowId, Source, shown,
};

#[test]
fn every_labelled_file_is_read_as_a_person_reads_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("imports");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".expected") && !name.ends_with(".mapping"))
        .collect();
    names.sort();
    assert!(names.len() >= 60, "{}", names.len());
    let mut wrong = Vec::new();
    for name in names {
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        let label = std::fs::read_to_string(folder.join(format!("{name}.expected"))).unwrap();
        let mapping = std::fs::read_to_string(folder.join(format!("{name}.mapping"))).ok();
        let mappings = mapping.map(|text| ColumnMapping::parse(&text).unwrap());
        let settings = ImportSettings {
            mappings: mappings.into_iter().collect(),
            ..ImportSettings::default()
        };
        let Read { mut said, reading, mut rows, mut services, everything } =
            read(&name, bytes, &settings);
        let of_said = |line: &&str| !line.starts_with("reading: ") && !line.starts_with("absent: ");
        let wanted: Vec<&str> = label.lines().filter(of_said).collect();
        let absent = label.lines().filter_map(|line| line.strip_prefix("absent: "));
        let shown: Vec<&str> =
            absent.filter(|text| everything.contains(&text.to_lowercase())).collect();
        if wanted.iter().any(|line| line.starts_with("row: ")) {
            said.append(&mut rows);
        }
        if wanted.iter().any(|line| line.starts_with("service: ")) {
            said.append(&mut services);
        }
        let told = label.lines().filter_map(|line| line.strip_prefix("reading: "));
        let untold: Vec<&str> =
            told.filter(|line| !reading.iter().any(|own| own == line)).collect();
        if said != wanted || !untold.is_empty() || !shown.is_empty() {
            wrong.push(format!(
                "{name}\n  wanted {wanted:#?}\n  read {said:#?}\n  not told {untold:?} in {reading:?}\n  shown {shown:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is read in a file.
#[derive(Default)]
struct Read {
    said: Vec<String>,
    reading: Vec<String>,
    /// The rows with a problem, as they are shown.
    rows: Vec<String>,
    /// Each service instance with its type and its owners.
    services: Vec<String>,
    /// All that import hands back, in small letters.
    everything: String,
}

fn read(name: &str, bytes: Vec<u8>, settings: &ImportSettings) -> Read {
    let files = vec![FileBytes::new(name, bytes)];
    let key = FingerprintKey::from_bytes([3; 32]);
    match import(files, &key, settings, &Progress::default()) {
        Ok(inventory) => {
            let reading = inventory.sources.iter().flat_map(Source::reading).collect();
            let rows = rows(&inventory);
            let everything = format!("{inventory:?}").to_lowercase();
            let services = services(inventory.clone());
            Read { said: said(inventory), reading, rows, services, everything }
        }
        Err(error) => Read {
            said: vec![format!("refused: {error}")],
            everything: format!("{error:?}{error}").to_lowercase(),
            ..Read::default()
        },
    }
}

/// The line and the text of each row with a problem, once.
fn rows(inventory: &Inventory) -> Vec<String> {
    let text = |problem: &Problem| match &problem.row {
        Some(row) => format!("row: {} {}", problem.place.line, row.replace('\n', "\\n")),
        None => format!("row: {} is not shown", problem.place.line),
    };
    let mut rows: Vec<String> = inventory.problems.iter().map(text).collect();
    rows.dedup();
    rows
}

/// Each service instance with its type and its owners.
fn services(inventory: Inventory) -> Vec<String> {
    let day: Date = "2026-11-23".parse().unwrap();
    let graph = AccessGraph::build(Arc::new(inventory), &Assumptions::new(day));
    let text = |at| {
        let kind = graph.instance(at).kind.map_or("", |kind| graph.inventory().text(kind));
        let owners = graph.owners_of_instance(at).iter().map(|owner| graph.owner_name(*owner));
        let owners = owners.collect::<Vec<_>>().join(", ");
        let (name, environment) = (graph.service_name(at), graph.environment_of(at));
        let flag = |flag: Flag, word: &str| match flag {
            Flag::Unstated => String::new(),
            Flag::Yes => format!(", {word}"),
            Flag::No => format!(", no {word}"),
        };
        let (entry, jewel) = (graph.instance(at).entry_point, graph.instance(at).crown_jewel);
        let flags = [flag(entry, "entry point"), flag(jewel, "crown jewel")].concat();
        format!("service: {name} @{} of {owners}: {kind}{flags}", environment.label)
    };
    graph.instance_indices().map(text).collect()
}

fn said(inventory: Inventory) -> Vec<String> {
    let ledger = inventory.ledger();
    let left_out = inventory.problems.iter().filter(|problem| problem.row_rejected).count();
    assert_eq!(left_out as u64, ledger.rejected, "one problem for each rejected row");
    let mut said = vec![format!(
        "rows: {} = {} accepted + {} merged + {} skipped + {} rejected",
        ledger.read(),
        ledger.accepted,
        ledger.merged,
        ledger.skipped,
        ledger.rejected
    )];
    let day: Date = "2026-11-23".parse().unwrap();
    let graph = &AccessGraph::build(Arc::new(inventory), &Assumptions::new(day));
    let links = links(graph);
    let linked: BTreeSet<CredentialIndex> = links.iter().map(|(at, _)| *at).collect();
    let every = || graph.credential_indices();
    let named = |word: &'static str| move |at| format!("{word}: {}", name(graph, at));
    let identity = |at| graph.credential(at).identity;
    for mut list in [
        links.iter().map(|(_, link)| link.clone()).collect::<Vec<_>>(),
        every().filter(|at| !linked.contains(at)).map(named("alone")).collect(),
        every().filter(|&at| !graph.credential(at).is_live()).map(named("dead")).collect(),
        every()
            .filter_map(identity)
            .map(|identity| format!("identity: {}", graph.inventory().text(identity)))
            .collect(),
    ] {
        list.sort();
        said.append(&mut list);
    }
    let problems = graph.all_problems();
    said.extend(
        problems
            .iter()
            .map(|problem| format!("problem: {} {}", problem.place.line, problem.kind.word())),
    );
    said
}

/// All ids of a credential, or its printed name.
fn name(graph: &AccessGraph, at: CredentialIndex) -> String {
    let ids: Vec<&str> = graph.aliases(at).iter().map(|&id| graph.inventory().text(id)).collect();
    if ids.is_empty() { graph.credential_name(at).to_owned() } else { ids.join(", ") }
}

/// Each mapping in words, with its credential.
fn links(graph: &AccessGraph) -> Vec<(CredentialIndex, String)> {
    let inventory = graph.inventory();
    let of_row: BTreeMap<RowId, CredentialIndex> = graph
        .credential_indices()
        .flat_map(|at| graph.rows_of(at).iter().map(move |&row| (row, at)))
        .collect();
    let mappings = inventory.links.iter();
    let links = mappings.filter_map(|mapping| {
        let credential = *of_row.get(&mapping.row)?;
        let site = inventory.instances[mapping.instance.0 as usize];
        let access = match mapping.access {
            Access::Holds => "holds",
            Access::Grants => "grants",
            Access::Both => "both",
            Access::Unstated => "unstated",
        };
        let link = format!(
            "link: {} > {} @{} {access}{}",
            name(graph, credential),
            shown(inventory.text(site.service)),
            inventory.text(site.environment),
            if mapping.instance_assumed { " by-its-name" } else { "" },
        );
        Some((credential, link))
    });
    links.collect()
}
