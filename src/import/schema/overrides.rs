//! What the user decided on how one file is to be read; it prevails over all that is detected.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::import::container::PartKind;
use crate::import::csv::dialect_candidates::DialectOverrides;
use crate::import::schema::column_mapping::is_unused;
use crate::import::schema::names_decision::EnvironmentInNames;
use crate::import::schema::table_schema::TableSchema;
use crate::import::schema::value_words::ValueWords;
use crate::import::vocabulary::synonyms::{Meaning, meaning_named};

/// What the user decided about one file. What is left open is detected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadOverrides {
    /// The delimiter: one of [`crate::import::csv::dialect::DELIMITERS`], or another such character.
    pub delimiter: Option<char>,
    /// The quote: `"` or `'`.
    pub quote: Option<char>,
    /// The encoding, by any of its usual names: `windows-1250`.
    pub encoding: Option<String>,
    /// The line of the header, counted from 1, of a worksheet as it numbers its rows; 0 where no line
    /// is one. Lines above it are skipped.
    pub header_line: Option<u32>,
    /// Whether the line above the header names groups of its columns.
    pub has_groups: Option<bool>,
    /// The headers of single worksheets, or of single members of an archive, by their names.
    pub headers: BTreeMap<String, HeaderOverrides>,
    /// Which parts of the file are read and which are not, by their names.
    pub parts: BTreeMap<PartKind, BTreeMap<String, bool>>,
    /// What columns mean, once for each different header in the file.
    pub columns: Vec<ColumnOverrides>,
    /// Whether the names of services carry their environments.
    pub environment_in_names: Option<EnvironmentInNames>,
    /// What words in the cells of the file mean.
    pub words: ValueWords,
}

/// What the user decided about the header of one table of several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HeaderOverrides {
    /// As for a file with one table.
    pub header_line: Option<u32>,
    /// As for a file with one table.
    pub has_groups: Option<bool>,
}

/// What the user decided about the columns of a table, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ColumnOverrides {
    /// The header of the tables that it is about; all tables of the file, if none.
    pub header: Option<HeaderMark>,
    /// The table of the file that it is about, where this has no header; all of them, if none.
    pub table: Option<String>,
    /// For columns a name of [`crate::import::schema::column_mapping::meanings`].
    pub meanings: BTreeMap<usize, String>,
    /// Columns that hold no secret values, though their names or cells suggest it.
    pub no_secrets_in: BTreeSet<usize>,
}

/// Stands for a header: equal where the headers are equal, and reveals nothing of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HeaderMark([u8; 32]);

impl HeaderMark {
    /// The mark of a header.
    pub fn of(header: &[String]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for name in header {
            hasher.update(&(name.len() as u64).to_le_bytes());
            hasher.update(name.as_bytes());
        }
        Self(hasher.finalize().into())
    }
}

/// As hexadecimal digits.
impl From<HeaderMark> for String {
    fn from(HeaderMark(bytes): HeaderMark) -> Self {
        blake3::Hash::from_bytes(bytes).to_hex().as_str().to_owned()
    }
}

impl TryFrom<String> for HeaderMark {
    type Error = &'static str;

    fn try_from(digits: String) -> Result<Self, Self::Error> {
        let hash = blake3::Hash::from_hex(digits);
        hash.map(|hash| Self(hash.into())).map_err(|_not_hex| "64 hexadecimal digits are wanted")
    }
}

impl ReadOverrides {
    /// Whether everything is left open.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// The decisions about the columns of tables with this mark, to be added to.
    pub fn columns_mut(&mut self, header: Option<HeaderMark>) -> &mut ColumnOverrides {
        self.columns_within_mut(header, None)
    }

    /// The decisions about the columns of one table that has no header, to be added to.
    pub fn columns_within_mut(
        &mut self,
        header: Option<HeaderMark>,
        table: Option<&str>,
    ) -> &mut ColumnOverrides {
        let known = self
            .columns
            .iter()
            .position(|own| own.header == header && own.table.as_deref() == table);
        let at = known.unwrap_or_else(|| {
            let table = table.map(str::to_owned);
            self.columns.push(ColumnOverrides { header, table, ..ColumnOverrides::default() });
            self.columns.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "found there, or pushed there just now")]
        &mut self.columns[at]
    }

    /// Changes what is decided about the header of a table; of the whole file, if none is named.
    pub fn change_header(
        &mut self,
        table: Option<&str>,
        change: impl FnOnce(&mut HeaderOverrides),
    ) {
        let Some(table) = table else {
            let mut header =
                HeaderOverrides { header_line: self.header_line, has_groups: self.has_groups };
            change(&mut header);
            (self.header_line, self.has_groups) = (header.header_line, header.has_groups);
            return;
        };
        let header = self.headers.entry(table.to_owned()).or_default();
        change(header);
        if *header == HeaderOverrides::default() {
            self.headers.remove(table);
        }
    }

    /// The decisions about one table of the file: what is decided about its header prevails over
    /// what is decided about all headers, and nothing is left of what is about other tables alone.
    pub fn of_table(&self, table: Option<&str>) -> Cow<'_, Self> {
        let own = table.and_then(|table| self.headers.get(table));
        let is_about = |columns: &ColumnOverrides| match &columns.table {
            Some(about) => table == Some(about.as_str()),
            None => true,
        };
        if own.is_none() && self.columns.iter().all(is_about) {
            return Cow::Borrowed(self);
        }
        let mut overrides = self.clone();
        overrides.columns.retain(is_about);
        if let Some(HeaderOverrides { header_line, has_groups }) = own {
            overrides.header_line = header_line.or(self.header_line);
            overrides.has_groups = has_groups.or(self.has_groups);
        }
        Cow::Owned(overrides)
    }

    /// The decisions about the dialect.
    pub(crate) fn dialect(&self) -> DialectOverrides {
        DialectOverrides { delimiter: self.delimiter, quote: self.quote, has_escape: None }
    }

    /// The decisions about the columns of a table with this header.
    pub(crate) fn of_columns(&self, header: &[String]) -> Option<&ColumnOverrides> {
        let mark = HeaderMark::of(header);
        self.columns.iter().find(|own| own.header.is_none_or(|header| header == mark))
    }

    /// Whether a line may be the header.
    pub(crate) fn allows_header(&self, line: u32) -> bool {
        self.header_line.is_none_or(|own| own == line)
    }

    /// Gives the columns the meanings that the user chose. A column that had the meaning before
    /// loses it; if it held secrets, it still counts as one that does.
    pub(crate) fn overrule(&self, schema: &mut TableSchema) {
        if !self.words.is_empty() {
            schema.words = Arc::new(self.words.over(&schema.words));
        }
        if let Some(decision) = self.environment_in_names {
            schema.environment_in_names = decision;
        }
        let Some(overrides) = self.of_columns(&schema.header) else { return };
        let (width, columns) = (schema.header.len(), &mut schema.columns);
        for at in overrides.meanings.keys().filter(|at| **at < width) {
            columns.forget(*at);
        }
        for (&at, word) in overrides.meanings.iter().filter(|(at, _)| **at < width) {
            if is_unused(word) {
                continue;
            }
            match meaning_named(word) {
                Some(Meaning::OtherSecret) => columns.other_secrets.push(at),
                Some(meaning) => {
                    if let Some(before) = columns.of(meaning) {
                        match meaning {
                            Meaning::Value => columns.other_secrets.push(before),
                            _ => columns.superseded.push((before, meaning)),
                        }
                    }
                    columns.set(meaning, Some(at));
                }
                None => {}
            }
        }
    }
}
