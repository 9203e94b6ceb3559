//! What a file holds beside its rows is in the report, in JSON and as text, each with its size.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

fn keyreach(arguments: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_keyreach")).args(arguments).output().unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

fn labelled(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join("imports");
    folder.join(name).to_str().unwrap().to_owned()
}

#[test]
fn columns_notes_and_what_was_not_read_are_in_the_report() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("keys.csv");
    let text = "credential_id,service,colour,ghp_a1B2c3D4e5F6g7H8i9J0\n\
                k1,web,red,\nk2,api,,x\nk3,,blue,\n";
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let report: Value = serde_json::from_str(&keyreach(&["report", file])).unwrap();
    let import = &report["import"][0];
    let column = |at: usize| {
        let column = &import["columns"][at];
        (column["name"].as_str().unwrap(), column["meaning"].as_str(), column["filled"].as_u64())
    };
    assert_eq!(column(0), ("credential_id", Some("id"), Some(3)));
    assert_eq!(column(1), ("service", Some("service"), Some(2)));
    assert_eq!(column(2), ("colour", None, Some(2)));
    assert_eq!(import["columns"][2]["reason"], "not used");
    let notes: Vec<&str> =
        import["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect();
    assert!(notes.contains(&"delimiter: comma"), "{notes:?}");
    assert_eq!(import["not_read"], serde_json::json!([]));
    let told = keyreach(&["report", file, "--format", "text"]);
    assert!(told.contains("column “colour” (2 cells): not used"), "{told}");
    assert!(told.contains("delimiter: comma"), "{told}");
    assert!(!told.contains("ghp_a1B2") && !report.to_string().contains("ghp_a1B2"));
}

#[test]
fn sheets_and_arrays_that_were_not_read_are_in_the_report_with_their_sizes() {
    for (name, part) in [
        ("workbook-several-sheets.xlsx", ("worksheet", "Old", 2, "rows")),
        ("workbook-several-sheets.xlsx", ("worksheet", "Cover", 2, "rows")),
        ("json-shorter-array-has-the-secrets.json", ("array", "groups", 3, "entries")),
        ("json-text-around-the-lines.jsonl", ("text", "", 3, "lines")),
    ] {
        let file = labelled(name);
        let report: Value = serde_json::from_str(&keyreach(&["report", &file])).unwrap();
        let sources = report["import"].as_array().unwrap().iter();
        let parts: Vec<_> = sources
            .flat_map(|source| source["not_read"].as_array().unwrap())
            .map(|part| {
                let text = |key: &str| part[key].as_str().unwrap();
                (text("what"), text("name"), part["size"].as_u64().unwrap(), text("unit"))
            })
            .collect();
        assert!(parts.contains(&part), "{name}: {parts:?}");
        let told = keyreach(&["report", &file, "--format", "text"]);
        let (what, _, size, unit) = part;
        let size = format!("{size} {unit}");
        let is_told = told
            .lines()
            .any(|line| line.contains("not read:") && line.contains(what) && line.contains(&size));
        assert!(is_told, "{name}: {told}");
    }
}

#[test]
fn a_worksheet_is_chosen_among_several_and_the_others_are_named() {
    let file = labelled("workbook-several-sheets.xlsx");
    let report = keyreach(&["report", &file, "--sheet", "Old"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["import"].as_array().unwrap().len(), 1);
    assert_eq!(report["import"][0]["rows_accepted"], 1);
    let names: Vec<&str> = report["import"][0]["not_read"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Cover", "Prod", "Dev"]);
}

#[test]
fn what_no_row_names_is_said_only_where_a_column_was_read_for_it() {
    let folder = TempDir::new().unwrap();
    let why = |name: &str, text: &str, rule: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let report: Value =
            serde_json::from_str(&keyreach(&["report", file.to_str().unwrap()])).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let found = findings.iter().find(|finding| finding["rule"] == rule);
        let silent: Vec<String> = report["coverage"]["no_column_read"]
            .as_array()
            .unwrap()
            .iter()
            .map(|unread| unread["fact"].as_str().unwrap().to_owned())
            .collect();
        (found.unwrap()["why"][0].as_str().unwrap().to_owned(), silent)
    };
    let with = "credential_id,service,environment,owner,expires\nk1,web,dev,,\nk2,web,dev,ann,2027-01-01\n";
    let (owner, silent) = why("with.csv", with, "KR04");
    assert_eq!(owner, "no row names an owner");
    assert!(!silent.contains(&"owner".to_owned()) && !silent.contains(&"expiry".to_owned()));
    assert_eq!(why("with.csv", with, "KR05").0, "no row names an expiry");
    let without = "credential_id,service,environment\nk1,web,dev\n";
    let (owner, silent) = why("without.csv", without, "KR04");
    assert_eq!(owner, "no column was read as the owner");
    assert!(silent.contains(&"owner".to_owned()) && silent.contains(&"expiry".to_owned()));
    assert_eq!(why("without.csv", without, "KR05").0, "no column was read as the expiry");
}
