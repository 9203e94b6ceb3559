//! Which access counts: all of it, or only what the inventory states.

use crate::graph::{AccessGraph, CredentialIndex, Edge, EdgeIndex, InstanceIndex};

/// Which access counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Counting {
    /// Everything, with what is assumed.
    #[default]
    All,
    /// Only what some row states: its access, and, where a pivot needs one, its level; and no way
    /// on which an id alone makes one credential of rows of several sources.
    StatedOnly,
}

/// A credential as an attacker comes by it: all of it, or, where stated access alone counts, what
/// one source states of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Carried {
    pub(crate) credential: CredentialIndex,
    /// The part, by its position among all of the graph.
    part: Option<u32>,
}

impl Carried {
    /// All of a credential, which somebody has to begin with.
    pub(crate) fn whole(credential: CredentialIndex) -> Self {
        Self { credential, part: None }
    }

    /// The instances that hold a part; none for a whole credential.
    pub(crate) fn holders(self, graph: &AccessGraph) -> &[InstanceIndex] {
        let part = self.part.and_then(|part| graph.all_stated_parts().get(part as usize));
        part.map_or(&[], |part| &part.holders)
    }

    /// Its number: credentials come first, then the parts.
    pub(crate) fn number(self, graph: &AccessGraph) -> usize {
        match self.part {
            None => self.credential.index(),
            Some(part) => graph.credentials().len() + part as usize,
        }
    }
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

    /// How many credentials and parts there are that can be carried.
    pub(crate) fn carried(self, graph: &AccessGraph) -> usize {
        graph.credentials().len() + self.all_parts(graph).len()
    }

    /// The parts, in order; none where all access counts.
    pub(crate) fn all_parts(self, graph: &AccessGraph) -> Vec<Carried> {
        let parts = match self {
            Self::All => &[],
            Self::StatedOnly => graph.all_stated_parts(),
        };
        let part = |(at, part): (u32, &crate::graph::StatedPart)| Carried {
            credential: part.credential,
            part: Some(at),
        };
        (0..).zip(parts).map(part).collect()
    }

    /// Whether a credential is carried in parts alone.
    pub(crate) fn parts(self, graph: &AccessGraph, credential: CredentialIndex) -> bool {
        self == Self::StatedOnly && !graph.stated_part_range(credential).is_empty()
    }

    /// What an instance holds of live credentials, by name.
    pub(crate) fn taken_from(
        self,
        graph: &AccessGraph,
        instance: InstanceIndex,
    ) -> impl Iterator<Item = Carried> + '_ {
        let edges = graph.holds(instance).iter().map(|&edge| graph.edge(edge));
        let held = edges
            .filter(move |edge| self.counts(edge) && graph.credential(edge.credential).is_live());
        held.flat_map(move |edge| {
            let credential = edge.credential;
            let range = match self {
                Self::All => 0..0,
                Self::StatedOnly => graph.stated_part_range(credential),
            };
            let whole = range.is_empty().then_some(Carried::whole(credential));
            let parts = range.clone().zip(graph.all_stated_parts().get(range).unwrap_or_default());
            let parts = parts.filter(move |(_, part)| part.is_held_by(instance));
            let carried = move |at: usize| Carried { credential, part: Some(at as u32) };
            whole.into_iter().chain(parts.map(move |(at, _)| carried(at)))
        })
    }

    /// The grants of a credential, by instance, each with whether an attacker goes on; none for a
    /// dead one.
    pub(crate) fn entered_with(
        self,
        graph: &AccessGraph,
        carried: Carried,
    ) -> impl Iterator<Item = (EdgeIndex, InstanceIndex, bool)> + '_ {
        let Carried { credential, part } = carried;
        let live = graph.credential(credential).is_live();
        let edges = if live { graph.grants(credential) } else { &[] };
        let range = match (self, part) {
            (Self::All, _) => 0..0,
            (Self::StatedOnly, None) => graph.stated_part_range(credential),
            (Self::StatedOnly, Some(part)) => part as usize..part as usize + 1,
        };
        let parts = graph.all_stated_parts().get(range).unwrap_or_default();
        edges.iter().filter_map(move |&index| {
            let edge = graph.edge(index);
            let goes_on = if parts.is_empty() {
                self.counts(edge).then_some(self.pivots(edge))
            } else {
                let of_parts = parts.iter().filter_map(|part| part.goes_on_from(edge.instance));
                of_parts.reduce(|one, other| one || other)
            };
            goes_on.map(|goes_on| (index, edge.instance, goes_on))
        })
    }
}
