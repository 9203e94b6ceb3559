//! Lines of text below marks.

use super::labels::{LABEL_SIZE, cut_to};
use super::occupancy::LabelOccupancy;
use super::view::View;
use crate::analysis::Subject;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::highlight::HighlightLevel;
use crate::scene::picture::{
    Face, Layer, MeasureText, Pen, PictureSubject, Shape, Text, TextStyle,
};

/// From this zoom on they are written.
const FROM_ZOOM: f32 = 0.5;

/// Lines are cut after this many characters.
const LONGEST: usize = 44;

/// Writes the notes of the marks in sight, but for lines that would lie below the legend, the menus or what
/// else stands on the picture; no name is placed over them.
pub(super) fn draw(
    view: &View<'_>,
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    if view.camera.zoom < FROM_ZOOM {
        return;
    }
    let size = LABEL_SIZE * view.camera.zoom.clamp(0.8, 1.0) * view.theme.type_size;
    let viewport = view.camera.viewport;
    // What is dimmed is not in question, or not yet: its rows would say what comes.
    let is_written =
        |mark: u32| view.is_visible(mark) && view.mark_level(mark) > HighlightLevel::Dimmed;
    for note in view.map.notes.iter().filter(|note| is_written(note.mark)) {
        let (Some(centre), Some(mark)) =
            (view.centre_of(note.mark), view.map.marks.get(note.mark as usize))
        else {
            continue;
        };
        // Below the line round what is selected too.
        let mut top =
            centre.y + (view.radius_of(note.mark) + 5.0).max(view.drawn_extent(note.mark) + 1.0);
        let last = note.lines.len().saturating_sub(1);
        for (at, line) in note.lines.iter().enumerate() {
            let text = cut_to(line, LONGEST);
            let width = measure.width(&text, size, Face::Regular) + 6.0;
            let area = Area { left: centre.x - width / 2.0, top, width, height: size + 2.0 };
            top += size + 2.0;
            // Half of a line says nothing.
            let is_cut = area.left < viewport.left || area.right() > viewport.right();
            let is_free = area.meets(&viewport) && occupied.is_clear_of_furniture(&area);
            if is_cut || !is_free {
                continue;
            }
            occupied.occupy_with_text(area);
            let middle = Point { x: centre.x, y: area.centre().y };
            let style = TextStyle { size, face: Face::Regular, colour: view.theme.second };
            if note.has_more && at == last {
                underline(view, (area, mark.subject), layer);
            }
            layer.texts.push(Text {
                background: Some(view.theme.canvas.faded(0.78)),
                subject: Some(PictureSubject::Mark(mark.subject)),
                ..Text::new(middle, text, style)
            });
        }
    }
}

/// Underlines a text, as links are: a click on it selects its mark, whose rows the inspector lists in
/// full.
fn underline(view: &View<'_>, (text, of): (Area, Subject), layer: &mut Layer) {
    let y = text.bottom() - 1.0;
    let (from, to) = (text.left + 3.0, text.right() - 3.0);
    layer.group(PictureSubject::Mark(of), |shapes| {
        shapes.push(Shape::Line {
            from: Point { x: from, y },
            to: Point { x: to, y },
            pen: Pen::plain(1.0, view.theme.second),
        });
    });
}
