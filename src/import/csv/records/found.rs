//! What a place of a text holds.

/// What is found at a place of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A line of white space.
    Blank,
    /// A line that starts with `#` and is not as wide as the header.
    Comment,
    /// A record; its cells can be asked for.
    Cells,
    /// A quote opens here and does not close within `lines` lines. The cells are those of the
    /// first line, split without quoting; the next record is that of the next line.
    OpenQuote { lines: u32 },
}

/// A line of more than 16 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineTooLong {
    pub(crate) line: u32,
    pub(crate) bytes: u64,
}
