//! Groups of marks into regions, and regions side by side into a picture.

#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are positions in `sizes`")]
pub(crate) mod satellites;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are disc numbers made here")]
pub(crate) mod overlap_removal;
#[expect(clippy::indexing_slicing, reason = "flat arrays; edges are checked before anything else")]
pub(crate) mod cluster;
pub(crate) mod strips;
pub(crate) mod shelf_packing;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are section or node numbers")]
pub(crate) mod gaps;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are region or node numbers")]
pub(crate) mod frame;
pub(crate) mod sections;
pub(crate) mod inside;
#[expect(clippy::indexing_slicing, reason = "flat arrays; all indices are region or node numbers")]
pub(crate) mod again;
