//! Reports what was found while a file was laid out as a table: parts that are no row, and cells
//! that somebody should look at.

use crate::import::container::{Column, Remark};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::table::Table;
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::{Place, ProblemKind};

/// Reports what could not be read as a row at all, and what is odd in what could. Returns how many
/// rows are rejected.
pub(crate) fn report(table: &Table<'_>, builder: &mut InventoryBuilder) -> u64 {
    for broken in &table.raw.broken {
        let place = Place { source: table.source, line: broken.line };
        builder.reject(place, ProblemKind::BrokenEntry, broken.why.to_owned());
    }
    for remark in &table.raw.remarks {
        report_remark(table, remark, builder);
    }
    table.raw.broken.len() as u64
}

/// Reports cells that somebody should look at, in columns that are read.
fn report_remark(table: &Table<'_>, remark: &Remark, builder: &mut InventoryBuilder) {
    let Remark { lines, count, column, kind, why } = remark;
    let plan = table.plan();
    let columns = plan.columns();
    let secrets = [Meaning::Value, Meaning::Fingerprint].map(|meaning| columns.of(meaning));
    let heading = match column {
        Column::OfSecrets(at) if secrets.contains(&Some(*at)) => plan.heading_at(*at),
        Column::Used(at) if columns.meanings().any(|(_, used)| used == *at) => plan.heading_at(*at),
        Column::OfSecrets(_) | Column::Used(_) => return,
    };
    let above = match plan.schema.header_line {
        0 => 0,
        record => table.raw.line(record),
    };
    let Some(&line) = lines.iter().find(|line| **line > above) else { return };
    let message = match count {
        1 => (*why).to_owned(),
        _ => format!("{why} ({count} cells of the column)"),
    };
    builder.problem(Place { source: table.source, line }, heading, *kind, message);
}
