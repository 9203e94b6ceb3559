//! How high each node stands, in the order that was found.

use super::network::Network;
use crate::inventory::Progress;

/// How often all layers are settled forwards and backwards.
const SWEEPS: usize = 6;

/// How much more a bend wants to lie straight than a node.
const BEND_WEIGHT: f64 = 4.0;

/// The height of the middle of each node and bend; `None` when cancelled. No two of one layer come
/// nearer than their half heights.
pub(super) fn heights(network: &Network, progress: &Progress) -> Option<Vec<f32>> {
    let mut heights = packed(network);
    for sweep in 0..SWEEPS {
        if progress.is_cancelled() {
            return None;
        }
        let layers = 0..network.layers();
        if sweep % 2 == 0 {
            layers.for_each(|layer| settle(network, layer, &mut heights));
        } else {
            layers.rev().for_each(|layer| settle(network, layer, &mut heights));
        }
    }
    Some(heights.into_iter().map(|height| height as f32).collect())
}

/// Each layer without gaps, around the middle.
fn packed(network: &Network) -> Vec<f64> {
    let mut heights = vec![0.0; network.place.len()];
    for order in &network.order {
        let offsets = offsets(network, order);
        let middle = offsets.last().copied().unwrap_or(0.0) / 2.0;
        for (&node, offset) in order.iter().zip(offsets) {
            if let Some(height) = heights.get_mut(node as usize) {
                *height = offset - middle;
            }
        }
    }
    heights
}

/// How far below the first node of a layer each stands if there are no gaps.
fn offsets(network: &Network, order: &[u32]) -> Vec<f64> {
    let half =
        |node: u32| f64::from(network.half_heights.get(node as usize).copied().unwrap_or(0.0));
    let mut offsets = Vec::with_capacity(order.len());
    let (mut below, mut last) = (0.0, None);
    for &node in order {
        if let Some(last) = last {
            below += half(last) + half(node);
        }
        offsets.push(below);
        last = Some(node);
    }
    offsets
}

/// Moves the nodes of one layer as near as their order allows to the mean height of their neighbours.
fn settle(network: &Network, layer: usize, heights: &mut [f64]) {
    let Some(order) = network.order.get(layer) else { return };
    let offsets = offsets(network, order);
    let mut pools: Vec<Pool> = Vec::with_capacity(order.len());
    for (&node, offset) in order.iter().zip(&offsets) {
        let (wish, weight) = wish(network, node, heights);
        let mut pool = Pool { sum: (wish - offset) * weight, weight, size: 1 };
        while let Some(last) = pools.pop_if(|last| last.mean() > pool.mean()) {
            pool = Pool {
                sum: last.sum + pool.sum,
                weight: last.weight + pool.weight,
                size: last.size + pool.size,
            };
        }
        pools.push(pool);
    }
    let means = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.mean(), pool.size));
    for ((&node, offset), mean) in order.iter().zip(offsets).zip(means) {
        if let Some(height) = heights.get_mut(node as usize) {
            *height = mean + offset;
        }
    }
}

/// Where a node wants to stand, and how much.
fn wish(network: &Network, node: u32, heights: &[f64]) -> (f64, f64) {
    let near = network.before.of(node as usize).iter().chain(network.after.of(node as usize));
    let (mut sum, mut count) = (0.0, 0.0);
    for &near in near {
        sum += heights.get(near as usize).copied().unwrap_or(0.0);
        count += 1.0;
    }
    if count == 0.0 {
        // What is linked to nothing makes way for all that is.
        return (heights.get(node as usize).copied().unwrap_or(0.0), 0.01);
    }
    (sum / count, if (node as usize) < network.nodes { 1.0 } else { BEND_WEIGHT })
}

/// Neighbours in a layer that stand without a gap.
struct Pool {
    sum: f64,
    weight: f64,
    size: usize,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.sum / self.weight
    }
}
