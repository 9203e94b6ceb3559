//! What a preview shows: the columns, the first rows, and what the table does not state.

use crate::import::container::FilePart;
use crate::import::preview::unknown_words::PreviewWord;
use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::names_decision::EnvironmentInNames;
use crate::import::schema::overrides::{HeaderMark, ReadOverrides};
use crate::import::schema::table_schema::By;
use crate::import::vocabulary::synonyms::{Meaning, meaning_named};
use crate::import::{FileBytes, ImportSettings};

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the table")]
/// A file as it would be read.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The name of the table: the file's, or that of a table in an archive.
    pub table: String,
    /// All tables that the file packs, by name; none where the file itself is the table.
    pub tables: Vec<String>,
    /// Which of them this is, counted from 0.
    pub at: usize,
    /// Its name within the file, if this may hold several tables: a worksheet, or a member of an
    /// archive.
    pub table_in_file: Option<String>,
    /// What the file holds that can be read or left out: its members, its worksheets that have a
    /// cell, its arrays of objects; of those in an archive, those of the table in sight.
    pub parts: Vec<FilePart>,
    /// Stands for its headings.
    pub header_mark: HeaderMark,
    /// The encoding, and what else is known of how it is written.
    pub written: Vec<String>,
    /// What separates the cells; `None` where nothing has to: JSON, workbooks.
    pub delimiter: Option<char>,
    /// What cells are quoted with.
    pub quote: Option<char>,
    /// The line of the header, counted from 1; 0 where none is known.
    pub header_line: u32,
    /// What stands around its header.
    pub header: HeaderPreview,
    /// Whether a header was found, or the user named one.
    pub recognised: bool,
    /// The known export that it is.
    pub read_as: Option<String>,
    /// Whether that export alone decides what its columns mean.
    pub fixed: bool,
    /// Who says what the columns mean.
    pub by: By,
    /// The columns in their order.
    pub columns: Vec<PreviewColumn>,
    /// What holds of environments in the names of its services; `None` where no name carries one and
    /// nobody decided.
    pub environment_in_names: Option<EnvironmentInNames>,
    /// The words of its cells that are not known, and those that were explained.
    pub words: Vec<PreviewWord>,
    /// What the table does not say, and what follows; the gravest first.
    pub missing: Vec<String>,
    /// Whether a column names a credential.
    pub names_credentials: bool,
    /// Whether a column names a service.
    pub names_services: bool,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
    /// The mapping by which it is read.
    pub mapping: ColumnMapping,
}

/// The lines of a table from which its header can be chosen, as the file or the worksheet numbers
/// them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderPreview {
    /// The first lines; none where what is the header is known, as of JSON.
    pub lines: Vec<u32>,
    /// The line that names groups of columns; 0 if there is none.
    pub group_line: u32,
    /// The line right above the header, which may name groups; 0 if there is none.
    pub line_above: u32,
    /// Lines with a cell above all these: titles.
    pub titles: Vec<u32>,
}

/// A column and what it is taken to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewColumn {
    /// Its heading, safe to show.
    pub heading: String,
    /// A name of [`crate::import::schema::column_mapping::meanings`]; `unused` where it is not read.
    pub meaning: &'static str,
    /// Why it is taken so.
    pub reason: String,
    /// Whether somebody should look at it.
    pub unsure: bool,
    /// Why it is one of secrets, where it is said to mean something else; to be read behind its
    /// name.
    pub secrets: Option<&'static str>,
    /// Whether somebody said that it holds no secrets all the same.
    pub harmless: bool,
}

impl PreviewColumn {
    /// Whether nothing is imported until somebody says that it holds no secrets.
    pub fn is_held_back(&self) -> bool {
        self.secrets.is_some() && !self.harmless
    }
}

impl Preview {
    /// Whether nothing is imported before somebody has decided on a column of secrets.
    pub fn is_held_back(&self) -> bool {
        self.columns.iter().any(PreviewColumn::is_held_back)
    }
}

/// Which table to show, and how to read it.
#[derive(Clone, Copy, Debug)]
pub struct PreviewRequest<'a> {
    /// Which of the tables that the file packs, counted from 0.
    pub table: usize,
    /// The parts before this file, if all are parts of one table: where this one has no header, it
    /// is read as the nearest of them that has one.
    pub before: &'a [FileBytes],
    /// What the user chose for the file.
    pub overrides: &'a ReadOverrides,
    /// What is known of all tables.
    pub settings: &'a ImportSettings,
}

/// What will become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is read.
    Accepted,
    /// It says nothing of its own.
    Skipped,
    /// It cannot be read.
    Rejected,
}

/// A row as it is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRow {
    /// Its line in the file.
    pub line: u32,
    /// What will become of it.
    pub fate: Fate,
    /// What is wrong with it, or what people should know.
    pub why: String,
    /// Its cells; none where they must not be shown.
    pub cells: Vec<PreviewCell>,
}

/// A cell as it is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreviewCell {
    /// Nothing stands in it.
    Empty,
    /// A text.
    Text(String),
    /// Several names.
    List(Vec<String>),
    /// A secret.
    Masked,
    /// Something that is not read.
    Unread,
}

/// A meaning as people read it, by its name in mappings.
pub fn meaning_word(name: &str) -> &'static str {
    meaning_named(name).map_or("not used", Meaning::word)
}
