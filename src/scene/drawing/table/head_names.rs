//! The names of rows, columns and strands: how they are written, and cut.

use crate::layout::Point;
use crate::scene::drawing::view::View;
use crate::scene::highlight::HighlightLevel;
use crate::scene::picture::{Anchor, Face, Layer, MeasureText, PictureSubject, Text, TextStyle};

/// More marks of credentials than this in sight are one area.
pub(super) const MOST_MARKS: usize = 1_500;

/// Writes the name of a mark.
pub(super) fn push_name(
    view: &View<'_>,
    (mark, at, anchor): (u32, Point, Anchor),
    (text, size, face): (String, f32, Face),
    layer: &mut Layer,
) {
    let Some(own) = view.map.marks.get(mark as usize) else { return };
    let colour = match view.mark_level(mark) {
        _ if view.is_chosen(mark) => view.theme.text,
        HighlightLevel::Lit => view.theme.text,
        HighlightLevel::Near => view.theme.second,
        HighlightLevel::Dimmed => view.theme.muted,
    };
    // Lines run below the names of strands alone.
    let ground = view.theme.canvas.faded(0.8);
    layer.texts.push(Text {
        anchor,
        background: (anchor == Anchor::Left).then_some(ground),
        subject: Some(PictureSubject::Mark(own.subject)),
        ..Text::new(at, text, TextStyle { size, face, colour })
    });
}

/// A text cut in its middle to a width: names that begin alike often end differently.
pub(super) fn fitted(
    text: String,
    width: f32,
    (size, face, measure): (f32, Face, &dyn MeasureText),
) -> String {
    let whole = measure.width(&text, size, face);
    if whole <= width {
        return text;
    }
    let letters: Vec<char> = text.chars().collect();
    let room = (width - measure.width("…", size, face)).max(0.0);
    let mut kept = (letters.len() as f32 * room / whole) as usize;
    loop {
        let (first, last) = (kept.div_ceil(2), letters.len() - kept / 2);
        let begin = letters.iter().take(first);
        let cut: String = begin.chain(&['…']).chain(letters.iter().skip(last)).collect();
        // Letters are not of one width: what is kept may be a little too wide.
        if kept == 0 || measure.width(&cut, size, face) <= width {
            return cut;
        }
        kept -= 1;
    }
}
