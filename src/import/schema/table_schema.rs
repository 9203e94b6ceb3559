//! How a table is read: its dialect, which line is its header, and what its columns mean.

use std::ops::RangeInclusive;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::import::csv::dialect::Dialect;
use crate::import::schema::candidates::Columns;
use crate::import::schema::marked::MarkColumns;
use crate::import::schema::names_decision::EnvironmentInNames;
use crate::import::schema::table_rules::TableRules;
use crate::import::schema::value_words::ValueWords;
use crate::import::secrets::secret_detection;
use crate::import::secrets::secret_shapes::can_only_be_a_password;
use crate::import::vocabulary::environment_in_names::NameStyle;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};

/// How to read a table.
#[derive(Clone)]
pub(crate) struct TableSchema {
    pub(crate) dialect: Dialect,
    pub(crate) header_line: u32,
    /// The line above it that names groups of columns; 0 if there is none.
    pub(crate) group_line: u32,
    /// The last line below it that repeats the names, or gives types or units; 0 if there is none.
    pub(crate) second_header: u32,
    /// The headings as they may be shown.
    pub(crate) header: Vec<String>,
    pub(crate) columns: Columns,
    /// What holds for every row: of a known export, or as the column mapping says.
    pub(crate) rules: Option<Arc<TableRules>>,
    /// The columns of marks, where the table is a matrix.
    pub(crate) marks: Option<MarkColumns>,
    /// Words of cells that the column mapping or the user explains.
    pub(crate) words: Arc<ValueWords>,
    /// What was decided on environments within the names of services.
    pub(crate) environment_in_names: EnvironmentInNames,
    /// How most of these names carry one.
    pub(crate) name_style: Option<NameStyle>,
    /// The environment after which the worksheet is named, where no cell says any.
    pub(crate) sheet_environment: Option<String>,
    /// Whether any of the first names carries one, or that of the worksheet does.
    pub(crate) names_carry: bool,
    /// Who decided what the columns mean.
    pub(crate) by: By,
    /// Columns of secrets to which the user gave another meaning.
    pub(crate) remapped_secrets: Vec<SecretColumn>,
    /// How many cells most rows have, if that is not as many as the header.
    pub(crate) usual_width: Option<usize>,
    /// The lines that belong to other tables of the file, and are left out.
    pub(crate) other_tables: Vec<RangeInclusive<u32>>,
    /// For each column the list of objects whose members it has, from 1; 0 for the others.
    pub(crate) lists: Vec<u16>,
    /// Headings that are not shown, as the file writes them, by column.
    pub(crate) hidden: Vec<(usize, Zeroizing<String>)>,
}

impl TableSchema {
    /// By names alone; the other fields can be set.
    pub(crate) fn new(
        dialect: Dialect,
        header_line: u32,
        header: Vec<String>,
        columns: Columns,
    ) -> Self {
        Self {
            dialect,
            header_line,
            group_line: 0,
            second_header: 0,
            header,
            columns,
            rules: None,
            marks: None,
            words: Arc::default(),
            environment_in_names: EnvironmentInNames::default(),
            name_style: None,
            sheet_environment: None,
            names_carry: false,
            by: By::Names,
            remapped_secrets: Vec::new(),
            usual_width: None,
            other_tables: Vec::new(),
            lists: Vec::new(),
            hidden: Vec::new(),
        }
    }

    /// Whether no line names the columns, so that they are numbered.
    pub(crate) fn has_no_header(&self) -> bool {
        self.header_line == 0 && self.header == numbered(self.header.len())
    }

    /// The list of objects whose members a column has; `None` where it is no such column.
    pub(crate) fn list_of(&self, column: usize) -> Option<u16> {
        self.lists.get(column).copied().filter(|list| *list > 0)
    }

    /// Calls a column by its number whose heading may be a secret: one that holds a token or a password,
    /// or one that names a secret by its last word alone, in a line of which not all other cells are known
    /// names. `is_certain` where the line is known to be a header.
    pub(crate) fn hide_headings(&mut self, synonyms: &Synonyms, is_certain: bool) {
        for (at, name) in self.header.iter_mut().enumerate() {
            if !secret_detection::secrets(name).is_empty() || can_only_be_a_password(name) {
                let shown = column_name(at);
                self.hidden.push((at, Zeroizing::new(std::mem::replace(name, shown))));
            }
        }
        if is_certain || self.rules.is_some() {
            return;
        }
        let known: Vec<bool> =
            self.header.iter().map(|name| name.is_empty() || synonyms.knows_whole(name)).collect();
        let unknown = known.iter().filter(|known| !**known).count();
        for (at, name) in self.header.iter_mut().enumerate() {
            let is_alone = unknown == 1 && known.get(at) == Some(&false);
            if !is_alone && synonyms.knows_last_word(name) {
                let shown = column_name(at);
                self.hidden.push((at, Zeroizing::new(std::mem::replace(name, shown))));
            }
        }
    }

    /// The heading of a column as the file writes it, to be compared and never shown.
    pub(crate) fn written(&self, column: usize) -> &str {
        let hidden =
            self.hidden.iter().find(|(at, _)| *at == column).map(|(_, name)| name.as_str());
        hidden.or_else(|| self.header.get(column).map(String::as_str)).unwrap_or_default()
    }

    /// All headings as the file writes them, to be compared and never shown.
    pub(crate) fn written_header(&self) -> Zeroizing<Vec<String>> {
        Zeroizing::new((0..self.header.len()).map(|at| self.written(at).to_owned()).collect())
    }

    /// How the next part of the same table is read, which has no header of its own.
    pub(crate) fn of_next_part(self) -> Self {
        let other_tables = Vec::new();
        Self {
            header_line: 0,
            group_line: 0,
            second_header: 0,
            usual_width: None,
            other_tables,
            ..self
        }
    }
}

/// Who decided what the columns of a table mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Nobody: they mean what their names and their cells show.
    #[default]
    Names,
    /// A mapping file that was named: which of them.
    ColumnMapping(usize),
    /// A mapping kept from an earlier table with these columns: which of them.
    Remembered(usize),
    /// The user alone: the names are not known.
    User,
}

/// A column of secrets to which the user gave another meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SecretColumn {
    pub(crate) column: usize,
    /// The meaning that the user gave it.
    pub(crate) meaning: Meaning,
    /// Why it is one of secrets.
    pub(crate) sign: Sign,
    /// Whether the user confirmed that it holds none.
    pub(crate) harmless: bool,
}

/// Why a column is one of secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Name,
    Cells,
}

impl Sign {
    /// The reason in words that follow the column's name.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Name => "is named as a secret",
            Self::Cells => "has cells that look like secrets",
        }
    }
}

/// The names of the columns of a table without a header.
pub(crate) fn numbered(width: usize) -> Vec<String> {
    (0..width).map(column_name).collect()
}

/// What a column is called that has no name to be shown, counted from 0.
pub(crate) fn column_name(column: usize) -> String {
    format!("column {}", column + 1)
}

/// The column that is called so, counted from 0.
pub(crate) fn column_named(name: &str) -> Option<usize> {
    name.strip_prefix("column ")?.parse::<usize>().ok()?.checked_sub(1)
}
