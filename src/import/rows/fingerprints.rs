//! The fingerprint by which a row's credential is known.

use crate::import::csv::records::Records;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::table::Table;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;

/// The fingerprint of the row's secret value, if it has one.
pub(crate) fn of_value(
    table: &Table<'_>,
    records: &Records<'_>,
    builder: &mut InventoryBuilder,
) -> Option<u32> {
    let value = records.cell(table.plan().columns().of(Meaning::Value)?);
    let is_value = !words::is_placeholder(value);
    is_value.then(|| builder.fingerprint(table.fingerprinter.of_value(value)))
}

/// The fingerprint by which the row is known: its value's, or the one that it supplies.
pub(crate) fn of_row(
    table: &Table<'_>,
    records: &Records<'_>,
    builder: &mut InventoryBuilder,
    value: Option<u32>,
) -> Option<u32> {
    let Some(column) = table.plan().columns().of(Meaning::Fingerprint) else { return value };
    let supplied = records.cell(column);
    if words::is_placeholder(supplied) {
        return value;
    }
    let supplied = builder.fingerprint(table.fingerprinter.of_supplied(supplied));
    if let Some(value) = value {
        builder.same_secret.push((value, supplied));
    }
    Some(value.unwrap_or(supplied))
}

/// Whether a token that this key did not make stands in the place of a fingerprint or a value.
pub(crate) fn has_token_of_other_key(table: &Table<'_>, records: &Records<'_>) -> bool {
    let columns = table.plan().columns();
    [Meaning::Fingerprint, Meaning::Value]
        .into_iter()
        .filter_map(|meaning| columns.of(meaning))
        .any(|at| table.fingerprinter.is_of_other_key(records.cell(at)))
}
