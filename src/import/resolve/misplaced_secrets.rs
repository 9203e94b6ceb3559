//! Secret values that stand where another row has a name: rows whose columns slipped, a password
//! pasted into the wrong cell. Found once all rows are read, when every value is known.
//!
//! Only values that are long and mix letters with digits or signs are looked for, within texts too:
//! where a password is `payments`, the service of that name keeps its name.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::secrets::fingerprint::Fingerprinter;
use crate::import::secrets::redaction::MASK;
use crate::import::secrets::value_traces::{TraceFinder, TraceKey, ValueTraces};
use crate::inventory::{Inventory, NameId, Place, Problem, ProblemKind, Progress, SourceId};

/// What finds the secret values of an import again, in texts of another. It holds keyed hashes and no
/// value.
pub struct ImportedValues {
    traces: ValueTraces,
    key: TraceKey,
}

impl ImportedValues {
    /// Masks every name of another inventory that is one of these values, or holds one. Costs the bytes
    /// of all names.
    pub fn mask_in(&self, other: &mut Inventory) {
        let finder = self.traces.finder(self.key);
        let go = Progress::default();
        // Nobody holds the handle by which it could be cancelled.
        let Ok(found) = names_with_values(other, |_| false, finder.as_ref(), &go) else { return };
        if !found.is_empty() {
            other.names.replace(&found);
        }
        let masked = mask_problems(other, &BTreeMap::new(), finder.as_ref(), &go);
        debug_assert!(masked.is_ok(), "it was not cancelled");
    }
}

impl std::fmt::Debug for ImportedValues {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ImportedValues")
    }
}

/// What finds the values of all rows that were read.
pub(crate) fn values_of(
    builder: &mut InventoryBuilder,
    fingerprinter: &Fingerprinter,
) -> ImportedValues {
    let traces = std::mem::take(&mut builder.value_traces);
    ImportedValues { traces, key: fingerprinter.trace_key() }
}

/// Masks every name that is a secret value of any row, or holds one. Costs the bytes of all names, and
/// one keyed hash for each that may be a value.
///
/// # Errors
/// Where somebody asked to stop.
pub(crate) fn mask(
    builder: &mut InventoryBuilder,
    values: &ImportedValues,
    (fingerprinter, progress): (&Fingerprinter, &Progress),
) -> Result<(), ImportError> {
    let finder = values.traces.finder(values.key);
    let InventoryBuilder { inventory, fingerprints, .. } = builder;
    let is_value =
        |text: &str| may_be_a_value(text) && fingerprints.contains(fingerprinter.of_value(text));
    let found = names_with_values(inventory, is_value, finder.as_ref(), progress)?;
    mask_problems(inventory, &found, finder.as_ref(), progress)?;
    if found.is_empty() {
        return Ok(());
    }
    let place = first_place(builder, &found);
    builder.inventory.names.replace(&found);
    let what = match found.len() {
        1 => "a name is a secret value of another row or holds one, and was masked wherever it stands"
            .to_owned(),
        count => format!(
            "{count} names are secret values of other rows or hold one, and were masked wherever they \
             stand"
        ),
    };
    let message = format!("{what}; check that no column slipped");
    builder.inventory.problems.push(Problem::new(place, ProblemKind::MaskedCell, message));
    Ok(())
}

/// What stands for the names that are values of any row, or hold one.
fn names_with_values(
    inventory: &Inventory,
    is_value: impl Fn(&str) -> bool,
    finder: Option<&TraceFinder<'_>>,
    progress: &Progress,
) -> Result<BTreeMap<NameId, String>, ImportError> {
    let names = &inventory.names;
    let mut found: BTreeMap<NameId, String> = BTreeMap::new();
    for (at, id) in names.ids().enumerate() {
        if progress.stops_at(at) {
            return Err(ImportError::Cancelled);
        }
        let (text, mask) = (names.text(id), || format!("{MASK}@{}", found.len() + 1));
        if let Some(clean) = finder.and_then(|finder| finder.masked(text, &mask())) {
            found.insert(id, clean.to_string());
        } else if is_value(text) {
            let mask = mask();
            found.insert(id, mask);
        }
    }
    Ok(found)
}

/// Masks what the problems and the headings repeat of values.
fn mask_problems(
    inventory: &mut Inventory,
    found: &BTreeMap<NameId, String>,
    finder: Option<&TraceFinder<'_>>,
    progress: &Progress,
) -> Result<(), ImportError> {
    let names = &inventory.names;
    let whole = found
        .keys()
        .filter(|id| finder.is_none_or(|finder| finder.find(names.text(**id)).is_empty()));
    let values: Vec<Zeroizing<String>> =
        whole.map(|id| Zeroizing::new(names.text(*id).to_owned())).collect();
    let clean = |text: &str| {
        let mut clean =
            finder.and_then(|finder| finder.masked(text, MASK)).map(|clean| clean.to_string());
        for value in &values {
            let text = clean.as_deref().unwrap_or(text);
            if text.contains(value.as_str()) {
                clean = Some(text.replace(value.as_str(), MASK));
            }
        }
        clean
    };
    for (at, problem) in inventory.problems.iter_mut().enumerate() {
        if progress.stops_at(at) {
            return Err(ImportError::Cancelled);
        }
        if let Some(row) = problem.row.as_deref().and_then(clean) {
            problem.row = Some(row.into());
        }
        for text in [&mut problem.message, &mut problem.column] {
            if let Some(clean) = clean(text) {
                *text = clean;
            }
        }
    }
    for source in &mut inventory.sources {
        // A worksheet, or a list of JSON, may be called like a value.
        if let Some(clean) = clean(&source.name) {
            source.name = clean;
        }
        for text in source.texts_mut() {
            if let Some(clean) = clean(text) {
                *text = clean;
            }
        }
    }
    Ok(())
}

fn may_be_a_value(text: &str) -> bool {
    let has = |test: fn(&u8) -> bool| text.as_bytes().iter().any(test);
    text.len() >= 8
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && !text.contains(char::is_whitespace)
}

/// Where the first row stands that names one of them.
fn first_place(builder: &InventoryBuilder, found: &BTreeMap<NameId, String>) -> Place {
    let inventory = &builder.inventory;
    let links = inventory.links.iter().filter_map(|link| {
        let instance = inventory.instances.get(link.instance.0 as usize)?;
        let names = [instance.service, instance.environment];
        let row = inventory.rows.get(link.row.0 as usize)?;
        names.iter().any(|name| found.contains_key(name)).then_some(row.place)
    });
    let ids = inventory.rows.iter().zip(&builder.subjects).filter_map(|(row, subject)| {
        subject.id().filter(|id| found.contains_key(id)).map(|_| row.place)
    });
    let first = links.chain(ids).min();
    let start = Place { source: SourceId(0), line: 1 };
    first.or_else(|| inventory.rows.first().map(|row| row.place)).unwrap_or(start)
}
