//! What a row has in a second column with the same heading, beside the first.

use zeroize::Zeroizing;

use crate::import::csv::records::Records;
use crate::import::schema::duplicate_columns::How;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;

/// What the second columns of a row add.
#[derive(Default)]
pub(crate) struct Second {
    /// The cells of first columns with what the second ones add.
    pub(crate) changes: Vec<(usize, Meaning, Zeroizing<String>)>,
    /// What the first and a second column give differently.
    pub(crate) lost: Vec<Meaning>,
}

/// What the second columns of a row add to the first ones, and where they differ.
pub(crate) fn second(plan: &Plan, records: &Records<'_>) -> Second {
    let mut second = Second::default();
    for duplicate in plan.duplicates.iter().filter(|duplicate| duplicate.pair().is_none()) {
        let Some(first) = plan.columns().of(duplicate.meaning) else { continue };
        let changes = &mut second.changes;
        let earlier = changes.iter().position(|(at, ..)| *at == first);
        let text = earlier.and_then(|at| changes.get(at));
        let own = text.map_or_else(|| records.cell(first), |(.., text)| text.as_str());
        let other = records.cell(duplicate.column);
        if words::is_unknown(other) || own == other {
            continue;
        }
        let text = match duplicate.how {
            _ if words::is_unknown(own) => other.to_owned(),
            How::List if !own.starts_with('[') => format!("{own};{other}"),
            _ => {
                second.lost.push(duplicate.meaning);
                continue;
            }
        };
        let text = Zeroizing::new(text);
        match earlier.and_then(|at| changes.get_mut(at)) {
            Some((.., kept)) => *kept = text,
            None => changes.push((first, duplicate.meaning, text)),
        }
    }
    second
}
