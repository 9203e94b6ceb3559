//! The rows that nodes and edges become.

/// A row of the table that the graph is read as: its cells under the names of their columns.
pub(super) struct Row {
    /// Where what it is made of stands.
    pub(super) at: usize,
    pub(super) cells: Vec<(&'static str, String)>,
}
