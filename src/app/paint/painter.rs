//! A finished picture onto egui: all the shapes of a layer in one mesh, feathered by hand, then its texts.

use earcut::Earcut;
use egui::{Color32, Mesh, Painter, Pos2, Rect, Vec2, pos2, vec2};

use crate::app::paint::style::{font, ink};
use crate::layout::Point;
use crate::scene::{Anchor, Dash, Pen, Picture, Shape, Text};

/// A picture ready for egui: the shapes of each layer as one mesh, cheap to paint again.
///
/// Texts are laid out in every frame: a galley that was kept would point into an atlas of glyphs
/// that egui may have made anew since, as it does when the theme changes. egui itself remembers
/// the galleys of the frame before.
pub(crate) struct Painted {
    picture: Picture,
    meshes: Vec<egui::Shape>,
}

impl Painted {
    /// Prepares a picture, whose pixels are egui's points.
    pub(crate) fn new(picture: Picture, pixels_per_point: f32) -> Self {
        let meshes = picture.layers().map(|layer| {
            let mut builder = MeshBuilder::new(1.0 / pixels_per_point);
            for shape in &layer.shapes {
                builder.shape(shape);
            }
            egui::Shape::from(builder.mesh)
        });
        Self { meshes: meshes.to_vec(), picture }
    }

    /// The picture that is painted.
    pub(crate) fn picture(&self) -> &Picture {
        &self.picture
    }

    /// Paints it, from its background to its legend.
    pub(crate) fn paint(&self, painter: &Painter) {
        let area = &self.picture.area;
        let rect = Rect::from_min_size(pos2(area.left, area.top), vec2(area.width, area.height));
        painter.rect_filled(rect, 0.0, ink(self.picture.background));
        for (layer, mesh) in self.picture.layers().into_iter().zip(&self.meshes) {
            painter.add(mesh.clone());
            for text in &layer.texts {
                paint_text(text, painter);
            }
        }
    }
}

fn paint_text(text: &Text, painter: &Painter) {
    let colour = ink(text.style.colour);
    let font = font(text.style.face, text.style.size);
    let galley = painter.layout_no_wrap(text.text.clone(), font, colour);
    let at = pos2(text.at.x, text.at.y);
    let area = match text.anchor {
        Anchor::Middle => Rect::from_center_size(at, galley.size()),
        Anchor::Left => Rect::from_min_size(at - vec2(0.0, galley.size().y / 2.0), galley.size()),
    };
    if let Some(background) = text.background {
        painter.rect_filled(area.expand2(vec2(3.0, 0.0)), 3.0, ink(background));
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
            Shape::Line { from, to, pen } => self.stroke(pos(*from), pos(*to), *pen),
            Shape::Polyline { points, pen } => {
                for pair in points.windows(2) {
                    if let [from, to] = pair {
                        self.stroke(pos(*from), pos(*to), *pen);
                    }
                }
            }
            Shape::Disc { centre, radius, fill } if *radius < DOT * self.feather => {
                self.dot(pos(*centre), *radius, ink(*fill));
            }
            Shape::Disc { centre, radius, fill } => {
                self.convex(&circle(*centre, *radius), ink(*fill));
            }
            Shape::Ring { centre, radius, pen } => {
                let points = circle(*centre, *radius);
                for (from, to) in points.iter().zip(points.iter().cycle().skip(1)) {
                    self.stroke(*from, *to, *pen);
                }
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

    fn stroke(&mut self, from: Pos2, to: Pos2, pen: Pen) {
        let (dash, gap) = match pen.dash {
            Dash::Plain => return self.segment(from, to, pen),
            Dash::Dotted => (pen.width.max(1.0) * 1.6, pen.width.max(1.0) * 2.6),
            Dash::Dashed => (5.0, 3.0),
        };
        let length = (to - from).length();
        let direction = (to - from).normalized();
        // A line far longer than any screen would become millions of dots.
        let steps = (length / (dash + gap)).ceil().min(4_000.0) as u32;
        for step in 0..steps {
            let start = step as f32 * (dash + gap);
            let end = (start + dash).min(length);
            self.segment(from + direction * start, from + direction * end, pen);
        }
    }

    fn segment(&mut self, from: Pos2, to: Pos2, pen: Pen) {
        let thin = pen.width < self.feather;
        let width = pen.width.max(self.feather);
        let colour =
            if thin { ink(pen.colour.faded(pen.width / self.feather)) } else { ink(pen.colour) };
        let across = (to - from).normalized().rot90();
        let base = self.mesh.vertices.len() as u32;
        if width <= self.feather * 1.5 {
            for end in [from, to] {
                self.mesh.colored_vertex(end - across * width, Color32::TRANSPARENT);
                self.mesh.colored_vertex(end, colour);
                self.mesh.colored_vertex(end + across * width, Color32::TRANSPARENT);
            }
            self.strip(base, 3);
            return;
        }
        let (inner, outer) = ((width - self.feather) / 2.0, f32::midpoint(width, self.feather));
        for end in [from, to] {
            self.mesh.colored_vertex(end - across * outer, Color32::TRANSPARENT);
            self.mesh.colored_vertex(end - across * inner, colour);
            self.mesh.colored_vertex(end + across * inner, colour);
            self.mesh.colored_vertex(end + across * outer, Color32::TRANSPARENT);
        }
        self.strip(base, 4);
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
