//! The environments: outlines with their names and how many services lie in them.

use super::sections;
use super::view::View;
use crate::inventory::grouped;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::map::Region;
use crate::scene::picture::{
    Face, Layer, MeasureText, Pen, PictureSubject, Shape, Text, TextStyle,
};
use crate::scene::written::written;

/// At which shares of their size names are written, the first at which all have room; none is smaller than
/// this in pixels but where all are.
const SHARES: [f32; 5] = [1.0, 0.85, 0.7, 0.6, 0.5];
const LEAST: f32 = 9.5;

/// How opaque the ground of a name is: what runs below it must not make it illegible.
const GROUND: f32 = 0.92;

/// In up to this many lines above each other, names make way for those beside them.
const LINES: u8 = 3;

/// What is written over a region, and where that lies.
struct Heading {
    region: u16,
    text: String,
    extent: Area,
    instances: usize,
}

/// Draws the outline and the name of every environment in sight, and the boxes of its sections, where groups
/// have cells of a side. No name lies over another one: where there
/// is no room for all, those of the smallest are left out.
pub(super) fn draw(
    view: &View<'_>,
    (cell, measure): (f32, &dyn MeasureText),
    layer: &mut Layer,
) -> Vec<Area> {
    let size = (18.0 * view.camera.zoom.sqrt()).clamp(12.0, 20.0) * view.theme.type_size;
    let mut headings = Vec::new();
    for (index, region) in (0_u16..).zip(&view.map.regions) {
        headings.extend(ground(view, (index, region), layer));
    }
    sections::draw(view, cell, layer);
    let sizes = SHARES.map(|share| share * size);
    let mut legible = sizes.into_iter().filter(|own| *own >= LEAST || *own >= size);
    let all = legible.find_map(|size| placed(view, &headings, (size, measure)));
    let smallest = sizes.into_iter().rfind(|own| *own >= LEAST || *own >= size).unwrap_or(size);
    let (size, places) = all.unwrap_or_else(|| {
        headings.sort_by_key(|own| std::cmp::Reverse(own.instances));
        (smallest, as_many_as_fit(view, &headings, (smallest, measure)))
    });
    let mut names = Vec::new();
    for (heading, area) in headings.iter().zip(places) {
        let Some(area) = area else { continue };
        names.push(area);
        let style = TextStyle { size, face: Face::Strong, colour: view.theme.text };
        layer.texts.push(Text {
            background: Some(view.theme.canvas.faded(GROUND)),
            subject: Some(PictureSubject::Region(heading.region)),
            ..Text::new(area.centre(), heading.text.clone(), style)
        });
    }
    names
}

/// Draws the ground of a region, and returns what is to be written over it where that is in sight.
fn ground(view: &View<'_>, (index, region): (u16, &Region), layer: &mut Layer) -> Option<Heading> {
    let colour = view.theme.region(region.colour);
    let outline = region.shape.outline.iter();
    let points: Vec<Point> = outline.map(|&point| view.camera.screen_from_scene(point)).collect();
    let extent = Area::around(points.iter().copied())?;
    if !extent.meets(&view.camera.viewport) {
        return None;
    }
    let mut closed = points.clone();
    closed.extend(points.first().copied());
    layer.group(PictureSubject::Region(index), |shapes| {
        let pen = Pen::plain(1.0, colour.faded(0.45));
        shapes.push(Shape::Polygon { points, fill: colour.faded(view.theme.wash) });
        shapes.push(Shape::Polyline { points: closed, pen });
    });
    let in_sight = view.in_regions.get(usize::from(index)).copied().unwrap_or(region.instances);
    let name = written(&region.name);
    let text = match (in_sight, region.instances) {
        (_, 0) => name.into_owned(),
        (some, all) if some == all => format!("{name}  {}", grouped(all as u64)),
        (some, all) => format!("{name}  {} of {}", grouped(some as u64), grouped(all as u64)),
    };
    Some(Heading { region: index, text, extent, instances: region.instances })
}

/// Where all names stand in this size; `None` where they have no room.
fn placed(
    view: &View<'_>,
    headings: &[Heading],
    (size, measure): (f32, &dyn MeasureText),
) -> Option<(f32, Vec<Option<Area>>)> {
    let places = as_many_as_fit(view, headings, (size, measure));
    places.iter().all(Option::is_some).then_some((size, places))
}

/// Where names stand in this size, one after the other: above a neighbour's name that is in the way.
fn as_many_as_fit(
    view: &View<'_>,
    headings: &[Heading],
    (size, measure): (f32, &dyn MeasureText),
) -> Vec<Option<Area>> {
    let viewport = &view.camera.viewport;
    let mut taken: Vec<Area> = Vec::new();
    let place = |heading: &Heading| {
        let middle = name_place(&heading.extent, viewport, size);
        let width = measure.width(&heading.text, size, Face::Strong);
        // A name that is wider than its region is not cut at the edge of the picture.
        let most = (viewport.right() - width - 8.0).max(viewport.left);
        let left = (middle.x - width / 2.0 - 4.0).max(viewport.left).min(most);
        let places = (0..LINES).map(|line| Area {
            left,
            top: middle.y - f32::from(line) * (size + 4.5) - size / 2.0 - 2.0,
            width: width + 8.0,
            height: size + 4.0,
        });
        let is_free =
            |own: &Area| own.top >= viewport.top && !taken.iter().any(|name| name.meets(own));
        let found = places.into_iter().find(is_free);
        taken.extend(found);
        found
    };
    headings.iter().map(place).collect()
}

/// The middle of a region's name: above its outline, or, once that has left the picture, at the
/// upper rim as long as the region is in sight.
fn name_place(extent: &Area, viewport: &Area, size: f32) -> Point {
    let half = size / 2.0 + 4.0;
    let lowest = (extent.bottom() - half).max(extent.top - half);
    let left = extent.left.max(viewport.left);
    let right = extent.right().min(viewport.right());
    Point {
        x: f32::midpoint(left, right),
        y: (extent.top - half).max(viewport.top + half).min(lowest),
    }
}
