//! What people said of how one file is to be read; it stands above all that is found out.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::schema::column_mapping::{is_unused, meaning_named};
use crate::import::schema::table_schema::TableSchema;
use crate::import::vocabulary::synonyms::Meaning;

/// What was said of one file. What is left unsaid is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOverrides {
    /// What parts the cells: one of [`crate::import::csv::dialect::DELIMITERS`], or another such sign.
    pub delimiter: Option<char>,
    /// What cells are quoted with: `"` or `'`.
    pub quote: Option<char>,
    /// The encoding, by any of its usual names: `windows-1250`.
    pub encoding: Option<String>,
    /// The line of the header, counted from 1; 0 where no line is one. Lines above it are skipped.
    pub header_line: Option<u32>,
    /// What was said of columns, once for each shape of table in the file.
    pub columns: Vec<ColumnOverrides>,
}

/// What was said of the columns of a table, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnOverrides {
    /// The tables of which it was said; all of the file, if none.
    pub shape: Option<ShapeMark>,
    /// For columns a name of [`crate::import::schema::column_mapping::meanings`].
    pub meanings: BTreeMap<usize, String>,
    /// Columns that hold no secret values, though they are named so or look so.
    pub no_secrets_in: BTreeSet<usize>,
}

/// Stands for the headings of a table: equal where these are, and tells nothing of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeMark([u8; 32]);

impl ShapeMark {
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
    /// Whether nothing was said.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// What was said of the columns of tables with this mark, to be added to.
    pub fn columns_mut(&mut self, shape: Option<ShapeMark>) -> &mut ColumnOverrides {
        let known = self.columns.iter().position(|said| said.shape == shape);
        let at = known.unwrap_or_else(|| {
            self.columns.push(ColumnOverrides { shape, ..ColumnOverrides::default() });
            self.columns.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "found there, or pushed there just now")]
        &mut self.columns[at]
    }

    /// What was said of the columns of a table with this header.
    pub(crate) fn of_columns(&self, header: &[String]) -> Option<&ColumnOverrides> {
        let mark = ShapeMark::of(header);
        self.columns.iter().find(|said| said.shape.is_none_or(|shape| shape == mark))
    }

    /// Whether a line may be the header.
    pub(crate) fn allows_header(&self, line: u32) -> bool {
        self.header_line.is_none_or(|said| said == line)
    }

    /// Gives the columns the meanings that were said. One that had the meaning before is outdone;
    /// if it held secrets, it still does.
    pub(crate) fn overrule(&self, reading: &mut TableSchema) {
        let Some(said) = self.of_columns(&reading.header) else { return };
        let (width, columns) = (reading.header.len(), &mut reading.columns);
        for at in said.meanings.keys().filter(|at| **at < width) {
            columns.forget(*at);
        }
        for (&at, word) in said.meanings.iter().filter(|(at, _)| **at < width) {
            if is_unused(word) {
                continue;
            }
            match meaning_named(word) {
                Some(Meaning::OtherSecret) => columns.other_secrets.push(at),
                Some(meaning) => {
                    if let Some(before) = columns.of(meaning) {
                        match meaning {
                            Meaning::Value => columns.other_secrets.push(before),
                            _ => columns.outdone.push((before, meaning)),
                        }
                    }
                    columns.set(meaning, Some(at));
                }
                None => {}
            }
        }
    }
}
