//! Where everything was placed.

use crate::layout::Point;

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The centre of each mark.
    pub positions: Vec<Point>,
    /// The shape of each region.
    pub regions: Vec<RegionShape>,
    /// The box of each section.
    pub sections: Vec<SectionShape>,
}

/// The box of a section.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SectionShape {
    /// Its upper left corner.
    pub low: Point,
    /// Its lower right corner.
    pub high: Point,
}

impl SectionShape {
    /// Whether it has no extent: nothing lies in the section.
    pub fn is_empty(&self) -> bool {
        self.high.x <= self.low.x || self.high.y <= self.low.y
    }

    /// Its corners, in the order of the outlines of regions.
    pub fn corners(&self) -> [Point; 4] {
        let Self { low, high } = *self;
        [low, Point { x: high.x, y: low.y }, high, Point { x: low.x, y: high.y }]
    }

    pub(crate) fn moved(&self, by: Point) -> Self {
        let to = |at: Point| Point { x: at.x + by.x, y: at.y + by.y };
        Self { low: to(self.low), high: to(self.high) }
    }
}

/// The shape of a region.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegionShape {
    /// A closed convex polygon round the marks of the region; empty if it has none.
    pub outline: Vec<Point>,
    /// Where the name of the region is centred.
    pub label_at: Point,
}
