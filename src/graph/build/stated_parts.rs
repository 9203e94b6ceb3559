//! What each source states of credentials that an id alone joins across sources.

use std::collections::{BTreeMap, BTreeSet};

use super::links::Links;
use super::lives::{RowStatus, row_status};
use super::owners::OwnerCells;
use super::spoken::Spoken;
use crate::graph::stated_part::StatedPart;
use crate::graph::{Credential, CredentialIndex, InstanceIndex, OwnerIndex};
use crate::inventory::{Access, Assumptions, CredentialId, IdsAcrossSources, Level, Link, RowId};

/// What the rows of one part say.
#[derive(Default)]
struct PartRows {
    dead: bool,
    live: bool,
    owners: BTreeSet<OwnerIndex>,
    /// The links that are theirs, stated or not.
    holders_or_assumed: BTreeSet<u32>,
    grants_or_assumed: BTreeSet<u32>,
    holders: BTreeSet<u32>,
    /// What it grants, with the highest level that is said.
    grants: BTreeMap<u32, Level>,
}

/// The parts of live credentials, by credential, and the dead credentials of which some part with links
/// does not say so itself; none where ids are apart anyway. Costs time in proportion to the rows where
/// there are any.
pub(super) fn parts(
    links: &Links<'_>,
    assumptions: &Assumptions,
    (credentials, owner_cells): (&[Credential], &OwnerCells),
) -> (Vec<StatedPart>, BTreeSet<u32>) {
    let inventory = links.inventory;
    let parting = &inventory.parting;
    if assumptions.ids_across_sources == IdsAcrossSources::Apart || parting.rows.is_empty() {
        return (Vec::new(), BTreeSet::new());
    }
    let mut is_parted = vec![false; credentials.len()];
    for (id, _) in &parting.remaining {
        let at = links.naming.index_of.get(id.0 as usize).copied();
        if let Some(slot) = at.and_then(|at| is_parted.get_mut(at as usize)) {
            *slot = true;
        }
    }
    let apart = Spoken::new(inventory, IdsAcrossSources::Apart);
    let part_of = |row: RowId| {
        let credential = links.credential_of(row)?;
        let parted = is_parted.get(credential as usize).copied().unwrap_or(false);
        Some((credential, apart.of(row)?)).filter(|_| parted)
    };
    let mut parts: BTreeMap<(u32, CredentialId), PartRows> = BTreeMap::new();
    for (at, row) in (0..).map(RowId).zip(&inventory.rows) {
        let Some(key) = part_of(at) else { continue };
        let Some(facts) = inventory.facts.get(row.facts.0 as usize) else { continue };
        let part = parts.entry(key).or_default();
        match row_status(facts, assumptions.as_of) {
            RowStatus::Silent => {}
            RowStatus::Live => part.live = true,
            RowStatus::Dead => part.dead = true,
        }
        part.owners.extend(facts.owner.into_iter().flat_map(|cell| owner_cells.of(cell)));
    }
    for link in &inventory.links {
        if let (Some(key), Some(instance)) = (part_of(link.row), links.instance_of(link)) {
            parts.entry(key).or_default().add(link, instance);
        }
    }
    let left = parts.into_iter().filter(|(_, part)| part.live || !part.dead);
    let is_live = |at: u32| credentials.get(at as usize).is_some_and(Credential::is_live);
    let (live, dead): (Vec<_>, Vec<_>) =
        left.partition(|((credential, _), _)| is_live(*credential));
    let stated = live.into_iter();
    let stated = stated.map(|((at, _), part)| part.stated(at, assumptions.pivot_needs)).collect();
    let dead = dead.into_iter().filter(|(_, part)| part.has_links());
    (stated, dead.map(|((credential, _), _)| credential).collect())
}

impl PartRows {
    /// Takes note of a link, and of what it says if it is stated.
    fn add(&mut self, link: &Link, instance: u32) {
        let Link { row: _, instance: _, instance_assumed, access, level } = *link;
        let (holds, grants) = (access != Access::Grants, access != Access::Holds);
        if holds {
            self.holders_or_assumed.insert(instance);
        }
        if grants {
            self.grants_or_assumed.insert(instance);
        }
        if access == Access::Unstated || instance_assumed {
            return;
        }
        if holds {
            self.holders.insert(instance);
        }
        if grants {
            let highest = self.grants.entry(instance).or_insert(level);
            *highest = level.max(*highest);
        }
    }

    fn has_links(&self) -> bool {
        !self.holders_or_assumed.is_empty() || !self.grants_or_assumed.is_empty()
    }

    fn stated(self, credential: u32, needs: Level) -> StatedPart {
        let in_order = |of: BTreeSet<u32>| of.into_iter().map(InstanceIndex).collect();
        let grants = self.grants.into_iter().map(|(at, level)| (InstanceIndex(at), level >= needs));
        StatedPart {
            credential: CredentialIndex(credential),
            holders: in_order(self.holders),
            grants: grants.collect(),
            holders_or_assumed: in_order(self.holders_or_assumed),
            grants_or_assumed: in_order(self.grants_or_assumed),
            owners: self.owners.into_iter().collect(),
        }
    }
}
