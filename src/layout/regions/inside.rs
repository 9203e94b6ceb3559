//! Whether a mark lies within a region, or clear of it.

use crate::layout::Point;

/// Whether a disc lies within a closed convex outline.
pub(crate) fn is_inside(outline: &[Point], at: Point, radius: f32) -> bool {
    !outline.is_empty() && sides(outline).all(|side| side.distance(at) >= radius)
}

/// Whether a disc lies outside of a closed convex outline, at one of its sides.
pub(crate) fn is_outside(outline: &[Point], at: Point, radius: f32) -> bool {
    outline.is_empty() || sides(outline).any(|side| side.distance(at) <= -radius)
}

/// The place nearest to `at`, or nearly, at which a disc lies within a closed convex outline; in one that
/// is too small for it, somewhere about its middle. Costs time in proportion to the corners.
pub(crate) fn moved_inside(outline: &[Point], at: Point, radius: f32) -> Point {
    let mut at = at;
    // Each pass goes back across the side that is missed by most; in a corner the passes close in.
    for _ in 0..PASSES {
        let lacks = sides(outline).map(|side| (radius - side.distance(at), side));
        let Some((lack, side)) = lacks.max_by(|a, b| a.0.total_cmp(&b.0)) else { return at };
        if lack <= 0.0 {
            return at;
        }
        at = side.moved(at, lack + NUDGE);
    }
    at
}

/// The place nearest to `at` at which a disc lies outside of a closed convex outline, at one of its sides.
pub(crate) fn moved_outside(outline: &[Point], at: Point, radius: f32) -> Point {
    if is_outside(outline, at, radius) {
        return at;
    }
    let depths = sides(outline).map(|side| (side.distance(at), side));
    let nearest = depths.min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map_or(at, |(depth, side)| side.moved(at, -(depth + radius + NUDGE)))
}

/// How often a disc is moved back into an outline at most, and by how much more than it lacks.
const PASSES: usize = 64;
const NUDGE: f32 = 0.01;

/// A side of an outline, and the length of one step along it.
struct Side {
    from: Point,
    along: Point,
}

impl Side {
    /// How far within the outline a place lies, as seen from this side.
    fn distance(&self, at: Point) -> f32 {
        self.along.x * (at.y - self.from.y) - self.along.y * (at.x - self.from.x)
    }

    /// A place moved straight away from this side, to within.
    fn moved(&self, at: Point, by: f32) -> Point {
        Point { x: at.x - self.along.y * by, y: at.y + self.along.x * by }
    }
}

fn sides(outline: &[Point]) -> impl Iterator<Item = Side> + '_ {
    let next = outline.iter().cycle().skip(1);
    outline.iter().zip(next).map(|(from, to)| {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let long = (dx * dx + dy * dy).sqrt().max(f32::MIN_POSITIVE);
        Side { from: *from, along: Point { x: dx / long, y: dy / long } }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_disc_is_within_a_square_outside_of_it_or_across_its_edge() {
        let square =
            [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)].map(|(x, y)| Point { x, y });
        for (x, y, within, outside) in [
            (5.0, 5.0, true, false),
            (1.5, 5.0, false, false),
            (-1.5, 5.0, false, false),
            (-2.5, 5.0, false, true),
            (5.0, 13.0, false, true),
        ] {
            let at = Point { x, y };
            assert_eq!(is_inside(&square, at, 2.0), within, "{at:?}");
            assert_eq!(is_outside(&square, at, 2.0), outside, "{at:?}");
        }
        assert!(!is_inside(&[], square[0], 1.0) && is_outside(&[], square[0], 1.0));
    }

    #[test]
    fn a_disc_is_moved_to_the_nearest_place_within_and_outside() {
        let corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)];
        let square = corners.map(|(x, y)| Point { x, y });
        let near = |found: Point, x: f32, y: f32| {
            assert!((found.x - x).hypot(found.y - y) < 0.1, "{found:?}, not {x} {y}");
        };
        let at = |x: f32, y: f32| Point { x, y };
        near(moved_inside(&square, at(40.0, 60.0), 5.0), 40.0, 60.0);
        near(moved_inside(&square, at(-20.0, 60.0), 5.0), 5.0, 60.0);
        near(moved_inside(&square, at(120.0, -30.0), 5.0), 95.0, 5.0);
        near(moved_outside(&square, at(-20.0, 60.0), 5.0), -20.0, 60.0);
        near(moved_outside(&square, at(98.0, 60.0), 5.0), 105.0, 60.0);
        near(moved_outside(&square, at(50.0, 3.0), 5.0), 50.0, -5.0);
        assert_eq!(moved_inside(&[], at(3.0, 4.0), 5.0), at(3.0, 4.0));
    }

    proptest! {
        #[test]
        fn wherever_a_disc_is_moved_from_it_lies_within_or_outside_of_a_polygon_afterwards(
            corners in 3_u8..12, x in -500.0_f32..500.0, y in -500.0_f32..500.0,
        ) {
            // A regular polygon has room for the disc.
            let corner = |at: u8| {
                let angle = std::f32::consts::TAU * f32::from(at) / f32::from(corners);
                Point { x: 100.0 * angle.cos(), y: 100.0 * angle.sin() }
            };
            let outline: Vec<Point> = (0..corners).map(corner).collect();
            let within = moved_inside(&outline, Point { x, y }, 10.0);
            prop_assert!(is_inside(&outline, within, 9.9), "{within:?}");
            let outside = moved_outside(&outline, Point { x, y }, 10.0);
            prop_assert!(is_outside(&outline, outside, 9.9), "{outside:?}");
        }
    }
}
