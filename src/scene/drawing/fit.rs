//! A camera that shows something above the legend.

use super::in_sight::critical_at_least;
use super::legend::Said;
use super::links::LinksInSight;
use super::table::{TooManyRows, is_low_matrix, table_camera, whole_table_camera};
use super::view::View;
use super::{legend, samples};
use crate::layout::Point;
use crate::scene::camera::{Area, Camera};
use crate::scene::picture::MeasureText;
use crate::scene::view_kind::ViewKind;

/// The room for names of columns above the first line of them.
const NAMES: f32 = 20.0;

/// In a pane that is narrower than this, the names of a map's regions have no room side by side, in pixels.
const NARROW: f32 = 700.0;

/// So much less room is kept below what is fitted than above it, where the names of regions stand.
const FOOT: f32 = 18.0;

/// Paths are never shown from farther away than this, so that their rows can be read.
const LEAST_OF_PATHS: f32 = 0.8;

/// A camera that shows all of `content` above the legend, in the viewport of the view's camera; of a
/// table, as much from its upper left corner on as is legible.
pub fn fitted_camera(content: Area, view: &View<'_>, measure: &dyn MeasureText) -> Camera {
    settled(view, &|view| fitted((content, Extent::Legible), view, measure)).unwrap_or(view.camera)
}

/// A camera that shows all of the map above the legend, from however far away.
///
/// # Errors
/// Where rows or columns of a table would lie so close that nobody can tell them apart.
pub fn whole_camera(view: &View<'_>, measure: &dyn MeasureText) -> Result<Camera, TooManyRows> {
    let content = view.map.extent();
    settled(view, &|view| fitted((content, Extent::Whole), view, measure))
}

/// Whether all is shown, or as much as is legible.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    Legible,
}

/// A camera, and the room that it keeps for the legend.
type Fitted = Result<(Camera, f32), TooManyRows>;

/// The camera that `fit` gives once it knows how much room the legend takes.
fn settled(view: &View<'_>, fit: &dyn Fn(&View<'_>) -> Fitted) -> Result<Camera, TooManyRows> {
    // From how far away the map is seen decides what the legend has to say, and how much room that takes.
    let again = |camera| fit(&View { camera, ..*view });
    let (camera, kept) = again(fit(view)?.0)?;
    // Seen from nearer, because it kept less room, the legend may need more.
    let (farther, needed) = again(camera)?;
    Ok(if needed > kept { farther } else { camera })
}

/// The camera, and the room that it keeps for the legend.
fn fitted((content, extent): (Area, Extent), view: &View<'_>, measure: &dyn MeasureText) -> Fitted {
    let viewport = view.camera.viewport;
    let signs = samples::of_map(view);
    // Of very many critical credentials the legend says how many have no name.
    let critical = view.map.marks.iter().filter(|own| own.style.is_critical()).count();
    let unnamed = match view.map.kind {
        ViewKind::Matrix | ViewKind::Strands => 0,
        _ => critical.saturating_sub(critical_at_least(view)),
    };
    let said = Said { signs: &signs, unnamed, undrawn_lines: 0 };
    let furniture = legend::furniture(view, &LinksInSight::default(), said);
    let legend = legend::most_height(view, &furniture, measure).min(viewport.height / 3.0);
    // What stands in the corner would hide the feet of regions and columns.
    let corner = view.reserved.filter(|_| !is_low_matrix(view)).map_or(0.0, |(_, height)| height);
    // Columns are narrow, and large names wide: they stand in several lines.
    let type_size = view.theme.type_size;
    let names = match view.map.kind {
        ViewKind::Lanes | ViewKind::Spread => NAMES * type_size,
        ViewKind::Map if type_size > 1.0 || viewport.width < NARROW => NAMES * type_size,
        ViewKind::Map | ViewKind::Matrix | ViewKind::Strands | ViewKind::Path => 0.0,
    };
    let below = legend + corner;
    let height = viewport.height - below - names;
    let above = Area { top: viewport.top + names, height, ..viewport };
    if let Some(grid) = &view.map.grid {
        let camera = match extent {
            Extent::Legible => table_camera(content, view, (grid, above)),
            Extent::Whole => whole_table_camera(view, (grid, above))?,
        };
        return Ok((camera, legend));
    }
    // What is drawn by its groups says below how many links are bundled, which takes that room.
    let foot = if view.needs_groups() { 0.0 } else { FOOT };
    let above = Area { height: above.height + foot, ..above };
    let camera = Camera::fit(content, above, 28.0);
    let least = view.theme.type_size.sqrt() * LEAST_OF_PATHS;
    let is_legible = extent == Extent::Whole || camera.zoom >= least;
    if view.map.kind == ViewKind::Path && !is_legible {
        return Ok((from_corner(content, (viewport, above), least), legend));
    }
    let kept = below - foot;
    Ok((Camera { viewport, ..camera }.panned(0.0, (names - kept) / 2.0), legend))
}

/// A camera that shows `content` from its upper left corner on: the rest comes by scrolling. What fits one
/// way is in the middle that way.
fn from_corner(content: Area, (viewport, above): (Area, Area), zoom: f32) -> Camera {
    let middle = content.centre();
    let (wide, high) = (above.width / zoom, above.height / zoom);
    let x = middle.x.min(content.left + wide / 2.0);
    let y = middle.y.min(content.top + high / 2.0);
    // The middle of the viewport lies below that of what is above the legend.
    let lower = (viewport.height - above.height) / 2.0 / zoom;
    Camera { centre: Point { x, y: y + lower }, zoom, viewport }
}
