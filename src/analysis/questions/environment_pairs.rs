//! How many credentials lead from one environment into another.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, EnvironmentIndex};

/// By the environment in which credentials are held and the one in which they open something, how many
/// live ones there are; pairs without any are left out.
pub type EnvironmentPairs = BTreeMap<(EnvironmentIndex, EnvironmentIndex), u32>;

/// Counts the live credentials between environments; one that is held in several or opens several
/// counts for each pair. Costs time in proportion to the edges, and to the pairs of each credential.
pub fn environment_pairs(graph: &AccessGraph) -> EnvironmentPairs {
    let mut pairs = EnvironmentPairs::new();
    let live = graph.credential_indices().filter(|&at| graph.credential(at).is_live());
    for (held, opened) in live.map(|at| environments_of(graph, at)) {
        for from in held {
            for &to in &opened {
                *pairs.entry((from, to)).or_insert(0) += 1;
            }
        }
    }
    pairs
}

/// Where a credential is held, and where it opens something.
fn environments_of(
    graph: &AccessGraph,
    at: CredentialIndex,
) -> (BTreeSet<EnvironmentIndex>, BTreeSet<EnvironmentIndex>) {
    let place = |&edge: &EdgeIndex| graph.instance(graph.edge(edge).instance).environment;
    let held = graph.held_by(at).iter().map(place).collect();
    (held, graph.grants(at).iter().map(place).collect())
}
