//! The rows that were left out, as a table that can be mended and imported again.

use std::io::{self, Write};

use crate::inventory::{Inventory, Problem, SourceId};
use crate::inventory::{shown, starts_formula};

/// Writes the rejected rows of one source as CSV: the line, the reason, then the row under its own
/// header. A row in which a secret may stand anywhere is named by its line alone.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_rejected(
    inventory: &Inventory,
    source: SourceId,
    out: &mut dyn Write,
) -> io::Result<()> {
    let header = inventory.sources.get(usize::from(source.0)).map(|source| &source.header);
    write!(out, "rejected_line,rejected_because")?;
    for name in header.into_iter().flatten() {
        write!(out, ",{}", cell(name))?;
    }
    writeln!(out)?;
    for problem in rejected(inventory, source) {
        write!(out, "{},{}", problem.place.line, cell(&problem.message))?;
        match &problem.row {
            Some(row) => writeln!(out, ",{row}")?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

/// The problems that left a row of a source out, one for each row.
pub fn rejected(inventory: &Inventory, source: SourceId) -> impl Iterator<Item = &Problem> {
    let problems = inventory.problems.iter();
    problems.filter(move |problem| problem.row_rejected && problem.place.source == source)
}

/// A cell that no spreadsheet takes for a formula, in quotes where it needs them.
fn cell(text: &str) -> String {
    let text = shown(text);
    let formula = if starts_formula(&text) { "'" } else { "" };
    if text.contains(['"', ',']) {
        format!("\"{formula}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{formula}{text}")
    }
}
