//! Which credential each row speaks of, as ids match across sources or not.

use crate::inventory::{CredentialId, IdsAcrossSources, Inventory, NameId, RowId};

/// The credentials that rows speak of.
pub(super) struct Spoken<'a> {
    pub(super) inventory: &'a Inventory,
    ids: IdsAcrossSources,
    /// By row, where ids are apart and part some; else empty.
    of_row: Vec<Option<CredentialId>>,
}

impl<'a> Spoken<'a> {
    pub(super) fn new(inventory: &'a Inventory, ids: IdsAcrossSources) -> Self {
        let moved = &inventory.parting.rows;
        let mut of_row = Vec::new();
        if ids == IdsAcrossSources::Apart && !moved.is_empty() {
            of_row.extend(inventory.rows.iter().map(|row| row.credential));
            for (row, part) in moved {
                if let Some(of_row) = of_row.get_mut(row.0 as usize) {
                    *of_row = Some(*part);
                }
            }
        }
        Self { inventory, ids, of_row }
    }

    /// How many credentials there are.
    pub(super) fn count(&self) -> usize {
        self.inventory.credential_count(self.ids)
    }

    /// The credential that a row speaks of.
    pub(super) fn of(&self, row: RowId) -> Option<CredentialId> {
        match self.of_row.get(row.0 as usize) {
            Some(credential) => *credential,
            None => self.inventory.rows.get(row.0 as usize)?.credential,
        }
    }

    /// The ids of a credential in the order of first sight.
    pub(super) fn ids_of(&self, credential: CredentialId) -> &'a [NameId] {
        let identity = self.inventory.identity(credential, self.ids);
        self.inventory.ids_of_identity(identity)
    }
}
