//! Lines with an end: shortened, crossed out, interrupted, with an arrowhead.

use crate::layout::Point;
use crate::scene::picture::{Pen, Shape};

/// The gap in an interrupted line, in pixels.
const GAP: f32 = 12.0;

/// A line with a gap in its middle, a bar at each side of it.
pub(super) fn interrupted((from, to): (Point, Point), pen: Pen, shapes: &mut Vec<Shape>) {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let length = (x * x + y * y).sqrt().max(0.001);
    let (x, y) = (x / length, y / length);
    let middle = Point { x: from.x.midpoint(to.x), y: from.y.midpoint(to.y) };
    let half = (length * 0.3).min(GAP / 2.0);
    for (end, side) in [(from, -1.0), (to, 1.0)] {
        let rim = Point { x: middle.x + side * half * x, y: middle.y + side * half * y };
        shapes.push(Shape::Line { from: end, to: rim, pen });
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

/// A line without its first and last pixels, as many as `by` says; `None` if nothing is left.
pub(super) fn shortened(ends: (Point, Point), by: (f32, f32)) -> Option<(Point, Point)> {
    let (from, to) = ends;
    let (x, y) = (to.x - from.x, to.y - from.y);
    let length = (x * x + y * y).sqrt();
    if length <= by.0 + by.1 + 1.0 {
        return None;
    }
    let (x, y) = (x / length, y / length);
    let start = Point { x: from.x + x * by.0, y: from.y + y * by.0 };
    let end = Point { x: to.x - x * by.1, y: to.y - y * by.1 };
    Some((start, end))
}

/// A filled arrowhead at the end of a line.
pub(super) fn arrowhead(line: (Point, Point), size: f32, pen: Pen) -> Shape {
    let (from, tip) = line;
    let (x, y) = (tip.x - from.x, tip.y - from.y);
    let length = (x * x + y * y).sqrt().max(0.001);
    let (x, y) = (x / length * size, y / length * size);
    let wing = |side: f32| Point { x: tip.x - x - y * 0.45 * side, y: tip.y - y + x * 0.45 * side };
    Shape::Convex { points: vec![tip, wing(1.0), wing(-1.0)], fill: pen.colour }
}
