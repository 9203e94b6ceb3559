//! Owners, parted where one cell names several, and the places where credentials are kept.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::instances::for_each_fact;
use super::links::Links;
use crate::graph::OwnerIndex;
use crate::graph::grouped::Grouped;
use crate::import::owners;
use crate::inventory::{FactsId, Inventory, NameId, RowId};

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
        // The names in cells without a comma show which commas separate names.
        let texts = cells.iter().map(|&cell| inventory.text(cell));
        let alone: BTreeSet<Cow<'_, str>> = texts
            .filter(|text| !text.contains(','))
            .flat_map(|text| owners(text, |_| false))
            .collect();
        let parts = |cell: NameId| owners(inventory.text(cell), |name| alone.contains(name));
        let mut names: Vec<Cow<'_, str>> = cells.iter().flat_map(|&cell| parts(cell)).collect();
        names.sort_unstable();
        names.dedup();
        let index = |part: Cow<'_, str>| {
            names.binary_search(&part).ok().map(|found| OwnerIndex(found as u32))
        };
        let with_owners =
            |&cell: &NameId| (cell, parts(cell).into_iter().filter_map(index).collect());
        let owners = cells.iter().map(with_owners).collect();
        (names.into_iter().map(Cow::into_owned).collect(), Self(owners))
    }

    /// The owners that a cell names.
    pub(super) fn of(&self, cell: NameId) -> &[OwnerIndex] {
        self.0.get(&cell).map_or(&[], Vec::as_slice)
    }
}

/// The owners and the storages of each credential, distinct and sorted.
pub(super) fn of_credentials(
    inventory: &Inventory,
    facts: &Grouped<(FactsId, RowId)>,
    cells: &OwnerCells,
) -> (Grouped<OwnerIndex>, Grouped<NameId>) {
    let chunks = facts.groups().div_ceil(CHUNK);
    let chunk = |chunk: usize| {
        let mut lists = Lists::default();
        for credential in chunk * CHUNK..((chunk + 1) * CHUNK).min(facts.groups()) {
            lists.add(inventory, cells, facts.of(credential));
        }
        lists
    };
    let chunks: Vec<Lists> = (0..chunks).into_par_iter().map(chunk).collect();
    let (mut owner_starts, mut owners) = (vec![0], Vec::new());
    let (mut storage_starts, mut storages) = (vec![0], Vec::new());
    for lists in chunks {
        let (first_owner, first_storage) = (owners.len() as u32, storages.len() as u32);
        for (owner_end, storage_end) in lists.ends {
            owner_starts.push(first_owner + owner_end);
            storage_starts.push(first_storage + storage_end);
        }
        owners.extend(lists.owners);
        storages.extend(lists.storages);
    }
    (Grouped::from_parts(owner_starts, owners), Grouped::from_parts(storage_starts, storages))
}

/// How many credentials are worked on in one go.
const CHUNK: usize = 8192;

/// The owners and storages of some credentials, one credential's after another's.
#[derive(Default)]
struct Lists {
    owners: Vec<OwnerIndex>,
    storages: Vec<NameId>,
    /// Where the owners and the storages of each credential end.
    ends: Vec<(u32, u32)>,
    owner_cells: Vec<NameId>,
}

impl Lists {
    fn add(&mut self, inventory: &Inventory, cells: &OwnerCells, said: &[(FactsId, RowId)]) {
        let Self { owners, storages, ends, owner_cells } = self;
        let (first_owner, first_storage) = (owners.len(), storages.len());
        owner_cells.clear();
        for (facts, _) in said {
            let Some(facts) = inventory.facts.get(facts.0 as usize) else { continue };
            owner_cells.extend(facts.owner);
            storages.extend(facts.storage);
        }
        owner_cells.sort_unstable();
        owner_cells.dedup();
        owners.extend(owner_cells.iter().flat_map(|&cell| cells.of(cell)).copied());
        sort_tail(owners, first_owner, |&owner| owner);
        sort_tail(storages, first_storage, |&storage| inventory.text(storage));
        ends.push((owners.len() as u32, storages.len() as u32));
    }
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
