//! Cells with a JSON list of secrets: the row then speaks of one credential for each of them.
//!
//! Where other cells of the row list as many ids, names, types or dates, each belongs to the secret
//! at its place. What a list of services says, it says of every secret.

use zeroize::Zeroizing;

use crate::import::csv::records::Records;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::row::RowReader;
use crate::import::rows::row_redaction::{Cell, with_changes};
use crate::import::rows::table::Table;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;

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

impl Table<'_> {
    /// The secrets or fingerprints that the row lists, and the column in which it does.
    pub(crate) fn listed(&self, records: &Records<'_>) -> Option<Listed> {
        let columns = self.plan.columns();
        [Meaning::Value, Meaning::Fingerprint].into_iter().find_map(|meaning| {
            let column = columns.of(meaning)?;
            Some(Listed { meaning, texts: texts(records.cell(column))? })
        })
    }

    /// Reads the row once for each secret that it lists: whether any place for a credential is
    /// filled, and whether any was read.
    pub(crate) fn read_each(
        &self,
        listed: &Listed,
        (records, readers): (&mut Records<'_>, &mut [RowReader<'_>]),
        builder: &mut InventoryBuilder,
    ) -> (bool, bool) {
        let beside = self.beside(records, listed);
        let whole: Vec<Cell> = beside
            .iter()
            .map(|(at, meaning, _)| (*at, *meaning, owned(records.cell(*at))))
            .collect();
        let blank = listed.texts.iter().all(|text| words::is_placeholder(text));
        let (mut filled, mut any) = (false, false);
        for (place, text) in listed.texts.iter().enumerate() {
            if words::is_placeholder(text) && !(blank && place == 0) {
                continue;
            }
            let own = beside
                .iter()
                .filter_map(|(at, meaning, texts)| Some((*at, *meaning, owned(texts.get(place)?))));
            put(records, &own.collect::<Vec<_>>());
            let fingerprint = (!words::is_placeholder(text)).then(|| {
                builder.fingerprint(match listed.meaning {
                    Meaning::Fingerprint => self.keyed.of_supplied(text),
                    _ => self.keyed.of_value(text),
                })
            });
            let next = builder.inventory.rows.len() as u32;
            let read = self.read_slots(records, readers, builder, fingerprint);
            filled |= read.0;
            if any && read.1 {
                builder.further.push(next);
            }
            any |= read.1;
        }
        put(records, &whole);
        (filled, any)
    }

    /// The columns whose cells list as many things as there are secrets.
    fn beside(
        &self,
        records: &Records<'_>,
        listed: &Listed,
    ) -> Vec<(usize, Meaning, Vec<Zeroizing<String>>)> {
        let columns = self.plan.columns();
        let in_list = |meaning: Meaning| {
            let at = columns.of(meaning)?;
            let texts = texts(records.cell(at))?;
            (texts.len() == listed.texts.len()).then_some((at, meaning, texts))
        };
        BESIDE
            .into_iter()
            .filter(|meaning| *meaning != listed.meaning)
            .filter_map(in_list)
            .collect()
    }

    /// The cell as it may be shown: a token for each secret of a list.
    pub(crate) fn tokens(&self, cell: &str, meaning: Meaning) -> String {
        let token = |text: &str| match meaning {
            Meaning::Fingerprint => self.keyed.token(self.keyed.of_supplied(text)),
            _ => self.keyed.token(self.keyed.of_value(text)),
        };
        let Some(texts) = texts(cell) else { return token(cell) };
        let one = |text: &Zeroizing<String>| {
            if words::is_placeholder(text) { String::new() } else { token(text) }
        };
        serde_json::Value::from(texts.iter().map(one).collect::<Vec<_>>()).to_string()
    }
}

/// Several secrets in one cell.
pub(crate) struct Listed {
    /// What they are: values or fingerprints.
    meaning: Meaning,
    texts: Vec<Zeroizing<String>>,
}

fn owned(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

fn put(records: &mut Records<'_>, cells: &[Cell]) {
    if !cells.is_empty() {
        let (text, bounds) = with_changes(records, cells);
        records.replace(text, bounds);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_texts_are_parted_and_lists_of_numbers_are_one_key() {
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
