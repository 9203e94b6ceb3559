//! The links between credentials and service instances.

use super::candidates::{Candidates, all_lit, candidates};
use super::crowd::Crowd;
use super::strokes;
use super::view::View;
use super::ways::Ways;
use crate::analysis::{Crossing, Severity, Subject};
use crate::layout::Point;
use crate::scene::colour::Colour;
use crate::scene::furniture::LegendSign;
use crate::scene::grouping::{Bundle, Grouping};
use crate::scene::highlight::HighlightLevel;
use crate::scene::map::{Link, MarkStyle};
use crate::scene::picture::{Dash, Layer, LitWay, Pen, PictureSubject, Shape};
use crate::scene::theme::Theme;

/// Above this many highlighted links, each gives up a part of its strength: at a width of about
/// 1000 pixels more of them at full strength run into one area.
const LIT_LINKS: f32 = 120.0;

/// The same for links that are not highlighted: more of them cover the marks between which they run.
const QUIET_LINKS: f32 = 800.0;

/// Where groups are drawn as bodies, up to this many highlighted links are drawn one by one over them:
/// more are a knot in which no way can be followed.
const MOST_LIT_FROM_AFAR: usize = 40;

/// Up to this many links in sight are bent round the marks that they do not touch: more of them
/// hide each other, whichever way they take.
const MOST_BENT: usize = 2_000;

/// The links in sight, as indices into the map's links.
#[derive(Clone, Debug, Default)]
pub(super) struct LinksInSight {
    /// Those that are not highlighted; empty where they are bundled.
    quiet: Vec<u32>,
    /// Those that are highlighted; empty where they are bundled.
    lit: Vec<u32>,
    /// How many of them are too many to be drawn one by one.
    pub(super) bundled: usize,
    /// Whether bodies are drawn in the place of marks, and of the bundles only the strongest.
    pub(super) is_far: bool,
    /// Whether links that only run through the picture are left out.
    pub(super) others_pass: bool,
    /// The highlighted ones in bundles.
    pub(super) lit_bundles: Vec<Bundle>,
    /// Whether they are so few that each is bent round the marks in its way.
    bent: bool,
    /// How strong the quiet ones are, so that thousands make no solid area.
    quiet_strength: f32,
    lit_strength: f32,
}

impl LinksInSight {
    /// Finds the links that are to be drawn. Costs time in proportion to the groups and the links
    /// in sight.
    pub(super) fn find(view: &View<'_>, grouping: Option<&Grouping>, crowd: Crowd) -> Self {
        let mut found = Self::default();
        let is_lit = |at: u32| view.link_level(at) == HighlightLevel::Lit;
        match candidates(view, grouping, crowd) {
            Candidates::Some { links, others_pass } => {
                found.others_pass = others_pass;
                let (lit, quiet) = links.into_iter().partition(|&at| is_lit(at));
                (found.lit, found.quiet) = (lit, quiet);
                if others_pass {
                    found.lit = all_lit(view);
                }
            }
            Candidates::TooMany(count) => {
                found.bundled = count;
                found.lit = all_lit(view);
            }
        }
        let is_far = grouping.is_some() && found.bundled > 0 && crowd.is_far(view);
        found.is_far = is_far;
        let most_lit = if is_far { MOST_LIT_FROM_AFAR } else { view.most_links };
        if found.lit.len() > most_lit
            && let Some(grouping) = grouping
        {
            found.bundled = found.bundled.max(found.lit.len());
            let alone = if is_far { view.alone() } else { Vec::new() };
            let lit = std::mem::take(&mut found.lit);
            found.lit_bundles = grouping.bundles_of(view.map, lit, &alone);
        } else if let Some(grouping) = grouping.filter(|_| found.bundled == 0) {
            // What is lit goes on into the bodies of collapsed regions.
            found.lit_bundles = grouping.collapsed_bundles_of(view.map, &view.lit_links());
        }
        let (quiet, lit) = (found.quiet.len(), found.lit.len());
        found.bent = quiet + lit <= MOST_BENT;
        found.lit_strength = (LIT_LINKS / lit.max(1) as f32).clamp(0.3, 1.0);
        found.quiet_strength = (QUIET_LINKS / quiet.max(1) as f32).clamp(0.12, 1.0);
        found
    }

    /// The links that are drawn one by one.
    pub(super) fn all(&self) -> impl Iterator<Item = &u32> {
        self.quiet.iter().chain(&self.lit)
    }

    /// How many links are drawn one by one.
    pub(super) fn drawn(&self) -> usize {
        self.quiet.len() + self.lit.len()
    }

    /// Draws the links that are not highlighted.
    pub(super) fn draw_quiet(&self, view: &View<'_>, ways: &Ways<'_>, layer: &mut Layer) {
        let corners = self.corners(ways, &self.quiet);
        for (&index, corners) in self.quiet.iter().zip(corners) {
            let way = Way { level: view.link_level(index), strength: self.quiet_strength };
            draw_link(view, &corners, (index, way), layer);
        }
    }

    /// The ways of those that are highlighted, on screen.
    pub(super) fn lit_corners(&self, ways: &Ways<'_>) -> Vec<Vec<Point>> {
        self.corners(ways, &self.lit)
    }

    /// Draws those that are, on these ways, and returns where they lead.
    pub(super) fn draw_lit(
        &self,
        view: &View<'_>,
        corners: Vec<Vec<Point>>,
        layer: &mut Layer,
    ) -> Vec<LitWay> {
        let mut lit = Vec::new();
        for (&index, corners) in self.lit.iter().zip(corners) {
            if let Some(link) = view.map.links.get(index as usize) {
                let mut points = corners.clone();
                // To the credential from what holds it, and from there on to what it grants.
                let is_second = link.grants.is_some();
                if !is_second {
                    points.reverse();
                }
                lit.push(LitWay { points, is_second });
            }
            let way = Way { level: HighlightLevel::Lit, strength: self.lit_strength };
            draw_link(view, &corners, (index, way), layer);
        }
        lit
    }

    /// The way of each of some links on screen.
    fn corners(&self, ways: &Ways<'_>, links: &[u32]) -> Vec<Vec<Point>> {
        if self.bent { ways.of_links(links) } else { ways.straight(links) }
    }
}

/// How a link is drawn.
#[derive(Clone, Copy)]
struct Way {
    level: HighlightLevel,
    strength: f32,
}

fn draw_link(view: &View<'_>, corners: &[Point], (index, way): (u32, Way), layer: &mut Layer) {
    let Some(link) = view.map.links.get(index as usize) else { return };
    let (Some(credential), Some(instance)) =
        (view.map.marks.get(link.credential as usize), view.map.marks.get(link.instance as usize))
    else {
        return;
    };
    let (Subject::Credential(of), Subject::Instance(at)) = (credential.subject, instance.subject)
    else {
        return;
    };
    let rim = |mark: u32| view.radius_of(mark);
    let by = (diamond_rim(rim(link.credential), corners), rim(link.instance));
    let Some(points) = strokes::trimmed(corners, by) else { return };
    let is_cut = view.changes.is_some_and(|changes| changes.is_cut(index));
    let is_reduced = view.changes.is_some_and(|changes| changes.is_reduced(index));
    let mut pen = link_pen(view.theme, &credential.style, way.level);
    let opacity =
        if way.level == HighlightLevel::Lit { way.strength.max(0.7) } else { way.strength };
    pen.colour = pen.colour.faded(opacity);
    pen.width = 1.0 + (pen.width - 1.0) * way.strength;
    if is_cut || is_reduced {
        pen = Pen::plain(if is_cut { 1.8 } else { 1.2 }, view.theme.fixed);
    }
    let drawn = Line {
        points,
        pen,
        dashes: dashes(link),
        is_cut,
        is_reduced,
        holds: link.holds.is_some(),
        grants: link.grants.is_some(),
        canvas: view.theme.canvas,
        level: way.level,
        scale: view.theme.strokes.sqrt(),
    };
    layer.group(PictureSubject::Link(of, at), |shapes| drawn.draw(view.camera.zoom, shapes));
}

/// How the half of a link at its credential runs, and the half at its instance: where it both holds and
/// grants, the first is what is held and the second, with the arrowhead, what is granted. Only what is
/// assumed is dotted, whatever else it shows.
fn dashes(link: &Link) -> [Dash; 2] {
    let dash = |assumed: bool| if assumed { Dash::Dotted } else { Dash::Plain };
    match (link.holds, link.grants) {
        (Some(_), Some(_)) => [dash(link.holds_assumed), dash(link.grants_assumed)],
        _ => [dash(link.is_assumed()); 2],
    }
}

/// A link for itself, as the legend shows it.
pub(super) fn sample(view: &View<'_>, sign: LegendSign, ends: [Point; 2], shapes: &mut Vec<Shape>) {
    let theme = view.theme;
    let is_of_fixes = matches!(sign, LegendSign::Cut | LegendSign::Reduced);
    let width = if sign == LegendSign::Bundle { 3.0 } else { 1.4 };
    let dashes = match sign {
        LegendSign::Assumed => [Dash::Dotted; 2],
        LegendSign::HoldsAssumed => [Dash::Dotted, Dash::Plain],
        LegendSign::GrantsAssumed => [Dash::Plain, Dash::Dotted],
        _ => [Dash::Plain; 2],
    };
    let has_both = matches!(
        sign,
        LegendSign::HoldsAndGrants | LegendSign::HoldsAssumed | LegendSign::GrantsAssumed
    );
    let drawn = Line {
        points: ends.to_vec(),
        pen: Pen::plain(width, if is_of_fixes { theme.fixed } else { theme.muted }),
        dashes,
        is_cut: sign == LegendSign::Cut,
        is_reduced: sign == LegendSign::Reduced,
        holds: has_both || sign == LegendSign::Holds,
        grants: has_both || matches!(sign, LegendSign::Grants | LegendSign::Bundle),
        canvas: theme.canvas,
        level: HighlightLevel::Near,
        scale: theme.strokes.sqrt(),
    };
    drawn.draw(0.8, shapes);
}

/// How far the edge of a diamond is from its middle, where a line leaves it.
fn diamond_rim(radius: f32, corners: &[Point]) -> f32 {
    let &[from, to, ..] = corners else { return radius };
    let (x, y) = strokes::direction(from, to);
    radius / (x.abs() + y.abs()).max(1.0)
}

/// Below this length, in pixels, the two halves of a line cannot be distinguished.
const LEAST_SHAFT: f32 = 3.0;

/// A link as it is drawn: from its credential to its instance.
#[expect(clippy::struct_excessive_bools, reason = "each is drawn for itself")]
struct Line {
    points: Vec<Point>,
    pen: Pen,
    /// How its two halves run.
    dashes: [Dash; 2],
    is_cut: bool,
    is_reduced: bool,
    /// The instance holds the credential.
    holds: bool,
    /// The credential grants the instance.
    grants: bool,
    canvas: Colour,
    level: HighlightLevel,
    /// How much larger arrowheads and dots are than usual.
    scale: f32,
}

impl Line {
    fn draw(&self, zoom: f32, shapes: &mut Vec<Shape>) {
        let length = strokes::length(&self.points);
        let head = if self.grants { self.arrow_size(zoom, length) } else { 0.0 };
        // The line ends below its arrowhead, not before its tip.
        if let Some(shaft) = strokes::trimmed(&self.points, (0.0, head * 0.7)) {
            self.draw_shaft(shaft, length, shapes);
        }
        if self.is_cut
            && let Some(middle) = strokes::along(&self.points, length / 2.0)
        {
            strokes::cross((middle, 4.0), Pen::plain(1.8, self.pen.colour), shapes);
        }
        self.draw_ends((head, length), shapes);
    }

    fn draw_shaft(&self, shaft: Vec<Point>, length: f32, shapes: &mut Vec<Shape>) {
        let [first, second] = self.dashes.map(|dash| Pen { dash, ..self.pen });
        if self.is_reduced {
            strokes::interrupted(&shaft, [first, second], shapes);
        } else if first == second {
            shapes.extend(strokes::line(shaft, first));
        } else {
            // The halves of a line that is mostly arrowhead are those of what is left of it.
            let whole = strokes::length(&shaft);
            if whole < LEAST_SHAFT {
                return;
            }
            let middle = (length / 2.0).min(whole * 0.6);
            let behind = whole - middle;
            let halves = [(first, (0.0, behind)), (second, (middle, 0.0))];
            let half = |(pen, by)| strokes::line(strokes::trimmed(&shaft, by)?, pen);
            shapes.extend(halves.into_iter().filter_map(half));
        }
    }

    /// An arrowhead where access is granted; a dot where a line that does so also comes from, or
    /// where a highlighted way begins.
    fn draw_ends(&self, (head, length): (f32, f32), shapes: &mut Vec<Shape>) {
        if head > 0.0
            && let Some(&tip) = self.points.last()
            && let Some(from) = strokes::along(&self.points, length - head)
        {
            shapes.push(strokes::arrowhead((from, tip), head, self.pen));
        }
        let radius = (1.4 + self.pen.width * 0.6) * self.scale;
        let lit = self.level == HighlightLevel::Lit;
        if self.holds && (lit || self.grants) && length > 1.5 * head + 4.0 * radius {
            let [first, second] = self.dashes;
            // Where the two halves differ, it stands in its own.
            let at = if first == second { length - head - radius } else { length * 0.3 };
            if let Some(centre) = strokes::along(&self.points, at) {
                shapes.push(Shape::Disc {
                    centre,
                    radius,
                    fill: self.pen.colour.over(self.canvas),
                });
            }
        }
    }

    /// The length of the arrowhead: such that the way can be followed from afar too, but never most
    /// of a short line.
    fn arrow_size(&self, zoom: f32, length: f32) -> f32 {
        let near = zoom.clamp(0.6, 1.0);
        let size = match self.level {
            HighlightLevel::Dimmed => 4.5,
            HighlightLevel::Near => (5.5 + 1.5 * self.pen.width) * near,
            HighlightLevel::Lit => (6.0 + 2.0 * self.pen.width) * near.max(0.8),
        };
        (size * self.scale).min(length * 0.6)
    }
}

/// The severity in whose colour a link is drawn, if it is.
pub(super) fn severity_of_link(style: &MarkStyle, level: HighlightLevel) -> Option<Severity> {
    let MarkStyle::Credential { severity, crossing, dead, .. } = *style else { return None };
    let is_coloured = level == HighlightLevel::Lit || (crossing != Crossing::None && !dead);
    severity.filter(|_| is_coloured)
}

/// A link's pen: by what its credential joins, and how it is highlighted.
pub(super) fn link_pen(theme: &Theme, style: &MarkStyle, level: HighlightLevel) -> Pen {
    let MarkStyle::Credential { shared, crossing, dead, .. } = *style else {
        return Pen::plain(1.0, theme.line);
    };
    let hue = severity_of_link(style, level);
    let hue = hue.and_then(|severity| theme.severity.get(severity.rank()).copied());
    let (width, colour): (f32, _) = match (crossing, shared) {
        _ if dead => (1.0, theme.muted.faded(0.6)),
        (Crossing::Upwards, _) => (1.8, hue.unwrap_or(theme.muted)),
        (Crossing::Across, _) => (1.4, hue.unwrap_or(theme.muted)),
        (Crossing::None, true) => (1.0, theme.muted.faded(0.75)),
        (Crossing::None, false) => (1.0, theme.muted.faded(0.4)),
    };
    match level {
        HighlightLevel::Dimmed => Pen::plain(width.min(1.0), colour.faded(0.25)),
        HighlightLevel::Near => Pen::plain(width, colour),
        HighlightLevel::Lit => {
            // What joins environments stands out among what only goes on inside one.
            let more = if crossing == Crossing::None { 0.7 } else { 1.2 };
            Pen::plain(width + more, hue.unwrap_or(theme.second))
        }
    }
}
