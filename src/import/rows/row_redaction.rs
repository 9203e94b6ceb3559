//! Keeps the secrets of a row out of its other cells, and out of its text for people.

use std::borrow::Cow;
use std::ops::Range;

use zeroize::Zeroizing;

use crate::import::csv::records::{Found, Records};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::secret_lists;
use crate::import::rows::table::{Table, is_footer};
use crate::import::secrets::redaction::{Forms, MASK};
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Place, ProblemKind, csv_line};

/// Stands in the text of a row for a cell that is not read.
const NOT_READ: &str = "‹not read›";

impl Table<'_> {
    /// The row as CSV, for people: a token in place of its secret, other secrets masked, and what is
    /// not read left out. `None` where a secret may stand anywhere in it.
    pub(crate) fn row_text(&self, records: &Records<'_>, found: Found) -> Option<String> {
        let columns = self.plan.columns();
        let header = self.plan.reading.header.len();
        let whole = records.width() == header;
        let unclear = !whole || records.has_stray_quote() || found != Found::Cells;
        if self.plan.has_secrets && (unclear || is_footer(records)) {
            return None;
        }
        let used = |at: usize| columns.meanings().find(|(_, column)| *column == at);
        let clean = |at: usize| {
            let cell = records.cell(at);
            match used(at) {
                _ if cell.is_empty() => Cow::Borrowed(""),
                _ if columns.other_secrets.contains(&at) => Cow::Borrowed(MASK),
                Some((Meaning::Value, _)) if !words::is_placeholder(cell) => {
                    Cow::Owned(self.tokens(cell, Meaning::Value))
                }
                Some((Meaning::Fingerprint, _)) if !words::is_placeholder(cell) => {
                    Cow::Owned(self.tokens(cell, Meaning::Fingerprint))
                }
                None if whole && self.plans.len() == 1 => Cow::Borrowed(NOT_READ),
                _ => secret_detection::masked(cell),
            }
        };
        Some(csv_line((0..records.width()).map(clean)))
    }

    /// Masks every secret of the row in its other cells.
    pub(crate) fn hide(
        &self,
        records: &mut Records<'_>,
        builder: &mut InventoryBuilder,
        value: Option<u32>,
        place: Place,
    ) {
        let columns = self.plan.columns();
        let own = columns.of(Meaning::Value);
        let secrets: Vec<usize> = own.into_iter().chain(columns.other_secrets.clone()).collect();
        let mut changes: Vec<Cell> = Vec::new();
        for &secret in &secrets {
            let cell = records.cell(secret);
            if cell.is_empty() || words::is_placeholder(cell) {
                continue;
            }
            let listed = secret_lists::texts(cell).unwrap_or_default();
            let listed = listed.iter().filter(|text| !words::is_placeholder(text));
            let forms: Vec<Forms> =
                listed.map(|text| Forms::of(text)).chain([Forms::of(cell)]).collect();
            for (meaning, at) in columns.meanings().filter(|(_, at)| !secrets.contains(at)) {
                let mask = mask_for(meaning, value, place);
                for forms in &forms {
                    let earlier = changes.iter().position(|(column, ..)| *column == at);
                    let text = earlier
                        .and_then(|at| changes.get(at))
                        .map_or_else(|| records.cell(at), |(.., text)| text.as_str());
                    let Some(masked) = forms.masked_anywhere(text, &mask) else { continue };
                    match earlier.and_then(|at| changes.get_mut(at)) {
                        Some((.., text)) => *text = masked,
                        None => changes.push((at, meaning, masked)),
                    }
                }
            }
        }
        if changes.is_empty() {
            return;
        }
        for (_, meaning, text) in &mut changes {
            if names_something(*meaning) {
                *text = Zeroizing::new(String::new());
            }
            let message = "the cell repeats the row's secret value, which was masked".to_owned();
            let column = self.plan.heading(*meaning);
            builder.problem(place, column, ProblemKind::MaskedCell, message);
        }
        let (text, bounds) = with_changes(records, &changes);
        records.replace(text, bounds);
    }
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

/// Masked services stay apart unless the same value was masked in them.
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

/// A cell in the place of another: its column, what that means, and the text.
pub(crate) type Cell = (usize, Meaning, Zeroizing<String>);

/// The cells of a record with some changed, as one text and where each stands in it.
pub(crate) fn with_changes(
    records: &Records<'_>,
    changes: &[Cell],
) -> (Zeroizing<String>, Vec<Range<usize>>) {
    let cell = |at: usize| {
        let earlier = changes.iter().find(|(column, ..)| *column == at);
        earlier.map_or_else(|| records.cell(at), |(.., text)| text.as_str())
    };
    let room = (0..records.width()).map(|at| cell(at).len()).sum();
    let mut text = Zeroizing::new(String::with_capacity(room));
    let mut bounds = Vec::with_capacity(records.width());
    for at in 0..records.width() {
        let start = text.len();
        text.push_str(cell(at));
        bounds.push(start..text.len());
    }
    (text, bounds)
}
