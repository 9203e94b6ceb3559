//! Which links of the newer of two inventories the older one surely does not have, whatever columns the newer
//! one lacks.

use std::collections::BTreeSet;

use crate::analysis::questions::observed::{ColumnKind, Lacking, Observed};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, InstanceIndex};
use crate::inventory::NameId;

/// Without these columns nobody can say whose a link is, or where it leads.
const SAYING_WHICH: [ColumnKind; 4] =
    [ColumnKind::Id, ColumnKind::Name, ColumnKind::Service, ColumnKind::Environment];

/// The links of the older inventory by the ids of their credentials: which secrets are equal, who holds and who
/// grants, and what is in use may be missing from the newer one.
#[derive(Debug, Default)]
pub(crate) struct KnownLinks(BTreeSet<(NameId, InstanceIndex)>);

impl KnownLinks {
    /// Those of a graph, where something is missing from the newer one: else nobody asks. Costs a sort of the
    /// links.
    pub(crate) fn new(old: &AccessGraph, observed: &Observed) -> Self {
        if observed.is_whole() {
            return Self::default();
        }
        let of_credential = |at: CredentialIndex| {
            let instances = links_of(old, at).map(|edge| old.edge(edge).instance);
            instances
                .flat_map(move |instance| old.aliases(at).iter().map(move |&id| (id, instance)))
        };
        Self(old.credential_indices().flat_map(of_credential).collect())
    }

    /// Whether a link of the newer graph is surely new: its rows name a credential by an id, and no row of the older
    /// inventory links that id to that instance.
    pub(crate) fn lacks(
        &self,
        edge: EdgeIndex,
        compared: (&AccessGraph, &AccessGraph),
        known: Known<'_>,
    ) -> bool {
        let (old, new) = compared;
        let counts = |kind| SAYING_WHICH.contains(&kind);
        let lacking = known.observed.lacking_for_new(new.evidence(edge), counts);
        let is_column = |one: &Lacking| matches!(one, Lacking::Column(..));
        let ids = new.aliases(new.edge(edge).credential);
        if ids.is_empty() || lacking.iter().any(is_column) {
            return false;
        }
        let instance = new.edge(edge).instance.index();
        let Some(instance) = known.old_instance_of.get(instance).copied().flatten() else {
            return true;
        };
        ids.iter().all(|&id| {
            let id = old.inventory().names.find(new.inventory().text(id));
            id.is_none_or(|id| !self.0.contains(&(id, instance)))
        })
    }
}

/// What is known of how the two correspond.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) observed: &'a Observed,
    /// By instance of the newer graph the one of the older that it is.
    pub(crate) old_instance_of: &'a [Option<InstanceIndex>],
}

/// All links of a credential, held and granted.
pub(crate) fn links_of(
    graph: &AccessGraph,
    at: CredentialIndex,
) -> impl Iterator<Item = EdgeIndex> + '_ {
    graph.held_by(at).iter().chain(graph.grants(at)).copied()
}
