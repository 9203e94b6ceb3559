//! Where everything was placed.

use crate::layout::Point;

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
