//! Puts other texts into cells of the record that is being read.

use zeroize::Zeroizing;

use crate::import::csv::records::Records;

/// A text for a cell.
pub(crate) struct CellText {
    pub(crate) column: usize,
    pub(crate) text: Zeroizing<String>,
}

/// Replaces cells of the present record. Texts that are replaced are wiped.
pub(crate) fn replace_cells(records: &mut Records<'_>, changes: &[CellText]) {
    if changes.is_empty() {
        return;
    }
    let cell = |at: usize| {
        let change = changes.iter().find(|change| change.column == at);
        change.map_or_else(|| records.cell(at), |change| change.text.as_str())
    };
    let room = (0..records.width()).map(|at| cell(at).len()).sum();
    let mut text = Zeroizing::new(String::with_capacity(room));
    let mut bounds = Vec::with_capacity(records.width());
    for at in 0..records.width() {
        let start = text.len();
        text.push_str(cell(at));
        bounds.push(start..text.len());
    }
    records.replace(text, bounds);
}
