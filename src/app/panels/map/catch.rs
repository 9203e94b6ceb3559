//! A box or a lasso that is drawn round marks to select them.

use egui::{Color32, PointerButton, Pos2, Rect, Response, Stroke, Ui};

use crate::analysis::Subject;
use crate::app::commands::keys::{is_escape_kept, keep_escape};
use crate::app::model::command::{Command, LookCommand};
use crate::app::paint::style::ink;
use crate::app::panels::map::state::{Catch, KeptGroups, MapState, Seen};
use crate::app::widgets::panel_context::PanelContext;
use crate::layout::Point;
use crate::scene::Picture;

/// Corners of a lasso stand so far apart at least, in points: more are not seen.
const BETWEEN_CORNERS: f32 = 3.0;

impl Catch {
    /// The box round all of it.
    fn bounds(&self) -> Rect {
        match self {
            Self::Box(from, to) => Rect::from_two_pos(*from, *to),
            Self::Lasso(corners) => Rect::from_points(corners),
        }
    }

    fn draw_on(&mut self, at: Pos2) {
        match self {
            Self::Box(_, to) => *to = at,
            Self::Lasso(corners) => {
                if corners.last().is_none_or(|last| last.distance(at) >= BETWEEN_CORNERS) {
                    corners.push(at);
                }
            }
        }
    }

    /// Whether a point lies within it.
    fn holds(&self, at: Pos2) -> bool {
        self.bounds().contains(at)
            && match self {
                Self::Box(..) => true,
                Self::Lasso(corners) => is_within(corners, at),
            }
    }
}

/// Whether a point lies within corners, by how often a ray from it crosses their sides.
fn is_within(corners: &[Pos2], at: Pos2) -> bool {
    let ends = corners.iter().cycle().skip(1);
    let crossed = corners.iter().zip(ends).filter(|(from, to)| {
        let share = (at.y - from.y) / (to.y - from.y);
        (from.y > at.y) != (to.y > at.y) && at.x < from.x + share * (to.x - from.x)
    });
    crossed.count() % 2 == 1
}

/// Begins a box where the map is dragged with Shift, a lasso where with Alt, and selects what is within
/// once that ends; with Ctrl beside what is selected already. Round nothing it leaves the selection as
/// it is, and Escape puts it away.
pub(super) fn catch_ui(
    ui: &Ui,
    response: &Response,
    seen: Seen<'_>,
    context: &mut PanelContext<'_>,
    state: &mut MapState,
) {
    let (modifiers, origin) = ui.input(|input| (input.modifiers, input.pointer.press_origin()));
    if let Some(from) = origin.filter(|_| response.drag_started_by(PointerButton::Primary)) {
        let lasso = modifiers.alt || context.model.session.lasso;
        state.catch = match (modifiers.shift, lasso) {
            (true, _) => Some(Catch::Box(from, from)),
            (false, true) => Some(Catch::Lasso(vec![from])),
            (false, false) => None,
        };
        keep_escape(ui.ctx(), state.catch.is_some());
    }
    let Some(mut catch) = state.catch.take().filter(|_| is_escape_kept(ui.ctx())) else { return };
    if let Some(at) = response.interact_pointer_pos() {
        catch.draw_on(at);
    }
    if response.dragged() && !response.drag_stopped() {
        state.catch = Some(catch);
        return;
    }
    keep_escape(ui.ctx(), false);
    if context.model.session.lasso {
        context.push(Command::Look(LookCommand::Lasso(false)));
    }
    let picture = state.pointed_at(context.model.picture);
    let caught = picture.map(|picture| caught(&catch, picture, seen, state.grouping.as_ref()));
    let Some(caught) = caught.filter(|caught| !caught.is_empty()) else { return };
    let mut all = Vec::new();
    if modifiers.command {
        all.extend_from_slice(context.model.selected_all());
    }
    all.extend(
        caught.into_iter().filter(|own| !modifiers.command || !context.model.is_selected(*own)),
    );
    context.push(Command::SelectAll(all));
}

/// What lies within, of all that is drawn: marks, and what bodies stand for that lie within. Costs time
/// in proportion to what is drawn and to what is found; for what lies in the bounds, times the corners.
fn caught(
    catch: &Catch,
    picture: &Picture,
    seen: Seen<'_>,
    kept: Option<&KeptGroups>,
) -> Vec<Subject> {
    let holds = |at: Point| picture.area.holds(at) && catch.holds(egui::pos2(at.x, at.y));
    let drawn = picture.marks.iter().filter(|own| holds(own.centre));
    let mut all: Vec<Subject> = drawn.map(|own| own.subject).collect();
    let bodies = picture.bodies.iter().filter(|own| own.collapsed.is_none() && holds(own.centre));
    let groups = kept.map(|kept| &kept.groups);
    for (body, groups) in bodies.zip(groups.into_iter().cycle()) {
        let group = groups.groups.iter().find(|own| own.extent == body.extent);
        let members = group.map_or(&[][..], |own| groups.members(own)).iter();
        let shown = |mark: &&u32| {
            seen.of.data.sight.marks.get(**mark as usize) == Some(&true)
                && !seen.map.is_in_folded_hub(**mark)
        };
        let marks = members.filter(shown).filter_map(|at| seen.map.marks.get(*at as usize));
        all.extend(marks.map(|own| own.subject));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Paints what is being drawn.
pub(super) fn paint_catch(painter: &egui::Painter, context: &PanelContext<'_>, state: &MapState) {
    let Some(catch) = &state.catch else { return };
    let colour = ink(context.theme.accent);
    let stroke = Stroke::new(1.5, colour);
    match catch {
        Catch::Box(..) => {
            painter.rect_filled(catch.bounds(), 0.0, faint(colour));
            painter.rect_stroke(catch.bounds(), 0.0, stroke, egui::StrokeKind::Inside);
        }
        Catch::Lasso(corners) => {
            painter.add(egui::Shape::closed_line(corners.clone(), stroke));
        }
    }
}

fn faint(colour: Color32) -> Color32 {
    colour.gamma_multiply(0.12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corners(points: &[(f32, f32)]) -> Vec<Pos2> {
        points.iter().map(|(x, y)| egui::pos2(*x, *y)).collect()
    }

    #[test]
    fn a_point_lies_within_a_shape_with_a_dent_where_it_is_not_in_the_dent() {
        // A square with its right side pressed in to the middle.
        let dented = corners(&[(0.0, 0.0), (10.0, 0.0), (5.0, 5.0), (10.0, 10.0), (0.0, 10.0)]);
        for (at, within) in [
            ((2.0, 5.0), true),
            ((8.0, 5.0), false),
            ((8.0, 1.0), true),
            ((8.0, 9.5), true),
            ((-1.0, 5.0), false),
            ((5.0, 11.0), false),
        ] {
            let at = egui::pos2(at.0, at.1);
            assert_eq!(Catch::Lasso(dented.clone()).holds(at), within, "{at:?}");
        }
        let upwards = Catch::Box(egui::pos2(10.0, 10.0), egui::pos2(0.0, 0.0));
        assert!(upwards.holds(egui::pos2(8.0, 5.0)) && !upwards.holds(egui::pos2(8.0, 11.0)));
    }
}
