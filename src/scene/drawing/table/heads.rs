//! The names and marks of rows at the left edge, those of credentials above their lines, and the names of
//! blocks.

use std::collections::BTreeSet;

use super::frame::Frame;
use super::head_names::{HeadName, MOST_MARKS, head_names, push_name};
use super::lines::in_sight;
use super::strand_heads;
use crate::inventory::grouped;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::drawing::labels::LABEL_SIZE;
use crate::scene::drawing::occupancy::LabelOccupancy;
use crate::scene::drawing::view::View;
use crate::scene::drawing::{marks, samples};
use crate::scene::furniture::LegendSign;
use crate::scene::grid::{ColumnBlock, Grid, Strand};
use crate::scene::partition::{plural, unknown_word};
use crate::scene::picture::{
    Anchor, DrawnMark, Face, Layer, MeasureText, Pen, PictureSubject, Shape, Text, TextStyle,
};
use crate::scene::written::written;

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
        edge(view, (&top_edge(view, frame), frame.end), layer);
        column_blocks(view, (grid, frame), measure, (layer, &mut occupied));
        column_heads(view, (grid, frame), measure, layer)
    } else {
        strand_heads::draw(view, (grid, frame), measure, (layer, &mut occupied))
    };
    edge(view, (&left_edge(view, frame), frame.end), layer);
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

/// The ground of the names at an edge, and the line at which the table begins: beside the rows as far down as these go.
fn edge(view: &View<'_>, (area, end): (&Area, f32), layer: &mut Layer) {
    let (low, high) =
        (Point { x: area.left, y: area.top }, Point { x: area.right(), y: area.bottom() });
    layer.shapes.push(Shape::Rectangle { low, high, fill: view.theme.canvas });
    let pen = Pen::plain(1.0, view.theme.line);
    let (from, to) = if area.width < area.height {
        (Point { y: low.y, ..high }, Point { y: end, ..high })
    } else {
        (Point { x: low.x, ..high }, high)
    };
    layer.shapes.push(Shape::Line { from, to, pen });
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
                format!("{}  {some} of {all}", written(&region.name))
            }
            _ => format!("{}  {}", written(&region.name), grouped(region.instances as u64)),
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
        let first =
            view.camera.screen_from_scene(Point { x: block.x - grid.column_pitch / 2.0, y: 0.0 }).x;
        let end = first + block.columns as f32 * grid.column_pitch * view.camera.zoom;
        if first > frame.body.left && first < frame.body.right() {
            let pen = Pen::plain(1.0, view.theme.line);
            let (from, to) = (view.camera.viewport.top, frame.end);
            let (from, to) = (Point { x: first, y: from }, Point { x: first, y: to });
            layer.shapes.push(Shape::Line { from, to, pen });
        }
        let left = first.max(frame.body.left) + 4.0;
        let named = names_of(view, block).into_iter().find_map(|name| {
            let text = format!("{name}  {}", grouped(block.columns as u64));
            let width = measure.width(&text, size, Face::Strong);
            (left + width <= end.min(frame.body.right())).then_some((text, width))
        });
        let Some((text, width)) = named else { continue };
        if occupied.try_occupy(&Area { left, top: y - size / 2.0, width, height: size }) {
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

/// What a block is called: the longest of these for which it has room.
fn names_of(view: &View<'_>, block: &ColumnBlock) -> Vec<String> {
    if let Some(region) = block.region.and_then(|at| view.map.regions.get(usize::from(at))) {
        return vec![written(&region.name).into_owned()];
    }
    let by = view.map.grouped_by;
    let has_unknown = view.map.regions.iter().any(|own| own.name == unknown_word(by));
    if !block.is_linked {
        return ["linked to nothing", "unlinked"].map(str::to_owned).to_vec();
    }
    // What is unknown is none of them.
    let or = if has_unknown { " or unknown" } else { "" };
    vec![format!("several {}{or}", plural(by)), format!("several{or}"), "several".to_owned()]
}

/// The marks and names of rows.
fn row_heads(
    view: &View<'_>,
    (grid, frame): (&Grid, &Frame),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) -> Vec<DrawnMark> {
    let (low, high) = frame.rows(view);
    let rows = grid.rows_in(low, high).filter_map(|row| grid.row(row));
    let rows = rows.filter(|(_, mark)| frame.has_forms && view.is_visible(*mark));
    let rows = rows.map(|(y, mark)| (view.camera.screen_from_scene(Point { x: 0.0, y }).y, mark));
    let rows: Vec<(f32, u32)> = rows.filter(|(y, _)| frame.has_row(*y)).collect();
    let size = LABEL_SIZE * view.theme.type_size;
    let radius = frame.row_radius();
    let room = frame.body.left - view.camera.viewport.left - LEFT - radius - 11.0;
    let marks_of_rows = rows.iter().map(|(_, mark)| *mark).filter(|_| frame.has_names);
    let heads = head_names(view, marks_of_rows, (room, size, measure));
    let mut drawn = Vec::new();
    for (y, index) in rows {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        let centre = Point { x: view.camera.viewport.left + LEFT, y };
        let (left, top) = (centre.x - radius, y - radius);
        // The name of a block, or what stands in the corner, lies over the row.
        if !occupied.try_occupy(&Area { left, top, width: 2.0 * radius, height: 2.0 * radius }) {
            continue;
        }
        drawn.push(marks::draw_at(view, (index, mark), (centre, radius), layer));
        let left = centre.x + radius + 7.0;
        let Some(HeadName { text, face }) = heads.get(&index).cloned() else { continue };
        let width = measure.width(&text, size, face);
        let area = Area { left, top: y - size / 2.0, width, height: size };
        // No name is cut by what lies below the table.
        if area.grown(0.15 * size).bottom() <= frame.body.bottom() && occupied.try_occupy(&area) {
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
    let x = |strand: &Strand| view.camera.screen_from_scene(Point { x: strand.x, y: 0.0 }).x;
    let columns = strands.into_iter().map(|strand| (x(strand), strand.mark));
    let is_inside = |x: f32| x >= frame.body.left && x <= frame.body.right();
    let columns: Vec<(f32, u32)> = columns.filter(|(x, _)| is_inside(*x)).collect();
    let size = LABEL_SIZE * view.theme.type_size;
    let radius = (frame.pitch * 0.34).clamp(2.0, 7.0);
    let foot = frame.body.top - 2.0 * radius - 8.0;
    let room = foot - view.camera.viewport.top - 20.0 * view.theme.type_size;
    // A name that runs upwards is as wide as a line is high: at the edge it would be cut.
    let has_name = |x: f32| frame.has_names && x + 0.7 * size <= frame.body.right();
    let named = columns.iter().filter(|(x, _)| has_name(*x)).map(|(_, mark)| *mark);
    let mut heads = head_names(view, named, (room, size, measure));
    let mut drawn = Vec::new();
    for (x, index) in columns {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        let centre = Point { x, y: frame.body.top - radius - 4.0 };
        drawn.push(marks::draw_at(view, (index, mark), (centre, radius), layer));
        if let Some(HeadName { text, face }) = heads.remove(&index) {
            let at = Point { x, y: foot };
            push_name(view, (index, at, Anchor::Foot), (text, size, face), layer);
        }
    }
    drawn
}
