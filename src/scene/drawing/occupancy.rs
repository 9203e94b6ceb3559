//! Which places of a picture are taken, so that no name lies over another or over a mark.

use std::collections::HashMap;

use crate::layout::Point;
use crate::scene::camera::Area;

/// How far apart the points of a line are at which it is looked whether it is free, in pixels.
const STEP: f32 = 5.0;

/// The width and height of a cell of the table of occupied places: about the length of a name.
const CELL: f32 = 96.0;

/// Which places are occupied. Looking one up costs time in proportion to what lies near it.
#[derive(Debug, Default)]
pub(super) struct LabelOccupancy {
    all: Places,
    /// Those of all but bodies.
    without_bodies: Places,
    /// Those of names and notes alone.
    texts: Places,
    /// Those of what stands on the picture, not on the map: legend, minimap, menus and headings.
    furniture: Places,
}

#[derive(Debug, Default)]
struct Places {
    cells: HashMap<(i32, i32), Vec<Area>>,
}

impl LabelOccupancy {
    pub(super) fn is_free(&self, area: &Area) -> bool {
        self.all.are_free(area)
    }

    /// Whether a straight line from a mark of a radius to a name leads over nothing but bodies.
    pub(super) fn sees(&self, (centre, radius): (Point, f32), name: &Area) -> bool {
        let to = name.nearest(centre);
        let (x, y) = (to.x - centre.x, to.y - centre.y);
        let length = x.hypot(y);
        // What is occupied by the mark itself is a square about it.
        let begins = radius * std::f32::consts::SQRT_2 + 1.0;
        let steps = ((length - begins) / STEP).max(0.0) as u16;
        (0..steps).all(|step| {
            let at = mix(centre, to, (begins + f32::from(step) * STEP) / length.max(1.0));
            self.without_bodies.are_free(&Area {
                left: at.x - 0.5,
                top: at.y - 0.5,
                width: 1.0,
                height: 1.0,
            })
        })
    }

    /// Whether a place is free but for bodies.
    pub(super) fn has_only_bodies(&self, area: &Area) -> bool {
        self.without_bodies.are_free(area)
    }

    /// Whether neither a name nor a note lies at a place.
    pub(super) fn is_free_of_text(&self, area: &Area) -> bool {
        self.texts.are_free(area)
    }

    /// Occupies the place of a figure, if it is free.
    pub(super) fn try_occupy(&mut self, area: &Area) -> bool {
        let free = self.is_free(area);
        if free {
            self.occupy_with_text(*area);
        }
        free
    }

    /// Occupies the place of what stands on the picture, whatever the map shows there.
    pub(super) fn occupy_with_furniture(&mut self, area: Area) {
        self.occupy_with_text(area);
        self.furniture.occupy(area);
    }

    /// Whether nothing that stands on the picture covers a place.
    pub(super) fn is_clear_of_furniture(&self, area: &Area) -> bool {
        self.furniture.are_free(area)
    }

    /// Keeps what is placed later off a line from a mark to its name.
    pub(super) fn occupy_with_leader(&mut self, (from, to): (Point, Point)) {
        let steps = ((to.x - from.x).hypot(to.y - from.y) / STEP).ceil().max(1.0) as u16;
        for step in 0..=steps {
            let at = mix(from, to, f32::from(step) / f32::from(steps));
            self.occupy(Area { left: at.x - 1.0, top: at.y - 1.0, width: 2.0, height: 2.0 });
        }
    }

    /// Occupies the place of the body of a group.
    pub(super) fn occupy_with_body(&mut self, area: Area) {
        self.all.occupy(area);
    }

    /// Occupies the place of a mark.
    pub(super) fn occupy(&mut self, area: Area) {
        self.all.occupy(area);
        self.without_bodies.occupy(area);
    }

    /// Occupies the place of a name or a note.
    pub(super) fn occupy_with_text(&mut self, area: Area) {
        self.all.occupy(area);
        self.without_bodies.occupy(area);
        self.texts.occupy(area);
    }
}

impl Places {
    fn are_free(&self, area: &Area) -> bool {
        cells_of(area).all(|cell| {
            self.cells
                .get(&cell)
                .is_none_or(|occupied| !occupied.iter().any(|other| other.meets(area)))
        })
    }

    fn occupy(&mut self, area: Area) {
        for cell in cells_of(&area) {
            self.cells.entry(cell).or_default().push(area);
        }
    }
}

fn cells_of(area: &Area) -> impl Iterator<Item = (i32, i32)> + use<> {
    let cell = |at: f32| (at / CELL).floor() as i32;
    let (left, right) = (cell(area.left), cell(area.right()));
    let (top, bottom) = (cell(area.top), cell(area.bottom()));
    (top..=bottom).flat_map(move |y| (left..=right).map(move |x| (x, y)))
}

/// The point at a share of the way from one point to another.
pub(super) fn mix(from: Point, to: Point, share: f32) -> Point {
    Point { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}
