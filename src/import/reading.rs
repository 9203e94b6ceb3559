//! How a table is read: how it is parted, which line is its header, and what its columns mean.

use super::columns::Columns;
use super::records::Dialect;
use super::renamed::Renamed;
use super::shapes::Shape;

/// How to read a file.
#[derive(Clone)]
pub(super) struct Reading {
    pub(super) dialect: Dialect,
    pub(super) header_line: u32,
    /// The line above it that names groups of columns; 0 if there is none.
    pub(super) group_line: u32,
    /// The last line below it that says the names again, as types or units; 0 if there is none.
    pub(super) second_header: u32,
    pub(super) header: Vec<String>,
    pub(super) columns: Columns,
    pub(super) shape: Option<&'static Shape>,
    /// Who says what the columns mean.
    pub(super) by: By,
    /// Columns of secrets that are said to mean something else.
    pub(super) renamed: Vec<Renamed>,
}

impl Reading {
    /// By names alone; the rest can be set.
    pub(super) fn new(
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
            shape: None,
            by: By::Names,
            renamed: Vec::new(),
        }
    }

    /// Whether no line names the columns, so that they are numbered.
    pub(super) fn has_no_header(&self) -> bool {
        self.header_line == 0 && self.header == numbered(self.header.len())
    }

    /// As the part below is read, which has no header of its own.
    pub(super) fn of_next_part(self) -> Self {
        Self { header_line: 0, group_line: 0, second_header: 0, ..self }
    }
}

/// Who says what the columns of a table mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Their names, and what stands in them.
    #[default]
    Names,
    /// A mapping file that was named: which of them.
    Mapping(usize),
    /// What was decided for a table of this shape before: which of them.
    Remembered(usize),
    /// Nobody but the user: the names are not known.
    User,
}

/// What the columns of a table without a header are called.
pub(super) fn numbered(width: usize) -> Vec<String> {
    (1..=width).map(|at| format!("column {at}")).collect()
}
