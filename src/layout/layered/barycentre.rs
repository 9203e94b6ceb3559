//! Orders from barycentres: each node goes to the mean place of its neighbours.

use super::crossings::count;
use super::input::OrderEffort;
use super::network::Network;
use crate::inventory::Progress;

/// The most sweeps forwards and backwards, and the most without gain before the last.
const MOST_SWEEPS: usize = 24;
const IDLE_SWEEPS: usize = 4;

/// Which neighbours a node goes by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Before,
    After,
    Both,
}

/// Sweeps forwards and backwards, and keeps the best order that it came by; `None` when cancelled.
pub(super) fn sweep(network: &mut Network, effort: OrderEffort, progress: &Progress) -> Option<()> {
    let sweeps = if effort == OrderEffort::Full { MOST_SWEEPS } else { 1 };
    let mut best = (count(network), network.order.clone());
    let mut idle = 0;
    for number in 0..sweeps {
        if progress.is_cancelled() {
            return None;
        }
        // Now and then both sides have their say, which leads out of orders that go to and fro.
        let (forwards, backwards) =
            if number % 4 == 3 { (By::Both, By::Both) } else { (By::Before, By::After) };
        (0..network.layers()).for_each(|layer| settle(network, layer, forwards));
        (0..network.layers()).rev().for_each(|layer| settle(network, layer, backwards));
        let crossings = count(network);
        if crossings < best.0 {
            best = (crossings, network.order.clone());
            idle = 0;
        } else {
            idle += 1;
        }
        if idle == IDLE_SWEEPS || best.0 == 0 {
            break;
        }
    }
    for (layer, order) in best.1.into_iter().enumerate() {
        network.reorder(layer, order);
    }
    Some(())
}

/// Sorts one layer. What has no neighbour there keeps its place among the others.
fn settle(network: &mut Network, layer: usize, by: By) {
    let Some(order) = network.order.get(layer) else { return };
    let key = |node: u32| {
        let before = network.before.of(node as usize).iter();
        let after = network.after.of(node as usize).iter();
        let (before, after) = (
            before.take(if by == By::After { 0 } else { usize::MAX }),
            after.take(if by == By::Before { 0 } else { usize::MAX }),
        );
        // Places are taken relative to the size of their layer, so that both sides count alike.
        let share = |&near: &u32, size: usize| {
            (f64::from(network.place_of(near)) + 0.5) / size.max(1) as f64
        };
        let size = |at: Option<usize>| at.and_then(|at| network.order.get(at)).map_or(0, Vec::len);
        let (size_before, size_after) = (size(layer.checked_sub(1)), size(Some(layer + 1)));
        let (mut sum, mut count) = (0.0, 0.0);
        for share in before
            .map(|near| share(near, size_before))
            .chain(after.map(|near| share(near, size_after)))
        {
            sum += share;
            count += 1.0;
        }
        (count > 0.0).then(|| sum / count)
    };
    let keys: Vec<(Option<f64>, u32)> = order.iter().map(|&node| (key(node), node)).collect();
    let mut sorted: Vec<(f64, u32)> =
        keys.iter().filter_map(|&(key, node)| Some((key?, node))).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sorted = sorted.into_iter().map(|(_, node)| node);
    let order =
        keys.iter().map(|&(key, node)| key.and_then(|_| sorted.next()).unwrap_or(node)).collect();
    network.reorder(layer, order);
}
