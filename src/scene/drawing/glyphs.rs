//! The small signs inside and beside marks: one for each role, a crown, a door, a pin, an open lock.

use crate::graph::Role;
use crate::layout::Point;
use crate::scene::colour::Colour;
use crate::scene::picture::{Pen, Shape};

/// Where a sign is drawn, how large and in which colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub(super) centre: Point,
    /// Half the width of the sign, in pixels.
    pub(super) half: f32,
    pub(super) colour: Colour,
}

impl Ink {
    /// A point of the sign's own square, which runs from −1 to 1 both ways.
    fn at(&self, (x, y): (f32, f32)) -> Point {
        Point { x: self.centre.x + x * self.half, y: self.centre.y + y * self.half }
    }

    fn pen(&self) -> Pen {
        Pen::plain((self.half * 0.22).max(1.0), self.colour)
    }

    fn line(&self, points: &[(f32, f32)]) -> Shape {
        Shape::Polyline { points: points.iter().map(|&p| self.at(p)).collect(), pen: self.pen() }
    }

    fn disc(&self, at: (f32, f32), radius: f32) -> Shape {
        Shape::Disc { centre: self.at(at), radius: radius * self.half, fill: self.colour }
    }

    fn ring(&self, at: (f32, f32), radius: f32) -> Shape {
        Shape::Ring { centre: self.at(at), radius: radius * self.half, pen: self.pen() }
    }
}

/// The outline of a cloud.
const CLOUD: [(f32, f32); 10] = [
    (-0.6, 0.5),
    (-0.95, 0.2),
    (-0.7, -0.2),
    (-0.3, -0.2),
    (0.0, -0.65),
    (0.5, -0.5),
    (0.55, -0.1),
    (0.95, 0.1),
    (0.75, 0.5),
    (-0.6, 0.5),
];

/// Draws the sign of a role.
pub(super) fn role(role: Role, ink: &Ink, shapes: &mut Vec<Shape>) {
    match role {
        Role::Application => shapes.extend([
            ink.line(&[(-1.0, -0.8), (1.0, -0.8), (1.0, 0.8), (-1.0, 0.8), (-1.0, -0.8)]),
            ink.line(&[(-1.0, -0.3), (1.0, -0.3)]),
        ]),
        Role::Database => shapes.extend([
            ink.line(&[
                (-0.8, -0.6),
                (-0.8, 0.6),
                (-0.4, 0.85),
                (0.4, 0.85),
                (0.8, 0.6),
                (0.8, -0.6),
            ]),
            ink.line(&[(-0.8, -0.6), (-0.4, -0.85), (0.4, -0.85), (0.8, -0.6)]),
            ink.line(&[(-0.8, -0.6), (-0.4, -0.35), (0.4, -0.35), (0.8, -0.6)]),
            ink.line(&[(-0.8, 0.05), (-0.4, 0.3), (0.4, 0.3), (0.8, 0.05)]),
        ]),
        Role::Ci => shapes.extend([
            ink.line(&[(-0.8, -0.5), (-0.2, 0.0), (-0.8, 0.5)]),
            ink.line(&[(0.0, 0.6), (0.9, 0.6)]),
        ]),
        Role::Repository => shapes.extend([
            ink.line(&[(-0.5, -0.5), (-0.5, 0.5)]),
            ink.line(&[(-0.5, 0.3), (0.5, -0.1), (0.5, -0.4)]),
            ink.disc((-0.5, -0.7), 0.26),
            ink.disc((-0.5, 0.7), 0.26),
            ink.disc((0.5, -0.6), 0.26),
        ]),
        Role::Saas => shapes.push(ink.line(&CLOUD)),
        Role::Sidecar => shapes.extend([
            ink.line(&[(-0.9, -0.6), (0.1, -0.6), (0.1, 0.6), (-0.9, 0.6), (-0.9, -0.6)]),
            ink.line(&[(0.4, -0.25), (0.95, -0.25), (0.95, 0.35), (0.4, 0.35), (0.4, -0.25)]),
        ]),
        Role::Broker => shapes.extend([
            ink.line(&[(-0.9, -0.4), (0.7, -0.4), (0.4, -0.7)]),
            ink.line(&[(0.9, 0.4), (-0.7, 0.4), (-0.4, 0.7)]),
        ]),
        Role::SecretStore => shapes.extend([
            ink.line(&[(-0.75, -0.1), (0.75, -0.1), (0.75, 0.85), (-0.75, 0.85), (-0.75, -0.1)]),
            ink.line(&[
                (-0.45, -0.1),
                (-0.45, -0.6),
                (-0.2, -0.9),
                (0.2, -0.9),
                (0.45, -0.6),
                (0.45, -0.1),
            ]),
        ]),
        Role::Unknown => shapes.push(ink.ring((0.0, 0.0), 0.35)),
    }
}

/// Draws a crown, the sign of a crown jewel.
pub(super) fn crown(ink: &Ink, shapes: &mut Vec<Shape>) {
    shapes.push(Shape::Polygon {
        points: [
            (-1.0, -0.7),
            (-0.5, 0.0),
            (0.0, -0.9),
            (0.5, 0.0),
            (1.0, -0.7),
            (0.8, 0.7),
            (-0.8, 0.7),
        ]
        .map(|point| ink.at(point))
        .to_vec(),
        fill: ink.colour,
    });
}

/// Draws a pin, the sign of what stands where somebody put it.
pub(super) fn pin(ink: &Ink, shapes: &mut Vec<Shape>) {
    shapes.extend([ink.line(&[(0.0, 0.0), (0.0, 1.0)]), ink.disc((0.0, -0.4), 0.55)]);
}

/// Draws an open lock, the sign of what is compromised.
pub(super) fn open_lock(ink: &Ink, shapes: &mut Vec<Shape>) {
    let body = [(-0.8, 0.0), (0.8, 0.0), (0.8, 1.0), (-0.8, 1.0)];
    shapes.extend([
        Shape::Convex { points: body.map(|point| ink.at(point)).to_vec(), fill: ink.colour },
        // Its shackle has left one side.
        ink.line(&[(-0.5, 0.0), (-0.5, -0.6), (-0.25, -1.0), (0.25, -1.0), (0.5, -0.7)]),
    ]);
}

/// Draws a door, the sign of an entry point.
pub(super) fn door(ink: &Ink, shapes: &mut Vec<Shape>) {
    shapes.extend([
        ink.line(&[(-0.6, 0.9), (-0.6, -0.9), (0.6, -0.9), (0.6, 0.9)]),
        ink.line(&[(-1.0, 0.9), (1.0, 0.9)]),
        ink.disc((0.25, 0.05), 0.2),
    ]);
}
