//! A camera that shows something above the legend.

use super::links::LinksInSight;
use super::table::table_camera;
use super::view::View;
use super::{legend, samples};
use crate::scene::camera::{Area, Camera};
use crate::scene::picture::MeasureText;
use crate::scene::view_kind::ViewKind;

/// A camera that shows all of `content` above the legend, in the viewport of the view's camera; of a
/// table, as much from its upper left corner on as is legible.
pub fn fitted_camera(content: Area, view: &View<'_>, measure: &dyn MeasureText) -> Camera {
    let viewport = view.camera.viewport;
    let signs = samples::of_map(view);
    let furniture = legend::furniture(view, &LinksInSight::default(), &signs);
    let legend = legend::draw(view, &furniture, measure).area.height.min(viewport.height / 3.0);
    // The map may lie behind what stands in its corner; columns would be hidden by it.
    let corner = match view.map.kind {
        ViewKind::Map => 0.0,
        _ => view.reserved.map_or(0.0, |(_, height)| height),
    };
    let below = legend + corner;
    let above = Area { height: viewport.height - below, ..viewport };
    if let Some(grid) = &view.map.grid {
        return table_camera(content, view, (grid, above));
    }
    let camera = Camera::fit(content, above, 28.0);
    Camera { viewport, ..camera }.panned(0.0, -below / 2.0)
}
