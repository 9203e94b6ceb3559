//! The finished picture: shapes and texts in the order in which they are painted.

use std::ops::Range;

use super::camera::{Area, MiniMap};
use super::colour::Colour;
use super::furniture::Furniture;
use super::name_side::Names;
use super::theme::ThemeMode;
use crate::analysis::Subject;
use crate::graph::{CredentialIndex, EnvironmentIndex, InstanceIndex};
use crate::layout::Point;

/// How a line runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dash {
    /// Without gaps.
    #[default]
    Plain,
    /// In dots.
    Dotted,
    /// In dashes.
    Dashed,
}

/// What a line is drawn with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// The width in pixels.
    pub width: f32,
    /// The colour.
    pub colour: Colour,
    /// How it runs.
    pub dash: Dash,
}

impl Pen {
    /// A line without gaps.
    pub fn plain(width: f32, colour: Colour) -> Self {
        Self { width, colour, dash: Dash::Plain }
    }
}

/// One thing to paint; all measures in pixels.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A straight line.
    Line {
        /// Where it starts.
        from: Point,
        /// Where it ends.
        to: Point,
        /// What it is drawn with.
        pen: Pen,
    },
    /// Joined straight lines.
    Polyline {
        /// The corners, in order.
        points: Vec<Point>,
        /// What it is drawn with.
        pen: Pen,
    },
    /// A filled disc.
    Disc {
        /// The middle.
        centre: Point,
        /// The radius.
        radius: f32,
        /// The fill.
        fill: Colour,
    },
    /// A circle's line.
    Ring {
        /// The middle.
        centre: Point,
        /// The radius to the middle of the line.
        radius: f32,
        /// What it is drawn with.
        pen: Pen,
    },
    /// A filled upright rectangle with sharp edges.
    Rectangle {
        /// The upper left corner.
        low: Point,
        /// The lower right corner.
        high: Point,
        /// The fill.
        fill: Colour,
    },
    /// A filled polygon without dents, corners in order.
    Convex {
        /// The corners, in order.
        points: Vec<Point>,
        /// The fill.
        fill: Colour,
    },
    /// A filled polygon that may have dents, corners in order, without crossings.
    Polygon {
        /// The corners, in order.
        points: Vec<Point>,
        /// The fill.
        fill: Colour,
    },
}

/// Which face a text is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Face {
    /// The sans.
    #[default]
    Regular,
    /// The sans, heavier.
    Strong,
}

/// Which part of a line of text its place is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The middle.
    #[default]
    Middle,
    /// The left end, half-way down.
    Left,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// The size in pixels.
    pub size: f32,
    /// The face.
    pub face: Face,
    /// The colour.
    pub colour: Colour,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where it is.
    pub at: Point,
    /// Which part of the line is there.
    pub anchor: Anchor,
    /// The line itself; hostile characters are already shown escaped.
    pub text: String,
    /// How it is set.
    pub style: TextStyle,
    /// A background behind it, so that lines do not run through it.
    pub background: Option<Colour>,
    /// What it stands for.
    pub subject: Option<PictureSubject>,
}

impl Text {
    /// A text around its middle, without a background, that stands for nothing.
    pub fn new(at: Point, text: String, style: TextStyle) -> Self {
        Self { at, anchor: Anchor::Middle, text, style, background: None, subject: None }
    }
}

/// Measures how wide a text will be, so that labels can be placed before anything is painted.
pub trait MeasureText {
    /// The width in pixels.
    fn width(&self, text: &str, size: f32, face: Face) -> f32;
}

/// What shapes and texts of a picture stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PictureSubject {
    /// A credential or a service instance.
    Mark(Subject),
    /// All that joins a credential and a service instance.
    Link(CredentialIndex, InstanceIndex),
    /// An environment.
    Environment(EnvironmentIndex),
    /// Marks that lie together, drawn as one body.
    Group {
        /// Their environment; `None` for credentials between environments.
        environment: Option<EnvironmentIndex>,
        /// How many service instances.
        instances: u32,
        /// How many credentials.
        credentials: u32,
    },
    /// Links between two groups, drawn as one.
    Bundle {
        /// How many links.
        links: u32,
    },
}

/// Neighbouring shapes that together stand for one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeGroup {
    /// What they stand for.
    pub subject: PictureSubject,
    /// Which shapes of their layer they are.
    pub shapes: Range<usize>,
}

/// Shapes and texts in the order in which they are painted; texts lie over all shapes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// What the shapes stand for, in their order. Shapes in no group stand for nothing.
    pub groups: Vec<ShapeGroup>,
    /// The texts.
    pub texts: Vec<Text>,
}

impl Layer {
    /// Adds shapes that together stand for one thing.
    pub fn group(&mut self, subject: PictureSubject, draw: impl FnOnce(&mut Vec<Shape>)) {
        let start = self.shapes.len();
        draw(&mut self.shapes);
        let shapes = start..self.shapes.len();
        if !shapes.is_empty() {
            self.groups.push(ShapeGroup { subject, shapes });
        }
    }
}

/// Where a mark was drawn, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnMark {
    /// What it stands for.
    pub subject: Subject,
    /// Its middle.
    pub centre: Point,
    /// Its radius.
    pub radius: f32,
}

/// Where a group was drawn as one body, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnBody {
    /// Its middle.
    pub centre: Point,
    /// Its radius.
    pub radius: f32,
    /// Where its marks lie, in scene units.
    pub extent: Area,
}

/// Everything that is painted, and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The part of the window or page that it fills, in pixels.
    pub area: Area,
    /// What it is painted on.
    pub background: Colour,
    /// The theme in whose colours it is drawn.
    pub theme: ThemeMode,
    /// The map.
    pub map: Layer,
    /// The legend, over the map.
    pub legend: Layer,
    /// What has to be read with it: title, legend, assumptions, what is hidden.
    pub furniture: Furniture,
    /// Every mark that was drawn, in the order in which they were painted.
    pub marks: Vec<DrawnMark>,
    /// The groups that were drawn as bodies.
    pub bodies: Vec<DrawnBody>,
    /// The whole map, drawn small.
    pub minimap: Option<MiniMap>,
    /// Whose names are written, and where.
    pub names: Names,
}

impl Picture {
    /// The layers in the order in which they are painted.
    pub fn layers(&self) -> [&Layer; 2] {
        [&self.map, &self.legend]
    }

    /// What is drawn within `reach` pixels of a point: the nearest mark, or, where there is none,
    /// the nearest link. Costs time in proportion to what is in sight.
    pub fn subject_at(&self, point: Point, reach: f32) -> Option<PictureSubject> {
        let mark = self.mark_at(point, reach).map(PictureSubject::Mark);
        mark.or_else(|| self.group_at(point)).or_else(|| self.link_at(point, reach))
    }

    /// The body of a group at a point.
    pub fn body_at(&self, point: Point) -> Option<DrawnBody> {
        let holds = |body: &&DrawnBody| {
            (body.centre.x - point.x).hypot(body.centre.y - point.y) <= body.radius
        };
        self.bodies.iter().rev().find(holds).copied()
    }

    fn group_at(&self, point: Point) -> Option<PictureSubject> {
        let body = self.body_at(point)?;
        let drawn = self.map.groups.iter().find(|group| {
            let is_group = matches!(group.subject, PictureSubject::Group { .. });
            is_group
                && self.map.shapes.get(group.shapes.clone()).unwrap_or_default().iter().any(
                    |shape| matches!(shape, Shape::Disc { centre, .. } if *centre == body.centre),
                )
        });
        drawn.map(|group| group.subject)
    }

    /// The mark whose edge is nearest to a point, if it is within `reach` pixels. Nothing is found
    /// outside of the picture.
    pub fn mark_at(&self, point: Point, reach: f32) -> Option<Subject> {
        if !self.area.holds(point) {
            return None;
        }
        let mut nearest: Option<(f32, Subject)> = None;
        for mark in &self.marks {
            let (x, y) = (mark.centre.x - point.x, mark.centre.y - point.y);
            let distance = (x * x + y * y).sqrt() - mark.radius;
            if distance <= reach && nearest.is_none_or(|(least, _)| distance < least) {
                nearest = Some((distance, mark.subject));
            }
        }
        nearest.map(|(_, subject)| subject)
    }

    fn link_at(&self, point: Point, reach: f32) -> Option<PictureSubject> {
        let mut nearest: Option<(f32, PictureSubject)> = None;
        for group in &self.map.groups {
            if !matches!(group.subject, PictureSubject::Link(..) | PictureSubject::Bundle { .. }) {
                continue;
            }
            for shape in self.map.shapes.get(group.shapes.clone()).unwrap_or_default() {
                let distance = distance_to(point, shape);
                if distance <= reach && nearest.is_none_or(|(least, _)| distance < least) {
                    nearest = Some((distance, group.subject));
                }
            }
        }
        nearest.map(|(_, subject)| subject)
    }

    /// Up to `most` marks for someone who cannot see the picture: all, or if there are more, those
    /// whose names are written.
    pub fn described_marks(&self, most: usize) -> Vec<DrawnMark> {
        if self.marks.len() <= most {
            return self.marks.clone();
        }
        let named = |text: &Text| match text.subject {
            Some(PictureSubject::Mark(subject)) => Some(subject),
            Some(
                PictureSubject::Link(..)
                | PictureSubject::Environment(_)
                | PictureSubject::Group { .. }
                | PictureSubject::Bundle { .. },
            )
            | None => None,
        };
        let named: std::collections::BTreeSet<Subject> =
            self.map.texts.iter().filter_map(named).collect();
        let marks = self.marks.iter().filter(|mark| named.contains(&mark.subject));
        marks.take(most).copied().collect()
    }
}

/// How far a point is from a line, straight or not.
fn distance_to(point: Point, shape: &Shape) -> f32 {
    match shape {
        Shape::Line { from, to, .. } => distance_to_line(point, *from, *to),
        Shape::Polyline { points, .. } => {
            let pairs = points.iter().zip(points.iter().skip(1));
            pairs.map(|(&a, &b)| distance_to_line(point, a, b)).fold(f32::MAX, f32::min)
        }
        Shape::Disc { .. }
        | Shape::Ring { .. }
        | Shape::Rectangle { .. }
        | Shape::Convex { .. }
        | Shape::Polygon { .. } => f32::MAX,
    }
}

fn distance_to_line(point: Point, from: Point, to: Point) -> f32 {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let along = ((point.x - from.x) * x + (point.y - from.y) * y) / (x * x + y * y).max(1e-6);
    let along = along.clamp(0.0, 1.0);
    let (x, y) = (from.x + along * x - point.x, from.y + along * y - point.y);
    (x * x + y * y).sqrt()
}
