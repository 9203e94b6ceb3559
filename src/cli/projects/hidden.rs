//! A project whose names are hidden in what is said of it.

use std::sync::Arc;

use crate::inventory::Inventory;
use crate::project::{Project, RedactedKinds, Redaction, Sources};

/// A project under pseudonyms, with all that may be said of what the user made; and these pseudonyms. Costs
/// time in proportion to the project.
pub(super) fn under_pseudonyms(kinds: RedactedKinds, own: &Project) -> (Project, Redaction) {
    let names = Redaction::of_project(kinds, own);
    let none = Inventory::default();
    let inventory = own.sources.inventory.as_deref();
    let hidden = names.hidden_inventory(inventory.unwrap_or(&none), &own.assumptions);
    let mut shown = names.shown(own, &hidden);
    if inventory.is_none() {
        shown.sources = Arc::new(Sources { inventory: None, ..Sources::clone(&shown.sources) });
    }
    (shown, names)
}
