//! The figures of bodies and bundles: written where no mark and no other text lies.

use std::collections::BTreeMap;

use super::groups::{Bodies, Counted, Figure, subject_of};
use super::labels::{self, LABEL_SIZE};
use super::occupancy::LabelOccupancy;
use super::strokes;
use super::view::View;
use super::wrap::{self, Lines};
use crate::analysis::Subject;
use crate::graph::EnvironmentIndex;
use crate::inventory::grouped;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::grouping::{Group, Grouping};
use crate::scene::picture::{DrawnBody, Face, Layer, MeasureText, Text, TextStyle};
use crate::scene::view_kind::ViewKind;
use crate::scene::written::written;

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
        let lacking = of_body(view, (group, body, figure), measure, (&mut *layer, &mut *occupied));
        let name = name_of(view, grouping, group);
        unwritten.extend(name.map(|own| (own, group, body, figure, lacking)));
    }
    for (_, body, _) in bodies.with_figures(grouping) {
        let &DrawnBody { centre, radius, .. } = body;
        occupied.occupy_with_body(around(centre, (2.0 * radius, 2.0 * radius)));
    }
    unwritten.sort_by_key(|(_, group, ..)| std::cmp::Reverse(group.members()));
    // Beside a body there is room for a name where its own box has none, once all others have theirs.
    for room in [Room::Own, Room::Beside] {
        unwritten.retain(|(name, group, body, figure, lacking)| {
            let named = Named { name, lacking: lacking.as_deref(), group, body, figure: *figure };
            !of_section(view, &named, (room, measure), (&mut *layer, &mut *occupied))
        });
    }
    for bundle in bundles {
        of_bundle(view, bundle, measure, (&mut *layer, &mut *occupied));
    }
}

/// What a body stands for, in words: its section, or, in a spread, of which environments its services are.
fn name_of(view: &View<'_>, grouping: &Grouping, group: &Group) -> Option<String> {
    if let Some(section) = group.section {
        let section = view.map.sections.all.get(section as usize);
        return section.map(|own| written(&own.name).into_owned());
    }
    if view.map.kind != ViewKind::Spread || group.instances == 0 {
        return None;
    }
    let mut counts: BTreeMap<EnvironmentIndex, u32> = BTreeMap::new();
    for &mark in grouping.members(group) {
        let own = view.map.marks.get(mark as usize).map(|own| own.subject);
        if let Some(Subject::Instance(at)) = own {
            *counts.entry(view.graph.instance(at).environment).or_default() += 1;
        }
    }
    let mut counts: Vec<(u32, EnvironmentIndex)> =
        counts.into_iter().map(|(environment, count)| (count, environment)).collect();
    counts.sort_by_key(|&(count, environment)| (std::cmp::Reverse(count), environment));
    let name = |at: EnvironmentIndex| written(view.graph.environment(at).display()).into_owned();
    let with_count = |&(count, at): &(u32, EnvironmentIndex)| {
        format!("{} {}", grouped(u64::from(count)), name(at))
    };
    match counts.as_slice() {
        [] => None,
        [(_, one)] => Some(name(*one)),
        [first, second] => Some(format!("{}, {}", with_count(first), with_count(second))),
        // The number in the body says how many are elsewhere.
        [(count, most), ..] => Some(format!("{} in {}", grouped(u64::from(*count)), name(*most))),
    }
}

fn around(middle: Point, (width, height): (f32, f32)) -> Area {
    Area { left: middle.x - width / 2.0, top: middle.y - height / 2.0, width, height }
}

/// Writes the figure of a body into it; what of it has no room there, in words.
fn of_body(
    view: &View<'_>,
    (group, body, figure): (&Group, &DrawnBody, Figure),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) -> Option<String> {
    let &DrawnBody { centre, radius, .. } = body;
    let size = LABEL_SIZE * view.theme.type_size;
    let all = grouped(u64::from(figure.count));
    let lit = (figure.lit > 0).then(|| grouped(u64::from(figure.lit)));
    let both = lit.as_ref().map(|lit| format!("{lit}/{all}"));
    // Where all are lit, their number says all.
    let is_part = figure.lit < figure.count;
    let lacking = both.clone().filter(|_| is_part).unwrap_or_else(|| all.clone());
    let lacks_lit = lit.filter(|_| is_part).map(|lit| format!("{lit} lit"));
    let texts = both.into_iter().map(|both| (both, None)).chain([(all, lacks_lit)]);
    for (text, lacks) in texts {
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
            return lacks;
        }
    }
    Some(lacking)
}

/// A body that is to bear the name of its section.
struct Named<'a> {
    name: &'a str,
    /// What of its figure does not stand in it.
    lacking: Option<&'a str>,
    group: &'a Group,
    body: &'a DrawnBody,
    figure: Figure,
}

/// Where the name of a body may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// Below it or above it, about as wide as its box.
    Own,
    /// To its right or to its left.
    Beside,
}

/// In up to this many lines a name is written, and up to this many letters of it.
const LINES: usize = 3;
const LONGEST: usize = 48;

/// How wide the name of a body in a column may be, in pixels.
const IN_COLUMN: f32 = 62.0;

/// At these shares of their size names are tried, one after the other.
const SIZES: [f32; 2] = [1.0, 0.85];

/// How far a name may reach beyond the sides of its box, as shares of the box's width.
const BEYOND: [f32; 2] = [1.0, 1.3];

/// Writes the name of a section below its body, or above, in as few lines as have room, with the figure where that
/// has none in the body; or beside it. A name is never cut but after many letters: where it is not free, there is
/// none. Says whether it is there.
fn of_section(
    view: &View<'_>,
    named: &Named<'_>,
    (room, measure): (Room, &dyn MeasureText),
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) -> bool {
    let &Named { name, lacking, group, body, figure } = named;
    let name = labels::cut_to(name, LONGEST);
    let with_figure = lacking.map(|figure| format!("{name} · {figure}"));
    let texts: Vec<String> = with_figure.into_iter().chain([name]).collect();
    let colour = view.theme.text.faded(figure.strength.max(0.6));
    let own = match group.section {
        Some(_) => group.extent.width * view.camera.zoom,
        // In a column there is as much room as to the next one.
        None => IN_COLUMN * view.theme.type_size,
    };
    for (share, beyond) in SIZES.into_iter().flat_map(|size| BEYOND.map(|own| (size, own))) {
        let size = share * LABEL_SIZE * view.theme.type_size;
        let style = TextStyle { size, face: Face::Strong, colour };
        for (lines, text) in
            (1..=LINES).flat_map(|lines| texts.iter().map(move |text| (lines, text)))
        {
            let Some(lines) = wrap::in_lines(text, lines, (style, measure)) else { continue };
            if room == Room::Own && lines.width > own * beyond {
                continue;
            }
            let places = places(room, body, &lines, style);
            let is_inside = |area: &Area| {
                let viewport = &view.camera.viewport;
                area.left >= viewport.left && area.right() <= viewport.right()
            };
            let mut places = places.into_iter().filter(is_inside);
            let Some(area) = places.find(|area| occupied.try_occupy(area)) else { continue };
            let subject = Some(subject_of(group));
            layer.texts.extend(lines.texts(&area, style).map(|text| Text {
                background: Some(view.theme.canvas.faded(0.7)),
                subject,
                ..text
            }));
            return true;
        }
    }
    false
}

/// The places of lines about a body.
fn places(room: Room, body: &DrawnBody, lines: &Lines, style: TextStyle) -> [Area; 2] {
    let &DrawnBody { centre, radius, .. } = body;
    let (width, height) = (lines.width, lines.height(style.size));
    let away = match room {
        Room::Own => Point { x: 0.0, y: radius + height / 2.0 + 3.0 },
        Room::Beside => Point { x: radius + width / 2.0 + 4.0, y: 0.0 },
    };
    [1.0, -1.0].map(|sign| {
        let middle = Point { x: centre.x + sign * away.x, y: centre.y + sign * away.y };
        around(middle, (width, height))
    })
}

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
