//! What stops an import as a whole. No message holds the text of a cell.

use crate::import::further::Unread;

/// Why nothing was imported. What was open before stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Somebody asked the import to stop.
    #[error("the import was cancelled")]
    Cancelled,
    /// The rest of a file could not be read any more.
    #[error("the file could not be read to its end ({why}): {file}")]
    Unread {
        /// The file's name.
        file: String,
        /// Why, and what to do.
        why: String,
    },
    /// The file has no bytes, or nothing but white space.
    #[error("the file is empty; export the inventory again: {file}")]
    Empty {
        /// The file's name.
        file: String,
    },
    /// The file is JSON without a single entry.
    #[error("the file holds no entry; export the inventory again: {file}")]
    NoEntry {
        /// The file's name.
        file: String,
    },
    /// The file has a header and not a single row.
    #[error("the file has a header but no rows; export it again with its rows: {file}")]
    HeaderOnly {
        /// The file's name.
        file: String,
    },
    /// The file is no list with the answers of an owner.
    #[error(
        "this is no list that an owner has answered: its first line has no column “{missing}”; \
         write the list with `keyreach attestation` and leave its headings as they are: {file}"
    )]
    NoAnswers {
        /// The file's name.
        file: String,
        /// A heading that it lacks.
        missing: &'static str,
    },
    /// The file is not text.
    #[error("this is {looks_like}, not text; save it as CSV and open that: {file}")]
    NotText {
        /// The file's name.
        file: String,
        /// What its first bytes look like: "a zip archive or an Excel workbook".
        looks_like: &'static str,
    },
    /// The file is JSON of a kind that is known to be no inventory.
    #[error("this is {what}, not an inventory; export a list of credentials instead: {file}")]
    NotInventory {
        /// The file's name.
        file: String,
        /// What it is: "Terraform state".
        what: &'static str,
    },
    /// The file is a project, where only inventories are read: standard input, or an archive.
    #[error(
        "this is a project of Keyreach, which is opened as a file that is neither packed nor on \
         standard input; name that file: {file}"
    )]
    Project {
        /// The file's name.
        file: String,
    },
    /// The file is JSON, or was meant to be, and no row of it can be read.
    #[error("this is JSON, but {what}: {file}")]
    NoJsonRows {
        /// The file's name.
        file: String,
        /// What is wrong and where, and what to do.
        what: String,
    },
    /// No member of the objects of a JSON file has a name that an inventory has.
    #[error(
        "this is JSON, but {found}. Set the meanings of its columns in the import wizard or a mapping \
         file, or choose another of its arrays: {file}"
    )]
    NoKnownMembers {
        /// The file's name.
        file: String,
        /// How many names there are.
        found: String,
    },
    /// The file is text of another kind, whose lines are no rows.
    #[error("this is {looks_like}, not a table; save what it says as CSV, JSON or XLSX: {file}")]
    NoTable {
        /// The file's name.
        file: String,
        /// What its lines look like: "a YAML file".
        looks_like: &'static str,
    },
    /// No line names columns that an inventory has.
    #[error(
        "no header was recognised ({found}). Name the columns, or set their meanings in the import \
         wizard or a mapping file (header_line = 0 if there is no header): {file}"
    )]
    NothingRecognised {
        /// The file's name.
        file: String,
        /// The columns that were found, or that the first line looks like data.
        found: String,
    },
    /// A column of secrets is said to mean something else, and nobody said that it holds none.
    #[error(
        "the column “{column}” {sign}, but its meaning is {meaning}, so that secret values would \
         be kept as names; mark it as secret or unused, or if it holds no secret values, say so \
         in the import wizard or in the mapping file with no_secrets_in = [\"{column}\"] above \
         [columns]: {file}"
    )]
    SecretsAsNames {
        /// The file's name.
        file: String,
        /// The column.
        column: String,
        /// Why it is one of secrets.
        sign: &'static str,
        /// What it is said to mean.
        meaning: &'static str,
    },
    /// A line is longer than any inventory's.
    #[error(
        "line {line} has {bytes} bytes, more than 16 MiB; check that the export writes line \
         breaks: {file}"
    )]
    LineTooLong {
        /// The file's name.
        file: String,
        /// The line, counted from 1.
        line: u32,
        /// Its length.
        bytes: u64,
    },
    /// More files than one inventory can number.
    #[error("{count} files are more than 65,535; join them into fewer")]
    TooManyFiles {
        /// How many were given.
        count: usize,
    },
    /// More rows than one inventory can number.
    #[error("the files have more than 4,000,000,000 rows or facts; import fewer at once: {file}")]
    TooManyRows {
        /// The file in which the limit was passed.
        file: String,
    },
    /// An archive or a workbook that cannot be opened.
    #[error("{why}: {file}")]
    Archive {
        /// The file's name.
        file: String,
        /// What is wrong with it and what to do.
        why: &'static str,
    },
    /// An archive without a table.
    #[error("the archive holds no table (CSV, TSV, JSON, XLSX); unpack it and check: {file}")]
    NoTables {
        /// The file's name.
        file: String,
    },
    /// An archive within an archive.
    #[error("an archive within an archive is not opened; unpack it first: {file}")]
    Nested {
        /// The inner archive's name.
        file: String,
    },
    /// An archive that unpacks to far more than it should.
    #[error(
        "the archive unpacks to more than {megabytes} MiB, far more than its size; unpack it by \
         hand if you trust it: {file}"
    )]
    Bomb {
        /// The file's name.
        file: String,
        /// The limit.
        megabytes: u64,
    },
    /// Every part of a file was left out.
    #[error(
        "nothing of this file was chosen; choose one of its own parts ({parts}), or leave out \
         fewer: {file}"
    )]
    NothingChosen {
        /// The file's name.
        file: String,
        /// The names of its first parts.
        parts: String,
    },
    /// No file has a part of a name that was given.
    #[error("there is no {what} named “{name}” in the files; {known}")]
    NoPart {
        /// What was given: "array".
        what: &'static str,
        /// The name.
        name: String,
        /// Which there are.
        known: String,
    },
    /// A workbook has no worksheet of that name.
    #[error("the workbook has no worksheet named “{sheet}”; it has {known}: {file}")]
    NoSheet {
        /// The file's name.
        file: String,
        /// The name that was asked for.
        sheet: String,
        /// The names of its first worksheets.
        known: String,
    },
}

impl ImportError {
    /// Whether it says no more than that a file is no table, or a damaged one: beside others it can be
    /// skipped.
    pub(crate) fn is_no_table(&self) -> bool {
        match self {
            Self::Empty { .. }
            | Self::NoEntry { .. }
            | Self::HeaderOnly { .. }
            | Self::NotText { .. }
            | Self::NotInventory { .. }
            | Self::Project { .. }
            | Self::NoTable { .. }
            | Self::NoJsonRows { .. }
            | Self::NoKnownMembers { .. }
            | Self::NothingRecognised { .. }
            | Self::NoAnswers { .. }
            | Self::NothingChosen { .. }
            | Self::NoTables { .. }
            | Self::Archive { .. }
            | Self::Nested { .. } => true,
            Self::Cancelled
            | Self::Unread { .. }
            | Self::SecretsAsNames { .. }
            | Self::LineTooLong { .. }
            | Self::TooManyFiles { .. }
            | Self::TooManyRows { .. }
            | Self::Bomb { .. }
            | Self::NoPart { .. }
            | Self::NoSheet { .. } => false,
        }
    }

    /// Why the bytes of a file are not there.
    pub(crate) fn of_unread(unread: Unread, file: &str) -> Self {
        match unread {
            Unread::Cancelled => Self::Cancelled,
            Unread::Failed(why) => Self::Unread { file: file.to_owned(), why },
        }
    }

    /// Whether the user gave a name that nothing has.
    pub fn is_unknown_name(&self) -> bool {
        matches!(self, Self::NothingChosen { .. } | Self::NoPart { .. } | Self::NoSheet { .. })
    }
}
