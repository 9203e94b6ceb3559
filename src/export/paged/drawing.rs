//! What is drawn between the words of a page.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Rect};
use krilla::paint::{Fill, Paint, Stroke};
use krilla::surface::Surface;

use crate::export::curve::{PlottedCurve, SIZE};

/// The line on which nothing is left, and that of what is left: both are seen in print.
const GROUND: [u8; 3] = [187, 187, 187];
const STEPS: [u8; 3] = [36, 92, 166];

fn paint([red, green, blue]: [u8; 3]) -> Paint {
    rgb::Color::new(red, green, blue).into()
}

/// Draws the lines of a curve from the left and the top on, as wide as is said.
pub(super) fn draw_curve(
    curve: &PlottedCurve,
    (left, top, width): (f32, f32, f32),
    surface: &mut Surface<'_>,
) {
    let scale = width / SIZE.0 as f32;
    let place = |&(x, y): &(f64, f64)| (left + x as f32 * scale, top + y as f32 * scale);
    surface.set_fill(None);
    for (points, colour, width) in
        [(&curve.ground[..], GROUND, 0.6), (&curve.corners[..], STEPS, 1.6)]
    {
        if let Some(path) = lines(points.iter().map(place)) {
            surface.set_stroke(Some(Stroke { paint: paint(colour), width, ..Stroke::default() }));
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
}

/// Fills a bar that stands on the line of its row: from the left and its baseline on, as wide and as high
/// as is said.
pub(super) fn fill_bar(
    (left, baseline, width, height): (f32, f32, f32, f32),
    surface: &mut Surface<'_>,
) {
    let Some(area) = Rect::from_xywh(left, baseline - height * 0.7, width, height * 0.7) else {
        return;
    };
    let mut path = PathBuilder::new();
    path.push_rect(area);
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: paint(STEPS), ..Fill::default() }));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn lines(points: impl Iterator<Item = (f32, f32)>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (at, (x, y)) in points.enumerate() {
        if at == 0 {
            path.move_to(x, y);
        } else {
            path.line_to(x, y);
        }
    }
    path.finish()
}
