//! Names on the map: placed one after the other, the most important first, none over another.

use std::ops::RangeInclusive;

use super::occupancy::LabelOccupancy;
use super::strokes;
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

/// In this many of them a name keeps off other marks: farther away its line says whose it is.
const NEAR: u32 = 4;

/// How far a name keeps off other marks where there is room, in pixels.
const APART: f32 = 6.0;

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

/// A name cut to a length that fits a map.
pub(super) fn cut(name: &str) -> String {
    cut_to(name, LONGEST)
}

/// A text cut in its middle to a number of characters: names that begin alike often end differently.
pub(super) fn cut_to(text: &str, longest: usize) -> String {
    let count = text.chars().count();
    if count <= longest {
        return text.to_owned();
    }
    let kept = longest.saturating_sub(1);
    let end = text.chars().skip(count - kept / 2);
    text.chars().take(kept.div_ceil(2)).chain(['…']).chain(end).collect()
}

/// The line from a mark to its name, where that lies apart from it.
pub(super) fn leader(request: &LabelRequest, name: &Area) -> Option<(Point, Point)> {
    let near = name.nearest(request.centre);
    let (from, to) = strokes::shortened((request.centre, near), (request.radius, 0.0))?;
    let is_far = (to.x - from.x).abs() + (to.y - from.y).abs() > request.size;
    is_far.then_some((from, to))
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
/// if the whole picture has none, where only marks lie; `None` where even that is full of names. The place is
/// occupied, and so is the line that leads to it.
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
    let is_plain = |area: &Area| occupied.sees((request.centre, request.radius), area);
    let is_free = |area: &Area| occupied.is_free(area);
    // A name close to another mark would be read as that mark's.
    let is_apart = |area: &Area| occupied.is_free(&area.grown(APART));
    let only_bodies = |area: &Area| occupied.has_only_bodies(area);
    // A name on a body would be read as that of the body.
    let area = places(1..=NEAR.min(most))
        .find(|area| is_apart(area) && is_plain(area))
        .or_else(|| near().find(|area| is_free(area) && is_plain(area)))
        .or_else(|| near().find(is_free))
        .or_else(|| far().find(|area| is_free(area) && is_plain(area)))
        .or_else(|| near().find(|area| only_bodies(area) && is_plain(area)))
        .or_else(|| near().find(only_bodies))
        .or_else(|| far().find(only_bodies))
        .or_else(|| near().find(|area| occupied.is_free_of_text(area)))?;
    occupied.occupy_with_text(area);
    if let Some(line) = leader(request, &area) {
        occupied.occupy_with_leader(line);
    }
    Some(area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::drawing::occupancy::mix;

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
    fn long_names_are_cut_in_their_middle_so_that_their_ends_differ() {
        assert_eq!(cut("short"), "short");
        assert_eq!(cut_to("payments-ledger-0001", 9), "paym…0001");
        assert_eq!(cut_to("payments-ledger-0002", 10), "payme…0002");
        assert_eq!(cut_to("payments", 1), "…");
        let long = cut(&"ä".repeat(80));
        assert!(long.contains('…') && long.chars().count() == LONGEST);
    }

    #[test]
    fn what_is_placed_later_keeps_off_the_line_from_a_mark_to_its_name() {
        let within = Area { left: 0.0, top: 0.0, width: 800.0, height: 600.0 };
        let mut occupied = LabelOccupancy::default();
        let request = |text: &str, centre| LabelRequest {
            text: text.to_owned(),
            centre,
            radius: 5.0,
            face: Face::Strong,
            size: LABEL_SIZE,
            before: None,
        };
        // All about the mark is taken but for what lies below.
        let centre = Point { x: 400.0, y: 300.0 };
        for area in [
            Area { left: 200.0, top: 100.0, width: 400.0, height: 194.0 },
            Area { left: 200.0, top: 294.0, width: 190.0, height: 80.0 },
            Area { left: 410.0, top: 294.0, width: 190.0, height: 80.0 },
        ] {
            occupied.occupy(area);
        }
        let first = request("metrics-agent", centre);
        let name = force(&first, &mut occupied, &within, &Fixed).unwrap();
        let (from, to) = leader(&first, &name).expect("it lies apart");
        assert!(to.y - from.y > 40.0, "{name:?}");
        for y in [330.0, 350.0, 370.0] {
            let other = request("ci", Point { x: 400.0, y });
            let area = place(&other, &mut occupied, &within, &Fixed).map(|(area, _)| area);
            let is_on = |share: f32| area.is_some_and(|own| own.holds(mix(from, to, share)));
            assert!(!(0..=100_u8).any(|at| is_on(f32::from(at) / 100.0)), "{area:?}");
        }
    }
}
