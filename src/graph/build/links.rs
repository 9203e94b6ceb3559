//! Who is who: the credential of each row, the instance of each link, and the rows of both.

use super::naming::Naming;
use super::sites::Sites;
use super::spoken::Spoken;
use crate::graph::grouped::Grouped;
use crate::inventory::{FactsId, Inventory, Link, RowId};

/// What each step needs to know: who is who.
pub(super) struct Links<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) sites: &'a Sites,
    pub(super) spoken: &'a Spoken<'a>,
    pub(super) naming: &'a Naming,
}

impl Links<'_> {
    /// The credential that a row speaks of.
    pub(super) fn credential_of(&self, row: RowId) -> Option<u32> {
        self.naming.index_of.get(self.spoken.of(row)?.0 as usize).copied()
    }

    /// The instance that a link speaks of.
    pub(super) fn instance_of(&self, link: &Link) -> Option<u32> {
        self.sites.index_of.get(link.instance.0 as usize).copied()
    }

    pub(super) fn rows_of_credentials(&self) -> Grouped<RowId> {
        let rows = (0..self.inventory.rows.len() as u32).map(RowId);
        let pairs = rows.filter_map(|row| Some((self.credential_of(row)?, row)));
        Grouped::new(self.naming.names.len(), pairs)
    }

    /// The facts that the rows of each credential say, with the row, repetitions left out.
    pub(super) fn facts_of_credentials(&self) -> Grouped<(FactsId, RowId)> {
        let rows = self.inventory.rows.iter().zip((0..).map(RowId));
        let pairs = rows.filter_map(|(row, id)| Some((self.credential_of(id)?, (row.facts, id))));
        let mut facts = Grouped::new(self.naming.names.len(), pairs);
        facts.dedup_each_by(|one, other| one.0 == other.0);
        facts
    }

    pub(super) fn rows_of_instances(&self) -> Grouped<RowId> {
        let pairs = self
            .inventory
            .links
            .iter()
            .filter_map(|link| Some((self.instance_of(link)?, link.row)));
        let mut rows = Grouped::new(self.sites.keys.len(), pairs);
        rows.dedup_each();
        rows
    }
}
