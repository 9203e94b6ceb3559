//! From the map and the camera to the finished picture.

use std::collections::{BTreeMap, BTreeSet};

use super::badges::Buttons;
use super::crowd::Crowd;
use super::finish::{reserved, widen};
use super::groups::{Bodies, Counted, Depth};
use super::in_sight::{InSight, critical_at_least};
use super::legend::Said;
use super::links::LinksInSight;
use super::occupancy::LabelOccupancy;
use super::view::View;
use super::ways::Ways;
use super::{
    badges, figures, legend, marks, minimap, names, notes, parts, regions, samples, sections, table,
};
use crate::scene::furniture::{Furniture, LegendSign};
use crate::scene::grouping::Grouping;
use crate::scene::name_side::Names;
use crate::scene::picture::{DrawnBadge, DrawnMark, Layer, LitWay, MeasureText, Picture};
use crate::scene::routing::Routes;
use crate::scene::written::written;

/// Draws the map as the camera sees it; what lies outside the viewport is left out. Costs time in
/// proportion to the marks and links of the map.
pub fn draw(view: &View<'_>, measure: &dyn MeasureText) -> Picture {
    draw_with(view, Buttons::Drawn, measure)
}

/// The same without what can be clicked and says nothing: for an audience.
pub fn draw_for_audience(view: &View<'_>, measure: &dyn MeasureText) -> Picture {
    draw_with(view, Buttons::LeftOut, measure)
}

/// The same, with or without what can be clicked and says nothing.
pub(super) fn draw_with(view: &View<'_>, buttons: Buttons, measure: &dyn MeasureText) -> Picture {
    match &view.map.grid {
        Some(grid) => table::draw(view, grid, measure),
        None => draw_map(view, buttons, measure),
    }
}

fn draw_map(view: &View<'_>, buttons: Buttons, measure: &dyn MeasureText) -> Picture {
    let kept = view.grouping.filter(|kept| kept.is_for(view.camera.zoom));
    let own = own_groups(view, kept);
    let grouping = kept.or(own.as_ref()).filter(|_| view.needs_groups());
    let seen = Seen::find(view, grouping);
    // How many have no name is only known when names are placed, but not how much room it takes to say.
    let expected = seen.critical.len().saturating_sub(critical_at_least(view));
    let mut furniture = seen.furniture(view, expected);
    let mut legend = legend::draw(view, &furniture, measure);
    let mut minimap_layer = Layer::default();
    let minimap = minimap::draw(view, legend.area.top, &mut minimap_layer);
    let mut map = Layer::default();
    let mut occupied = LabelOccupancy::default();
    let reserved = reserved(view, legend.area.top);
    let covered = minimap.map(|own| own.area.grown(6.0)).into_iter().chain(reserved);
    let cell = grouping.map_or(0.0, Grouping::cell);
    let headings = regions::draw(view, (cell, measure), &mut map);
    for area in covered.chain([legend.area]).chain(headings) {
        occupied.occupy_with_furniture(area);
    }
    let drawn = seen.draw(view, grouping, &mut map);
    let layers = (&mut map, &mut occupied);
    let (names, badges) =
        seen.write(view, (&drawn.counted, &drawn.lit_ways, buttons), measure, layers);
    let unnamed = seen.unnamed(view, &names);
    if unnamed != expected {
        furniture = seen.furniture(view, unnamed);
        legend = legend::draw(view, &furniture, measure);
    }
    for layer in [&mut map, &mut minimap_layer, &mut legend.layer] {
        widen(layer, view.theme.strokes);
    }
    Picture {
        area: view.camera.viewport,
        background: view.theme.canvas,
        theme: view.theme.mode,
        map_clip: None,
        map,
        minimap_layer,
        legend_top: legend.area.top,
        reserved,
        legend: legend.layer,
        furniture,
        marks: drawn.marks,
        section_names: seen.section_names(view),
        bodies: seen.bodies.map_or_else(Vec::new, |(bodies, _)| bodies.drawn()),
        table: None,
        badges,
        lit_ways: drawn.lit_ways,
        minimap,
        names,
    }
}

/// What of the map is in sight.
struct Seen<'a> {
    links: LinksInSight,
    marks: InSight,
    bodies: Option<(Bodies, &'a Grouping)>,
    signs: BTreeSet<LegendSign>,
    /// The critical credentials.
    critical: Vec<u32>,
}

/// What was drawn of it, as far as that has to be known.
struct Drawn {
    marks: Vec<DrawnMark>,
    lit_ways: Vec<LitWay>,
    /// The bundles that are to bear their figures.
    counted: Vec<Counted>,
}

impl<'a> Seen<'a> {
    fn find(view: &View<'_>, grouping: Option<&'a Grouping>) -> Self {
        let crowd = grouping.map_or_else(Crowd::default, |grouping| Crowd::of(view, grouping));
        let links = LinksInSight::find(view, grouping, crowd);
        let depth = depth_of(&links);
        let has_bodies = depth != Depth::Near || view.map.collapsed.contains(&true);
        let groups = grouping.filter(|_| has_bodies);
        let far = groups.filter(|_| links.is_far);
        let marks = match far {
            Some(groups) => InSight::over_bodies(view, groups, links.lit_bundles.is_empty()),
            None => InSight::find(view, grouping),
        };
        let bodies = groups.map(|grouping| (Bodies::find(view, grouping, depth), grouping));
        let signs = samples::in_sight(view, &marks, (&links, bodies.as_ref()));
        let critical = names::critical(view, &marks, far);
        Self { links, marks, bodies, signs, critical }
    }

    fn furniture(&self, view: &View<'_>, unnamed: usize) -> Furniture {
        let said = Said { signs: &self.signs, unnamed, undrawn_lines: 0 };
        legend::furniture(view, &self.links, said)
    }

    /// Draws it: what is not in question lies below everything that is, marks and links alike.
    fn draw(&self, view: &View<'_>, grouping: Option<&Grouping>, map: &mut Layer) -> Drawn {
        let own_routes = Routes::default();
        let routes = view.routes.unwrap_or(&own_routes);
        let ways = Ways::new(view, routes, (grouping, self.links.is_far));
        // Where the work of a frame is limited, what is in question finds its way first.
        let lit = self.links.lit_corners(&ways);
        let counted = self
            .bodies
            .as_ref()
            .map(|(bodies, grouping)| bodies.draw(view, grouping, (&self.links, &ways), map));
        self.links.draw_quiet(view, &ways, map);
        let mut marks = marks::draw_quiet(view, &self.marks, map);
        let lit_ways = self.links.draw_lit(view, lit, map);
        marks.extend(marks::draw_on_top(view, &self.marks, map));
        Drawn { marks, lit_ways, counted: counted.unwrap_or_default() }
    }

    /// Writes what stands on bodies and bundles and beside marks; returns whose names are there, and the
    /// buttons.
    fn write(
        &self,
        view: &View<'_>,
        (counted, lit_ways, buttons): (&[Counted], &[LitWay], Buttons),
        measure: &dyn MeasureText,
        (map, occupied): (&mut Layer, &mut LabelOccupancy),
    ) -> (Names, Vec<DrawnBadge>) {
        names::block_marks(view, &self.marks, occupied);
        if let Some((bodies, grouping)) = &self.bodies {
            figures::write(view, (bodies, grouping, counted), measure, (&mut *map, &mut *occupied));
        }
        let marks = (&self.marks, self.links.is_far);
        let (is_far, cell) =
            (self.links.is_far, self.bodies.as_ref().map_or(0.0, |(_, own)| own.cell()));
        sections::write(view, (is_far, cell), measure, (&mut *map, &mut *occupied));
        notes::draw(view, measure, (&mut *map, &mut *occupied));
        let names = names::draw(view, marks, measure, (&mut *map, &mut *occupied));
        if let Some((bodies, grouping)) = self.bodies.as_ref().filter(|_| self.links.is_far) {
            let ways = (counted, lit_ways);
            parts::write(view, (bodies, grouping, ways), measure, (&mut *map, &mut *occupied));
        }
        let badges = badges::draw(view, (marks, buttons), measure, (map, occupied));
        (names, badges)
    }

    /// What the sections are called that bodies stand for.
    fn section_names(&self, view: &View<'_>) -> BTreeMap<u32, String> {
        let bodies = self.bodies.iter().flat_map(|(bodies, own)| bodies.with_figures(own));
        let sections = bodies.filter_map(|(group, ..)| group.section);
        let name = |at: u32| view.map.sections.all.get(at as usize).map(|own| written(&own.name));
        sections.filter_map(|at| Some((at, name(at)?.into_owned()))).collect()
    }

    /// How many of the critical credentials have no name.
    fn unnamed(&self, view: &View<'_>, names: &Names) -> usize {
        let subject = |mark: &&u32| view.map.marks.get(**mark as usize).map(|own| own.subject);
        let is_unnamed = |mark: &&u32| subject(mark).is_some_and(|own| !names.contains_key(&own));
        self.critical.iter().filter(is_unnamed).count()
    }
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
