//! The graph itself and what can be asked of it.

use std::sync::Arc;

use super::grouped::Grouped;
use super::name_order::{NameOrder, nth};
use super::stated_part::StatedPart;
use super::{
    Credential, CredentialIndex, Edge, EdgeIndex, Environment, EnvironmentIndex, Instance,
    InstanceIndex, OwnerIndex,
};
use crate::inventory::{
    Assumptions, CredentialId, Fingerprint, Inventory, NameId, Place, Problem, RowId, read_back,
};

/// Who holds and who grants what, under one set of assumptions.
///
/// Built by [`AccessGraph::build`]; never edited. An index of another graph gives blanks and
/// empty lists, never a panic.
#[derive(Clone, Debug)]
pub struct AccessGraph {
    pub(super) inventory: Arc<Inventory>,
    pub(super) assumptions: Assumptions,
    pub(super) environments: Vec<Environment>,
    pub(super) instances: Vec<Instance>,
    pub(super) credentials: Vec<Credential>,
    pub(super) edges: Vec<Edge>,
    pub(super) owners: Vec<String>,
    pub(super) names: Vec<PrintedName>,
    pub(super) made_names: Vec<String>,
    pub(super) aliases: Grouped<NameId>,
    /// The inventory's credential for each; none for those that stand in the place of others.
    pub(super) spoken: Vec<CredentialId>,
    pub(super) credential_owners: Grouped<OwnerIndex>,
    pub(super) storages: Grouped<NameId>,
    pub(super) instance_owners: Grouped<OwnerIndex>,
    pub(super) rows_of_credential: Grouped<RowId>,
    pub(super) rows_of_instance: Grouped<RowId>,
    pub(super) held_by: Grouped<EdgeIndex>,
    pub(super) grants: Grouped<EdgeIndex>,
    /// What each source states of credentials that an id alone joins across sources, by credential.
    pub(super) stated_parts: Vec<StatedPart>,
    pub(super) holds: Grouped<EdgeIndex>,
    pub(super) granted_by: Grouped<EdgeIndex>,
    /// For each edge the links behind it, as indices into the inventory's.
    pub(super) evidence: Grouped<u32>,
    pub(super) problems: Vec<Problem>,
    pub(super) blank: Blank,
    pub(super) order: NameOrder,
}

/// A credential's printed id: one of its own, or one made for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PrintedName {
    Own(NameId),
    Made(u32),
}

/// What a foreign index gives.
#[derive(Clone, Debug)]
pub(super) struct Blank {
    pub(super) environment: Environment,
    pub(super) instance: Instance,
    pub(super) credential: Credential,
    pub(super) edge: Edge,
}

impl AccessGraph {
    /// The inventory that it was built from.
    pub fn inventory(&self) -> &Arc<Inventory> {
        &self.inventory
    }

    /// The assumptions that it was built under.
    pub fn assumptions(&self) -> &Assumptions {
        &self.assumptions
    }

    /// All service instances, by service and environment.
    pub fn instances(&self) -> &[Instance] {
        &self.instances
    }

    /// All credentials, by printed name.
    pub fn credentials(&self) -> &[Credential] {
        &self.credentials
    }

    /// All edges, by credential, kind (holds first) and instance; dead credentials' too.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// All environments, by label; the unknown one, if any instance is in it, has the label "".
    pub fn environments(&self) -> &[Environment] {
        &self.environments
    }

    /// The names of all owners, sorted.
    pub fn owners(&self) -> &[String] {
        &self.owners
    }

    /// The import's problems and the graph's, by place.
    pub fn all_problems(&self) -> Vec<&Problem> {
        let mut all: Vec<&Problem> = self.inventory.problems.iter().chain(&self.problems).collect();
        all.sort_by_key(|problem| problem.place);
        all
    }

    /// What rows say that contradicts what other rows say, by source and line.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// A service instance.
    pub fn instance(&self, instance: InstanceIndex) -> &Instance {
        self.instances.get(instance.index()).unwrap_or(&self.blank.instance)
    }

    /// A credential.
    pub fn credential(&self, credential: CredentialIndex) -> &Credential {
        self.credentials.get(credential.index()).unwrap_or(&self.blank.credential)
    }

    /// An edge.
    pub fn edge(&self, edge: EdgeIndex) -> &Edge {
        self.edges.get(edge.index()).unwrap_or(&self.blank.edge)
    }

    /// An environment.
    pub fn environment(&self, environment: EnvironmentIndex) -> &Environment {
        self.environments.get(environment.index()).unwrap_or(&self.blank.environment)
    }

    /// The indices of all service instances, in order.
    pub fn instance_indices(&self) -> impl ExactSizeIterator<Item = InstanceIndex> + use<> {
        (0..self.instances.len() as u32).map(InstanceIndex)
    }

    /// The indices of all credentials, in order.
    pub fn credential_indices(&self) -> impl ExactSizeIterator<Item = CredentialIndex> + use<> {
        (0..self.credentials.len() as u32).map(CredentialIndex)
    }

    /// The name of an instance's service.
    pub fn service_name(&self, instance: InstanceIndex) -> &str {
        self.instances
            .get(instance.index())
            .map_or("", |instance| self.inventory.text(instance.service))
    }

    /// The environment that an instance is in.
    pub fn environment_of(&self, instance: InstanceIndex) -> &Environment {
        self.environment(self.instance(instance).environment)
    }

    /// An instance as people read it: "payments in prod".
    pub fn instance_name(&self, instance: InstanceIndex) -> String {
        let (service, environment) = (self.service_name(instance), self.environment_of(instance));
        if environment.is_known() {
            format!("{service} in {}", environment.label)
        } else {
            format!("{service} in unknown environment")
        }
    }

    /// A credential's printed id, which no other credential has.
    pub fn credential_name(&self, credential: CredentialIndex) -> &str {
        match self.names.get(credential.index()) {
            Some(PrintedName::Own(id)) => self.inventory.text(*id),
            Some(PrintedName::Made(at)) => {
                self.made_names.get(*at as usize).map_or("", String::as_str)
            }
            None => "",
        }
    }

    /// All ids of a credential sorted by text; the first is the one behind its printed id.
    pub fn aliases(&self, credential: CredentialIndex) -> &[NameId] {
        self.aliases.of(credential.index())
    }

    /// The credential of the inventory behind a node; `None` for one that no row speaks of.
    pub fn spoken_credential(&self, credential: CredentialIndex) -> Option<CredentialId> {
        self.rows_of(credential).first()?;
        self.spoken.get(credential.index()).copied()
    }

    /// By what a credential's rows were known to be of one secret.
    pub fn fingerprint_of(&self, credential: CredentialIndex) -> Option<Fingerprint> {
        let spoken = self.spoken_credential(credential)?;
        self.inventory.identity(spoken, self.assumptions.ids_across_sources)?.fingerprint
    }

    /// The owners that a credential's own rows name, sorted.
    pub fn owners_of(&self, credential: CredentialIndex) -> &[OwnerIndex] {
        self.credential_owners.of(credential.index())
    }

    /// The owners of a service instance, sorted.
    pub fn owners_of_instance(&self, instance: InstanceIndex) -> &[OwnerIndex] {
        self.instance_owners.of(instance.index())
    }

    /// The name of an owner.
    pub fn owner_name(&self, owner: OwnerIndex) -> &str {
        self.owners.get(owner.index()).map_or("", String::as_str)
    }

    /// Where a credential is kept, as written, sorted by text.
    pub fn storages_of(&self, credential: CredentialIndex) -> &[NameId] {
        self.storages.of(credential.index())
    }

    /// The edges to the instances that hold a credential, by instance.
    pub fn held_by(&self, credential: CredentialIndex) -> &[EdgeIndex] {
        self.held_by.of(credential.index())
    }

    /// The edges to the instances that a credential grants, by instance.
    pub fn grants(&self, credential: CredentialIndex) -> &[EdgeIndex] {
        self.grants.of(credential.index())
    }

    /// The edges to the credentials that an instance holds, by credential.
    pub fn holds(&self, instance: InstanceIndex) -> &[EdgeIndex] {
        self.holds.of(instance.index())
    }

    /// The edges to the credentials that grant an instance, by credential.
    pub fn granted_by(&self, instance: InstanceIndex) -> &[EdgeIndex] {
        self.granted_by.of(instance.index())
    }

    /// How many of some edges are those of dead credentials.
    pub fn dead_among(&self, edges: &[EdgeIndex]) -> usize {
        let is_dead = |edge: &&EdgeIndex| !self.credential(self.edge(**edge).credential).is_live();
        edges.iter().filter(is_dead).count()
    }

    /// The place of every row behind an edge, by source and line.
    pub fn evidence(&self, edge: EdgeIndex) -> impl ExactSizeIterator<Item = Place> + '_ {
        let nowhere = Place { source: crate::inventory::SourceId(u16::MAX), line: 0 };
        self.evidence.of(edge.index()).iter().map(move |&link| {
            let link = self.inventory.links.get(link as usize);
            link.and_then(|link| self.inventory.rows.get(link.row.0 as usize))
                .map_or(nowhere, |row| row.place)
        })
    }

    /// The rows that speak of a credential, in order.
    pub fn rows_of(&self, credential: CredentialIndex) -> &[RowId] {
        self.rows_of_credential.of(credential.index())
    }

    /// The rows that speak of a service instance, in order.
    pub fn rows_of_instance(&self, instance: InstanceIndex) -> &[RowId] {
        self.rows_of_instance.of(instance.index())
    }

    /// The place of a row of the inventory; `None` for a row that it does not have.
    pub fn place_of(&self, row: RowId) -> Option<Place> {
        self.inventory.rows.get(row.0 as usize).map(|row| row.place)
    }

    /// The credential with this printed id, or the only one that has it as an alias; the id as it is, or
    /// else with hidden characters written out.
    pub fn find_credential(&self, id: &str) -> Option<CredentialIndex> {
        let find = |id: &str| {
            self.find_printed(id).or_else(|| match self.bearers_of(id).as_slice() {
                [only] => Some(*only),
                _ => None,
            })
        };
        find(id).or_else(|| find(&read_back(id)?))
    }

    /// The credential that is printed under an id; aliases are not looked at.
    pub fn find_printed(&self, id: &str) -> Option<CredentialIndex> {
        let count = self.credentials.len() as u32;
        let mut range = 0..count;
        while range.start < range.end {
            let middle = range.start + (range.end - range.start) / 2;
            let at = CredentialIndex(nth(&self.order.credentials, middle));
            match self.credential_name(at).cmp(id) {
                std::cmp::Ordering::Equal => return Some(at),
                std::cmp::Ordering::Less => range.start = middle + 1,
                std::cmp::Ordering::Greater => range.end = middle,
            }
        }
        None
    }

    /// Every credential that has an id, printed or as an alias. Looks at all credentials.
    pub fn bearers_of(&self, id: &str) -> Vec<CredentialIndex> {
        let Some(name) = self.inventory.names.find(id) else { return Vec::new() };
        self.credential_indices().filter(|&c| self.aliases(c).contains(&name)).collect()
    }

    /// The instances of a service in every environment.
    pub fn instances_called(&self, service: &str) -> impl Iterator<Item = InstanceIndex> {
        let name = self.inventory.names.find(service.trim());
        self.instance_indices().filter(move |&at| Some(self.instance(at).service) == name)
    }

    /// The instance of a service in an environment, whose label may be written in any known way.
    pub fn find_instance(&self, service: &str, environment: &str) -> Option<InstanceIndex> {
        let label = self.assumptions.environments.canonical(environment);
        let wanted = (service.trim(), label.as_str());
        let mut range = 0..self.instances.len() as u32;
        while range.start < range.end {
            let middle = range.start + (range.end - range.start) / 2;
            let at = InstanceIndex(nth(&self.order.instances, middle));
            let own = (self.service_name(at), self.environment_of(at).label.as_str());
            match own.cmp(&wanted) {
                std::cmp::Ordering::Equal => return Some(at),
                std::cmp::Ordering::Less => range.start = middle + 1,
                std::cmp::Ordering::Greater => range.end = middle,
            }
        }
        None
    }

    /// The instance that is written as `service@environment`; without an `@`, the one in no known
    /// environment. The name as it is, or else with hidden characters written out.
    pub fn find_written(&self, name: &str) -> Option<InstanceIndex> {
        let find = |name: &str| {
            let (service, environment) = name.rsplit_once('@').unwrap_or((name, ""));
            self.find_instance(service, environment)
        };
        find(name).or_else(|| find(&read_back(name)?))
    }

    /// An instance as [`AccessGraph::find_written`] finds it: `payments@prod`.
    pub fn written_name(&self, instance: InstanceIndex) -> String {
        format!("{}@{}", self.service_name(instance), self.environment_of(instance).label)
    }

    /// The instances that a credential is linked to, in order, each once, whichever way.
    pub fn instances_of(&self, credential: CredentialIndex) -> Vec<InstanceIndex> {
        let edges = self.held_by(credential).iter().chain(self.grants(credential));
        let mut linked: Vec<_> = edges.map(|&edge| self.edge(edge).instance).collect();
        linked.sort_unstable();
        linked.dedup();
        linked
    }
}
