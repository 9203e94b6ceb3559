//! The marks of strands above their lines, and their names beside them.

use super::frame::Frame;
use super::head_names::{MOST_MARKS, fitted, push_name};
use super::lines::in_sight;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::drawing::labels::LABEL_SIZE;
use crate::scene::drawing::occupancy::LabelOccupancy;
use crate::scene::drawing::view::View;
use crate::scene::drawing::{marks, names};
use crate::scene::grid::{Grid, PITCH, Strand};
use crate::scene::picture::{Anchor, DrawnMark, Face, Layer, MeasureText};

/// How wide the name of a strand is, in letters' sizes: where there is room, else as many as are left.
const WIDTHS: [f32; 4] = [20.0, 13.0, 9.1, 5.9];

/// A strand whose mark is drawn.
struct Head {
    mark: u32,
    centre: Point,
    radius: f32,
}

/// The marks of credentials above their lines; where a line begins out of sight, at the upper edge.
pub(super) fn draw(
    view: &View<'_>,
    (grid, frame): (&Grid, &Frame),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) -> Vec<DrawnMark> {
    let strands = in_sight(view, grid, frame);
    if !frame.has_forms || strands.len() > MOST_MARKS {
        return Vec::new();
    }
    let mut drawn = Vec::new();
    let mut heads: Vec<Head> = Vec::new();
    for strand in strands {
        let Some(mark) = view.map.marks.get(strand.mark as usize) else { continue };
        let radius = (frame.pitch * 0.36).clamp(2.5, 8.0);
        let Some(centre) = head_of(view, (strand, radius), frame) else { continue };
        drawn.push(marks::draw_at(view, (strand.mark, mark), (centre, radius), layer));
        occupied.occupy(Area {
            left: centre.x - radius,
            top: centre.y - radius,
            width: 2.0 * radius,
            height: 2.0 * radius,
        });
        heads.push(Head { mark: strand.mark, centre, radius });
        if view.is_on_top(strand.mark) {
            occupied.occupy(course(view, strand, (centre, frame)));
        }
    }
    heads.sort_by_key(|own| importance(view, own.mark));
    for head in heads.iter().filter(|_| frame.has_names) {
        name(view, (grid, frame, head), (&heads, measure), (&mut *layer, &mut *occupied));
    }
    drawn
}

/// Writes the name of a strand: whole where there is room, else cut in the middle, else not at all, unless it
/// is selected.
fn name(
    view: &View<'_>,
    (grid, frame, head): (&Grid, &Frame, &Head),
    (heads, measure): (&[Head], &dyn MeasureText),
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let &Head { mark, centre, radius } = head;
    let Some(whole) = names::whole_name_of(view, mark) else { return };
    let face = if view.is_on_top(mark) { Face::Strong } else { Face::Regular };
    let size = LABEL_SIZE * view.theme.type_size;
    let away = radius + if view.is_chosen(mark) { 10.0 } else { 5.0 };
    let (left, top) = (centre.x + away, centre.y - size / 2.0);
    let room = frame.body.right() - left;
    for letters in WIDTHS {
        let text = fitted(&whole, (letters * size).min(room), (size, face, measure));
        let width = measure.width(&text, size, face);
        let area = Area { left, top, width, height: size };
        let is_inside = room > size && width <= room && top >= view.camera.viewport.top;
        let is_free = is_inside && occupied.try_occupy(&area);
        // What is selected has its name, and so has the worst of what is lit.
        let is_worst = || view.is_lit(mark) && is_critical(view, mark);
        if !(is_free || is_inside && (view.is_chosen(mark) || is_worst())) {
            continue;
        }
        let mut at = Point { x: left, y: centre.y };
        if !is_free {
            // It stands on its other side, or beside its line, or there whatever else does; nothing more is to.
            let other = Area { left: centre.x - away - width, ..area };
            if other.left >= frame.body.left && occupied.try_occupy(&other) {
                at.x = other.left;
            } else if let Some(y) = beside_line(view, (grid, frame, mark), (area, heads), occupied)
            {
                at.y = y;
            } else if view.is_chosen(mark) {
                occupied.occupy_with_text(area);
            } else {
                continue;
            }
        }
        push_name(view, (mark, at, Anchor::Left), (text, size, face), layer);
        return;
    }
}

/// The height of the first row on a strand at which a name beside its line covers no other mark; it is occupied.
/// Where lines in question leave no room, the name lies on one of them.
fn beside_line(
    view: &View<'_>,
    (grid, frame, mark): (&Grid, &Frame, u32),
    (beside_head, heads): (Area, &[Head]),
    occupied: &mut LabelOccupancy,
) -> Option<f32> {
    let scene = |at: f32| view.camera.scene_from_screen(Point { x: at, y: 0.0 }).x;
    let across = (scene(beside_head.left), scene(beside_head.right()));
    let strand = in_sight(view, grid, frame).into_iter().find(|own| own.mark == mark)?;
    let places = grid.rows_in(strand.rows.0, strand.rows.1).filter_map(|row| {
        let (y, _) = grid.row(row)?;
        let y = view.camera.screen_from_scene(Point { x: 0.0, y }).y;
        let area = Area { top: y - beside_head.height / 2.0, ..beside_head };
        let is_inside = area.top >= frame.body.top && area.bottom() <= frame.body.bottom();
        let covers = |own: &Head| area.grown(own.radius).holds(own.centre);
        let is_bare = grid.cells_in(row, across).is_empty() && !heads.iter().any(covers);
        (is_inside && is_bare).then_some((y, area))
    });
    let places: Vec<(f32, Area)> = places.collect();
    if let Some(&(y, _)) = places.iter().find(|(_, area)| occupied.try_occupy(area)) {
        return Some(y);
    }
    let &(y, area) = places.first()?;
    occupied.occupy_with_text(area);
    Some(y)
}

/// In which order names are placed: what is selected, then what is lit, the critical first, then by reach.
fn importance(view: &View<'_>, mark: u32) -> (bool, bool, bool, u32, u32) {
    let weight = view.map.marks.get(mark as usize).map_or(0, |own| own.weight);
    let is_critical = is_critical(view, mark);
    (!view.is_chosen(mark), !view.is_lit(mark), !is_critical, u32::MAX - weight, mark)
}

fn is_critical(view: &View<'_>, mark: u32) -> bool {
    view.map.marks.get(mark as usize).is_some_and(|own| own.style.is_critical())
}

/// What the line of a strand in question covers with the marks on it: no name is to lie there.
fn course(view: &View<'_>, strand: &Strand, (head, frame): (Point, &Frame)) -> Area {
    let last = view.camera.screen_from_scene(Point { x: strand.x, y: strand.rows.1 });
    let half = (frame.pitch * 0.25).clamp(2.0, 4.0);
    let bottom = (last.y + half).min(frame.body.bottom());
    let height = (bottom - head.y).max(0.0);
    Area { left: head.x - half, top: head.y, width: 2.0 * half, height }
}

/// Where the mark of a strand is drawn, if it is in sight.
fn head_of(view: &View<'_>, (strand, radius): (&Strand, f32), frame: &Frame) -> Option<Point> {
    let at = |y: f32| view.camera.screen_from_scene(Point { x: strand.x, y });
    let own = at(strand.rows.0 - PITCH);
    let last = at(strand.rows.1);
    let y = own.y.max(frame.body.top - 8.0);
    let is_above = y <= last.y && y + radius <= frame.body.bottom();
    let is_seen = is_above && y >= view.camera.viewport.top;
    let is_inside = own.x >= frame.body.left && own.x <= frame.body.right();
    (is_seen && is_inside).then_some(Point { x: own.x, y })
}
