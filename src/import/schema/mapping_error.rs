//! Why a mapping file cannot be used.

use toml::de::DeTable;

use crate::inventory::toml_text::{meant, place};

/// Why a mapping file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// It is no TOML, or has keys that a mapping does not have.
    #[error("this is not a column-mapping file: {what} (line {line}, column {column})")]
    NotRead {
        /// What was found, and what to write instead.
        what: String,
        /// The line, counted from 1.
        line: usize,
        /// The column in characters, counted from 1.
        column: usize,
    },
    /// A column has a meaning that is not known.
    #[error("column “{column}” cannot mean “{meaning}”; write one of: {known}")]
    UnknownMeaning {
        /// The column.
        column: String,
        /// What was written.
        meaning: String,
        /// The known meanings.
        known: String,
    },
    /// A word is said to mean what no cell of its kind can mean.
    #[error("the {kind} word “{word}” cannot mean “{meant}”; write one of: {known}")]
    UnknownWord {
        /// The kind of the word.
        kind: &'static str,
        /// The word.
        word: String,
        /// What was written.
        meant: String,
        /// The known meanings.
        known: String,
    },
    /// The access of all rows is not known.
    #[error("the access of [rows] cannot be “{0}”; write holds, grants or both")]
    UnknownAccess(String),
    /// What columns of marks are named after is not known.
    #[error("the marks of [rows] cannot be “{0}”; write environment or service")]
    UnknownMarks(String),
    /// Marks without columns, or the reverse.
    #[error(
        "a matrix needs both marks and mark_columns in [rows]: marks = \"environment\" or \
         \"service\", and the columns that are named after them"
    )]
    MarkColumns,
    /// Two columns have the same meaning.
    #[error("“{first}” and “{second}” cannot both be the {meaning}; call one of them “unused”")]
    Twice {
        /// One column.
        first: String,
        /// The other.
        second: String,
        /// The meaning that both have.
        meaning: String,
    },
    /// No column shows what a row is about.
    #[error(
        "no column names a credential or a service; map one to id, name, fingerprint, secret, \
         service, holder or target"
    )]
    NoAnchor,
    /// A column that is declared to hold no secrets is none of the columns.
    #[error("no_secrets_in names “{0}”, which [columns] does not name; say there what it means")]
    NoSuchColumn(String),
    /// A table without a header has no names.
    #[error(
        "“{0}” is not a column of a table without a header; with header_line = 0 write “column 1”, \
         “column 2” and so on"
    )]
    NotNumbered(String),
    /// A delimiter or quote that tables do not use.
    #[error(
        "a delimiter must be one ASCII character that is not a letter, digit, quote or line break, a \
         quote must be \" or ', and an escape sign \\; “{0}” is none of these"
    )]
    Dialect(char),
    /// An encoding that is not known.
    #[error("the encoding “{0}” is not known; write utf-8, windows-1252, utf-16le or another")]
    Encoding(String),
}

impl MappingError {
    /// What is wrong at a byte of the text.
    pub(crate) fn at(text: &str, (what, byte): (String, usize)) -> Self {
        let (line, column) = place(text, byte);
        Self::NotRead { what, line, column }
    }
}

/// All keys of a mapping.
const KEYS: [&str; 11] = [
    "table",
    "delimiter",
    "quote",
    "escape",
    "header_line",
    "encoding",
    "environment_in_names",
    "no_secrets_in",
    "columns",
    "words",
    "rows",
];

/// Whether a table of TOML has no keys but those of a mapping.
///
/// # Errors
/// Where it has another one; the message names what was probably meant.
pub(crate) fn check_keys(table: &DeTable<'_>, text: &str) -> Result<(), MappingError> {
    let unknown = table.keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref()));
    let Some(key) = unknown.min_by_key(|key| key.span().start) else { return Ok(()) };
    let name = key.get_ref();
    let what = format!("“{name}” is not a key of a column mapping; {}", meant(name, &KEYS));
    Err(MappingError::at(text, (what, key.span().start)))
}
