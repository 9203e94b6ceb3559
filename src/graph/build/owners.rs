//! Owners, parted where one cell names several, and the places where credentials are kept.

use std::collections::BTreeMap;

use super::Links;
use super::instances::for_each_fact;
use super::naming::Naming;
use crate::graph::OwnerIndex;
use crate::graph::grouped::Grouped;
use crate::inventory::{Inventory, NameId, RowId};

/// The owners that each distinct owner cell names.
pub(super) struct OwnerCells(BTreeMap<NameId, Vec<OwnerIndex>>);

impl OwnerCells {
    /// All owners' names, sorted, and which of them each cell names.
    pub(super) fn new(inventory: &Inventory) -> (Vec<String>, Self) {
        let of_credentials = inventory.facts.iter().filter_map(|facts| facts.owner);
        let of_instances = inventory.instance_facts.iter().filter_map(|facts| facts.owner);
        let mut cells: Vec<_> = of_credentials.chain(of_instances).collect();
        cells.sort_unstable();
        cells.dedup();
        let parts = |cell: NameId| {
            let cell = inventory.text(cell).split([';', '|', '\n', '\r']);
            cell.map(str::trim).filter(|part| !part.is_empty())
        };
        let mut names: Vec<&str> = cells.iter().flat_map(|&cell| parts(cell)).collect();
        names.sort_unstable();
        names.dedup();
        let index =
            |part: &str| names.binary_search(&part).ok().map(|found| OwnerIndex(found as u32));
        let with_owners = |&cell: &NameId| (cell, parts(cell).filter_map(index).collect());
        let owners = cells.iter().map(with_owners).collect();
        (names.into_iter().map(str::to_owned).collect(), Self(owners))
    }

    fn of(&self, cell: NameId) -> &[OwnerIndex] {
        self.0.get(&cell).map_or(&[], Vec::as_slice)
    }
}

/// The owners and the storages of each credential, distinct and sorted.
pub(super) fn of_credentials(
    inventory: &Inventory,
    rows: &Grouped<RowId>,
    cells: &OwnerCells,
    naming: &Naming,
) -> (Grouped<OwnerIndex>, Grouped<NameId>) {
    let count = naming.names.len();
    let (mut owner_starts, mut owners) = (Vec::with_capacity(count + 1), Vec::new());
    let (mut storage_starts, mut storages) = (Vec::with_capacity(count + 1), Vec::new());
    let mut owner_cells: Vec<NameId> = Vec::new();
    for credential in 0..count {
        owner_starts.push(owners.len() as u32);
        storage_starts.push(storages.len() as u32);
        let (first_owner, first_storage) = (owners.len(), storages.len());
        owner_cells.clear();
        let mut before = None;
        for row in rows.of(credential) {
            let facts = inventory.rows.get(row.0 as usize).map(|row| row.facts);
            if facts == before {
                continue;
            }
            before = facts;
            let Some(facts) = facts.and_then(|facts| inventory.facts.get(facts.0 as usize)) else {
                continue;
            };
            owner_cells.extend(facts.owner);
            storages.extend(facts.storage);
        }
        owner_cells.sort_unstable();
        owner_cells.dedup();
        owners.extend(owner_cells.iter().flat_map(|&cell| cells.of(cell)).copied());
        sort_tail(&mut owners, first_owner, |&owner| owner);
        sort_tail(&mut storages, first_storage, |&storage| inventory.text(storage));
    }
    owner_starts.push(owners.len() as u32);
    storage_starts.push(storages.len() as u32);
    (Grouped::from_parts(owner_starts, owners), Grouped::from_parts(storage_starts, storages))
}

/// Sorts what was added to a list after `start`, and drops what it says twice.
fn sort_tail<T, K: Ord>(list: &mut Vec<T>, start: usize, key: impl Fn(&T) -> K)
where
    T: Copy + PartialEq,
{
    if list.len() < start + 2 {
        return;
    }
    let mut tail = list.split_off(start);
    tail.sort_by_key(key);
    tail.dedup();
    list.append(&mut tail);
}

/// The owners of each service instance, distinct and sorted.
pub(super) fn of_instances(links: &Links<'_>, cells: &OwnerCells) -> Grouped<OwnerIndex> {
    let mut pairs: Vec<(u32, OwnerIndex)> = Vec::new();
    for_each_fact(links, |instance, facts| {
        let named = facts.owner.map_or(&[][..], |cell| cells.of(cell));
        pairs.extend(named.iter().map(|&owner| (instance, owner)));
    });
    pairs.sort_unstable();
    pairs.dedup();
    Grouped::new(links.sites.keys.len(), pairs.iter().copied())
}
