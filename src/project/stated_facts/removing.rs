//! Takes out what was said in a workshop; a fact goes out of the inventory with its row.

use std::sync::Arc;

use crate::inventory::{Inventory, RowId, SourceId, SpokenInstanceId};
use crate::project::sources::Sources;
use crate::project::state::Project;
use crate::project::workshop::{Workshop, WorkshopItem};

/// The project without an entry of its workshop. Costs a copy of the inventory where that is a fact.
#[must_use]
pub fn without_entry(project: &Project, number: u32) -> Project {
    let mut workshop = Workshop::clone(&project.workshop);
    let Some(entry) = workshop.remove(number) else { return project.clone() };
    let mut without = Project { workshop: Arc::new(workshop), ..project.clone() };
    if let (WorkshopItem::Fact(fact), Some(inventory)) = (&entry.item, &project.sources.inventory)
        && let Some(row) = fact.row_in(inventory, entry.on)
    {
        let inventory = Some(Arc::new(without_row(inventory, row)));
        without.sources = Arc::new(Sources { inventory, ..Sources::clone(&project.sources) });
    }
    without
}

/// An inventory without the row of a fact, and without its source and service instance where these were
/// there for it alone.
fn without_row(inventory: &Inventory, removed: RowId) -> Inventory {
    let mut left = inventory.clone();
    let at = removed.0 as usize;
    if at >= left.rows.len() {
        return left;
    }
    let source = left.rows.remove(at).place.source;
    let earlier = |row: RowId| if row > removed { RowId(row.0 - 1) } else { row };
    let named: Vec<SpokenInstanceId> =
        left.links.iter().filter(|link| link.row == removed).map(|link| link.instance).collect();
    left.links.retain(|link| link.row != removed);
    for link in &mut left.links {
        link.row = earlier(link.row);
    }
    let parting = &mut left.parting;
    parting.rows.retain(|(row, _)| *row != removed);
    for (row, _) in &mut parting.rows {
        *row = earlier(*row);
    }
    parting.joined_at.retain(|(_, row)| *row != removed);
    for (_, row) in &mut parting.joined_at {
        *row = earlier(*row);
    }
    for instance in named {
        forget_unnamed(&mut left, instance);
    }
    if let Some(own) = left.sources.get_mut(usize::from(source.0)) {
        own.ledger.accepted = own.ledger.accepted.saturating_sub(1);
    }
    if left.rows.iter().all(|row| row.place.source != source) {
        forget_source(&mut left, source);
    }
    left
}

/// Takes out a service instance that no link names any more.
fn forget_unnamed(inventory: &mut Inventory, instance: SpokenInstanceId) {
    let at = instance.0 as usize;
    let is_named = inventory.links.iter().any(|link| link.instance == instance);
    if is_named || at >= inventory.instances.len() {
        return;
    }
    inventory.instances.remove(at);
    for link in inventory.links.iter_mut().filter(|link| link.instance > instance) {
        link.instance = SpokenInstanceId(link.instance.0 - 1);
    }
}

/// Takes out a source that has no row any more.
fn forget_source(inventory: &mut Inventory, source: SourceId) {
    let at = usize::from(source.0);
    if at >= inventory.sources.len() {
        return;
    }
    inventory.sources.remove(at);
    inventory.problems.retain(|problem| problem.place.source != source);
    let rows = inventory.rows.iter_mut().map(|row| &mut row.place);
    let problems = inventory.problems.iter_mut().map(|problem| &mut problem.place);
    for place in rows.chain(problems).filter(|place| place.source > source) {
        place.source = SourceId(place.source.0 - 1);
    }
}
