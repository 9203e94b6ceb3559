//! Secret values that stand where another row has a name: rows whose columns slipped, a password
//! pasted into the wrong cell. Found once all rows are read, when every value is known.
//!
//! A name is taken for a value only if it is long and mixes letters with digits: where a password
//! is `payments`, the service of that name keeps its name.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::secrets::fingerprint::Fingerprinter;
use crate::import::secrets::redaction::MASK;
use crate::inventory::{NameId, Place, Problem, ProblemKind, Progress, SourceId};

/// Masks every name that is a secret value of any row. Costs one keyed hash for each name.
///
/// # Errors
/// Where somebody asked to stop.
pub(crate) fn mask(
    builder: &mut InventoryBuilder,
    fingerprinter: &Fingerprinter,
    progress: &Progress,
) -> Result<(), ImportError> {
    let names = &builder.inventory.names;
    let mut found: BTreeMap<NameId, String> = BTreeMap::new();
    for (at, id) in names.ids().enumerate() {
        if progress.stops_at(at) {
            return Err(ImportError::Cancelled);
        }
        let text = names.text(id);
        if may_be_a_value(text) && builder.knows(fingerprinter.of_value(text)) {
            let number = found.len() + 1;
            found.insert(id, format!("{MASK}@{number}"));
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    let values: Vec<Zeroizing<String>> =
        found.keys().map(|id| Zeroizing::new(names.text(*id).to_owned())).collect();
    for problem in &mut builder.inventory.problems {
        if progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        for value in &values {
            if let Some(row) = problem.row.as_ref().filter(|row| row.contains(value.as_str())) {
                problem.row = Some(row.replace(value.as_str(), MASK).into());
            }
            if problem.message.contains(value.as_str()) {
                problem.message = problem.message.replace(value.as_str(), MASK);
            }
        }
    }
    let place = first_place(builder, &found);
    builder.inventory.names.replace(&found);
    let message = format!(
        "{} names are secret values of other rows and were masked everywhere; check that no \
         column has shifted",
        found.len()
    );
    builder.inventory.problems.push(Problem::new(place, ProblemKind::MaskedCell, message));
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
