//! Mapping files: which column means what, said by people, in TOML.
//!
//! ```toml
//! delimiter = ";"
//! header_line = 3
//! encoding = "windows-1250"
//!
//! [columns]
//! "Secret Name" = "name"
//! "Geheimnis" = "secret"
//! "Genutzt von" = "service"
//! "Bemerkung" = "unused"
//! ```
//!
//! A column that is named as a secret, or whose cells look like some, is read as nothing else unless
//! the file says above `[columns]` that it holds none: `no_secrets_in = ["Token"]`. Where several
//! columns have one name, the second is called `name (2)`, the third `name (3)`. These alone, and other
//! spellings of the name, may mean what the first means, and are then read beside it.
//!
//! A mapping serves every table that has all of its columns, whatever their order; columns that it
//! does not name are not used. `delimiter`, `quote`, `header_line` and `encoding` are found out where
//! they are left away. With `header_line = 0` no line is a header, and the columns are called
//! `column 1`, `column 2` and so on; such a mapping serves no table whose first line looks like one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::dialects::can_part;
use super::plan::Plan;
use super::records::Dialect;
use super::synonyms::{Meaning, TABLE, normalised};
use super::text::is_encoding;
use crate::inventory::toml_text::{meant, place, syntax};

/// How tables of one shape are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What parts the cells; found out if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// What cells are quoted with; found out if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<char>,
    /// The line of the header, counted from 1; 0 where no line is one; found out if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_line: Option<u32>,
    /// The encoding, by any of its usual names; found out if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Columns that hold no secret values, though they are named so or look so.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub no_secrets_in: BTreeSet<String>,
    /// What each column means: a name of [`meanings`] for the name of a column.
    pub columns: BTreeMap<String, String>,
}

/// Why a mapping file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// It is no TOML, or has keys that a mapping has not.
    #[error("this is no mapping file: {what} (line {line}, column {column})")]
    NotRead {
        /// What was found, and what to write instead.
        what: String,
        /// The line, counted from 1.
        line: usize,
        /// The column in characters, counted from 1.
        column: usize,
    },
    /// A column means something that there is not.
    #[error("column “{column}” cannot mean “{meaning}”; write one of: {known}")]
    UnknownMeaning {
        /// The column.
        column: String,
        /// What was written.
        meaning: String,
        /// What could be.
        known: String,
    },
    /// Two columns mean the same.
    #[error("“{first}” and “{second}” cannot both be the {meaning}; call one of them “unused”")]
    Twice {
        /// One column.
        first: String,
        /// The other.
        second: String,
        /// What both are said to mean.
        meaning: String,
    },
    /// No column tells what a row is about.
    #[error(
        "no column names a credential or a service; map one to id, name, fingerprint, secret, \
         service, holder or target"
    )]
    NoAnchor,
    /// A column that holds no secrets is none of the columns.
    #[error("no_secrets_in names “{0}”, which [columns] does not; say there what it means")]
    NoSuchColumn(String),
    /// A table without a header has no names.
    #[error(
        "“{0}” is no column of a table without a header; with header_line = 0 write “column 1”, \
         “column 2” and so on"
    )]
    NotNumbered(String),
    /// A delimiter or quote that tables do not use.
    #[error(
        "a delimiter is no letter, digit, quote, nor end of a line, and of ASCII; a quote is \" or '; “{0}” is neither"
    )]
    Dialect(char),
    /// An encoding that nobody knows.
    #[error("the encoding “{0}” is not known; write utf-8, windows-1252, utf-16le or another")]
    Encoding(String),
}

impl MappingError {
    fn at(text: &str, (what, byte): (String, usize)) -> Self {
        let (line, column) = place(text, byte);
        Self::NotRead { what, line, column }
    }
}

/// All keys of a mapping.
const KEYS: [&str; 6] =
    ["delimiter", "quote", "header_line", "encoding", "no_secrets_in", "columns"];

/// Says that a column is not used.
const UNUSED: &str = "unused";

/// The names of all meanings that a column can have.
pub fn meanings() -> Vec<&'static str> {
    TABLE.iter().map(|(meaning, _)| meaning.name()).chain([UNUSED]).collect()
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Where the text is no mapping; the message says what to write instead.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let wrong = |error: &toml::de::Error| MappingError::at(text, syntax(error));
        let table = toml::de::DeTable::parse(text).map_err(|error| wrong(&error))?;
        let unknown = table.get_ref().keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref()));
        if let Some(key) = unknown.min_by_key(|key| key.span().start) {
            let name = key.get_ref();
            let what = format!("“{name}” is no key of a mapping; {}", meant(name, &KEYS));
            return Err(MappingError::at(text, (what, key.span().start)));
        }
        let mapping: Self = toml::from_str(text).map_err(|error| wrong(&error))?;
        mapping.check()?;
        Ok(mapping)
    }

    /// The text of a mapping file.
    pub fn to_toml(&self) -> String {
        // Strings, characters and a number: there is nothing that TOML could not say.
        toml::to_string(self).unwrap_or_default()
    }

    /// The mapping by which a table is read, so that it can be kept, mended and shared.
    pub(super) fn of(plan: &Plan) -> Self {
        let reading = &plan.reading;
        let packed = reading.dialect == Dialect::PACKED;
        let keys = keys(&reading.header);
        let names = keys.iter().enumerate().filter(|(_, name)| !name.is_empty());
        let harmless = reading.renamed.iter().filter(|renamed| renamed.harmless);
        let no_secrets_in = harmless.filter_map(|renamed| keys.get(renamed.column)).cloned();
        let meaning = |at: usize| {
            let columns = plan.columns();
            let found = columns.meanings().find(|(_, column)| *column == at);
            match found {
                Some((meaning, _)) => meaning.name(),
                None if columns.other_secrets.contains(&at) => Meaning::OtherSecret.name(),
                None => plan.double(at).map_or(UNUSED, |double| double.meaning.name()),
            }
        };
        Self {
            delimiter: (!packed).then(|| char::from(reading.dialect.delimiter)),
            quote: (!packed).then(|| char::from(reading.dialect.quote)),
            header_line: reading.has_no_header().then_some(0),
            encoding: None,
            no_secrets_in: no_secrets_in.collect(),
            columns: names.map(|(at, name)| (name.clone(), meaning(at).to_owned())).collect(),
        }
    }

    fn check(&self) -> Result<(), MappingError> {
        let delimiter = self.delimiter.filter(|sign| !can_part(*sign));
        let quote = self.quote.filter(|sign| !"\"'".contains(*sign));
        if let Some(sign) = delimiter.or(quote) {
            return Err(MappingError::Dialect(sign));
        }
        if let Some(name) = &self.encoding
            && !is_encoding(name)
        {
            return Err(MappingError::Encoding(name.clone()));
        }
        let is_number = |name: &str| {
            name.strip_prefix("column ").is_some_and(|number| number.parse::<u16>().is_ok())
        };
        if self.header_line == Some(0)
            && let Some(name) = self.columns.keys().find(|name| !is_number(name))
        {
            return Err(MappingError::NotNumbered(name.clone()));
        }
        let mut harmless = self.no_secrets_in.iter();
        if let Some(name) = harmless.find(|name| !self.columns.contains_key(*name)) {
            return Err(MappingError::NoSuchColumn(name.clone()));
        }
        let mut columns: BTreeMap<&str, &str> = BTreeMap::new();
        let mut anchored = false;
        for (column, word) in &self.columns {
            let Some(meaning) = meaning_named(word) else {
                if is_unused(word) {
                    continue;
                }
                return Err(MappingError::UnknownMeaning {
                    column: column.clone(),
                    meaning: word.clone(),
                    known: meanings().join(", "),
                });
            };
            if meaning == Meaning::OtherSecret {
                continue;
            }
            anchored |= meaning.anchors();
            let earlier = columns.get(meaning.name());
            if earlier.is_some_and(|first| is_again(column, first)) {
                continue;
            }
            if let Some(first) = columns.insert(meaning.name(), column) {
                return Err(MappingError::Twice {
                    first: first.to_owned(),
                    second: column.clone(),
                    meaning: meaning.word().to_owned(),
                });
            }
        }
        if anchored { Ok(()) } else { Err(MappingError::NoAnchor) }
    }

    /// Whether a table may be parted so.
    pub(super) fn allows(&self, dialect: Dialect) -> bool {
        let says =
            |wanted: Option<char>, is: u8| wanted.is_none_or(|wanted| wanted == char::from(is));
        dialect == Dialect::PACKED
            || (says(self.delimiter, dialect.delimiter) && says(self.quote, dialect.quote))
    }

    /// Whether a header names just the columns of this mapping, no more and no fewer.
    pub fn has_just(&self, header: &[String]) -> bool {
        let own: BTreeSet<&str> = self.columns.keys().map(String::as_str).collect();
        let keys = keys(header);
        let named = keys.iter().map(String::as_str).filter(|name| !name.is_empty());
        own == named.collect()
    }

    /// Whether it says that a column holds no secrets; the column as [`keys`] calls it.
    pub(super) fn holds_no_secrets(&self, key: &str) -> bool {
        let wanted = normalised(key);
        self.no_secrets_in.contains(key)
            || self.no_secrets_in.iter().any(|own| normalised(own) == wanted)
    }

    /// The columns that it names and a header does not have.
    fn lacking(&self, header: &[String]) -> Vec<&str> {
        let keys: BTreeSet<String> = keys(header).iter().map(|key| normalised(key)).collect();
        let names = self.columns.keys().map(String::as_str);
        names.filter(|name| !keys.contains(&normalised(name))).collect()
    }

    /// The columns of a header, if it has all that the mapping names.
    pub(super) fn columns(&self, line: u32, header: &[String]) -> Option<Columns> {
        if self.header_line.is_some_and(|wanted| wanted != line) {
            return None;
        }
        let mut columns = Columns::default();
        let keys = keys(header);
        let mut taken = BTreeSet::new();
        for (name, word) in &self.columns {
            let wanted = normalised(name);
            let exact = keys.iter().position(|own| own == name);
            let at = exact.or_else(|| keys.iter().position(|own| normalised(own) == wanted))?;
            if !taken.insert(at) {
                return None;
            }
            match meaning_named(word) {
                Some(Meaning::OtherSecret) => columns.other_secrets.push(at),
                Some(meaning) => match columns.of(meaning) {
                    Some(first) if first < at => columns.outdone.push((at, meaning)),
                    later => {
                        columns.outdone.extend(later.map(|later| (later, meaning)));
                        columns.set(meaning, Some(at));
                    }
                },
                None => {}
            }
        }
        Some(columns)
    }
}

/// For each of the named mappings why it does not serve a table with this header.
pub(super) fn unused(mappings: &[Mapping], header: &[String]) -> Vec<String> {
    let told = |(number, mapping): (usize, &Mapping)| {
        let which = if mappings.len() == 1 { String::new() } else { format!(" {number}") };
        let lacking: Vec<String> = mapping
            .lacking(header)
            .iter()
            .map(|name| format!("“{}”", crate::inventory::shown(name)))
            .collect();
        let why = match lacking.as_slice() {
            [] => "no line is a header as it says".to_owned(),
            [one] => format!("the table has no column {one}"),
            several => format!("the table has no columns {}", several.join(", ")),
        };
        format!("mapping{which} is not used: {why}")
    };
    (1..).zip(mappings).map(told).collect()
}

/// What mappings call the columns of a header: by their names, and where several have one name,
/// `name`, `name (2)` and so on, passing over what is a name already.
pub(super) fn keys(header: &[String]) -> Vec<String> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let again: Vec<bool> =
        header.iter().map(|name| !name.is_empty() && !names.insert(name)).collect();
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut keys = Vec::with_capacity(header.len());
    for (name, again) in header.iter().zip(again) {
        let mut key = name.clone();
        let number = numbers.entry(name).or_insert(1);
        while again && (key == *name || names.contains(key.as_str())) {
            *number += 1;
            key = format!("{name} ({number})");
        }
        keys.push(key);
    }
    keys
}

/// Whether a column has the heading of the first: its name as [`keys`] calls it, or in another
/// spelling.
fn is_again(column: &str, first: &str) -> bool {
    let words = normalised(column);
    if !words.is_empty() && words == normalised(first) {
        return true;
    }
    let number = column.strip_prefix(first).and_then(|rest| rest.strip_prefix(" ("));
    let number = number.and_then(|rest| rest.strip_suffix(')'));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a word of a mapping says that the column is not used.
pub(super) fn is_unused(word: &str) -> bool {
    word == UNUSED
}

/// The meaning of a name in a mapping.
pub(super) fn meaning_named(name: &str) -> Option<Meaning> {
    let mut meanings = TABLE.iter().map(|(meaning, _)| *meaning);
    meanings.find(|meaning| meaning.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_comes_back_from_its_text() {
        let text = "delimiter = \";\"\nquote = \"'\"\nheader_line = 3\nencoding = \"shift_jis\"\n\n\
                    [columns]\nA = \"id\"\nB = \"unused\"\n";
        let mapping = Mapping::parse(text).unwrap();
        assert_eq!(mapping.columns.len(), 2);
        assert_eq!(mapping.encoding.as_deref(), Some("shift_jis"));
        assert_eq!(Mapping::parse(&mapping.to_toml()).unwrap(), mapping);
    }

    #[test]
    fn every_mistake_is_named() {
        let told = |text: &str| Mapping::parse(text).unwrap_err().to_string();
        assert!(told("[columns]\nA = \"idd\"\n").contains("cannot mean “idd”; write one of: id, "));
        assert!(told("[columns]\nA = \"id\"\nB = \"id\"\n").contains("cannot both be"));
        assert!(told("[columns]\nA = \"owner\"\n").contains("no column names"));
        assert!(told("delimiter = \"x\"\n[columns]\nA = \"id\"\n").contains("“x” is neither"));
        assert!(told("encoding = \"klingon\"\n[columns]\nA = \"id\"\n").contains("klingon"));
        let told_of = told("no_secrets_in = [\"B\"]\n[columns]\nA = \"id\"\n");
        assert!(told_of.contains("“B”, which [columns] does not"), "{told_of}");
        let place =
            "no mapping file: “colums” is no key of a mapping; did you mean columns? (line 1,";
        assert!(told("colums = 1").contains(place));
        for (text, place) in [
            ("[columns]\nA = \"id\"\nB = 1\n", "(line 3, column 5)"),
            ("[columns]\nA = \"id\nB = 1\n", "(line 2, column 8)"),
            ("= ", "(line 1, column 1)"),
            ("header_line = 3", "missing field `columns`"),
        ] {
            let said = told(text);
            assert!(said.contains("no mapping file") && said.contains(place), "{said}");
            assert!(!said.contains('\n'), "{said}");
        }
        assert!(told("header_line = 0\n[columns]\nA = \"id\"\n").contains("“A” is no column"));
    }
    #[test]
    fn equal_headings_are_kept_apart() {
        let header = ["name", "x", "name", "name", "name (2)", ""].map(str::to_owned);
        assert_eq!(keys(&header), ["name", "x", "name (3)", "name (4)", "name (2)", ""]);
        let header = ["name", "name", "service"].map(str::to_owned);
        let text = "[columns]\nname = \"unused\"\n\"name (2)\" = \"name\"\nservice = \"service\"\n";
        let mapping = Mapping::parse(text).unwrap();
        assert!(mapping.has_just(&header));
        assert_eq!(mapping.columns(1, &header).unwrap().of(Meaning::Label), Some(1));
        let text = "[columns]\nservice = \"service\"\n\"service (2)\" = \"service\"\n";
        let columns =
            Mapping::parse(text).unwrap().columns(1, &["service", "service"].map(str::to_owned));
        assert_eq!(columns.unwrap().outdone, [(1, Meaning::Service)]);
        let text = "[columns]\nOwner = \"owner\"\nid = \"id\"\nowner = \"owner\"\n";
        let spelt = ["id", "owner", "Owner"].map(str::to_owned);
        let columns = Mapping::parse(text).unwrap().columns(1, &spelt).unwrap();
        assert_eq!(columns.of(Meaning::Owner), Some(1), "the first of the table, not of the file");
        assert_eq!(columns.outdone, [(2, Meaning::Owner)]);
        let once = ["name", "service", "x"].map(str::to_owned);
        assert!(mapping.columns(1, &once).is_none(), "two of its columns would be one");
    }
}
