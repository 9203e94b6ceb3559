//! A change of what a view shows: for a moment its marks are on the way to their new places.

use std::sync::Arc;

use egui::{Painter, Ui};

use crate::app::paint::painter::Painted;
use crate::app::panels::map::state::{Change, MapState, Seen};

/// How long they are on the way, in seconds.
const CHANGE: f64 = 0.25;

/// Notes where marks were drawn, where the next picture is of another layout and things may move; before
/// that is drawn.
pub(super) fn note_change(ui: &Ui, seen: Seen<'_>, state: &mut MapState) {
    let Some(drawn) = &state.drawn else { return };
    let is_same = match (&drawn.laid_out, &seen.of.data.laid_out) {
        (Some(before), Some(now)) => Arc::ptr_eq(before, now),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if !is_same {
        let may_move = ui.style().animation_time > 0.0;
        let since = ui.input(|input| input.time);
        let before = || Change { before: drawn.painted.picture().clone(), since };
        state.change = may_move.then(before);
    }
}

/// Paints the picture on the way from the one before; says whether there is such a way now.
pub(super) fn paint_change(ui: &Ui, painter: &Painter, state: &mut MapState) -> bool {
    let (Some(change), Some(drawn)) = (&state.change, &state.drawn) else { return false };
    let picture = drawn.painted.picture();
    let share = ((ui.input(|input| input.time) - change.since) / CHANGE) as f32;
    if share >= 1.0 || !picture.can_come_from(&change.before) {
        state.change = None;
        return false;
    }
    // Slow at both ends.
    let eased = share * share * (3.0 - 2.0 * share);
    let on_the_way = picture.on_the_way(&change.before, eased);
    Painted::new(on_the_way, drawn.shows.pixels_per_point).paint(painter);
    ui.ctx().request_repaint();
    true
}
