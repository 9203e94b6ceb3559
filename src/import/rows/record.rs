//! What becomes of one record of a table.
//!
//! A record is first judged as a whole (blank, repeated header, too wide), then its secret value is
//! masked in its other cells, then it is read cell by cell. Which credential it is about is decided
//! after all files.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::import::csv::records::{Found, Records};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::counts::{Counts, RowOutcome};
use crate::import::rows::fingerprints;
use crate::import::rows::line_kinds;
use crate::import::rows::line_kinds::NoRow;
use crate::import::rows::replaced_cells::{CellText, replace_cells};
use crate::import::rows::row_redaction;
use crate::import::rows::row_redaction::RowText;
use crate::import::rows::secret_lists;
use crate::import::rows::table::{RowCursor, Table};
use crate::import::rows::unclear_rows::unclear_row;
use crate::import::schema::row_plan::Plan;
use crate::import::schema::second_columns;
use crate::import::schema::second_columns::Second;
use crate::inventory::{Place, Problem, ProblemKind, counted};

/// Reads the record under the cursor, and gives the problems that it brings the place and the text
/// of their row.
pub(crate) fn read_record(
    table: &Table<'_>,
    found: Found,
    cursor: &mut RowCursor<'_>,
    builder: &mut InventoryBuilder,
    counts: &mut Counts,
) {
    let schema = &table.plan().schema;
    let line = cursor.records.line();
    if let Some(lines) = schema.other_tables.iter().find(|lines| lines.contains(&line)) {
        return leave_out(table, (found, *lines.start()), &mut cursor.records, builder, counts);
    }
    if line < schema.header_line {
        counts.ledger.skipped += 1;
        return;
    }
    if line == schema.header_line && !cursor.records.shares_its_line() {
        if cursor.records.has_stray_quote() {
            let message = "text follows a closing quote in the header, so two names may have become \
                           one; write a quote inside a quoted name twice";
            builder.problem(table.place(&cursor.records), "", ProblemKind::StrayQuote, message);
        }
        return;
    }
    if line <= schema.second_header && found == Found::Cells {
        counts.ledger.skipped += 1;
        let message = "this line below the header repeats what the columns are and is passed \
                       over; delete it";
        let place = table.place(&cursor.records);
        builder.problem(place, "", ProblemKind::SecondHeader, message);
        return;
    }
    let (start, problems) = (cursor.records.start(), builder.inventory.problems.len());
    read_below_header(table, found, cursor, builder, counts);
    if let Some(fresh) = builder.inventory.problems.get_mut(problems..)
        && !fresh.is_empty()
    {
        let are_swapped =
            |problem: &Problem| problem.row_rejected && problem.kind == ProblemKind::SwappedColumns;
        let row = RowText { found, are_swapped: fresh.iter().any(are_swapped) };
        let row = row.of(table, &cursor.records, &builder.environments).map(Arc::from);
        let offset = cursor.offsets.at(table.raw.text.as_str(), start);
        for problem in fresh.iter_mut().filter(|problem| problem.place.line == line) {
            (problem.offset, problem.row) = (offset, row.clone());
        }
    }
}

/// Leaves a record out that belongs to another table, which begins in a line above. Nothing of it is
/// shown: what its columns mean is not known.
fn leave_out(
    table: &Table<'_>,
    (found, begin): (Found, u32),
    records: &mut Records<'_>,
    builder: &mut InventoryBuilder,
    counts: &mut Counts,
) {
    let place = table.place(records);
    let (first, more) = match found {
        Found::Blank | Found::Comment => {
            counts.ledger.skipped += 1;
            return;
        }
        Found::Cells => (records.line(), 0),
        Found::OpenQuote { lines } => (records.line(), records.skip_lines(lines.saturating_sub(1))),
    };
    let begins = table.raw.line(begin);
    for line in first..=first + more {
        counts.ledger.rejected += 1;
        let message = if line == begin {
            "the names of another table stand here, and its lines are left out; put each table into \
             a file or worksheet of its own"
                .to_owned()
        } else {
            format!("this line belongs to another table, which begins in line {begins}")
        };
        let place = Place { line: place.line + (line - first), ..place };
        builder.reject(place, ProblemKind::OtherTable, message);
    }
}

/// Counts what stands at a place below the header, and reads it if it is a row.
fn read_below_header(
    table: &Table<'_>,
    found: Found,
    cursor: &mut RowCursor<'_>,
    builder: &mut InventoryBuilder,
    counts: &mut Counts,
) {
    let is_row = match found {
        Found::Blank => {
            counts.ledger.skipped += 1;
            return;
        }
        Found::Comment => {
            counts.below_header += 1;
            counts.ledger.skipped += 1;
            return;
        }
        Found::OpenQuote { lines } => {
            counts.below_header += 1;
            pass_open_quote(table, &mut cursor.records, lines, builder, counts)
        }
        Found::Cells => {
            counts.below_header += 1;
            if cursor.records.is_marked() {
                counts.add_marked(table.place(&cursor.records));
            }
            pass_stray_quote(table, &cursor.records, builder, counts)
        }
    };
    if is_row {
        let outcome = read_row(table, cursor, builder, counts);
        counts.add_row(outcome);
    }
}

/// Reports the quote. False in a table with secrets, where all that the quote swallowed is left out.
fn pass_open_quote(
    table: &Table<'_>,
    records: &mut Records<'_>,
    lines: u32,
    builder: &mut InventoryBuilder,
    counts: &mut Counts,
) -> bool {
    let place = table.place(records);
    if !table.plan().has_secrets {
        let message = "a quote opens here and does not close; the line was read as if it were no \
                       quote; close it";
        builder.problem(place, "", ProblemKind::OpenQuote, message);
        return true;
    }
    let first = records.line();
    let mut rows = swallowed_rows(table, records, lines, builder);
    let last = first + records.skip_lines(lines.saturating_sub(1));
    counts.ledger.rejected += u64::from(last - first + 1);
    let message = format!(
        "a quote opens here and does not close; the lines to {last} are left out, because parts \
         of a secret could be read as names; close the quote"
    );
    builder.reject(place, ProblemKind::OpenQuote, message);
    for line in first + 1..=last {
        let place = Place { line, ..place };
        let message = match rows.remove(&line) {
            Some(Swallowed::Row(row)) => {
                let message = format!("this line is behind the open quote of line {first}");
                let problem = Problem::new(place, ProblemKind::OpenQuote, message);
                let (row_rejected, row) = (true, Some(Arc::from(row)));
                builder.inventory.problems.push(Problem { row_rejected, row, ..problem });
                continue;
            }
            Some(Swallowed::Other { bytes }) => {
                let size = counted(bytes, "byte", "bytes");
                format!("this line of {size} is behind the open quote of line {first}")
            }
            None => format!("this line is behind the open quote of line {first}"),
        };
        builder.reject(place, ProblemKind::OpenQuote, message);
    }
    false
}

/// A line that an open quote swallowed.
enum Swallowed {
    /// It has as many cells as the header, so it is a row for certain: what of it can be shown.
    Row(String),
    /// Any of it may belong to a secret of several lines, such as a private key; no part of it is
    /// shown, because nobody knows where its cells start.
    Other { bytes: usize },
}

/// The lines that an open quote swallowed, by their numbers.
fn swallowed_rows(
    table: &Table<'_>,
    records: &Records<'_>,
    lines: u32,
    builder: &InventoryBuilder,
) -> BTreeMap<u32, Swallowed> {
    let last = records.line() + lines.saturating_sub(1);
    let width = table.plan().schema.header.len();
    let (mut found, mut bare) = (BTreeMap::new(), records.without_quotes());
    while let Ok(Some(what)) = bare.read()
        && bare.line() <= last
    {
        let swallowed = if what == Found::Cells && bare.width() == width {
            Swallowed::Row(unclear_row(table, &bare, &builder.environments))
        } else {
            Swallowed::Other { bytes: bare.position().saturating_sub(bare.start() + 1) }
        };
        found.entry(bare.line()).or_insert(swallowed);
    }
    found
}

/// Reports text behind a closing quote. False if the row is left out for it.
fn pass_stray_quote(
    table: &Table<'_>,
    records: &Records<'_>,
    builder: &mut InventoryBuilder,
    counts: &mut Counts,
) -> bool {
    if !records.has_stray_quote() {
        return true;
    }
    let is_rejected = table.plan().has_secrets;
    let done = if is_rejected {
        "the row is left out, because a secret may be split over two cells"
    } else {
        "the text was joined to the cell"
    };
    let message = format!(
        "text follows a closing quote, and {done}; write a quote inside a quoted cell twice"
    );
    let place = table.place(records);
    builder.inventory.problems.push(Problem {
        row_rejected: is_rejected,
        ..Problem::new(place, ProblemKind::StrayQuote, message)
    });
    counts.ledger.rejected += u64::from(is_rejected);
    !is_rejected
}

const GROUP: &str = "the row says nothing but the name of an environment, as a heading of the rows below it; \
                     give each of them its environment in a column";

fn read_row(
    table: &Table<'_>,
    cursor: &mut RowCursor<'_>,
    builder: &mut InventoryBuilder,
    counts: &mut Counts,
) -> RowOutcome {
    let plan = table.plan();
    let place = table.place(&cursor.records);
    if let Some(no_row) = line_kinds::no_row(plan, &cursor.records) {
        pass_over(no_row, &mut cursor.records, builder, place);
        return RowOutcome::Skipped;
    }
    counts.add_cells(&cursor.records, plan.schema.header.len());
    if line_kinds::names_group(plan, &cursor.records) {
        builder.reject(place, ProblemKind::NothingNamed, GROUP.to_owned());
        return RowOutcome::Rejected;
    }
    if let Some(width) = line_kinds::width_problem(plan, &cursor.records) {
        let problem = Problem::new(place, width.kind, width.message);
        let row_rejected = width.is_rejected;
        builder.inventory.problems.push(Problem { row_rejected, ..problem });
        if row_rejected {
            return RowOutcome::Rejected;
        }
    }
    if line_kinds::says_no_credential(plan, &cursor.records) {
        return RowOutcome::NoCredential;
    }
    if !plan.duplicates.is_empty() {
        add_duplicate_columns(table, &mut cursor.records, builder);
    }
    let RowCursor { records, readers, .. } = cursor;
    let first = readers.first_mut();
    if let Some(problem) = first.and_then(|one| one.swapped_words(records, builder, place)) {
        builder.inventory.problems.push(problem);
        return RowOutcome::Rejected;
    }
    read_credentials(table, cursor, builder, counts)
}

/// Reads a row that is in order as a whole.
fn read_credentials(
    table: &Table<'_>,
    cursor: &mut RowCursor<'_>,
    builder: &mut InventoryBuilder,
    counts: &mut Counts,
) -> RowOutcome {
    let plan = table.plan();
    let list = secret_lists::secret_list(plan, &cursor.records);
    let value = match list {
        Some(_) => None,
        None => fingerprints::of_value(table, &cursor.records, &mut cursor.fingerprints, builder),
    };
    if plan.has_secrets {
        row_redaction::mask_secrets(table, &mut cursor.records, builder, value);
    }
    counts.of_other_key =
        counts.of_other_key || fingerprints::has_token_of_other_key(table, &cursor.records);
    let all = if let Some(list) = list {
        secret_lists::read_each(table, &list, cursor, builder)
    } else {
        let RowCursor { records, fingerprints: before, .. } = &mut *cursor;
        let fingerprint = fingerprints::of_row(table, records, before, builder, value);
        table.read_credentials(cursor, builder, fingerprint)
    };
    if all.any_read {
        return RowOutcome::Read;
    }
    // Of a relation between other things an export says outright that it is about no credential.
    let is_elsewhere = |plan: &Plan| plan.only_where.is_some();
    if !all.any_filled && table.plans.iter().all(is_elsewhere) {
        return RowOutcome::NoCredential;
    }
    let message = if all.any_filled {
        "the row names neither a credential nor a service; fill in one of them"
    } else {
        "the row has no credential in use: each of those that it could list is marked as absent"
    };
    builder.reject(table.place(&cursor.records), ProblemKind::NothingNamed, message.to_owned());
    RowOutcome::Rejected
}

/// Reports a record that is no row where somebody should know of it, and reads on by its order of
/// columns where it has one.
fn pass_over(
    no_row: NoRow,
    records: &mut Records<'_>,
    builder: &mut InventoryBuilder,
    place: Place,
) {
    match no_row {
        NoRow::Blank | NoRow::Header => {}
        NoRow::NewOrder(order) => {
            records.set_order(order);
            let message = "the columns are in another order from here on; the rows below are \
                           read by this header";
            builder.problem(place, "", ProblemKind::NewHeader, message);
        }
        NoRow::Footer => {
            let message = "this looks like a line of totals below the table and is skipped; \
                           delete it";
            builder.problem(place, "", ProblemKind::Footer, message);
        }
    }
}

/// Adds what stands in the second of two columns with one heading; reports where it is lost.
fn add_duplicate_columns(
    table: &Table<'_>,
    records: &mut Records<'_>,
    builder: &mut InventoryBuilder,
) {
    let (plan, place) = (table.plan(), table.place(records));
    let Second { changes, lost } = second_columns::second(plan, records);
    for meaning in lost {
        let message = "a second column of this name has another value here, and the first is \
                       read; rename one of them";
        builder.problem(place, plan.heading(meaning), ProblemKind::DoubledColumn, message);
    }
    let changes = changes.into_iter().map(|(column, _, text)| CellText { column, text });
    replace_cells(records, &changes.collect::<Vec<_>>());
}
