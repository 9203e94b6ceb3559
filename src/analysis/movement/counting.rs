//! Which access counts: all of it, or only what the inventory states.

use crate::graph::{AccessGraph, CredentialIndex, Edge, EdgeIndex, InstanceIndex};

/// Which access counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counting {
    /// Everything, with what is assumed.
    #[default]
    All,
    /// Only what some row states: its access, and, where a pivot needs one, its level.
    StatedOnly,
}

impl Counting {
    /// Whether an edge counts at all.
    pub fn counts(self, edge: &Edge) -> bool {
        match self {
            Self::All => true,
            Self::StatedOnly => !edge.assumed,
        }
    }

    /// Whether an attacker who came by this grant goes on from the instance.
    pub fn pivots(self, edge: &Edge) -> bool {
        match self {
            Self::All => edge.pivots,
            Self::StatedOnly => edge.pivots_stated,
        }
    }

    /// The live credentials that an instance holds, by name.
    pub(crate) fn taken_from(
        self,
        graph: &AccessGraph,
        instance: InstanceIndex,
    ) -> impl Iterator<Item = CredentialIndex> + '_ {
        let edges = graph.holds(instance).iter().map(|&edge| graph.edge(edge));
        edges
            .filter(move |edge| self.counts(edge) && graph.credential(edge.credential).is_live())
            .map(|edge| edge.credential)
    }

    /// The grants of a credential, by instance; none for a dead one.
    pub(crate) fn entered_with(
        self,
        graph: &AccessGraph,
        credential: CredentialIndex,
    ) -> impl Iterator<Item = (EdgeIndex, &Edge)> + '_ {
        let live = graph.credential(credential).is_live();
        let edges = if live { graph.grants(credential) } else { &[] };
        let edges = edges.iter().map(|&index| (index, graph.edge(index)));
        edges.filter(move |(_, edge)| self.counts(edge))
    }
}
