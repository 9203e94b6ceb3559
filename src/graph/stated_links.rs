//! The links of a credential that are stated together: what follows from them needs no assumption.

use std::collections::BTreeSet;
use std::ops::Range;

use super::stated_part::StatedPart;
use super::{
    AccessGraph, CredentialIndex, Edge, EdgeIndex, EnvironmentIndex, InstanceIndex, OwnerIndex,
};
use crate::inventory::{JoinedBy, Link};

/// Links of one credential that rows state, without taking an id in several sources for one
/// credential.
#[derive(Clone, Copy)]
pub(crate) enum StatedLinks<'a> {
    /// All that are stated of a credential.
    Whole(&'a AccessGraph, CredentialIndex),
    /// Those of one part of it.
    Part(&'a StatedPart),
}

impl<'a> StatedLinks<'a> {
    /// The instances that hold the credential, in order.
    pub(crate) fn holders(self) -> impl Iterator<Item = InstanceIndex> + 'a {
        let (whole, part) = match self {
            Self::Whole(graph, at) => (Some(stated(graph, graph.held_by(at))), None),
            Self::Part(part) => (None, Some(part.holders.iter().copied())),
        };
        whole.into_iter().flatten().chain(part.into_iter().flatten())
    }

    /// The instances that it grants, in order.
    pub(crate) fn granted(self) -> impl Iterator<Item = InstanceIndex> + 'a {
        let (whole, part) = match self {
            Self::Whole(graph, at) => (Some(stated(graph, graph.grants(at))), None),
            Self::Part(part) => (None, Some(part.grants.iter().map(|(at, _)| *at))),
        };
        whole.into_iter().flatten().chain(part.into_iter().flatten())
    }

    /// The instances that it is linked to, whichever way.
    pub(crate) fn instances(self) -> impl Iterator<Item = InstanceIndex> + 'a {
        self.holders().chain(self.granted())
    }

    /// The known environments of those instances, in order.
    pub(crate) fn environments(self, graph: &AccessGraph) -> BTreeSet<EnvironmentIndex> {
        let environments = self.instances().map(|at| graph.instance(at).environment);
        environments.filter(|&at| graph.environment(at).is_known()).collect()
    }

    /// Whether it is shared: held by several instances, or granting several.
    pub(crate) fn is_shared(self) -> bool {
        self.holders().nth(1).is_some() || self.granted().nth(1).is_some()
    }

    /// The owners that the rows of the credential, or of the part, name.
    pub(crate) fn owners(self) -> &'a [OwnerIndex] {
        match self {
            Self::Whole(graph, at) => graph.owners_of(at),
            Self::Part(part) => &part.owners,
        }
    }
}

fn stated<'a>(
    graph: &'a AccessGraph,
    edges: &'a [EdgeIndex],
) -> impl Iterator<Item = InstanceIndex> + 'a {
    let edges = edges.iter().map(|&edge| graph.edge(edge));
    edges.filter(|edge| !edge.assumed).map(|edge| edge.instance)
}

impl AccessGraph {
    /// What rows say that makes an edge; nothing for one that only a fix made.
    pub(crate) fn links_behind(&self, edge: EdgeIndex) -> impl Iterator<Item = &Link> + '_ {
        let links = self.evidence.of(edge.index()).iter();
        links.filter_map(|&link| self.inventory.links.get(link as usize))
    }

    /// Whether anything rests on assumptions that stated access does without: the access or the level
    /// of a link, or an id that joins sources.
    pub fn assumes(&self) -> bool {
        !self.stated_parts.is_empty() || self.edges.iter().any(Edge::assumes)
    }

    /// The parts of all credentials that have some, by credential.
    pub(crate) fn all_stated_parts(&self) -> &[StatedPart] {
        &self.stated_parts
    }

    /// The parts of a credential, as positions among all; none for one that no id joins across
    /// sources, which is one by itself.
    pub(crate) fn stated_part_range(&self, credential: CredentialIndex) -> Range<usize> {
        if self.stated_parts.is_empty() {
            return 0..0;
        }
        let start = self.stated_parts.partition_point(|part| part.credential < credential);
        let rest = self.stated_parts.get(start..).unwrap_or_default();
        start..start + rest.iter().take_while(|part| part.credential == credential).count()
    }

    /// Whether links of a credential that are stated together join two known environments.
    pub(crate) fn states_crossing(&self, credential: CredentialIndex) -> bool {
        self.stated_links(credential).any(|links| links.environments(self).len() > 1)
    }

    /// Whether it is one credential by assumption: an id alone joins its rows across sources.
    pub fn is_joined_by_id_alone(&self, credential: CredentialIndex) -> bool {
        self.credential(credential).joined_by == Some(JoinedBy::IdAcrossSources)
    }

    /// The parts of a credential, likewise.
    pub(crate) fn stated_parts_of(&self, credential: CredentialIndex) -> &[StatedPart] {
        self.stated_parts.get(self.stated_part_range(credential)).unwrap_or_default()
    }

    /// The links of a credential that are stated together, a group for each part.
    pub(crate) fn stated_links(
        &self,
        credential: CredentialIndex,
    ) -> impl Iterator<Item = StatedLinks<'_>> {
        let parts = self.stated_parts_of(credential);
        let whole = parts.is_empty().then_some(StatedLinks::Whole(self, credential));
        whole.into_iter().chain(parts.iter().map(StatedLinks::Part))
    }

    /// Whether it is stated that a credential which an instance holds enters another one, and, if
    /// that matters, that an attacker goes on from there. Without a holder the credential itself is
    /// where one starts.
    pub(crate) fn states_hop(
        &self,
        holder: Option<InstanceIndex>,
        grant: EdgeIndex,
        goes_on: bool,
    ) -> bool {
        let &Edge { credential, instance, assumed, pivots_stated, .. } = self.edge(grant);
        let parts = self.stated_parts_of(credential);
        if parts.is_empty() {
            let is_held = holder.is_none_or(|holder| self.states_holder(holder, credential));
            return !assumed && (!goes_on || pivots_stated) && is_held;
        }
        parts.iter().any(|part| {
            let leads = part.goes_on_from(instance).is_some_and(|pivots| pivots || !goes_on);
            leads && holder.is_none_or(|holder| part.is_held_by(holder))
        })
    }

    fn states_holder(&self, holder: InstanceIndex, credential: CredentialIndex) -> bool {
        let held_by = self.held_by(credential);
        let found = held_by.binary_search_by_key(&holder, |&edge| self.edge(edge).instance);
        found.is_ok_and(|at| held_by.get(at).is_some_and(|&edge| !self.edge(edge).assumed))
    }
}
