//! What counts as brought by a row, and what was known before: fact by fact.

use std::collections::BTreeMap;

use keyreach::import::{
    ColumnMapping, FileBytes, FingerprintKey, ImportSettings, import, meanings,
};
use keyreach::inventory::Progress;

/// The accepted and merged rows of a table whose third column means `word`.
fn counted(word: &str, cells: &[&str]) -> [u64; 2] {
    let columns = [("credential_id", "id"), ("service", "service"), ("third", word)];
    // Two columns of one meaning are none: then the column itself is left away.
    let others = columns.iter().filter(|(name, meaning)| *name == "third" || *meaning != word);
    let columns: BTreeMap<String, String> =
        others.map(|(name, meaning)| ((*name).to_owned(), (*meaning).to_owned())).collect();
    let rows: Vec<String> = cells.iter().map(|cell| format!("k1,web,{cell}\n")).collect();
    let text = format!("credential_id,service,third\n{}", rows.concat());
    let mapping = ColumnMapping { columns, ..ColumnMapping::default() };
    let settings = ImportSettings { mappings: vec![mapping], ..ImportSettings::default() };
    let files = vec![FileBytes::new("a.csv", text.into_bytes())];
    let key = FingerprintKey::from_bytes([6; 32]);
    let inventory = import(files, &key, &settings, &Progress::default()).unwrap();
    let ledger = inventory.ledger();
    assert_eq!((ledger.skipped, ledger.rejected), (0, 0), "{word}: {:?}", inventory.problems);
    [ledger.accepted, ledger.merged]
}

/// By the word of each meaning two cells that say different things; none where the column adds
/// nothing to a row with an id and a service.
const SAID: [(&str, Option<[&str; 2]>); 30] = [
    ("id", Some(["k7", "k8"])),
    ("name", Some(["Stripe", "Mail"])),
    ("fingerprint", None),
    ("secret", None),
    ("other-secret", None),
    ("type", Some(["API key", "certificate"])),
    ("service", Some(["db", "mail"])),
    ("environment", Some(["prod", "dev"])),
    ("access", Some(["holds", "grants"])),
    ("holder", Some(["ci", "cron"])),
    ("holder-environment", None),
    ("target", Some(["ci", "cron"])),
    ("target-environment", None),
    ("owner", Some(["team a", "team b"])),
    ("service-owner", Some(["team a", "team b"])),
    ("created", Some(["2026-03-01", "2026-03-02"])),
    ("last-rotated", Some(["2026-03-01", "2026-03-02"])),
    ("last-used", Some(["never", "2026-03-02"])),
    ("expires", Some(["2026-03-01", "2027-03-01"])),
    ("status", Some(["active", "revoked"])),
    ("storage", Some(["vault", "wiki"])),
    ("level", Some(["read", "admin"])),
    ("exposure", Some(["yes", "no"])),
    ("criticality", Some(["critical", "critical"])),
    ("crown-jewel", Some(["yes", "no"])),
    ("service-kind", Some(["broker", "database"])),
    ("identity", Some(["svc-a", "svc-b"])),
    ("tags", Some(["a", "b"])),
    ("disabled", Some(["no", "yes"])),
    ("unused", None),
];

#[test]
fn each_fact_that_a_later_row_brings_counts_once() {
    let words: Vec<&str> = SAID.iter().map(|(word, _)| *word).collect();
    assert_eq!(words, meanings(), "a meaning without cells here");
    for (word, cells) in SAID {
        let [one, other] = cells.unwrap_or(["aa11", "aa11"]);
        let brought = match cells {
            None => 0,
            Some(_) if one == other => 1,
            Some(_) => 2,
        };
        let rows = ["", one, one, other, "", other];
        let accepted = 1 + brought;
        assert_eq!(counted(word, &rows), [accepted, rows.len() as u64 - accepted], "{word}");
    }
}
