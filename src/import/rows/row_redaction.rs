//! Keeps the secrets of a row out of its other cells, and out of its text for people.

use std::borrow::Cow;

use zeroize::Zeroizing;

use crate::import::csv::records::{Found, Records};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::line_kinds::is_footer;
use crate::import::rows::replaced_cells::{CellText, replace_cells};
use crate::import::rows::secret_lists;
use crate::import::rows::table::Table;
use crate::import::rows::unclear_rows::{could_be_a_value, unclear_row};
use crate::import::schema::row_plan::Plan;
use crate::import::secrets::composed_values::inner_values;
use crate::import::secrets::redaction::{Forms, MASK};
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::import::vocabulary::words::ValueKind;
use crate::inventory::{Environments, Place, ProblemKind, csv_line};

/// Stands in the text of a row for a cell that is not read.
const NOT_READ: &str = "‹not read›";

/// What is known of a record whose text is to be shown.
#[derive(Clone, Copy)]
pub(crate) struct RowText {
    pub(crate) found: Found,
    /// Whether its cells stand under each other's headings.
    pub(crate) are_swapped: bool,
}

impl RowText {
    /// The row as CSV, for people: a token in place of its secret, other secrets masked, and what is
    /// not read left out. Where a secret may stand anywhere in it, only what is certainly none is
    /// shown; `None` where a quote that is not closed stands in a line that is no row.
    pub(crate) fn of(
        self,
        table: &Table<'_>,
        records: &Records<'_>,
        environments: &Environments,
    ) -> Option<String> {
        let plan = table.plan();
        let is_whole = records.width() == plan.schema.header.len();
        let is_swallowed = self.found != Found::Cells;
        if plan.has_secrets && is_swallowed && !is_whole {
            return None;
        }
        let is_unclear = !is_whole
            || is_swallowed
            || self.are_swapped
            || records.has_stray_quote()
            || is_footer(records);
        if plan.has_secrets && is_unclear {
            return Some(unclear_row(table, records, environments));
        }
        Some(csv_line((0..records.width()).map(|at| shown_cell(table, records, at, is_whole))))
    }
}

/// A cell as far as people may see it.
fn shown_cell<'r>(
    table: &Table<'_>,
    records: &'r Records<'_>,
    at: usize,
    is_whole: bool,
) -> Cow<'r, str> {
    let cell = records.cell(at);
    let columns = table.plan().columns();
    if cell.is_empty() {
        return Cow::Borrowed("");
    }
    if columns.other_secrets.contains(&at) {
        return Cow::Borrowed(MASK);
    }
    match columns.meanings().find(|(_, column)| *column == at) {
        Some((meaning @ (Meaning::Value | Meaning::Fingerprint), _)) => {
            match words::value_kind(cell) {
                ValueKind::Value => {
                    Cow::Owned(secret_lists::tokens(table.fingerprinter, cell, meaning))
                }
                // What is taken for a remark could be a weak value after all.
                ValueKind::NoValue => Cow::Borrowed(MASK),
                ValueKind::Blank | ValueKind::Removed | ValueKind::Pointer => {
                    secret_detection::masked(cell)
                }
            }
        }
        None if is_whole && table.plans.is_single() => Cow::Borrowed(NOT_READ),
        // A word that is none of the known ones could be a value in the wrong column.
        Some((meaning, _)) if could_be_a_value(cell, meaning) => Cow::Borrowed(MASK),
        _ => secret_detection::masked(cell),
    }
}

/// Masks every secret of the row in its other cells. `value` is the number of its secret value.
pub(crate) fn mask_secrets(
    table: &Table<'_>,
    records: &mut Records<'_>,
    builder: &mut InventoryBuilder,
    value: Option<u32>,
) {
    let (plan, place) = (table.plan(), table.place(records));
    for &secret in &plan.columns().other_secrets {
        let cell = records.cell(secret);
        // A remark of several words is no value that others would repeat by chance.
        if !words::is_placeholder(cell) && !cell.contains(' ') {
            builder.has_values = true;
            builder.add_trace(table.fingerprinter.trace_key(), cell);
        }
    }
    let mut changes = Vec::new();
    for MaskedCell { column, meaning, text } in masked_cells(plan, records, value, place) {
        let message = "the cell repeats the row's secret value, which was masked";
        builder.problem(place, plan.heading(meaning), ProblemKind::MaskedCell, message);
        let text = if names_something(meaning) { Zeroizing::new(String::new()) } else { text };
        changes.push(CellText { column, text });
    }
    replace_cells(records, &changes);
}

/// A cell in which a secret was masked.
struct MaskedCell {
    column: usize,
    meaning: Meaning,
    text: Zeroizing<String>,
}

/// The cells that repeat a secret of the row, without it.
fn masked_cells(
    plan: &Plan,
    records: &Records<'_>,
    value: Option<u32>,
    place: Place,
) -> Vec<MaskedCell> {
    let columns = plan.columns();
    let own = columns.of(Meaning::Value);
    let secrets: Vec<usize> = own.into_iter().chain(columns.other_secrets.clone()).collect();
    let mut found: Vec<MaskedCell> = Vec::new();
    let others = || columns.meanings().filter(|(_, at)| !secrets.contains(at));
    let longest = others().map(|(_, column)| records.cell(column).len()).max().unwrap_or(0);
    for &secret in &secrets {
        let cell = records.cell(secret);
        let forms = if Forms::may_occur_in(longest, cell) { forms_in(cell) } else { Vec::new() };
        if forms.is_empty() {
            continue;
        }
        for (meaning, column) in others() {
            let mask = mask_for(meaning, value, place);
            for forms in &forms {
                let known = found.iter_mut().find(|known| known.column == column);
                let text = known.as_ref().map_or_else(|| records.cell(column), |known| &known.text);
                let Some(text) = forms.masked_anywhere(text, &mask) else { continue };
                match known {
                    Some(known) => known.text = text,
                    None => found.push(MaskedCell { column, meaning, text }),
                }
            }
        }
    }
    found
}

/// How the secrets of a cell may be written: each of a list, and the cell as a whole.
fn forms_in(cell: &str) -> Vec<Forms> {
    if cell.is_empty() || words::is_placeholder(cell) {
        return Vec::new();
    }
    let listed = secret_lists::texts(cell).unwrap_or_default();
    let listed = listed.iter().filter(|text| !words::is_placeholder(text));
    let inner = inner_values(cell);
    let parts = listed.chain(&inner).map(|text| Forms::of(text));
    parts.chain([Forms::of(cell)]).collect()
}

/// A masked id or environment would match others that were masked alike, so it is left out.
fn names_something(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Id
            | Meaning::Label
            | Meaning::Fingerprint
            | Meaning::Environment
            | Meaning::HolderEnvironment
            | Meaning::TargetEnvironment
    )
}

/// What stands for a secret in a cell. Masked services stay apart unless the same value was masked in them.
fn mask_for(meaning: Meaning, value: Option<u32>, place: Place) -> String {
    match (meaning, value) {
        (Meaning::Service | Meaning::Holder | Meaning::Target, Some(value)) => {
            format!("{MASK}#{}", value + 1)
        }
        (Meaning::Service | Meaning::Holder | Meaning::Target, None) => {
            format!("{MASK}#{}:{}", place.source.0 + 1, place.line)
        }
        _ => MASK.to_owned(),
    }
}
