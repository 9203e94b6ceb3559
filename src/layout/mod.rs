//! What is visible into positions: regions by environment, nodes by force.
//!
//! From the inside out: lone marks become satellites of their neighbour, linked marks find their
//! places by forces, groups stand on shelves in their region, regions stand side by side, and what
//! belongs to several regions stands in the gutters between. Equal input gives equal bits.

mod point;
mod input;
mod placement;
mod rng;
mod angle;
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
mod shelf_packing;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are region or node numbers")]
mod frame;
mod lay_out;
#[expect(clippy::indexing_slicing, reason = "flat arrays; edges are checked before anything else")]
mod graph;

pub use graph::lay_out_graph;
pub use input::{LayoutInput, LayoutNode, LayoutRegion};
pub use lay_out::lay_out;
pub use placement::{Layout, RegionShape};
pub use point::Point;
