//! Whether rows say that nobody needs a credential any more.

use std::collections::BTreeMap;

use crate::inventory::{AnsweredBy, Date, FactsId, Inventory, RowId, Status};

/// Whether some row says so, and no answer of an owner says otherwise. Of each owner the answer of the
/// last day counts, of one day the last row.
pub(super) fn is_unneeded(inventory: &Inventory, said: &[(FactsId, RowId)]) -> bool {
    let status = |facts: FactsId| inventory.facts.get(facts.0 as usize).map(|facts| facts.status);
    if !said.iter().any(|(facts, _)| status(*facts) == Some(Status::Unneeded)) {
        return false;
    }
    let mut last: BTreeMap<Option<&str>, (Option<Date>, RowId, Status)> = BTreeMap::new();
    for &(facts, row) in said {
        let answered = answered_by(inventory, row);
        let Some(status) = status(facts) else { continue };
        // An export says that a credential works, which is no answer to who needs it.
        let is_answer = status == Status::Unneeded || answered.is_some() && status == Status::Live;
        if is_answer {
            let (owner, on) = (answered.map(|by| by.owner.as_str()), answered.map(|by| by.on));
            let known = last.entry(owner).or_insert((on, row, status));
            *known = (*known).max((on, row, status));
        }
    }
    last.values().all(|(.., status)| *status == Status::Unneeded)
}

/// Whose answer a row is, if it is one.
fn answered_by(inventory: &Inventory, row: RowId) -> Option<&AnsweredBy> {
    let place = inventory.rows.get(row.0 as usize)?.place;
    inventory.sources.get(usize::from(place.source.0))?.answered.as_ref()
}
