//! The finished picture: shapes and texts in the order in which they are painted.

use super::Colour;
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

/// One line of text, centred on `at` across and down.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The middle of the line.
    pub at: Point,
    /// What it says; hostile characters are already shown escaped.
    pub text: String,
    /// The size in pixels.
    pub size: f32,
    /// The face.
    pub face: Face,
    /// The colour.
    pub colour: Colour,
    /// A ground behind it, so that lines do not run through it.
    pub ground: Option<Colour>,
}

/// Tells how wide a text will be, so that labels can be placed before anything is painted.
pub trait MeasureText {
    /// The width in pixels.
    fn width(&self, text: &str, size: f32, face: Face) -> f32;
}

/// Everything that is painted, the lowest first; texts lie over all shapes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// The texts.
    pub texts: Vec<Text>,
}
