//! Groups of marks as bodies with their figures, and the bundles of links between them.

use std::collections::HashMap;

use super::labels::{LABEL_SIZE, LabelOccupancy};
use super::links::LinksInSight;
use super::strokes;
use super::view::View;
use super::ways::Ways;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::colour::Colour;
use crate::scene::grouping::{Bundle, Group, Grouping, only_mark};
use crate::scene::picture::{
    Dash, DrawnBody, Face, Layer, MeasureText, Pen, PictureSubject, Shape, Text, TextStyle,
};

/// At most this many bundles are drawn among marks.
const MOST_BUNDLES: usize = 300;

/// And from afar, where bodies stand for marks.
const MOST_FROM_AFAR: usize = 72;

/// At most this many bundles bear their figures.
const MOST_FIGURES: usize = 40;

/// The bodies of the groups in sight, and what they leave for others.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// Each with its index in the grouping.
    seen: Vec<(u32, DrawnBody)>,
    /// How many highlighted marks each group has, where something is highlighted.
    lit: Option<HashMap<u32, u32>>,
    depth: Depth,
}

/// What bodies are drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Depth {
    /// Regions that are collapsed, among marks.
    #[default]
    Near,
    /// All groups, behind their marks, so that bundles have ends.
    Behind,
    /// All groups, in the place of their marks.
    Far,
}

impl Bodies {
    /// Finds the groups in sight, with where and how large their bodies are drawn: all, or, nearby,
    /// those that lie behind their marks and the regions that are collapsed.
    pub(super) fn find(view: &View<'_>, grouping: &Grouping, depth: Depth) -> Self {
        let area = view.drawn_area().grown(60.0);
        let mut seen = Vec::new();
        let radii = view.body_radii(&grouping.groups, view.camera.zoom);
        for ((at, group), radius) in (0_u32..).zip(&grouping.groups).zip(radii) {
            let centre = view.camera.screen_from_scene(group.centre);
            let is_drawn = depth != Depth::Near || group.collapsed.is_some();
            if is_drawn && area.holds(centre) {
                let collapsed = group.collapsed;
                seen.push((at, DrawnBody { centre, radius, extent: group.extent, collapsed }));
            }
        }
        let lit = view.highlight.filter(|_| depth != Depth::Behind);
        let lit = lit.map(|own| grouping.counts_of(view.map, own.lit_marks()));
        Self { seen, lit, depth }
    }

    /// The bodies as they are drawn.
    pub(super) fn drawn(&self) -> Vec<DrawnBody> {
        let stands = |body: &DrawnBody| self.depth == Depth::Far || body.collapsed.is_some();
        self.seen.iter().map(|&(_, body)| body).filter(stands).collect()
    }

    /// Draws the bundles between the groups, and the bodies over them.
    pub(super) fn draw(
        &self,
        view: &View<'_>,
        grouping: &Grouping,
        (links, ways, measure): (&LinksInSight, &Ways<'_>, &dyn MeasureText),
        (layer, occupied): (&mut Layer, &mut LabelOccupancy),
    ) {
        let all = match self.depth {
            Depth::Near => grouping.collapsed_bundles(),
            Depth::Behind | Depth::Far => &grouping.bundles,
        };
        let bundles = [(all, false), (links.lit_bundles.as_slice(), true)];
        for (of, lit) in bundles {
            let mut drawn = self.seen_bundles(view, of);
            drawn.truncate(self.most_bundles(view, lit));
            let found = ways.of_bundles(grouping, &drawn);
            let drawn: Vec<(&Bundle, Vec<Point>)> = drawn.into_iter().zip(found).collect();
            self.draw_bundles(view, (&drawn, lit), measure, (&mut *layer, &mut *occupied));
        }
        for &(at, body) in &self.seen {
            let Some(group) = grouping.groups.get(at as usize) else { continue };
            let strength = self.strength(at, &body);
            let subject = subject_of(group);
            layer.group(subject, |shapes| body_shapes(view, group, (&body, strength), shapes));
            if self.depth == Depth::Far || body.collapsed.is_some() {
                self.write_figure(view, (at, group, &body), measure, (&mut *layer, &mut *occupied));
            }
        }
    }

    fn strength(&self, group: u32, body: &DrawnBody) -> f32 {
        match &self.lit {
            _ if self.depth == Depth::Behind && body.collapsed.is_none() => 0.15,
            Some(lit) if !lit.contains_key(&group) => 0.3,
            Some(_) | None => 1.0,
        }
    }

    /// How many bundles are drawn at most, those of the most links: more hide each other.
    fn most_bundles(&self, view: &View<'_>, lit: bool) -> usize {
        match (self.depth, lit) {
            (Depth::Far, true) => MOST_FROM_AFAR / 2,
            (Depth::Far, false) if view.highlight.is_some() => 0,
            (Depth::Far, false) => MOST_FROM_AFAR,
            (Depth::Near | Depth::Behind, _) => MOST_BUNDLES,
        }
    }

    /// Writes how much a body stands for into it.
    fn write_figure(
        &self,
        view: &View<'_>,
        (at, group, body): (u32, &Group, &DrawnBody),
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
        let size = LABEL_SIZE * view.theme.type_size;
        let all = digits(count);
        let lit = self.lit.as_ref().and_then(|lit| lit.get(&at));
        let of_all = lit.filter(|lit| **lit > 0).map(|lit| format!("{}/{all}", digits(*lit)));
        let fits = |text: &String| measure.width(text, size, Face::Strong) < 2.0 * radius - 4.0;
        if let Some(text) = of_all.filter(fits).or(Some(all)).filter(fits) {
            let colour = view.theme.text.faded(self.strength(at, body).max(0.6));
            let style = TextStyle { size, face: Face::Strong, colour };
            let subject = Some(subject_of(group));
            layer.texts.push(Text { subject, ..Text::new(centre, text, style) });
        }
    }

    /// The bundles between bodies in sight, the strongest first.
    fn seen_bundles<'b>(&self, view: &View<'_>, bundles: &'b [Bundle]) -> Vec<&'b Bundle> {
        let is_seen = |own: &&Bundle| {
            let [first, second] = own.groups;
            first != second && self.end(view, first).is_some() && self.end(view, second).is_some()
        };
        let mut between: Vec<&Bundle> = bundles.iter().filter(is_seen).collect();
        between.sort_by_key(|own| {
            let is_chosen = own.groups.iter().any(|&end| only_mark(end).is_some());
            (!is_chosen, std::cmp::Reverse(own.count))
        });
        between
    }

    /// Where a bundle ends, and how far its end reaches: at a body, or at a mark that stands for
    /// itself.
    fn end(&self, view: &View<'_>, group: u32) -> Option<(Point, f32)> {
        if let Some(mark) = only_mark(group) {
            let centre = view.centre_of(mark).filter(|_| view.is_visible(mark))?;
            return Some((centre, view.drawn_extent(mark)));
        }
        let at = self.seen.binary_search_by_key(&group, |&(at, _)| at).ok()?;
        self.seen.get(at).map(|&(_, body)| (body.centre, body.radius))
    }

    /// Draws bundles between bodies.
    fn draw_bundles(
        &self,
        view: &View<'_>,
        (bundles, lit): (&[(&Bundle, Vec<Point>)], bool),
        measure: &dyn MeasureText,
        (layer, occupied): (&mut Layer, &mut LabelOccupancy),
    ) {
        // The strongest lie on top.
        for (rank, (bundle, way)) in bundles.iter().enumerate().rev() {
            let Some(points) = self.rim_to_rim(view, (bundle, way)) else { continue };
            let pen = pen(view, bundle, lit);
            let subject = PictureSubject::Bundle { links: bundle.count };
            layer.group(subject, |shapes| bundle_shapes(bundle, &points, pen, shapes));
            let is_told = lit || view.highlight.is_none();
            if is_told && rank < MOST_FIGURES && bundle.count > 1 {
                figure(view, (bundle, &points), measure, (&mut *layer, &mut *occupied));
            }
        }
    }

    /// The way of a bundle without what lies below the bodies at its ends.
    fn rim_to_rim(
        &self,
        view: &View<'_>,
        (bundle, way): (&Bundle, &[Point]),
    ) -> Option<Vec<Point>> {
        let [first, second] = bundle.groups;
        let ((_, from), (_, to)) = (self.end(view, first)?, self.end(view, second)?);
        strokes::trimmed(way, (from + 1.0, to + 1.0))
    }
}

fn subject_of(group: &Group) -> PictureSubject {
    PictureSubject::Group {
        region: group.region,
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
    // A group with critical credentials bears one on its rim.
    let mut critical = None;
    if group.critical > 0 {
        let red = theme.severity.first().map_or(hue, |own| own.faded(strength.max(0.5)));
        let at = Point { x: centre.x + radius * 0.75, y: centre.y - radius * 0.75 };
        let half = 4.0 * theme.type_size.sqrt();
        let corner = |x: f32, y: f32| Point { x: at.x + x * half, y: at.y + y * half };
        let points = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)];
        critical = Some(Shape::Convex { points, fill: red.over(theme.canvas) });
    }
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
    shapes.extend(critical);
}

fn pen(view: &View<'_>, bundle: &Bundle, lit: bool) -> Pen {
    let theme = view.theme;
    let hue = bundle.worst.and_then(|worst| theme.severity.get(worst.rank()).copied());
    let strength = match (lit, view.highlight.is_some(), hue.is_some()) {
        (true, ..) => 1.0,
        (false, true, _) => 0.12,
        (false, false, true) => 0.8,
        (false, false, false) => 0.5,
    };
    let colour = hue.unwrap_or(if lit { theme.second } else { theme.muted });
    let width = 1.0 + 0.6 * (bundle.count as f32).log2();
    let dash = if bundle.assumed { Dash::Dotted } else { Dash::Plain };
    let most = if lit { 4.5 } else { 7.0 };
    Pen { width: width.min(most), colour: colour.faded(strength), dash }
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
