//! Every line of a table is accounted for, by a count that import has no part in.

use std::path::Path;

use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::Progress;

/// How many lines a table has; `None` where quotes, line ends of several sorts, or JSON leave it
/// open what a line is.
fn plain_lines(path: &Path, bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = !text.contains(['"', '\'', '\r', '\0', '{', '[', '“']);
    let is_table = path.extension().is_some_and(|end| end == "csv");
    (is_table && is_plain).then(|| text.lines().count() as u64)
}

/// One line is the header, and counts as no row; lines above it, such as titles, are skipped rows.
fn header_lines(reading: &[String]) -> u64 {
    let header = reading.iter().find_map(|line| line.strip_prefix("header: "));
    let header = header.expect("the reading of a table names its header");
    u64::from(!header.starts_with("none"))
}

#[test]
fn every_line_but_the_header_is_accepted_merged_skipped_or_rejected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("imports");
    let key = FingerprintKey::from_bytes([1; 32]);
    let mut tables = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let Some(lines) = plain_lines(&path, &bytes) else { continue };
        let files = vec![FileBytes::new(name.as_str(), bytes)];
        let Ok(inventory) = import(files, &key, &ImportSettings::default(), &Progress::default())
        else {
            continue;
        };
        let [source] = inventory.sources.as_slice() else { panic!("{name} is one table") };
        let ledger = source.ledger;
        let parts = [ledger.accepted, ledger.merged, ledger.skipped, ledger.rejected];
        let counted: u64 = parts.iter().sum();
        assert_eq!(counted, lines - header_lines(&source.reading()), "{name}: {parts:?}");
        tables += 1;
    }
    assert!(tables >= 30, "{tables}");
}
