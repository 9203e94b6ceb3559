//! The whole of a large map, small, with what is lit and the part of it that is in sight.

use std::collections::BTreeSet;

use super::view::View;
use crate::layout::Point;
use crate::scene::camera::{Area, MiniMap};
use crate::scene::picture::{Layer, Pen, Shape};

/// From this many marks on there is one.
const FROM: usize = 500;

/// The greatest width and height, in pixels.
const MOST: (f32, f32) = (150.0, 100.0);

/// How far it stands from the edges.
const MARGIN: f32 = 10.0;

/// Draws the minimap into the corner above the legend, which begins at `bottom`; none where all of the map is in sight.
pub(super) fn draw(view: &View<'_>, bottom: f32, layer: &mut Layer) -> Option<MiniMap> {
    let viewport = view.camera.viewport;
    if view.map.marks.len() < FROM || viewport.width < 3.0 * MOST.0 {
        return None;
    }
    let whole = view.map.extent();
    let seen = view.seen_area();
    let corners =
        [Point { x: whole.left, y: whole.top }, Point { x: whole.right(), y: whole.bottom() }];
    if corners.iter().all(|&corner| seen.holds(corner)) {
        return None;
    }
    let scale = (MOST.0 / whole.width.max(1.0)).min(MOST.1 / whole.height.max(1.0));
    let (width, height) = (whole.width * scale, whole.height * scale);
    let area = Area {
        left: viewport.right() - width - MARGIN,
        top: bottom - height - MARGIN,
        width,
        height,
    };
    let map = MiniMap { area, whole };
    let frame = area.grown(4.0);
    layer.shapes.push(filled(&frame, view.theme.canvas.faded(0.92)));
    layer.shapes.push(outlined(&frame, Pen::plain(1.0, view.theme.line)));
    for region in &view.map.regions {
        let outline = region.shape.outline.iter().copied();
        let points: Vec<Point> = outline.map(|at| map.from_scene(at)).collect();
        let colour = view.theme.region(region.colour);
        layer.shapes.push(Shape::Polygon { points, fill: colour.faded(0.4) });
    }
    lit(view, &map, layer);
    let low = map.from_scene(Point { x: seen.left, y: seen.top });
    let high = map.from_scene(Point { x: seen.right(), y: seen.bottom() });
    let (left, top) = (low.x.clamp(area.left, area.right()), low.y.clamp(area.top, area.bottom()));
    let (right, bottom) =
        (high.x.clamp(area.left, area.right()), high.y.clamp(area.top, area.bottom()));
    // However close one looks, the frame stays large enough to be seen.
    let part = Area { left, top, width: (right - left).max(4.0), height: (bottom - top).max(4.0) };
    layer.shapes.push(filled(&part, view.theme.accent.faded(0.18)));
    layer.shapes.push(outlined(&part, Pen::plain(1.5, view.theme.accent)));
    Some(map)
}

/// Up to this many lit links are drawn, and this many lit marks are looked at: of more, only each second, third
/// and so on, for a minimap is drawn in every frame in which the map moves.
const MOST_LINKS: usize = 300;
const MOST_MARKS: usize = 20_000;

/// The side of a spot that stands for lit marks, and the radius of what is selected, in pixels.
const SPOT: f32 = 2.0;
const SELECTED: f32 = 3.0;

/// Draws what is lit: links, a spot wherever there is a mark, and what is selected over both.
fn lit(view: &View<'_>, map: &MiniMap, layer: &mut Layer) {
    let theme = view.theme;
    let is_shown = |mark: &u32| view.visible.get(*mark as usize).copied().unwrap_or(true);
    let place = |mark: u32| {
        let own = view.map.marks.get(mark as usize).filter(|_| is_shown(&mark))?;
        Some(map.from_scene(own.at))
    };
    let (marks, links) = view
        .highlight
        .map_or((&[][..], &[][..]), |highlight| (highlight.lit_marks(), highlight.lit_links()));
    if links.len() <= MOST_LINKS {
        let links = links.iter().filter_map(|&at| view.map.links.get(at as usize));
        let ends = links.filter_map(|own| Some((place(own.credential)?, place(own.instance)?)));
        let pen = Pen::plain(1.0, theme.text.faded(0.5));
        layer.shapes.extend(ends.map(|(from, to)| Shape::Line { from, to, pen }));
    }
    let every = marks.len().div_ceil(MOST_MARKS).max(1);
    let cell = |at: Point| ((at.x / SPOT).floor() as i32, (at.y / SPOT).floor() as i32);
    let some = marks.iter().step_by(every).filter_map(|&mark| place(mark));
    let spots: BTreeSet<(i32, i32)> = some.map(cell).collect();
    layer.shapes.extend(spots.into_iter().map(|(column, row)| {
        let low = Point { x: column as f32 * SPOT, y: row as f32 * SPOT };
        let high = Point { x: low.x + SPOT, y: low.y + SPOT };
        Shape::Rectangle { low, high, fill: theme.text }
    }));
    for centre in view.selected.iter().take(MOST_LINKS).filter_map(|&mark| place(mark)) {
        layer.shapes.push(Shape::Disc { centre, radius: SELECTED, fill: theme.canvas });
        layer.shapes.push(Shape::Ring {
            centre,
            radius: SELECTED,
            pen: Pen::plain(1.6, theme.text),
        });
    }
}

fn filled(area: &Area, fill: crate::scene::colour::Colour) -> Shape {
    let low = Point { x: area.left, y: area.top };
    Shape::Rectangle { low, high: Point { x: area.right(), y: area.bottom() }, fill }
}

fn outlined(area: &Area, pen: Pen) -> Shape {
    let (left, top, right, bottom) = (area.left, area.top, area.right(), area.bottom());
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    Shape::Polyline { points: corners.map(|(x, y)| Point { x, y }).to_vec(), pen }
}
