//! The rows that were left out, as a table that can be corrected and imported again.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::inventory::{Inventory, Problem, SourceId};
use crate::inventory::{TableWriter, csv_cells, shown};

/// Writes the rejected rows of one source as CSV: the line, the reason, then the row under its own
/// header. Of a row in which a secret may stand anywhere, every cell that may hold a part of it is masked;
/// of lines that a quote swallowed that is not closed, those that are no rows are named by their numbers
/// and lengths alone.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_rejected(
    inventory: &Inventory,
    source: SourceId,
    out: &mut dyn Write,
) -> io::Result<()> {
    let header = inventory.sources.get(usize::from(source.0)).map(|source| &source.header);
    let header = header.into_iter().flatten().map(|name| shown(name));
    let mut table = TableWriter::new(out);
    let first = ["rejected_line", "rejected_because"].map(Cow::Borrowed);
    table.record(first.into_iter().chain(header))?;
    for problem in rejected(inventory, source) {
        table.cell(&problem.place.line.to_string())?;
        table.cell(&shown(&problem.message))?;
        for cell in problem.row.iter().flat_map(|row| csv_cells(row)) {
            table.cell(&cell)?;
        }
        table.end_record()?;
    }
    table.flush()
}

/// The problems that left a row of a source out, one for each row.
pub fn rejected(inventory: &Inventory, source: SourceId) -> impl Iterator<Item = &Problem> {
    let problems = inventory.problems.iter();
    problems.filter(move |problem| problem.row_rejected && problem.place.source == source)
}
