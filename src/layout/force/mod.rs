//! One connected graph into places: forces from coarse to fine, then an even spread.

#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are node numbers made here")]
pub(crate) mod adjacency;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are node numbers made here")]
pub(crate) mod coarsen;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are node numbers made here")]
pub(crate) mod hilbert_tree;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are node numbers made here")]
pub(crate) mod relax;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are clamped to them")]
pub(crate) mod even_out;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are cell or node numbers")]
pub(crate) mod spacing;

pub(crate) use relax::{Effort, place};
