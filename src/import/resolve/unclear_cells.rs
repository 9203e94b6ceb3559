//! Shows of rejected rows with unclear cells what is certainly no secret, once all names are known.

use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::unclear_rows::{KnownNames, has_hashes};
use crate::import::secrets::fingerprint::Fingerprinter;
use crate::import::secrets::redaction::MASK;
use crate::inventory::{Inventory, NameId};

/// Replaces each hash in the rows of problems by the name of an accepted row, or by a mask. Costs the
/// bytes of all names where there is such a row, and else only a look at the problems.
pub(crate) fn reveal(builder: &mut InventoryBuilder, fingerprinter: &Fingerprinter) {
    let is_unclear = |row: &str| has_hashes(row);
    let problems = &builder.inventory.problems;
    if !problems.iter().any(|problem| problem.row.as_deref().is_some_and(is_unclear)) {
        return;
    }
    let mut problems = std::mem::take(&mut builder.inventory.problems);
    let inventory = &builder.inventory;
    let used = used_names(builder);
    let names = inventory.names.ids().filter(|id| used.get(id.index()) == Some(&true));
    let names = names.map(|id| inventory.text(id)).filter(|name| !name.contains(MASK));
    let known = KnownNames::new(names, fingerprinter.trace_key());
    for problem in &mut problems {
        let unclear = problem.row.as_deref().filter(|row| is_unclear(row));
        if let Some(row) = unclear.map(|row| known.shown(row)) {
            problem.row = Some(row.into());
        }
    }
    builder.inventory.problems = problems;
}

/// Which names accepted rows have.
fn used_names(builder: &InventoryBuilder) -> Vec<bool> {
    let Inventory { names, rows, links, facts, instance_facts, instances, .. } = &builder.inventory;
    let mut used = vec![false; names.len()];
    let mut note = |name: Option<NameId>| {
        if let Some(used) = name.and_then(|name| used.get_mut(name.index())) {
            *used = true;
        }
    };
    for link in links {
        let instance = instances.get(link.instance.0 as usize);
        note(instance.map(|instance| instance.service));
        note(instance.map(|instance| instance.environment));
    }
    for (row, subject) in rows.iter().zip(&builder.subjects) {
        note(subject.id());
        if let Some(facts) = facts.get(row.facts.0 as usize) {
            for name in
                [facts.kind, facts.label, facts.identity, facts.owner, facts.storage, facts.tags]
            {
                note(name);
            }
        }
        if let Some(facts) = instance_facts.get(row.instance_facts.0 as usize) {
            note(facts.kind);
            note(facts.owner);
        }
    }
    used
}
