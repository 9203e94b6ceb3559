//! What every picture shares: the corner that is kept free, and lines as wide as the theme asks.

use super::view::View;
use crate::scene::camera::Area;
use crate::scene::picture::{Layer, Shape};

/// In a narrow view, so large a share of what is asked for is kept free.
const NARROW: f32 = 0.4;

/// The part of the lower left corner that is kept free, where there is room: as wide as it is asked for,
/// or narrower in a narrow view.
pub(super) fn reserved(view: &View<'_>, bottom: f32) -> Option<Area> {
    let viewport = view.camera.viewport;
    let (width, height) = view.reserved?;
    let width = if viewport.width > 2.0 * width { width } else { NARROW * width };
    let (left, top) = (viewport.left + 6.0, bottom - height - 4.0);
    (viewport.width > 2.0 * width && top > viewport.top).then_some(Area {
        left,
        top,
        width,
        height,
    })
}

/// Draws all lines wider, as a theme may ask.
pub(super) fn widen(layer: &mut Layer, by: f32) {
    if (by - 1.0).abs() < f32::EPSILON {
        return;
    }
    for shape in &mut layer.shapes {
        match shape {
            Shape::Line { pen, .. } | Shape::Polyline { pen, .. } | Shape::Ring { pen, .. } => {
                pen.width *= by;
            }
            Shape::Disc { .. }
            | Shape::Rectangle { .. }
            | Shape::Convex { .. }
            | Shape::Polygon { .. } => {}
        }
    }
}
