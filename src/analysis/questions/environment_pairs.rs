//! How many credentials lead from one environment into another.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{AccessGraph, EdgeIndex, EnvironmentIndex, InstanceIndex};

/// How many credentials lead from one group of services to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeadingAcross {
    /// All live ones.
    pub all: u32,
    /// Those that stated access alone leads there.
    pub stated: u32,
}

impl LeadingAcross {
    /// Counts one more.
    pub(super) fn count(&mut self, is_stated: bool) {
        self.all += 1;
        self.stated += u32::from(is_stated);
    }
}

/// By the environment in which credentials are held and the one in which they open something, how many
/// live ones there are; pairs without any are left out.
pub type EnvironmentPairs = BTreeMap<(EnvironmentIndex, EnvironmentIndex), LeadingAcross>;

/// Counts the live credentials between environments; one that is held in several or opens several
/// counts for each pair. Costs time in proportion to the edges, and to the pairs of each credential.
pub fn environment_pairs(graph: &AccessGraph) -> EnvironmentPairs {
    let mut pairs = EnvironmentPairs::new();
    let of = |at: InstanceIndex| graph.instance(at).environment;
    let place = |&edge: &EdgeIndex| of(graph.edge(edge).instance);
    let assumes = graph.assumes();
    for at in graph.credential_indices().filter(|&at| graph.credential(at).is_live()) {
        let all = pairs_of(graph.held_by(at).iter().map(place), graph.grants(at).iter().map(place));
        let stated: BTreeSet<_> = if assumes {
            let links = graph.stated_links(at);
            links.flat_map(|own| pairs_of(own.holders().map(of), own.granted().map(of))).collect()
        } else {
            BTreeSet::new()
        };
        for pair in all {
            pairs.entry(pair).or_default().count(!assumes || stated.contains(&pair));
        }
    }
    pairs
}

/// Each of the first with each of the second, once.
pub(super) fn pairs_of<T: Copy + Ord>(
    held: impl Iterator<Item = T>,
    opened: impl Iterator<Item = T>,
) -> BTreeSet<(T, T)> {
    let held: BTreeSet<T> = held.collect();
    let opened: BTreeSet<T> = opened.collect();
    held.iter().flat_map(|&from| opened.iter().map(move |&to| (from, to))).collect()
}
