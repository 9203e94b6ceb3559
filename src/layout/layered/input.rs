//! What is laid out in layers, and where it stands then.

use crate::layout::Point;

/// What is laid out in layers.
#[derive(Clone, Copy, Debug)]
pub struct LayeredInput<'a> {
    /// The layer of each node, from left to right. Nodes of one layer begin in their own order.
    pub layers: &'a [u32],
    /// The room that each node needs above and below its middle.
    pub half_heights: &'a [f32],
    /// The links between nodes. A link within one layer has no say in the order.
    pub edges: &'a [(u32, u32)],
    /// The room that a link needs above and below where it passes through a layer.
    pub room_for_links: f32,
}

/// How far the order of the layers is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderEffort {
    /// The order that the nodes came in.
    Given,
    /// One sweep of barycentres forwards and one backwards.
    Simple,
    /// Sweeps as long as they bring anything, then sifting.
    Full,
}

/// Where everything stands, and how many links cross.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layered {
    /// The middle of each node.
    pub positions: Vec<Point>,
    /// Where each edge passes through the layers between its ends, from its first end on; empty for
    /// most.
    pub bends: Vec<Vec<Point>>,
    /// How often two links cross.
    pub crossings: u64,
}
