//! Which credentials and services are in sight.

use std::collections::BTreeSet;

use crate::analysis::{Crossing, Severity, Sharing, Subject};
use crate::app::work::answers::Answers;
use crate::graph::{AccessGraph, CredentialIndex, EnvironmentIndex, InstanceIndex, OwnerIndex};
use crate::inventory::NameId;

/// One value that can be shown or hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Facet {
    /// Hides an environment.
    Environment(EnvironmentIndex),
    /// Shows only these types of credentials.
    Kind(NameId),
    /// Shows only what these own.
    Owner(OwnerIndex),
    /// Shows only what has a worst finding of this severity.
    Severity(Severity),
    /// Shows only shared credentials.
    Shared,
    /// Shows only credentials that cross environments.
    Crossing,
    /// Hides credentials that are not shared.
    Unshared,
}

/// The filters that are set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    hidden_environments: BTreeSet<EnvironmentIndex>,
    kinds: BTreeSet<NameId>,
    owners: BTreeSet<OwnerIndex>,
    severities: BTreeSet<Severity>,
    shared_only: bool,
    crossing_only: bool,
    unshared_hidden: bool,
}

impl Filters {
    /// Whether anything is hidden at all.
    pub(crate) fn any(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a facet is switched on.
    pub(crate) fn has(&self, facet: Facet) -> bool {
        match facet {
            Facet::Environment(at) => self.hidden_environments.contains(&at),
            Facet::Kind(kind) => self.kinds.contains(&kind),
            Facet::Owner(owner) => self.owners.contains(&owner),
            Facet::Severity(severity) => self.severities.contains(&severity),
            Facet::Shared => self.shared_only,
            Facet::Crossing => self.crossing_only,
            Facet::Unshared => self.unshared_hidden,
        }
    }

    pub(crate) fn set(&mut self, facet: Facet, on: bool) {
        match facet {
            Facet::Environment(at) => toggle(&mut self.hidden_environments, at, on),
            Facet::Kind(kind) => toggle(&mut self.kinds, kind, on),
            Facet::Owner(owner) => toggle(&mut self.owners, owner, on),
            Facet::Severity(severity) => toggle(&mut self.severities, severity, on),
            Facet::Shared => self.shared_only = on,
            Facet::Crossing => self.crossing_only = on,
            Facet::Unshared => self.unshared_hidden = on,
        }
    }

    /// The same filters in another graph, found again by name; what it does not know is left out.
    pub(crate) fn found_again(&self, old: &AccessGraph, new: &AccessGraph) -> Self {
        let Self {
            hidden_environments,
            kinds,
            owners,
            severities,
            shared_only,
            crossing_only,
            unshared_hidden,
        } = self;
        let environment = |at: &EnvironmentIndex| {
            let label = &old.environment(*at).label;
            let found = new.environments().iter().position(|own| own.label == *label)?;
            Some(EnvironmentIndex(found as u32))
        };
        let owner = |at: &OwnerIndex| {
            let name = old.owner_name(*at);
            let found = new.owners().iter().position(|own| own == name)?;
            Some(OwnerIndex(found as u32))
        };
        let kind = |at: &NameId| new.inventory().names.find(old.inventory().text(*at));
        Self {
            hidden_environments: hidden_environments.iter().filter_map(environment).collect(),
            kinds: kinds.iter().filter_map(kind).collect(),
            owners: owners.iter().filter_map(owner).collect(),
            severities: severities.clone(),
            shared_only: *shared_only,
            crossing_only: *crossing_only,
            unshared_hidden: *unshared_hidden,
        }
    }

    /// Whether a credential passes every filter.
    pub(crate) fn pass_credential(&self, answers: &Answers, at: CredentialIndex) -> bool {
        let graph = &answers.graph;
        let sharing = answers.sharing.get(at.index());
        let shared = sharing.is_some_and(|sharing: &Sharing| sharing.shared);
        let crossing = sharing.map_or(Crossing::None, |sharing| sharing.crossing);
        if (self.shared_only || self.unshared_hidden) && !shared && crossing == Crossing::None {
            return false;
        }
        if self.crossing_only && crossing == Crossing::None {
            return false;
        }
        if !self.kinds.is_empty()
            && !graph.credential(at).kind.is_some_and(|kind| self.kinds.contains(&kind))
        {
            return false;
        }
        if !self.owners.is_empty()
            && !graph.owners_of(at).iter().any(|owner| self.owners.contains(owner))
        {
            return false;
        }
        let severity = answers.severity(Subject::Credential(at));
        if !self.severities.is_empty()
            && !severity.is_some_and(|severity| self.severities.contains(&severity))
        {
            return false;
        }
        if self.hidden_environments.is_empty() {
            return true;
        }
        let mut linked = graph.held_by(at).iter().chain(graph.grants(at)).peekable();
        linked.peek().is_none()
            || linked.any(|&edge| self.shows_instance(answers, graph.edge(edge).instance))
    }

    fn shows_instance(&self, answers: &Answers, at: InstanceIndex) -> bool {
        !self.hidden_environments.contains(&answers.graph.instance(at).environment)
    }

    /// Whether an instance passes: its environment is shown and, where credentials are filtered,
    /// one of those that pass is linked to it.
    pub(crate) fn pass_instance(
        &self,
        answers: &Answers,
        at: InstanceIndex,
        credentials: &[bool],
    ) -> bool {
        if !self.shows_instance(answers, at) {
            return false;
        }
        let narrowed = self.shared_only
            || self.crossing_only
            || !self.kinds.is_empty()
            || !self.owners.is_empty()
            || !self.severities.is_empty();
        let graph = &answers.graph;
        !narrowed
            || graph.holds(at).iter().chain(graph.granted_by(at)).any(|&edge| {
                let credential = graph.edge(edge).credential;
                credentials.get(credential.index()).copied().unwrap_or(false)
            })
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T, on: bool) {
    if on {
        set.insert(value);
    } else {
        set.remove(&value);
    }
}
