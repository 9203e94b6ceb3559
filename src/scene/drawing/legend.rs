//! The furniture of a picture, and its legend along the lower edge.

use super::view::View;
use crate::inventory::{counted, shown};
use crate::layout::Point;
use crate::scene::camera::{Area, Camera};
use crate::scene::furniture::{Furniture, LegendLine, LegendTone};
use crate::scene::picture::{Anchor, Face, Layer, MeasureText, Shape, Text, TextStyle};

/// What the marks mean.
const KEY: [&str; 9] = [
    "● service",
    "◎ holds for others",
    "◆ credential",
    "◇ dead",
    "size: reach",
    "colour: severity",
    "→ grants",
    "··· assumed",
    "double edge: leads upwards",
];

/// What the signs of fixes mean, while some are in force.
const FIXES: [&str; 4] = [
    "–×– cut by a fix",
    "–| |– reduced by a fix: joins fewer services than before",
    "× secret gone",
    "| replaced by another credential",
];

/// The size of the legend's text, in pixels.
const SIZE: f32 = 12.0;

/// The height of a line of the legend: that of Open Sans at this size, to the nearest pixel.
const LINE: f32 = 16.0;

/// The room to the left and to the right of the legend.
const SIDE: f32 = 12.0;

/// The room above and below the legend together; four pixels of it are above.
const ROOM: f32 = 10.0;

/// What separates entries on one line.
const BETWEEN: &str = "   ";

/// The legend, ready to be painted.
pub(super) struct Legend {
    pub(super) layer: Layer,
    /// The strip that it covers: no name is placed there.
    pub(super) area: Area,
}

/// Collects what has to be read with the picture.
pub(super) fn furniture(view: &View<'_>) -> Furniture {
    let assumptions = view.graph.assumptions();
    let mut assumed = vec![
        assumptions.unstated_access_words(),
        format!("pivot needs {}", assumptions.pivot_word()),
        assumptions.ids_across_sources_words(),
    ];
    let others = assumptions.changed_beside_access();
    assumed.extend(others.iter().map(|words| shown(words).into_owned()));
    let hidden = hidden(view);
    let mut legend: Vec<LegendLine> = hidden
        .iter()
        .map(|line| LegendLine { tone: LegendTone::Count, entries: vec![line.clone()] })
        .collect();
    let key = KEY.map(str::to_owned).to_vec();
    legend.push(LegendLine { tone: LegendTone::Key, entries: key });
    if view.changes.is_some() {
        let entries = FIXES.map(str::to_owned).to_vec();
        legend.push(LegendLine { tone: LegendTone::Fixes, entries });
    }
    Furniture {
        title: "Map of credentials and services".to_owned(),
        as_of: assumptions.as_of,
        assumptions: assumed,
        hidden,
        legend,
    }
}

/// How much of the map is not in the picture, and why.
fn hidden(view: &View<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let whole = view.map.marks.len();
    let in_sight = view.visible.iter().filter(|visible| **visible).count().min(whole);
    let hidden = whole - in_sight;
    if hidden > 0 {
        let why = if view.focused { "focus, Esc leaves it" } else { "filters" };
        lines.push(format!("{in_sight} of {whole} shown, {hidden} hidden by {why}"));
    } else if view.map.left_out > 0 {
        let nouns = ("credential that joins nothing is", "credentials that join nothing are");
        lines.push(format!("{} not drawn", counted(view.map.left_out, nouns.0, nouns.1)));
    }
    let all = view.map.links.len();
    if all > view.most_links {
        lines.push(format!("about {} of {all} links are drawn", view.most_links));
    }
    lines
}

/// Sets the legend along the lower edge of the picture.
pub(super) fn draw(view: &View<'_>, furniture: &Furniture, measure: &dyn MeasureText) -> Legend {
    let viewport = view.camera.viewport;
    let lines = wrapped(furniture, viewport.width - 2.0 * SIDE, measure);
    let height = lines.len() as f32 * LINE + ROOM;
    let area = Area { top: viewport.bottom() - height, height, ..viewport };
    let corner = |x: f32, y: f32| Point { x, y };
    let mut layer = Layer::default();
    layer.shapes.push(Shape::Rectangle {
        low: corner(area.left, area.top),
        high: corner(area.right(), area.bottom()),
        fill: view.theme.canvas.faded(0.86),
    });
    for (index, (tone, text)) in lines.into_iter().enumerate() {
        let colour = match tone {
            LegendTone::Count => view.theme.second,
            LegendTone::Key => view.theme.muted,
            LegendTone::Fixes => view.theme.fixed,
        };
        let at = corner(area.left + SIDE, area.top + 4.0 + (index as f32 + 0.5) * LINE);
        let style = TextStyle { size: SIZE, face: Face::Regular, colour };
        layer.texts.push(Text { anchor: Anchor::Left, ..Text::new(at, text, style) });
    }
    Legend { layer, area }
}

/// The lines of the legend within a width, broken only between entries.
fn wrapped(
    furniture: &Furniture,
    width: f32,
    measure: &dyn MeasureText,
) -> Vec<(LegendTone, String)> {
    let mut lines = Vec::new();
    for LegendLine { tone, entries } in &furniture.legend {
        let mut line = String::new();
        for entry in entries {
            let longer =
                if line.is_empty() { entry.clone() } else { format!("{line}{BETWEEN}{entry}") };
            if line.is_empty() || measure.width(&longer, SIZE, Face::Regular) <= width {
                line = longer;
            } else {
                lines.push((*tone, std::mem::replace(&mut line, entry.clone())));
            }
        }
        lines.push((*tone, line));
    }
    lines
}

/// A camera that shows all of `content` above the legend, in the viewport of the view's camera.
pub fn fitted_camera(content: Area, view: &View<'_>, measure: &dyn MeasureText) -> Camera {
    let viewport = view.camera.viewport;
    let legend = draw(view, &furniture(view), measure).area.height.min(viewport.height / 3.0);
    let above = Area { height: viewport.height - legend, ..viewport };
    let camera = Camera::fit(content, above, 28.0);
    Camera { viewport, ..camera }.panned(0.0, -legend / 2.0)
}
