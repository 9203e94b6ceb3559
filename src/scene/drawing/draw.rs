//! From the map and the camera to the finished picture.

use super::crowd::Crowd;
use super::groups::Bodies;
use super::in_sight::InSight;
use super::labels::LabelOccupancy;
use super::links::LinksInSight;
use super::view::View;
use super::{badges, legend, marks, minimap, names, regions, samples};
use crate::scene::grouping::Grouping;
use crate::scene::picture::{Layer, MeasureText, Picture, Shape};

/// Draws the map as the camera sees it; what lies outside the viewport is left out. Costs time in
/// proportion to the marks and links of the map.
pub fn draw(view: &View<'_>, measure: &dyn MeasureText) -> Picture {
    let zoom = view.camera.zoom;
    let kept = view.grouping.filter(|kept| kept.is_for(zoom));
    let own = (view.needs_groups() && kept.is_none())
        .then(|| Grouping::new(view.map, view.visible, zoom));
    let grouping = kept.or(own.as_ref()).filter(|_| view.needs_groups());
    let crowd = grouping.map_or_else(Crowd::default, |grouping| Crowd::of(view, grouping));
    let links = LinksInSight::find(view, grouping, crowd);
    let groups = grouping.filter(|_| links.bundled > 0);
    let is_far = groups.is_some() && crowd.is_far(view);
    let marks_in_sight = match groups {
        Some(grouping) if is_far => InSight::over_bodies(view, grouping),
        _ => InSight::find(view, grouping),
    };
    let signs = samples::in_sight(view, &marks_in_sight, &links);
    let furniture = legend::furniture(view, &links, &signs);
    let mut legend = legend::draw(view, &furniture, measure);
    let minimap = minimap::draw(view, &legend.area, &mut legend.layer);
    let mut map = Layer::default();
    let mut occupied = LabelOccupancy::default();
    occupied.occupy_with_text(legend.area);
    if let Some(minimap) = &minimap {
        occupied.occupy_with_text(minimap.area.grown(6.0));
    }
    for name in regions::draw(view, measure, &mut map) {
        occupied.occupy_with_text(name);
    }
    let places = (&mut map, &mut occupied);
    let bodies = groups.map(|grouping| {
        let bodies = Bodies::find(view, grouping, is_far);
        bodies.draw(view, grouping, (&links, measure), places);
        bodies
    });
    let obstacles = match &bodies {
        Some(bodies) if is_far => bodies.obstacles(),
        _ => &marks_in_sight.obstacles,
    };
    // What is not in question lies below everything that is, marks and links alike.
    links.draw_quiet(view, obstacles, &mut map);
    let mut drawn = marks::draw_quiet(view, &marks_in_sight, &mut map);
    links.draw_lit(view, obstacles, &mut map);
    drawn.extend(marks::draw_on_top(view, &marks_in_sight, &mut map));
    let names = names::draw(view, &marks_in_sight, measure, (&mut map, &mut occupied));
    if !is_far {
        badges::draw(view, &marks_in_sight, measure, (&mut map, &mut occupied));
    }
    widen(&mut map, view.theme.strokes);
    widen(&mut legend.layer, view.theme.strokes);
    Picture {
        area: view.camera.viewport,
        background: view.theme.canvas,
        theme: view.theme.mode,
        map,
        legend: legend.layer,
        furniture,
        marks: drawn,
        bodies: bodies.filter(|_| is_far).map_or_else(Vec::new, |bodies| bodies.drawn()),
        minimap,
        names,
    }
}

/// Draws all lines wider, as a theme may ask.
fn widen(layer: &mut Layer, by: f32) {
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
