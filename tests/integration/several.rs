//! Several secrets in one cell, beside lists that are as long, shorter and longer.

use std::collections::BTreeMap;

use keyreach::import::{ColumnMapping, FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Inventory, NameId, Progress};

/// What may be listed beside the secrets, each in its place: three cells of each.
const BESIDE: [(&str, [&str; 3]); 11] = [
    ("id", ["k1", "k2", "k3"]),
    ("name", ["Stripe", "Mail", "Bank"]),
    ("type", ["API key", "password", "certificate"]),
    ("identity", ["svc-a", "svc-b", "svc-c"]),
    ("storage", ["vault", "wiki", "disk"]),
    ("status", ["active", "revoked", "live"]),
    ("disabled", ["no", "yes", "no"]),
    ("created", ["2026-03-01", "2026-03-02", "2026-03-03"]),
    ("last-rotated", ["2026-03-01", "2026-03-02", "2026-03-03"]),
    ("last-used", ["2026-03-01", "2026-03-02", "2026-03-03"]),
    ("expires", ["2026-03-01", "2026-03-02", "2026-03-03"]),
];

const SECRETS: [&str; 2] = ["listed-one-9", "listed-two-9"];

/// A table of rows with two cells, the first meaning `word` and the second `secrets`.
fn read(word: &str, secrets: &str, rows: &[[String; 2]]) -> Inventory {
    let columns = [("first", word), ("second", secrets), ("service", "service")];
    let columns = columns.map(|(name, word)| (name.to_owned(), word.to_owned()));
    let mapping = ColumnMapping { columns: BTreeMap::from(columns), ..ColumnMapping::default() };
    let settings = ImportSettings { mappings: vec![mapping], ..ImportSettings::default() };
    let row = |cells: &[String; 2]| {
        let [first, second] = cells.each_ref().map(|cell| cell.replace('"', "\"\""));
        format!("\"{first}\",\"{second}\",web\n")
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    let text = format!("first,second,service\n{}", rows.concat());
    let files = vec![FileBytes::new("a.csv", text.into_bytes())];
    import(files, &FingerprintKey::from_bytes([6; 32]), &settings, &Progress::default()).unwrap()
}

/// What each row says of which credential.
fn facts_by_row(inventory: &Inventory) -> Vec<String> {
    let text = |name: Option<NameId>| name.map(|name| inventory.text(name));
    let of_row = |row: &keyreach::inventory::Row| {
        let facts = &inventory.facts[row.facts.0 as usize];
        let names = [facts.kind, facts.label, facts.identity, facts.storage].map(text);
        let days = (facts.created, facts.last_rotated, facts.last_used, facts.expires);
        let credential = row.credential.unwrap();
        let ids: Vec<&str> =
            inventory.ids_of(credential).iter().map(|id| inventory.text(*id)).collect();
        let fingerprint = inventory.identities[credential.0 as usize].fingerprint;
        format!("{credential:?} {ids:?} {fingerprint:?} {names:?} {:?} {days:?}", facts.status)
    };
    inventory.rows.iter().map(of_row).collect()
}

fn list(texts: &[&str]) -> String {
    serde_json::Value::from(texts.to_vec()).to_string()
}

#[test]
fn a_list_beside_secrets_is_parted_only_if_it_is_as_long() {
    for secrets in ["secret", "fingerprint"] {
        for (word, cells) in BESIDE.into_iter().filter(|(word, _)| *word != secrets) {
            for length in 1..=3 {
                let whole = list(&cells[..length]);
                let row = [whole.clone(), list(&SECRETS)];
                let alike: [String; 2] = if length == SECRETS.len() {
                    [0, 1].map(|at| cells[at].to_owned())
                } else {
                    [whole.clone(), whole.clone()]
                };
                let rows: Vec<[String; 2]> = alike
                    .into_iter()
                    .zip(SECRETS)
                    .map(|(cell, one)| [cell, one.to_owned()])
                    .collect();
                let (found, wanted) = (read(word, secrets, &[row]), read(word, secrets, &rows));
                assert_eq!(
                    facts_by_row(&found),
                    facts_by_row(&wanted),
                    "{word} {whole} beside {secrets}"
                );
                assert_eq!(found.ledger().read(), 1, "{word}");
            }
        }
    }
}
