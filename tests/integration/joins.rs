//! What joins the rows of a credential, and what becomes of credentials where ids in several sources
//! mean nothing: worked out by hand, and compared with inventories whose ids are prefixed by source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use keyreach::analysis::{Answers, Rule, Subject};
use keyreach::graph::{AccessGraph, CredentialIndex};
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{
    Assumptions, IdsAcrossSources, Inventory, JoinedBy, Place, Progress, SourceId,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::properties::cases;

fn read(files: &[(&str, &str)]) -> Inventory {
    let files = files.iter().map(|(name, text)| FileBytes::new(*name, text.as_bytes().to_vec()));
    read_files(files.collect())
}

fn read_files(files: Vec<FileBytes>) -> Inventory {
    let key = FingerprintKey::from_bytes([3; 32]);
    import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap()
}

fn graph(inventory: &Arc<Inventory>, ids: IdsAcrossSources) -> AccessGraph {
    let mut assumptions = Assumptions::new(jiff::civil::date(2026, 7, 1));
    assumptions.ids_across_sources = ids;
    AccessGraph::build(Arc::clone(inventory), &assumptions)
}

/// Each credential with the places of its rows, its ids, and what joined them.
fn joins(graph: &AccessGraph) -> BTreeMap<String, (String, String, Option<&'static str>)> {
    let inventory = graph.inventory();
    let of = |at: CredentialIndex| {
        let rows = graph.rows_of(at).iter().filter_map(|row| graph.place_of(*row));
        let rows: Vec<String> = rows.map(|place| inventory.place_text(place)).collect();
        let ids: Vec<&str> = graph.aliases(at).iter().map(|id| inventory.text(*id)).collect();
        let join = graph.credential(at).joined_by.map(JoinedBy::word);
        (graph.credential_name(at).to_owned(), (rows.join(" "), ids.join(" "), join))
    };
    graph.credential_indices().map(of).collect()
}

type Expected<'a> = &'a [(&'a str, &'a str, &'a str, Option<&'static str>)];

fn check(graph: &AccessGraph, expected: Expected<'_>) {
    let expected: BTreeMap<_, _> = expected
        .iter()
        .map(|(name, rows, ids, join)| {
            ((*name).to_owned(), ((*rows).to_owned(), (*ids).to_owned(), *join))
        })
        .collect();
    assert_eq!(joins(graph), expected);
}

const BY: Option<&str> = Some("fingerprint");
const ID: Option<&str> = Some("id");
const ACROSS: Option<&str> = Some("id-across-sources");

// k1 has a secret in a.csv and is named in both; k2 is named twice in a.csv; k3 once in each; k4 has
// one secret in both files under two ids; k5 has one row.
const A: &str = "id,password,service,environment\n\
                 k1,hunter2hunter2,web,dev\nk2,,web,dev\nk2,,db,dev\nk3,,web,dev\n\
                 k4,Tr0ub4dor99,web,dev\nk5,,web,dev\nk1,,db,dev\n";
const B: &str = "id,password,service,environment\n\
                 k1,,web,prod\nk3,,web,prod\nother,Tr0ub4dor99,web,prod\n";

#[test]
fn the_weakest_join_that_holds_a_credential_together_is_named() {
    let inventory = Arc::new(read(&[("a.csv", A), ("b.csv", B)]));
    check(
        &graph(&inventory, IdsAcrossSources::Same),
        &[
            ("k1", "a.csv:2 a.csv:8 b.csv:2", "k1", ACROSS),
            ("k2", "a.csv:3 a.csv:4", "k2", ID),
            ("k3", "a.csv:5 b.csv:3", "k3", ACROSS),
            ("k4", "a.csv:6 b.csv:4", "k4 other", BY),
            ("k5", "a.csv:7", "k5", None),
        ],
    );
    check(
        &graph(&inventory, IdsAcrossSources::Apart),
        &[
            ("k1", "a.csv:2 a.csv:8", "k1", ID),
            ("k1~2", "b.csv:2", "k1", None),
            ("k2", "a.csv:3 a.csv:4", "k2", ID),
            ("k3", "a.csv:5", "k3", None),
            ("k3~2", "b.csv:3", "k3", None),
            ("k4", "a.csv:6 b.csv:4", "k4 other", BY),
            ("k5", "a.csv:7", "k5", None),
        ],
    );
}

#[test]
fn a_pointer_into_a_vault_joins_like_an_id() {
    let a = "id,password,service,environment\nx,vault:secret/app#pw,web,dev\n\
             y,vault:secret/app#pw,db,dev\n";
    let b = "id,password,service,environment\nz,vault:secret/app#pw,web,prod\n";
    check(
        &graph(&Arc::new(read(&[("a.csv", a)])), IdsAcrossSources::Apart),
        &[("x", "a.csv:2 a.csv:3", "x y", ID)],
    );
    let both = Arc::new(read(&[("a.csv", a), ("b.csv", b)]));
    check(
        &graph(&both, IdsAcrossSources::Same),
        &[("x", "a.csv:2 a.csv:3 b.csv:2", "x y z", ACROSS)],
    );
    check(
        &graph(&both, IdsAcrossSources::Apart),
        &[("x", "a.csv:2 a.csv:3", "x y", ID), ("z", "b.csv:2", "z", None)],
    );
}

#[test]
fn a_fingerprint_beside_a_pointer_is_the_stronger_of_the_two() {
    let a = "id,password,fingerprint,service\nx,vault:secret/app#pw,aaaa1111bbbb2222,web\n";
    let b = "id,password,fingerprint,service\ny,vault:secret/db#pw,aaaa1111bbbb2222,db\n\
             z,vault:secret/app#pw,,mill\n";
    let both = Arc::new(read(&[("a.csv", a), ("b.csv", b)]));
    check(
        &graph(&both, IdsAcrossSources::Same),
        &[("x", "a.csv:2 b.csv:2 b.csv:3", "x y z", ACROSS)],
    );
    check(
        &graph(&both, IdsAcrossSources::Apart),
        &[("x", "a.csv:2 b.csv:2", "x y", BY), ("z", "b.csv:3", "z", None)],
    );
}

#[test]
fn the_files_of_a_folder_are_one_source() {
    let table = "id,service,environment\nk,web,dev\n";
    let file = |name: &str, folder: Option<&str>| {
        let file = FileBytes::new(name, table.as_bytes().to_vec());
        FileBytes { part_of: folder.map(str::to_owned), ..file }
    };
    let in_folders = |folders: &[Option<&str>]| {
        let files = folders.iter().zip(["a.csv", "b.csv", "c.csv"]);
        let files = files.map(|(folder, name)| file(name, *folder)).collect();
        let graph = graph(&Arc::new(read_files(files)), IdsAcrossSources::Apart);
        joins(&graph).into_values().map(|(rows, ..)| rows).collect::<Vec<_>>()
    };
    assert_eq!(in_folders(&[Some("f"), Some("f")]), ["a.csv:2 b.csv:2"]);
    assert_eq!(in_folders(&[Some("f"), Some("f"), None]), ["a.csv:2 b.csv:2", "c.csv:2"]);
    assert_eq!(in_folders(&[Some("f"), Some("g")]), ["a.csv:2", "b.csv:2"]);
    assert_eq!(in_folders(&[None, None]), ["a.csv:2", "b.csv:2"]);
}

#[test]
fn credentials_that_an_id_alone_joins_across_sources_are_found() {
    let inventory = Arc::new(read(&[("a.csv", A), ("b.csv", B)]));
    let found = |ids| {
        let answers = Answers::compute(graph(&inventory, ids), &Progress::default()).unwrap();
        let of_rule = answers.findings.iter().filter(|f| f.rule == Rule::JoinedByIdAcrossSources);
        of_rule
            .map(|finding| {
                let Subject::Credential(at) = finding.subject else { panic!("it is a credential") };
                let evidence = answers.details(finding).evidence;
                let rows = evidence.iter().map(|place| inventory.place_text(*place));
                let name = answers.graph.credential_name(at).to_owned();
                (name, finding.severity.word(), rows.collect::<Vec<_>>().join(" "))
            })
            .collect::<BTreeSet<_>>()
    };
    let expected = [("k1", "a.csv:2 b.csv:2"), ("k3", "a.csv:5 b.csv:3")]
        .map(|(name, rows)| (name.to_owned(), "low", rows.to_owned()));
    assert_eq!(found(IdsAcrossSources::Same), BTreeSet::from(expected));
    assert!(found(IdsAcrossSources::Apart).is_empty());
}

/// In a.csv a secret is listed under two ids; b.csv and c.csv name one of them each, d.csv only the
/// secret: what joins across sources are the rows with those ids.
#[test]
fn the_rows_that_bear_the_id_are_the_evidence_of_a_join() {
    let a = "id,password,service,environment\nx,hunter2hunter2,web,dev\ny,hunter2hunter2,db,dev\n";
    let b = "id,password,service,environment\nz,,idle,dev\ny,,web,prod\ny,,db,prod\n";
    let c = "id,password,service,environment\nx,,job,prod\n";
    let d = "id,password,service,environment\nw,hunter2hunter2,bus,prod\n";
    let inventory = Arc::new(read(&[("a.csv", a), ("b.csv", b), ("c.csv", c), ("d.csv", d)]));
    let graph = graph(&inventory, IdsAcrossSources::Same);
    let answers = Answers::compute(graph, &Progress::default()).unwrap();
    let found: Vec<_> = answers
        .findings
        .iter()
        .filter(|finding| finding.rule == Rule::JoinedByIdAcrossSources)
        .map(|finding| {
            let said = answers.details(finding);
            let places = said.evidence.iter().map(|place| inventory.place_text(*place));
            (places.collect::<Vec<_>>().join(" "), said.why[0].words.to_string())
        })
        .collect();
    let [(places, why)] = found.as_slice() else { panic!("one credential is joined: {found:?}") };
    assert_eq!(places, "a.csv:2 b.csv:3 c.csv:2");
    assert!(why.starts_with("rows of 3 sources"), "{why}");
    assert!(why.ends_with("a.csv, b.csv, c.csv"), "{why}");
}

#[test]
fn what_an_id_joined_across_sources_is_no_way_from_one_to_the_other_where_ids_are_apart() {
    let a = "id,service,environment,access\nk,web,dev,holds\n";
    let b = "id,service,environment,access\nk,db,prod,grants\n";
    let inventory = Arc::new(read(&[("a.csv", a), ("b.csv", b)]));
    let pairs = |ids| {
        let answers = Answers::compute(graph(&inventory, ids), &Progress::default()).unwrap();
        (answers.exposure.connected_pairs, answers.totals.joined_across_sources)
    };
    assert_eq!(pairs(IdsAcrossSources::Same), (1, 1));
    assert_eq!(pairs(IdsAcrossSources::Apart), (0, 0));
}

fn report(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .current_dir(folder)
        .args(["report", "--as-of", "2026-07-01"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_report_says_what_joins_rows_and_what_is_assumed_of_ids() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("a.csv"), A).unwrap();
    std::fs::write(folder.path().join("b.csv"), B).unwrap();
    let joined = |arguments: &[&str]| {
        let all = [&["a.csv", "b.csv", "--format", "json"], arguments].concat();
        let report: Value = serde_json::from_str(&report(folder.path(), &all)).unwrap();
        let credentials = report["credentials"].as_array().unwrap();
        let joined: Vec<Value> = credentials.iter().map(|one| one["joined_by"].clone()).collect();
        (report["assumptions"]["ids_across_sources"].clone(), Value::from(joined))
    };
    let across = "id-across-sources";
    let (word, found) = joined(&[]);
    assert_eq!(word, "same");
    assert_eq!(found, json!([across, "id", across, "fingerprint", null]));
    let (word, found) = joined(&["--ids-across-sources", "apart"]);
    assert_eq!(word, "apart");
    assert_eq!(found, json!(["id", null, "id", null, null, "fingerprint", null]));
    std::fs::write(folder.path().join("p.toml"), "ids_across_sources = \"apart\"\n").unwrap();
    assert_eq!(joined(&["--policy", "p.toml"]), (word, found));
    let text = report(folder.path(), &["a.csv", "b.csv", "--format", "text"]);
    assert!(text.contains("an id in several sources: the same credential"), "{text}");
    let said = "Credentials of several rows are joined: 1 by a fingerprint, 1 by an id within one \
                source, 2 by an id alone across sources (assumed)";
    assert!(text.contains(said), "{text}");
}

/// Every list of paths in the report of a sample, the witnesses of its cuts too.
#[test]
fn paths_cuts_and_choke_points_of_every_sample_say_what_is_assumed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let (mut hops, mut assumed) = (0, 0);
    for sample in ["messy.csv", "no-access.csv", "payments.csv", "talk.csv"] {
        let report: Value = serde_json::from_str(&report(
            &folder,
            &[sample, "--max-paths", "100000", "--format", "json"],
        ))
        .unwrap();
        let list = |value: &Value| value.as_array().unwrap().clone();
        let names = |value: &Value, key: &str| -> Vec<Value> {
            list(value).iter().map(|one| one[key].clone()).collect()
        };
        let cut = &report["minimum_cut"];
        for path in [&report["paths"], &report["paths_stated"], &cut["witness_paths"]]
            .into_iter()
            .flat_map(list)
        {
            let any = list(&path["hops"]).iter().any(|hop| hop["assumed"] == true);
            assert_eq!(path["assumed"], any, "{sample}: {path}");
            hops += list(&path["hops"]).len();
            assumed += usize::from(any);
            assert!(list(&path["hops"]).iter().all(|hop| hop["credential"].is_string()));
        }
        assert!(list(&report["paths_stated"]).iter().all(|path| path["assumed"] == false));
        assert_eq!(Value::from(names(&cut["members"], "credential")), cut["credentials"]);
        // What a stated path goes through lies on one.
        let stated: Vec<Value> = list(&report["paths_stated"])
            .iter()
            .flat_map(|path| names(&path["hops"], "credential"))
            .collect();
        for member in list(&cut["members"]) {
            if stated.contains(&member["credential"]) {
                assert_eq!(member["assumed"], false, "{sample}: {member}");
            }
            if list(&report["paths_stated"]).is_empty() {
                assert_eq!(member["assumed"], true, "{sample}: {member}");
            }
        }
        let parts = names(&report["choke_points_stated"]["credentials"], "credential");
        for point in list(&report["choke_points"]["credentials"]) {
            assert_eq!(point["assumed"], !parts.contains(&point["credential"]), "{sample}");
        }
    }
    assert!(hops > 20 && assumed > 0, "{hops} hops, {assumed} assumed paths");
}

/// A row: which of three sources, an id, a secret or pointer, and a service.
type Row = (usize, &'static str, &'static str, usize);

fn row() -> impl Strategy<Value = Row> {
    let id = prop::sample::select(vec!["k1", "k2", "k3", ""]);
    let secrets = vec!["", "", "", "hunter2hunter2", "Tr0ub4dor99", "vault:P/a#pw", "vault:P/b#pw"];
    (0..3_usize, id, prop::sample::select(secrets), 0..4_usize)
}

/// The rows as three files; ids and pointers bear their source's number where it is asked for.
fn files(rows: &[Row], prefixed: bool) -> Vec<FileBytes> {
    let file = |at: usize| {
        // Never empty, and no credential of its own.
        let mut text = "id,password,service,environment\n,,idle,dev\n".to_owned();
        for (_, id, secret, service) in rows.iter().filter(|row| row.0 == at) {
            let mark = if prefixed { format!("s{at}") } else { "s".to_owned() };
            let id = if id.is_empty() { String::new() } else { format!("{mark}-{id}") };
            let secret = secret.replace('/', &format!("/{mark}/"));
            text.extend([format!("{id},{secret},web{service},dev\n")]);
        }
        FileBytes::new(format!("{at}.csv"), text.into_bytes())
    };
    (0..3).map(file).collect()
}

fn partition(graph: &AccessGraph) -> BTreeSet<Vec<Place>> {
    let places = |at| graph.rows_of(at).iter().filter_map(|row| graph.place_of(*row)).collect();
    graph.credential_indices().map(places).collect()
}

/// What joins rows of one credential, by trying the joins from the strongest to the weakest.
fn weakest(places: &[Place], rows: &BTreeMap<Place, Row>) -> Option<JoinedBy> {
    if places.len() < 2 {
        return None;
    }
    let rows: Vec<Row> = places.iter().map(|place| rows[place]).collect();
    let is_pointer = |row: &Row| row.2.starts_with("vault");
    let by_secret = |a: &Row, b: &Row| !a.2.is_empty() && a.2 == b.2 && !is_pointer(a);
    let by_id = |a: &Row, b: &Row| {
        let same_pointer = is_pointer(a) && a.2 == b.2;
        let same_id = !a.1.is_empty() && a.1 == b.1 && (a.2.is_empty() || b.2.is_empty());
        a.0 == b.0 && (same_pointer || same_id)
    };
    let connected = |joins: &dyn Fn(&Row, &Row) -> bool| {
        let mut seen = BTreeSet::from([0]);
        loop {
            let next = (0..rows.len())
                .filter(|at| seen.iter().any(|one: &usize| joins(&rows[*one], &rows[*at])))
                .collect::<BTreeSet<_>>();
            if next.is_subset(&seen) {
                return seen.len() == rows.len();
            }
            seen.extend(next);
        }
    };
    if connected(&by_secret) {
        Some(JoinedBy::Fingerprint)
    } else if connected(&|a, b| by_secret(a, b) || by_id(a, b)) {
        Some(JoinedBy::Id)
    } else {
        Some(JoinedBy::IdAcrossSources)
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn ids_that_are_apart_part_as_ids_that_bear_their_source_do(
        rows in prop::collection::vec(row(), 1..16),
    ) {
        let inventory = Arc::new(read_files(files(&rows, false)));
        let prefixed = Arc::new(read_files(files(&rows, true)));
        let mut lines = [2; 3];
        let mut row_of = BTreeMap::new();
        for row in &rows {
            lines[row.0] += 1;
            row_of.insert(Place { source: SourceId(row.0 as u16), line: lines[row.0] }, *row);
        }
        let same = graph(&inventory, IdsAcrossSources::Same);
        let apart = graph(&inventory, IdsAcrossSources::Apart);
        let (whole, parts) = (partition(&same), partition(&apart));
        // Ids that are apart part, and join nothing.
        let bears_source = partition(&graph(&prefixed, IdsAcrossSources::Same));
        let mut expected = BTreeSet::new();
        for one in &whole {
            for other in &bears_source {
                let both: Vec<Place> = one.iter().filter(|at| other.contains(at)).copied().collect();
                if !both.is_empty() {
                    expected.insert(both);
                }
            }
        }
        prop_assert_eq!(&parts, &expected);
        for graph in [&same, &apart] {
            for at in graph.credential_indices() {
                let places: Vec<Place> =
                    graph.rows_of(at).iter().filter_map(|row| graph.place_of(*row)).collect();
                prop_assert_eq!(graph.credential(at).joined_by, weakest(&places, &row_of), "{:?}", places);
                let ids: BTreeSet<String> = places
                    .iter()
                    .map(|place| row_of[place].1)
                    .filter(|id| !id.is_empty())
                    .map(|id| format!("s-{id}"))
                    .collect();
                let own = graph.aliases(at).iter().map(|id| graph.inventory().text(*id).to_owned());
                prop_assert_eq!(own.collect::<BTreeSet<_>>(), ids);
            }
        }
    }
}
