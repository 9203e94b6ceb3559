//! From the map and the camera to the finished picture.

use super::crowd::Crowd;
use super::finish::{reserved, widen};
use super::groups::{Bodies, Depth};
use super::in_sight::InSight;
use super::labels::LabelOccupancy;
use super::links::LinksInSight;
use super::view::View;
use super::ways::Ways;
use super::{badges, legend, marks, minimap, names, notes, regions, samples, table};
use crate::scene::grouping::Grouping;
use crate::scene::name_side::Names;
use crate::scene::picture::{DrawnBadge, Layer, MeasureText, Picture};
use crate::scene::routing::Routes;

/// Draws the map as the camera sees it; what lies outside the viewport is left out. Costs time in
/// proportion to the marks and links of the map.
pub fn draw(view: &View<'_>, measure: &dyn MeasureText) -> Picture {
    match &view.map.grid {
        Some(grid) => table::draw(view, grid, measure),
        None => draw_map(view, measure),
    }
}

fn draw_map(view: &View<'_>, measure: &dyn MeasureText) -> Picture {
    let kept = view.grouping.filter(|kept| kept.is_for(view.camera.zoom));
    let own = own_groups(view, kept);
    let grouping = kept.or(own.as_ref()).filter(|_| view.needs_groups());
    let crowd = grouping.map_or_else(Crowd::default, |grouping| Crowd::of(view, grouping));
    let links = LinksInSight::find(view, grouping, crowd);
    let (is_far, depth) = (links.is_far, depth_of(&links));
    let groups = grouping.filter(|_| depth != Depth::Near || view.map.collapsed.contains(&true));
    let marks_in_sight = match groups.filter(|_| is_far) {
        Some(groups) => InSight::over_bodies(view, groups, links.lit_bundles.is_empty()),
        None => InSight::find(view, grouping),
    };
    let signs = samples::in_sight(view, &marks_in_sight, &links);
    let furniture = legend::furniture(view, &links, &signs);
    let mut legend = legend::draw(view, &furniture, measure);
    let mut minimap_layer = Layer::default();
    let minimap = minimap::draw(view, legend.area.top, &mut minimap_layer);
    let mut map = Layer::default();
    let mut occupied = LabelOccupancy::default();
    let reserved = reserved(view, legend.area.top);
    let covered = minimap.map(|own| own.area.grown(6.0)).into_iter().chain(reserved);
    let names = regions::draw(view, measure, &mut map);
    for area in covered.chain([legend.area]).chain(names) {
        occupied.occupy_with_text(area);
    }
    let places = (&mut map, &mut occupied);
    let own_routes = Routes::default();
    let ways = Ways::new(view, view.routes.unwrap_or(&own_routes), (grouping, is_far));
    let bodies = groups.map(|grouping| {
        let bodies = Bodies::find(view, grouping, depth);
        bodies.draw(view, grouping, (&links, &ways, measure), places);
        bodies
    });
    // What is not in question lies below everything that is, marks and links alike.
    links.draw_quiet(view, &ways, &mut map);
    let mut drawn = marks::draw_quiet(view, &marks_in_sight, &mut map);
    let lit_ways = links.draw_lit(view, &ways, &mut map);
    drawn.extend(marks::draw_on_top(view, &marks_in_sight, &mut map));
    let seen = (&marks_in_sight, is_far);
    let (names, badges) = write(view, seen, measure, (&mut map, &mut occupied));
    for layer in [&mut map, &mut minimap_layer, &mut legend.layer] {
        widen(layer, view.theme.strokes);
    }
    Picture {
        area: view.camera.viewport,
        background: view.theme.canvas,
        theme: view.theme.mode,
        map,
        minimap_layer,
        legend_top: legend.area.top,
        reserved,
        legend: legend.layer,
        furniture,
        marks: drawn,
        bodies: bodies.map_or_else(Vec::new, |bodies| bodies.drawn()),
        badges,
        lit_ways,
        minimap,
        names,
    }
}

/// Writes what stands beside marks; returns whose names are there, and the buttons.
fn write(
    view: &View<'_>,
    (marks, is_far): (&InSight, bool),
    measure: &dyn MeasureText,
    (map, occupied): (&mut Layer, &mut LabelOccupancy),
) -> (Names, Vec<DrawnBadge>) {
    notes::draw(view, measure, (map, occupied));
    let names = names::draw(view, (marks, is_far), measure, (map, occupied));
    let badges = badges::draw(view, (marks, is_far), measure, (map, occupied));
    (names, badges)
}

/// The groups of a map that needs them, where none are kept.
fn own_groups(view: &View<'_>, kept: Option<&Grouping>) -> Option<Grouping> {
    let is_needed = view.needs_groups() && kept.is_none();
    is_needed.then(|| Grouping::new(view.map, view.visible, view.camera.zoom))
}

/// What bodies are drawn for, if there are any.
fn depth_of(links: &LinksInSight) -> Depth {
    match (links.is_far, links.bundled > 0) {
        (true, _) => Depth::Far,
        (false, true) => Depth::Behind,
        (false, false) => Depth::Near,
    }
}

/// Moves the map of a picture by pixels, to where the view looks now: as long as that is little,
/// nothing but the minimap has to be drawn anew for it. Costs time in proportion to what is drawn.
pub fn move_picture(picture: &mut Picture, view: &View<'_>, by: (f32, f32)) {
    picture.move_map(by);
    let mut layer = Layer::default();
    picture.minimap = minimap::draw(view, picture.legend_top, &mut layer);
    widen(&mut layer, view.theme.strokes);
    picture.minimap_layer = layer;
}
