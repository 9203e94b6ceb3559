//! The figures of bodies and bundles: written where no mark and no other text lies.

use super::groups::{Bodies, Counted, Figure, subject_of};
use super::labels::{LABEL_SIZE, LabelOccupancy};
use super::view::View;
use super::{sections, strokes};
use crate::inventory::{grouped, shown};
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::grouping::{Group, Grouping};
use crate::scene::picture::{DrawnBody, Face, Layer, MeasureText, Text, TextStyle};

/// Where in a body its figure may stand, as shares of its radius from the middle.
const IN_BODY: [(f32, f32); 5] = [(0.0, 0.0), (0.0, 0.45), (0.0, -0.45), (-0.4, 0.0), (0.4, 0.0)];

/// And where along a bundle.
const ALONG: [f32; 3] = [0.5, 0.35, 0.65];

/// Writes how much each body stands for into it, and below it what it stands for, then how many links each
/// bundle has; no name is placed
/// over a body unless it must. Marks and the names of regions have their places already.
pub(super) fn write(
    view: &View<'_>,
    (bodies, grouping, bundles): (&Bodies, &Grouping, &[Counted]),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let mut unwritten = Vec::new();
    for (group, body, figure) in bodies.with_figures(grouping) {
        let is_written =
            of_body(view, (group, body, figure), measure, (&mut *layer, &mut *occupied));
        let section = group.section.and_then(|at| view.map.sections.all.get(at as usize));
        unwritten.extend(section.map(|own| (own, group, body, figure, is_written)));
    }
    for (_, body, _) in bodies.with_figures(grouping) {
        let &DrawnBody { centre, radius, .. } = body;
        occupied.occupy_with_body(around(centre, (2.0 * radius, 2.0 * radius)));
    }
    unwritten.sort_by_key(|(_, group, ..)| std::cmp::Reverse(group.members()));
    for (section, group, body, figure, is_counted) in unwritten {
        let named = Named { name: &shown(&section.name), is_counted, group, body };
        of_section(view, &named, (figure, measure), (&mut *layer, &mut *occupied));
    }
    for bundle in bundles {
        of_bundle(view, bundle, measure, (&mut *layer, &mut *occupied));
    }
}

fn around(middle: Point, (width, height): (f32, f32)) -> Area {
    Area { left: middle.x - width / 2.0, top: middle.y - height / 2.0, width, height }
}

/// Says whether it has room.
fn of_body(
    view: &View<'_>,
    (group, body, figure): (&Group, &DrawnBody, Figure),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) -> bool {
    let &DrawnBody { centre, radius, .. } = body;
    let size = LABEL_SIZE * view.theme.type_size;
    let all = grouped(u64::from(figure.count));
    let lit = (figure.lit > 0).then(|| format!("{}/{all}", grouped(u64::from(figure.lit))));
    for text in lit.into_iter().chain([all]) {
        let width = measure.width(&text, size, Face::Strong);
        let at = |(x, y): (f32, f32)| Point { x: centre.x + x * radius, y: centre.y + y * radius };
        let is_inside = |middle: &Point| {
            let (x, y) = ((middle.x - centre.x).abs() + width / 2.0, (middle.y - centre.y).abs());
            x.hypot(y) < radius - 2.0
        };
        let places = IN_BODY.map(at).into_iter().filter(is_inside);
        let mut places = places.map(|middle| around(middle, (width, size)));
        if let Some(area) = places.find(|area| occupied.try_occupy(area)) {
            let colour = view.theme.text.faded(figure.strength.max(0.6));
            let style = TextStyle { size, face: Face::Strong, colour };
            let subject = Some(subject_of(group));
            layer.texts.push(Text { subject, ..Text::new(area.centre(), text, style) });
            return true;
        }
    }
    false
}

/// A body that is to bear the name of its section.
struct Named<'a> {
    name: &'a str,
    /// Whether its figure stands in it already.
    is_counted: bool,
    group: &'a Group,
    body: &'a DrawnBody,
}

/// Writes the name of a section below its body, or above, cut to where it is free, with the figure where that has
/// no room in the body.
fn of_section(
    view: &View<'_>,
    named: &Named<'_>,
    (figure, measure): (Figure, &dyn MeasureText),
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let &Named { name, is_counted, group, body } = named;
    let &DrawnBody { centre, radius, .. } = body;
    let size = LABEL_SIZE * view.theme.type_size;
    let colour = view.theme.text.faded(figure.strength.max(0.6));
    let style = TextStyle { size, face: Face::Strong, colour };
    let count = format!(" · {}", grouped(u64::from(figure.count)));
    let counts = if is_counted { [""; 2] } else { [count.as_str(), ""] };
    let away = radius + size / 2.0 + 3.0;
    // Rather cut to its box than where nobody looks for it.
    let own = group.extent.width * view.camera.zoom;
    let rooms =
        [(own, away), (0.85 * own, away), (own, -away), (1.3 * own, away), (0.6 * own, away)];
    for ((room, away), count) in rooms.into_iter().flat_map(|own| counts.map(|count| (own, count)))
    {
        let room = room - measure.width(count, size, Face::Strong);
        let text = sections::cut(name, room, (style, measure));
        if text.chars().count() < LEAST_LETTERS.min(name.chars().count()) {
            continue;
        }
        let text = format!("{text}{count}");
        let width = measure.width(&text, size, Face::Strong);
        let area = around(Point { x: centre.x, y: centre.y + away }, (width, size));
        if occupied.try_occupy(&area) {
            layer.texts.push(Text {
                background: Some(view.theme.canvas.faded(0.7)),
                subject: Some(subject_of(group)),
                ..Text::new(area.centre(), text, style)
            });
            return;
        }
    }
}

/// A name of fewer letters says nothing.
const LEAST_LETTERS: usize = 6;

fn of_bundle(
    view: &View<'_>,
    bundle: &Counted,
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let text = grouped(u64::from(bundle.links));
    let size = LABEL_SIZE * view.theme.type_size;
    let extent = (measure.width(&text, size, Face::Regular) + 6.0, size + 2.0);
    let length = strokes::length(&bundle.points);
    let middles = ALONG.iter().filter_map(|share| strokes::along(&bundle.points, share * length));
    let mut places = middles.map(|middle| around(middle, extent));
    let Some(area) = places.find(|area| occupied.try_occupy(area)) else { return };
    let style = TextStyle { size, face: Face::Regular, colour: view.theme.second };
    layer.texts.push(Text {
        background: Some(view.theme.canvas.faded(0.85)),
        subject: Some(bundle.subject),
        ..Text::new(area.centre(), text, style)
    });
}
