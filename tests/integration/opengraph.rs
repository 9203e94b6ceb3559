//! BloodHound's OpenGraph: what is written follows its rules, which a validator here checks and which is
//! itself tested on broken files; and what its collectors write is read.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::gate::skipped;

/// What is wrong with a payload, by the rules of OpenGraph. `schema` names the kinds.
fn offences(payload: &Value, schema: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    if payload["metadata"]["source_kind"].as_str().is_none_or(str::is_empty) {
        wrong.push("no source kind".to_owned());
    }
    let names = |of: &str| -> BTreeSet<String> {
        let kinds = schema[of].as_array().into_iter().flatten();
        kinds.filter_map(|kind| kind["name"].as_str()).map(str::to_owned).collect()
    };
    let (node_kinds, edge_kinds) = (names("node_kinds"), names("relationship_kinds"));
    let mut ids = BTreeSet::new();
    for node in payload["graph"]["nodes"].as_array().into_iter().flatten() {
        node_offences(node, &node_kinds, &mut wrong);
        let id = node["id"].as_str().unwrap_or_default();
        if !ids.insert(id) {
            wrong.push(format!("two nodes have the id {id}"));
        }
    }
    for edge in payload["graph"]["edges"].as_array().into_iter().flatten() {
        let kind = edge["kind"].as_str().unwrap_or_default();
        let is_kind = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if kind.is_empty() || !kind.chars().all(is_kind) || !edge_kinds.contains(kind) {
            wrong.push(format!("an edge has the kind {kind:?}"));
        }
        property_offences(kind, &edge["properties"], &mut wrong);
        for end in ["start", "end"] {
            end_offences(&edge[end], &ids, &mut wrong);
        }
    }
    if !payload["graph"]["nodes"].is_array() || !payload["graph"]["edges"].is_array() {
        wrong.push("no lists of nodes and edges".to_owned());
    }
    wrong
}

fn node_offences(node: &Value, known: &BTreeSet<String>, wrong: &mut Vec<String>) {
    let id = node["id"].as_str().unwrap_or_default();
    let is_digit = |digit: char| digit.is_ascii_digit() || ('A'..='F').contains(&digit);
    if id.is_empty() || !id.chars().all(is_digit) {
        wrong.push(format!("the id {id:?} is not of capital hexadecimal digits"));
    }
    let kinds = node["kinds"].as_array().map_or(0, Vec::len);
    let kind = node["kinds"][0].as_str().unwrap_or_default();
    if !(1..=2).contains(&kinds) || !known.contains(kind) {
        wrong.push(format!("{id} has {kinds} kinds, the first is {kind:?}"));
    }
    property_offences(id, &node["properties"], wrong);
}

fn property_offences(id: &str, properties: &Value, wrong: &mut Vec<String>) {
    for (name, value) in properties.as_object().into_iter().flatten() {
        let is_small = name.chars().all(|letter| letter.is_ascii_lowercase());
        if !is_small || name == "objectid" {
            wrong.push(format!("{id} has a property {name:?}"));
        }
        let is_plain = |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
        let is_list = |list: &Vec<Value>| {
            let sort = |value: &Value| (value.is_string(), value.is_number(), value.is_boolean());
            !list.is_empty()
                && list.iter().all(is_plain)
                && list.iter().all(|value| sort(value) == sort(&list[0]))
        };
        if !is_plain(value) && !value.as_array().is_some_and(is_list) {
            wrong.push(format!("{id}: {name} is {value}"));
        }
    }
}

fn end_offences(end: &Value, ids: &BTreeSet<&str>, wrong: &mut Vec<String>) {
    match end["match_by"].as_str() {
        None | Some("id") => {
            let value = end["value"].as_str().unwrap_or_default();
            // A file of links names nodes of another file.
            if value.is_empty() || !ids.is_empty() && !ids.contains(value) {
                wrong.push(format!("an end is no node: {end}"));
            }
        }
        Some("property") => {
            let matchers = end["property_matchers"].as_array();
            let is_matcher = |one: &Value| one["operator"] == "equals" && one["key"].is_string();
            if end.get("value").is_some()
                || matchers.is_none_or(|all| all.is_empty() || !all.iter().all(is_matcher))
            {
                wrong.push(format!("an end matches nothing: {end}"));
            }
        }
        Some(_) => wrong.push(format!("an end is matched by something else: {end}")),
    }
}

struct Written {
    folder: TempDir,
}

impl Written {
    fn of(file: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let out = folder.path().join("bloodhound");
        let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
            .args(["export", file, "--as-of", "2026-11-23", "--to", "bloodhound", "-o"])
            .arg(&out)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("bloodhound").join(name)
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.bytes(name)).unwrap()
    }
}

#[test]
fn what_is_written_follows_the_rules() {
    for sample in ["talk", "payments", "messy", "no-access"] {
        let written = Written::of(&format!("sample-data/{sample}.csv"));
        let (payload, schema) = (written.json("payload.json"), written.json("schema.json"));
        assert_eq!(offences(&payload, &schema), Vec::<String>::new(), "{sample}");
        let again = Written::of(&format!("sample-data/{sample}.csv"));
        for name in ["payload.json", "schema.json", "queries.zip", "zone-rule.json", "icons.json"] {
            assert_eq!(written.bytes(name), again.bytes(name), "{sample}: {name}");
        }
    }
}

#[test]
fn only_what_is_stated_and_live_is_traversable() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("in.csv");
    let rows = "credential_id,service,environment,access,status\na,web,dev,holds,\n\
                a,db,prod,grants,\nb,web,dev,,\nc,web,dev,holds,revoked\nc,db,prod,grants,revoked\n";
    std::fs::write(&file, rows).unwrap();
    let written = Written::of(file.to_str().unwrap());
    let (payload, schema) = (written.json("payload.json"), written.json("schema.json"));
    let traversable: BTreeSet<&str> = schema["relationship_kinds"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|kind| kind["is_traversable"] == true)
        .map(|kind| kind["name"].as_str().unwrap())
        .collect();
    assert_eq!(traversable, BTreeSet::from(["KR_BelongsTo", "KR_Grants", "KR_Holds"]));
    let edges = payload["graph"]["edges"].as_array().unwrap();
    let count = |kind: &str| edges.iter().filter(|edge| edge["kind"] == kind).count();
    let counts = ["KR_Holds", "KR_MayHold", "KR_MayGrant", "KR_OnceHeld", "KR_OnceGranted"];
    assert_eq!(counts.map(count), [1, 1, 1, 1, 1], "{edges:?}");
    // The level of a grant is not stated, and any is enough to go on from there.
    assert_eq!(count("KR_Grants") + count("KR_MayGrant"), 2);
}

#[test]
fn users_of_a_domain_are_links_in_a_file_without_a_source() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("in.csv");
    let rows = "credential_id,identity,service,environment,access\n\
                a,ann@corp.example,web,dev,holds\nb,bob,web,dev,holds\n";
    std::fs::write(&file, rows).unwrap();
    let written = Written::of(file.to_str().unwrap());
    let links = written.json("links.json");
    assert_eq!(links.get("metadata"), None);
    let edges = links["graph"]["edges"].as_array().unwrap();
    assert_eq!(edges.len(), 1);
    assert_eq!(edges[0]["end"]["property_matchers"][0]["value"], "ANN@CORP.EXAMPLE");
    let mut with_source = links.clone();
    with_source["metadata"] = json!({"source_kind": "Keyreach"});
    assert_eq!(offences(&with_source, &written.json("schema.json")), Vec::<String>::new());
    assert!(!Written::of("sample-data/talk.csv").path("links.json").exists());
}

// Links to another collector's data would be uploaded with the newer ones, and lead to names that are
// hidden in them.
#[test]
fn nothing_of_an_earlier_export_stays_in_the_folder() {
    let folder = TempDir::new().unwrap();
    let (file, out) = (folder.path().join("in.csv"), folder.path().join("out"));
    let rows = "credential_id,identity,service,environment\na,ann@corp.example,web,dev\n";
    std::fs::write(&file, rows).unwrap();
    let export = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
        command.arg("export").arg(&file).args(["--to", "bloodhound", "-o"]).arg(&out).args(more);
        assert_eq!(command.output().unwrap().status.code(), Some(0), "{more:?}");
        out.join("links.json").exists()
    };
    assert!(export(&[]));
    std::fs::write(out.join("own.txt"), "mine").unwrap();
    assert!(!export(&["--redact"]));
    assert!(out.join("own.txt").exists() && out.join("payload.json").exists());
}

#[test]
fn a_name_that_ends_as_a_file_is_no_folder_for_them() {
    let folder = TempDir::new().unwrap();
    for name in ["x.json", "x.ZIP", "x.csv.gz"] {
        let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
            .args(["export", "sample-data/talk.csv", "--to", "bloodhound", "-o"])
            .arg(folder.path().join(name))
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(stderr.contains("are written into a folder") && stderr.contains(name), "{stderr}");
        assert!(!folder.path().join(name).exists(), "{name}");
    }
}

#[test]
fn queries_are_an_archive_with_a_file_for_each() {
    let written = Written::of("sample-data/talk.csv");
    let mut archive =
        zip::ZipArchive::new(std::io::Cursor::new(written.bytes("queries.zip"))).unwrap();
    assert!(archive.len() >= 5);
    for at in 0..archive.len() {
        let query: Value = serde_json::from_reader(archive.by_index(at).unwrap()).unwrap();
        assert!(query["query"].as_str().unwrap().contains("RETURN"), "{query}");
        assert!(query["name"].as_str().unwrap().starts_with("Keyreach"), "{query}");
    }
}

/// What breaks a file.
type Break = fn(&mut Value);

#[test]
fn the_validator_finds_what_is_broken() {
    let written = Written::of("sample-data/talk.csv");
    let (good, schema) = (written.json("payload.json"), written.json("schema.json"));
    let broken: [(&str, Break); 15] = [
        ("source kind", |file| file["metadata"] = json!({})),
        ("hexadecimal", |file| file["graph"]["nodes"][0]["id"] = "S-1:2".into()),
        ("hexadecimal", |file| file["graph"]["nodes"][0]["id"] = "abc".into()),
        ("two nodes", |file| {
            file["graph"]["nodes"][0]["id"] = file["graph"]["nodes"][1]["id"].clone();
        }),
        ("kinds", |file| file["graph"]["nodes"][0]["kinds"] = json!(["A", "B", "C"])),
        ("kinds", |file| file["graph"]["nodes"][0]["kinds"] = json!([])),
        ("property", |file| file["graph"]["nodes"][0]["properties"]["objectid"] = "x".into()),
        ("property", |file| file["graph"]["nodes"][0]["properties"]["Reach"] = 1.into()),
        ("null", |file| file["graph"]["nodes"][0]["properties"]["x"] = Value::Null),
        ("x is", |file| file["graph"]["nodes"][0]["properties"]["x"] = json!({"a": 1})),
        ("x is", |file| file["graph"]["nodes"][0]["properties"]["x"] = json!(["a", 1])),
        ("the kind", |file| file["graph"]["edges"][0]["kind"] = "KR-Holds".into()),
        ("x is", |file| file["graph"]["edges"][0]["properties"]["x"] = json!({"a": 1})),
        ("no node", |file| file["graph"]["edges"][0]["end"]["value"] = "00".into()),
        ("matches nothing", |file| {
            file["graph"]["edges"][0]["end"] = json!({"match_by": "property", "value": "x"});
        }),
    ];
    for (expected, break_it) in broken {
        let mut file = good.clone();
        break_it(&mut file);
        let found = offences(&file, &schema);
        assert!(found.iter().any(|one| one.contains(expected)), "{expected}: {found:?}");
    }
}

/// The report of a file.
fn report(file: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(["report", file, "--format", "json", "--as-of", "2026-11-23", "--full"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn credential<'a>(report: &'a Value, id: &str) -> &'a Value {
    let credentials = report["credentials"].as_array().unwrap();
    credentials
        .iter()
        .find(|one| one["id"] == id)
        .unwrap_or_else(|| panic!("{id}: {credentials:?}"))
}

/// Its holders and what it opens: `web@dev`.
fn uses(credential: &Value, kind: &str) -> Vec<String> {
    let services = credential["services"].as_array().unwrap().iter();
    let of_kind = services.filter(|service| service[kind] == true);
    let name = |service: &Value| {
        let text = |key: &str| service[key].as_str().unwrap().to_owned();
        format!("{}@{}", text("service"), text("environment"))
    };
    of_kind.map(name).collect()
}

#[test]
fn credentials_holders_and_grants_are_read_by_the_names_of_kinds() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("graph.json");
    let text = r#"{"$schema": "x", "graph": {
"nodes": [
{"id": "s1", "kinds": ["GH_OrgSecret", "GH_Secret"], "properties": {"name": "DEPLOY", "created_at": "2026-01-02T03:04:05Z"}},
{"id": "s2", "kinds": ["GH_RepoSecret"], "properties": {"name": "TOKEN"}},
{"id": "s3", "kinds": ["GH_EnvironmentSecret"], "properties": {"name": "TOKEN"}},
{"id": "r1", "kinds": ["GH_Repository"], "properties": {"name": "shop"}},
{"kinds": ["GH_Repository"], "properties": {"objectid": "r2", "name": "site"}},
{"id": "e1", "kinds": ["GH_Environment"], "properties": {"name": "shop\\prod", "short_name": "prod"}},
{"id": "o1", "kinds": ["GH_Organization"], "properties": {"name": "acme"}},
{"id": "u1", "kinds": ["GH_User"], "properties": {"name": "ann"}},
{"id": "p1", "kinds": ["GH_PersonalAccessToken"], "properties": {"name": "ann-token", "token_expired": true}},
{"kinds": ["GH_Repository"]},
{"id": "k1", "kinds": ["Okta_ApiToken"], "properties": {"name": "okta"}}
],
"edges": [
{"kind": "GH_HasSecret", "start": {"value": "r1"}, "end": {"value": "s1"}},
{"kind": "GH_HasSecret", "start": {"value": "r2", "match_by": "id"}, "end": {"value": "s1"}},
{"kind": "GH_Contains", "start": {"value": "o1"}, "end": {"value": "s1"}},
{"kind": "GH_HasSecret", "start": {"value": "r1"}, "end": {"value": "s2"}},
{"kind": "GH_Contains", "start": {"value": "e1"}, "end": {"value": "s3"}},
{"kind": "GH_HasPersonalAccessToken", "start": {"value": "u1"}, "end": {"value": "p1"}},
{"kind": "GH_CanAccess", "start": {"value": "p1"}, "end": {"value": "site", "match_by": "name"}},
{"kind": "GH_HasRole", "start": {"value": "u1"}, "end": {"value": "r1"}},
{"kind": "GH_Broken"}
]}}"#;
    std::fs::write(&file, text).unwrap();
    let report = report(file.to_str().unwrap());
    assert_eq!(report["summary"]["credentials"], 5, "{report}");
    let deploy = credential(&report, "DEPLOY");
    assert_eq!(uses(deploy, "holds"), ["shop@", "site@"]);
    assert_eq!(uses(deploy, "grants"), Vec::<String>::new());
    assert_eq!(uses(credential(&report, "TOKEN (shop)"), "holds"), ["shop@"]);
    assert_eq!(uses(credential(&report, "TOKEN (shop\\prod)"), "holds"), ["shop@prod"]);
    let pat = credential(&report, "ann-token");
    assert_eq!((uses(pat, "grants"), &pat["live"]), (vec!["site@".to_owned()], &false.into()));
    assert_eq!(uses(credential(&report, "okta"), "holds"), Vec::<String>::new());
    // A node without an id, and an edge without ends.
    let import = &report["import"][0];
    assert_eq!(import["rows_rejected"], 2, "{import}");
    let lines: Vec<&Value> =
        import["problems"].as_array().unwrap().iter().map(|problem| &problem["line"]).collect();
    assert!(lines.contains(&&12.into()) && lines.contains(&&24.into()), "{import}");
    assert!(import["notes"].to_string().contains("GH_HasRole (1)"), "{import}");
}

/// A graph whose edges name their ends by properties; five of them in vain.
const BY_PROPERTIES: &str = r#"{"graph": {
"nodes": [
{"id": "k1", "kinds": ["Okta_ApiToken"], "properties": {"name": "deploy", "serial": 7}},
{"id": "s1", "kinds": ["App"], "properties": {"name": "Shop", "domain": "a"}},
{"id": "s2", "kinds": ["App"], "properties": {"name": "shop", "domain": "b", "port": 443}},
{"id": "s3", "kinds": ["Host"], "properties": {"name": "site", "domain": "b"}},
{"id": "u1", "kinds": ["User"], "properties": {"name": "ann"}},
{"id": "u2", "kinds": ["User"], "properties": {"name": "bob"}},
{"id": "o1", "kinds": ["Tenant"], "properties": {"name": "acme"}}
],
"edges": [
{"kind": "X_HasToken", "start": {"match_by": "property", "property_matchers": [{"key": "name", "operator": "equals", "value": "SHOP"}, {"key": "domain", "operator": "equals", "value": "a"}]}, "end": {"value": "k1"}},
{"kind": "X_HasToken", "start": {"match_by": "property", "kind": "App", "property_matchers": [{"key": "domain", "operator": "equals", "value": "b"}]}, "end": {"match_by": "property", "property_matchers": [{"key": "serial", "operator": "equals", "value": 7.0}]}},
{"kind": "X_CanAccess", "start": {"value": "k1"}, "end": {"match_by": "name", "value": "SITE"}},
{"kind": "X_HasToken", "start": {"match_by": "property", "property_matchers": [{"key": "name", "operator": "equals", "value": "shop"}]}, "end": {"value": "k1"}},
{"kind": "X_HasToken", "start": {"match_by": "property", "property_matchers": [{"key": "domain", "operator": "equals", "value": "B"}]}, "end": {"value": "k1"}},
{"kind": "X_CanAccess", "start": {"value": "k1"}, "end": {"match_by": "property", "kind": "Host", "property_matchers": [{"key": "port", "operator": "equals", "value": 443}]}},
{"kind": "X_CanAccess", "start": {"value": "k1"}, "end": {"match_by": "property", "property_matchers": [{"key": "port", "operator": "contains", "value": 4}]}},
{"kind": "X_HasToken", "start": {"value": "s1"}, "end": {"value": "k9"}},
{"kind": "X_HasRole", "start": {"value": "u1"}, "end": {"match_by": "property", "property_matchers": [{"key": "name", "operator": "equals", "value": "admin"}]}},
{"kind": "X_HasToken", "start": {"value": "u1"}, "end": {"value": "k1"}},
{"kind": "X_HasToken", "start": {"value": "u2"}, "end": {"value": "k1"}},
{"kind": "X_Contains", "start": {"value": "o1"}, "end": {"value": "k1"}},
{"kind": "X_Knows", "start": {"value": "u1"}, "end": {"value": "u2"}}
]}}"#;

#[test]
fn ends_that_are_given_by_properties_are_found_or_accounted_for() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("graph.json");
    std::fs::write(&file, BY_PROPERTIES).unwrap();
    let report = report(file.to_str().unwrap());
    let deploy = credential(&report, "deploy");
    assert_eq!(uses(deploy, "holds"), ["Shop@", "shop@"]);
    assert_eq!(uses(deploy, "grants"), ["site@"]);
    let import = &report["import"][0];
    assert_eq!((&import["rows_read"], &import["rows_rejected"]), (&8.into(), &5.into()));
    let problems = import["problems"].as_array().unwrap();
    for (line, says) in [
        (
            15,
            "what holds the credential is not found: several nodes of the file have what it asks for in name",
        ),
        (
            16,
            "what holds the credential is not found: no node of the file has what it asks for in domain",
        ),
        (
            17,
            "what the credential opens is not found: no node of the file of kind Host has what it asks for in port",
        ),
        (18, "only the ways of matching"),
        (19, "the credential is not found: no node of the file has its id"),
    ] {
        let is =
            |one: &&Value| one["line"] == line && one["message"].as_str().unwrap().contains(says);
        assert_eq!(problems.iter().filter(is).count(), 1, "{line} {says}: {problems:#?}");
    }
    // Each of the 13 edges is in one figure.
    let notes = import["notes"].to_string();
    for part in [
        "1 of 7 nodes are credentials",
        "of 13 edges 3 say what holds a credential or what it opens, and 1 whose one is; 5 are rejected; \
         1 name one more user of a credential; 1 say what an organisation as a whole contains; \
         1 are not between a credential and what holds it or is opened by it: X_Knows (1); \
         1 have an end that is no node of the file, and name no credential: X_HasRole (1)",
    ] {
        assert!(notes.contains(part), "{part}: {notes}");
    }
}

#[test]
fn a_graph_without_known_credentials_is_read_as_json_is() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("graph.json");
    let text = r#"{"graph": {"nodes": [{"id": "k1", "service": "web", "environment": "dev"}], "edges": []}}"#;
    std::fs::write(&file, text).unwrap();
    let report = report(file.to_str().unwrap());
    assert_eq!(report["summary"]["credentials"], 1, "{report}");
}

/// A graph of kinds that nobody knows.
const OF_OTHER_KINDS: &str = r#"{"graph": {
"nodes": [
{"id": "1", "kinds": ["V_Entry"], "properties": {"name": "deploy", "since": "2026-01-02"}},
{"id": "2", "kinds": ["V_Entry"], "properties": {"name": "deploy"}},
{"id": "3", "kinds": ["V_Box", "V_Thing"], "properties": {"name": "shop", "zone": "dev"}},
{"id": "4", "kinds": ["V_Door"], "properties": {"name": "db", "zone": "prod", "port": 443}},
{"id": "5", "kinds": ["V_Entry"], "properties": {"name": "alone"}},
{"kinds": ["V_Box"]}
],
"edges": [
{"kind": "V_Keeps", "start": {"value": "3"}, "end": {"value": "1"}},
{"kind": "V_Fits", "start": {"value": "1"}, "end": {"value": "4"}},
{"kind": "V_Fits", "start": {"value": "2"}, "end": {"match_by": "name", "value": "DB"}},
{"kind": "V_Fits", "start": {"value": "9"}, "end": {"value": "4"}},
{"kind": "V_Near", "start": {"value": "3"}, "end": {"value": "4"}}
]}}"#;

// A kind that nobody knows is no credential until a column mapping says so.
#[test]
fn kinds_that_nobody_knows_are_columns_for_a_column_mapping() {
    let folder = TempDir::new().unwrap();
    let (file, mapping) = (folder.path().join("graph.json"), folder.path().join("mapping.toml"));
    std::fs::write(&file, OF_OTHER_KINDS).unwrap();
    let run = |more: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_keyreach"))
            .arg("report")
            .arg(&file)
            .args(["--format", "json", "--as-of", "2026-11-23"])
            .args(more)
            .output()
            .unwrap()
    };
    let output = run(&[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in
        ["V_Entry (3)", "V_Box (1)", "V_Door (1)", "V_Fits (3)", "V_Keeps (1)", "mapping file"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    let text = "[columns]\nV_Entry = \"id\"\n\"V_Entry.since\" = \"created\"\nV_Box = \"holder\"\n\
                \"V_Box.zone\" = \"holder-environment\"\nV_Door = \"target\"\n\
                \"V_Door.zone\" = \"target-environment\"\n";
    std::fs::write(&mapping, text).unwrap();
    let output = run(&["--mapping", mapping.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["summary"]["credentials"], 3, "{report}");
    // Two nodes have one name, and are told apart by their ids.
    let first = credential(&report, "1");
    assert_eq!(uses(first, "holds"), ["shop@dev"]);
    assert_eq!(uses(first, "grants"), ["db@prod"]);
    assert_eq!(uses(credential(&report, "2"), "grants"), ["db@prod"]);
    assert_eq!(uses(credential(&report, "alone"), "grants"), Vec::<String>::new());
    let import = &report["import"][0];
    assert_eq!((&import["rows_read"], &import["rows_rejected"]), (&7.into(), &2.into()));
}

#[test]
fn the_real_graph_of_githound_gives_its_secrets_with_their_holders() {
    let Some(folder) = std::env::var_os("KEYREACH_REAL_DATA") else {
        skipped("KEYREACH_REAL_DATA names no folder");
        return;
    };
    let file = PathBuf::from(folder).join("githound/githound_O_kgDOCoV2OQ.json");
    let report = report(file.to_str().unwrap());
    let holders = |id: &str| uses(credential(&report, id), "holds").len();
    assert_eq!(holders("ALL_REPO_SECRET"), 12);
    assert_eq!(holders("PRIV_INTERNAL_SECRET"), 12);
    assert_eq!(holders("SELECTED_SECRET"), 3);
    // Beside its 11 secrets it has 6 personal access tokens.
    assert_eq!(report["summary"]["credentials"], 17);
    // Two have the same name, and the holder of one looks as secrets do.
    assert_eq!(uses(credential(&report, "TESTSECRET (branchprotectiontest)"), "holds").len(), 1);
    assert_eq!(uses(credential(&report, "oidc-actions-test-1\\prod/TESTSECRET"), "holds").len(), 1);
    assert!(!report.to_string().contains("masked"), "nothing in it is a secret");
    let secrets = report["credentials"].as_array().unwrap().iter();
    let held = secrets.filter(|one| !uses(one, "holds").is_empty()).count();
    assert_eq!(held, 11);
}
