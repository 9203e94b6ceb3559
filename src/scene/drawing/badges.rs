//! What is folded into badges: on a service the credentials that reach it alone, while the map is seen
//! from afar; on a hub all that hangs on it alone, where it was folded by hand.

use super::in_sight::InSight;
use super::labels::LABEL_SIZE;
use super::occupancy::LabelOccupancy;
use super::view::View;
use crate::inventory::grouped;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::map::{Mark, MarkStyle};
use crate::scene::picture::{
    DrawnBadge, Face, Layer, MeasureText, PictureSubject, Shape, Text, TextStyle,
};

/// The radius of a badge's diamond, in pixels.
const RADIUS: f32 = 2.4;
/// The radius of the button on a hub, in pixels.
const BUTTON: f32 = 7.0;
/// From this many marks that hang on it alone a mark is a hub that can be folded.
const HUB_FROM: usize = 3;

/// Whether what can be clicked, and says nothing, is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Buttons {
    /// It is: in a window.
    Drawn,
    /// It is not: on a page, nobody can click.
    LeftOut,
}

/// Draws the badges of the marks in sight, with their numbers where there is room. Gives those that
/// can be clicked. What stands before the bodies of groups has its button too.
pub(super) fn draw(
    view: &View<'_>,
    ((marks, is_far), buttons): ((&InSight, bool), Buttons),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) -> Vec<DrawnBadge> {
    let mut drawn = Vec::new();
    for mark in marks.all() {
        let Some(own) = view.map.marks.get(mark as usize) else { continue };
        if view.map.is_hub_folded(mark) {
            let count = view.map.hanging_on(mark);
            drawn.extend(button(view, (mark, own), Some(count), (measure, layer)));
        } else if view.is_selected(mark) && view.map.hanging_on(mark) >= HUB_FROM {
            if buttons == Buttons::Drawn {
                drawn.extend(button(view, (mark, own), None, (measure, layer)));
            }
        } else if let (MarkStyle::Instance { .. }, false) = (own.style, is_far) {
            folded_from_afar(view, (mark, own), measure, (layer, occupied));
        }
    }
    drawn
}

/// A button beside a hub: how many are folded into it, or a minus to fold them.
fn button(
    view: &View<'_>,
    (mark, own): (u32, &Mark),
    folded: Option<usize>,
    (measure, layer): (&dyn MeasureText, &mut Layer),
) -> Option<DrawnBadge> {
    let centre = view.centre_of(mark)?;
    let away = view.radius_of(mark) * 0.75 + BUTTON;
    let at = Point { x: centre.x + away, y: centre.y + away };
    let (theme, subject) = (view.theme, PictureSubject::Mark(own.subject));
    let scale = theme.type_size;
    let text =
        folded.map_or_else(|| "\u{2212}".to_owned(), |count| format!("+{}", grouped(count as u64)));
    let style = TextStyle { size: LABEL_SIZE * scale, face: Face::Strong, colour: theme.text };
    let half = (measure.width(&text, style.size, Face::Strong) / 2.0 + 3.0).max(BUTTON * scale);
    let radius = BUTTON * scale;
    let middle = Point { x: at.x + half - radius, y: at.y };
    layer.group(subject, |shapes| {
        let [left, right] = [middle.x - half + radius, middle.x + half - radius];
        let ends = [left, right].map(|x| Point { x, y: middle.y });
        let (low, high) = (middle.y - radius, middle.y + radius);
        let corner = |x: f32, y: f32| Point { x, y };
        for (grown, colour) in [(1.0, theme.second), (0.0, theme.panel)] {
            shapes.extend(ends.map(|centre| Shape::Disc {
                centre,
                radius: radius + grown,
                fill: colour,
            }));
            let (low, high) = (corner(left, low - grown), corner(right, high + grown));
            shapes.push(Shape::Rectangle { low, high, fill: colour });
        }
    });
    layer.texts.push(Text { subject: Some(subject), ..Text::new(middle, text, style) });
    let area = Area {
        left: middle.x - half,
        top: middle.y - radius,
        width: 2.0 * half,
        height: 2.0 * radius,
    };
    Some(DrawnBadge { subject: own.subject, area, is_folded: folded.is_some() })
}

/// A small diamond with the number of credentials that are folded into a service from afar.
fn folded_from_afar(
    view: &View<'_>,
    (mark, own): (u32, &Mark),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let links = view.map.links_of(mark).iter();
    let links = links.filter_map(|&at| view.map.links.get(at as usize));
    let folded = links.filter(|link| view.is_folded(link.credential)).count();
    let Some(centre) = view.centre_of(mark).filter(|_| folded > 0) else { return };
    let strength = view.strength_of(mark);
    let away = view.radius_of(mark) * 0.75 + RADIUS;
    let at = Point { x: centre.x + away, y: centre.y + away };
    let corner = |x: f32, y: f32| Point { x: at.x + x * RADIUS, y: at.y + y * RADIUS };
    let points = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)];
    let colour = view.theme.muted.faded(strength).over(view.theme.canvas);
    let subject = PictureSubject::Mark(own.subject);
    layer.group(subject, |shapes| shapes.push(Shape::Convex { points, fill: colour }));
    let text = grouped(folded as u64);
    let size = LABEL_SIZE * view.theme.type_size;
    let width = measure.width(&text, size, Face::Regular);
    let middle = Point { x: at.x + RADIUS + 2.0 + width / 2.0, y: at.y };
    let (left, top) = (middle.x - width / 2.0, middle.y - size / 2.0);
    let is_readable = folded > 1 && view.camera.zoom >= 0.2 && strength >= 1.0;
    if is_readable && occupied.try_occupy(&Area { left, top, width, height: size }) {
        let style = TextStyle { size, face: Face::Regular, colour: view.theme.muted };
        layer.texts.push(Text {
            background: Some(view.theme.canvas.faded(0.85)),
            subject: Some(subject),
            ..Text::new(middle, text, style)
        });
    }
}
