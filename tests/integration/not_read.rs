//! What a file holds beside its rows is in the report, in JSON and as text, each with its size.

use std::io::Write as _;
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
    let report: Value =
        serde_json::from_str(&keyreach(&["report", "--format", "json", file])).unwrap();
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
        let report: Value =
            serde_json::from_str(&keyreach(&["report", "--format", "json", &file])).unwrap();
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
    let report = keyreach(&["report", "--format", "json", &file, "--sheet", "Old"]);
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

const ARRAYS: &str = r#"{"keys": [{"id": "k1", "secret": "Tr0ub4dor&3x", "service": "pay"}],
 "tokens": [{"id": "t1", "service": "web"}, {"id": "t2", "service": "api"}],
 "tags": ["a"]}"#;

/// The ids of the credentials, what was not read with why, and the exit code.
fn read_with(file: &str, options: &[&str]) -> (Vec<String>, Vec<(String, String)>, Option<i32>) {
    let arguments = [&["report", file, "--format", "json"], options].concat();
    let ran = Command::new(env!("CARGO_BIN_EXE_keyreach")).args(arguments).output().unwrap();
    let Ok(report) = serde_json::from_slice::<Value>(&ran.stdout) else {
        let message = String::from_utf8(ran.stderr).unwrap();
        return (vec![message], Vec::new(), ran.status.code());
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let ids = report["credentials"].as_array().unwrap().iter().map(|one| text(&one["id"]));
    let sources = report["import"].as_array().unwrap().iter();
    let parts = sources.flat_map(|source| source["not_read"].as_array().unwrap());
    let parts = parts.map(|part| (text(&part["name"]), text(&part["reason"])));
    (ids.collect(), parts.collect(), ran.status.code())
}

#[test]
fn another_array_of_an_object_is_chosen_or_several_and_what_is_not_read_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("keys.json");
    std::fs::write(&file, ARRAYS).unwrap();
    let file = file.to_str().unwrap();
    let part = |name: &str, why: &str| (name.to_owned(), why.to_owned());
    let tags = part("tags", "its entries are not objects");
    for (options, ids, not_read) in [
        (vec![], vec!["k1"], vec![part("tokens", "another array of the object is read")]),
        (
            vec!["--array", "tokens"],
            vec!["t1", "t2"],
            vec![part("keys", "another array was chosen")],
        ),
        (vec!["--array", "tokens", "--array", "keys"], vec!["k1", "t1", "t2"], vec![]),
        (vec!["--leave-out", "keys"], vec!["t1", "t2"], vec![part("keys", "it was left out")]),
    ] {
        let (found, parts, code) = read_with(file, &options);
        assert_eq!((found, code), (ids.iter().map(|id| (*id).to_owned()).collect(), Some(0)));
        assert_eq!(parts, [not_read, vec![tags.clone()]].concat(), "{options:?}");
    }
    let (message, _, code) = read_with(file, &["--array", "others"]);
    assert_eq!(code, Some(2), "{message:?}");
    assert!(message[0].contains("“keys”, “tokens”"), "{message:?}");
    let left_out = ["--leave-out", "keys", "--leave-out", "others"];
    let (message, _, code) = read_with(file, &left_out);
    assert_eq!(code, Some(2), "{message:?}");
    assert!(message[0].contains("named “others”"), "{message:?}");
    let (message, _, code) = read_with(file, &["--leave-out", "keys", "--leave-out", "tokens"]);
    assert_eq!(code, Some(2), "{message:?}");
}

#[test]
fn an_array_is_chosen_on_every_page_and_within_an_object_that_is_a_row_by_itself() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("pages.json");
    let page = |id: &str| {
        format!(r#"{{"data": {{"keys": [{{"id": "k{id}"}}], "users": [{{"id": "u{id}"}}]}}}}"#)
    };
    std::fs::write(&file, [page("1"), page("2")].join("\n")).unwrap();
    let (ids, parts, _) = read_with(file.to_str().unwrap(), &["--array", "data.users"]);
    assert_eq!(ids, ["u1", "u2"]);
    assert_eq!(parts.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["data.keys", "data.keys"]);
    let row =
        r#"{"id": "app", "secret": "Tr0ub4dor&3x", "uses": [{"id": "k1", "service": "web"}]}"#;
    std::fs::write(&file, row).unwrap();
    assert_eq!(read_with(file.to_str().unwrap(), &[]).0, ["app"]);
    assert_eq!(read_with(file.to_str().unwrap(), &["--array", "uses"]).0, ["k1"]);
}

#[test]
fn members_of_an_archive_are_left_out_or_taken_in_and_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("all.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&file).unwrap());
    for (name, id) in [("a.csv", "k1"), ("b.csv", "k2"), ("keys.dat", "k3")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(format!("id,service,environment\n{id},web,dev\n").as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let file = file.to_str().unwrap();
    let part = |name: &str, why: &str| (name.to_owned(), why.to_owned());
    let unlike = part("keys.dat", "it is not named like a table");
    for (options, ids, not_read) in [
        (vec![], vec!["k1", "k2"], vec![unlike.clone()]),
        (vec!["--leave-out", "a.csv"], vec!["k2"], vec![part("a.csv", "it was left out"), unlike]),
        (
            vec!["--member", "keys.dat", "--member", "a.csv"],
            vec!["k1", "k3"],
            vec![part("b.csv", "another member was chosen")],
        ),
    ] {
        let (found, parts, code) = read_with(file, &options);
        assert_eq!((found, code), (ids.iter().map(|id| (*id).to_owned()).collect(), Some(0)));
        assert_eq!(parts, not_read, "{options:?}");
    }
    for (options, words) in [
        (vec!["--member", "c.csv"], "one of its own parts (“a.csv”, “b.csv”, “keys.dat”)"),
        (vec!["--member", "a.csv", "--member", "c.csv"], "there is no member named “c.csv”"),
        (vec!["--leave-out", "c.csv"], "named “c.csv”"),
    ] {
        let (message, _, code) = read_with(file, &options);
        assert_eq!(code, Some(2), "{message:?}");
        assert!(message[0].contains(words), "{message:?}");
    }
}

#[test]
fn members_without_rows_are_named_once() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("all.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&file).unwrap());
    for (name, text) in [
        ("a.csv", "id,service,environment\nk1,web,dev\n"),
        ("empty.csv", ""),
        ("header.csv", "id,service,environment\n"),
        ("none.json", "[]"),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let (ids, parts, code) = read_with(file.to_str().unwrap(), &[]);
    assert_eq!((ids, code), (vec!["k1".to_owned()], Some(0)));
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["empty.csv", "none.json"], "{parts:?}");
    let text = keyreach(&["report", file.to_str().unwrap()]);
    assert_eq!(text.matches("it has a header and no rows").count(), 1, "{text}");
}

#[test]
fn a_damaged_workbook_of_a_folder_is_named_and_the_other_files_are_read() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("a.csv"), "id,service,environment\nk1,web,dev\n").unwrap();
    std::fs::write(folder.path().join("b.xlsx"), b"PK\x03\x04 no more than this").unwrap();
    std::fs::write(folder.path().join("c.json"), "[{\"id\":\"k2\" 1}]").unwrap();
    let (ids, parts, code) = read_with(folder.path().to_str().unwrap(), &[]);
    assert_eq!((ids, code), (vec!["k1".to_owned()], Some(0)));
    let reasons: Vec<&str> = parts.iter().map(|(_, why)| why.as_str()).collect();
    assert!(reasons[0].contains("damaged") && reasons[1].contains("column 13"), "{reasons:?}");
    let alone = folder.path().join("b.xlsx");
    let (message, _, code) = read_with(alone.to_str().unwrap(), &[]);
    assert_eq!(code, Some(1), "{message:?}");
}

#[test]
fn a_part_that_no_file_has_is_an_error_that_names_those_there_are() {
    let folder = TempDir::new().unwrap();
    let (csv, json) = (folder.path().join("a.csv"), folder.path().join("a.json"));
    std::fs::write(&csv, "id,service,environment\nk1,web,dev\n").unwrap();
    std::fs::write(&json, r#"{"keys":[{"id":"k1","service":"web"}]}"#).unwrap();
    for (file, options, words) in [
        (
            &csv,
            ["--sheet", "Keys"],
            "there is no worksheet named “Keys” in the files; they have none",
        ),
        (&csv, ["--member", "x.csv"], "no member named “x.csv” in the files; they have none"),
        (&csv, ["--array", "keys"], "no array named “keys” in the files; they have none"),
        (&json, ["--array", "users"], "“keys”"),
        (&json, ["--leave-out", "users"], "they have “keys”"),
    ] {
        let (message, _, code) = read_with(file.to_str().unwrap(), &options);
        assert_eq!(code, Some(2), "{message:?}");
        assert!(message[0].contains(words), "{message:?}");
    }
}

#[test]
fn what_no_row_names_is_said_only_where_a_column_was_read_for_it() {
    let folder = TempDir::new().unwrap();
    let why = |name: &str, text: &str, rule: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let report: Value = serde_json::from_str(&keyreach(&[
            "report",
            "--format",
            "json",
            file.to_str().unwrap(),
        ]))
        .unwrap();
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

#[test]
fn an_unused_credential_says_where_no_column_was_read_as_the_last_use() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let with = write(
        "with.csv",
        "credential_id,service,environment,last_used\nk1,web,dev,never\nk2,web,dev,2020-01-01\n",
    );
    let without = write("without.csv", "credential_id,service,environment\nk1,api,dev\n");
    let report = |files: &[&str]| -> Value {
        let arguments = [&["report", "--format", "json", "--as-of", "2026-11-23"], files].concat();
        serde_json::from_str(&keyreach(&arguments)).unwrap()
    };
    let unread = |report: &Value| -> Vec<String> {
        let all = report["coverage"]["no_column_read"].as_array().unwrap().iter();
        all.map(|one| one["fact"].as_str().unwrap().to_owned()).collect()
    };
    let why = |report: &Value, credential: &str| -> Vec<String> {
        let all = report["findings"].as_array().unwrap().iter();
        let mut all = all.filter(|one| one["rule"] == "KR13" && one["credential"] == credential);
        let why = all.next().unwrap()["why"].as_array().unwrap().iter();
        why.map(|reason| reason.as_str().unwrap().to_owned()).collect()
    };
    let both = report(&[&with, &without]);
    assert!(unread(&both).contains(&"last use".to_owned()));
    let said = "no column was read as the last use in ";
    assert!(why(&both, "k1").iter().any(|why| why.starts_with(said)), "{:?}", why(&both, "k1"));
    assert!(!why(&both, "k2").iter().any(|why| why.starts_with(said)));
    assert!(!unread(&report(&[&with])).contains(&"last use".to_owned()));
    let alone = keyreach(&["report", &without, "--format", "text"]);
    assert!(alone.contains("no column was read as the last use, which KR13 judges by"), "{alone}");
}
