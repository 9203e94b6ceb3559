//! Reports what was found while a file was laid out as a table: parts that are no row, and cells
//! that somebody should look at.

use crate::import::container::{Column, Remark, UnreadPart};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::table::Table;
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::{Ledger, Place, ProblemKind, UnreadKind};

/// Reports what could not be read as a row at all, what is odd in what could, and what the file holds
/// beside the table. Returns how many rows are rejected, and how many skipped.
pub(crate) fn report(table: &Table<'_>, builder: &mut InventoryBuilder) -> Ledger {
    let mut ledger = Ledger::default();
    let above = line_of_header(table);
    for broken in &table.raw.broken {
        if broken.line < above {
            ledger.skipped += 1;
            continue;
        }
        ledger.rejected += 1;
        let place = Place { source: table.source, line: broken.line };
        builder.reject(place, ProblemKind::BrokenEntry, broken.why.clone().into_owned());
    }
    for remark in &table.raw.remarks {
        report_remark(table, remark, builder);
    }
    for (line, why) in &table.raw.lacking {
        let place = Place { source: table.source, line: *line };
        builder.problem(place, "", ProblemKind::UnreadMember, (*why).to_owned());
    }
    for UnreadPart { line, part } in &table.raw.not_read {
        if part.kind != UnreadKind::Text {
            let place = Place { source: table.source, line: *line };
            let message = format!("not read: {}", part.words());
            builder.problem(place, "", ProblemKind::UnreadMember, message);
        }
    }
    ledger
}

/// The line of the header; 0 where there is none.
fn line_of_header(table: &Table<'_>) -> u32 {
    match table.plan().schema.header_line {
        0 => 0,
        record => table.raw.line(record),
    }
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
    let above = line_of_header(table);
    let Some(&line) = lines.iter().find(|line| **line > above) else { return };
    let message = match count {
        1 => (*why).to_owned(),
        _ => format!("{why} ({count} cells of the column)"),
    };
    builder.problem(Place { source: table.source, line }, heading, *kind, message);
}
