//! What is visible into positions: regions by environment, nodes by force.
//!
//! From the inside out: lone marks orbit their neighbour, linked marks find their places by
//! forces, groups stand on shelves in their region, regions stand side by side, and what belongs
//! to several regions stands in the gutters between. Equal input gives equal bits.

#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are node numbers made here")]
mod adjacency;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are node numbers made here")]
mod coarsen;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are node numbers made here")]
mod hilbert_tree;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are node numbers made here")]
mod force;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are positions in `sizes`")]
mod satellites;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are disc numbers made here")]
mod overlap_removal;
#[expect(clippy::indexing_slicing, reason = "flat arrays; edges are checked before anything else")]
mod cluster;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are region or node numbers")]
mod frame;
mod shelf_packing;
mod rng;
mod angle;

use crate::inventory::Progress;
use crate::layout::cluster::{AIR, Orbits, Shape, radius};

/// Stands for "no node" and "no region".
const NONE: u32 = u32::MAX;

/// A place in the picture; x grows to the right, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// How far to the right.
    pub x: f32,
    /// How far down.
    pub y: f32,
}

/// A mark to be placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayoutNode {
    /// The radius of the mark.
    pub radius: f32,
    /// The region it belongs to; `None` floats between the regions.
    pub region: Option<u16>,
    /// Where it stands whatever the rest says; the others do not make way for it.
    pub pinned: Option<Point>,
}

/// A region of the picture: an environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayoutRegion {
    /// Its rank from left to right; regions of one column stand one above the other.
    pub column: u32,
}

/// All that a layout depends on.
#[derive(Clone, Copy, Debug)]
pub struct LayoutInput<'a> {
    /// The marks.
    pub nodes: &'a [LayoutNode],
    /// Instance and credential of each link, as numbers of nodes.
    pub edges: &'a [(u32, u32)],
    /// The regions.
    pub regions: &'a [LayoutRegion],
    /// Another seed gives another, equally good picture.
    pub seed: u64,
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The centre of each mark.
    pub positions: Vec<Point>,
    /// The shape of each region.
    pub regions: Vec<RegionShape>,
}

/// The shape of a region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegionShape {
    /// A closed convex polygon round the marks of the region; empty if it has none.
    pub outline: Vec<Point>,
    /// Where the name of the region is centred.
    pub label_at: Point,
}

/// Places all marks; `None` when cancelled.
pub fn lay_out(input: &LayoutInput<'_>, progress: &Progress) -> Option<Layout> {
    if progress.is_cancelled() {
        return None;
    }
    let orbits = Orbits::new(input);
    let shape = Shape { seed: input.seed, upright: (columns_of(input) / 1.6).clamp(1.0, 2.2) };
    let (clusters, alone) = orbits.clusters(input.regions.len(), shape, progress)?;
    let half = |node: u32| {
        let own = radius(input, node as usize);
        if orbits.is_named(node, own) { (own + AIR + 4.0).max(50.0) } else { own + 6.0 }
    };
    let contents: Vec<shelf_packing::Content> = clusters
        .into_iter()
        .zip(alone)
        .map(|(clusters, alone)| {
            let alone = alone.into_iter().map(|node| (node, half(node))).collect();
            shelf_packing::Content::new(clusters, alone)
        })
        .collect();
    if progress.is_cancelled() {
        return None;
    }
    let mut layout = frame::frame(input, &orbits, &contents);
    for (at, node) in layout.positions.iter_mut().zip(input.nodes) {
        if let Some(pin) = node.pinned.filter(|pin| pin.x.is_finite() && pin.y.is_finite()) {
            *at = pin;
        }
    }
    (!progress.is_cancelled()).then_some(layout)
}

/// How many columns have any marks.
fn columns_of(input: &LayoutInput<'_>) -> f32 {
    let mut used = vec![false; input.regions.len()];
    for region in input.nodes.iter().filter_map(|node| node.region) {
        if let Some(slot) = used.get_mut(usize::from(region)) {
            *slot = true;
        }
    }
    let marked = input.regions.iter().zip(used).filter(|(_, used)| *used);
    let mut columns: Vec<u32> = marked.map(|(region, _)| region.column).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.len() as f32
}
