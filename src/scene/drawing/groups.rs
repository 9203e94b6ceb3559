//! Groups of marks as bodies with their figures, and the bundles of links between them.

use std::collections::HashMap;

use super::links::LinksInSight;
use super::strokes;
use super::view::View;
use super::ways::Ways;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::colour::Colour;
use crate::scene::grouping::{Bundle, Group, Grouping, only_mark};
use crate::scene::picture::{Dash, DrawnBody, Layer, Pen, PictureSubject, Shape};

/// At most this many bundles are drawn among marks.
const MOST_BUNDLES: usize = 300;

/// And from afar, where bodies stand for marks.
const MOST_FROM_AFAR: usize = 72;

/// A small pane has room for fewer of these: one for each area of this many pixels.
const PIXELS_FOR_A_BUNDLE: f32 = 8_000.0;
const LEAST_FROM_AFAR: usize = 24;

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

/// What is written into a body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    /// How many service instances it stands for, or credentials where there are none.
    pub(super) count: u32,
    /// How many of them are lit.
    pub(super) lit: u32,
    /// How strongly the body is drawn.
    pub(super) strength: f32,
}

/// A bundle that is to bear its figure, as it was drawn.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) links: u32,
    pub(super) subject: PictureSubject,
    pub(super) points: Vec<Point>,
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

    /// Draws the bundles between the groups, and the bodies over them; gives the ways of the bundles that
    /// are to bear their figures, the strongest first.
    pub(super) fn draw(
        &self,
        view: &View<'_>,
        grouping: &Grouping,
        (links, ways): (&LinksInSight, &Ways<'_>),
        layer: &mut Layer,
    ) -> Vec<Counted> {
        let mut counted = Vec::new();
        let found = |lit: bool| -> Vec<(&Bundle, Vec<Point>)> {
            let drawn = self.drawn_bundles(view, grouping, (links, lit));
            let found = ways.of_bundles(grouping, &drawn);
            drawn.into_iter().zip(found).collect()
        };
        // What is lit finds its way first, and is drawn last.
        let lit_bundles = found(true);
        for (drawn, lit) in [(found(false), false), (lit_bundles, true)] {
            let own = self.draw_bundles(view, (&drawn, lit), layer);
            // What is lit is counted first.
            counted.splice(0..0, own);
        }
        for &(at, body) in &self.seen {
            let Some(group) = grouping.groups.get(at as usize) else { continue };
            let strength = self.strength(at, &body);
            let subject = subject_of(group);
            layer.group(subject, |shapes| body_shapes(view, group, (&body, strength), shapes));
        }
        counted
    }

    /// The bodies that stand for their marks, each with its number and how many of its marks are lit.
    pub(super) fn with_figures<'b>(
        &'b self,
        grouping: &'b Grouping,
    ) -> impl Iterator<Item = (&'b Group, &'b DrawnBody, Figure)> + 'b {
        let stands = |body: &DrawnBody| self.depth == Depth::Far || body.collapsed.is_some();
        let seen = self.seen.iter().filter(move |(_, body)| stands(body));
        seen.filter_map(|(at, body)| {
            let group = grouping.groups.get(*at as usize)?;
            let lit = self.lit.as_ref().and_then(|lit| lit.get(at).copied()).unwrap_or(0);
            let count = if group.instances == 0 { group.credentials } else { group.instances };
            Some((group, body, Figure { count, lit, strength: self.strength(*at, body) }))
        })
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
        let Area { width, height, .. } = view.camera.viewport;
        let has_room = (width * height / PIXELS_FOR_A_BUNDLE) as usize;
        let from_afar = has_room.clamp(LEAST_FROM_AFAR, MOST_FROM_AFAR);
        match (self.depth, lit) {
            (Depth::Far, true) => from_afar / 2,
            (Depth::Far, false) if view.highlight.is_some() => 0,
            (Depth::Far, false) => from_afar,
            (Depth::Near | Depth::Behind, _) => MOST_BUNDLES,
        }
    }

    /// The bundles that are drawn, those that are lit or all others, the strongest first.
    pub(super) fn drawn_bundles<'b>(
        &self,
        view: &View<'_>,
        grouping: &'b Grouping,
        (links, lit): (&'b LinksInSight, bool),
    ) -> Vec<&'b Bundle> {
        let of = match self.depth {
            _ if lit => &links.lit_bundles,
            Depth::Near => grouping.collapsed_bundles(),
            Depth::Behind | Depth::Far => &grouping.bundles,
        };
        let mut drawn = self.seen_bundles(view, of);
        drawn.truncate(self.most_bundles(view, lit));
        drawn
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

    /// Draws bundles between bodies; gives the ways of those that are to bear their figures.
    fn draw_bundles(
        &self,
        view: &View<'_>,
        (bundles, lit): (&[(&Bundle, Vec<Point>)], bool),
        layer: &mut Layer,
    ) -> Vec<Counted> {
        let mut counted = Vec::new();
        // The strongest lie on top.
        for (rank, (bundle, way)) in bundles.iter().enumerate().rev() {
            let Some(points) = self.rim_to_rim(view, (bundle, way)) else { continue };
            let pen = pen(view, bundle, lit);
            let subject =
                PictureSubject::Bundle { links: bundle.count, groups: bundle.groups, lit };
            layer.group(subject, |shapes| bundle_shapes(bundle, &points, pen, shapes));
            let is_in_question = lit || view.highlight.is_none();
            if is_in_question && rank < MOST_FIGURES && bundle.count > 1 {
                counted.push(Counted { links: bundle.count, subject, points });
            }
        }
        counted.reverse();
        counted
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

pub(super) fn subject_of(group: &Group) -> PictureSubject {
    PictureSubject::Group {
        region: group.region,
        section: group.section,
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
        diamond((centre, radius), (fill, pen), shapes);
    } else {
        shapes.push(Shape::Disc { centre, radius, fill });
        shapes.push(Shape::Ring { centre, radius, pen });
    }
    if group.critical > 0 {
        shapes.push(rim_diamond(view, (centre, radius), strength));
    }
}

/// What a group with critical credentials bears on its rim.
pub(super) fn rim_diamond(view: &View<'_>, (centre, radius): (Point, f32), strength: f32) -> Shape {
    let theme = view.theme;
    let red = theme.severity.first().map_or(theme.text, |own| own.faded(strength.max(0.5)));
    let at = Point { x: centre.x + radius * 0.75, y: centre.y - radius * 0.75 };
    let half = 4.0 * theme.type_size.sqrt();
    let corner = |x: f32, y: f32| Point { x: at.x + x * half, y: at.y + y * half };
    let points = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)];
    Shape::Convex { points, fill: red.over(theme.canvas) }
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
    // Towards what is only assumed to be granted it is dotted, as links are.
    let third = |there: bool, assumed: bool| if there && assumed { length / 3.0 } else { 0.0 };
    let [first_assumed, second_assumed] = bundle.grants_assumed;
    let (near, far) = match pen.dash {
        Dash::Plain => (third(to_first, first_assumed), third(to_second, second_assumed)),
        Dash::Dotted | Dash::Dashed => (0.0, 0.0),
    };
    let dotted = Pen { dash: Dash::Dotted, ..pen };
    let pieces = [
        (near > 0.0, dotted, (by.0, length - near)),
        (true, pen, (by.0.max(near), by.1.max(far))),
        (far > 0.0, dotted, (length - far, by.1)),
    ];
    for (_, pen, by) in pieces.into_iter().filter(|(there, ..)| *there) {
        let piece = strokes::trimmed(points, by);
        shapes.extend(piece.and_then(|piece| strokes::line(piece, pen)));
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

/// The body of a group of credentials.
pub(super) fn diamond(
    (centre, radius): (Point, f32),
    (fill, pen): (Colour, Pen),
    shapes: &mut Vec<Shape>,
) {
    let corner = |(x, y): (f32, f32)| Point { x: centre.x + x * radius, y: centre.y + y * radius };
    let corners = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)].map(corner);
    let mut edge = corners.to_vec();
    edge.extend(corners.first().copied());
    shapes.push(Shape::Convex { points: corners.to_vec(), fill });
    shapes.push(Shape::Polyline { points: edge, pen });
}
