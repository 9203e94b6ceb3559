//! The finished picture: shapes and texts in the order in which they are painted.

use std::collections::BTreeMap;
use std::ops::Range;

use super::camera::{Area, MiniMap};
use super::colour::Colour;
use super::furniture::Furniture;
use super::name_side::Names;
use super::theme::ThemeMode;
use crate::analysis::Subject;
use crate::graph::{CredentialIndex, InstanceIndex};
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

impl Shape {
    /// Draws it at a share of its strength.
    pub(super) fn fade(&mut self, share: f32) {
        match self {
            Self::Line { pen, .. } | Self::Polyline { pen, .. } | Self::Ring { pen, .. } => {
                pen.colour = pen.colour.faded(share);
            }
            Self::Disc { fill, .. }
            | Self::Rectangle { fill, .. }
            | Self::Convex { fill, .. }
            | Self::Polygon { fill, .. } => *fill = fill.faded(share),
        }
    }

    /// Moves it by pixels.
    pub(super) fn shift(&mut self, by: (f32, f32)) {
        match self {
            Self::Line { from, to, .. } | Self::Rectangle { low: from, high: to, .. } => {
                from.shift(by);
                to.shift(by);
            }
            Self::Polyline { points, .. }
            | Self::Convex { points, .. }
            | Self::Polygon { points, .. } => {
                for point in points {
                    point.shift(by);
                }
            }
            Self::Disc { centre, .. } | Self::Ring { centre, .. } => centre.shift(by),
        }
    }
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
    /// The lower end of a line that runs upwards.
    Foot,
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

    /// How far its background reaches beyond it on the left and on the right, in pixels.
    pub const PADDING: f32 = 3.0;

    /// Where it begins, if it is so wide; one that runs upwards begins there once it is turned.
    pub fn left(&self, width: f32) -> f32 {
        match self.anchor {
            Anchor::Middle => self.at.x - width / 2.0,
            Anchor::Left | Anchor::Foot => self.at.x,
        }
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
    /// A region of the map, by its number there.
    Region(u16),
    /// Marks that lie together, drawn as one body.
    Group {
        /// Their region; `None` for credentials between regions.
        region: Option<u16>,
        /// The section that it stands for, if it stands for one.
        section: Option<u32>,
        /// How many service instances.
        instances: u32,
        /// How many credentials.
        credentials: u32,
    },
    /// Links between two groups, drawn as one.
    Bundle {
        /// How many links.
        links: u32,
        /// The two groups, by their numbers in the grouping.
        groups: [u32; 2],
        /// Whether they are only those that are lit.
        lit: bool,
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
    /// The region that it stands for, if that is collapsed.
    pub collapsed: Option<u16>,
}

/// A button beside a hub, in pixels: a click folds or shows what hangs on it alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnBadge {
    /// The hub.
    pub subject: Subject,
    /// Where it can be clicked.
    pub area: Area,
    /// Whether that is folded now.
    pub is_folded: bool,
}

/// The way of a highlighted link or bundle, in pixels: a light runs along it once.
#[derive(Clone, Debug, PartialEq)]
pub struct LitWay {
    /// Its corners, in the direction in which one gets on.
    pub points: Vec<Point>,
    /// Whether it leads from a credential on to what that opens; to the credential otherwise.
    pub is_second: bool,
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
    /// The part to which the map and the minimap are cut, so that nothing of them reaches into a heading; all
    /// of the picture without.
    pub map_clip: Option<Area>,
    /// The map.
    pub map: Layer,
    /// The minimap, over the map.
    pub minimap_layer: Layer,
    /// The legend, over both.
    pub legend: Layer,
    /// Where the legend begins, in pixels.
    pub legend_top: f32,
    /// A part of the picture that is kept free for something else, in pixels.
    pub reserved: Option<Area>,
    /// What has to be read with it: title, legend, assumptions, what is hidden.
    pub furniture: Furniture,
    /// Every mark that was drawn, in the order in which they were painted.
    pub marks: Vec<DrawnMark>,
    /// The groups that were drawn as bodies.
    pub bodies: Vec<DrawnBody>,
    /// What the sections are called that bodies stand for; hostile characters are shown escaped.
    pub section_names: BTreeMap<u32, String>,
    /// Where the cells are, if it is a table.
    pub table: Option<Area>,
    /// The buttons beside hubs.
    pub badges: Vec<DrawnBadge>,
    /// The ways that are highlighted.
    pub lit_ways: Vec<LitWay>,
    /// The whole map, drawn small.
    pub minimap: Option<MiniMap>,
    /// Whose names are written, and where.
    pub names: Names,
}

impl Picture {
    /// The layers in the order in which they are painted.
    pub fn layers(&self) -> [&Layer; 3] {
        [&self.map, &self.minimap_layer, &self.legend]
    }

    /// Moves the map by pixels, with everything on it. Costs time in proportion to what is drawn.
    pub(super) fn move_map(&mut self, by: (f32, f32)) {
        for shape in &mut self.map.shapes {
            shape.shift(by);
        }
        for at in self.lit_ways.iter_mut().flat_map(|way| &mut way.points) {
            at.shift(by);
        }
        for badge in &mut self.badges {
            badge.area.left += by.0;
            badge.area.top += by.1;
        }
        let centres = self.marks.iter_mut().map(|mark| &mut mark.centre);
        let centres = centres.chain(self.bodies.iter_mut().map(|body| &mut body.centre));
        for at in centres.chain(self.map.texts.iter_mut().map(|text| &mut text.at)) {
            at.shift(by);
        }
    }
}
