//! Mapping files, in which people write in TOML which column means what.
//!
//! ```toml
//! [columns]
//! "Secret Name" = "name"
//! "Geheimnis" = "secret"
//! "Bemerkung" = "unused"
//! ```
//!
//! A column that is named as a secret, or whose cells look like secrets, is read as nothing else
//! unless the file declares above `[columns]` that it holds none: `no_secrets_in = ["Token"]`. Where
//! several columns have one name, the second is called `name (2)`, the third `name (3)`. Only these,
//! and other spellings of the name, may have the meaning of the first, and are then read beside it.
//!
//! `environment_in_names = true` above `[columns]` confirms that names like `web-prod` say the
//! environment of a service, `false` that they do not; `"assumed"` leaves it an assumption.
//!
//! A mapping fits every table that has all of its columns, whatever their order; columns that it
//! does not name are not used. `delimiter`, `quote`, `escape`, `header_line` and `encoding` are
//! detected where they are omitted. With `header_line = 0` no line is a header, and the columns are called
//! `column 1`, `column 2` and so on; such a mapping fits no table whose first line looks like one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use crate::import::container::encoding::is_encoding;
use crate::import::csv::dialect::{Dialect, ESCAPE, can_delimit};
use crate::import::csv::dialect_candidates::DialectOverrides;
use crate::import::schema::candidates::Columns;
use crate::import::schema::column_keys::{keys, repeats};
use crate::import::schema::list_facts::may_both_mean;
use crate::import::schema::mapping_error::{MappingError, check_keys};
use crate::import::schema::mapping_rules::{MappingRules, RulesProblem};
use crate::import::schema::names_decision::EnvironmentInNames;
use crate::import::schema::table_schema::{TableSchema, column_named};
use crate::import::schema::value_words::ValueWords;
use crate::import::secrets::secret_detection::masked;
use crate::import::vocabulary::synonyms::{Meaning, TABLE, meaning_named, normalised};
use crate::inventory::toml_text::{syntax, visible};

/// How tables with certain columns are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnMapping {
    /// The name of the file that it was read from, for what is said of it; no part of its text.
    #[serde(skip)]
    pub file: Option<String>,
    /// The one table that it is for, of a file with several: a worksheet, a member of an archive, a list
    /// of JSON, a file of a folder; every table with its columns if omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The delimiter; detected if omitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The quote; detected if omitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<char>,
    /// The sign that escapes a quote within quotes, `\\`; detected if omitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escape: Option<char>,
    /// The line of the header, counted from 1, of a worksheet as it numbers its rows; 0 where no line
    /// is one; detected if omitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_line: Option<u32>,
    /// The encoding, by any of its usual names; detected if omitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Whether the names of services carry their environments; detected as an assumption if omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment_in_names: Option<EnvironmentInNames>,
    /// Columns that hold no secret values, though their names or cells suggest it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub no_secrets_in: BTreeSet<String>,
    /// What each column means: a name of [`meanings`] for the name of a column.
    pub columns: BTreeMap<String, String>,
    /// Words of cells that mean something else than the program knows.
    #[serde(default, skip_serializing_if = "ValueWords::is_empty")]
    pub words: ValueWords,
    /// What holds for every row beside its columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<MappingRules>,
}

/// An unused column.
pub(crate) const UNUSED: &str = "unused";

/// The names of all meanings that a column can have.
pub fn meanings() -> Vec<&'static str> {
    TABLE.iter().map(|(meaning, _)| meaning.name()).chain([UNUSED]).collect()
}

impl ColumnMapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Where the text is no mapping; the message says what to write instead.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let wrong = |error: &toml::de::Error| MappingError::at(text, syntax(error));
        let table = DeTable::parse(text).map_err(|error| wrong(&error))?;
        check_keys(table.get_ref(), text)?;
        let mapping: Self = toml::from_str(text).map_err(|error| wrong(&error))?;
        mapping.check()?;
        Ok(mapping)
    }

    /// The text of a mapping file.
    pub fn to_toml(&self) -> String {
        // Strings, characters and a number: TOML can write all of them.
        visible(&toml::to_string(self).unwrap_or_default())
    }

    /// Whether it may serve the table with this name: of a file, or of a table behind the file's name and
    /// a slash.
    pub(crate) fn is_for(&self, name: &str) -> bool {
        let Some(own) = &self.table else { return true };
        let is_named = |name: &str| {
            name == own || name.strip_suffix(own).is_some_and(|before| before.ends_with('/'))
        };
        is_named(name) || is_named(&masked(name))
    }

    /// Whether what it says can be: meanings, words and signs that there are.
    ///
    /// # Errors
    /// Where it says something that cannot be; the message says what to write instead.
    pub(crate) fn check(&self) -> Result<(), MappingError> {
        let delimiter = self.delimiter.filter(|sign| !can_delimit(*sign));
        let quote = self.quote.filter(|sign| !"\"'".contains(*sign));
        let escape = self.escape.filter(|sign| *sign != char::from(ESCAPE));
        if let Some(sign) = delimiter.or(quote).or(escape) {
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
        self.check_words()?;
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
            let may_repeat =
                |first: &&str| repeats(column, first) || may_both_mean(meaning, first, column);
            if earlier.is_some_and(may_repeat) {
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
        anchored |= self.rows.as_ref().is_some_and(MappingRules::names_something);
        if anchored { Ok(()) } else { Err(MappingError::NoAnchor) }
    }

    fn check_words(&self) -> Result<(), MappingError> {
        if let Some((kind, word, meant)) = self.words.problem() {
            let known = kind.choices().join(", ");
            let (word, meant) = (word.to_owned(), meant.to_owned());
            return Err(MappingError::UnknownWord { kind: kind.name(), word, meant, known });
        }
        match self.rows.as_ref().and_then(MappingRules::problem) {
            None => Ok(()),
            Some(RulesProblem::Access(word)) => Err(MappingError::UnknownAccess(word)),
            Some(RulesProblem::Marks(word)) => Err(MappingError::UnknownMarks(word)),
            Some(RulesProblem::MarkColumns) => Err(MappingError::MarkColumns),
            Some(RulesProblem::Meaning(meaning)) => {
                let (column, known) = ("rows.credentials".to_owned(), meanings().join(", "));
                Err(MappingError::UnknownMeaning { column, meaning, known })
            }
        }
    }

    /// A schema with what holds for every row, and the words, as the mapping has them; `None` if the
    /// table lacks a column of these rules.
    pub(crate) fn completes(&self, schema: TableSchema) -> Option<TableSchema> {
        let words = Arc::new(self.words.clone());
        let (mut rules, mut marks) = (None, None);
        if let Some(rows) = &self.rows {
            let keys = keys(&schema.header);
            let place = |name: &str| place_of(&keys, name);
            if rows.marks.is_some() {
                marks = Some(rows.mark_columns(place)?);
            }
            if !rows.has_marks_alone() {
                rules = Some(Arc::new(rows.rules(place)?));
            }
        }
        let environment_in_names = self.environment_in_names.unwrap_or_default();
        Some(TableSchema { rules, marks, words, environment_in_names, ..schema })
    }

    /// Whether the mapping allows this dialect.
    pub(crate) fn allows(&self, dialect: Dialect) -> bool {
        let allows =
            |wanted: Option<char>, is: u8| wanted.is_none_or(|wanted| wanted == char::from(is));
        dialect == Dialect::PACKED
            || (allows(self.delimiter, dialect.delimiter) && allows(self.quote, dialect.quote))
    }

    /// What the user chose for a file, and where that leaves something open, what the mapping says.
    pub(crate) fn dialect(&self, overrides: DialectOverrides) -> DialectOverrides {
        DialectOverrides {
            delimiter: overrides.delimiter,
            quote: overrides.quote.or(self.quote),
            has_escape: overrides.has_escape.or(self.escape.map(|_| true)),
        }
    }

    /// Whether a header names just the columns of this mapping, no more and no fewer.
    pub fn has_just(&self, header: &[String]) -> bool {
        let own: BTreeSet<&str> = self.columns.keys().map(String::as_str).collect();
        let keys = keys(header);
        let named = keys.iter().map(String::as_str).filter(|name| !name.is_empty());
        own == named.collect()
    }

    /// Whether it declares that a column holds no secrets; the column as [`keys`] calls it.
    pub(crate) fn holds_no_secrets(&self, key: &str) -> bool {
        let wanted = normalised(key);
        self.no_secrets_in.contains(key)
            || self.no_secrets_in.iter().any(|own| normalised(own) == wanted)
    }

    /// The columns of the mapping that a header does not have.
    pub(crate) fn lacking(&self, header: &[String]) -> Vec<&str> {
        let keys: BTreeSet<String> = keys(header).iter().map(|key| normalised(key)).collect();
        let is_number = |name: &str| column_named(name).is_some_and(|at| at < header.len());
        let names = self.columns.keys().map(String::as_str);
        names.filter(|name| !keys.contains(&normalised(name)) && !is_number(name)).collect()
    }

    /// The columns of a header, if it has all that the mapping names.
    pub(crate) fn columns(&self, line: u32, header: &[String]) -> Option<Columns> {
        if self.header_line.is_some_and(|wanted| wanted != line) {
            return None;
        }
        let mut columns = Columns::default();
        let keys = keys(header);
        let mut used = BTreeSet::new();
        for (name, word) in &self.columns {
            let at = place_of(&keys, name)?;
            if !used.insert(at) {
                return None;
            }
            match meaning_named(word) {
                Some(Meaning::OtherSecret) => columns.other_secrets.push(at),
                Some(meaning) => match columns.of(meaning) {
                    Some(first) if first < at => columns.superseded.push((at, meaning)),
                    later => {
                        columns.superseded.extend(later.map(|later| (later, meaning)));
                        columns.set(meaning, Some(at));
                    }
                },
                None => {}
            }
        }
        Some(columns)
    }
}

/// The place of the column with this key, or else of one in another spelling.
fn place_of(keys: &[String], name: &str) -> Option<usize> {
    let exact = keys.iter().position(|own| own == name);
    exact.or_else(|| {
        let wanted = normalised(name);
        let spelt = keys.iter().position(|own| normalised(own) == wanted);
        // A heading that is not shown is called by its number.
        spelt.or_else(|| column_named(name).filter(|at| *at < keys.len()))
    })
}

/// Whether a word of a mapping means that the column is not used.
pub(crate) fn is_unused(word: &str) -> bool {
    word == UNUSED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_comes_back_from_its_text() {
        let text = "delimiter = \";\"\nquote = \"'\"\nheader_line = 3\nencoding = \"shift_jis\"\n\n\
                    [columns]\nA = \"id\"\nB = \"unused\"\n";
        let mapping = ColumnMapping::parse(text).unwrap();
        assert_eq!(mapping.columns.len(), 2);
        assert_eq!(mapping.encoding.as_deref(), Some("shift_jis"));
        assert_eq!(ColumnMapping::parse(&mapping.to_toml()).unwrap(), mapping);
    }

    #[test]
    fn every_mistake_is_named() {
        let message = |text: &str| ColumnMapping::parse(text).unwrap_err().to_string();
        assert!(
            message("[columns]\nA = \"idd\"\n").contains("cannot mean “idd”; write one of: id, ")
        );
        assert!(message("[columns]\nA = \"id\"\nB = \"id\"\n").contains("cannot both be"));
        assert!(message("[columns]\nA = \"owner\"\n").contains("no column names"));
        assert!(
            message("delimiter = \"x\"\n[columns]\nA = \"id\"\n").contains("“x” is none of these")
        );
        assert!(message("encoding = \"klingon\"\n[columns]\nA = \"id\"\n").contains("klingon"));
        let no_column = message("no_secrets_in = [\"B\"]\n[columns]\nA = \"id\"\n");
        assert!(no_column.contains("“B”, which [columns] does not name"), "{no_column}");
        let place = "not a column-mapping file: “colums” is not a key of a column mapping; did you mean “columns”? (line 1,";
        assert!(message("colums = 1").contains(place));
        for (text, place) in [
            ("[columns]\nA = \"id\"\nB = 1\n", "(line 3, column 5)"),
            ("[columns]\nA = \"id\nB = 1\n", "(line 2, column 8)"),
            ("= ", "(line 1, column 1)"),
            ("header_line = 3", "missing field `columns`"),
        ] {
            let message = message(text);
            assert!(
                message.contains("not a column-mapping file") && message.contains(place),
                "{message}"
            );
            assert!(!message.contains('\n'), "{message}");
        }
        assert!(
            message("header_line = 0\n[columns]\nA = \"id\"\n").contains("“A” is not a column")
        );
    }

    #[test]
    fn columns_with_one_heading_have_meanings_of_their_own() {
        let header = ["name", "name", "service"].map(str::to_owned);
        let text = "[columns]\nname = \"unused\"\n\"name (2)\" = \"name\"\nservice = \"service\"\n";
        let mapping = ColumnMapping::parse(text).unwrap();
        assert!(mapping.has_just(&header));
        assert_eq!(mapping.columns(1, &header).unwrap().of(Meaning::Label), Some(1));
        let text = "[columns]\nservice = \"service\"\n\"service (2)\" = \"service\"\n";
        let columns = ColumnMapping::parse(text)
            .unwrap()
            .columns(1, &["service", "service"].map(str::to_owned));
        assert_eq!(columns.unwrap().superseded, [(1, Meaning::Service)]);
        let text = "[columns]\nOwner = \"owner\"\nid = \"id\"\nowner = \"owner\"\n";
        let spelt = ["id", "owner", "Owner"].map(str::to_owned);
        let columns = ColumnMapping::parse(text).unwrap().columns(1, &spelt).unwrap();
        assert_eq!(columns.of(Meaning::Owner), Some(1), "the first of the table, not of the file");
        assert_eq!(columns.superseded, [(2, Meaning::Owner)]);
        let once = ["name", "service", "x"].map(str::to_owned);
        assert!(mapping.columns(1, &once).is_none(), "two of its columns would be one");
    }
}
