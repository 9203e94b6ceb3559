//! Lines with an end: shortened, crossed out, interrupted, with an arrowhead.

use crate::layout::Point;
use crate::scene::picture::{Pen, Shape};

/// The gap in an interrupted line, in pixels.
const GAP: f32 = 12.0;

/// The least distance of the end of a cut line from the next corner, in pixels.
const LEAST_APART: f32 = 0.1;

/// A line through corners, straight or not.
pub(super) fn line(points: Vec<Point>, pen: Pen) -> Option<Shape> {
    match *points {
        [] | [_] => None,
        [from, to] => Some(Shape::Line { from, to, pen }),
        [..] => Some(Shape::Polyline { points, pen }),
    }
}

/// A line with a gap in its middle, a bar at each side of it; each half has its own pen.
pub(super) fn interrupted(points: &[Point], pens: [Pen; 2], shapes: &mut Vec<Shape>) {
    let length = length(points);
    let half = (length * 0.3).min(GAP / 2.0);
    let middle = length / 2.0;
    let backwards: Vec<Point> = points.iter().rev().copied().collect();
    for (side, pen) in [points, &backwards].into_iter().zip(pens) {
        let Some(part) = trimmed(side, (0.0, middle + half)) else { continue };
        let (Some(&rim), Some(&before)) = (part.last(), part.iter().rev().nth(1)) else { continue };
        shapes.extend(line(part.clone(), pen));
        let (x, y) = direction(before, rim);
        let bar = |way: f32| Point { x: rim.x - way * y * 4.0, y: rim.y + way * x * 4.0 };
        let pen = Pen::plain(1.8, pen.colour);
        shapes.push(Shape::Line { from: bar(-1.0), to: bar(1.0), pen });
    }
}

/// Two crossed strokes: this has ended.
pub(super) fn cross((at, half): (Point, f32), pen: Pen, shapes: &mut Vec<Shape>) {
    for side in [-1.0, 1.0] {
        let from = Point { x: at.x - half, y: at.y - half * side };
        let to = Point { x: at.x + half, y: at.y + half * side };
        shapes.push(Shape::Line { from, to, pen });
    }
}

/// How long a line through corners is.
pub(super) fn length(points: &[Point]) -> f32 {
    let pairs = points.iter().zip(points.iter().skip(1));
    pairs.map(|(a, b)| (b.x - a.x).hypot(b.y - a.y)).sum()
}

/// The point at a distance from the start of a line through corners.
pub(super) fn along(points: &[Point], distance: f32) -> Option<Point> {
    let mut left = distance;
    for (&from, &to) in points.iter().zip(points.iter().skip(1)) {
        let own = (to.x - from.x).hypot(to.y - from.y);
        if left <= own {
            let share = left / own.max(1e-6);
            let mix = |a: f32, b: f32| a + (b - a) * share;
            return Some(Point { x: mix(from.x, to.x), y: mix(from.y, to.y) });
        }
        left -= own;
    }
    points.last().copied()
}

/// A line without its first and last pixels, as many as `by` says; `None` if nothing is left.
pub(super) fn trimmed(points: &[Point], by: (f32, f32)) -> Option<Vec<Point>> {
    let whole = length(points);
    if whole <= by.0 + by.1 + 1.0 {
        return None;
    }
    let last = whole - by.1;
    let mut kept = vec![along(points, by.0)?];
    let mut walked = 0.0;
    for (from, to) in points.iter().zip(points.iter().skip(1)) {
        walked += (to.x - from.x).hypot(to.y - from.y);
        if walked > by.0 && walked < last {
            kept.push(*to);
        }
    }
    let end = along(points, last)?;
    // A stroke would have a spike where one point lies upon another.
    let near = |own: &Point, other: &Point| (own.x - other.x).hypot(own.y - other.y) < LEAST_APART;
    if kept.get(1).is_some_and(|own| kept.first().is_some_and(|first| near(own, first))) {
        kept.remove(1);
    }
    if kept.len() > 1 && kept.last().is_some_and(|own| near(own, &end)) {
        kept.pop();
    }
    kept.push(end);
    Some(kept)
}

/// A straight line without its first and last pixels.
pub(super) fn shortened(ends: (Point, Point), by: (f32, f32)) -> Option<(Point, Point)> {
    match trimmed(&[ends.0, ends.1], by)?[..] {
        [from, to] => Some((from, to)),
        _ => None,
    }
}

/// The way from one point to another, of length 1.
pub(super) fn direction(from: Point, to: Point) -> (f32, f32) {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let length = x.hypot(y).max(0.001);
    (x / length, y / length)
}

/// A filled arrowhead at the end of a line.
pub(super) fn arrowhead((from, tip): (Point, Point), size: f32, pen: Pen) -> Shape {
    let (x, y) = direction(from, tip);
    let (x, y) = (x * size, y * size);
    let wing = |side: f32| Point { x: tip.x - x - y * 0.45 * side, y: tip.y - y + x * 0.45 * side };
    Shape::Convex { points: vec![tip, wing(1.0), wing(-1.0)], fill: pen.colour }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_end_of_a_cut_line_lies_upon_a_corner() {
        let at = |x: f32, y: f32| Point { x, y };
        let corners = [at(0.0, 0.0), at(10.0, 0.0), at(10.0, 20.0), at(40.0, 20.0)];
        let cut = trimmed(&corners, (9.99, 29.98)).unwrap();
        assert_eq!(cut.len(), 2, "{cut:?}");
        let cut = trimmed(&corners, (5.0, 10.0)).unwrap();
        assert_eq!(cut, vec![at(5.0, 0.0), at(10.0, 0.0), at(10.0, 20.0), at(30.0, 20.0)]);
    }
}
