//! Cells with a JSON list of secrets: the row then lists one credential for each of them.
//!
//! Where other cells of the row list as many ids, names, types or dates, each belongs to the secret
//! at its place. A list of services belongs to every secret.

use zeroize::Zeroizing;

use crate::import::csv::records::Records;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::fingerprints;
use crate::import::rows::replaced_cells::{CellText, replace_cells};
use crate::import::rows::table::{CredentialsRead, RowCursor, Table};
use crate::import::schema::row_plan::Plan;
use crate::import::secrets::fingerprint::Fingerprinter;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::import::vocabulary::words::ValueKind;
use crate::inventory::TOKEN;

/// Several secrets in one cell.
pub(crate) struct SecretList {
    /// What they are: values or fingerprints.
    meaning: Meaning,
    texts: Vec<Zeroizing<String>>,
}

/// What may stand in a list beside the secrets, each in its place.
const BESIDE: [Meaning; 12] = [
    Meaning::Id,
    Meaning::Label,
    Meaning::Fingerprint,
    Meaning::Kind,
    Meaning::Identity,
    Meaning::Storage,
    Meaning::Status,
    Meaning::Disabled,
    Meaning::Created,
    Meaning::LastRotated,
    Meaning::LastUsed,
    Meaning::Expires,
];

/// A column that lists something for each secret.
struct ColumnBeside {
    column: usize,
    texts: Vec<Zeroizing<String>>,
}

/// The secrets or fingerprints that the row lists in one cell.
pub(crate) fn secret_list(plan: &Plan, records: &Records<'_>) -> Option<SecretList> {
    [Meaning::Value, Meaning::Fingerprint].into_iter().find_map(|meaning| {
        let column = plan.columns().of(meaning)?;
        Some(SecretList { meaning, texts: texts(records.cell(column))? })
    })
}

/// Reads the row once for each secret that it lists.
pub(crate) fn read_each(
    table: &Table<'_>,
    list: &SecretList,
    cursor: &mut RowCursor<'_>,
    builder: &mut InventoryBuilder,
) -> CredentialsRead {
    let beside = columns_beside(table.plan(), &cursor.records, list);
    let original = |one: &ColumnBeside| CellText {
        column: one.column,
        text: copied(cursor.records.cell(one.column)),
    };
    let originals: Vec<CellText> = beside.iter().map(original).collect();
    let is_blank = |text: &str| match list.meaning {
        Meaning::Value if words::value_kind(text) == ValueKind::Pointer => false,
        _ => words::is_placeholder(text),
    };
    let are_all_blank = list.texts.iter().all(|text| is_blank(text));
    let mut all = CredentialsRead::default();
    for (at, text) in list.texts.iter().enumerate() {
        let is_blank = is_blank(text);
        if is_blank && !(are_all_blank && at == 0) {
            continue;
        }
        let own = beside.iter().filter_map(|one| {
            Some(CellText { column: one.column, text: copied(one.texts.get(at)?) })
        });
        replace_cells(&mut cursor.records, &own.collect::<Vec<_>>());
        let fingerprint = match list.meaning {
            Meaning::Fingerprint if is_blank => None,
            Meaning::Fingerprint => {
                builder.has_values |= text.starts_with(TOKEN);
                Some(builder.fingerprint(table.fingerprinter.of_supplied(text)))
            }
            _ => fingerprints::of_one(table, text, builder),
        };
        let next = builder.inventory.rows.len() as u32;
        let read = table.read_credentials(cursor, builder, fingerprint);
        if all.any_read && read.any_read {
            builder.continuations.push(next);
        }
        all.any_filled |= read.any_filled;
        all.any_read |= read.any_read;
    }
    replace_cells(&mut cursor.records, &originals);
    all
}

/// The columns whose cells list as many things as there are secrets.
fn columns_beside(plan: &Plan, records: &Records<'_>, list: &SecretList) -> Vec<ColumnBeside> {
    let in_list = |meaning: Meaning| {
        let column = plan.columns().of(meaning)?;
        let texts = texts(records.cell(column))?;
        (texts.len() == list.texts.len()).then_some(ColumnBeside { column, texts })
    };
    BESIDE.into_iter().filter(|meaning| *meaning != list.meaning).filter_map(in_list).collect()
}

/// The cell as it may be shown: a token for its secret, or for each secret of a list.
pub(crate) fn tokens(fingerprinter: &Fingerprinter, cell: &str, meaning: Meaning) -> String {
    let token = |text: &str| match meaning {
        Meaning::Fingerprint => fingerprinter.token(fingerprinter.of_supplied(text)),
        _ => fingerprinter.token(fingerprinter.of_value(text)),
    };
    let Some(texts) = texts(cell) else { return token(cell) };
    let one = |text: &Zeroizing<String>| {
        if words::is_placeholder(text) { String::new() } else { token(text) }
    };
    serde_json::Value::from(texts.iter().map(one).collect::<Vec<_>>()).to_string()
}

/// The texts of a JSON list that has texts alone, blank ones for what is null; `None` for any other
/// cell. A list of numbers may itself be a key.
pub(crate) fn texts(cell: &str) -> Option<Vec<Zeroizing<String>>> {
    if !(cell.starts_with('[') && cell.ends_with(']') && cell.contains('"')) {
        return None;
    }
    let texts: Vec<Option<String>> = serde_json::from_str(cell).ok()?;
    let texts: Vec<_> =
        texts.into_iter().map(|text| Zeroizing::new(text.unwrap_or_default())).collect();
    (!texts.is_empty()).then_some(texts)
}

fn copied(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_texts_are_split_and_lists_of_numbers_are_one_key() {
        let found =
            |cell: &str| texts(cell).map(|texts| texts.iter().map(|t| t.to_string()).collect());
        assert_eq!(
            found(r#"["a","b\"c",null]"#),
            Some(vec!["a".into(), "b\"c".into(), String::new()])
        );
        for cell in ["[1,2]", "[\"a\",{}]", "[]", "[a,b]", "plain", "[\"a\""] {
            assert_eq!(found(cell), None, "{cell}");
        }
    }
}
