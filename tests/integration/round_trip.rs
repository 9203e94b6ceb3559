//! What is written comes back: an exported inventory, and rejected rows that were mended.

use crate::properties::cases;
use keyreach::export::{write_inventory, write_rejected};
use keyreach::graph::{AccessGraph, CredentialIndex};
use keyreach::import::{FileBytes, FingerprintKey, Fingerprinter, ImportSettings, import};
use keyreach::inventory::{Assumptions, Inventory, NameId, Progress, SourceId};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

fn read_under(key: u8, files: &[(&str, &str)], apart: &[usize]) -> Inventory {
    let files = files.iter().map(|(name, text)| FileBytes::new(*name, text.as_bytes().to_vec()));
    let settings =
        ImportSettings { apart: BTreeSet::from_iter(apart.to_vec()), ..ImportSettings::default() };
    let key = FingerprintKey::from_bytes([key; 32]);
    import(files.collect(), &key, &settings, &Progress::default()).unwrap()
}

fn exported(inventory: &Inventory, key: u8) -> String {
    let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([key; 32]));
    let mut table = Vec::new();
    write_inventory(inventory, &keyed, &mut table).unwrap();
    String::from_utf8(table).unwrap()
}

/// All that a graph says of its credentials, instances and edges, under their names, sorted.
fn told(inventory: Inventory) -> Vec<String> {
    let graph =
        AccessGraph::build(Arc::new(inventory), &Assumptions::new(jiff::civil::date(2026, 11, 23)));
    let text = |name: NameId| graph.inventory().text(name).to_owned();
    let texts = |names: &[NameId]| names.iter().map(|name| text(*name)).collect::<Vec<_>>();
    let owners = |all: &[_]| -> Vec<String> {
        all.iter().map(|owner| graph.owner_name(*owner).to_owned()).collect()
    };
    // One without any id is called after its file and line.
    let name = |at: CredentialIndex| match graph.credential_name(at) {
        name if name.starts_with("unnamed@") => "unnamed".to_owned(),
        name => name.to_owned(),
    };
    let mut lines = Vec::new();
    for at in graph.credential_indices() {
        let mut credential = graph.credential(at).clone();
        // An export has a token in every row: what joined the rows before, it does not say.
        credential.joined_by = None;
        let names = [
            credential.kind.take(),
            credential.label.take(),
            credential.identity.take(),
            credential.tags.take(),
        ];
        lines.push(format!(
            "{} {:?} {:?} {:?} {:?} {credential:?}",
            name(at),
            texts(graph.aliases(at)),
            names.map(|name| name.map(text)),
            owners(graph.owners_of(at)),
            texts(graph.storages_of(at)),
        ));
    }
    for at in graph.instance_indices() {
        let instance = graph.instance(at);
        lines.push(format!(
            "{} {:?} {:?} {:?} {:?} {:?}",
            graph.instance_name(at),
            instance.role,
            instance.kind.map(text),
            instance.entry_point,
            instance.crown_jewel,
            owners(graph.owners_of_instance(at)),
        ));
    }
    for edge in graph.edges() {
        lines.push(format!(
            "{} {:?} {} {:?} {} {} {}",
            name(edge.credential),
            edge.kind,
            graph.instance_name(edge.instance),
            edge.level,
            edge.assumed,
            edge.pivots,
            edge.pivots_stated
        ));
    }
    lines.sort();
    lines
}

fn quoted(cells: &[&str]) -> String {
    let cells: Vec<String> =
        cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    cells.join(",") + "\n"
}

const HEADER: &str = "id,name,password,fingerprint,type,owner,status,expires,last_used,service,\
                      environment,access,level,exposure,service_type,crown_jewel\n";

/// For each column cells of every sort that has a rule of its own.
const CELLS: [&[&str]; 16] = [
    &["k1", "k2", "k3", "", "=k4", "#k5", "Total", "0012", "12", "k\n6", "ключ", "it's", "k,7"],
    &["", "", "a name", "-name", "@x", "“y”z"],
    &["", "", "", "hunter2hunter2", "correct horse 9", "changeme"],
    &["", "", "", "SHA256:AB12", "sha256:ab12", "REDACTED"],
    &["API key", "password", "", "+1"],
    &["team a", "team a; team b", "Doe, John", "", "=x"],
    &["active", "revoked", "", "sort of"],
    &["2026-03-01", "", "2030-12-31", "31/12/2027"],
    &["never", "", "2026-02-03"],
    &["web", "db", "Orders, EU", "[\"a, b\",\"c\"]", "db@prod;web", "-x", "Bücher|web", "", "a,b"],
    &["prod", "", "dev, test", "PROD", "dev/prod", "eu/1", "{\"service\":\"x, y\"}"],
    &["holds", "grants", "", "both", "sort of"],
    &["", "read", "admin", "write"],
    &["", "yes", "internal"],
    &["", "broker", "database", "CI"],
    &["", "yes", "no"],
];

fn inventories() -> impl Strategy<Value = String> {
    let row = proptest::collection::vec(0..100_usize, CELLS.len());
    proptest::collection::vec(row, 1..12).prop_map(|rows| {
        let line = |row: Vec<usize>| {
            let cells: Vec<&str> =
                row.iter().zip(CELLS).map(|(at, cells)| cells[at % cells.len()]).collect();
            quoted(&cells)
        };
        HEADER.to_owned() + &rows.into_iter().map(line).collect::<String>()
    })
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn an_exported_inventory_comes_back_as_the_same_graph(
        (one, two) in (inventories(), inventories()),
        apart in any::<bool>(),
    ) {
        let apart = if apart { vec![1] } else { Vec::new() };
        let inventory = read_under(7, &[("one.csv", &one), ("two.csv", &two)], &apart);
        if inventory.rows.is_empty() {
            return Ok(());
        }
        let table = exported(&inventory, 7);
        for value in ["hunter2", "correct horse"] {
            prop_assert!(!table.contains(value), "{table}");
        }
        let was = told(inventory);
        // Under another key the tokens are fingerprints like any others.
        for key in [7, 8] {
            let again = read_under(key, &[("export.csv", &table)], &[]);
            prop_assert_eq!(again.ledger().rejected, 0);
            prop_assert_eq!(&told(again), &was, "{}", &table);
        }
    }
}

#[test]
fn the_columns_of_an_export_mean_what_they_say() {
    let inventory = read_under(7, &[("a.csv", "id,service\nk1,=web\n")], &[]);
    let table = exported(&inventory, 7);
    assert!(table.lines().nth(1).unwrap().contains(",'=web,"), "{table}");
    let again = read_under(7, &[("export.csv", &table)], &[]);
    let reading = again.sources[0].reading().join("\n");
    assert!(reading.contains("fingerprint → fingerprint"), "{reading}");
    assert!(reading.contains("read_from → not used"), "{reading}");
}

/// The rows that were left out, as their file says it.
fn left_out(inventory: &Inventory) -> String {
    let mut table = Vec::new();
    write_rejected(inventory, SourceId(0), &mut table).unwrap();
    String::from_utf8(table).unwrap()
}

#[test]
fn a_mended_row_keeps_its_fingerprint_under_its_key() {
    let text = "id,fingerprint,service,environment\nk1,c4nary01,web,dev\nk2,c4nary01,db,eu,prod\n";
    let table = left_out(&read_under(7, &[("a.csv", text)], &[]));
    assert!(!table.contains("c4nary"), "{table}");
    let mended = table.replace("db,eu,prod", "db,prod");
    let together = |key| {
        let both = read_under(key, &[("a.csv", text), ("mended.csv", &mended)], &[]);
        assert_eq!(both.rows.len(), 2);
        both.identities.len()
    };
    assert_eq!((together(7), together(8)), (1, 2));
}

#[test]
fn a_token_stands_for_a_value_under_its_key() {
    let text = "id,password,service\nk1,hunter2hunter2,web\n";
    let inventory = read_under(7, &[("a.csv", text)], &[]);
    let token =
        exported(&inventory, 7).lines().nth(1).unwrap().split(',').nth(2).unwrap().to_owned();
    let other = format!("id,password,service\nk2,{token},db\n");
    let count = |key| read_under(key, &[("a.csv", text), ("b.csv", &other)], &[]).identities.len();
    assert_eq!((count(7), count(8)), (1, 2));
}
