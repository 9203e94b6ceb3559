//! Exports that nobody here wrote, read from the folder that `KEYREACH_REAL_DATA` names.

use std::io::Write as _;
use std::path::PathBuf;

use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Inventory, Progress};

/// The inventory in a file of the folder; `None`, with a word, where there is no folder.
fn real(file: &str) -> Option<Inventory> {
    let Some(folder) = std::env::var_os("KEYREACH_REAL_DATA") else {
        // Where the stream is closed there is nobody to tell.
        drop(writeln!(std::io::stdout(), "skipped: KEYREACH_REAL_DATA names no folder"));
        return None;
    };
    let bytes = std::fs::read(PathBuf::from(folder).join(file)).expect("the folder has the file");
    let files = vec![FileBytes::new(file, bytes)];
    let key = FingerprintKey::from_bytes([3; 32]);
    let read = import(files, &key, &ImportSettings::default(), &Progress::default());
    Some(read.expect("the file is an inventory"))
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
    let Some(folder) = std::env::var_os("KEYREACH_REAL_DATA") else { return };
    let mut folders = vec![PathBuf::from(folder)];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            super::promises::opens_or_says_why(&name, &bytes);
            super::promises::exports_what_it_opens(&name, &bytes);
            count += 1;
        }
    }
    assert!(count > 0, "the folder has files");
}
