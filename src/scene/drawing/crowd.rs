//! How much is in sight, found from the groups alone.

use super::view::View;
use crate::scene::camera::Area;
use crate::scene::grouping::{Grouping, opening_zoom};
use crate::scene::map::Map;

/// Up to this many marks in sight can be told apart.
pub(super) const READABLE: usize = 1_200;

/// Below this zoom an instance is a dot of some pixels, in which no sign can be made out.
const FAR: f32 = 0.3;

/// How near one has to be to what fills an extent to see more of it than one body; 0 where that is no section.
/// Costs time in proportion to the sections.
pub fn least_zoom_into(map: &Map, extent: &Area) -> f32 {
    let section = map.sections.all.iter().find(|own| own.area() == *extent);
    section.map_or(0.0, |own| {
        let opening = opening_zoom(map, own);
        // What has no others in it shows its marks.
        if own.folded > 0 { opening } else { opening.max(FAR * 1.01) }
    })
}

/// How much is in sight at most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Crowd {
    /// The marks of the groups in sight.
    marks: usize,
    /// The links of the bundles in sight.
    pub(super) links: usize,
}

impl Crowd {
    /// Counts it. Costs time in proportion to the groups and bundles.
    pub(super) fn of(view: &View<'_>, grouping: &Grouping) -> Self {
        let area = view.seen_area();
        let groups = grouping.groups.iter().filter(|group| group.extent.meets(&area));
        let bundles = grouping.bundles.iter().filter(|bundle| bundle.extent.meets(&area));
        Self {
            marks: groups.map(|group| (group.instances + group.credentials) as usize).sum(),
            links: bundles.map(|bundle| bundle.count as usize).sum(),
        }
    }

    /// Whether the marks are too small or too many to be told apart, so that bodies stand for them.
    pub(super) fn is_far(&self, view: &View<'_>) -> bool {
        self.marks > READABLE || view.camera.zoom < FAR
    }
}
