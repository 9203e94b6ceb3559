//! The front door: bytes of any known format in, an inventory with its problems and its ledger out.
//!
//! Files go through these rooms in order, and never back:
//!
//! - `vocabulary`: what words mean, knowing no file.
//! - `secrets`: secret values found, masked, and replaced by keyed fingerprints.
//! - `container`: the bytes of a file into the tables that it holds.
//! - `csv`: text with delimiters into records.
//! - `formats`: the known exports of tools, as data.
//! - `schema`: what the columns of a table mean.
//! - `rows`: records and their schema into facts.
//! - `resolve`: what all rows say together: which of them are about one credential, and which
//!   brought something new.
//! - `pipeline`: the order of these steps.
//! - `preview`: the same for the first rows of a file, before anything is imported.
//!
//! **Rows.** Every record and every skipped line counts as a row read, except the one header line.
//! Blank lines, lines that start with `#` and are not as wide as the header, lines above the header
//! and repeated headers are *skipped*, as are rows of a known export that say outright that they are
//! about no credential. A quoted record over several lines is one row. In a file with secrets, each
//! line that an open quote swallowed counts as a rejected row.
//!
//! **Secret values** become keyed fingerprints at once and are masked in the other cells of their
//! row; then the bytes are wiped. In a file with a column of secrets, a row whose cells are more or
//! fewer than the header's is rejected whole, for its value could stand anywhere.

use std::collections::{BTreeMap, BTreeSet};

mod error;
mod vocabulary;
mod secrets;
mod container;
mod csv;
mod formats;
mod schema;
mod rows;
mod resolve;
mod pipeline;
mod preview;

pub use crate::import::container::archive::is_table;
pub use crate::import::container::bytes::Bytes;
pub use crate::import::csv::dialect::{DELIMITERS, delimiter_name};
pub use crate::import::error::ImportError;
pub use crate::import::pipeline::import;
pub use crate::import::preview::proposed_mapping::mapping_of;
pub use crate::import::preview::read_preview::preview;
pub use crate::import::preview::table_preview::{
    Fate, Preview, PreviewCell, PreviewColumn, PreviewRequest, PreviewRow, meaning_word,
};
pub use crate::import::schema::column_mapping::{ColumnMapping, MappingError, meanings};
pub use crate::import::schema::export_columns::EXPORT_COLUMNS;
pub use crate::import::schema::overrides::{ColumnOverrides, ReadOverrides, ShapeMark};
pub use crate::import::schema::table_schema::By;
pub use crate::import::secrets::fingerprint::{FingerprintKey, Fingerprinter, KeyError};
pub use crate::import::vocabulary::lists::{owners, written};

/// One file to import. Its bytes are wiped when done if it has a column of secrets.
#[derive(Clone, Default)]
pub struct FileBytes {
    /// The file's name or path, as it shall be shown.
    pub name: String,
    /// What stands in it: text with delimiters, JSON, a workbook, or an archive of these.
    pub bytes: Bytes,
    /// The folder whose parts make one table, if it is one of them. A part may have no rows, and
    /// no header if the part before it has one.
    pub part_of: Option<String>,
}

impl FileBytes {
    /// A file that stands for itself.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), part_of: None }
    }

    /// The file, leaving its name alone behind.
    fn taken(&mut self) -> Self {
        let bytes = std::mem::take(&mut self.bytes);
        Self { name: self.name.clone(), bytes, part_of: self.part_of.clone() }
    }
}

/// Shows the name and the length, never the bytes.
impl std::fmt::Debug for FileBytes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, bytes, part_of: _ } = self;
        formatter
            .debug_struct("FileBytes")
            .field("name", name)
            .field("bytes", &bytes.len())
            .finish()
    }
}

/// What the user decided on how files belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSettings {
    /// The files, counted from 0, whose ids match those of no other file.
    pub apart: BTreeSet<usize>,
    /// The worksheet to read of workbooks; their first, if none is named.
    pub sheet: Option<String>,
    /// What columns mean, for the tables that have them; the first that fits is taken.
    pub mappings: Vec<ColumnMapping>,
    /// What was decided for shapes seen before: each serves tables with just its columns.
    pub remembered: Vec<ColumnMapping>,
    /// What was said of single files, counted from 0.
    pub said: BTreeMap<usize, ReadOverrides>,
}
