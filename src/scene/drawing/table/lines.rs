//! What lies below the cells: the grounds of blocks, a line for each row, and each credential's own line.

use super::frame::Frame;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::drawing::links::link_pen;
use crate::scene::drawing::view::View;
use crate::scene::grid::{Grid, PITCH, Strand};
use crate::scene::highlight::HighlightLevel;
use crate::scene::picture::{Layer, Pen, PictureSubject, Shape};

/// More upright lines than this in sight are one area: only what is lit is drawn then.
const MOST_STRANDS: usize = 1_500;

pub(super) fn draw(view: &View<'_>, grid: &Grid, frame: &Frame, layer: &mut Layer) {
    blocks(view, frame, layer);
    rows(view, grid, frame, layer);
    strands(view, grid, frame, layer);
}

/// The part of a table's row or column that is in sight.
fn strip(
    body: &Area,
    low: Point,
    high: Point,
    fill: crate::scene::colour::Colour,
) -> Option<Shape> {
    let low = Point { x: low.x.max(body.left), y: low.y.max(body.top) };
    let high = Point { x: high.x.min(body.right()), y: high.y.min(body.bottom()) };
    (low.x < high.x && low.y < high.y).then_some(Shape::Rectangle { low, high, fill })
}

fn blocks(view: &View<'_>, frame: &Frame, layer: &mut Layer) {
    for (index, region) in (0_u16..).zip(&view.map.regions) {
        let outline = region.shape.outline.iter();
        let Some(extent) = Area::around(outline.map(|&at| view.camera.screen_from_scene(at)))
        else {
            continue;
        };
        let fill = view.theme.region(region.colour).faded(view.theme.wash);
        let low = Point { x: frame.body.left, y: extent.top };
        let high = Point { x: frame.body.right(), y: extent.bottom() };
        let ground = strip(&frame.body, low, high, fill);
        layer.group(PictureSubject::Region(index), |shapes| shapes.extend(ground));
    }
}

fn rows(view: &View<'_>, grid: &Grid, frame: &Frame, layer: &mut Layer) {
    if !frame.has_forms {
        return;
    }
    let (low, high) = frame.rows(view);
    for row in grid.rows_in(low, high) {
        let Some((y, mark)) = grid.row(row).filter(|(_, mark)| view.is_visible(*mark)) else {
            continue;
        };
        let y = view.camera.screen_from_scene(Point { x: 0.0, y }).y;
        if view.is_chosen(mark) {
            let half = frame.pitch / 2.0;
            let fill = view.theme.accent.faded(0.14);
            let low = Point { x: frame.body.left, y: y - half };
            let high = Point { x: frame.body.right(), y: y + half };
            layer.shapes.extend(strip(&frame.body, low, high, fill));
        }
        if y < frame.body.top || y > frame.body.bottom() {
            continue;
        }
        let from = Point { x: frame.body.left, y };
        let pen = Pen::plain(1.0, view.theme.line.faded(0.55));
        layer.shapes.push(Shape::Line { from, to: Point { x: frame.body.right(), y }, pen });
    }
}

/// How many of the lines in sight are not drawn because there are too many. In a matrix they only lead the
/// eye down a column.
pub(super) fn undrawn(view: &View<'_>, grid: &Grid, frame: &Frame) -> usize {
    if grid.is_matrix() {
        return 0;
    }
    let seen = in_sight(view, grid, frame);
    let is_drawn = |strand: &&&Strand| view.is_on_top(strand.mark);
    let drawn = seen.iter().filter(is_drawn).count();
    if seen.len() > MOST_STRANDS { seen.len() - drawn } else { 0 }
}

fn strands(view: &View<'_>, grid: &Grid, frame: &Frame, layer: &mut Layer) {
    let seen = in_sight(view, grid, frame);
    let too_many = seen.len() > MOST_STRANDS;
    for strand in seen {
        let level = view.mark_level(strand.mark);
        let is_own = view.is_chosen(strand.mark);
        if too_many && !view.is_on_top(strand.mark) {
            continue;
        }
        let Some(mark) = view.map.marks.get(strand.mark as usize) else { continue };
        let at = |y: f32| view.camera.screen_from_scene(Point { x: strand.x, y });
        let (from, to) = (at(strand.rows.0), at(strand.rows.1));
        if is_own {
            let half = frame.pitch / 2.0;
            let low = Point { x: from.x - half, y: from.y - half };
            let high = Point { x: to.x + half, y: to.y + half };
            let fill = view.theme.accent.faded(0.14);
            layer.shapes.extend(strip(&frame.body, low, high, fill));
        }
        let mut pen = link_pen(view.theme, &mark.style, level);
        if grid.is_matrix() {
            // A column for itself needs no line but where it is in question.
            pen = Pen::plain(1.0, view.theme.line.faded(0.35));
        } else if level == HighlightLevel::Dimmed {
            pen.width = 1.0;
        }
        let top = if grid.is_matrix() { frame.body.top } else { from.y - frame.pitch };
        let (low, high) = (top.max(frame.body.top), to.y.min(frame.body.bottom()));
        let is_inside = from.x >= frame.body.left && from.x <= frame.body.right();
        if low < high && is_inside {
            let x = from.x;
            let line = Shape::Line { from: Point { x, y: low }, to: Point { x, y: high }, pen };
            if grid.is_matrix() {
                layer.shapes.push(line);
            } else {
                layer.group(PictureSubject::Mark(mark.subject), |shapes| shapes.push(line));
            }
        }
    }
}

/// The credentials whose own lines are in sight.
pub(super) fn in_sight<'a>(view: &View<'_>, grid: &'a Grid, frame: &Frame) -> Vec<&'a Strand> {
    let (low, high) = frame.rows(view);
    let is_seen = |strand: &&Strand| {
        let meets = grid.is_matrix() || (strand.rows.0 - PITCH <= high && strand.rows.1 >= low);
        meets && view.is_visible(strand.mark)
    };
    grid.strands_in(frame.columns(view)).iter().filter(is_seen).collect()
}
