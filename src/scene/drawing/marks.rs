//! Marks: circles for service instances, diamonds for credentials.

use super::glyphs::{self, Ink};
use super::strokes::cross;
use super::view::View;
use crate::analysis::Crossing;
use crate::layout::Point;
use crate::scene::changes::Fate;
use crate::scene::colour::Colour;
use crate::scene::highlight::HighlightLevel;
use crate::scene::map::{Mark, MarkStyle};
use crate::scene::picture::{Dash, DrawnMark, Layer, Pen, PictureSubject, Shape};

/// Below this radius, in pixels, no shape can be made out.
const DOT: f32 = 1.8;

/// The marks within the viewport.
#[derive(Default)]
pub(super) struct VisibleMarks {
    /// All of them, as indices into the map's marks.
    pub(super) indices: Vec<u32>,
    /// Those that were drawn: of several dots on one spot, one.
    pub(super) drawn: Vec<DrawnMark>,
}

/// Draws every visible mark within the viewport, the highlighted ones last.
pub(super) fn draw(view: &View<'_>, layer: &mut Layer) -> VisibleMarks {
    let area = view.camera.viewport.grown(30.0);
    let mut seen = VisibleMarks::default();
    let mut on_top = Vec::new();
    let (mut dots, mut lit_dots) = (Dots::over(view), Dots::over(view));
    for (index, mark) in (0_u32..).zip(&view.map.marks) {
        let centre = view.camera.screen_from_scene(mark.at);
        if !view.is_visible(index) || !area.holds(centre) {
            continue;
        }
        seen.indices.push(index);
        let chosen = view.selected == Some(index) || view.hovered == Some(index);
        if chosen || view.mark_level(index) == HighlightLevel::Lit {
            on_top.push(index);
        } else if dots.have_room(view, mark, centre) {
            seen.drawn.push(draw_mark(view, (index, mark), layer));
        }
    }
    for index in on_top {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        let chosen = view.selected == Some(index) || view.hovered == Some(index);
        if chosen || lit_dots.have_room(view, mark, view.camera.screen_from_scene(mark.at)) {
            seen.drawn.push(draw_mark(view, (index, mark), layer));
        }
    }
    seen
}

/// Where dots already lie: of several that would cover each other one is drawn, so that a picture
/// of any number of marks costs no more than its pixels.
struct Dots {
    occupied: Vec<bool>,
    columns: usize,
}

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
    fn have_room(&mut self, view: &View<'_>, mark: &Mark, centre: Point) -> bool {
        let radius = (mark.radius * view.camera.zoom).max(least_radius(view));
        if self.occupied.is_empty() || radius >= DOT {
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
    let strength = match view.mark_level(index) {
        HighlightLevel::Dimmed => 0.25,
        HighlightLevel::Near | HighlightLevel::Lit => 1.0,
    };
    let spot = Spot {
        centre: view.camera.screen_from_scene(mark.at),
        radius: (mark.radius * view.camera.zoom).max(least_radius(view)),
        strength,
    };
    layer.group(PictureSubject::Mark(mark.subject), |shapes| {
        if view.selected == Some(index) {
            outline(&spot, mark, view.theme.accent, shapes);
        } else if view.hovered == Some(index) {
            outline(&spot, mark, view.theme.text, shapes);
        }
        match mark.style {
            MarkStyle::Instance { .. } => instance(view, mark, &spot, shapes),
            MarkStyle::Credential { .. } => {
                credential(view, mark, &spot, shapes);
                fixed(view, index, &spot, shapes);
            }
        }
    });
    DrawnMark { subject: mark.subject, centre: spot.centre, radius: spot.radius }
}

/// What fixes do to a credential: one that is gone is crossed out, one that was replaced is cut in
/// two.
fn fixed(view: &View<'_>, index: u32, spot: &Spot, shapes: &mut Vec<Shape>) {
    let Some(fate) = view.changes.and_then(|changes| changes.fate(index)) else { return };
    let Point { x, y } = spot.centre;
    let half = spot.radius + 3.0;
    let under = Pen::plain(4.5, view.theme.canvas);
    let pen = Pen::plain(2.2, view.theme.fixed);
    for pen in [under, pen] {
        match fate {
            Fate::Gone => cross((spot.centre, half * 0.8), pen, shapes),
            Fate::Replaced => shapes.push(Shape::Line {
                from: Point { x, y: y - half },
                to: Point { x, y: y + half },
                pen,
            }),
        }
    }
}

/// However far the map is zoomed out, the marks of a small map stay distinguishable.
fn least_radius(view: &View<'_>) -> f32 {
    if view.map.marks.len() < 1_000 { 3.0 } else { 1.2 }
}

/// A line around what is selected or under the pointer.
fn outline(spot: &Spot, mark: &Mark, colour: Colour, shapes: &mut Vec<Shape>) {
    let pen = Pen::plain(2.0, colour);
    match mark.style {
        MarkStyle::Instance { .. } => {
            shapes.push(Shape::Ring { centre: spot.centre, radius: spot.radius + 6.0, pen });
        }
        MarkStyle::Credential { .. } => {
            shapes.push(Shape::Polyline { points: diamond(spot, spot.radius + 7.0, true), pen });
        }
    }
}

fn instance(view: &View<'_>, mark: &Mark, spot: &Spot, shapes: &mut Vec<Shape>) {
    let MarkStyle::Instance { colour, role, extraction_point, entry_point, crown_jewel } =
        mark.style
    else {
        return;
    };
    let hue = view.theme.regions.get(colour).copied().unwrap_or(view.theme.muted);
    let fill = hue.faded(spot.strength).over(view.theme.canvas);
    let &Spot { centre, radius, .. } = spot;
    shapes.push(Shape::Disc { centre, radius, fill });
    if radius < 5.0 {
        return;
    }
    if extraction_point {
        shapes.push(Shape::Ring { centre, radius: radius + 3.0, pen: Pen::plain(1.5, fill) });
    }
    let ink = view.theme.canvas.faded(if spot.strength < 1.0 { 0.7 } else { 1.0 });
    glyphs::role(role, &Ink { centre, half: radius * 0.5, colour: ink }, shapes);
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

fn credential(view: &View<'_>, mark: &Mark, spot: &Spot, shapes: &mut Vec<Shape>) {
    let MarkStyle::Credential { severity, shared, crossing, dead, assumed } = mark.style else {
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
    if dead || assumed {
        let background =
            if dead { theme.canvas } else { hue.faded(0.35 * spot.strength).over(theme.canvas) };
        shapes.push(Shape::Convex { points: diamond(spot, spot.radius, false), fill: background });
        let dash = if assumed && spot.radius > 4.0 { Dash::Dashed } else { Dash::Plain };
        let pen = Pen { width: 1.6, colour: solid, dash };
        shapes.push(Shape::Polyline { points: diamond(spot, spot.radius, true), pen });
    } else {
        shapes.push(Shape::Convex { points: diamond(spot, spot.radius, false), fill });
    }
    if crossing == Crossing::Upwards && spot.radius > 4.0 {
        let pen = Pen::plain(1.5, solid);
        shapes.push(Shape::Polyline { points: diamond(spot, spot.radius + 3.5, true), pen });
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
