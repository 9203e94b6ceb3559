//! What has to be in the frame with marks.

use std::collections::BTreeSet;

use super::camera::Area;
use super::map::Map;

impl Map {
    /// Whether every mark lies where it lies on another map of the same things.
    pub fn lies_as(&self, other: &Self) -> bool {
        let mut pairs = self.marks.iter().zip(&other.marks);
        self.marks.len() == other.marks.len()
            && pairs.all(|(own, other)| own.subject == other.subject && own.at == other.at)
    }
}

/// Where marks of a map lie, with the regions in which they stand, so that none of these is cut off; `None`
/// without marks.
pub fn area_with_regions(map: &Map, marks: impl Iterator<Item = u32>) -> Option<Area> {
    let marks = marks.filter_map(|mark| map.marks.get(mark as usize));
    let (mut points, mut regions) = (Vec::new(), BTreeSet::new());
    for mark in marks {
        points.push(mark.at);
        regions.extend(mark.region);
    }
    let regions = regions.into_iter().filter_map(|at| map.regions.get(usize::from(at)));
    points.extend(regions.flat_map(|region| region.shape.outline.iter().copied()));
    Area::around(points.into_iter())
}
