//! From rows to nodes and edges, one step for each file; the cost grows with the rows.

pub(super) mod edges;
mod instances;
mod lives;
mod naming;
mod owners;

use std::sync::Arc;

use super::access_graph::Blank;
use super::grouped::Grouped;
use super::{
    AccessGraph, Credential, CredentialIndex, Edge, EdgeKind, Environment, EnvironmentIndex,
    Instance, InstanceIndex, Role,
};
use crate::inventory::{Assumptions, FactsId, Flag, Inventory, Level, Link, Names, RowId};

impl AccessGraph {
    /// Builds the graph of an inventory under assumptions.
    ///
    /// Takes time in proportion to the rows, but for the sorting of names.
    pub fn build(inventory: Arc<Inventory>, assumptions: &Assumptions) -> Self {
        let sites = instances::Sites::new(&inventory, &assumptions.environments);
        let naming = naming::Naming::new(&inventory, &sites);
        let links = Links { inventory: &inventory, sites: &sites, naming: &naming };
        let (owners, owner_cells) = owners::OwnerCells::new(&inventory);

        let rows_of_credential = links.rows_of_credentials();
        let (edges, evidence) = edges::edges(&links, assumptions);
        let facts = links.facts_of_credentials();
        let lives = lives::Lives::new(&links, &facts, assumptions.as_of);
        let (credential_owners, storages) =
            owners::of_credentials(&inventory, &facts, &owner_cells);
        drop(facts);
        let instances = instances::merge(&links);
        let instance_owners = owners::of_instances(&links, &owner_cells);
        let rows_of_instance = links.rows_of_instances();
        let problems = lives.problems(&inventory, &naming);

        let (credentials, count) = (lives.credentials, sites.keys.len());
        let [held_by, grants, holds, granted_by] =
            edges::adjacency(&edges, credentials.len(), count);
        let naming::Naming { names, made_names, aliases, .. } = naming;
        Self {
            assumptions: assumptions.clone(),
            environments: sites.environments,
            instances,
            credentials,
            edges,
            owners,
            names,
            made_names,
            aliases,
            credential_owners,
            storages,
            instance_owners,
            rows_of_credential,
            rows_of_instance,
            held_by,
            grants,
            holds,
            granted_by,
            evidence,
            problems,
            blank: blank(),
            inventory,
        }
    }
}

/// What each step needs to know: who is who.
struct Links<'a> {
    inventory: &'a Inventory,
    sites: &'a instances::Sites,
    naming: &'a naming::Naming,
}

impl Links<'_> {
    /// The credential that a row speaks of.
    fn credential_of(&self, row: RowId) -> Option<u32> {
        let row = self.inventory.rows.get(row.0 as usize)?;
        self.naming.index_of.get(row.credential?.0 as usize).copied()
    }

    /// The instance that a link speaks of.
    fn instance_of(&self, link: &Link) -> Option<u32> {
        self.sites.index_of.get(link.instance.0 as usize).copied()
    }

    fn rows_of_credentials(&self) -> Grouped<RowId> {
        let rows = (0..self.inventory.rows.len() as u32).map(RowId);
        let pairs = rows.filter_map(|row| Some((self.credential_of(row)?, row)));
        Grouped::new(self.naming.names.len(), pairs)
    }

    /// The facts that the rows of each credential say, with the row, repetitions left out.
    fn facts_of_credentials(&self) -> Grouped<(FactsId, RowId)> {
        let rows = self.inventory.rows.iter().zip((0..).map(RowId));
        let pairs = rows.filter_map(|(row, id)| Some((self.credential_of(id)?, (row.facts, id))));
        let mut facts = Grouped::new(self.naming.names.len(), pairs);
        facts.dedup_each_by(|one, other| one.0 == other.0);
        facts
    }

    fn rows_of_instances(&self) -> Grouped<RowId> {
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

fn blank() -> Blank {
    let blank = Names::default().intern("");
    let environment = EnvironmentIndex(u32::MAX);
    Blank {
        environment: Environment::default(),
        credential: Credential::default(),
        instance: Instance {
            service: blank,
            environment,
            role: Role::Unknown,
            kind: None,
            entry_point: Flag::Unsaid,
            crown_jewel: Flag::Unsaid,
        },
        edge: Edge {
            credential: CredentialIndex(u32::MAX),
            instance: InstanceIndex(u32::MAX),
            kind: EdgeKind::Holds,
            level: Level::Unknown,
            assumed: true,
            pivots: false,
            pivots_stated: false,
        },
    }
}
