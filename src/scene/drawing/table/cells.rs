//! The cells of a table: one by one, or, where they are too small for that, as spots that are stronger
//! the more cells they stand for.

use std::collections::BTreeSet;

use super::frame::Frame;
use crate::analysis::Subject;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::drawing::forms::draw_form;
use crate::scene::drawing::links::link_pen;
use crate::scene::drawing::samples;
use crate::scene::drawing::view::View;
use crate::scene::furniture::LegendSign;
use crate::scene::grid::{Cell, Grid};
use crate::scene::highlight::HighlightLevel;
use crate::scene::map::Link;
use crate::scene::picture::{Layer, PictureSubject, Shape};

/// Up to this many cells in sight are drawn one by one.
const ONE_BY_ONE: usize = 12_000;

/// The side of a spot that stands for several cells, in pixels.
const SPOT: f32 = 4.0;

/// The cells in sight.
pub(super) struct CellsInSight<'a> {
    /// By row: its height on screen, and its cells.
    rows: Vec<(f32, &'a [Cell])>,
    count: usize,
}

impl<'a> CellsInSight<'a> {
    /// Finds them. Costs time in proportion to the rows in sight, times a logarithm.
    pub(super) fn find(view: &View<'_>, grid: &'a Grid, frame: &Frame) -> Self {
        let (low, high) = frame.rows(view);
        let columns = frame.columns(view);
        let mut found = Self { rows: Vec::new(), count: 0 };
        for row in grid.rows_in(low, high) {
            let Some((y, mark)) = grid.row(row) else { continue };
            if !view.is_visible(mark) {
                continue;
            }
            let cells = grid.cells_in(row, columns);
            found.count += cells.len();
            let y = view.camera.screen_from_scene(Point { x: 0.0, y }).y;
            found.rows.push((y, cells));
        }
        found
    }

    /// The signs of those that are drawn one by one.
    pub(super) fn signs(&self, view: &View<'_>, frame: &Frame, signs: &mut BTreeSet<LegendSign>) {
        if !self.have_forms(frame) {
            signs.insert(LegendSign::Spot);
            return;
        }
        for cell in self.rows.iter().flat_map(|(_, cells)| *cells) {
            let Some(link) = view.map.links.get(cell.link as usize) else { continue };
            signs.insert(sign_of(link));
            samples::add_colour(view, cell.link, signs);
            if link.holds_assumed || link.grants_assumed {
                signs.insert(LegendSign::CellAssumed);
            }
        }
    }

    fn have_forms(&self, frame: &Frame) -> bool {
        frame.has_forms && self.count <= ONE_BY_ONE
    }

    /// Draws them.
    pub(super) fn draw(&self, view: &View<'_>, frame: &Frame, layer: &mut Layer) {
        if !self.have_forms(frame) {
            return self.draw_spots(view, frame, layer);
        }
        // What lies below the names at the edges, or below the legend, could be hit there.
        for (y, cells) in self.rows.iter().filter(|(y, _)| frame.has_row(*y)) {
            for cell in *cells {
                draw(view, frame, (cell, *y), layer);
            }
        }
    }

    fn draw_spots(&self, view: &View<'_>, frame: &Frame, layer: &mut Layer) {
        let Area { left, top, width, height } = frame.body;
        let columns = (width / SPOT).ceil().max(1.0) as usize;
        let lines = (height / SPOT).ceil().max(1.0) as usize;
        let mut spots = vec![(0_u32, 0_u32); columns * lines];
        for (y, cells) in self.rows.iter().filter(|(y, _)| *y >= top) {
            let line = ((y - top) / SPOT) as usize;
            for cell in *cells {
                let x = view.camera.screen_from_scene(Point { x: cell.x, y: 0.0 }).x;
                let column = ((x - left) / SPOT) as usize;
                let is_inside = x >= left && column < columns && is_shown(view, cell.link);
                let spot = spots.get_mut(line * columns + column).filter(|_| is_inside);
                let Some((all, lit)) = spot else { continue };
                *all += 1;
                *lit += u32::from(view.link_level(cell.link) == HighlightLevel::Lit);
            }
        }
        let dimmed = view.highlight.is_some();
        for (at, (all, lit)) in spots.into_iter().enumerate().filter(|(_, (all, _))| *all > 0) {
            let (colour, share) = match (lit, dimmed) {
                (1.., _) => (view.theme.accent, 0.9),
                (0, true) => (view.theme.muted, 0.25),
                (0, false) => (view.theme.muted, (0.45 + all as f32 * 0.1).min(1.0)),
            };
            let low = Point {
                x: left + (at % columns) as f32 * SPOT,
                y: top + (at / columns) as f32 * SPOT,
            };
            let high = Point { x: low.x + SPOT, y: low.y + SPOT };
            layer.shapes.push(Shape::Rectangle { low, high, fill: colour.faded(share) });
        }
    }
}

/// Whether both ends of a link are in sight.
fn is_shown(view: &View<'_>, link: u32) -> bool {
    let link = view.map.links.get(link as usize);
    link.is_some_and(|link| view.is_visible(link.credential) && view.is_visible(link.instance))
}

/// The sign of a cell.
fn sign_of(link: &Link) -> LegendSign {
    match (link.holds.is_some(), link.grants.is_some()) {
        (true, true) => LegendSign::CellBoth,
        (false, true) => LegendSign::CellGrants,
        (_, false) => LegendSign::CellHolds,
    }
}

fn draw(view: &View<'_>, frame: &Frame, (cell, y): (&Cell, f32), layer: &mut Layer) {
    let map = view.map;
    let Some(link) = map.links.get(cell.link as usize) else { return };
    let ends = (map.marks.get(link.credential as usize), map.marks.get(link.instance as usize));
    let (Some(credential), Some(instance)) = ends else { return };
    let (Subject::Credential(of), Subject::Instance(at)) = (credential.subject, instance.subject)
    else {
        return;
    };
    if !is_shown(view, cell.link) {
        return;
    }
    let centre = Point { x: view.camera.screen_from_scene(Point { x: cell.x, y: 0.0 }).x, y };
    if centre.x < frame.body.left || centre.x > frame.body.right() {
        return;
    }
    let level = view.link_level(cell.link);
    // A dimmed cell is small and lies on a coloured ground: it steps back less than a line does.
    let (level, share) = match level {
        HighlightLevel::Dimmed => (HighlightLevel::Near, 0.4),
        HighlightLevel::Near | HighlightLevel::Lit => (level, 1.0),
    };
    let mut colour = link_pen(view.theme, &credential.style, level).colour;
    if view.changes.is_some_and(|own| own.is_cut(cell.link) || own.is_reduced(cell.link)) {
        colour = view.theme.fixed;
    }
    let colour = colour.faded(share);
    let size = (frame.pitch * 0.3).clamp(1.6, 6.5);
    let form = (sign_of(link), [link.holds_assumed, link.grants_assumed]);
    layer.group(PictureSubject::Link(of, at), |shapes| {
        draw_form(form, (centre, size), (colour, view.theme.canvas), shapes);
    });
}
