//! Groups of marks as bodies with their figures, and the bundles of links between them.

use super::labels::{LABEL_SIZE, LabelOccupancy};
use super::links::LinksInSight;
use super::strokes;
use super::view::View;
use crate::graph::EnvironmentIndex;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::colour::Colour;
use crate::scene::grouping::{Bundle, Group, Grouping};
use crate::scene::picture::{
    Dash, DrawnBody, Face, Layer, MeasureText, Pen, PictureSubject, Shape, Text, TextStyle,
};
use crate::scene::routing::{Obstacle, Obstacles, bend};

/// At most this many bundles are drawn, those of the most links: more hide each other.
const MOST_BUNDLES: usize = 300;

/// At most this many bundles bear their figures.
const MOST_FIGURES: usize = 40;

/// The bodies of the groups in sight, and what they leave for others.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// Each with its index in the grouping.
    seen: Vec<(u32, DrawnBody)>,
    obstacles: Obstacles,
    /// Whether they stand for their marks; otherwise they only lie behind these.
    is_far: bool,
}

impl Bodies {
    /// Finds the groups in sight, with where and how large their bodies are drawn.
    pub(super) fn find(view: &View<'_>, grouping: &Grouping, is_far: bool) -> Self {
        let area = view.camera.viewport.grown(60.0);
        let mut seen = Vec::new();
        for (at, group) in (0_u32..).zip(&grouping.groups) {
            let centre = view.camera.screen_from_scene(group.centre);
            if area.holds(centre) {
                let radius = radius(group) * view.theme.type_size.sqrt();
                seen.push((at, DrawnBody { centre, radius, extent: group.extent }));
            }
        }
        let obstacles = seen.iter().map(|&(mark, DrawnBody { centre, radius, .. })| Obstacle {
            mark,
            centre,
            radius,
        });
        Self { obstacles: Obstacles::new(obstacles.collect()), seen, is_far }
    }

    /// The bodies as they are drawn.
    pub(super) fn drawn(&self) -> Vec<DrawnBody> {
        self.seen.iter().map(|&(_, body)| body).collect()
    }

    /// What links have to keep off.
    pub(super) fn obstacles(&self) -> &Obstacles {
        &self.obstacles
    }

    /// Draws the bundles between the groups, and the bodies over them.
    pub(super) fn draw(
        &self,
        view: &View<'_>,
        grouping: &Grouping,
        (links, measure): (&LinksInSight, &dyn MeasureText),
        (layer, occupied): (&mut Layer, &mut LabelOccupancy),
    ) {
        let bundles = [(grouping.bundles.as_slice(), false), (links.lit_bundles.as_slice(), true)];
        for of in bundles {
            self.draw_bundles(view, of, measure, (&mut *layer, &mut *occupied));
        }
        for &(at, body) in &self.seen {
            let Some(group) = grouping.groups.get(at as usize) else { continue };
            let strength = self.strength(view);
            let subject = subject_of(group);
            layer.group(subject, |shapes| body_shapes(view, group, (&body, strength), shapes));
            if self.is_far {
                self.write_figure(view, (group, &body), measure, (&mut *layer, &mut *occupied));
            }
        }
    }

    fn strength(&self, view: &View<'_>) -> f32 {
        match (self.is_far, view.highlight.is_some()) {
            (true, false) => 1.0,
            (true, true) => 0.35,
            (false, _) => 0.15,
        }
    }

    /// Writes how much a body stands for into it.
    fn write_figure(
        &self,
        view: &View<'_>,
        (group, body): (&Group, &DrawnBody),
        measure: &dyn MeasureText,
        (layer, occupied): (&mut Layer, &mut LabelOccupancy),
    ) {
        let &DrawnBody { centre, radius, .. } = body;
        occupied.occupy(Area {
            left: centre.x - radius,
            top: centre.y - radius,
            width: 2.0 * radius,
            height: 2.0 * radius,
        });
        let count = if group.instances == 0 { group.credentials } else { group.instances };
        let text = digits(count);
        let size = LABEL_SIZE * view.theme.type_size;
        if measure.width(&text, size, Face::Strong) < 2.0 * radius - 4.0 {
            let colour = view.theme.text.faded(self.strength(view).max(0.6));
            let style = TextStyle { size, face: Face::Strong, colour };
            let subject = Some(subject_of(group));
            layer.texts.push(Text { subject, ..Text::new(centre, text, style) });
        }
    }

    /// Draws bundles between bodies.
    fn draw_bundles(
        &self,
        view: &View<'_>,
        (bundles, lit): (&[Bundle], bool),
        measure: &dyn MeasureText,
        (layer, occupied): (&mut Layer, &mut LabelOccupancy),
    ) {
        let seen = |group: u32| self.seen.binary_search_by_key(&group, |&(at, _)| at).is_ok();
        let mut between: Vec<&Bundle> = bundles
            .iter()
            .filter(|own| {
                let [first, second] = own.groups;
                first != second && seen(first) && seen(second)
            })
            .collect();
        between.sort_by_key(|own| std::cmp::Reverse(own.count));
        between.truncate(MOST_BUNDLES);
        // The strongest lie on top.
        for (rank, bundle) in between.iter().enumerate().rev() {
            let Some(points) = self.way(bundle) else { continue };
            let pen = pen(view, bundle, lit);
            let subject = PictureSubject::Bundle { links: bundle.count };
            layer.group(subject, |shapes| bundle_shapes(bundle, &points, pen, shapes));
            let is_told = lit || view.highlight.is_none();
            if is_told && rank < MOST_FIGURES && bundle.count > 1 {
                figure(view, (bundle, &points), measure, (&mut *layer, &mut *occupied));
            }
        }
    }

    /// The way of a bundle from rim to rim, round the other bodies.
    fn way(&self, bundle: &Bundle) -> Option<Vec<Point>> {
        let body = |group: u32| {
            let at = self.seen.binary_search_by_key(&group, |&(at, _)| at).ok()?;
            self.seen.get(at).map(|&(_, body)| body)
        };
        let [first, second] = bundle.groups;
        let (from, to) = (body(first)?, body(second)?);
        let way = bend(&self.obstacles, [first, second], [from.centre, to.centre]);
        strokes::trimmed(&way, (from.radius + 1.0, to.radius + 1.0))
    }
}

/// The radius of a body in pixels: it grows with the square root of what it stands for.
fn radius(group: &Group) -> f32 {
    let count = (group.instances + group.credentials) as f32;
    (5.0 + 1.5 * count.sqrt()).clamp(7.0, 24.0)
}

fn subject_of(group: &Group) -> PictureSubject {
    PictureSubject::Group {
        environment: group.region.map(|at| EnvironmentIndex(u32::from(at))),
        instances: group.instances,
        credentials: group.credentials,
    }
}

/// A disc in the colour of its region, or, for credentials between regions, a diamond.
fn body_shapes(
    view: &View<'_>,
    group: &Group,
    (body, strength): (&DrawnBody, f32),
    shapes: &mut Vec<Shape>,
) {
    let theme = view.theme;
    let &DrawnBody { centre, radius, .. } = body;
    let region = group.region.and_then(|at| view.map.regions.get(usize::from(at)));
    let hue = region.map_or(theme.muted, |region| theme.region(region.colour));
    let fill = hue.faded(0.28 * strength).over(theme.canvas);
    let pen = Pen::plain(1.4, hue.faded(strength).over(theme.canvas));
    if group.instances == 0 {
        let around = |radius: f32| {
            [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]
                .map(|(x, y)| Point { x: centre.x + x * radius, y: centre.y + y * radius })
        };
        let corners = around(radius);
        shapes.push(Shape::Convex { points: corners.to_vec(), fill });
        let mut edge = corners.to_vec();
        edge.extend(corners.first().copied());
        shapes.push(Shape::Polyline { points: edge, pen });
    } else {
        shapes.push(Shape::Disc { centre, radius, fill });
        shapes.push(Shape::Ring { centre, radius, pen });
    }
}

fn pen(view: &View<'_>, bundle: &Bundle, lit: bool) -> Pen {
    let theme = view.theme;
    let hue = bundle.worst.and_then(|worst| theme.severity.get(worst.rank()).copied());
    let strength = match (lit, view.highlight.is_some(), hue.is_some()) {
        (true, ..) => 1.0,
        (false, true, _) => 0.2,
        (false, false, true) => 0.8,
        (false, false, false) => 0.5,
    };
    let colour = hue.unwrap_or(if lit { theme.second } else { theme.muted });
    let width = 1.0 + 0.6 * (bundle.count as f32).log2();
    let dash = if bundle.assumed { Dash::Dotted } else { Dash::Plain };
    Pen { width: width.min(7.0), colour: colour.faded(strength), dash }
}

fn bundle_shapes(bundle: &Bundle, points: &[Point], pen: Pen, shapes: &mut Vec<Shape>) {
    let length = strokes::length(points);
    let size = (5.0 + 1.6 * pen.width).min(length * 0.45);
    let [to_first, to_second] = bundle.grants_to;
    let head = |there: bool| if there { size } else { 0.0 };
    let by = (head(to_first) * 0.8, head(to_second) * 0.8);
    if let Some(shaft) = strokes::trimmed(points, by) {
        shapes.extend(strokes::line(shaft, pen));
    }
    let mut arrow = |tip: Option<&Point>, from: Option<Point>| {
        if let (Some(&tip), Some(from)) = (tip, from) {
            shapes.push(strokes::arrowhead((from, tip), size, pen));
        }
    };
    if to_first {
        arrow(points.first(), strokes::along(points, size));
    }
    if to_second {
        arrow(points.last(), strokes::along(points, length - size));
    }
}

/// How many links a bundle holds, in its middle, where there is room.
fn figure(
    view: &View<'_>,
    (bundle, points): (&Bundle, &[Point]),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let Some(at) = strokes::along(points, strokes::length(points) / 2.0) else { return };
    let text = digits(bundle.count);
    let size = LABEL_SIZE * view.theme.type_size;
    let width = measure.width(&text, size, Face::Regular) + 6.0;
    let height = size + 2.0;
    let area = Area { left: at.x - width / 2.0, top: at.y - height / 2.0, width, height };
    if !occupied.try_occupy(&area) {
        return;
    }
    let background: Colour = view.theme.canvas.faded(0.85);
    let style = TextStyle { size, face: Face::Regular, colour: view.theme.second };
    layer.texts.push(Text {
        background: Some(background),
        subject: Some(PictureSubject::Bundle { links: bundle.count }),
        ..Text::new(at, text, style)
    });
}

/// A number, its thousands set apart.
fn digits(number: u32) -> String {
    let plain = number.to_string();
    let mut text = String::with_capacity(plain.len() + 3);
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
