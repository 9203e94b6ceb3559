//! What the rows of a service instance state about it, merged.
#![expect(
    clippy::indexing_slicing,
    reason = "indices come from the arrays that they lead into, or were checked on the way in"
)]

use super::links::Links;
use super::lives::first_by_name;
use crate::graph::{EnvironmentIndex, Instance, Role};
use crate::inventory::{Flag, InstanceFacts, InstanceFactsId, Inventory, NameId};

/// The instances with what all rows say of them together.
pub(super) fn merge(links: &Links<'_>) -> Vec<Instance> {
    let new = |&(service, environment): &(NameId, EnvironmentIndex)| Instance {
        service,
        environment,
        role: Role::Unknown,
        kind: None,
        entry_point: Flag::Unstated,
        crown_jewel: Flag::Unstated,
    };
    let mut instances: Vec<_> = links.sites.keys.iter().map(new).collect();
    for_each_fact(links, |instance, facts| {
        let InstanceFacts { kind, owner: _, entry_point, crown_jewel } = facts;
        let merged = &mut instances[instance as usize];
        merged.kind = kind_of(links.inventory, merged.kind, *kind);
        merged.entry_point = either(merged.entry_point, *entry_point);
        merged.crown_jewel = either(merged.crown_jewel, *crown_jewel);
    });
    for instance in &mut instances {
        instance.role =
            instance.kind.map_or(Role::Unknown, |kind| Role::from_kind(links.inventory.text(kind)));
    }
    instances
}

/// Of several kinds one that holds credentials for others, because that is the worse case; else the
/// first by name.
fn kind_of(inventory: &Inventory, known: Option<NameId>, said: Option<NameId>) -> Option<NameId> {
    let keeps = |kind: NameId| Role::from_kind(inventory.text(kind)).keeps_for_others();
    match (known, said) {
        (Some(one), Some(other)) if one != other && keeps(one) != keeps(other) => {
            Some(if keeps(other) { other } else { one })
        }
        _ => first_by_name(inventory, known, said),
    }
}

/// Goes through what rows say of instances, in order, leaving out most of the repetitions.
pub(super) fn for_each_fact(links: &Links<'_>, mut take: impl FnMut(u32, &InstanceFacts)) {
    let inventory = links.inventory;
    let silent = InstanceFacts::default();
    let says: Vec<bool> = inventory.instance_facts.iter().map(|facts| *facts != silent).collect();
    if !says.contains(&true) {
        return;
    }
    let mut last: Vec<Option<InstanceFactsId>> = vec![None; links.sites.keys.len()];
    for link in &inventory.links {
        let (Some(instance), Some(row)) =
            (links.instance_of(link), inventory.rows.get(link.row.0 as usize))
        else {
            continue;
        };
        let id = row.instance_facts;
        if says.get(id.0 as usize) != Some(&true) || last[instance as usize] == Some(id) {
            continue;
        }
        last[instance as usize] = Some(id);
        take(instance, &inventory.instance_facts[id.0 as usize]);
    }
}

fn either(before: Flag, said: Flag) -> Flag {
    match (before, said) {
        (Flag::Yes, _) | (_, Flag::Yes) => Flag::Yes,
        (Flag::No, _) | (_, Flag::No) => Flag::No,
        (Flag::Unstated, Flag::Unstated) => Flag::Unstated,
    }
}
