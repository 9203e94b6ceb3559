//! The facts of before, put behind a newer inventory.

use std::sync::Arc;

use super::placing::Placing;
use crate::analysis::same_credentials;
use crate::graph::AccessGraph;
use crate::inventory::Inventory;
use crate::project::workshop::Workshop;

/// Puts the facts that were stated in workshops behind a newer inventory than that of the graph. One whose
/// credential is gone has no row there; it stays in the project, and comes back with its credential.
///
/// Costs nothing where there are no facts; otherwise the newer graph is built, and a copy is made.
pub fn keep_facts(old: &AccessGraph, workshop: &Workshop, newer: Arc<Inventory>) -> Arc<Inventory> {
    if workshop.facts().next().is_none() {
        return newer;
    }
    let new = AccessGraph::build(newer.clone(), old.assumptions());
    let same = same_credentials(old, &new);
    let mut placing = Placing::to(&new);
    let mut any = false;
    for (entry, fact) in workshop.facts() {
        let name = fact.credential.renewed((old, &new), &same);
        if let Some(at) = name.found_in(&new).found() {
            any |= placing.place(fact, (at, entry.on)).is_some();
        }
    }
    if any { Arc::new(placing.done()) } else { newer }
}
