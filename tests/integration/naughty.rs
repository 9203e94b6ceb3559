//! csv-spectrum and the big list of naughty strings, from the folder that `KEYREACH_NAUGHTY` names;
//! `tests/fetch-naughty.sh` fetches them.

use std::path::PathBuf;

use keyreach::import::{ColumnMapping, FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Inventory, Progress};

use super::gate::skipped;
use super::promises::{exports_what_it_opens, opens_or_says_why};

/// The folder of one of the packages; `None`, with a word, where there is none.
fn folder(package: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("KEYREACH_NAUGHTY") else {
        skipped("KEYREACH_NAUGHTY names no folder");
        return None;
    };
    Some(PathBuf::from(folder).join(package))
}

fn open(name: &str, text: &str, mappings: Vec<ColumnMapping>) -> Inventory {
    let settings = ImportSettings { mappings, ..ImportSettings::default() };
    let files = vec![FileBytes::new(name, text.as_bytes().to_vec())];
    let key = FingerprintKey::from_bytes([3; 32]);
    match import(files, &key, &settings, &Progress::default()) {
        Ok(inventory) => inventory,
        Err(error) => panic!("{error}\n{text}"),
    }
}

#[test]
fn naughty_tables_of_csv_spectrum_are_read_row_for_row() {
    let Some(folder) = folder("csv-spectrum") else { return };
    let mut files = 0;
    for entry in std::fs::read_dir(folder.join("csvs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        opens_or_says_why(&name, text.as_bytes());
        let json = folder.join("json").join(format!("{name}.json"));
        let json = std::fs::read_to_string(json).unwrap();
        opens_or_says_why("table.json", json.as_bytes());
        // A table of one row is an object there, not an array.
        let rows = match serde_json::from_str(&json).unwrap() {
            serde_json::Value::Array(rows) => rows,
            row => vec![row],
        };
        let first = rows[0].as_object().unwrap().keys().next().unwrap();
        let mapping = ColumnMapping::parse(&format!("[columns]\n\"{first}\" = \"name\"\n"));
        let ledger = open(&name, &text, vec![mapping.unwrap()]).ledger();
        assert_eq!(ledger.read(), rows.len() as u64, "{name}");
        files += 1;
    }
    assert_eq!(files, 12);
}

#[test]
fn naughty_strings_are_rows_wherever_they_stand() {
    let Some(folder) = folder("big-list-of-naughty-strings") else { return };
    let list = std::fs::read_to_string(folder.join("blns.json")).unwrap();
    let strings: Vec<String> = serde_json::from_str(&list).unwrap();
    assert!(strings.len() > 400);
    let header = "id,service,owner,password\n";
    for string in &strings {
        opens_or_says_why("a.csv", format!("{header}{string}\n").as_bytes());
        opens_or_says_why("a.json", serde_json::to_string(&[string]).unwrap().as_bytes());
        // Import takes control characters for a sign of binary data, and says so.
        if string.chars().any(|letter| letter.is_control() && !"\t\r\n".contains(letter)) {
            continue;
        }
        let cell = format!("\"{}\"", string.replace('"', "\"\""));
        for at in 0..4 {
            let mut cells = ["k1", "web", "team", "hunter22"];
            cells[at] = &cell;
            let text = format!("{header}{}\nk2,db,team,other22\n", cells.join(","));
            let ledger = open("a.csv", &text, Vec::new()).ledger();
            assert_eq!((ledger.read(), ledger.rejected), (2, 0), "{text}");
            exports_what_it_opens("a.csv", text.as_bytes());
        }
    }
}
