//! A mark that is dragged to another place, and pinned there.

use egui::{CursorIcon, Painter, PointerButton, Pos2, Response, Stroke, Ui, pos2};

use crate::analysis::Subject;
use crate::app::commands::keys::{is_escape_kept, keep_escape};
use crate::app::model::command::{ArrangeCommand, Command};
use crate::app::paint::style::ink;
use crate::app::panels::map::camera::point;
use crate::app::panels::map::joined::REACH;
use crate::app::panels::map::state::{MapState, Moving, Seen};
use crate::app::widgets::panel_context::PanelContext;
use crate::layout::Point;
use crate::project::{Pin, SubjectName};
use crate::scene::{Camera, MarkStyle, ViewKind};

/// Up to this many links are shown of what is dragged: more would be one dark area.
const MOST_LINKS: usize = 200;

/// Begins to move a mark of the map where one is dragged, and with it all that is selected if it is among
/// that; pins it where it is let go. Escape leaves it where it was.
pub(super) fn drag_marks(
    ui: &Ui,
    response: &Response,
    (camera, seen): (Camera, Seen<'_>),
    context: &mut PanelContext<'_>,
    state: &mut MapState,
) {
    let (modifiers, origin) = ui.input(|input| (input.modifiers, input.pointer.press_origin()));
    let begins = response.drag_started_by(PointerButton::Primary) && state.catch.is_none();
    if let Some(from) = origin.filter(|_| begins && !modifiers.shift && !modifiers.alt) {
        state.moving = begun(from, (camera, seen), context, state);
        keep_escape(ui.ctx(), state.moving.is_some());
    }
    let Some(mut moving) = state.moving.take() else { return };
    if moving.picture != context.model.picture || !is_escape_kept(ui.ctx()) {
        // The drag goes on, but it moves nothing any more.
        state.moving = response.dragged().then_some(Moving { subjects: Vec::new(), ..moving });
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    if let Some(at) = response.interact_pointer_pos() {
        let at = camera.scene_from_screen(point(at));
        moving.by = Point { x: at.x - moving.from.x, y: at.y - moving.from.y };
    }
    if response.dragged() && !response.drag_stopped() {
        state.moving = Some(moving);
        return;
    }
    keep_escape(ui.ctx(), false);
    let pins: Vec<(SubjectName, Pin)> =
        moving.subjects.iter().filter_map(|&own| pin_of(own, seen, &moving)).collect();
    if !pins.is_empty() {
        context.push(Command::Arrange(ArrangeCommand::Pin(pins)));
    }
}

/// What is moved by a drag that begins at a point; nothing where no mark is there.
fn begun(
    from: Pos2,
    (camera, seen): (Camera, Seen<'_>),
    context: &PanelContext<'_>,
    state: &MapState,
) -> Option<Moving> {
    // What a focus leaves stands elsewhere than on the whole map.
    if seen.map.kind != ViewKind::Map || seen.map.part_of.is_some() {
        return None;
    }
    let picture = state.pointed_at(context.model.picture)?;
    let grabbed = picture.mark_at(point(from), REACH)?;
    let subjects = if context.model.is_selected(grabbed) {
        context.model.selected_all().to_vec()
    } else {
        vec![grabbed]
    };
    let shown = |own: &Subject| {
        let mark = seen.map.mark_of(*own);
        mark.is_some_and(|mark| seen.of.data.sight.marks.get(mark as usize) == Some(&true))
    };
    let subjects = subjects.into_iter().filter(shown).collect();
    let from = camera.scene_from_screen(point(from));
    Some(Moving { subjects, from, by: Point::default(), picture: context.model.picture })
}

/// Where a mark is drawn to.
fn place_of(subject: Subject, seen: Seen<'_>, moving: &Moving) -> Option<(u32, Point)> {
    let mark = seen.map.mark_of(subject)?;
    let at = seen.map.marks.get(mark as usize)?.at;
    let wanted = Point { x: at.x + moving.by.x, y: at.y + moving.by.y };
    Some((mark, seen.map.place_for(mark, wanted)))
}

/// What pins it there: where it would stand if all regions were open.
fn pin_of(subject: Subject, seen: Seen<'_>, moving: &Moving) -> Option<(SubjectName, Pin)> {
    let (mark, to) = place_of(subject, seen, moving)?;
    let now = seen.map.marks.get(mark as usize)?.at;
    let open = seen.of.data.base.as_ref()?.marks.get(mark as usize)?.at;
    let whole = |value: f32| value.round().clamp(-1e9, 1e9) as i32;
    let pin = Pin { x: whole(to.x + open.x - now.x), y: whole(to.y + open.y - now.y) };
    Some((SubjectName::of(seen.graph, subject), pin))
}

/// Paints what is being moved, where it would stand now, with its links.
pub(super) fn paint_moving(
    painter: &Painter,
    (camera, seen): (Camera, Seen<'_>),
    context: &PanelContext<'_>,
    state: &MapState,
) {
    let Some(moving) = &state.moving else { return };
    let colour = ink(context.theme.accent);
    let on_screen = |at: Point| {
        let Point { x, y } = camera.screen_from_scene(at);
        pos2(x, y)
    };
    let mut left = MOST_LINKS;
    for (mark, at) in moving.subjects.iter().filter_map(|&own| place_of(own, seen, moving)) {
        let Some(own) = seen.map.marks.get(mark as usize) else { continue };
        let (middle, radius) = (on_screen(at), (own.radius * camera.zoom).max(4.0));
        for &link in seen.map.links_of(mark).iter().take(left) {
            let other = seen.map.other_end(link, mark);
            if let Some(other) = other.and_then(|other| seen.map.marks.get(other as usize)) {
                let ends = [middle, on_screen(other.at)];
                painter.line_segment(ends, Stroke::new(1.0, colour.gamma_multiply(0.5)));
            }
            left -= 1;
        }
        let stroke = Stroke::new(2.0, colour);
        match own.style {
            MarkStyle::Instance { .. } => {
                painter.circle(middle, radius, colour.gamma_multiply(0.25), stroke);
            }
            MarkStyle::Credential { .. } => {
                let corners = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)];
                let corners = corners.map(|(x, y)| middle + egui::vec2(x, y) * radius);
                let fill = colour.gamma_multiply(0.25);
                painter.add(egui::Shape::convex_polygon(corners.to_vec(), fill, stroke));
            }
        }
    }
}
