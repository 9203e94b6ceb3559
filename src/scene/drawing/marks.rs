//! Marks: circles for service instances, diamonds for credentials.

use super::glyphs::{self, Ink};
use super::in_sight::InSight;
use super::strokes::cross;
use super::view::View;
use crate::analysis::Crossing;
use crate::layout::Point;
use crate::scene::changes::Fate;
use crate::scene::colour::Colour;
use crate::scene::map::{Mark, MarkStyle};
use crate::scene::picture::{Dash, DrawnMark, Layer, Pen, PictureSubject, Shape};

/// Below this radius, in pixels, no shape can be made out.
const DOT: f32 = 1.8;

/// Draws the marks that are not in question.
pub(super) fn draw_quiet(view: &View<'_>, marks: &InSight, layer: &mut Layer) -> Vec<DrawnMark> {
    draw(view, &marks.quiet, layer)
}

/// Draws what is highlighted, selected or under the pointer.
pub(super) fn draw_on_top(view: &View<'_>, marks: &InSight, layer: &mut Layer) -> Vec<DrawnMark> {
    draw(view, &marks.on_top, layer)
}

/// Draws marks, and returns those that were drawn: of several dots on one spot, one.
fn draw(view: &View<'_>, marks: &[u32], layer: &mut Layer) -> Vec<DrawnMark> {
    let mut dots = Dots::over(view);
    let mut drawn = Vec::with_capacity(marks.len());
    for &index in marks {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        let centre = view.camera.screen_from_scene(mark.at);
        if view.is_chosen(index) || dots.have_room(view, index, centre) {
            drawn.push(draw_mark(view, (index, mark), layer));
        }
    }
    drawn
}

/// Where dots already lie: of several that would cover each other one is drawn, so that a picture
/// of any number of marks costs no more than its pixels.
struct Dots {
    occupied: Vec<bool>,
    columns: usize,
}

/// Instances of fewer pixels than this have no ring and no badges.
const LEAST_WITH_BADGES: f32 = 3.2;

/// How large the filled core of an assumed credential is beside its dashed edge.
const CORE: f32 = 0.6;

/// The side of the square that one dot occupies, in pixels: smaller dots on one spot look like one.
const PLACE: f32 = 2.0;

impl Dots {
    fn over(view: &View<'_>) -> Self {
        let area = view.camera.viewport.grown(30.0);
        let columns = (area.width / PLACE).ceil().max(1.0) as usize;
        let rows = (area.height / PLACE).ceil().max(1.0) as usize;
        let many = view.map.marks.len() > 10_000;
        Self { occupied: vec![false; if many { columns * rows } else { 0 }], columns }
    }

    /// Whether a mark is to be drawn; occupies its place if it is a dot.
    fn have_room(&mut self, view: &View<'_>, mark: u32, centre: Point) -> bool {
        if self.occupied.is_empty() || view.radius_of(mark) >= DOT {
            return true;
        }
        let area = view.camera.viewport.grown(30.0);
        let column = ((centre.x - area.left) / PLACE).max(0.0) as usize;
        let row = ((centre.y - area.top) / PLACE).max(0.0) as usize;
        let Some(occupied) =
            self.occupied.get_mut(row * self.columns + column.min(self.columns - 1))
        else {
            return true;
        };
        !std::mem::replace(occupied, true)
    }
}

/// Where and how large a mark is on the screen, and how strong.
struct Spot {
    centre: Point,
    radius: f32,
    strength: f32,
}

fn draw_mark(view: &View<'_>, (index, mark): (u32, &Mark), layer: &mut Layer) -> DrawnMark {
    let at = (view.camera.screen_from_scene(mark.at), view.radius_of(index));
    draw_at(view, (index, mark), at, layer)
}

/// Draws a mark somewhere else than where it lies on the map.
pub(super) fn draw_at(
    view: &View<'_>,
    (index, mark): (u32, &Mark),
    (centre, radius): (Point, f32),
    layer: &mut Layer,
) -> DrawnMark {
    let spot = Spot { centre, radius, strength: view.strength_of(index) };
    layer.group(PictureSubject::Mark(mark.subject), |shapes| {
        if view.is_selected(index) {
            outline(&spot, &mark.style, view.theme.accent, shapes);
        } else if view.hovered == Some(index) {
            outline(&spot, &mark.style, view.theme.text, shapes);
        }
        inner(view, &mark.style, &spot, shapes);
        if view.map.is_pinned(index) && radius >= LEAST_WITH_BADGES {
            pin(view, &spot, shapes);
        }
        if view.is_compromised(index) && radius >= LEAST_WITH_BADGES {
            fallen(view, &spot, shapes);
        }
        if let Some(own) = view.changes.and_then(|changes| changes.fate(index)) {
            fate(view, own, (spot.centre, spot.radius), shapes);
        }
    });
    DrawnMark { subject: mark.subject, centre: spot.centre, radius: spot.radius }
}

/// A mark for itself, as the legend shows it.
pub(super) fn sample(
    view: &View<'_>,
    style: &MarkStyle,
    (centre, radius): (Point, f32),
    shapes: &mut Vec<Shape>,
) {
    inner(view, style, &Spot { centre, radius, strength: 1.0 }, shapes);
}

fn inner(view: &View<'_>, style: &MarkStyle, spot: &Spot, shapes: &mut Vec<Shape>) {
    match style {
        MarkStyle::Instance { .. } => instance(view, style, spot, shapes),
        MarkStyle::Credential { .. } => credential(view, style, spot, shapes),
    }
}

/// The sign of what stands where somebody put it, at the lower left.
pub(super) fn pin_sample(view: &View<'_>, (centre, radius): (Point, f32), shapes: &mut Vec<Shape>) {
    pin(view, &Spot { centre, radius, strength: 1.0 }, shapes);
}

/// The sign of what is taken to have fallen, over it.
pub(super) fn fallen_sample(
    view: &View<'_>,
    (centre, radius): (Point, f32),
    shapes: &mut Vec<Shape>,
) {
    // Over a mark whose middle lies so far below that the sign is in the middle.
    let centre = Point { y: centre.y + radius + 0.6 * lock_half(radius), ..centre };
    fallen(view, &Spot { centre, radius, strength: 1.0 }, shapes);
}

/// Half the side of the sign of what has fallen, over a mark of a radius.
fn lock_half(radius: f32) -> f32 {
    (radius * 0.45).clamp(4.5, 9.0)
}

fn fallen(view: &View<'_>, spot: &Spot, shapes: &mut Vec<Shape>) {
    let &Spot { centre, radius, strength } = spot;
    let half = lock_half(radius);
    let at = Point { x: centre.x, y: centre.y - radius - half * 0.6 };
    let ground = view.theme.canvas.faded(0.85);
    shapes.push(Shape::Disc { centre: at, radius: half * 1.5, fill: ground });
    let critical = view.theme.severity.first().copied().unwrap_or(view.theme.text);
    let colour = critical.faded(strength.max(0.6)).over(view.theme.canvas);
    glyphs::open_lock(&Ink { centre: at, half, colour }, shapes);
}

fn pin(view: &View<'_>, spot: &Spot, shapes: &mut Vec<Shape>) {
    let &Spot { centre, radius, strength } = spot;
    let half = (radius * 0.45).clamp(5.0, 9.0);
    let away = radius * 0.7 + half;
    let centre = Point { x: centre.x - away, y: centre.y + away * 0.8 };
    let ground = view.theme.canvas.faded(0.85);
    shapes.push(Shape::Disc { centre, radius: half * 1.3, fill: ground });
    let colour = view.theme.text.faded(strength).over(view.theme.canvas);
    glyphs::pin(&Ink { centre, half, colour }, shapes);
}

/// What fixes do to a credential: one that is gone is crossed out, one that was replaced is cut in
/// two.
pub(super) fn fate(
    view: &View<'_>,
    fate: Fate,
    (centre, radius): (Point, f32),
    shapes: &mut Vec<Shape>,
) {
    let Point { x, y } = centre;
    let half = radius + 3.0;
    let under = Pen::plain(4.5, view.theme.canvas);
    let pen = Pen::plain(2.2, view.theme.fixed);
    for pen in [under, pen] {
        match fate {
            Fate::Gone => cross((centre, half * 0.8), pen, shapes),
            Fate::Replaced => shapes.push(Shape::Line {
                from: Point { x, y: y - half },
                to: Point { x, y: y + half },
                pen,
            }),
        }
    }
}

/// A line around what is selected or under the pointer.
fn outline(spot: &Spot, style: &MarkStyle, colour: Colour, shapes: &mut Vec<Shape>) {
    let pen = Pen::plain(2.0, colour);
    match style {
        MarkStyle::Instance { .. } => {
            shapes.push(Shape::Ring { centre: spot.centre, radius: spot.radius + 6.0, pen });
        }
        MarkStyle::Credential { .. } => {
            // Close by, so that the mark within is not taken for a hollow one.
            let away = if is_doubled(style, spot) { 7.0 } else { 5.0 };
            shapes.push(Shape::Polyline { points: diamond(spot, spot.radius + away, true), pen });
        }
    }
}

/// Whether a credential's edge is doubled: it leads upwards.
fn is_doubled(style: &MarkStyle, spot: &Spot) -> bool {
    let MarkStyle::Credential { crossing, .. } = *style else { return false };
    crossing == Crossing::Upwards && spot.radius > 4.0
}

fn instance(view: &View<'_>, style: &MarkStyle, spot: &Spot, shapes: &mut Vec<Shape>) {
    let MarkStyle::Instance { colour, role, extraction_point, entry_point, crown_jewel } = *style
    else {
        return;
    };
    let hue = view.theme.region(colour);
    let fill = hue.faded(spot.strength).over(view.theme.canvas);
    let &Spot { centre, radius, .. } = spot;
    shapes.push(Shape::Disc { centre, radius, fill });
    if radius < LEAST_WITH_BADGES {
        return;
    }
    if extraction_point {
        shapes.push(Shape::Ring { centre, radius: radius + 3.0, pen: Pen::plain(1.5, fill) });
    }
    let ink = view.theme.canvas.faded(if spot.strength < 1.0 { 0.7 } else { 1.0 });
    if radius >= 5.0 {
        glyphs::role(role, &Ink { centre, half: radius * 0.52, colour: ink }, shapes);
    }
    let badge = |side: f32| Ink {
        centre: Point { x: centre.x + side * radius * 0.9, y: centre.y - radius * 0.95 },
        half: (radius * 0.4).max(4.0),
        colour: view.theme.text.faded(spot.strength),
    };
    if crown_jewel {
        glyphs::crown(&badge(1.0), shapes);
    }
    if entry_point {
        glyphs::door(&badge(-1.0), shapes);
    }
}

fn credential(view: &View<'_>, style: &MarkStyle, spot: &Spot, shapes: &mut Vec<Shape>) {
    let MarkStyle::Credential { severity, shared, crossing, dead, assumed } = *style else {
        return;
    };
    let theme = view.theme;
    let joins = shared || crossing != Crossing::None;
    let hue = severity
        .filter(|_| joins)
        .and_then(|severity| theme.severity.get(severity.rank()).copied())
        .unwrap_or(theme.muted);
    let solid = hue.faded(spot.strength).over(theme.canvas);
    let weight = if joins { 1.0 } else { 0.7 };
    let fill = hue.faded(spot.strength * weight).over(theme.canvas);
    if spot.radius < DOT {
        shapes.push(Shape::Disc { centre: spot.centre, radius: spot.radius, fill });
        return;
    }
    let outline = |radius: f32, width: f32, dash: Dash| Shape::Polyline {
        points: diamond(spot, radius, true),
        pen: Pen { width, colour: solid, dash },
    };
    let filled =
        |radius: f32, fill: Colour| Shape::Convex { points: diamond(spot, radius, false), fill };
    let dashed = assumed && spot.radius > 4.0;
    match (dead, dashed) {
        (true, dashed) => {
            shapes.push(filled(spot.radius, theme.canvas));
            let dash = if dashed { Dash::Dashed } else { Dash::Plain };
            shapes.push(outline(spot.radius, 1.6, dash));
        }
        // What is live is never hollow: the dashes stand round a filled core.
        (false, true) => {
            shapes.push(filled(spot.radius * CORE, fill));
            shapes.push(outline(spot.radius, 1.4, Dash::Dashed));
        }
        (false, false) => shapes.push(filled(spot.radius, fill)),
    }
    if is_doubled(style, spot) {
        shapes.push(outline(spot.radius + 3.5, 1.5, Dash::Plain));
    }
}

fn diamond(spot: &Spot, radius: f32, closed: bool) -> Vec<Point> {
    let Point { x, y } = spot.centre;
    let mut points = vec![
        Point { x, y: y - radius },
        Point { x: x + radius, y },
        Point { x, y: y + radius },
        Point { x: x - radius, y },
    ];
    if closed {
        points.push(Point { x, y: y - radius });
    }
    points
}
