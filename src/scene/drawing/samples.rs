//! The signs of the legend: which of them are in sight, and how each is drawn, as on the map itself.

use std::collections::BTreeSet;

use super::candidates::is_in_sight;
use super::crowd::READABLE;
use super::forms::draw_form;
use super::groups::{self, Bodies, rim_diamond};
use super::in_sight::InSight;
use super::links::{self, LinksInSight};
use super::marks;
use super::view::View;
use crate::analysis::{Crossing, Severity, Subject};
use crate::graph::Role;
use crate::layout::Point;
use crate::project::GroupBy;
use crate::scene::changes::Fate;
use crate::scene::colour::Colour;
use crate::scene::furniture::LegendSign;
use crate::scene::grouping::Grouping;
use crate::scene::highlight::HighlightLevel;
use crate::scene::map::{Link, MarkStyle};
use crate::scene::partition::region_tints;
use crate::scene::picture::{Pen, Shape};
use crate::scene::theme::RegionTint;

/// Below this radius, in pixels, the sign of a role is not drawn.
const SIGNS_FROM: f32 = 5.0;

/// Up to this many colours of environments can be told apart.
const MOST_ENVIRONMENTS: usize = 12;

/// What a map shows of which bodies stand for the marks, with its worst credentials.
const OF_BODIES: [LegendSign; 9] = [
    LegendSign::Severity(Severity::Critical),
    LegendSign::Severity(Severity::High),
    LegendSign::Severity(Severity::Medium),
    LegendSign::Upwards,
    LegendSign::Group,
    LegendSign::CredentialGroup,
    LegendSign::CriticalGroup,
    LegendSign::LitGroup,
    LegendSign::Bundle,
];

/// What of the legend's signs is in sight. Costs time in proportion to what is in sight.
pub(super) fn in_sight(
    view: &View<'_>,
    seen: &InSight,
    (links, bodies): (&LinksInSight, Option<&(Bodies, &Grouping)>),
) -> BTreeSet<LegendSign> {
    let mut signs = BTreeSet::new();
    let viewport = view.camera.viewport.grown(8.0);
    for mark in seen.all().filter(|&at| view.centre_of(at).is_some_and(|at| viewport.holds(at))) {
        add_mark(view, mark, &mut signs);
    }
    for &at in links.all().filter(|at| is_in_sight(view, **at)) {
        add_link(view, at, &mut signs);
    }
    if let Some((bodies, grouping)) = bodies {
        add_bodies(bodies, grouping, &mut signs);
        // Bundles have the colour of the worst that they stand for.
        let drawn = [false, true].map(|lit| bodies.drawn_bundles(view, grouping, (links, lit)));
        let worst = drawn.into_iter().flatten().filter_map(|own| own.worst);
        signs.extend(worst.map(LegendSign::Severity));
    }
    if links.bundled > 0 {
        signs.insert(LegendSign::Bundle);
    }
    keep_few_environments(&mut signs);
    signs
}

/// What is said of bodies that stand for their marks.
fn add_bodies(bodies: &Bodies, grouping: &Grouping, signs: &mut BTreeSet<LegendSign>) {
    for (group, _, figure) in bodies.with_figures(grouping) {
        let is_of_credentials = group.instances == 0;
        let sign = if is_of_credentials { LegendSign::CredentialGroup } else { LegendSign::Group };
        signs.insert(sign);
        if group.critical > 0 {
            signs.insert(LegendSign::CriticalGroup);
        }
        if figure.lit > 0 {
            signs.insert(LegendSign::LitGroup);
        }
    }
    if !grouping.collapsed_bundles().is_empty() {
        signs.insert(LegendSign::Bundle);
    }
}

/// Leaves out the colours of environments where there are more than can be told apart.
pub(super) fn keep_few_environments(signs: &mut BTreeSet<LegendSign>) {
    let is_one = |sign: &LegendSign| matches!(sign, LegendSign::Environment(_));
    if signs.iter().filter(|sign| is_one(sign)).count() > MOST_ENVIRONMENTS {
        signs.retain(|sign| !is_one(sign));
    }
}

/// The environment of an instance, where no heading of a region says which colour that is.
fn environment(view: &View<'_>, of: Subject) -> Option<LegendSign> {
    let is_headed = view.map.kind.is_grouped() && view.map.grouped_by == GroupBy::Environment;
    let Subject::Instance(at) = of else { return None };
    let environment = || view.graph.instance(at).environment.index() as u16;
    (!is_headed).then(|| LegendSign::Environment(environment()))
}

/// All signs that the map may show from as far away as the view's camera is, whatever is in sight of it.
pub(super) fn of_map(view: &View<'_>) -> BTreeSet<LegendSign> {
    let mut signs = BTreeSet::new();
    if view.map.marks.len() > READABLE {
        signs.extend(OF_BODIES);
        return signs;
    }
    let few = 2_000;
    for mark in (0..view.map.marks.len().min(few) as u32).filter(|&mark| view.is_visible(mark)) {
        add_mark(view, mark, &mut signs);
    }
    for at in 0..view.map.links.len().min(few) as u32 {
        add_link(view, at, &mut signs);
    }
    keep_few_environments(&mut signs);
    signs
}

pub(super) fn add_mark(view: &View<'_>, mark: u32, signs: &mut BTreeSet<LegendSign>) {
    let Some(own) = view.map.marks.get(mark as usize) else { return };
    if view.map.is_pinned(mark) {
        signs.insert(LegendSign::Pinned);
    }
    if view.is_compromised(mark) {
        signs.insert(LegendSign::Compromised);
    }
    signs.extend(environment(view, own.subject));
    match own.style {
        MarkStyle::Instance { role, extraction_point, entry_point, crown_jewel, .. } => {
            let links = view.map.links_of(mark).iter();
            let mut links = links.filter_map(|&at| view.map.links.get(at as usize));
            if links.any(|link| view.is_folded(link.credential)) {
                signs.insert(LegendSign::Folded);
            }
            let has_sign = role != Role::Unknown && view.radius_of(mark) >= SIGNS_FROM;
            signs.insert(if has_sign { LegendSign::Role(role) } else { LegendSign::Service });
            let others = [
                (extraction_point, LegendSign::ExtractionPoint),
                (entry_point, LegendSign::EntryPoint),
                (crown_jewel, LegendSign::CrownJewel),
            ];
            signs.extend(others.into_iter().filter(|(there, _)| *there).map(|(_, sign)| sign));
        }
        MarkStyle::Credential { severity, shared, crossing, dead, assumed } => {
            let joins = shared || crossing != Crossing::None;
            let severity = severity.filter(|_| joins && !dead);
            signs.insert(match (dead, severity) {
                (true, _) => LegendSign::Dead,
                (false, Some(severity)) => LegendSign::Severity(severity),
                (false, None) => LegendSign::Credential,
            });
            if assumed && !dead {
                signs.insert(assumed_sign(view, own.subject));
            }
            if crossing == Crossing::Upwards {
                signs.insert(LegendSign::Upwards);
            }
            match view.changes.and_then(|changes| changes.fate(mark)) {
                Some(Fate::Gone) => signs.insert(LegendSign::Gone),
                Some(Fate::Replaced) => signs.insert(LegendSign::Replaced),
                None => false,
            };
        }
    }
}

/// On which assumption a credential rests.
fn assumed_sign(view: &View<'_>, subject: Subject) -> LegendSign {
    match subject {
        Subject::Credential(at) if view.graph.is_joined_by_id_alone(at) => {
            LegendSign::JoinedCredential
        }
        _ => LegendSign::AssumedCredential,
    }
}

fn add_link(view: &View<'_>, at: u32, signs: &mut BTreeSet<LegendSign>) {
    let Some(link) = view.map.links.get(at as usize) else { return };
    let &Link { holds, grants, holds_assumed, grants_assumed, .. } = link;
    signs.insert(match (holds.is_some(), grants.is_some()) {
        (true, true) if holds_assumed && !grants_assumed => LegendSign::HoldsAssumed,
        (true, true) if grants_assumed && !holds_assumed => LegendSign::GrantsAssumed,
        (true, true) => LegendSign::HoldsAndGrants,
        (false, true) => LegendSign::Grants,
        (_, false) => LegendSign::Holds,
    });
    if link.is_assumed() {
        signs.insert(LegendSign::Assumed);
    }
    add_colour(view, at, signs);
    if let Some(changes) = view.changes {
        if changes.is_cut(at) {
            signs.insert(LegendSign::Cut);
        } else if changes.is_reduced(at) {
            signs.insert(LegendSign::Reduced);
        }
    }
}

/// The colour of a link that is drawn in that of a severity: what it ends at need not have it.
pub(super) fn add_colour(view: &View<'_>, at: u32, signs: &mut BTreeSet<LegendSign>) {
    let link = view.map.links.get(at as usize);
    let credential = link.and_then(|link| view.map.marks.get(link.credential as usize));
    // What the pointer is over changes no legend: that would move what lies above it.
    let level = view.highlight.map_or(HighlightLevel::Near, |own| own.link(at));
    let severity = credential.and_then(|own| links::severity_of_link(&own.style, level));
    // Where fixes change it, it has their colour.
    let is_of_fixes = view.changes.is_some_and(|own| own.is_cut(at) || own.is_reduced(at));
    signs.extend(severity.filter(|_| !is_of_fixes).map(LegendSign::Severity));
}

/// Draws a sign around a point, as what it stands for is drawn on the map.
pub(super) fn draw(
    view: &View<'_>,
    (sign, at): (LegendSign, Point),
    scale: f32,
    shapes: &mut Vec<Shape>,
) {
    let start = shapes.len();
    let radius = 5.2 * scale;
    if let Some(style) = style_of(sign) {
        marks::sample(view, &style, (at, radius), shapes);
    }
    match sign {
        LegendSign::Compromised => marks::fallen_sample(view, (at, radius * 0.7), shapes),
        LegendSign::Pinned => {
            let at = Point { x: at.x + 2.0, ..at };
            marks::pin_sample(view, (at, radius * 0.6), shapes);
        }
        LegendSign::Gone => marks::fate(view, Fate::Gone, (at, radius), shapes),
        LegendSign::Replaced => marks::fate(view, Fate::Replaced, (at, radius), shapes),
        LegendSign::Holds
        | LegendSign::Grants
        | LegendSign::HoldsAndGrants
        | LegendSign::Assumed
        | LegendSign::HoldsAssumed
        | LegendSign::GrantsAssumed
        | LegendSign::Bundle
        | LegendSign::Cut
        | LegendSign::Reduced => {
            let half = 11.0 * scale;
            let ends = [Point { x: at.x - half, y: at.y }, Point { x: at.x + half, y: at.y }];
            links::sample(view, sign, ends, shapes);
        }
        LegendSign::CellHolds
        | LegendSign::CellGrants
        | LegendSign::CellBoth
        | LegendSign::CellAssumed => {
            let colours = (view.theme.muted, view.theme.canvas);
            draw_form((sign, [false; 2]), (at, 5.5 * scale), colours, shapes);
        }
        LegendSign::Spot => shapes.push(square((at, 3.0 * scale), view.theme.muted)),
        LegendSign::Folded => {
            let centre = Point { x: at.x + radius, y: at.y + radius * 0.7 };
            marks::sample(view, &credential_alone(), (centre, radius * 0.5), shapes);
        }
        LegendSign::Environment(_)
        | LegendSign::Group
        | LegendSign::CredentialGroup
        | LegendSign::LitGroup
        | LegendSign::CriticalGroup => draw_of_several(view, (sign, at), radius, shapes),
        LegendSign::Service
        | LegendSign::Role(_)
        | LegendSign::ExtractionPoint
        | LegendSign::EntryPoint
        | LegendSign::CrownJewel
        | LegendSign::Credential
        | LegendSign::Severity(_)
        | LegendSign::Dead
        | LegendSign::AssumedCredential
        | LegendSign::JoinedCredential
        | LegendSign::Upwards => {}
    }
    debug_assert!(shapes.len() > start, "{sign:?} is drawn");
}

/// A square around a point.
fn square((at, half): (Point, f32), fill: Colour) -> Shape {
    let low = Point { x: at.x - half, y: at.y - half };
    let high = Point { x: at.x + half, y: at.y + half };
    Shape::Rectangle { low, high, fill }
}

/// Draws the sign of what stands for several services.
fn draw_of_several(
    view: &View<'_>,
    (sign, at): (LegendSign, Point),
    radius: f32,
    shapes: &mut Vec<Shape>,
) {
    if let LegendSign::Environment(environment) = sign {
        let tint = region_tints(view.graph).get(usize::from(environment)).copied();
        let style = instance_of(tint.unwrap_or_default());
        marks::sample(view, &style, (at, radius), shapes);
        return;
    }
    body(view, (at, radius), sign == LegendSign::CredentialGroup, shapes);
    if sign == LegendSign::CriticalGroup {
        shapes.push(rim_diamond(view, (at, radius), 1.0));
    }
}

fn body(
    view: &View<'_>,
    (centre, radius): (Point, f32),
    of_credentials: bool,
    shapes: &mut Vec<Shape>,
) {
    let hue = view.theme.muted;
    let fill = hue.faded(0.28).over(view.theme.canvas);
    if of_credentials {
        groups::diamond((centre, radius), (fill, Pen::plain(1.4, hue)), shapes);
        return;
    }
    shapes.push(Shape::Disc { centre, radius, fill });
    shapes.push(Shape::Ring { centre, radius, pen: Pen::plain(1.4, hue) });
}

fn instance_of(colour: RegionTint) -> MarkStyle {
    MarkStyle::Instance {
        colour,
        role: Role::Unknown,
        extraction_point: false,
        entry_point: false,
        crown_jewel: false,
    }
}

fn credential_alone() -> MarkStyle {
    let crossing = Crossing::None;
    MarkStyle::Credential { severity: None, shared: false, crossing, dead: false, assumed: false }
}

/// The mark that a sign shows.
fn style_of(sign: LegendSign) -> Option<MarkStyle> {
    let instance = |role| MarkStyle::Instance {
        colour: RegionTint::ANY,
        role,
        extraction_point: sign == LegendSign::ExtractionPoint,
        entry_point: sign == LegendSign::EntryPoint,
        crown_jewel: sign == LegendSign::CrownJewel,
    };
    let credential = |severity| MarkStyle::Credential {
        severity,
        shared: severity.is_some(),
        crossing: if sign == LegendSign::Upwards { Crossing::Upwards } else { Crossing::None },
        dead: sign == LegendSign::Dead,
        assumed: matches!(sign, LegendSign::AssumedCredential | LegendSign::JoinedCredential),
    };
    match sign {
        LegendSign::Service
        | LegendSign::ExtractionPoint
        | LegendSign::EntryPoint
        | LegendSign::CrownJewel
        | LegendSign::Folded => Some(instance(Role::Unknown)),
        LegendSign::Role(role) => Some(instance(role)),
        LegendSign::Severity(severity) => Some(credential(Some(severity))),
        LegendSign::Credential
        | LegendSign::Dead
        | LegendSign::AssumedCredential
        | LegendSign::JoinedCredential
        | LegendSign::Upwards
        | LegendSign::Gone
        | LegendSign::Replaced => Some(credential(None)),
        LegendSign::Holds
        | LegendSign::Grants
        | LegendSign::HoldsAndGrants
        | LegendSign::Assumed
        | LegendSign::HoldsAssumed
        | LegendSign::GrantsAssumed
        | LegendSign::CellHolds
        | LegendSign::CellGrants
        | LegendSign::CellBoth
        | LegendSign::CellAssumed
        | LegendSign::Pinned
        | LegendSign::Compromised
        | LegendSign::Spot
        | LegendSign::Environment(_)
        | LegendSign::Group
        | LegendSign::CredentialGroup
        | LegendSign::CriticalGroup
        | LegendSign::LitGroup
        | LegendSign::Bundle
        | LegendSign::Cut
        | LegendSign::Reduced => None,
    }
}
