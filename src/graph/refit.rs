//! A graph in which new credentials stand in the place of some: for judging, never for showing.

use std::collections::{BTreeMap, BTreeSet};

use super::build::edges::adjacency;
use super::{AccessGraph, Credential, CredentialIndex, Edge, EdgeIndex, EdgeKind, Life};
use crate::inventory::LastUsed;

/// A credential that stands, alone or with others, in the place of one.
#[derive(Clone, Debug)]
pub(crate) struct Refitted {
    /// The credential that it comes from.
    pub(crate) origin: CredentialIndex,
    /// The instances that hold it, of those that hold the origin, in order.
    pub(crate) holders: Vec<u32>,
    /// Grants of the origin, by instance.
    pub(crate) grants: Vec<EdgeIndex>,
    /// Whether it is an identity that cannot be carried away.
    pub(crate) bound: bool,
    /// Whether it is a new secret, which is as old as the day and has one id.
    pub(crate) renewed: bool,
}

impl AccessGraph {
    /// The graph with `made`, numbered after its own credentials, in the place of `retired` ones,
    /// which are dead and linked to nothing. New ones have their origin's name, so that they are
    /// not in order and no name finds them, and edges have no rows. Costs as much as a copy.
    pub(crate) fn refitted(&self, retired: &BTreeSet<CredentialIndex>, made: &[Refitted]) -> Self {
        let mut after = self.clone();
        for &at in retired {
            if let Some(credential) = after.credentials.get_mut(at.index()) {
                *credential = Credential { life: Life::Dead, ..Credential::default() };
            }
        }
        after.edges.retain(|edge| !retired.contains(&edge.credential));
        let mut identified: BTreeMap<CredentialIndex, bool> = BTreeMap::new();
        for new in made {
            let first = !new.bound && identified.insert(new.origin, true).is_none();
            after.append(self, new, first);
        }
        let (credentials, instances) = (after.credentials.len(), after.instances.len());
        [after.held_by, after.grants, after.holds, after.granted_by] =
            adjacency(&after.edges, credentials, instances);
        after
    }

    fn append(&mut self, before: &Self, new: &Refitted, first: bool) {
        let at = CredentialIndex(self.credentials.len() as u32);
        let origin = new.origin;
        let mut credential = before.credential(origin).clone();
        credential.bound = new.bound;
        // What became of one credential counts once among those of its identity.
        credential.identity = credential.identity.filter(|_| first);
        let mut ids = before.aliases(origin);
        if new.renewed {
            credential.created = Some(before.assumptions.as_of);
            credential.last_rotated = None;
            credential.last_used = LastUsed::Unstated;
            ids = ids.get(..1).unwrap_or_default();
        }
        self.credentials.push(credential);
        self.names.extend(before.names.get(origin.index()).copied());
        self.aliases.push(ids);
        self.credential_owners.push(before.owners_of(origin));
        self.storages.push(before.storages_of(origin));
        self.rows_of_credential.push(before.rows_of(origin));
        let held = before.held_by(origin).iter().map(|&edge| before.edge(edge));
        let held = held.filter(|edge| new.holders.binary_search(&edge.instance.0).is_ok());
        self.edges.extend(held.map(|edge| Edge { credential: at, kind: EdgeKind::Holds, ..*edge }));
        let granted = new.grants.iter().map(|&edge| before.edge(edge));
        self.edges.extend(granted.map(|edge| Edge { credential: at, ..*edge }));
    }
}
