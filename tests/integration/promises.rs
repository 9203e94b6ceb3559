//! What import promises for any bytes, as plain functions that panic where a promise is broken.
//!
//! Shared by the tests, which drive seeded mutations through them, and by the fuzzer.

use std::collections::BTreeSet;

use keyreach::export::write_inventory;
use keyreach::import::{
    FileBytes, FingerprintKey, Fingerprinter, ImportError, ImportSettings, MappingFile, import,
    mappings_of,
};
use keyreach::inventory::{Inventory, Progress};

/// What became of bytes: where all were refused, nothing more was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Kept,
    Refused,
}

fn open(name: &str, bytes: &[u8]) -> Result<Inventory, ImportError> {
    open_by(name, bytes, &ImportSettings::default())
}

fn open_by(name: &str, bytes: &[u8], settings: &ImportSettings) -> Result<Inventory, ImportError> {
    let files = vec![FileBytes::new(name, bytes.to_vec())];
    let key = FingerprintKey::from_bytes([1; 32]);
    import(files, &key, settings, &Progress::default())
}

/// Any bytes under any name: an error in words, or an inventory whose account adds up.
pub(crate) fn opens_or_says_why(name: &str, bytes: &[u8]) -> Outcome {
    let inventory = match open(name, bytes) {
        Ok(inventory) => inventory,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return Outcome::Refused;
        }
    };
    keeps_account(&inventory, bytes);
    Outcome::Kept
}

/// What holds for every inventory that was read of some bytes.
fn keeps_account(inventory: &Inventory, bytes: &[u8]) {
    let ledger = inventory.ledger();
    let left_out = inventory.problems.iter().filter(|problem| problem.row_rejected).count();
    assert_eq!(left_out as u64, ledger.rejected, "one problem for each rejected row");
    // One row of a file may speak of several credentials, and one line may hold several.
    let lines: BTreeSet<_> = inventory.rows.iter().map(|row| row.place).collect();
    let kept = ledger.accepted + ledger.merged;
    assert!((lines.len() as u64..=inventory.rows.len() as u64).contains(&kept), "{ledger:?}");
    for mapping in &inventory.links {
        assert!((mapping.row.0 as usize) < inventory.rows.len());
        assert!((mapping.instance.0 as usize) < inventory.instances.len());
    }
    for problem in &inventory.problems {
        assert!(!problem.message.is_empty());
        assert!(problem.offset.is_none_or(|offset| offset <= bytes.len() as u64), "{problem:?}");
    }
}

/// A mapping made for any bytes reads them as they are read without it, and is read again itself.
pub(crate) fn maps_or_says_why(name: &str, bytes: &[u8]) -> Outcome {
    let settings = ImportSettings::default();
    let Ok(mapping) = mappings_of(FileBytes::new(name, bytes.to_vec()), &settings) else {
        return Outcome::Refused;
    };
    match MappingFile::parse(&mapping.to_toml()) {
        Ok(again) => assert_eq!(again, mapping),
        Err(error) => panic!("{error}\n{}", mapping.to_toml()),
    }
    let Ok(plain) = open(name, bytes) else { return Outcome::Kept };
    let text = mapping.to_toml();
    let settings = ImportSettings { mappings: mapping.tables, ..ImportSettings::default() };
    match open_by(name, bytes, &settings) {
        Ok(mapped) => {
            assert_eq!(mapped.ledger(), plain.ledger(), "{text}");
            assert_eq!(mapped.rows, plain.rows, "{text}");
            assert_eq!(mapped.links, plain.links, "{text}");
        }
        Err(error) => panic!("{error}\n{text}"),
    }
    Outcome::Kept
}

/// Any text as a mapping file.
pub(crate) fn parses_or_says_why(_: &str, bytes: &[u8]) -> Outcome {
    let Ok(text) = std::str::from_utf8(bytes) else { return Outcome::Refused };
    match MappingFile::parse(text) {
        Ok(_) => Outcome::Kept,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            Outcome::Refused
        }
    }
}

/// What opens is exported as a table that opens too, with as many credentials and nothing left out.
pub(crate) fn exports_what_it_opens(name: &str, bytes: &[u8]) -> Outcome {
    let Ok(inventory) = open(name, bytes) else { return Outcome::Refused };
    keeps_account(&inventory, bytes);
    // A table without any row is none.
    if inventory.rows.is_empty() {
        return Outcome::Refused;
    }
    let mut table = Vec::new();
    let keyed = Fingerprinter::new(&FingerprintKey::from_bytes([1; 32]));
    let written = write_inventory(&inventory, &keyed, &mut table);
    assert!(written.is_ok(), "memory can be written");
    let again = match open("export.csv", &table) {
        Ok(again) => again,
        Err(error) => panic!("{error}\n{}", String::from_utf8_lossy(&table)),
    };
    let told = String::from_utf8_lossy(&table);
    assert_eq!(again.ledger().rejected, 0, "{told}");
    assert_eq!(again.identities.len(), inventory.identities.len(), "{told}");
    Outcome::Kept
}
