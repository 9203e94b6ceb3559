//! A graph under other names: the same nodes and edges in the same places.

use std::sync::Arc;

use super::access_graph::PrintedName;
use super::{AccessGraph, Environment};
use crate::inventory::{Assumptions, Inventory, NameId, Problem};

/// Other texts in the place of those of an inventory, by what they are texts of. Each list has one entry
/// for each text of the inventory; where it has none the text does not stand for that.
#[derive(Clone, Debug, Default)]
pub(crate) struct OtherTexts {
    pub(crate) services: Vec<Option<NameId>>,
    /// The types of credentials and of services.
    pub(crate) kinds: Vec<Option<NameId>>,
    /// The ids and readable names of credentials.
    pub(crate) credentials: Vec<Option<NameId>>,
    pub(crate) identities: Vec<Option<NameId>>,
    pub(crate) storages: Vec<Option<NameId>>,
    pub(crate) tags: Vec<Option<NameId>>,
}

/// Everything in a graph that is a name, under other names.
#[derive(Clone, Debug)]
pub(crate) struct OtherNames<'a> {
    /// The inventory with the other names, in which all else stands at its place.
    pub(crate) inventory: Arc<Inventory>,
    /// The policy with the other names.
    pub(crate) assumptions: Assumptions,
    /// The ids of the other texts in that inventory.
    pub(crate) texts: &'a OtherTexts,
    /// One for each owner.
    pub(crate) owners: Vec<String>,
    /// One for each environment.
    pub(crate) environments: Vec<String>,
    /// One for each name that was made for a credential without an id.
    pub(crate) made_names: Vec<String>,
    /// One for each problem.
    pub(crate) problems: Vec<Problem>,
}

impl AccessGraph {
    /// The names that were made for credentials without an id.
    pub(crate) fn made_names(&self) -> &[String] {
        &self.made_names
    }

    /// The same graph under other names. Every index means what it meant, so that answers, ties and
    /// layouts stay as they are, also where the other names sort otherwise.
    ///
    /// Costs time in proportion to nodes and edges, and where names sort otherwise a sort.
    pub(crate) fn renamed(mut self, other: OtherNames<'_>) -> Self {
        let OtherNames { inventory, assumptions, texts, owners, environments, .. } = other;
        let first = self.blank.instance.service;
        // No id of the one pool means anything in the other.
        let to = |list: &[Option<NameId>], name: NameId| {
            list.get(name.index()).copied().flatten().unwrap_or(first)
        };
        let maybe = |list: &[Option<NameId>], name: Option<NameId>| name.map(|name| to(list, name));
        let graph = &mut self;
        for instance in &mut graph.instances {
            instance.service = to(&texts.services, instance.service);
            instance.kind = maybe(&texts.kinds, instance.kind);
        }
        for credential in &mut graph.credentials {
            credential.kind = maybe(&texts.kinds, credential.kind);
            credential.label = maybe(&texts.credentials, credential.label);
            credential.identity = maybe(&texts.identities, credential.identity);
            credential.tags = maybe(&texts.tags, credential.tags);
        }
        for name in &mut graph.names {
            if let PrintedName::Own(id) = name {
                *id = to(&texts.credentials, *id);
            }
        }
        graph.aliases.map_each(|id| to(&texts.credentials, id));
        graph.storages.map_each(|place| to(&texts.storages, place));
        let labels = environments.into_iter().zip(&graph.environments);
        graph.environments =
            labels.map(|(label, own)| Environment { label, ..own.clone() }).collect();
        graph.owners = owners;
        graph.made_names = other.made_names;
        graph.problems = other.problems;
        (graph.inventory, graph.assumptions) = (inventory, assumptions);
        graph.note_order();
        self
    }

    /// Notes in which order the nodes stand by name.
    fn note_order(&mut self) {
        let mut credentials: Vec<u32> = (0..self.credentials.len() as u32).collect();
        let by_name =
            |graph: &Self, at: &u32| graph.credential_name(super::CredentialIndex(*at)).to_owned();
        if !credentials.is_sorted_by_key(|at| by_name(self, at)) {
            credentials.sort_by_cached_key(|at| by_name(self, at));
            self.order.credentials = credentials;
        }
        let mut instances: Vec<u32> = (0..self.instances.len() as u32).collect();
        let by_name = |graph: &Self, at: &u32| {
            let at = super::InstanceIndex(*at);
            (graph.service_name(at).to_owned(), graph.environment_of(at).label.clone())
        };
        if !instances.is_sorted_by_key(|at| by_name(self, at)) {
            instances.sort_by_cached_key(|at| by_name(self, at));
            self.order.instances = instances;
        }
    }
}
