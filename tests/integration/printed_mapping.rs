//! The column mapping that is printed is the reading: handed back, it gives the same report.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use keyreach::analysis::{Answers, assess};
use keyreach::export::{Answered, write_report};
use keyreach::graph::AccessGraph;
use keyreach::import::{
    ColumnMapping, FileBytes, FingerprintKey, ImportError, ImportSettings, MappingFile, import,
    mappings_of,
};
use keyreach::inventory::{Assumptions, Progress};
use serde_json::Value;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::gate::skipped;

/// The report on a file, without the lines that say who decided what the columns mean.
fn report(file: FileBytes, settings: &ImportSettings) -> Result<Value, ImportError> {
    let (key, progress) = (FingerprintKey::from_bytes([5; 32]), Progress::default());
    let inventory = import(vec![file], &key, settings, &progress)?;
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let graph = AccessGraph::build(Arc::new(inventory), &assumptions);
    let answers = Answers::compute(graph, &progress).unwrap();
    let assessment = assess(&answers.graph, &answers.ends, 100, &progress).unwrap();
    let answered = Answered {
        answers: &answers,
        assessment: &assessment,
        full: true,
        work: None,
        workshop: None,
    };
    let mut bytes = Vec::new();
    write_report(&answered, &mut bytes).unwrap();
    let mut report: Value = serde_json::from_slice(&bytes).unwrap();
    for source in report["import"].as_array_mut().unwrap() {
        let source = source.as_object_mut().unwrap();
        source.remove("reading");
        for column in source.get_mut("columns").and_then(Value::as_array_mut).into_iter().flatten()
        {
            column.as_object_mut().unwrap().remove("reason");
        }
    }
    Ok(report)
}

/// What differs between the reading of a file and the reading by the mapping that is printed of it;
/// `None` where the file cannot be read.
fn difference(name: &str, bytes: &[u8]) -> Option<Result<(), String>> {
    let file = || FileBytes::new(name, bytes.to_vec());
    let plain = ImportSettings::default();
    let read = report(file(), &plain).ok()?;
    let text = match mappings_of(file(), &plain) {
        Ok(mapping) => mapping.to_toml(),
        Err(error) => return Some(Err(format!("no mapping: {error}"))),
    };
    let mappings = match MappingFile::parse(&text) {
        Ok(file) => file.tables,
        Err(error) => return Some(Err(format!("the mapping is not read: {error}\n{text}"))),
    };
    let settings = ImportSettings { mappings, ..ImportSettings::default() };
    let again = match report(file(), &settings) {
        Ok(again) => again,
        Err(error) => return Some(Err(format!("not read by the mapping: {error}\n{text}"))),
    };
    if read == again {
        return Some(Ok(()));
    }
    Some(Err(format!("{}\n{text}", first_difference("", &read, &again).unwrap())))
}

/// Where two reports differ first.
fn first_difference(at: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(left), Value::Object(right)) if left.len() == right.len() => {
            left.iter().find_map(|(key, value)| {
                first_difference(&format!("{at}.{key}"), value, right.get(key)?)
            })
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => left
            .iter()
            .zip(right)
            .enumerate()
            .find_map(|(n, (left, right))| first_difference(&format!("{at}[{n}]"), left, right)),
        _ => (one != other).then(|| format!("{at}: {one} became {other}")),
    }
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_none_or(|end| end != "expected" && end != "toml") {
            all.push(path);
        }
    }
}

fn check(folders: &[PathBuf], least: usize) {
    let mut all = Vec::new();
    for folder in folders {
        files(folder, &mut all);
    }
    all.sort();
    let (mut read, mut wrong) = (0, Vec::new());
    for path in &all {
        if std::fs::metadata(path).is_ok_and(|data| data.len() > 4 << 20) {
            continue;
        }
        let bytes = std::fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        match difference(&name, &bytes) {
            None => {}
            Some(Ok(())) => read += 1,
            Some(Err(what)) => wrong.push(format!("{}: {what}", path.display())),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
    assert!(read >= least, "{read} files were read");
}

#[test]
fn every_fixture_and_sample_is_read_by_its_printed_mapping_as_without_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/imports", "tests/cases", "tests/corpus", "sample-data"];
    check(&folders.map(|folder| root.join(folder)), 100);
}

#[test]
fn two_tables_of_one_archive_are_read_by_what_is_printed_of_both() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("imports");
    let mut all = Vec::new();
    files(&folder, &mut all);
    all.sort();
    let is_read = |path: &&PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        let file = FileBytes::new(path.file_name().unwrap().to_string_lossy(), bytes);
        report(file, &ImportSettings::default()).is_ok()
    };
    let all: Vec<PathBuf> = all.iter().filter(is_read).cloned().collect();
    let (mut read, mut wrong) = (0, Vec::new());
    // Neighbours are much alike, and those far apart are not.
    for (at, distance) in (0..all.len()).flat_map(|at| [(at, 1), (at, all.len() / 2)]) {
        let two = [&all[at], &all[(at + distance) % all.len()]];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for path in two {
            let name = path.file_name().unwrap().to_string_lossy();
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&std::fs::read(path).unwrap()).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        match difference("two.zip", &bytes) {
            None => {}
            Some(Ok(())) => read += 1,
            Some(Err(what)) => wrong.push(format!("{two:?}: {what}")),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
    assert!(read >= all.len(), "{read} archives were read");
}

#[test]
fn worksheets_and_members_with_other_columns_have_mappings_of_their_own() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let tables = [
        ("apps.csv", "id,service,environment\nk0,portal,prod\n"),
        ("keys.csv", "id,secret,service,environment\nk1,Sommer2024!,db,dev\n"),
        ("in/use.csv", "System,Schlüssel,Zugriff\nweb,k1,liest\n"),
    ];
    for (name, text) in tables {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let file = FileBytes::new("all.zip", zip.finish().unwrap().into_inner());
    let found = mappings_of(file, &ImportSettings::default()).unwrap();
    let names: Vec<Option<&str>> = found.tables.iter().map(|one| one.table.as_deref()).collect();
    assert_eq!(names, [Some("apps.csv"), Some("in/use.csv"), Some("keys.csv")]);
    let secret = &found.tables[2].columns["secret"];
    assert_eq!(secret, "secret");
    // One that is for a table that there is not is named.
    let text = "[[tables]]\ntable = \"Other\"\n[tables.columns]\nid = \"id\"\n";
    let settings = ImportSettings {
        mappings: MappingFile::parse(text).unwrap().tables,
        ..ImportSettings::default()
    };
    let report = report(FileBytes::new("a.csv", tables[0].1.into()), &settings).unwrap();
    let notes = report["import"][0]["notes"].to_string();
    assert!(
        notes.contains("for “Other” was not used: no table that was read has this name"),
        "{notes}"
    );
}

#[test]
fn every_real_file_is_read_by_its_printed_mapping_as_without_it() {
    let Some(folder) = std::env::var_os("KEYREACH_REAL_DATA") else {
        skipped("KEYREACH_REAL_DATA is unset");
        return;
    };
    check(&[PathBuf::from(folder)], 3);
}

/// What a mapping with words and rules of its own makes of a table.
fn read_by(mapping: &str, table: &str) -> Value {
    let mapping = ColumnMapping::parse(mapping).unwrap();
    let settings = ImportSettings { mappings: vec![mapping], ..ImportSettings::default() };
    report(FileBytes::new("t.csv", table.as_bytes().to_vec()), &settings).unwrap()
}

#[test]
fn a_mapping_explains_words_and_says_what_holds_for_every_row() {
    let mapping = "[columns]\nid = \"id\"\nsystem = \"service\"\nstage = \"environment\"\nart = \
                   \"access\"\n[words.access]\nnutzt = \"holds\"\n[words.environment]\nRecette = \
                   \"staging\"\n[rows]\ntype = \"api key\"\nstorage = \"wiki\"\n";
    let table = "id,system,stage,art\nk1,shop,RECETTE,Nutzt\nk1,bank,prod,grants\n";
    let report = read_by(mapping, table);
    let services = &report["credentials"][0]["services"];
    let found = |service: &str, environment: &str| {
        let mut all = services.as_array().unwrap().iter();
        all.find(|own| own["service"] == service && own["environment"] == environment).cloned()
    };
    let shop = found("shop", "staging").expect("the word was read");
    assert_eq!(
        (&shop["holds"], &shop["grants"], &shop["assumed"]),
        (&true.into(), &false.into(), &false.into())
    );
    assert!(found("bank", "prod").is_some());
    let rules: Vec<_> =
        report["findings"].as_array().unwrap().iter().map(|one| &one["rule"]).collect();
    assert!(rules.contains(&&Value::from("KR08")), "the secret is kept in a wiki: {rules:?}");
}

#[test]
fn a_mapping_says_what_a_known_export_says_of_rows_with_several_credentials() {
    let mapping = "[columns]\nuser = \"identity\"\narn = \"id\"\n[rows]\naccess = \"holds\"\n\
                   no_credential = { kind = [\"none\"] }\n[[rows.credentials]]\nsuffix = \"pw\"\n\
                   type = \"password\"\npresent = [\"pw on\"]\ncolumns = { \"pw on\" = \"status\" }\n\
                   [[rows.credentials]]\nsuffix = \"key\"\ntype = \"access key\"\npresent = \
                   [\"key on\"]\ncolumns = { \"key on\" = \"status\" }\n";
    let table = "user,arn,kind,pw on,key on\nann,arn:1,,true,false\nbob,arn:2,,true,true\nx,y,none,true,true\n";
    let report = read_by(mapping, table);
    let ids: Vec<_> = report["credentials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["arn:1 pw", "arn:2 key", "arn:2 pw"]);
    assert_eq!(report["import"][0]["rows_skipped"], 1);
}

#[test]
fn what_a_mapping_says_wrongly_is_named() {
    let message = |rest: &str| {
        let text = format!("[columns]\nid = \"id\"\n{rest}");
        ColumnMapping::parse(&text).unwrap_err().to_string()
    };
    let word = message("[words.access]\nnutzt = \"perhaps\"\n");
    assert_eq!(
        word,
        "the access word “nutzt” cannot mean “perhaps”; write one of: holds, grants, both"
    );
    assert!(message("[rows]\naccess = \"some\"\n").contains("cannot be “some”; write holds"));
    assert!(message("[words.colour]\na = \"b\"\n").contains("unknown field `colour`"));
    let slot = "[[rows.credentials]]\nsuffix = \"a\"\ntype = \"b\"\ncolumns = { x = \"idd\" }\n";
    assert!(message(slot).contains("cannot mean “idd”; write one of: id, "), "{}", message(slot));
}

#[test]
fn what_was_detected_or_said_beside_the_columns_is_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("imports");
    let labelled = |name: &str| FileBytes::new(name, std::fs::read(folder.join(name)).unwrap());
    let plain = ImportSettings::default();
    let of = |file: FileBytes| mappings_of(file, &plain).unwrap().tables.remove(0);
    assert_eq!(of(labelled("escape-backslash.csv")).escape, Some('\\'));
    let rules = of(labelled("tool-gcp-keys.json")).rows.unwrap();
    assert!(rules.identity_in_id.is_some());
    // The comment above the header has the same names, and a mapping would take it for the header.
    let marked = FileBytes::new("f.csv", b"# id,service\nid,service\nk1,a\n".to_vec());
    assert_eq!(of(marked).header_line, Some(2));
    let text = "[columns]\nid = \"id\"\nservice = \"service\"\nhow = \"access\"\n\n\
                [words.access]\nzapft = \"holds\"\n";
    let mapping = ColumnMapping::parse(text).unwrap();
    let settings = ImportSettings { mappings: vec![mapping.clone()], ..ImportSettings::default() };
    let file = FileBytes::new("f.csv", b"id,service,how\nk1,a,zapft\n".to_vec());
    assert_eq!(mappings_of(file, &settings).unwrap().tables.remove(0).words, mapping.words);
}
