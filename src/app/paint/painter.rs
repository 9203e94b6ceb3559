//! A finished picture onto egui: all the shapes of a layer in one mesh, feathered by hand, then its texts.

use std::sync::Arc;

use earcut::Earcut;
use egui::{Color32, Mesh, Painter, Pos2, Rect, Vec2, pos2, vec2};

use crate::app::paint::reading_order;
use crate::app::paint::style::{font, ink};
use crate::layout::Point;
use crate::scene::{Anchor, Area, Dash, Layer, Pen, Picture, Shape, Text};

/// A picture ready for egui: the shapes of each layer as one mesh, cheap to paint again.
///
/// Texts are laid out in every frame: a galley that was kept would point into an atlas of glyphs
/// that egui may have made anew since, as it does when the theme changes. egui itself remembers
/// the galleys of the frame before.
pub(crate) struct Painted {
    picture: Picture,
    /// One for each layer.
    meshes: [Arc<Mesh>; 3],
    pixels_per_point: f32,
}

impl Painted {
    /// Prepares a picture, whose pixels are egui's points.
    pub(crate) fn new(picture: Picture, pixels_per_point: f32) -> Self {
        let meshes = picture.layers().map(|layer| Arc::new(mesh(layer, pixels_per_point)));
        Self { picture, meshes, pixels_per_point }
    }

    /// Moves what is painted of the map, as a change of the picture moves its shapes, and prepares
    /// the minimap anew. Costs time in proportion to the shapes, without looking at any of them.
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Picture), (x, y): (f32, f32)) {
        change(&mut self.picture);
        let [map, minimap, _] = &mut self.meshes;
        for vertex in &mut Arc::make_mut(map).vertices {
            vertex.pos += vec2(x, y);
        }
        *minimap = Arc::new(mesh(&self.picture.minimap_layer, self.pixels_per_point));
    }

    /// The picture that is painted.
    pub(crate) fn picture(&self) -> &Picture {
        &self.picture
    }

    /// Paints it, from its background to its legend.
    pub(crate) fn paint(&self, painter: &Painter) {
        painter.rect_filled(rect_of(&self.picture.area), 0.0, ink(self.picture.background));
        self.paint_layers(painter);
    }

    /// Paints it without its background.
    pub(crate) fn paint_layers(&self, painter: &Painter) {
        let clip = self.picture.map_clip.map(|area| rect_of(&area).intersect(painter.clip_rect()));
        let clipped = clip.map(|rect| painter.with_clip_rect(rect));
        let below = clipped.as_ref().unwrap_or(painter);
        let painters = [below, below, painter];
        let layers = self.picture.layers().into_iter().zip(&self.meshes);
        for ((layer, mesh), painter) in layers.zip(painters) {
            painter.add(egui::Shape::Mesh(mesh.clone()));
            for text in &layer.texts {
                paint_text(text, painter);
            }
        }
    }
}

fn rect_of(area: &Area) -> Rect {
    Rect::from_min_size(pos2(area.left, area.top), vec2(area.width, area.height))
}

/// The shapes of a layer as one mesh.
fn mesh(layer: &Layer, pixels_per_point: f32) -> Mesh {
    let mut builder = MeshBuilder::new(1.0 / pixels_per_point);
    for shape in &layer.shapes {
        builder.shape(shape);
    }
    builder.mesh
}

fn paint_text(text: &Text, painter: &Painter) {
    let colour = ink(text.style.colour);
    let font = font(text.style.face, text.style.size);
    let format = egui::TextFormat::simple(font, colour);
    let galley = painter.layout_job(reading_order::job(&text.text, &format));
    let at = pos2(text.at.x, text.at.y);
    let area = match text.anchor {
        Anchor::Foot => {
            let corner = at - vec2(galley.size().y / 2.0, 0.0);
            let upright = egui::epaint::TextShape::new(corner, galley, colour);
            painter.add(upright.with_angle(-std::f32::consts::FRAC_PI_2));
            return;
        }
        Anchor::Middle => Rect::from_center_size(at, galley.size()),
        Anchor::Left => Rect::from_min_size(at - vec2(0.0, galley.size().y / 2.0), galley.size()),
    };
    if let Some(background) = text.background {
        painter.rect_filled(area.expand2(vec2(Text::PADDING, 0.0)), 3.0, ink(background));
    }
    painter.galley(area.min, galley, colour);
}

fn pos(point: Point) -> Pos2 {
    pos2(point.x, point.y)
}

/// Discs of fewer pixels than this are dots.
const DOT: f32 = 1.8;

/// Collects triangles; every edge gets a rim one pixel wide that fades out.
struct MeshBuilder {
    mesh: Mesh,
    feather: f32,
    earcut: Earcut<f32>,
}

impl MeshBuilder {
    fn new(feather: f32) -> Self {
        Self { mesh: Mesh::default(), feather, earcut: Earcut::new() }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Line { from, to, pen } => self.stroke(&[pos(*from), pos(*to)], *pen),
            Shape::Polyline { points, pen } => {
                let points: Vec<Pos2> = points.iter().map(|&point| pos(point)).collect();
                self.stroke(&points, *pen);
            }
            Shape::Disc { centre, radius, fill } if *radius < DOT * self.feather => {
                self.dot(pos(*centre), *radius, ink(*fill));
            }
            Shape::Disc { centre, radius, fill } => {
                self.convex(&circle(*centre, *radius), ink(*fill));
            }
            Shape::Ring { centre, radius, pen } => {
                let mut points = circle(*centre, *radius);
                points.extend(points.first().copied());
                self.stroke(&points, *pen);
            }
            Shape::Rectangle { low, high, fill } => {
                let rect = Rect::from_min_max(pos(*low), pos(*high));
                self.mesh.add_colored_rect(rect, ink(*fill));
            }
            Shape::Convex { points, fill } => {
                let points: Vec<Pos2> = points.iter().map(|&point| pos(point)).collect();
                self.convex(&points, ink(*fill));
            }
            Shape::Polygon { points, fill } => self.polygon(points, ink(*fill)),
        }
    }

    fn polygon(&mut self, points: &[Point], fill: Color32) {
        let mut triangles: Vec<u32> = Vec::new();
        let corners = points.iter().map(|point| [point.x, point.y]);
        self.earcut.earcut(corners, &[], &mut triangles);
        let base = self.mesh.vertices.len() as u32;
        for &point in points {
            self.mesh.colored_vertex(pos(point), fill);
        }
        self.mesh.indices.extend(triangles.into_iter().map(|corner| base + corner));
    }

    fn convex(&mut self, points: &[Pos2], fill: Color32) {
        let count = points.len() as u32;
        if count < 3 {
            return;
        }
        let middle = points.iter().fold(Vec2::ZERO, |sum, point| sum + point.to_vec2());
        let middle = middle / count as f32;
        let base = self.mesh.vertices.len() as u32;
        for point in points {
            let outwards = (point.to_vec2() - middle).normalized() * (self.feather * 0.5);
            self.mesh.colored_vertex(*point - outwards, fill);
            self.mesh.colored_vertex(*point + outwards, Color32::TRANSPARENT);
        }
        for corner in 1..count - 1 {
            self.mesh.add_triangle(base, base + 2 * corner, base + 2 * corner + 2);
        }
        for corner in 0..count {
            let next = (corner + 1) % count;
            let [inner, outer] = [base + 2 * corner, base + 2 * corner + 1];
            let [next_inner, next_outer] = [base + 2 * next, base + 2 * next + 1];
            self.mesh.add_triangle(inner, outer, next_outer);
            self.mesh.add_triangle(inner, next_outer, next_inner);
        }
    }

    /// A disc of few pixels: nobody sees its corners, and there are many of them.
    fn dot(&mut self, centre: Pos2, radius: f32, fill: Color32) {
        let base = self.mesh.vertices.len() as u32;
        // Half the side of a square that covers as much.
        let half = radius * (std::f32::consts::PI.sqrt() / 2.0);
        for (x, y) in [(-half, -half), (half, -half), (half, half), (-half, half)] {
            self.mesh.colored_vertex(centre + vec2(x, y), fill);
        }
        self.mesh.add_triangle(base, base + 1, base + 2);
        self.mesh.add_triangle(base, base + 2, base + 3);
    }

    /// A line through corners; dots and dashes run on round them.
    fn stroke(&mut self, points: &[Pos2], pen: Pen) {
        let (dash, gap) = match pen.dash {
            Dash::Plain => return self.ribbon(points, pen),
            Dash::Dotted => (pen.width.max(1.0) * 1.6, pen.width.max(1.0) * 2.6),
            Dash::Dashed => (5.0, 3.0),
        };
        let mut start = 0.0_f32;
        for (&from, &to) in points.iter().zip(points.iter().skip(1)) {
            let length = (to - from).length();
            let direction = (to - from).normalized();
            // A line far longer than any screen would become millions of dots.
            let mut left = 4_000_u32;
            while start < length && left > 0 {
                left -= 1;
                let end = (start + dash).min(length);
                if end > 0.0 {
                    let (a, b) = (from + direction * start.max(0.0), from + direction * end);
                    self.ribbon(&[a, b], pen);
                }
                if start + dash > length {
                    break;
                }
                start += dash + gap;
            }
            start -= length;
        }
    }

    /// A line without gaps, its corners mitred: where it is not opaque nothing is painted twice.
    fn ribbon(&mut self, points: &[Pos2], pen: Pen) {
        let thin = pen.width < self.feather;
        let width = pen.width.max(self.feather);
        let colour =
            if thin { ink(pen.colour.faded(pen.width / self.feather)) } else { ink(pen.colour) };
        let slim = width <= self.feather * 1.5;
        let (inner, outer) = ((width - self.feather) / 2.0, f32::midpoint(width, self.feather));
        let closed = points.len() > 2 && points.first() == points.last();
        for (at, &point) in points.iter().enumerate() {
            let across = across(points, at, closed);
            let base = self.mesh.vertices.len() as u32;
            let columns = if slim {
                self.mesh.colored_vertex(point - across * width, Color32::TRANSPARENT);
                self.mesh.colored_vertex(point, colour);
                self.mesh.colored_vertex(point + across * width, Color32::TRANSPARENT);
                3
            } else {
                self.mesh.colored_vertex(point - across * outer, Color32::TRANSPARENT);
                self.mesh.colored_vertex(point - across * inner, colour);
                self.mesh.colored_vertex(point + across * inner, colour);
                self.mesh.colored_vertex(point + across * outer, Color32::TRANSPARENT);
                4
            };
            if at > 0 {
                self.strip(base - columns, columns);
            }
        }
    }

    /// Joins two rows of vertices, `columns` each.
    fn strip(&mut self, base: u32, columns: u32) {
        for column in 0..columns - 1 {
            let (a, b) = (base + column, base + column + columns);
            self.mesh.add_triangle(a, a + 1, b);
            self.mesh.add_triangle(a + 1, b + 1, b);
        }
    }
}

/// Across a line at one of its corners, as long as keeps the line's width.
fn across(points: &[Pos2], at: usize, closed: bool) -> Vec2 {
    let last = points.len() - 1;
    let side = |from: usize, to: usize| match (points.get(from), points.get(to)) {
        (Some(&from), Some(&to)) => (to - from).normalized().rot90(),
        _ => Vec2::ZERO,
    };
    let (before, after) = match at {
        0 if closed => (side(last - 1, last), side(0, 1)),
        0 => (side(0, 1), side(0, 1)),
        _ if at == last && closed => (side(last - 1, last), side(0, 1)),
        _ if at == last => (side(last - 1, last), side(last - 1, last)),
        _ => (side(at - 1, at), side(at, at + 1)),
    };
    let middle = (before + after).normalized();
    // In a hairpin the corner would be far away.
    middle / middle.dot(after).max(0.4)
}

/// As many corners as a circle of this size needs to look round.
fn circle(centre: Point, radius: f32) -> Vec<Pos2> {
    let corners = (6.0 + radius * 1.6).min(64.0) as usize;
    (0..corners)
        .map(|corner| {
            let angle = std::f32::consts::TAU * corner as f32 / corners as f32;
            pos(centre) + Vec2::angled(angle) * radius
        })
        .collect()
}
