//! Where something is written: a source and a line.

/// Stands for a file (or another source) of an inventory: an index into [`Inventory::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u16);

/// A file and a line, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The source.
    pub source: SourceId,
    /// The line on which the row starts, counted from 1.
    pub line: u32,
}
