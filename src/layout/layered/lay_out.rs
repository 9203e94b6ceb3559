//! Layers from their order to their places.

use super::input::{Layered, LayeredInput, OrderEffort};
use super::network::Network;
use super::{barycentre, crossings, heights, sifting};
use crate::inventory::Progress;
use crate::layout::Point;
use crate::layout::rng::Rng;

/// Places nodes in layers; `None` when cancelled. An edge whose end is no node is left out. Costs
/// time in proportion to the length of all links in layers, times a logarithm and a fixed number of
/// sweeps.
pub fn lay_out_layers(
    input: &LayeredInput<'_>,
    effort: OrderEffort,
    progress: &Progress,
) -> Option<Layered> {
    let mut network = Network::new(input);
    match effort {
        OrderEffort::Given => {}
        OrderEffort::Simple => barycentre::sweep(&mut network, effort, progress)?,
        OrderEffort::Full => order_fully(&mut network, progress)?,
    }
    let crossings = crossings::count(&network);
    let heights = heights::heights(&network, progress)?;
    let apart = apart(&heights, network.layers());
    let at = |node: u32| Point {
        x: network.layer_of.get(node as usize).copied().unwrap_or(0) as f32 * apart,
        y: heights.get(node as usize).copied().unwrap_or(0.0),
    };
    let positions = (0..input.layers.len() as u32).map(at).collect();
    let bends = network.bends.iter().map(|bends| bends.iter().copied().map(at).collect()).collect();
    (!progress.is_cancelled()).then_some(Layered { positions, bends, crossings })
}

/// Sweeps and sifts from the order given, and where that is cheap from shuffled ones too; keeps the
/// best.
fn order_fully(network: &mut Network, progress: &Progress) -> Option<()> {
    let tries = (TRIES_BUDGET / network.arcs().max(1)).clamp(1, MOST_TRIES);
    let given = network.order.clone();
    let mut random = Rng::new(0);
    let mut best: Option<(u64, Vec<Vec<u32>>)> = None;
    for number in 0..tries {
        if number > 0 {
            for (layer, order) in given.iter().enumerate() {
                let shuffled = random.shuffled(order.len()).into_iter();
                let order = shuffled.filter_map(|at| order.get(at as usize).copied());
                network.reorder(layer, order.collect());
            }
        }
        barycentre::sweep(network, OrderEffort::Full, progress)?;
        sifting::sift(network, progress)?;
        let crossings = crossings::count(network);
        if best.as_ref().is_none_or(|(fewest, _)| crossings < *fewest) {
            best = Some((crossings, network.order.clone()));
        }
        if crossings == 0 {
            break;
        }
    }
    for (layer, order) in best.into_iter().flat_map(|(_, order)| order).enumerate() {
        network.reorder(layer, order);
    }
    Some(())
}

/// Small inventories are tried from several orders: at most this many, and only while all tries
/// together have fewer links than this.
const MOST_TRIES: usize = 12;
const TRIES_BUDGET: usize = 20_000;

/// How far layers stand apart: never nearer than names need, and farther where layers are high, so
/// that the picture does not become a strip.
fn apart(heights: &[f32], layers: usize) -> f32 {
    let low = heights.iter().copied().fold(f32::INFINITY, f32::min);
    let high = heights.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let tall = if high > low { high - low } else { 0.0 };
    (tall * 1.4 / layers.saturating_sub(1).max(1) as f32).clamp(LEAST_APART, MOST_APART)
}

/// The least and the greatest distance of two layers, in scene units.
const LEAST_APART: f32 = 130.0;
const MOST_APART: f32 = 2_500.0;
