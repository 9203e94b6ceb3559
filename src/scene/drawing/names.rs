//! Which marks have their names beside them.

use super::labels::{self, LABEL_SIZE, LabelOccupancy, LabelRequest};
use super::strokes;
use super::view::View;
use crate::analysis::{Crossing, Subject};
use crate::inventory::shown;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::highlight::HighlightLevel;
use crate::scene::map::MarkStyle;
use crate::scene::picture::{
    Face, Layer, MeasureText, Pen, PictureSubject, Shape, Text, TextStyle,
};

/// One name for this many square pixels of the picture: nobody reads a wall of names.
const PIXELS_FOR_A_NAME: f32 = 4_000.0;

/// The same where marks are mere dots.
const PIXELS_FOR_A_NAME_FROM_AFAR: f32 = 14_000.0;

/// Up to this many highlighted marks, the stops of a path for example, all have their names.
const FEW_LIT: usize = 8;

/// Places the names of marks in sight, the most important first, and writes them.
pub(super) fn draw(
    view: &View<'_>,
    on_screen: &[u32],
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    let mut order: Vec<(u8, u32, u32)> = Vec::new();
    for &index in on_screen {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        if let Some(class) = label_class(view, index) {
            order.push((class, u32::MAX - mark.weight, index));
        }
    }
    order.sort_unstable();
    let lit = order.iter().filter(|(class, ..)| *class == 1).count();
    let few = view.highlight.is_some() && lit <= FEW_LIT;
    block_marks(view, on_screen, occupied);
    let close = view.camera.zoom > 0.25;
    let room = if close { PIXELS_FOR_A_NAME } else { PIXELS_FOR_A_NAME_FROM_AFAR };
    let mut left = (view.camera.viewport.width * view.camera.viewport.height / room) as usize + 1;
    for (class, _, index) in order {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        let name = match mark.subject {
            Subject::Instance(at) => view.graph.service_name(at),
            Subject::Credential(at) => view.graph.credential_name(at),
        };
        let face = if class <= 1 { Face::Strong } else { Face::Regular };
        let centre = view.camera.screen_from_scene(mark.at);
        let radius = mark.radius * view.camera.zoom;
        let request = LabelRequest { text: labels::cut(&shown(name)), centre, radius, face };
        let placed = labels::place(&request, occupied, &view.camera.viewport, measure);
        // What is selected or highlighted always has its name, whatever lies there.
        let forced = || {
            (class == 0 || few && class == 1)
                .then(|| labels::force(&request, occupied, &view.camera.viewport, measure))
        };
        let Some(area) = placed.or_else(forced) else { continue };
        if placed.is_none() {
            let pen = Pen::plain(1.0, view.theme.muted);
            layer.group(PictureSubject::Mark(mark.subject), |shapes| {
                leader(&request, &area, pen, shapes);
            });
        }
        let colour = match class {
            0 | 1 => view.theme.text,
            2 => view.theme.second,
            _ => view.theme.muted,
        };
        let opacity = if class == 0 { 0.94 } else { 0.72 };
        layer.texts.push(Text {
            background: Some(view.theme.canvas.faded(opacity)),
            subject: Some(PictureSubject::Mark(mark.subject)),
            ..Text::new(area.centre(), request.text, TextStyle { size: LABEL_SIZE, face, colour })
        });
        left -= 1;
        if left == 0 {
            break;
        }
    }
}

/// A line from a mark to its name, where that lies apart from it.
fn leader(request: &LabelRequest, name: &Area, pen: Pen, shapes: &mut Vec<Shape>) {
    let near = Point {
        x: request.centre.x.clamp(name.left, name.right()),
        y: request.centre.y.clamp(name.top, name.bottom()),
    };
    if let Some((from, to)) = strokes::shortened((request.centre, near), (request.radius, 0.0)) {
        let far = (to.x - from.x).abs() + (to.y - from.y).abs() > LABEL_SIZE;
        if far {
            shapes.push(Shape::Line { from, to, pen });
        }
    }
}

/// Which names come first; `None` for marks that are too small or not highlighted.
fn label_class(view: &View<'_>, index: u32) -> Option<u8> {
    let mark = view.map.marks.get(index as usize)?;
    let level = view.mark_level(index);
    let radius = mark.radius * view.camera.zoom;
    if view.selected == Some(index) || view.hovered == Some(index) {
        return Some(0);
    }
    if view.highlight.is_some() {
        return match level {
            HighlightLevel::Lit => Some(1),
            HighlightLevel::Near => (radius > 4.0).then_some(2),
            HighlightLevel::Dimmed => None,
        };
    }
    match mark.style {
        MarkStyle::Credential { crossing: Crossing::Upwards, .. } => Some(1),
        MarkStyle::Credential { crossing: Crossing::Across, .. } => (radius > 3.0).then_some(2),
        MarkStyle::Instance { .. } => (radius > 5.0).then_some(2),
        MarkStyle::Credential { shared: true, .. } => (radius > 6.0).then_some(3),
        MarkStyle::Credential { .. } => (radius > 9.0).then_some(4),
    }
}

/// Keeps names off other marks, as long as these are few enough to matter.
fn block_marks(view: &View<'_>, on_screen: &[u32], occupied: &mut LabelOccupancy) {
    if on_screen.len() > 4_000 {
        return;
    }
    for &index in on_screen {
        let Some(mark) = view.map.marks.get(index as usize) else { continue };
        let centre = view.camera.screen_from_scene(mark.at);
        let radius = mark.radius * view.camera.zoom * 0.85;
        if radius > 2.0 {
            occupied.occupy(Area {
                left: centre.x - radius,
                top: centre.y - radius,
                width: 2.0 * radius,
                height: 2.0 * radius,
            });
        }
    }
}
