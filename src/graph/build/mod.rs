//! From rows to nodes and edges, one step for each file; the cost grows with the rows.

mod sites;
mod spoken;
mod naming;
mod links;
mod needed;
mod lives;
mod instances;
mod owners;
mod stated_parts;
pub(super) mod edges;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::access_graph::Blank;
use super::grouped::Grouped;
use super::name_order::NameOrder;
use super::{
    AccessGraph, Credential, CredentialIndex, Edge, EdgeKind, Environment, EnvironmentIndex,
    Instance, InstanceIndex, LifeDoubt, OwnerIndex, Role,
};
use crate::inventory::{Assumptions, Flag, Inventory, Level, NameId, Names, RowId};

impl AccessGraph {
    /// Builds the graph of an inventory under assumptions.
    ///
    /// Takes time in proportion to the rows, but for the sorting of names.
    pub fn build(inventory: Arc<Inventory>, assumptions: &Assumptions) -> Self {
        let (sites, spoken) = rayon::join(
            || sites::Sites::new(&inventory, &assumptions.environments),
            || spoken::Spoken::new(&inventory, assumptions.ids_across_sources),
        );
        let (naming, (owners, owner_cells)) = rayon::join(
            || naming::Naming::new(&spoken, &sites),
            || owners::OwnerCells::new(&inventory),
        );
        let links =
            links::Links { inventory: &inventory, sites: &sites, spoken: &spoken, naming: &naming };

        let ((edges, evidence), (by_credential, by_instance)) = rayon::join(
            || edges::edges(&links, assumptions),
            || {
                rayon::join(
                    || of_credentials(&links, &owner_cells, assumptions),
                    || of_instances(&links, &owner_cells),
                )
            },
        );
        let (rows_of_credential, lives, (credential_owners, storages)) = by_credential;
        let (instances, instance_owners, rows_of_instance) = by_instance;
        let (stated_parts, dead_by_id) =
            stated_parts::parts(&links, assumptions, (&lives.credentials, &owner_cells));
        let problems = lives.problems(&inventory, &naming);

        let (mut credentials, count) = (lives.credentials, sites.keys.len());
        for (credential, one) in credentials.iter_mut().zip(&naming.spoken) {
            let identity = inventory.identity(*one, assumptions.ids_across_sources);
            credential.joined_by = identity.and_then(|identity| identity.joined_by);
        }
        doubt(&mut credentials, dead_by_id);
        let [held_by, grants, holds, granted_by] =
            edges::adjacency(&edges, credentials.len(), count);
        let naming::Naming { names, made_names, aliases, spoken, .. } = naming;
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
            spoken,
            credential_owners,
            storages,
            instance_owners,
            rows_of_credential,
            rows_of_instance,
            held_by,
            grants,
            stated_parts,
            holds,
            granted_by,
            evidence,
            problems,
            blank: blank(),
            order: NameOrder::default(),
            inventory,
        }
    }
}

/// What is known of each credential: its rows, its life, its owners and its storages.
fn of_credentials(
    links: &links::Links<'_>,
    cells: &owners::OwnerCells,
    assumptions: &Assumptions,
) -> (Grouped<RowId>, lives::Lives, (Grouped<OwnerIndex>, Grouped<NameId>)) {
    let facts = links.facts_of_credentials();
    let lives = lives::Lives::new(links, &facts, assumptions.as_of);
    let owners = owners::of_credentials(links.inventory, &facts, cells);
    (links.rows_of_credentials(), lives, owners)
}

/// The same of each instance: what it is, its owners and its rows.
fn of_instances(
    links: &links::Links<'_>,
    cells: &owners::OwnerCells,
) -> (Vec<Instance>, Grouped<OwnerIndex>, Grouped<RowId>) {
    let owners = owners::of_instances(links, cells);
    (instances::merge(links), owners, links.rows_of_instances())
}

/// Marks the credentials that are dead by an id across sources alone.
fn doubt(credentials: &mut [Credential], dead_by_id: BTreeSet<u32>) {
    for at in dead_by_id {
        if let Some(credential) = credentials.get_mut(at as usize) {
            credential.doubt = LifeDoubt::DeadByIdAlone;
        }
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
            entry_point: Flag::Unstated,
            crown_jewel: Flag::Unstated,
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
