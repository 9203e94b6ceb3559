//! How a table is read: how it is parted, which line is its header, and what its columns mean.

use crate::import::csv::records::Dialect;
use crate::import::formats::Shape;
use crate::import::schema::candidates::Columns;
use crate::import::schema::secret_columns::SecretColumns;

/// How to read a file.
#[derive(Clone)]
pub(crate) struct TableSchema {
    pub(crate) dialect: Dialect,
    pub(crate) header_line: u32,
    /// The line above it that names groups of columns; 0 if there is none.
    pub(crate) group_line: u32,
    /// The last line below it that says the names again, as types or units; 0 if there is none.
    pub(crate) second_header: u32,
    pub(crate) header: Vec<String>,
    pub(crate) columns: Columns,
    pub(crate) shape: Option<&'static Shape>,
    /// Who says what the columns mean.
    pub(crate) by: By,
    /// Columns of secrets that are said to mean something else.
    pub(crate) renamed: Vec<SecretColumns>,
}

impl TableSchema {
    /// By names alone; the rest can be set.
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
            shape: None,
            by: By::Names,
            renamed: Vec::new(),
        }
    }

    /// Whether no line names the columns, so that they are numbered.
    pub(crate) fn has_no_header(&self) -> bool {
        self.header_line == 0 && self.header == numbered(self.header.len())
    }

    /// As the part below is read, which has no header of its own.
    pub(crate) fn of_next_part(self) -> Self {
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
    ColumnMapping(usize),
    /// What was decided for a table of this shape before: which of them.
    Remembered(usize),
    /// Nobody but the user: the names are not known.
    User,
}

/// What the columns of a table without a header are called.
pub(crate) fn numbered(width: usize) -> Vec<String> {
    (1..=width).map(|at| format!("column {at}")).collect()
}
