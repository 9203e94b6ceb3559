//! What is visible into positions: regions by environment, nodes by force.
//!
//! Each region is laid out for itself: credentials linked to one instance only stand in a halo
//! round it, the rest find their places by attraction along links and repulsion between
//! neighbours, and the connected parts are packed into a box. Boxes stand side by side in the
//! order of trust; what belongs to several regions floats in the gutters between them. Nothing is
//! left to chance: the same input gives the same places.

mod angle;
#[expect(clippy::indexing_slicing, reason = "flat arrays; every index is a node number made here")]
mod force;
#[expect(clippy::indexing_slicing, reason = "flat arrays; every index is a node number made here")]
mod gutters;
#[expect(clippy::indexing_slicing, reason = "flat arrays; every index is a node number made here")]
mod packing;
#[expect(clippy::indexing_slicing, reason = "flat arrays; every index is a node number made here")]
mod parts;

use crate::inventory::Progress;

/// A place, in scene units; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Rightwards.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// One node to be placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayoutNode {
    /// Its radius in scene units.
    pub radius: f32,
    /// The region that it belongs to; `None` floats between those that it is linked to.
    pub region: Option<u16>,
    /// Where the user put it, if anywhere.
    pub pinned: Option<Point>,
}

/// One region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayoutRegion {
    /// Its column: 0 is the leftmost. Regions of one column stand one below the other.
    pub column: u32,
}

/// What is to be laid out.
#[derive(Clone, Copy, Debug)]
pub struct LayoutInput<'a> {
    /// The nodes.
    pub nodes: &'a [LayoutNode],
    /// Links between nodes, by index: a service instance first, then a credential.
    pub edges: &'a [(u32, u32)],
    /// The regions.
    pub regions: &'a [LayoutRegion],
}

/// Where a region lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegionShape {
    /// Its outline, corners in order; empty for a region without nodes.
    pub outline: Vec<Point>,
    /// The middle of its name.
    pub label_at: Point,
}

/// Places for everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// One for each node.
    pub positions: Vec<Point>,
    /// One for each region.
    pub regions: Vec<RegionShape>,
}

/// Lays everything out; `None` when cancelled. Costs time in proportion to nodes and links, times
/// a number of rounds that shrinks as the inventory grows.
pub fn lay_out(input: &LayoutInput<'_>, progress: &Progress) -> Option<Layout> {
    let parts = parts::split(input);
    let mut boxes = Vec::with_capacity(parts.regions.len());
    progress.set_whole(parts.regions.len().max(1) as u64);
    for (index, region) in parts.regions.iter().enumerate() {
        boxes.push(packing::region(input, &parts, region, progress)?);
        progress.set_done(index as u64 + 1);
    }
    let mut layout = gutters::arrange(input, &parts, &boxes);
    for (place, node) in layout.positions.iter_mut().zip(input.nodes) {
        if let Some(pinned) = node.pinned {
            *place = pinned;
        }
    }
    Some(layout)
}
