//! What is visible into positions: regions by environment, nodes by force.
//!
//! From the inside out: lone marks become satellites of their neighbour, linked marks find their
//! places by forces, groups stand on shelves in their region or its section, the boxes of sections fill their
//! region in rows, regions stand side by side, and what belongs to several regions stands in the gutters
//! between. Equal input gives equal bits, on any
//! number of threads.
//!
//! - `boxes`: marks in rows in a box, and boxes in a box.
//! - `force`: one connected graph into places, from coarse to fine, evenly spread.
//! - `regions`: groups into regions, and regions into a picture.
//! - `layered`: layers side by side, with few links that cross.
//!
//! `docs/layout.md` tells the method with its sources, and how it compares.

mod point;
mod placement;
mod input;
mod rng;
mod angle;
pub(crate) mod boxes;
mod force;
#[expect(clippy::indexing_slicing, reason = "flat arrays; edges are checked before anything else")]
mod graph;
mod regions;
mod lay_out;
mod layered;

pub use graph::lay_out_graph;
pub use input::{
    Before, LayoutInput, LayoutNode, LayoutRegion, LayoutSection, SectionPlace, USUAL_ASPECT,
};
pub use lay_out::{lay_out, lay_out_again, lay_out_draft};
pub use layered::{Layered, LayeredInput, OrderEffort, lay_out_layers};
pub use placement::{Layout, RegionShape, SectionShape};
pub use point::Point;
pub(crate) use regions::inside::{moved_inside, moved_outside};
