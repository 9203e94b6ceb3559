//! The sections of regions: their boxes, and their names where no body bears them.

use super::labels::{LABEL_SIZE, LabelOccupancy};
use super::view::View;
use crate::inventory::{grouped, shown};
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::picture::{Anchor, Face, Layer, MeasureText, Pen, Shape, Text, TextStyle};
use crate::scene::sections::Section;

/// A box is drawn from this many pixels to its shorter side on.
const LEAST: f32 = 12.0;

/// The room between the edge of a box and its name, in pixels, and what is kept for the names of regions at the
/// upper rim of the picture.
const ROOM: f32 = 5.0;
const RIM: f32 = 30.0;

/// A name is not cut to less than this, in pixels.
const SHORTEST: f32 = 40.0;

/// Draws the boxes in sight; those within a section that is one body are not seen.
pub(super) fn draw(view: &View<'_>, cell: f32, layer: &mut Layer) {
    let theme = view.theme;
    for (_, section, area) in in_sight(view, cell) {
        let region = section.region.and_then(|own| view.map.regions.get(usize::from(own)));
        let hue = region.map_or(theme.muted, |own| theme.region(own.colour));
        let corners = section.shape.corners().map(|at| view.camera.screen_from_scene(at));
        let mut edge = corners.to_vec();
        edge.extend(corners.first().copied());
        if area.width.min(area.height) >= LEAST {
            let (low, high) = (corners.first().copied(), corners.get(2).copied());
            if let (Some(low), Some(high)) = (low, high) {
                layer.shapes.push(Shape::Rectangle {
                    low,
                    high,
                    fill: hue.faded(0.5 * theme.wash),
                });
            }
            let pen = Pen::plain(1.0, hue.faded(0.3));
            layer.shapes.push(Shape::Polyline { points: edge, pen });
        }
    }
}

/// Writes the names of the sections whose marks are drawn, or whose parts are, into their upper left corners,
/// where no mark lies.
pub(super) fn write(
    view: &View<'_>,
    (is_far, cell): (bool, f32),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let (theme, viewport) = (view.theme, view.camera.viewport);
    let style =
        TextStyle { size: LABEL_SIZE * theme.type_size, face: Face::Strong, colour: theme.second };
    let opened = in_sight(view, cell).into_iter();
    for (_, section, area) in
        opened.filter(|(at, ..)| !is_far || !view.map.sections.is_one_body(*at, cell))
    {
        let left = area.left.max(viewport.left) + ROOM;
        let room = area.right().min(viewport.right()) - ROOM - left;
        let top = (area.top + ROOM).max(viewport.top + RIM * theme.type_size);
        if room < SHORTEST || top + style.size + ROOM > area.bottom() {
            continue;
        }
        let text = cut(&named(section, section.instances), room, (style, measure));
        let width = measure.width(&text, style.size, style.face);
        let place = Area { left, top, width, height: style.size };
        if occupied.try_occupy(&place) {
            let at = Point { x: left, y: place.centre().y };
            let text = Text {
                anchor: Anchor::Left,
                background: Some(theme.canvas.faded(0.8)),
                ..Text::new(at, text, style)
            };
            layer.texts.push(text);
        }
    }
}

/// The name of a section with how many services lie in it: “payments-team · 1,204”.
pub(super) fn named(section: &Section, instances: usize) -> String {
    format!("{} · {}", shown(&section.name), grouped(instances as u64))
}

/// A text cut to a room, in pixels.
pub(super) fn cut(
    text: &str,
    room: f32,
    (style, measure): (TextStyle, &dyn MeasureText),
) -> String {
    let width = |text: &str| measure.width(text, style.size, style.face);
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let shorter: String = kept.iter().collect();
        let shorter = format!("{}…", shorter.trim_end());
        if width(&shorter) <= room {
            return shorter;
        }
    }
    String::new()
}

/// The sections of which something is in sight, with where their boxes lie in pixels, but those within a
/// section that is one body.
fn in_sight<'v>(view: &View<'v>, cell: f32) -> Vec<(u32, &'v Section, Area)> {
    let sections = &view.map.sections;
    let is_open = |section: &Section| {
        let is_collapsed = section.region.is_some_and(|own| view.map.is_collapsed(own));
        let is_hidden = is_collapsed || section.shape.is_empty();
        !is_hidden && section.within.is_none_or(|outer| !sections.is_one_body(outer, cell))
    };
    let on_screen = |section: &Section| {
        let corners = section.shape.corners().map(|at| view.camera.screen_from_scene(at));
        Area::around(corners.into_iter())
    };
    let all = (0_u32..).zip(&sections.all).filter(|(_, own)| is_open(own));
    let placed = all.filter_map(|(at, own)| Some((at, own, on_screen(own)?)));
    placed.filter(|(_, _, area)| area.meets(&view.drawn_area())).collect()
}
