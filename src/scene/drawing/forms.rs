//! The forms of the cells of a table.

use crate::layout::Point;
use crate::scene::colour::Colour;
use crate::scene::furniture::LegendSign;
use crate::scene::picture::{Dash, Pen, Shape};

/// How large the filled core of what is assumed is beside its dotted edge, and how wide that edge is.
const CORE: f32 = 0.5;
const EDGE: f32 = 1.2;

/// Below this size, in pixels, no dots can be told apart round a core: the core alone is drawn then.
const LEAST_WITH_EDGE: f32 = 2.4;

/// A disc is held, a triangle is granted; both together are both. What of them is assumed, the first or
/// the second, is a small core within a dotted edge: hollow is only what is dead.
pub(super) fn draw_form(
    (sign, [holds_assumed, grants_assumed]): (LegendSign, [bool; 2]),
    (centre, size): (Point, f32),
    (colour, ground): (Colour, Colour),
    shapes: &mut Vec<Shape>,
) {
    let moved = |x: f32| Point { x: centre.x + x * size, ..centre };
    let colours = (colour, ground);
    match sign {
        LegendSign::CellGrants => triangle((centre, size), grants_assumed, colours, shapes),
        LegendSign::CellBoth => {
            triangle((moved(-0.55), size * 0.85), grants_assumed, colours, shapes);
            disc((moved(0.65), size * 0.6), holds_assumed, colours, shapes);
        }
        LegendSign::CellAssumed => disc((centre, size * 0.8), true, colours, shapes),
        _ => disc((centre, size * 0.8), holds_assumed, colours, shapes),
    }
}

/// The edge of what is assumed.
fn edge(colour: Colour) -> Pen {
    Pen { width: EDGE, colour, dash: Dash::Dotted }
}

fn disc(
    (centre, radius): (Point, f32),
    assumed: bool,
    (colour, ground): (Colour, Colour),
    shapes: &mut Vec<Shape>,
) {
    if !assumed {
        shapes.push(Shape::Disc { centre, radius, fill: colour });
        return;
    }
    // The line of the row does not run through the gaps of the edge.
    shapes.push(Shape::Disc { centre, radius, fill: ground });
    shapes.push(Shape::Disc { centre, radius: radius * CORE, fill: colour });
    if radius >= LEAST_WITH_EDGE {
        shapes.push(Shape::Ring { centre, radius, pen: edge(colour) });
    }
}

/// It points at the names of services: there one gets in.
fn triangle(
    (centre, size): (Point, f32),
    assumed: bool,
    (colour, ground): (Colour, Colour),
    shapes: &mut Vec<Shape>,
) {
    let corners = |size: f32| {
        let corner = |x: f32, y: f32| Point { x: centre.x + x * size, y: centre.y + y * size };
        vec![corner(-1.0, 0.0), corner(0.7, -0.9), corner(0.7, 0.9)]
    };
    let points = corners(size);
    if !assumed {
        shapes.push(Shape::Convex { points, fill: colour });
        return;
    }
    let closed = points.iter().chain(points.first()).copied().collect();
    shapes.push(Shape::Convex { points, fill: ground });
    shapes.push(Shape::Convex { points: corners(size * CORE), fill: colour });
    if size >= LEAST_WITH_EDGE {
        shapes.push(Shape::Polyline { points: closed, pen: edge(colour) });
    }
}
