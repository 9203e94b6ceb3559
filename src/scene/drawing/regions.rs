//! The environments: outlines with their names and how many services lie in them.

use super::view::View;
use crate::inventory::shown;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::picture::{
    Face, Layer, MeasureText, Pen, PictureSubject, Shape, Text, TextStyle,
};

/// Draws the outline and the name of every environment in sight.
pub(super) fn draw(view: &View<'_>, measure: &dyn MeasureText, layer: &mut Layer) -> Vec<Area> {
    let mut names = Vec::new();
    let size = (18.0 * view.camera.zoom.sqrt()).clamp(12.0, 20.0) * view.theme.type_size;
    for (index, region) in view.map.regions.iter().enumerate() {
        let colour = view.theme.region(region.colour);
        let points: Vec<Point> = region
            .shape
            .outline
            .iter()
            .map(|&point| view.camera.screen_from_scene(point))
            .collect();
        let Some(extent) = Area::around(points.iter().copied()) else { continue };
        if !extent.meets(&view.camera.viewport) {
            continue;
        }
        let index = index as u16;
        let mut closed = points.clone();
        closed.extend(points.first().copied());
        let subject = PictureSubject::Region(index);
        layer.group(subject, |shapes| {
            let pen = Pen::plain(1.0, colour.faded(0.45));
            shapes.push(Shape::Polygon { points, fill: colour.faded(view.theme.wash) });
            shapes.push(Shape::Polyline { points: closed, pen });
        });
        let in_sight = view.in_regions.get(usize::from(index)).copied().unwrap_or(region.instances);
        let text = match (in_sight, region.instances) {
            (_, 0) => shown(&region.name).into_owned(),
            (some, all) if some == all => format!("{}  {all}", shown(&region.name)),
            (some, all) => format!("{}  {some} of {all}", shown(&region.name)),
        };
        let room = |(at, size): (Point, f32)| {
            let width = measure.width(&text, size, Face::Strong);
            Area {
                left: at.x - width / 2.0 - 4.0,
                top: at.y - size / 2.0 - 2.0,
                width: width + 8.0,
                height: size + 4.0,
            }
        };
        let viewport = &view.camera.viewport;
        // Above a neighbour's name that is in the way, or smaller, where there is room.
        let places = [(0, 1.0), (1, 1.0), (2, 1.0), (0, 0.7)].map(|(line, share)| {
            let size = size * share;
            let middle = name_place(&extent, viewport, size);
            (Point { y: middle.y - line as f32 * (size + 6.0), ..middle }, size)
        });
        let is_free = |place: &(Point, f32)| {
            let own = room(*place);
            own.top >= viewport.top && !names.iter().any(|name: &Area| name.meets(&own))
        };
        let (at, size) = places.into_iter().find(is_free).unwrap_or(places[0]);
        names.push(room((at, size)));
        layer.texts.push(Text {
            background: Some(view.theme.canvas.faded(0.72)),
            subject: Some(subject),
            ..Text::new(at, text, TextStyle { size, face: Face::Strong, colour: view.theme.text })
        });
    }
    names
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
