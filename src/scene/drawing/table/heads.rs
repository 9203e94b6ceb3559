//! The names and marks of rows at the left edge, those of credentials above their lines, and the names of
//! blocks.

use std::collections::BTreeSet;

use super::frame::Frame;
use super::head_names::{MOST_MARKS, fitted, push_name};
use super::lines::in_sight;
use super::strand_heads;
use crate::inventory::{grouped, shown};
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::drawing::labels::{LABEL_SIZE, LabelOccupancy};
use crate::scene::drawing::view::View;
use crate::scene::drawing::{marks, names, samples};
use crate::scene::furniture::LegendSign;
use crate::scene::grid::Grid;
use crate::scene::picture::{
    Anchor, DrawnMark, Face, Layer, MeasureText, Pen, PictureSubject, Shape, Text, TextStyle,
};

/// How far marks stand from the left edge.
const LEFT: f32 = 16.0;

/// The signs of the marks in sight.
pub(super) fn signs(view: &View<'_>, grid: &Grid, frame: &Frame) -> BTreeSet<LegendSign> {
    let mut signs = BTreeSet::new();
    let (low, high) = frame.rows(view);
    let rows = grid.rows_in(low, high).filter_map(|row| grid.row(row));
    for mark in rows.map(|(_, mark)| mark).filter(|_| frame.has_names) {
        samples::add_mark(view, mark, &mut signs);
    }
    let strands = in_sight(view, grid, frame);
    for strand in strands.iter().take(MOST_MARKS).filter(|_| frame.has_forms) {
        samples::add_mark(view, strand.mark, &mut signs);
    }
    signs
}

/// Draws the edges over the cells, and returns where marks were drawn.
pub(super) fn draw(
    view: &View<'_>,
    (grid, frame, reserved): (&Grid, &Frame, Option<Area>),
    measure: &dyn MeasureText,
    layer: &mut Layer,
) -> Vec<DrawnMark> {
    let mut occupied = LabelOccupancy::default();
    if let Some(area) = reserved {
        occupied.occupy_with_text(area);
    }
    let mut drawn = if grid.is_matrix() {
        ground(view, &top_edge(view, frame), layer);
        column_blocks(view, (grid, frame), measure, (layer, &mut occupied));
        column_heads(view, (grid, frame), measure, layer)
    } else {
        strand_heads::draw(view, (grid, frame), measure, (layer, &mut occupied))
    };
    ground(view, &left_edge(view, frame), layer);
    block_names(view, frame, measure, (layer, &mut occupied));
    drawn.extend(row_heads(view, (grid, frame), measure, (layer, &mut occupied)));
    drawn
}

fn left_edge(view: &View<'_>, frame: &Frame) -> Area {
    let viewport = view.camera.viewport;
    Area { width: frame.body.left - viewport.left, ..viewport }
}

fn top_edge(view: &View<'_>, frame: &Frame) -> Area {
    let viewport = view.camera.viewport;
    Area { height: frame.body.top - viewport.top, ..viewport }
}

fn ground(view: &View<'_>, area: &Area, layer: &mut Layer) {
    let (low, high) =
        (Point { x: area.left, y: area.top }, Point { x: area.right(), y: area.bottom() });
    layer.shapes.push(Shape::Rectangle { low, high, fill: view.theme.canvas });
    let pen = Pen::plain(1.0, view.theme.line);
    let from = if area.width < area.height {
        Point { y: low.y, ..high }
    } else {
        Point { x: low.x, ..high }
    };
    layer.shapes.push(Shape::Line { from, to: high, pen });
}

/// The name of each block over its first row, or at the top as long as the block is in sight.
fn block_names(
    view: &View<'_>,
    frame: &Frame,
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let size = 14.0 * view.theme.type_size;
    for (index, region) in (0_u16..).zip(&view.map.regions) {
        let outline = region.shape.outline.iter();
        let Some(extent) = Area::around(outline.map(|&at| view.camera.screen_from_scene(at)))
        else {
            continue;
        };
        let lowest = extent.bottom() - size;
        let y = (extent.top - 0.45 * frame.pitch).max(frame.body.top + size / 2.0).min(lowest);
        if y < frame.body.top || y > frame.body.bottom() {
            continue;
        }
        let in_sight = view.in_regions.get(usize::from(index)).copied();
        let text = match in_sight {
            Some(some) if some != region.instances => {
                let [some, all] = [some, region.instances].map(|own| grouped(own as u64));
                format!("{}  {some} of {all}", shown(&region.name))
            }
            _ => format!("{}  {}", shown(&region.name), grouped(region.instances as u64)),
        };
        let left = view.camera.viewport.left + 8.0;
        let width = measure.width(&text, size, Face::Strong);
        let area = Area { left, top: y - size / 2.0, width, height: size };
        if !occupied.try_occupy(&area) {
            continue;
        }
        let style = TextStyle { size, face: Face::Strong, colour: view.theme.text };
        layer.texts.push(Text {
            anchor: Anchor::Left,
            subject: Some(PictureSubject::Region(index)),
            ..Text::new(Point { x: left, y }, text, style)
        });
    }
}

/// The name of each block of columns over its first column, or at the left as long as it is in sight.
fn column_blocks(
    view: &View<'_>,
    (grid, frame): (&Grid, &Frame),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let size = LABEL_SIZE * view.theme.type_size;
    let y = view.camera.viewport.top + 4.0 + size / 2.0;
    for block in &grid.blocks {
        let region = block.region.and_then(|at| view.map.regions.get(usize::from(at)));
        let name = region.map_or_else(
            || format!("several {}s", view.map.grouped_by.word()),
            |region| shown(&region.name).into_owned(),
        );
        let text = format!("{name}  {}", grouped(block.columns as u64));
        let first =
            view.camera.screen_from_scene(Point { x: block.x - grid.column_pitch / 2.0, y: 0.0 }).x;
        let end = first + block.columns as f32 * grid.column_pitch * view.camera.zoom;
        if first > frame.body.left && first < frame.body.right() {
            let pen = Pen::plain(1.0, view.theme.line);
            let (from, to) = (view.camera.viewport.top, frame.body.bottom());
            let (from, to) = (Point { x: first, y: from }, Point { x: first, y: to });
            layer.shapes.push(Shape::Line { from, to, pen });
        }
        let left = first.max(frame.body.left) + 4.0;
        let width = measure.width(&text, size, Face::Strong);
        let area = Area { left, top: y - size / 2.0, width, height: size };
        let fits = left + width <= end.min(frame.body.right());
        if fits && occupied.try_occupy(&area) {
            let style = TextStyle { size, face: Face::Strong, colour: view.theme.text };
            let at = Point { x: left, y };
            layer.texts.push(Text {
                anchor: Anchor::Left,
                subject: block.region.map(PictureSubject::Region),
                ..Text::new(at, text, style)
            });
        }
    }
}

/// The marks and names of rows.
fn row_heads(
    view: &View<'_>,
    (grid, frame): (&Grid, &Frame),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) -> Vec<DrawnMark> {
    let (low, high) = frame.rows(view);
    let mut drawn = Vec::new();
    for row in grid.rows_in(low, high) {
        let Some((y, index)) = grid.row(row).filter(|(_, mark)| view.is_visible(*mark)) else {
            continue;
        };
        let y = view.camera.screen_from_scene(Point { x: 0.0, y }).y;
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        if y < frame.body.top || y > frame.body.bottom() || !frame.has_forms {
            continue;
        }
        let centre = Point { x: view.camera.viewport.left + LEFT, y };
        let radius = frame.row_radius();
        let (left, top) = (centre.x - radius, y - radius);
        // The name of a block, or what stands in the corner, lies over the row.
        if !occupied.try_occupy(&Area { left, top, width: 2.0 * radius, height: 2.0 * radius }) {
            continue;
        }
        drawn.push(marks::draw_at(view, (index, mark), (centre, radius), layer));
        let left = centre.x + radius + 7.0;
        let name = names::whole_name_of(view, index).filter(|_| frame.has_names);
        let Some(text) = name else { continue };
        let face = if view.is_on_top(index) { Face::Strong } else { Face::Regular };
        let size = LABEL_SIZE * view.theme.type_size;
        let text = fitted(text, frame.body.left - left - 4.0, (size, face, measure));
        let width = measure.width(&text, size, face);
        let area = Area { left, top: y - size / 2.0, width, height: size };
        // No name is cut by what lies below the table.
        if area.bottom() <= frame.body.bottom() && occupied.try_occupy(&area) {
            let at = Point { x: left, y };
            push_name(view, (index, at, Anchor::Left), (text, size, face), layer);
        }
    }
    drawn
}

/// The marks of credentials over their columns, and their names, which run upwards.
fn column_heads(
    view: &View<'_>,
    (grid, frame): (&Grid, &Frame),
    measure: &dyn MeasureText,
    layer: &mut Layer,
) -> Vec<DrawnMark> {
    let strands = in_sight(view, grid, frame);
    if !frame.has_forms || strands.len() > MOST_MARKS {
        return Vec::new();
    }
    let mut drawn = Vec::new();
    for strand in strands {
        let Some(mark) = view.map.marks.get(strand.mark as usize) else { continue };
        let x = view.camera.screen_from_scene(Point { x: strand.x, y: 0.0 }).x;
        if x < frame.body.left || x > frame.body.right() {
            continue;
        }
        let radius = (frame.pitch * 0.34).clamp(2.0, 7.0);
        let centre = Point { x, y: frame.body.top - radius - 4.0 };
        drawn.push(marks::draw_at(view, (strand.mark, mark), (centre, radius), layer));
        let size = LABEL_SIZE * view.theme.type_size;
        // A name that runs upwards is as wide as a line is high: at the edge it would be cut.
        let has_name = frame.has_names && x + 0.7 * size <= frame.body.right();
        if let Some(text) = names::whole_name_of(view, strand.mark).filter(|_| has_name) {
            let face = if view.is_on_top(strand.mark) { Face::Strong } else { Face::Regular };
            let at = Point { x, y: centre.y - radius - 4.0 };
            let room = at.y - view.camera.viewport.top - 20.0 * view.theme.type_size;
            let text = fitted(text, room, (size, face, measure));
            push_name(view, (strand.mark, at, Anchor::Foot), (text, size, face), layer);
        }
    }
    drawn
}
