//! Exports that nobody here wrote, read from the folder that `KEYREACH_REAL_DATA` names.

use std::path::PathBuf;

use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportError, ImportSettings, import};
use keyreach::inventory::{Assumptions, Inventory, Progress};

use super::gate::skipped;

/// The folder; `None`, with a word, where there is none.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("KEYREACH_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        skipped("KEYREACH_REAL_DATA names no folder");
    }
    folder
}

/// The inventory in a file of the folder; `None`, with a word, where there is no folder.
fn real(file: &str) -> Option<Inventory> {
    let bytes = std::fs::read(folder()?.join(file)).expect("the folder has the file");
    Some(open(file, bytes).expect("the file is an inventory"))
}

fn open(name: &str, bytes: Vec<u8>) -> Result<Inventory, ImportError> {
    let key = FingerprintKey::from_bytes([3; 32]);
    let files = vec![FileBytes::new(name, bytes)];
    import(files, &key, &ImportSettings::default(), &Progress::default())
}

#[test]
fn every_row_of_the_creddata_metadata_is_accounted_for() {
    let Some(inventory) = real("creddata/0f133e09.csv") else { return };
    let ledger = inventory.ledger();
    // 1,040 lines with the header; the rest is what `awk -F,` counts by its column GroundTruth:
    // 121 rows T; 910 rows F and 8 rows X, which say that what was found is no credential.
    assert_eq!((ledger.read(), ledger.accepted, ledger.skipped), (1_039, 121, 918));
    assert_eq!((ledger.merged, ledger.rejected), (0, 0));
}

#[test]
fn the_creddata_metadata_claims_no_sharing_for_it_holds_no_values() {
    let Some(inventory) = real("creddata/0f133e09.csv") else { return };
    let as_of = jiff::civil::date(2026, 11, 23);
    let graph = AccessGraph::build(std::sync::Arc::new(inventory), &Assumptions::new(as_of));
    assert!(keyreach::analysis::sharing_of_all(&graph).iter().all(|sharing| !sharing.shared));
}

#[test]
fn the_gitleaks_report_opens_and_keeps_no_value() {
    let Some(inventory) = real("gitleaks/csv_simple.csv") else { return };
    let ledger = inventory.ledger();
    assert_eq!((ledger.read(), ledger.accepted), (1, 1));
    let everything = format!("{inventory:?}");
    assert!(everything.contains("auth.py"), "the file that holds it is named");
    assert!(!everything.contains("a secret") && !everything.contains("containing secret"));
}

#[test]
fn every_file_of_the_folder_opens_or_says_why() {
    let Some(folder) = folder() else { return };
    let mut folders = vec![folder];
    let (mut count, mut opened) = (0, 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            count += 1;
            super::promises::opens_or_says_why(&name, &bytes);
            super::promises::exports_what_it_opens(&name, &bytes);
            opened += u32::from(open(&name, bytes).is_ok());
        }
    }
    assert!(opened * 4 >= count && count > 0, "{opened} of {count} files open");
}
