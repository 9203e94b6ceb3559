//! The first rows of a table, as they would stand in a file: for a preview.

use std::io;

use super::table::TableSource;
use crate::inventory::starts_formula;

/// The first rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstRows {
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows, each with a cell for every column; formulas are defused.
    pub rows: Vec<Vec<String>>,
    /// Whether there are more.
    pub has_more: bool,
}

impl FirstRows {
    /// The first `count` rows. Makes no more of them than that and one.
    pub fn of(source: &TableSource<'_>, count: usize) -> Self {
        let mut first = Self { columns: source.columns().to_vec(), ..Self::default() };
        let taken = source.rows(&mut |row| {
            if first.rows.len() == count {
                return Err(io::Error::other("there are more rows"));
            }
            let cells = row.iter().map(|cell| cell.words().into_owned()).map(defused);
            first.rows.push(cells.collect());
            Ok(())
        });
        first.has_more = taken.is_err();
        first
    }
}

fn defused(cell: String) -> String {
    if starts_formula(&cell) { format!("'{cell}") } else { cell }
}
