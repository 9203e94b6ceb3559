//! Which named instances are one, and in which order.
#![expect(
    clippy::indexing_slicing,
    reason = "indices come from the arrays that they lead into, or were checked on the way in"
)]

use std::collections::BTreeMap;

use rayon::slice::ParallelSliceMut as _;

use crate::graph::index::EnvironmentIndex;
use crate::graph::nodes::Environment;
use crate::inventory::{Environments, Inventory, NameId};

/// The distinct service instances and environments.
pub(super) struct Sites {
    pub(super) environments: Vec<Environment>,
    /// Service and environment of each instance, sorted.
    pub(super) keys: Vec<(NameId, EnvironmentIndex)>,
    /// The instance of each spoken instance.
    pub(super) index_of: Vec<u32>,
}

impl Sites {
    pub(super) fn new(inventory: &Inventory, table: &Environments) -> Self {
        let (environments, environment_of) = environments(inventory, table);
        let spoken = inventory.instances.iter().enumerate();
        let mut keyed: Vec<(&str, EnvironmentIndex, u32)> = spoken
            .map(|(at, instance)| {
                let environment = environment_of[&instance.environment];
                (inventory.text(instance.service), environment, at as u32)
            })
            .collect();
        keyed.par_sort_unstable();
        let mut keys: Vec<(NameId, EnvironmentIndex)> = Vec::new();
        let mut index_of = vec![0; inventory.instances.len()];
        for (_, environment, at) in keyed {
            let key = (inventory.instances[at as usize].service, environment);
            if keys.last() != Some(&key) {
                keys.push(key);
            }
            index_of[at as usize] = keys.len() as u32 - 1;
        }
        Self { environments, keys, index_of }
    }
}

fn environments(
    inventory: &Inventory,
    table: &Environments,
) -> (Vec<Environment>, BTreeMap<NameId, EnvironmentIndex>) {
    let mut written: Vec<_> = inventory.instances.iter().map(|spoken| spoken.environment).collect();
    written.sort_unstable();
    written.dedup();
    let canonical = |name: NameId| table.canonical(inventory.text(name));
    let mut labels: Vec<_> = written.iter().map(|&name| canonical(name)).collect();
    labels.sort_unstable();
    labels.dedup();
    let mut environment_of = BTreeMap::new();
    for name in written {
        let found = labels.binary_search(&canonical(name)).unwrap_or_default();
        environment_of.insert(name, EnvironmentIndex(found as u32));
    }
    let of = |label: String| Environment { tier: table.tier(&label), label, from_names: false };
    let mut environments: Vec<Environment> = labels.into_iter().map(of).collect();
    for link in inventory.links.iter().filter(|link| link.instance_assumed) {
        let spoken = inventory.instances[link.instance.0 as usize];
        environments[environment_of[&spoken.environment].0 as usize].from_names = true;
    }
    (environments, environment_of)
}
