//! The largest of those that a body stands for together, “and 41 more owners”, by name: as many as its box has
//! room for.

use std::collections::BTreeMap;

use super::groups::{Bodies, Counted, subject_of};
use super::labels::{self, LABEL_SIZE};
use super::occupancy::LabelOccupancy;
use super::view::View;
use crate::analysis::Subject;
use crate::inventory::grouped;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::grouping::{Group, Grouping};
use crate::scene::picture::{Anchor, Face, Layer, LitWay, MeasureText, Text, TextStyle};
use crate::scene::written::written;

/// The size of these names beside that of others.
const SHARE: f32 = 0.9;

/// How far lines lie apart, as a share of the size of their letters.
const LINE: f32 = 1.35;

/// The room between the edge of a box and a name, in pixels.
const ROOM: f32 = 7.0;

/// No name is cut to fewer letters.
const SHORTEST: usize = 8;

/// What a bundle covers, and how far apart it is looked at, in pixels.
const HALF: f32 = 4.0;
const STEP: f32 = 7.0;

/// Writes the names, the largest first from the top of the box on, where nothing else lies. Costs time in
/// proportion to the services in these bodies.
pub(super) fn write(
    view: &View<'_>,
    (bodies, grouping, (counted, lit)): (&Bodies, &Grouping, (&[Counted], &[LitWay])),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let ways = counted.iter().map(|own| &own.points).chain(lit.iter().map(|own| &own.points));
    for points in ways {
        occupy_along(points, occupied);
    }
    let size = SHARE * LABEL_SIZE * view.theme.type_size;
    for (group, _, figure) in bodies.with_figures(grouping) {
        let section = group.section.and_then(|at| view.map.sections.all.get(at as usize));
        let Some(section) = section.filter(|own| own.folded > 0 && own.region.is_some()) else {
            continue;
        };
        let is_dim = view.highlight.is_some() && figure.lit == 0;
        let colour = if is_dim { view.theme.muted } else { view.theme.second };
        let style = TextStyle { size, face: Face::Regular, colour };
        let corners = section.shape.corners().map(|at| view.camera.screen_from_scene(at));
        let Some(area) = Area::around(corners.into_iter()) else { continue };
        let bottom = area.bottom().min(view.camera.viewport.bottom());
        let mut y = area.top.max(view.camera.viewport.top) + ROOM;
        let mut names = parts(view, grouping, group).into_iter().peekable();
        while let Some((name, count)) = names.peek()
            && y + size + ROOM <= bottom
        {
            let count = format!(" · {}", grouped(*count as u64));
            let room = area.width - 2.0 * ROOM;
            let Some((text, width)) = fitted((name, &count), room, (style, measure)) else { break };
            let place = Area { left: area.left + ROOM, top: y, width, height: size };
            if occupied.try_occupy(&place) {
                names.next();
                layer.texts.push(Text {
                    anchor: Anchor::Left,
                    subject: Some(subject_of(group)),
                    ..Text::new(Point { x: place.left, y: place.centre().y }, text, style)
                });
            }
            y += size * LINE;
        }
    }
}

/// The names of the sections in a group with how many services in sight each has, the largest first.
fn parts(view: &View<'_>, grouping: &Grouping, group: &Group) -> Vec<(String, usize)> {
    let sections = &view.map.sections;
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for &mark in grouping.members(group) {
        let own = view.map.marks.get(mark as usize).map(|own| own.subject);
        // Service instances come first.
        if !matches!(own, Some(Subject::Instance(_))) {
            break;
        }
        if let Some(section) = sections.of_mark(mark) {
            *counts.entry(section).or_default() += 1;
        }
    }
    let mut counts: Vec<(u32, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(section, count)| (std::cmp::Reverse(count), section));
    let name = |at: u32| sections.all.get(at as usize).map(|own| written(&own.name).into_owned());
    counts.into_iter().filter_map(|(at, count)| Some((name(at)?, count))).collect()
}

/// A name with its figure, cut where it is too wide, and how wide it is; `None` where too little were left.
fn fitted(
    (name, count): (&str, &str),
    room: f32,
    (style, measure): (TextStyle, &dyn MeasureText),
) -> Option<(String, f32)> {
    let longest = name.chars().count();
    let least = SHORTEST.min(longest);
    (least..=longest).rev().find_map(|letters| {
        let text = format!("{}{count}", labels::cut_to(name, letters));
        let width = measure.width(&text, style.size, style.face);
        (width <= room).then_some((text, width))
    })
}

/// Keeps names off a line.
fn occupy_along(points: &[Point], occupied: &mut LabelOccupancy) {
    for (&from, &to) in points.iter().zip(points.iter().skip(1)) {
        let steps = ((to.x - from.x).hypot(to.y - from.y) / STEP).ceil().min(2_000.0) as u16;
        for step in 0..=steps {
            let share = f32::from(step) / f32::from(steps.max(1));
            let at =
                Point { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
            let (left, top) = (at.x - HALF, at.y - HALF);
            occupied.occupy_with_body(Area { left, top, width: 2.0 * HALF, height: 2.0 * HALF });
        }
    }
}
