//! From the map and the camera to the finished picture.

use super::labels::LabelOccupancy;
use super::view::View;
use super::{legend, links, marks, names, regions};
use crate::scene::picture::{Layer, MeasureText, Picture};

/// Draws the map as the camera sees it; what lies outside the viewport is left out. Costs time in
/// proportion to the marks and links of the map.
pub fn draw(view: &View<'_>, measure: &dyn MeasureText) -> Picture {
    let furniture = legend::furniture(view);
    let legend = legend::draw(view, &furniture, measure);
    let mut map = Layer::default();
    let mut occupied = LabelOccupancy::default();
    occupied.occupy_with_text(legend.area);
    for name in regions::draw(view, measure, &mut map) {
        occupied.occupy_with_text(name);
    }
    links::draw(view, &mut map);
    let in_sight = marks::draw(view, &mut map);
    names::draw(view, &in_sight.indices, measure, (&mut map, &mut occupied));
    Picture {
        area: view.camera.viewport,
        background: view.theme.canvas,
        theme: view.theme.mode,
        map,
        legend: legend.layer,
        furniture,
        marks: in_sight.drawn,
    }
}
