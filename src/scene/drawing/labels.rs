//! Names on the map: placed one after the other, the most important first, none over another.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::name_side::NameSide;
use crate::scene::picture::{Face, MeasureText};

/// The size of a name on the map, in pixels, where type is not drawn larger.
pub(super) const LABEL_SIZE: f32 = 12.0;

/// Names are cut after this many characters.
const LONGEST: usize = 36;

/// How many rings of places around a mark are tried for a name that must be there.
const RINGS: u32 = 14;

/// How many places on each ring.
const WAYS: u32 = 16;

/// How far apart the points of such a line are at which it is looked whether it is free, in pixels.
const STEP: f32 = 5.0;

/// The width and height of a cell of the table of occupied places: about the length of a name.
const CELL: f32 = 96.0;

/// A name that is to be placed beside its mark.
#[derive(Clone, Debug)]
pub(super) struct LabelRequest {
    pub(super) text: String,
    pub(super) centre: Point,
    pub(super) radius: f32,
    pub(super) face: Face,
    /// The size of its letters, in pixels.
    pub(super) size: f32,
    /// Where it stood before: it stays there as long as it can.
    pub(super) before: Option<NameSide>,
}

impl LabelRequest {
    /// The width and height that the name takes.
    fn extent(&self, measure: &dyn MeasureText) -> (f32, f32) {
        (measure.width(&self.text, self.size, self.face) + 6.0, self.size + 4.0)
    }
}

/// Which places are occupied. Looking one up costs time in proportion to what lies near it.
#[derive(Debug, Default)]
pub(super) struct LabelOccupancy {
    all: Places,
    /// Those of all but bodies.
    without_bodies: Places,
    /// Those of names and notes alone.
    texts: Places,
}

#[derive(Debug, Default)]
struct Places {
    cells: HashMap<(i32, i32), Vec<Area>>,
}

impl LabelOccupancy {
    fn is_free(&self, area: &Area) -> bool {
        self.all.are_free(area)
    }

    /// Whether a straight line from a mark to a name leads over nothing but bodies.
    fn sees(&self, request: &LabelRequest, name: &Area) -> bool {
        let LabelRequest { centre, radius, .. } = *request;
        let to = name.nearest(centre);
        let (x, y) = (to.x - centre.x, to.y - centre.y);
        let length = x.hypot(y);
        // What is occupied by the mark itself is a square about it.
        let begins = radius * std::f32::consts::SQRT_2 + 1.0;
        let steps = ((length - begins) / STEP).max(0.0) as u16;
        (0..steps).all(|step| {
            let share = (begins + f32::from(step) * STEP) / length.max(1.0);
            let at = Point { x: centre.x + x * share, y: centre.y + y * share };
            self.without_bodies.are_free(&Area {
                left: at.x - 0.5,
                top: at.y - 0.5,
                width: 1.0,
                height: 1.0,
            })
        })
    }

    /// Occupies the place of a figure, if it is free.
    pub(super) fn try_occupy(&mut self, area: &Area) -> bool {
        let free = self.is_free(area);
        if free {
            self.occupy_with_text(*area);
        }
        free
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

/// A name cut to a length that fits a map.
pub(super) fn cut(name: &str) -> String {
    cut_to(name, LONGEST)
}

/// A text cut to a number of characters.
pub(super) fn cut_to(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest - 1).chain(['…']).collect()
}

/// Finds a free place beside the mark, where the name stood before if that is free, occupies it and
/// returns it.
pub(super) fn place(
    request: &LabelRequest,
    occupied: &mut LabelOccupancy,
    within: &Area,
    measure: &dyn MeasureText,
) -> Option<(Area, NameSide)> {
    let (width, height) = request.extent(measure);
    let LabelRequest { centre, radius, .. } = *request;
    let beside = radius + width / 2.0 + 3.0;
    let below = radius + height / 2.0 + 2.0;
    let slanted = radius * 0.7;
    for side in request.before.into_iter().chain(NameSide::ALL) {
        let (x, y) = match side {
            NameSide::Below => (0.0, below),
            NameSide::Above => (0.0, -below),
            NameSide::Right => (beside, 0.0),
            NameSide::Left => (-beside, 0.0),
            NameSide::BelowRight => (slanted + width / 2.0, slanted + height / 2.0 + 2.0),
            NameSide::AboveRight => (slanted + width / 2.0, -slanted - height / 2.0 - 2.0),
            NameSide::BelowLeft => (-slanted - width / 2.0, slanted + height / 2.0 + 2.0),
            NameSide::AboveLeft => (-slanted - width / 2.0, -slanted - height / 2.0 - 2.0),
        };
        let area = Area {
            left: centre.x + x - width / 2.0,
            top: centre.y + y - height / 2.0,
            width,
            height,
        };
        let inside = within.holds(Point { x: area.left, y: area.top })
            && within.holds(Point { x: area.right(), y: area.bottom() });
        if inside && occupied.is_free(&area) {
            occupied.occupy_with_text(area);
            return Some((area, side));
        }
    }
    None
}

/// The nearest place around the mark that is free, farther off where near it none is, or where only bodies lie, or,
/// if the whole picture has none, where only marks lie; `None` where even that is full of names. The place is occupied.
pub(super) fn force(
    request: &LabelRequest,
    occupied: &mut LabelOccupancy,
    within: &Area,
    measure: &dyn MeasureText,
) -> Option<Area> {
    let (width, height) = request.extent(measure);
    let moved = |x: f32, y: f32| Area {
        left: (request.centre.x + x - width / 2.0).min(within.right() - width).max(within.left),
        top: (request.centre.y + y - height / 2.0).min(within.bottom() - height).max(within.top),
        width,
        height,
    };
    let below = request.radius + height / 2.0 + 2.0;
    let around = |rings: RangeInclusive<u32>| {
        rings.flat_map(|ring| {
            (0..WAYS).map(move |way| {
                let angle = way as f32 / WAYS as f32 * std::f32::consts::TAU;
                let away = ring as f32 * height * 0.75;
                (angle.sin() * (away + width * 0.4), angle.cos() * (below + away))
            })
        })
    };
    let places = |rings: RangeInclusive<u32>| {
        let nearest = (*rings.start() == 1).then_some((0.0, below));
        nearest.into_iter().chain(around(rings)).map(|(x, y)| moved(x, y))
    };
    // So many rings reach every place of the picture.
    let most = ((within.width + within.height) / (height * 0.75)).ceil() as u32;
    let near = || places(1..=RINGS.min(most));
    let far = || places(RINGS + 1..=most);
    // The line from the mark to its name leads over no other mark and no other name, where that can be.
    let is_plain = |area: &Area| occupied.sees(request, area);
    let is_free = |area: &Area| occupied.is_free(area);
    let only_bodies = |area: &Area| occupied.without_bodies.are_free(area);
    // A name on a body would be read as that of the body.
    let area = near()
        .find(|area| is_free(area) && is_plain(area))
        .or_else(|| near().find(is_free))
        .or_else(|| far().find(|area| is_free(area) && is_plain(area)))
        .or_else(|| near().find(|area| only_bodies(area) && is_plain(area)))
        .or_else(|| near().find(only_bodies))
        .or_else(|| far().find(only_bodies))
        .or_else(|| near().find(|area| occupied.texts.are_free(area)))?;
    occupied.occupy_with_text(area);
    Some(area)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl MeasureText for Fixed {
        fn width(&self, text: &str, size: f32, _: Face) -> f32 {
            text.chars().count() as f32 * size / 2.0
        }
    }

    #[test]
    fn a_thousand_names_on_one_spot_never_overlap() {
        let within = Area { left: 0.0, top: 0.0, width: 2000.0, height: 2000.0 };
        let mut occupied = LabelOccupancy::default();
        let mut placed: Vec<Area> = Vec::new();
        for index in 0..1000_u32 {
            let centre = Point { x: 900.0 + (index % 40) as f32, y: 900.0 + (index / 40) as f32 };
            let request = LabelRequest {
                text: format!("service-{index}"),
                centre,
                radius: 8.0,
                face: Face::Regular,
                size: LABEL_SIZE,
                before: None,
            };
            if let Some((area, _)) = place(&request, &mut occupied, &within, &Fixed) {
                assert!(placed.iter().all(|other| !other.meets(&area)));
                placed.push(area);
            }
        }
        assert!(placed.len() >= 3);
    }

    #[test]
    fn names_that_must_be_there_lie_side_by_side_around_marks_that_cover_each_other() {
        let within = Area { left: 0.0, top: 0.0, width: 800.0, height: 400.0 };
        let mut occupied = LabelOccupancy::default();
        let mut placed: Vec<Area> = Vec::new();
        for index in 0..9_u32 {
            let centre = Point { x: 400.0 + 3.0 * index as f32, y: 395.0 };
            let text = format!("metrics-agent-{index}");
            let area = force(
                &LabelRequest {
                    text,
                    centre,
                    radius: 5.0,
                    face: Face::Strong,
                    size: LABEL_SIZE,
                    before: None,
                },
                &mut occupied,
                &within,
                &Fixed,
            )
            .unwrap();
            assert!(placed.iter().all(|other| !other.meets(&area)), "{area:?} of {placed:?}");
            assert!(within.holds(area.centre()));
            placed.push(area);
        }
    }

    #[test]
    fn the_line_to_a_name_that_lies_apart_leads_through_a_gap_between_marks() {
        let within = Area { left: 0.0, top: 0.0, width: 800.0, height: 600.0 };
        let centre = Point { x: 400.0, y: 300.0 };
        let mut occupied = LabelOccupancy::default();
        let mut marks = Vec::new();
        for step in -3..=3_i8 {
            let along = 10.0 * f32::from(step);
            // A square of marks with a gap above.
            let ring = [(along, 30.0), (along, -30.0), (30.0, along), (-30.0, along)];
            for (x, y) in ring.into_iter().filter(|(x, y)| *y > -29.0 || x.abs() > 15.0) {
                let (left, top) = (centre.x + x - 4.0, centre.y + y - 4.0);
                marks.push(Area { left, top, width: 8.0, height: 8.0 });
            }
        }
        for area in &marks {
            occupied.occupy(*area);
        }
        let request = LabelRequest {
            text: "metrics-agent".to_owned(),
            centre,
            radius: 5.0,
            face: Face::Strong,
            size: LABEL_SIZE,
            before: None,
        };
        let name = force(&request, &mut occupied, &within, &Fixed).unwrap();
        let to = name.nearest(centre);
        for step in 0..=100_u8 {
            let share = f32::from(step) / 100.0;
            let mix = |a: f32, b: f32| a + (b - a) * share;
            let at = Point { x: mix(centre.x, to.x), y: mix(centre.y, to.y) };
            assert!(!marks.iter().any(|own| own.holds(at)), "{name:?} over {at:?}");
        }
        assert!(name.bottom() < centre.y - 30.0, "{name:?}");
    }

    #[test]
    fn a_name_lies_on_no_body_as_long_as_there_is_room_elsewhere() {
        let within = Area { left: 0.0, top: 0.0, width: 800.0, height: 600.0 };
        let body = Area { left: 150.0, top: 50.0, width: 500.0, height: 500.0 };
        let mut occupied = LabelOccupancy::default();
        occupied.occupy_with_body(body);
        let request = LabelRequest {
            text: "metrics-agent".to_owned(),
            centre: body.centre(),
            radius: 5.0,
            face: Face::Strong,
            size: LABEL_SIZE,
            before: None,
        };
        let name = force(&request, &mut occupied, &within, &Fixed).unwrap();
        assert!(!name.meets(&body), "{name:?}");
    }

    #[test]
    fn long_names_are_cut_and_end_with_an_ellipsis() {
        assert_eq!(cut("short"), "short");
        let long = cut(&"ä".repeat(80));
        assert!(long.ends_with('…') && long.chars().count() == LONGEST);
    }
}
