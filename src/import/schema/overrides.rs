//! What the user decided on how one file is to be read; it prevails over all that is detected.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::import::csv::dialect_candidates::DialectOverrides;
use crate::import::schema::column_mapping::{is_unused, meaning_named};
use crate::import::schema::names_decision::EnvironmentInNames;
use crate::import::schema::table_schema::TableSchema;
use crate::import::schema::value_words::ValueWords;
use crate::import::vocabulary::synonyms::Meaning;

/// What the user decided about one file. What is left open is detected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// What columns mean, once for each different header in the file.
    pub columns: Vec<ColumnOverrides>,
    /// Whether the names of services carry their environments.
    pub environment_in_names: Option<EnvironmentInNames>,
    /// What words in the cells of the file mean.
    pub words: ValueWords,
}

/// What the user decided about the columns of a table, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnOverrides {
    /// The header of the tables that it is about; all tables of the file, if none.
    pub header: Option<HeaderMark>,
    /// For columns a name of [`crate::import::schema::column_mapping::meanings`].
    pub meanings: BTreeMap<usize, String>,
    /// Columns that hold no secret values, though their names or cells suggest it.
    pub no_secrets_in: BTreeSet<usize>,
}

/// Stands for a header: equal where the headers are equal, and reveals nothing of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl ReadOverrides {
    /// Whether everything is left open.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// The decisions about the columns of tables with this mark, to be added to.
    pub fn columns_mut(&mut self, header: Option<HeaderMark>) -> &mut ColumnOverrides {
        let known = self.columns.iter().position(|own| own.header == header);
        let at = known.unwrap_or_else(|| {
            self.columns.push(ColumnOverrides { header, ..ColumnOverrides::default() });
            self.columns.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "found there, or pushed there just now")]
        &mut self.columns[at]
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
