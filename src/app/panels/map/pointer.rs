//! What the pointer does on the map: hovering, clicks, tooltips.

use std::sync::Arc;

use egui::{Response, Ui};

use crate::analysis::Subject;
use crate::app::model::command::{ArrangeCommand, Command, GoCommand, LookCommand};
use crate::app::panels::map::camera::point;
use crate::app::panels::map::state::{MapState, Travel};
use crate::app::panels::map_description::describe;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::subject_menu::toggled;
use crate::app::work::answers::Answers;
use crate::project::SubjectName;
use crate::scene::{Camera, PictureSubject, ViewKind};

/// How near to a mark or a link the pointer has to be, in pixels.
const REACH: f32 = 4.0;

/// The mark under the pointer, in the picture that is on the screen.
pub(super) fn hovered(
    response: &Response,
    context: &PanelContext<'_>,
    state: &MapState,
) -> Option<Subject> {
    let at = response.hover_pos().filter(|_| !response.dragged())?;
    state.picture(context.model.picture)?.mark_at(point(at), REACH)
}

/// Shows what a mark or a link stands for, with its whole name, once the pointer rests on it.
pub(super) fn tooltip_ui(
    response: Response,
    context: &PanelContext<'_>,
    state: &MapState,
    answers: &Answers,
) {
    let Some(at) = response.hover_pos().filter(|_| !response.dragged()) else { return };
    let picture = state.picture(context.model.picture);
    let Some(subject) = picture.and_then(|picture| picture.subject_at(point(at), REACH)) else {
        return;
    };
    let Some(map) = context.model.map() else { return };
    response.on_hover_text_at_pointer(describe(answers, map, subject));
}

/// A click on the body of a group moves the camera to its marks; says whether there is one below
/// the pointer.
fn open_group(
    ui: &Ui,
    response: &Response,
    camera: Camera,
    context: &mut PanelContext<'_>,
    state: &mut MapState,
) -> bool {
    let picture = context.model.picture;
    let pointer = response.hover_pos().filter(|_| state.hovered.is_none());
    let body = pointer.and_then(|at| state.picture(picture)?.body_at(point(at)));
    let Some(body) = body else { return false };
    ui.ctx().set_cursor_icon(egui::CursorIcon::ZoomIn);
    if let Some(name) = body.collapsed.and_then(|at| region_name(context, at)) {
        if response.clicked() {
            context.push(Command::Arrange(ArrangeCommand::Collapse(name, false)));
        }
        return true;
    }
    if response.clicked() {
        let to = Camera::fit(body.extent.grown(40.0), camera.viewport, 40.0);
        let now = ui.input(|input| input.time);
        state.travel = Some(Travel { from: camera, to, since: now });
    }
    true
}

/// A click on the button beside a hub folds or shows what hangs on it alone; says whether the pointer
/// is over one.
fn fold_hub(
    ui: &Ui,
    response: &Response,
    answers: &Answers,
    context: &mut PanelContext<'_>,
    state: &MapState,
) -> bool {
    let picture = state.picture(context.model.picture);
    let badge = response.hover_pos().and_then(|at| picture?.badge_at(point(at)));
    let Some(badge) = badge else { return false };
    ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    if response.clicked() {
        let name = SubjectName::of(&answers.graph, badge.subject);
        context.push(Command::Arrange(ArrangeCommand::FoldHub(name, !badge.is_folded)));
    }
    true
}

/// The name of a region of the map.
fn region_name(context: &PanelContext<'_>, region: u16) -> Option<String> {
    let region = context.model.map()?.regions.get(usize::from(region))?;
    Some(region.name.clone())
}

/// In a table, the credential of the cell under the pointer; its service once that is selected.
fn credential_of_cell(
    response: &Response,
    context: &PanelContext<'_>,
    state: &MapState,
) -> Option<Subject> {
    let at = response.hover_pos().filter(|_| !response.dragged())?;
    context.model.map().filter(|map| map.is_table())?;
    match state.picture(context.model.picture)?.subject_at(point(at), REACH)? {
        PictureSubject::Link(credential, instance) => {
            let credential = Subject::Credential(credential);
            let is_selected = context.model.selected() == Some(credential);
            Some(if is_selected { Subject::Instance(instance) } else { credential })
        }
        PictureSubject::Mark(_)
        | PictureSubject::Region(_)
        | PictureSubject::Group { .. }
        | PictureSubject::Bundle { .. } => None,
    }
}

/// What clicks do: on the button of a hub, on a group of marks, on a mark, on a region.
pub(super) fn clicks(
    ui: &Ui,
    response: &Response,
    (camera, answers): (Camera, &Answers),
    context: &mut PanelContext<'_>,
    state: &mut MapState,
) {
    if fold_hub(ui, response, answers, context, state)
        || open_group(ui, response, camera, context, state)
    {
        return;
    }
    let subject = state.hovered.or_else(|| credential_of_cell(response, context, state));
    let subject = subject.or_else(|| clicked_before(response, context, state));
    if response.clicked() {
        let of = context.model.answers.as_ref().map(Arc::as_ptr);
        state.clicked = subject.zip(of);
    }
    if subject.is_some() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    let at = response.interact_pointer_pos().or(response.hover_pos()).map(point);
    let region = at.and_then(|at| state.picture(context.model.picture)?.region_at(at));
    let has_regions = context.model.map().is_some_and(|map| map.kind == ViewKind::Map);
    if response.double_clicked()
        && subject.is_none()
        && has_regions
        && let Some(name) = region.and_then(|at| region_name(context, at))
    {
        context.push(Command::Arrange(ArrangeCommand::Collapse(name, true)));
    } else if let Some(subject) = subject.filter(|_| response.double_clicked()) {
        context.push(Command::Select(Some(subject)));
        context.push(Command::Go(GoCommand::FocusAround(vec![subject])));
    } else if response.clicked() && ui.input(|input| input.modifiers.command) {
        context.commands.extend(subject.map(|own| toggled(context.model, own)));
    } else if response.clicked() {
        context.push(Command::Select(subject));
    }
    // On one of several that are selected the menu is about all of them.
    let is_selected = subject.is_some_and(|own| context.model.is_selected(own));
    if response.secondary_clicked() && subject.is_some() && !is_selected {
        context.push(Command::Select(subject));
    }
    if response.clicked() || response.dragged() {
        context.push(Command::Look(LookCommand::ToMap));
    }
}

/// What the first click of a double click was on: the picture that it changed may still be on its way.
fn clicked_before(
    response: &Response,
    context: &PanelContext<'_>,
    state: &MapState,
) -> Option<Subject> {
    let of = context.model.answers.as_ref().map(Arc::as_ptr);
    let (subject, known) = state.clicked.filter(|_| response.double_clicked())?;
    (of == Some(known)).then_some(subject)
}
