//! From the map and the camera to the finished picture.

use super::labels::{self, LABEL_SIZE, LabelOccupancy, LabelRequest};
use super::{
    Area, Camera, Dash, Face, Highlight, HighlightLevel, Look, Map, MapChanges, MeasureText, Pen,
    Picture, Shape, Text, Theme, marks,
};
use crate::analysis::{Crossing, Subject};
use crate::graph::AccessGraph;
use crate::inventory::shown;
use crate::layout::Point;

/// So many square pixels of the picture for each name: a wall of names says nothing.
const PIXELS_FOR_A_NAME: f32 = 4_000.0;

/// The same where marks are mere dots.
const PIXELS_FOR_A_NAME_FROM_AFAR: f32 = 14_000.0;

/// More lit links than this, and each gives a part of its strength away.
const LIT_LINKS: f32 = 300.0;

/// The same for links that are not lit.
const QUIET_LINKS: f32 = 12_000.0;

/// The gap in a link whose credential is parted, in pixels.
const GAP: f32 = 12.0;

/// So few lit marks, the stops of a path say, all have their names.
const FEW_LIT: usize = 8;

/// Everything that decides what a picture looks like.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The map.
    pub map: &'a Map,
    /// The graph behind it, for names.
    pub graph: &'a AccessGraph,
    /// Where one looks.
    pub camera: Camera,
    /// The colours.
    pub theme: &'a Theme,
    /// Which marks are shown at all, one for each mark.
    pub visible: &'a [bool],
    /// How many instances are in sight, one count for each region.
    pub in_regions: &'a [usize],
    /// What is in question, if anything.
    pub highlight: Option<&'a Highlight>,
    /// What fixes would change, if any are in force.
    pub changes: Option<&'a MapChanges>,
    /// The mark that is selected.
    pub selected: Option<u32>,
    /// The mark under the pointer.
    pub hovered: Option<u32>,
    /// About so many links are drawn at most, and as many lit ones; which, is always the same.
    pub most_links: usize,
    /// What the window lays over the picture, a legend say: no name is placed there.
    pub covered: Area,
}

impl View<'_> {
    pub(super) fn is_visible(&self, mark: u32) -> bool {
        self.visible.get(mark as usize).copied().unwrap_or(true)
    }

    pub(super) fn light(&self, mark: u32) -> HighlightLevel {
        self.highlight.map_or(HighlightLevel::Near, |highlight| highlight.mark(mark))
    }

    fn link_light(&self, link: u32) -> HighlightLevel {
        self.highlight.map_or(HighlightLevel::Near, |highlight| highlight.link(link))
    }
}

/// Draws the map as the camera sees it; what lies outside the viewport is left out. Costs time in
/// proportion to the marks and links of the map.
pub fn draw(view: &View<'_>, measure: &dyn MeasureText) -> Picture {
    let mut picture = Picture::default();
    let mut taken = LabelOccupancy::default();
    taken.take_text(view.covered);
    regions(view, measure, (&mut picture, &mut taken));
    links(view, &mut picture);
    let on_screen = marks::draw(view, &mut picture.shapes);
    names(view, &on_screen, measure, (&mut picture, &mut taken));
    picture
}

fn regions(view: &View<'_>, measure: &dyn MeasureText, out: (&mut Picture, &mut LabelOccupancy)) {
    let (picture, taken) = out;
    let size = (18.0 * view.camera.zoom.sqrt()).clamp(12.0, 20.0);
    for (index, region) in view.map.regions.iter().enumerate() {
        let Some(&colour) = view.theme.regions.get(region.colour) else { continue };
        let points: Vec<Point> = region
            .shape
            .outline
            .iter()
            .map(|&point| view.camera.screen_from_scene(point))
            .collect();
        let Some(extent) = Area::around(points.iter().copied()) else { continue };
        if !extent.meets(&view.camera.viewport) {
            continue;
        }
        let mut closed = points.clone();
        closed.extend(points.first().copied());
        picture.shapes.push(Shape::Polygon { points, fill: colour.faded(0.07) });
        picture
            .shapes
            .push(Shape::Polyline { points: closed, pen: Pen::plain(1.0, colour.faded(0.45)) });
        let in_sight = view.in_regions.get(index).copied().unwrap_or(region.instances);
        let count = if in_sight == region.instances {
            in_sight.to_string()
        } else {
            format!("{in_sight} of {}", region.instances)
        };
        let text = format!("{}  {count}", shown(&region.name));
        let width = measure.width(&text, size, Face::Strong);
        let at = name_place(&extent, &view.camera.viewport, size);
        taken.take_text(Area {
            left: at.x - width / 2.0 - 4.0,
            top: at.y - size / 2.0 - 2.0,
            width: width + 8.0,
            height: size + 4.0,
        });
        let ground = Some(view.theme.canvas.faded(0.72));
        picture.texts.push(Text { at, text, size, face: Face::Strong, colour, ground });
    }
}

/// The middle of a region's name: above its outline, or, once that has left the picture, at the
/// upper rim as long as the region is in sight.
fn name_place(extent: &Area, viewport: &Area, size: f32) -> Point {
    let half = size / 2.0 + 4.0;
    let lowest = (extent.bottom() - half).max(extent.top - half);
    let left = extent.left.max(viewport.left);
    let right = extent.right().min(viewport.right());
    Point {
        x: f32::midpoint(left, right),
        y: (extent.top - half).max(viewport.top + half).min(lowest),
    }
}

fn links(view: &View<'_>, picture: &mut Picture) {
    let step = view.map.links.len().div_ceil(view.most_links.max(1)).max(1);
    let strength = strengths(view);
    let mut lit = Vec::new();
    for (index, link) in (0_u32..).zip(&view.map.links) {
        if !view.is_visible(link.credential) || !view.is_visible(link.instance) {
            continue;
        }
        let light = view.link_light(index);
        if light == HighlightLevel::Lit {
            lit.push(index);
        } else if (index as usize).is_multiple_of(step) {
            draw_link(view, index, (light, strength.quiet), &mut picture.shapes);
        }
    }
    let step = lit.len().div_ceil(view.most_links.max(1)).max(1);
    for index in lit.into_iter().step_by(step) {
        draw_link(view, index, (HighlightLevel::Lit, strength.lit), &mut picture.shapes);
    }
}

/// How strong lit and other links are, so that tens of thousands make no solid ground.
struct Strengths {
    lit: f32,
    quiet: f32,
}

fn strengths(view: &View<'_>) -> Strengths {
    let all = view.map.links.len();
    let lit =
        (0..all as u32).filter(|&index| view.link_light(index) == HighlightLevel::Lit).count();
    let lit = if view.highlight.is_some() { lit } else { 0 };
    Strengths {
        lit: (LIT_LINKS / lit.max(1) as f32).clamp(0.12, 1.0),
        quiet: (QUIET_LINKS / (all - lit).max(1) as f32).clamp(0.12, 1.0),
    }
}

fn draw_link(view: &View<'_>, index: u32, light: (HighlightLevel, f32), shapes: &mut Vec<Shape>) {
    let (light, strength) = light;
    let Some(link) = view.map.links.get(index as usize) else { return };
    let (Some(credential), Some(instance)) =
        (view.map.marks.get(link.credential as usize), view.map.marks.get(link.instance as usize))
    else {
        return;
    };
    let from = view.camera.screen_from_scene(credential.at);
    let to = view.camera.screen_from_scene(instance.at);
    let Some(span) = Area::around([from, to].into_iter()) else { return };
    if !span.meets(&view.camera.viewport) {
        return;
    }
    let mut pen = link_pen(view.theme, &credential.look, light);
    pen.dash = if link.assumed { Dash::Dotted } else { Dash::Plain };
    pen.colour = pen.colour.faded(strength);
    pen.width = 1.0 + (pen.width - 1.0) * strength;
    let is_cut = view.changes.is_some_and(|changes| changes.is_cut(index));
    let is_parted = view.changes.is_some_and(|changes| changes.is_parted(index));
    if is_cut {
        pen = Pen { width: 1.8, colour: view.theme.fixed, dash: Dash::Dashed };
    } else if is_parted {
        pen = Pen { width: 1.2, colour: view.theme.fixed, ..pen };
    }
    let scale = view.camera.zoom.min(1.0);
    let Some((start, end)) = shortened(
        (from, to),
        (credential.radius * view.camera.zoom, instance.radius * view.camera.zoom),
    ) else {
        return;
    };
    if is_parted {
        broken((start, end), pen, shapes);
    } else {
        shapes.push(Shape::Line { from: start, to: end, pen });
    }
    if is_cut {
        let middle = Point { x: start.x.midpoint(end.x), y: start.y.midpoint(end.y) };
        cross((middle, 4.0), Pen::plain(1.8, pen.colour), shapes);
    }
    if link.grants.is_some() && view.camera.zoom > 0.3 {
        let size = (6.0 + 2.0 * pen.width) * scale.max(0.5);
        shapes.push(arrowhead((start, end), size, pen));
    }
}

/// A link's pen: by what its credential joins, and by the light on it.
fn link_pen(theme: &Theme, look: &Look, light: HighlightLevel) -> Pen {
    let Look::Credential { severity, shared, crossing, dead, .. } = *look else {
        return Pen::plain(1.0, theme.line);
    };
    let hue = severity.and_then(|severity| theme.severity.get(severity.rank()).copied());
    let (width, colour): (f32, _) = match (crossing, shared) {
        _ if dead => (1.0, theme.muted.faded(0.6)),
        (Crossing::Upwards, _) => (1.8, hue.unwrap_or(theme.muted)),
        (Crossing::Across, _) => (1.4, hue.unwrap_or(theme.muted)),
        (Crossing::None, true) => (1.0, theme.muted.faded(0.75)),
        (Crossing::None, false) => (1.0, theme.muted.faded(0.4)),
    };
    match light {
        HighlightLevel::Dimmed => Pen::plain(width.min(1.0), colour.faded(0.25)),
        HighlightLevel::Near => Pen::plain(width, colour),
        HighlightLevel::Lit => Pen::plain(width.max(1.2) + 1.2, hue.unwrap_or(theme.second)),
    }
}

/// A line with a gap in its middle, a bar at each side of it.
fn broken((from, to): (Point, Point), pen: Pen, shapes: &mut Vec<Shape>) {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let length = (x * x + y * y).sqrt().max(0.001);
    let (x, y) = (x / length, y / length);
    let middle = Point { x: from.x.midpoint(to.x), y: from.y.midpoint(to.y) };
    let half = (length * 0.3).min(GAP / 2.0);
    for (end, side) in [(from, -1.0), (to, 1.0)] {
        let rim = Point { x: middle.x + side * half * x, y: middle.y + side * half * y };
        shapes.push(Shape::Line { from: end, to: rim, pen });
        let bar = |way: f32| Point { x: rim.x - way * y * 4.0, y: rim.y + way * x * 4.0 };
        let pen = Pen::plain(1.8, pen.colour);
        shapes.push(Shape::Line { from: bar(-1.0), to: bar(1.0), pen });
    }
}

/// Two strokes that say "no more".
pub(super) fn cross((at, half): (Point, f32), pen: Pen, shapes: &mut Vec<Shape>) {
    for side in [-1.0, 1.0] {
        let from = Point { x: at.x - half, y: at.y - half * side };
        let to = Point { x: at.x + half, y: at.y + half * side };
        shapes.push(Shape::Line { from, to, pen });
    }
}

fn shortened(ends: (Point, Point), by: (f32, f32)) -> Option<(Point, Point)> {
    let (from, to) = ends;
    let (x, y) = (to.x - from.x, to.y - from.y);
    let length = (x * x + y * y).sqrt();
    if length <= by.0 + by.1 + 1.0 {
        return None;
    }
    let (x, y) = (x / length, y / length);
    let start = Point { x: from.x + x * by.0, y: from.y + y * by.0 };
    let end = Point { x: to.x - x * by.1, y: to.y - y * by.1 };
    Some((start, end))
}

fn arrowhead(line: (Point, Point), size: f32, pen: Pen) -> Shape {
    let (from, tip) = line;
    let (x, y) = (tip.x - from.x, tip.y - from.y);
    let length = (x * x + y * y).sqrt().max(0.001);
    let (x, y) = (x / length * size, y / length * size);
    let wing = |side: f32| Point { x: tip.x - x - y * 0.45 * side, y: tip.y - y + x * 0.45 * side };
    Shape::Convex { points: vec![tip, wing(1.0), wing(-1.0)], fill: pen.colour }
}

fn names(
    view: &View<'_>,
    on_screen: &[u32],
    measure: &dyn MeasureText,
    out: (&mut Picture, &mut LabelOccupancy),
) {
    let (picture, taken) = out;
    let mut order: Vec<(u8, u32, u32)> = Vec::new();
    for &index in on_screen {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        if let Some(class) = label_class(view, index) {
            order.push((class, u32::MAX - mark.weight, index));
        }
    }
    order.sort_unstable();
    let lit = order.iter().filter(|(class, ..)| *class == 1).count();
    let few = view.highlight.is_some() && lit <= FEW_LIT;
    block_marks(view, on_screen, taken);
    let close = view.camera.zoom > 0.25;
    let room = if close { PIXELS_FOR_A_NAME } else { PIXELS_FOR_A_NAME_FROM_AFAR };
    let mut left = (view.camera.viewport.width * view.camera.viewport.height / room) as usize + 1;
    for (class, _, index) in order {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        let name = match mark.subject {
            Subject::Instance(at) => view.graph.service_name(at),
            Subject::Credential(at) => view.graph.credential_name(at),
        };
        let face = if class <= 1 { Face::Strong } else { Face::Regular };
        let centre = view.camera.screen_from_scene(mark.at);
        let radius = mark.radius * view.camera.zoom;
        let wish = LabelRequest { text: labels::cut(&shown(name)), centre, radius, face };
        let placed = labels::place(&wish, taken, &view.camera.viewport, measure);
        // What is in question always has its name, over whatever lies there.
        let forced = || {
            (class == 0 || few && class == 1)
                .then(|| labels::force(&wish, taken, &view.camera.viewport, measure))
        };
        let Some(area) = placed.or_else(forced) else { continue };
        if placed.is_none() {
            leader(&wish, &area, Pen::plain(1.0, view.theme.muted), &mut picture.shapes);
        }
        let colour = match class {
            0 | 1 => view.theme.text,
            2 => view.theme.second,
            _ => view.theme.muted,
        };
        picture.texts.push(Text {
            at: area.centre(),
            text: wish.text,
            size: LABEL_SIZE,
            face,
            colour,
            ground: Some(view.theme.canvas.faded(if class == 0 { 0.94 } else { 0.72 })),
        });
        left -= 1;
        if left == 0 {
            break;
        }
    }
}

/// A line from a mark to its name, where that lies apart from it.
fn leader(wish: &LabelRequest, name: &Area, pen: Pen, shapes: &mut Vec<Shape>) {
    let near = Point {
        x: wish.centre.x.clamp(name.left, name.right()),
        y: wish.centre.y.clamp(name.top, name.bottom()),
    };
    if let Some((from, to)) = shortened((wish.centre, near), (wish.radius, 0.0)) {
        let far = (to.x - from.x).abs() + (to.y - from.y).abs() > LABEL_SIZE;
        if far {
            shapes.push(Shape::Line { from, to, pen });
        }
    }
}

/// Which names come first; `None` for marks that are too small or not in question.
fn label_class(view: &View<'_>, index: u32) -> Option<u8> {
    let mark = view.map.marks.get(index as usize)?;
    let light = view.light(index);
    let radius = mark.radius * view.camera.zoom;
    if view.selected == Some(index) || view.hovered == Some(index) {
        return Some(0);
    }
    if view.highlight.is_some() {
        return match light {
            HighlightLevel::Lit => Some(1),
            HighlightLevel::Near => (radius > 4.0).then_some(2),
            HighlightLevel::Dimmed => None,
        };
    }
    match mark.look {
        Look::Credential { crossing: Crossing::Upwards, .. } => Some(1),
        Look::Credential { crossing: Crossing::Across, .. } => (radius > 3.0).then_some(2),
        Look::Instance { .. } => (radius > 5.0).then_some(2),
        Look::Credential { shared: true, .. } => (radius > 6.0).then_some(3),
        Look::Credential { .. } => (radius > 9.0).then_some(4),
    }
}

/// Keeps names off other marks, as long as these are few enough to matter.
fn block_marks(view: &View<'_>, on_screen: &[u32], taken: &mut LabelOccupancy) {
    if on_screen.len() > 4_000 {
        return;
    }
    for &index in on_screen {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        let centre = view.camera.screen_from_scene(mark.at);
        let radius = mark.radius * view.camera.zoom * 0.85;
        if radius > 2.0 {
            taken.take(Area {
                left: centre.x - radius,
                top: centre.y - radius,
                width: 2.0 * radius,
                height: 2.0 * radius,
            });
        }
    }
}
