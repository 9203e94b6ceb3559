//! Nodes in layers, with bends where links pass through a layer.

use super::input::LayeredInput;
use crate::graph::Grouped;

/// The nodes, then the bends; each with its neighbours in the layers before and after.
pub(super) struct Network {
    /// The layer of each.
    pub(super) layer_of: Vec<u32>,
    /// The bends of each edge, from its first end on.
    pub(super) bends: Vec<Vec<u32>>,
    /// The nodes and bends of each layer in their order.
    pub(super) order: Vec<Vec<u32>>,
    /// Where each stands in its layer.
    pub(super) place: Vec<u32>,
    pub(super) half_heights: Vec<f32>,
    /// The neighbours in the layer before, and in the layer after.
    pub(super) before: Grouped<u32>,
    pub(super) after: Grouped<u32>,
    /// How many are nodes; the rest are bends.
    pub(super) nodes: usize,
}

impl Network {
    pub(super) fn new(input: &LayeredInput<'_>) -> Self {
        let nodes = input.layers.len();
        let mut layers = input.layers.to_vec();
        let mut arcs: Vec<(u32, u32)> = Vec::with_capacity(input.edges.len());
        let mut bends = vec![Vec::new(); input.edges.len()];
        for (&(a, b), bends) in input.edges.iter().zip(&mut bends) {
            let (Some(&layer_a), Some(&layer_b)) =
                (input.layers.get(a as usize), input.layers.get(b as usize))
            else {
                continue;
            };
            let (from, to) = if layer_a < layer_b { (a, b) } else { (b, a) };
            let mut last = from;
            for layer in layer_a.min(layer_b) + 1..layer_a.max(layer_b) {
                let bend = layers.len() as u32;
                layers.push(layer);
                arcs.push((last, bend));
                bends.push(bend);
                last = bend;
            }
            if layer_a != layer_b {
                arcs.push((last, to));
            }
            if from == b {
                bends.reverse();
            }
        }
        let count = layers.iter().max().map_or(0, |&last| last as usize + 1);
        let mut order = vec![Vec::new(); count];
        for (node, &layer) in (0..).zip(&layers) {
            if let Some(own) = order.get_mut(layer as usize) {
                own.push(node);
            }
        }
        let room = |at: usize| input.half_heights.get(at).copied().unwrap_or(input.room_for_links);
        let mut network = Self {
            order,
            place: vec![0; layers.len()],
            half_heights: (0..layers.len()).map(room).collect(),
            before: Grouped::new(layers.len(), arcs.iter().map(|&(from, to)| (to, from))),
            after: Grouped::new(layers.len(), arcs.iter().copied()),
            nodes,
            layer_of: layers,
            bends,
        };
        for layer in 0..count {
            network.number(layer);
        }
        network
    }

    pub(super) fn layers(&self) -> usize {
        self.order.len()
    }

    /// Notes where the nodes of a layer stand in it.
    pub(super) fn number(&mut self, layer: usize) {
        let Some(order) = self.order.get(layer) else { return };
        for (place, &node) in (0..).zip(order) {
            if let Some(slot) = self.place.get_mut(node as usize) {
                *slot = place;
            }
        }
    }

    /// Takes another order for a layer.
    pub(super) fn reorder(&mut self, layer: usize, order: Vec<u32>) {
        if let Some(own) = self.order.get_mut(layer) {
            *own = order;
        }
        self.number(layer);
    }

    /// Where a node stands in its layer.
    pub(super) fn place_of(&self, node: u32) -> u32 {
        self.place.get(node as usize).copied().unwrap_or(0)
    }

    /// How many arcs there are between neighbouring layers.
    pub(super) fn arcs(&self) -> usize {
        self.order.iter().flatten().map(|&node| self.after.of(node as usize).len()).sum()
    }
}
