//! The links between credentials and service instances.

use super::strokes;
use super::view::View;
use crate::analysis::{Crossing, Subject};
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::highlight::HighlightLevel;
use crate::scene::map::MarkStyle;
use crate::scene::picture::{Dash, Layer, Pen, PictureSubject, Shape};
use crate::scene::theme::Theme;

/// Above this many highlighted links, each gives up a part of its strength: at a width of about
/// 1000 pixels more of them at full strength run into one area.
const LIT_LINKS: f32 = 300.0;

/// The same for links that are not highlighted.
const QUIET_LINKS: f32 = 12_000.0;

/// Draws the links in sight, the highlighted ones last.
pub(super) fn draw(view: &View<'_>, layer: &mut Layer) {
    let step = view.map.links.len().div_ceil(view.most_links.max(1)).max(1);
    let strength = strengths(view);
    let mut lit = Vec::new();
    for (index, link) in (0_u32..).zip(&view.map.links) {
        if !view.is_visible(link.credential) || !view.is_visible(link.instance) {
            continue;
        }
        let level = view.link_level(index);
        if level == HighlightLevel::Lit {
            lit.push(index);
        } else if (index as usize).is_multiple_of(step) {
            draw_link(view, index, (level, strength.quiet), layer);
        }
    }
    let step = lit.len().div_ceil(view.most_links.max(1)).max(1);
    for index in lit.into_iter().step_by(step) {
        draw_link(view, index, (HighlightLevel::Lit, strength.lit), layer);
    }
}

/// How strong lit and other links are, so that tens of thousands make no solid area.
struct Strengths {
    lit: f32,
    quiet: f32,
}

fn strengths(view: &View<'_>) -> Strengths {
    let all = view.map.links.len();
    let lit =
        (0..all as u32).filter(|&index| view.link_level(index) == HighlightLevel::Lit).count();
    let lit = if view.highlight.is_some() { lit } else { 0 };
    Strengths {
        lit: (LIT_LINKS / lit.max(1) as f32).clamp(0.12, 1.0),
        quiet: (QUIET_LINKS / (all - lit).max(1) as f32).clamp(0.12, 1.0),
    }
}

fn draw_link(view: &View<'_>, index: u32, level: (HighlightLevel, f32), layer: &mut Layer) {
    let (level, strength) = level;
    let Some(link) = view.map.links.get(index as usize) else { return };
    let (Some(credential), Some(instance)) =
        (view.map.marks.get(link.credential as usize), view.map.marks.get(link.instance as usize))
    else {
        return;
    };
    let from = view.camera.screen_from_scene(credential.at);
    let to = view.camera.screen_from_scene(instance.at);
    let Some(span) = Area::around([from, to].into_iter()) else { return };
    if !span.meets(&view.camera.viewport) {
        return;
    }
    let mut pen = link_pen(view.theme, &credential.style, level);
    pen.dash = if link.assumed { Dash::Dotted } else { Dash::Plain };
    pen.colour = pen.colour.faded(strength);
    pen.width = 1.0 + (pen.width - 1.0) * strength;
    let is_cut = view.changes.is_some_and(|changes| changes.is_cut(index));
    let is_reduced = view.changes.is_some_and(|changes| changes.is_reduced(index));
    if is_cut {
        pen = Pen { width: 1.8, colour: view.theme.fixed, dash: Dash::Dashed };
    } else if is_reduced {
        pen = Pen { width: 1.2, colour: view.theme.fixed, ..pen };
    }
    let Some((start, end)) = strokes::shortened(
        (from, to),
        (credential.radius * view.camera.zoom, instance.radius * view.camera.zoom),
    ) else {
        return;
    };
    let (Subject::Credential(of), Subject::Instance(at)) = (credential.subject, instance.subject)
    else {
        return;
    };
    let drawn = Line { start, end, pen, is_cut, is_reduced, arrow: link.grants.is_some() };
    layer.group(PictureSubject::Link(of, at), |shapes| drawn.draw(view.camera.zoom, shapes));
}

/// A link as it is drawn.
struct Line {
    start: Point,
    end: Point,
    pen: Pen,
    is_cut: bool,
    is_reduced: bool,
    /// The credential grants the instance.
    arrow: bool,
}

impl Line {
    fn draw(&self, zoom: f32, shapes: &mut Vec<Shape>) {
        let &Self { start, end, pen, is_cut, is_reduced, arrow } = self;
        if is_reduced {
            strokes::interrupted((start, end), pen, shapes);
        } else {
            shapes.push(Shape::Line { from: start, to: end, pen });
        }
        if is_cut {
            let middle = Point { x: start.x.midpoint(end.x), y: start.y.midpoint(end.y) };
            strokes::cross((middle, 4.0), Pen::plain(1.8, pen.colour), shapes);
        }
        // From further away an arrowhead is a speck on its line.
        if arrow && zoom > 0.3 {
            let size = (6.0 + 2.0 * pen.width) * zoom.clamp(0.5, 1.0);
            shapes.push(strokes::arrowhead((start, end), size, pen));
        }
    }
}

/// A link's pen: by what its credential joins, and how it is highlighted.
fn link_pen(theme: &Theme, style: &MarkStyle, level: HighlightLevel) -> Pen {
    let MarkStyle::Credential { severity, shared, crossing, dead, .. } = *style else {
        return Pen::plain(1.0, theme.line);
    };
    let hue = severity.and_then(|severity| theme.severity.get(severity.rank()).copied());
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
        HighlightLevel::Lit => Pen::plain(width.max(1.2) + 1.2, hue.unwrap_or(theme.second)),
    }
}
