//! The fingerprint by which a row's credential is known.

use crate::import::csv::records::Records;
use crate::import::rows::builder::{CellPlace, InventoryBuilder, SameSecret};
use crate::import::rows::repeated_cells::RepeatedFingerprints;
use crate::import::rows::reported_once::CellProblem;
use crate::import::rows::table::Table;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::import::vocabulary::words::ValueKind;
use crate::inventory::{ProblemKind, TOKEN};

/// The fingerprint of the row's secret value, if it has one, or of where it is kept.
pub(crate) fn of_value(
    table: &Table<'_>,
    records: &Records<'_>,
    before: &mut RepeatedFingerprints,
    builder: &mut InventoryBuilder,
) -> Option<u32> {
    let column = table.plan().columns().of(Meaning::Value)?;
    if let Some(known) = before.value.find(records) {
        return *known;
    }
    let value = records.cell(column);
    let fingerprint = of_one(table, value, builder);
    if fingerprint.is_none() {
        report_no_value(table, records, builder, column);
    }
    before.value.set(records, fingerprint);
    fingerprint
}

/// The fingerprint of one value, whose trace is kept, or of where it is.
pub(crate) fn of_one(
    table: &Table<'_>,
    value: &str,
    builder: &mut InventoryBuilder,
) -> Option<u32> {
    match words::value_kind(value) {
        ValueKind::Blank | ValueKind::Removed | ValueKind::NoValue => None,
        ValueKind::Pointer => {
            let pointer = builder.fingerprint(table.fingerprinter.of_pointer(value));
            builder.pointers.insert(pointer);
            Some(pointer)
        }
        ValueKind::Value => {
            builder.has_values = true;
            let known = builder.fingerprints.len();
            let fingerprint = builder.fingerprint(table.fingerprinter.of_value(value));
            if builder.fingerprints.len() > known {
                builder.add_trace(table.fingerprinter.trace_key(), value);
            }
            Some(fingerprint)
        }
    }
}

/// Reports once a column that some of its cells hold no values.
fn report_no_value(
    table: &Table<'_>,
    records: &Records<'_>,
    builder: &mut InventoryBuilder,
    column: usize,
) {
    let kind = words::value_kind(records.cell(column));
    if !matches!(kind, ValueKind::Removed | ValueKind::NoValue) {
        return;
    }
    let message = "this cell holds no secret value, but a mask, a remark or the name of a type; such \
                   cells of this column join no rows; export the values, or add fingerprints";
    let heading = table.plan().heading_at(column);
    let at = CellPlace { row: table.place(records), column: Some(column), heading };
    builder.report_once(at, "\0", [CellProblem::new(ProblemKind::NoValue, message)]);
}

/// The fingerprint by which the row is known: its value's, or the one that it supplies.
pub(crate) fn of_row(
    table: &Table<'_>,
    records: &Records<'_>,
    before: &mut RepeatedFingerprints,
    builder: &mut InventoryBuilder,
    value: Option<u32>,
) -> Option<u32> {
    let column = table.plan().columns().of(Meaning::Fingerprint);
    let Some(supplied) = column.and_then(|at| supplied(table, (records, at), before, builder))
    else {
        return value;
    };
    let Some(value) = value else { return Some(supplied) };
    let pair = SameSecret { source: table.source, value, supplied };
    if builder.same_secret.last() != Some(&pair) {
        builder.same_secret.push(pair);
    }
    Some(if builder.pointers.contains(&value) { supplied } else { value })
}

/// The fingerprint that a column of the row supplies.
fn supplied(
    table: &Table<'_>,
    (records, column): (&Records<'_>, usize),
    before: &mut RepeatedFingerprints,
    builder: &mut InventoryBuilder,
) -> Option<u32> {
    if let Some(known) = before.supplied.find(records) {
        return *known;
    }
    let text = records.cell(column);
    let fingerprint = if words::is_placeholder(text) {
        report_no_value(table, records, builder, column);
        None
    } else {
        // A token stands for a value that may be written out elsewhere.
        builder.has_values |= text.starts_with(TOKEN);
        Some(builder.fingerprint(table.fingerprinter.of_supplied(text)))
    };
    before.supplied.set(records, fingerprint);
    fingerprint
}

/// Whether a token that this key did not make stands in the place of a fingerprint or a value.
pub(crate) fn has_token_of_other_key(table: &Table<'_>, records: &Records<'_>) -> bool {
    let columns = table.plan().columns();
    [Meaning::Fingerprint, Meaning::Value]
        .into_iter()
        .filter_map(|meaning| columns.of(meaning))
        .any(|at| table.fingerprinter.is_of_other_key(records.cell(at)))
}
