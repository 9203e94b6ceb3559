//! The sections of regions: their boxes, and their names where no body bears them.

use super::labels::{LABEL_SIZE, cut};
use super::occupancy::LabelOccupancy;
use super::view::View;
use super::wrap;
use crate::inventory::grouped;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::picture::{Anchor, Face, Layer, MeasureText, Pen, Shape, Text, TextStyle};
use crate::scene::sections::Section;
use crate::scene::written::written;

/// A box is drawn from this many pixels to its shorter side on.
const LEAST: f32 = 12.0;

/// The room between the edge of a box and its name, in pixels, and what is kept for the names of regions at the
/// upper rim of the picture.
const ROOM: f32 = 5.0;
const RIM: f32 = 30.0;

/// In up to this many lines a name is written.
const LINES: usize = 2;

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
        let text = named(section, section.instances);
        let lines = (1..=LINES).filter_map(|count| wrap::in_lines(&text, count, (style, measure)));
        let fitting = lines.filter(|own| {
            own.width <= room && top + own.height(style.size) + ROOM <= area.bottom()
        });
        for lines in fitting {
            let place = Area { left, top, width: lines.width, height: lines.height(style.size) };
            if occupied.try_occupy(&place) {
                layer.texts.extend(lines.texts(&place, style).map(|text| Text {
                    anchor: Anchor::Left,
                    background: Some(theme.canvas.faded(0.8)),
                    at: Point { x: left, ..text.at },
                    ..text
                }));
                break;
            }
        }
    }
}

/// The name of a section with how many services lie in it, or, between regions, how many credentials:
/// “payments-team · 1,204”.
fn named(section: &Section, instances: usize) -> String {
    format!("{} · {}", cut(&written(&section.name)), grouped(instances as u64))
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
