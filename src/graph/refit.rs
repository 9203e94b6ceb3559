//! A graph in which new credentials stand in the place of some: for judging, never for showing.

use std::collections::{BTreeMap, BTreeSet};

use super::build::edges::adjacency;
use super::grouped::Grouped;
use super::stated_part::StatedPart;
use super::{
    AccessGraph, Credential, CredentialIndex, Edge, EdgeIndex, EdgeKind, InstanceIndex, Life,
};
use crate::inventory::{LastUsed, NameId};

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

impl Refitted {
    /// The credential with its ids. `first` says whether it is the one of its origin that counts among
    /// those of the identity.
    pub(super) fn credential<'g>(
        &self,
        before: &'g AccessGraph,
        first: bool,
    ) -> (Credential, &'g [NameId]) {
        let mut credential = before.credential(self.origin).clone();
        credential.bound = self.bound;
        credential.identity = credential.identity.filter(|_| first);
        let ids = before.aliases(self.origin);
        if !self.renewed {
            return (credential, ids);
        }
        credential.created = Some(before.assumptions.as_of);
        credential.last_rotated = None;
        credential.last_used = LastUsed::Unstated;
        credential.joined_by = None;
        (credential, ids.get(..1).unwrap_or_default())
    }
}

impl AccessGraph {
    /// The graph with `made`, numbered after its own credentials, in the place of `retired` ones,
    /// which are dead and linked to nothing; of the others only those that are `kept` are linked to
    /// anything. New ones have their origin's name, so that they are not in order and no name finds
    /// them, and edges have no rows. Costs time in proportion to the nodes and to the edges of what
    /// is kept or made.
    pub(crate) fn refitted(
        &self,
        retired: &BTreeSet<CredentialIndex>,
        made: &[Refitted],
        kept: &BTreeSet<CredentialIndex>,
    ) -> Self {
        let mut after = self.unlinked();
        for &at in kept.difference(retired) {
            after.stated_parts.extend(self.stated_parts_of(at).iter().cloned());
            let edges = self.held_by(at).iter().chain(self.grants(at));
            after.edges.extend(edges.map(|&edge| *self.edge(edge)));
        }
        for &at in retired {
            if let Some(credential) = after.credentials.get_mut(at.index()) {
                *credential = Credential { life: Life::Dead, ..Credential::default() };
            }
        }
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

    /// What each source states of what stands in the place of a credential.
    pub(super) fn parts_left<'a>(
        &'a self,
        new: &'a Refitted,
        at: CredentialIndex,
    ) -> impl Iterator<Item = StatedPart> + 'a {
        let holds = |at: InstanceIndex| new.holders.binary_search(&at.0).is_ok();
        let granted = |edge: EdgeIndex| self.edge(edge).instance;
        let grants = move |at| new.grants.binary_search_by_key(&at, |&edge| granted(edge)).is_ok();
        self.stated_parts_of(new.origin).iter().map(move |part| part.narrowed(at, holds, grants))
    }

    /// The same nodes, and no edge.
    fn unlinked(&self) -> Self {
        let none = || Grouped::from_parts(vec![0], Vec::new());
        Self {
            inventory: self.inventory.clone(),
            assumptions: self.assumptions.clone(),
            environments: self.environments.clone(),
            instances: self.instances.clone(),
            credentials: self.credentials.clone(),
            edges: Vec::new(),
            owners: self.owners.clone(),
            names: self.names.clone(),
            made_names: self.made_names.clone(),
            aliases: self.aliases.clone(),
            spoken: self.spoken.clone(),
            credential_owners: self.credential_owners.clone(),
            storages: self.storages.clone(),
            instance_owners: self.instance_owners.clone(),
            rows_of_credential: self.rows_of_credential.clone(),
            rows_of_instance: self.rows_of_instance.clone(),
            held_by: none(),
            grants: none(),
            stated_parts: Vec::new(),
            holds: none(),
            granted_by: none(),
            evidence: Grouped::from_parts(vec![0], Vec::new()),
            problems: Vec::new(),
            blank: self.blank.clone(),
            order: self.order.clone(),
        }
    }

    fn append(&mut self, before: &Self, new: &Refitted, first: bool) {
        let at = CredentialIndex(self.credentials.len() as u32);
        let origin = new.origin;
        let (credential, ids) = new.credential(before, first);
        self.credentials.push(credential);
        self.names.extend(before.names.get(origin.index()).copied());
        self.spoken.extend(before.spoken.get(origin.index()).copied());
        self.aliases.push(ids);
        self.credential_owners.push(before.owners_of(origin));
        self.storages.push(before.storages_of(origin));
        self.rows_of_credential.push(before.rows_of(origin));
        let held = before.held_by(origin).iter().map(|&edge| before.edge(edge));
        let held = held.filter(|edge| new.holders.binary_search(&edge.instance.0).is_ok());
        self.edges.extend(held.map(|edge| Edge { credential: at, kind: EdgeKind::Holds, ..*edge }));
        self.stated_parts.extend(before.parts_left(new, at));
        let granted = new.grants.iter().map(|&edge| before.edge(edge));
        self.edges.extend(granted.map(|edge| Edge { credential: at, ..*edge }));
    }
}
