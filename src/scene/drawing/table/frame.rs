//! Where the names of rows and columns stand, and where the table itself.

use crate::layout::Point;
use crate::scene::camera::{Area, Camera};
use crate::scene::drawing::view::View;
use crate::scene::grid::{Grid, PITCH, ZOOMS, row_names_width};

/// From this many pixels between two rows on, rows have names, and cells their forms.
const NAMES_FROM: f32 = 11.0;
const FORMS_FROM: f32 = 6.0;

/// How high what belongs to a focus is, in pixels: above a table, and above the names of its rows, where it
/// has the width of these.
const FOCUS_ABOVE: f32 = 72.0;
const FOCUS_ABOVE_ROWS: f32 = 116.0;

/// The greatest share of a pane's height that the names of columns take, and of a low one's, where they had too
/// little else: up to this many pixels.
const HEADS: [f32; 2] = [0.3, 0.36];
const LEAST_HEADS: f32 = 90.0;

fn heads_of(height: f32, type_size: f32) -> f32 {
    let [share, of_low] = HEADS.map(|share| share * height);
    share.max((LEAST_HEADS * type_size).min(of_low))
}

/// The edges of a table on screen.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// Where the cells are.
    pub(super) body: Area,
    /// Where the rows end below, within the body.
    pub(super) end: f32,
    /// The distance of two rows, in pixels.
    pub(super) pitch: f32,
    /// Whether rows and columns have names.
    pub(super) has_names: bool,
    /// Whether cells have forms, or are mere spots.
    pub(super) has_forms: bool,
}

impl Frame {
    /// Leaves room for names at the left, above, and for the legend below.
    pub(super) fn new(view: &View<'_>, grid: &Grid, bottom: f32) -> Self {
        let viewport = view.camera.viewport;
        let pitch = PITCH * view.camera.zoom;
        let has_names = pitch >= NAMES_FROM * view.theme.type_size.sqrt();
        let type_size = view.theme.type_size;
        let wide = row_names_width(viewport.width, type_size);
        let high = match (grid.is_matrix(), has_names) {
            (true, true) => (146.0 * type_size).min(heads_of(viewport.height, type_size)),
            (true, false) => 24.0,
            (false, _) => 20.0,
        };
        // What belongs to the focus stands in the corner of a window, and covers nothing of the table.
        let has_focus = view.reserved.is_some() && view.map.part_of.is_some();
        let high = match (has_focus, grid.is_matrix()) {
            (false, _) => high,
            (true, true) => high.max(FOCUS_ABOVE_ROWS),
            (true, false) => high + FOCUS_ABOVE,
        };
        let body = Area {
            left: viewport.left + wide,
            top: viewport.top + high,
            width: (viewport.width - wide).max(1.0),
            height: (bottom - viewport.top - high).max(1.0),
        };
        let end = end_of(view, grid, &body);
        Self { body, end, pitch, has_names, has_forms: pitch >= FORMS_FROM }
    }

    /// Whether a row at a height is in sight with the whole of its mark and its name.
    pub(super) fn has_row(&self, y: f32) -> bool {
        y >= self.body.top && y + self.row_radius().max(0.3 * self.pitch) <= self.body.bottom()
    }

    /// The radius of the marks of rows, in pixels.
    pub(super) fn row_radius(&self) -> f32 {
        (self.pitch * 0.34).min(9.0)
    }

    /// The heights between which rows are in sight, in scene units.
    pub(super) fn rows(&self, view: &View<'_>) -> (f32, f32) {
        let y = |y: f32| view.camera.scene_from_screen(Point { x: 0.0, y }).y;
        (y(self.body.top - self.pitch), y(self.body.bottom() + self.pitch))
    }

    /// The places between which columns are in sight, in scene units.
    pub(super) fn columns(&self, view: &View<'_>) -> (f32, f32) {
        let x = |x: f32| view.camera.scene_from_screen(Point { x, y: 0.0 }).x;
        (x(self.body.left - self.pitch), x(self.body.right() + self.pitch))
    }
}

/// Where the rows of a table end below, within its body.
fn end_of(view: &View<'_>, grid: &Grid, body: &Area) -> f32 {
    let last = Point { x: 0.0, y: grid.last_row() + 0.6 * PITCH };
    view.camera.screen_from_scene(last).y.clamp(body.top, body.bottom())
}

/// The least distance of two rows, and of two columns, at which they can be told apart, in pixels.
const LEAST_PITCH: f32 = 2.0;

/// A table that has too many rows or columns for a picture of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyRows {
    /// How many rows and columns it has.
    pub table: (usize, usize),
    /// For how many there is room.
    pub room: (usize, usize),
}

/// A camera that shows a whole table, with names where they have room.
///
/// # Errors
/// Where rows or columns would lie so close that nobody can tell them apart.
pub(in crate::scene::drawing) fn whole_table_camera(
    view: &View<'_>,
    (grid, above): (&Grid, Area),
) -> Result<Camera, TooManyRows> {
    let type_size = view.theme.type_size;
    let viewport = view.camera.viewport;
    let extent = view.map.extent();
    let from = Point { x: extent.left.max(0.0), y: extent.top.max(0.0) };
    let needed = (extent.right() - from.x + 2.0 * PITCH, extent.bottom() - from.y + 2.0 * PITCH);
    let body_at = |zoom: f32| {
        let camera = Camera { centre: Point::default(), zoom, viewport };
        Frame::new(&View { camera, ..*view }, grid, above.bottom()).body
    };
    let zoom_in = |body: Area| (body.width / needed.0).min(body.height / needed.1);
    let named = NAMES_FROM * type_size.sqrt() / PITCH;
    let greatest = ZOOMS.1 * type_size;
    let with_names = zoom_in(body_at(greatest)).min(greatest);
    let without = body_at(0.0);
    let zoom = if with_names >= named { with_names } else { zoom_in(without).min(named * 0.99) };
    if PITCH * zoom < LEAST_PITCH {
        let room = |length: f32| (length / LEAST_PITCH) as usize;
        let table = (grid.row_marks().count(), grid.columns());
        return Err(TooManyRows { table, room: (room(without.height), room(without.width)) });
    }
    let (body, middle) = (body_at(zoom), viewport.centre());
    let offset = |edge: f32, middle: f32| (middle - (edge + PITCH * zoom)) / zoom;
    let centre =
        Point { x: from.x + offset(body.left, middle.x), y: from.y + offset(body.top, middle.y) };
    Ok(Camera { centre, zoom, viewport })
}

/// How much of what stands before `content` is left out where all rows have room without it, in scene units.
const BEFORE: f32 = 60.0;

/// And how much where they have not: the name of the first block still stands above its rows.
const BEFORE_HEADING: f32 = 38.0;

/// A camera that shows a table from the upper left corner of `content` on, from as far away as is legible so
/// that all its rows are in sight; if they are not even then, what stands before them need not be.
pub(in crate::scene::drawing) fn table_camera(
    content: Area,
    view: &View<'_>,
    (grid, above): (&Grid, Area),
) -> Camera {
    let type_size = view.theme.type_size;
    let viewport = view.camera.viewport;
    let zoom = Camera::fit(view.map.extent(), above, 28.0).zoom;
    let zoom = zoom.clamp(ZOOMS.0 * type_size, ZOOMS.1 * type_size);
    let camera = Camera { centre: Point::default(), zoom, viewport };
    let frame = Frame::new(&View { camera, ..*view }, grid, above.bottom());
    let middle = viewport.centre();
    // The menus below a table keep off its rows.
    let kept = view.reserved.map_or(0.0, |_| 6.0 + frame.row_radius());
    let rows = (frame.body.height - kept - PITCH * zoom) / zoom;
    let needed = content.bottom() + PITCH - rows;
    let before = if needed <= content.top + BEFORE { BEFORE } else { BEFORE_HEADING };
    let top = content.top.max(needed.min(content.top + before));
    let from = Point { x: content.left.max(0.0), y: top.max(0.0) };
    let offset = |edge: f32, middle: f32| (middle - (edge + PITCH * zoom)) / zoom;
    let centre = Point {
        x: from.x + offset(frame.body.left, middle.x),
        y: from.y + offset(frame.body.top, middle.y),
    };
    Camera { centre, ..camera }
}
