//! What the inventory cannot say: silence is not safety.

use crate::analysis::movement::counting::Counting;
use crate::graph::{AccessGraph, Edge, EdgeIndex};

/// How many are silent on something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// How many of them.
    pub missing: usize,
    /// How many with stated access alone.
    pub missing_stated: usize,
    /// How many there are.
    pub of: usize,
}

/// What is not said. Credentials are the live ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Credentials that nothing holds.
    pub credentials_without_holder: Gap,
    /// Credentials that grant nothing.
    pub credentials_without_grant: Gap,
    /// Credentials without an owner.
    pub credentials_without_owner: Gap,
    /// Credentials without an expiry.
    pub credentials_without_expiry: Gap,
    /// Service instances that no credential grants.
    pub instances_without_grant: Gap,
    /// Service instances without an owner.
    pub instances_without_owner: Gap,
    /// Service instances without a known environment.
    pub instances_without_environment: Gap,
    /// Edges of which no row states the access.
    pub assumed_edges: usize,
    /// How many edges there are.
    pub edges: usize,
}

/// Counts what is not said. Costs time in proportion to the edges.
pub fn coverage(graph: &AccessGraph) -> Coverage {
    let mut coverage = Coverage { edges: graph.edges().len(), ..Coverage::default() };
    coverage.assumed_edges = graph.edges().iter().filter(|edge| edge.assumed).count();
    let none = |edges: &[EdgeIndex], counting: Counting| {
        let counts =
            |edge: &Edge| counting.counts(edge) && graph.credential(edge.credential).is_live();
        !edges.iter().any(|&edge| counts(graph.edge(edge)))
    };
    let of_edges = |gap: &mut Gap, edges: &[EdgeIndex]| {
        let (all, stated) = (none(edges, Counting::All), none(edges, Counting::StatedOnly));
        gap.count(all, stated);
    };
    for at in graph.credential_indices() {
        let credential = graph.credential(at);
        if !credential.is_live() {
            continue;
        }
        of_edges(&mut coverage.credentials_without_holder, graph.held_by(at));
        of_edges(&mut coverage.credentials_without_grant, graph.grants(at));
        let (owner, expiry) = (graph.owners_of(at).is_empty(), credential.expires.is_none());
        coverage.credentials_without_owner.count(owner, owner);
        coverage.credentials_without_expiry.count(expiry, expiry);
    }
    for at in graph.instance_indices() {
        of_edges(&mut coverage.instances_without_grant, graph.granted_by(at));
        let owner = graph.owners_of_instance(at).is_empty();
        coverage.instances_without_owner.count(owner, owner);
        let unknown = !graph.environment_of(at).is_known();
        coverage.instances_without_environment.count(unknown, unknown);
    }
    coverage
}

impl Gap {
    fn count(&mut self, missing: bool, missing_stated: bool) {
        self.of += 1;
        self.missing += usize::from(missing);
        self.missing_stated += usize::from(missing_stated);
    }
}
