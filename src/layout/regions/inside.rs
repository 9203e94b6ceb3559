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
}
