//! The forms of the cells of a table.

use crate::layout::Point;
use crate::scene::colour::Colour;
use crate::scene::furniture::LegendSign;
use crate::scene::picture::{Pen, Shape};

/// A disc is held, a triangle is granted; both together are both. What is assumed is hollow.
pub(super) fn draw_form(
    (sign, assumed): (LegendSign, bool),
    (centre, size): (Point, f32),
    (colour, ground): (Colour, Colour),
    shapes: &mut Vec<Shape>,
) {
    let moved = |x: f32| Point { x: centre.x + x * size, ..centre };
    match sign {
        LegendSign::CellGrants => triangle((centre, size), assumed, (colour, ground), shapes),
        LegendSign::CellBoth => {
            triangle((moved(-0.55), size * 0.85), assumed, (colour, ground), shapes);
            disc((moved(0.65), size * 0.6), assumed, (colour, ground), shapes);
        }
        LegendSign::CellAssumed => disc((centre, size * 0.8), true, (colour, ground), shapes),
        _ => disc((centre, size * 0.8), assumed, (colour, ground), shapes),
    }
}

fn disc(
    (centre, radius): (Point, f32),
    hollow: bool,
    (colour, ground): (Colour, Colour),
    shapes: &mut Vec<Shape>,
) {
    if hollow {
        shapes.push(Shape::Disc { centre, radius, fill: ground });
        shapes.push(Shape::Ring { centre, radius, pen: Pen::plain(1.2, colour) });
    } else {
        shapes.push(Shape::Disc { centre, radius, fill: colour });
    }
}

/// It points at the names of services: there one gets in.
fn triangle(
    (centre, size): (Point, f32),
    hollow: bool,
    (colour, ground): (Colour, Colour),
    shapes: &mut Vec<Shape>,
) {
    let corner = |x: f32, y: f32| Point { x: centre.x + x * size, y: centre.y + y * size };
    let points = vec![corner(-1.0, 0.0), corner(0.7, -0.9), corner(0.7, 0.9)];
    let closed = points.iter().chain(points.first()).copied().collect();
    shapes.push(Shape::Convex { points, fill: if hollow { ground } else { colour } });
    if hollow {
        shapes.push(Shape::Polyline { points: closed, pen: Pen::plain(1.2, colour) });
    }
}
