//! What may be kept of how files are read: nothing in which a secret value may stand.
//!
//! Whoever writes a column mapping calls columns as the file does, and a heading may be a secret: the
//! first row of a table without a header, or a token that became a name.

use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::schema::settings::ImportSettings;
use crate::import::schema::table_schema::column_named;
use crate::import::schema::value_words::{ValueWords, WordKind};
use crate::import::secrets::secret_detection::secrets;
use crate::import::secrets::secret_shapes::can_only_be_a_password;

/// How files are read, without what names a column, a table or a word by what may be a secret. A column
/// is called by its number where `headers`, the shown headings of the tables, say which it is; else it is
/// left out, and with it a mapping that names no credential and no service then.
pub fn settings_to_keep(settings: &ImportSettings, headers: &[&[String]]) -> ImportSettings {
    let ImportSettings { apart, sheet, arrays, members, left_out, mappings, remembered, overrides } =
        settings.clone();
    let mapping = |mapping: ColumnMapping| mapping_to_keep(mapping, headers);
    ImportSettings {
        apart,
        sheet: sheet.filter(|name| is_plain(name)),
        arrays: arrays.into_iter().filter(|name| is_plain(name)).collect(),
        members: members.into_iter().filter(|name| is_plain(name)).collect(),
        left_out: left_out.into_iter().filter(|name| is_plain(name)).collect(),
        mappings: mappings.into_iter().filter_map(mapping).collect(),
        remembered: remembered.into_iter().filter_map(mapping).collect(),
        overrides: overrides.into_iter().map(|(at, own)| (at, overrides_to_keep(own))).collect(),
    }
}

/// Whether a name holds no secret, by the rule by which headings are hidden.
fn is_plain(name: &str) -> bool {
    secrets(name).is_empty() && !can_only_be_a_password(name)
}

fn overrides_to_keep(mut overrides: ReadOverrides) -> ReadOverrides {
    overrides.headers.retain(|name, _| is_plain(name));
    for names in overrides.parts.values_mut() {
        names.retain(|name, _| is_plain(name));
    }
    overrides.columns.retain(|own| own.table.as_deref().is_none_or(is_plain));
    retain_words(&mut overrides.words);
    overrides
}

fn retain_words(words: &mut ValueWords) {
    for kind in WordKind::ALL {
        words.of_mut(kind).retain(|word, meant| is_plain(word) && is_plain(meant));
    }
}

/// A mapping without headings that may be secrets; `None` where nothing is left that it could say.
fn mapping_to_keep(mut mapping: ColumnMapping, headers: &[&[String]]) -> Option<ColumnMapping> {
    retain_words(&mut mapping.words);
    let is_plain_table = mapping.table.as_deref().is_none_or(is_plain);
    let hidden: Vec<String> =
        mapping.columns.keys().filter(|name| !is_plain(name)).cloned().collect();
    if hidden.is_empty() {
        return is_plain_table.then_some(mapping);
    }
    // Only one heading can be told from the numbers alone.
    let number = match hidden.as_slice() {
        [_] => number_of_hidden(&mapping, headers),
        _ => None,
    };
    for name in hidden {
        let meaning = mapping.columns.remove(&name);
        let is_harmless = mapping.no_secrets_in.remove(&name);
        if let (Some(number), Some(meaning)) = (&number, meaning) {
            mapping.columns.insert(number.clone(), meaning);
            if is_harmless {
                mapping.no_secrets_in.insert(number.clone());
            }
        }
    }
    (is_plain_table && mapping.check().is_ok()).then_some(mapping)
}

/// What the only column is called that has a number in place of its heading, in the one header that has
/// all other columns of a mapping.
fn number_of_hidden(mapping: &ColumnMapping, headers: &[&[String]]) -> Option<String> {
    let mut found = headers.iter().filter(|header| {
        let mut names = mapping.columns.keys().filter(|name| is_plain(name));
        names.all(|name| header.contains(name))
    });
    let (Some(header), None) = (found.next(), found.next()) else { return None };
    let mut numbered = header.iter().enumerate().filter(|(at, name)| {
        column_named(name) == Some(*at) && !mapping.columns.contains_key(*name)
    });
    match (numbered.next(), numbered.next()) {
        (Some((_, name)), None) => Some(name.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use crate::import::container::PartKind;

    const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

    fn kept(text: &str, headers: &[&[&str]]) -> Option<ColumnMapping> {
        let mappings = vec![ColumnMapping::parse(text).unwrap()];
        let headers: Vec<Vec<String>> =
            headers.iter().map(|own| own.iter().map(|name| (*name).to_owned()).collect()).collect();
        let headers: Vec<&[String]> = headers.iter().map(Vec::as_slice).collect();
        let settings = ImportSettings { mappings, ..ImportSettings::default() };
        settings_to_keep(&settings, &headers).mappings.pop()
    }

    #[test]
    fn a_heading_that_is_a_secret_is_called_by_its_number_or_left_out() {
        let text =
            format!("[columns]\nid = \"id\"\n\"{TOKEN}\" = \"unused\"\nsite = \"service\"\n");
        let header = ["id", "column 2", "site"];
        let columns = |mapping: Option<ColumnMapping>| {
            let columns = mapping.unwrap().columns.into_iter();
            columns.map(|(name, word)| format!("{name}={word}")).collect::<Vec<_>>()
        };
        let numbered = columns(kept(&text, &[&header, &["other", "column 2"]]));
        assert_eq!(numbered, ["column 2=unused", "id=id", "site=service"]);
        // Nobody knows which column it is: of two tables, of none, of two such columns, or of one that is
        // merely called so in another place.
        for headers in [
            &[&header[..], &header][..],
            &[],
            &[&["id", "column 2", "site", "column 4"]],
            &[&["id", "column 1", "site"]],
        ] {
            assert_eq!(columns(kept(&text, headers)), ["id=id", "site=service"], "{headers:?}");
        }
        // Without it the mapping names nothing any more.
        let text = format!("[columns]\n\"{TOKEN}\" = \"id\"\nsite = \"owner\"\n");
        assert_eq!(kept(&text, &[]), None);
        let plain =
            "no_secrets_in = [\"password\"]\n[columns]\nid = \"id\"\npassword = \"unused\"\n";
        assert_eq!(kept(plain, &[]), Some(ColumnMapping::parse(plain).unwrap()));
    }

    #[test]
    fn tables_and_words_that_are_secrets_are_left_out() {
        let names = BTreeMap::from([(TOKEN.to_owned(), false), ("Old".to_owned(), false)]);
        let mut overrides = ReadOverrides {
            parts: BTreeMap::from([(PartKind::Worksheet, names)]),
            ..ReadOverrides::default()
        };
        overrides.change_header(Some(TOKEN), |header| header.header_line = Some(3));
        overrides.words.status.insert("Sommer2024!".to_owned(), "active".to_owned());
        overrides.words.status.insert("nutzt".to_owned(), "active".to_owned());
        let settings = ImportSettings {
            sheet: Some(TOKEN.to_owned()),
            members: vec![TOKEN.to_owned(), "keys.csv".to_owned()],
            overrides: BTreeMap::from([(0, overrides)]),
            ..ImportSettings::default()
        };
        let kept = settings_to_keep(&settings, &[]);
        let text = format!("{kept:?}");
        assert!(!text.contains(TOKEN) && !text.contains("Sommer2024"), "{text}");
        assert!(
            text.contains("Old") && text.contains("nutzt") && text.contains("keys.csv"),
            "{text}"
        );
        assert_eq!(kept.sheet, None);
    }
}
