//! Sifting: a node is tried at every place of its layer, and stays where links cross least.

use std::cmp::Reverse;

use super::network::Network;
use crate::inventory::Progress;

/// About how many neighbours are looked at in all.
const BUDGET: usize = 20_000_000;

/// At most this often each node is sifted.
const ROUNDS: usize = 3;

/// Sifts nodes with several links, those with most first, as long as that brings anything and the
/// budget lasts; never lets more links cross than before. `None` when cancelled.
pub(super) fn sift(network: &mut Network, progress: &Progress) -> Option<()> {
    let mut left = BUDGET.max(network.arcs());
    let mut nodes: Vec<(usize, usize, u32)> = Vec::new();
    for (layer, order) in network.order.iter().enumerate() {
        nodes.extend(order.iter().map(|&node| (links(network, node), layer, node)));
    }
    nodes.retain(|&(links, ..)| links > 0);
    nodes.sort_unstable_by_key(|&(links, layer, node)| (Reverse(links), layer, node));
    let costs: Vec<usize> = (0..network.layers()).map(|layer| cost(network, layer)).collect();
    for _ in 0..ROUNDS {
        let mut gained = 0;
        for &(_, layer, node) in &nodes {
            if progress.is_cancelled() {
                return None;
            }
            let Some(rest) = left.checked_sub(costs.get(layer).copied().unwrap_or(0)) else {
                return Some(());
            };
            left = rest;
            gained += sift_one(network, layer, node);
        }
        if gained == 0 {
            break;
        }
    }
    Some(())
}

fn links(network: &Network, node: u32) -> usize {
    network.before.of(node as usize).len() + network.after.of(node as usize).len()
}

/// How much there is to look at to sift a node of a layer.
fn cost(network: &Network, layer: usize) -> usize {
    let around = [layer.checked_sub(1), Some(layer), Some(layer + 1)];
    let sizes = around.into_iter().flatten().filter_map(|at| network.order.get(at));
    let own = network.order.get(layer).into_iter().flatten();
    sizes.map(Vec::len).sum::<usize>() + own.map(|&node| links(network, node)).sum::<usize>()
}

/// Puts a node where its links cross least, of equal places the nearest; returns how many crossings
/// that saves.
fn sift_one(network: &mut Network, layer: usize, node: u32) -> i64 {
    let Some(order) = network.order.get(layer) else { return 0 };
    let before = Balance::of(network, layer.checked_sub(1), network.before.of(node as usize));
    let after = Balance::of(network, Some(layer + 1), network.after.of(node as usize));
    let now = network.place_of(node) as usize;
    // What it costs to stand behind each of the others instead of at the very front.
    let (mut sum, mut costs) = (0, Vec::with_capacity(order.len()));
    costs.push(0);
    for &other in order.iter().filter(|other| **other != node) {
        let balance = |of: &Balance, near: &[u32]| -> i64 {
            near.iter().map(|&near| of.at(network.place_of(near))).sum()
        };
        sum += balance(&before, network.before.of(other as usize))
            + balance(&after, network.after.of(other as usize));
        costs.push(sum);
    }
    let present = costs.get(now).copied().unwrap_or(0);
    let best = costs.iter().enumerate().min_by_key(|&(at, &cost)| (cost, at.abs_diff(now)));
    let Some((at, &cost)) = best.filter(|&(at, &cost)| at != now && cost < present) else {
        return 0;
    };
    let mut order: Vec<u32> = order.iter().copied().filter(|other| *other != node).collect();
    order.insert(at, node);
    network.reorder(layer, order);
    present - cost
}

/// For each place of a neighbouring layer how many more crossings a link that leads there has with a
/// node's links if it begins before the node's than if it begins behind.
struct Balance(Vec<i64>);

impl Balance {
    fn of(network: &Network, layer: Option<usize>, near: &[u32]) -> Self {
        let size = layer.and_then(|layer| network.order.get(layer)).map_or(0, Vec::len);
        let mut at_place = vec![0_i64; size];
        for &near in near {
            if let Some(count) = at_place.get_mut(network.place_of(near) as usize) {
                *count += 1;
            }
        }
        let (whole, mut lower) = (at_place.iter().sum::<i64>(), 0);
        for count in &mut at_place {
            let here = *count;
            // A link before the node's crosses those that lead to lower places, one behind it those
            // that lead to higher ones.
            *count = lower - (whole - lower - here);
            lower += here;
        }
        Self(at_place)
    }

    fn at(&self, place: u32) -> i64 {
        self.0.get(place as usize).copied().unwrap_or(0)
    }
}
