//! A table: names stay at its edges, and only what is in sight is drawn.

mod frame;
mod cells;
mod lines;
mod head_names;
mod strand_heads;
mod heads;

use std::collections::{BTreeMap, BTreeSet};

use self::cells::CellsInSight;
use self::frame::Frame;
pub use self::frame::TooManyRows;
pub(super) use self::frame::{table_camera, whole_table_camera};
use crate::scene::camera::Area;
use crate::scene::drawing::finish::{reserved, widen};
use crate::scene::drawing::legend::{self, Said};
use crate::scene::drawing::links::LinksInSight;
use crate::scene::drawing::samples;
use crate::scene::drawing::view::View;
use crate::scene::furniture::LegendSign;
use crate::scene::grid::Grid;
use crate::scene::name_side::Names;
use crate::scene::picture::{Layer, MeasureText, Picture};

/// Draws a table. Costs time in proportion to what is in sight, and not to what there is.
pub(super) fn draw(view: &View<'_>, grid: &Grid, measure: &dyn MeasureText) -> Picture {
    let viewport = view.camera.viewport;
    let all_of_it = Frame::new(view, grid, viewport.bottom());
    let cells = CellsInSight::find(view, grid, &all_of_it);
    let mut signs: BTreeSet<LegendSign> = heads::signs(view, grid, &all_of_it);
    cells.signs(view, &all_of_it, &mut signs);
    samples::keep_few_environments(&mut signs);
    let undrawn_lines = lines::undrawn(view, grid, &all_of_it);
    let said = Said { signs: &signs, unnamed: 0, undrawn_lines };
    let furniture = legend::furniture(view, &LinksInSight::default(), said);
    let mut legend = legend::draw(view, &furniture, measure);
    let corner = free_corner(view, &all_of_it);
    let reserved = corner.or_else(|| reserved(view, legend.area.top));
    // What stands in the corner covers no row, nor a part of its mark.
    let above = 2.0 + all_of_it.row_radius();
    let below = reserved.filter(|_| corner.is_none());
    let bottom = below.map_or(legend.area.top, |own| own.top - above);
    let frame = Frame::new(view, grid, bottom);
    let mut map = Layer::default();
    lines::draw(view, grid, &frame, &mut map);
    cells.draw(view, &frame, &mut map);
    let marks = heads::draw(view, (grid, &frame, reserved), measure, &mut map);
    widen(&mut map, view.theme.strokes);
    widen(&mut legend.layer, view.theme.strokes);
    Picture {
        area: viewport,
        background: view.theme.canvas,
        theme: view.theme.mode,
        map_clip: None,
        map,
        minimap_layer: Layer::default(),
        legend_top: legend.area.top,
        reserved,
        legend: legend.layer,
        furniture,
        marks,
        bodies: Vec::new(),
        section_names: BTreeMap::new(),
        table: Some(frame.body),
        badges: Vec::new(),
        lit_ways: Vec::new(),
        minimap: None,
        names: Names::new(),
    }
}

/// A pane that is lower than this has no room to spare below its rows, in pixels.
const LOW: f32 = 400.0;

/// The corner between the names of rows and those of columns: in a low pane the menus stand there, but where what
/// belongs to a focus does.
fn free_corner(view: &View<'_>, frame: &Frame) -> Option<Area> {
    let viewport = view.camera.viewport;
    let (width, height) = view.reserved?;
    let (left, top) = (viewport.left + 6.0, viewport.top + 4.0);
    let width = width.min(frame.body.left - left - 4.0);
    let has_room = frame.body.top - top >= height;
    (has_room && is_low_matrix(view)).then_some(Area { left, top, width, height })
}

/// Whether the menus stand above the names of rows, and not below them.
pub(super) fn is_low_matrix(view: &View<'_>) -> bool {
    let is_matrix = view.map.grid.as_ref().is_some_and(|grid| grid.is_matrix());
    is_matrix && view.camera.viewport.height < LOW && view.map.part_of.is_none()
}
