//! Where attackers are assumed to start, and what must not fall.

use std::collections::BTreeSet;

use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::{Flag, counted};

/// Entry points and crown jewels, each by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Instances flagged as entry points; if none is, those below the highest tier present.
    pub entry_points: Vec<InstanceIndex>,
    /// Instances flagged as crown jewels; if none is, those in the highest tier present.
    pub crown_jewels: Vec<InstanceIndex>,
    /// Instances flagged both ways: entry points that no path needs to reach.
    pub already_fallen: Vec<InstanceIndex>,
    /// Whether the policy names entry points of which the inventory has none, and rows flag none.
    pub entry_points_unknown: bool,
    /// The same of crown jewels.
    pub crown_jewels_unknown: bool,
}

impl Ends {
    /// Whether an instance is an entry point.
    pub fn is_entry_point(&self, instance: InstanceIndex) -> bool {
        self.entry_points.binary_search(&instance).is_ok()
    }

    /// How many entry points an instance can be reached by: one does not count for itself.
    pub fn entry_points_beside(&self, instance: InstanceIndex) -> usize {
        self.entry_points.len() - usize::from(self.is_entry_point(instance))
    }

    /// The same in words: "111 entry points", or "110 other entry points" of one that is one itself.
    pub fn entry_points_beside_words(&self, instance: InstanceIndex) -> String {
        let (one, several) = if self.is_entry_point(instance) {
            ("other entry point", "other entry points")
        } else {
            ("entry point", "entry points")
        };
        counted(self.entry_points_beside(instance), one, several)
    }
}

/// The entry points and crown jewels of a graph: flagged by rows or named by the policy. A default
/// never takes in what is flagged the other way, and never stands in for names that the inventory
/// does not have: that would answer another question. Costs time in proportion to the instances.
pub fn ends(graph: &AccessGraph) -> Ends {
    let policy = graph.assumptions();
    let (entries, jewels) =
        (named(graph, &policy.entry_points), named(graph, &policy.crown_jewels));
    let entry =
        |at: InstanceIndex| graph.instance(at).entry_point == Flag::Yes || entries.contains(&at);
    let jewel =
        |at: InstanceIndex| graph.instance(at).crown_jewel == Flag::Yes || jewels.contains(&at);
    let tier = |at: InstanceIndex| graph.environment_of(at).tier;
    let top = graph.instance_indices().filter_map(tier).max();
    let all = || graph.instance_indices();
    let mut entry_points: Vec<_> = all().filter(|&at| entry(at)).collect();
    let mut crown_jewels: Vec<_> = all().filter(|&at| jewel(at) && !entry(at)).collect();
    let any_jewel = all().any(jewel);
    let entry_points_unknown = entry_points.is_empty() && !policy.entry_points.is_empty();
    let crown_jewels_unknown = !any_jewel && !policy.crown_jewels.is_empty();
    if entry_points.is_empty() && !entry_points_unknown {
        let below = |&at: &InstanceIndex| tier(at).is_some() && tier(at) < top && !jewel(at);
        entry_points = all().filter(below).collect();
    }
    if !any_jewel && !crown_jewels_unknown {
        let highest = |&at: &InstanceIndex| tier(at).is_some() && tier(at) == top && !entry(at);
        crown_jewels = all().filter(highest).collect();
    }
    let already_fallen = all().filter(|&at| entry(at) && jewel(at)).collect();
    Ends { entry_points, crown_jewels, already_fallen, entry_points_unknown, crown_jewels_unknown }
}

/// Whether neither a row nor the policy says where attackers start or what must not fall, so that
/// tiers alone decide.
pub(crate) fn follow_tiers(graph: &AccessGraph) -> bool {
    let policy = graph.assumptions();
    let flagged = |at: InstanceIndex| {
        let instance = graph.instance(at);
        instance.entry_point == Flag::Yes || instance.crown_jewel == Flag::Yes
    };
    policy.entry_points.is_empty()
        && policy.crown_jewels.is_empty()
        && !graph.instance_indices().any(flagged)
}

/// The instances that a policy names and the graph has.
fn named(graph: &AccessGraph, names: &[String]) -> BTreeSet<InstanceIndex> {
    names.iter().filter_map(|name| graph.find_written(name)).collect()
}
