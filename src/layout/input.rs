//! What is to be laid out.

use crate::layout::{Point, RegionShape, SectionShape};

/// Stands for "no node" and "no region".
pub(crate) const NONE: u32 = u32::MAX;

/// A mark to be placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayoutNode {
    /// The radius of the mark.
    pub radius: f32,
    /// The region it belongs to; `None` floats between the regions.
    pub region: Option<u16>,
    /// The section of that region in which it lies, or, without a region, of a gap, by number, if it has any.
    pub section: Option<u32>,
    /// Where it stands whatever the rest says; the others do not make way for it.
    pub pinned: Option<Point>,
}

/// A region of the picture: an environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayoutRegion {
    /// Its rank from left to right; regions of one column stand one above the other.
    pub column: u32,
}

/// Where the box of a section lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionPlace {
    /// In a region.
    Region(u16),
    /// Between regions: in the gap behind a column of them, counted from the left, without those in which nothing
    /// lies. What has no region can lie in it.
    Gap(u32),
}

/// Marks that are kept together in a box of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayoutSection {
    /// Where it lies.
    pub place: SectionPlace,
    /// The section that its box lies in, if it does not lie in the region or the gap itself; that one comes before
    /// it and lies in no other.
    pub within: Option<u32>,
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
    /// The sections of regions, in the order in which their boxes stand, and of gaps; none where nothing is divided.
    pub sections: &'a [LayoutSection],
    /// Another seed gives another, equally good picture.
    pub seed: u64,
    /// How much wider than high the whole is to be: as the pane is in which it is shown.
    pub aspect: f32,
}

/// How much wider than high a picture is where nothing is known of its pane: about as that of a window of
/// 1600 by 900 is, beside its panels and above its tables.
pub const USUAL_ASPECT: f32 = 2.25;

impl LayoutInput<'_> {
    /// How much wider than high the whole is to be, within what regions side by side can be.
    pub(crate) fn aspect(&self) -> f32 {
        if self.aspect.is_finite() { self.aspect.clamp(0.8, 4.0) } else { USUAL_ASPECT }
    }
}

/// What is known of a picture that was seen before.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// Where each node stood, if it was there.
    pub places: &'a [Option<Point>],
    /// The shape that each region had; empty where there was none.
    pub regions: &'a [RegionShape],
    /// The box that each section had; without extent where there was none.
    pub sections: &'a [SectionShape],
}
