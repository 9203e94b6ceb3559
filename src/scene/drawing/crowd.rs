//! How much is in sight, found from the groups alone.

use super::view::View;
use crate::scene::camera::{Area, Camera};
use crate::scene::grouping::{Grouping, opening_zoom};
use crate::scene::map::Map;

/// Up to this many marks in sight can be told apart.
pub(super) const READABLE: usize = 1_200;

/// Below this zoom an instance is a dot of some pixels, in which no sign can be made out.
const FAR: f32 = 0.3;

/// From no nearer one goes into a group: its marks are then larger than their names.
const MOST_ZOOM: f32 = 2.0;

/// How near one has to be to what fills an extent to see more of it than one body, in a viewport with it in the
/// middle; 0 where that is no section. Costs time in proportion to the sections, or to the marks, sorted, where the
/// section is never more than one body.
pub fn least_zoom_into(map: &Map, extent: &Area, viewport: Area) -> f32 {
    let Some(section) = map.sections.all.iter().find(|own| own.area() == *extent) else {
        return 0.0;
    };
    let opening = opening_zoom(map, section);
    let marks_from = FAR * 1.01;
    match (section.folded > 0, opening > 0.0) {
        (true, true) => opening,
        // What has no others in it shows its marks.
        (false, true) => opening.max(marks_from),
        // So does what is one body however near one is: where few enough others are in sight.
        (_, false) => {
            let grouping = Grouping::new(map, &[], marks_from);
            let mut camera = Camera { centre: extent.centre(), zoom: marks_from, viewport };
            while camera.zoom < MOST_ZOOM
                && Crowd::within(&camera.seen(), &grouping).marks > READABLE
            {
                camera.zoom *= 1.2;
            }
            camera.zoom
        }
    }
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
        Self::within(&view.seen_area(), grouping)
    }

    fn within(area: &Area, grouping: &Grouping) -> Self {
        let groups = grouping.groups.iter().filter(|group| group.extent.meets(area));
        let bundles = grouping.bundles.iter().filter(|bundle| bundle.extent.meets(area));
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
