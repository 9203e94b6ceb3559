//! From where to where credentials lead, for a search that wants stated access alone.

use std::collections::BTreeSet;

use crate::app::model::query::owned::Owned;
use crate::graph::{AccessGraph, CredentialIndex, EnvironmentIndex, InstanceIndex, StatedLinks};

/// Where credentials are held, and what they open; nothing named is anywhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ways {
    /// Each has some service that holds the credential in it.
    pub(crate) held: Vec<BTreeSet<EnvironmentIndex>>,
    /// Each has some service in it that the credential opens.
    pub(crate) opens: Vec<BTreeSet<EnvironmentIndex>>,
    /// Each owns some service that holds it.
    pub(crate) holder: Vec<Owned>,
    /// Each owns some service that it opens.
    pub(crate) target: Vec<Owned>,
}

impl Ways {
    /// Whether links that are stated together lead so. Costs time in proportion to the links of the
    /// credential, for each part of the wish.
    pub(crate) fn are_stated(&self, graph: &AccessGraph, credential: CredentialIndex) -> bool {
        graph.stated_links(credential).any(|links| self.lead(graph, links))
    }

    fn lead(&self, graph: &AccessGraph, links: StatedLinks<'_>) -> bool {
        let is_in = |among: &BTreeSet<EnvironmentIndex>, at: InstanceIndex| {
            among.contains(&graph.instance(at).environment)
        };
        links.holders().next().is_some()
            && links.granted().next().is_some()
            && self.held.iter().all(|among| links.holders().any(|at| is_in(among, at)))
            && self.opens.iter().all(|among| links.granted().any(|at| is_in(among, at)))
            && self.holder.iter().all(|own| links.holders().any(|at| own.has_service(graph, at)))
            && self.target.iter().all(|own| links.granted().any(|at| own.has_service(graph, at)))
    }
}
