//! What the pointer does on the map: hovering, clicks, tooltips.

use std::sync::Arc;

use egui::{PointerButton, Response, Ui};

use crate::analysis::Subject;
use crate::app::model::command::{ArrangeCommand, Command, GoCommand, LookCommand};
use crate::app::model::views::Inside;
use crate::app::panels::map::camera::point;
use crate::app::panels::map::joined::{Joined, REACH, groups_words, joined_at, several_words};
use crate::app::panels::map::state::{MapState, Seen};
use crate::app::panels::map_description::describe;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::subject_menu::toggled;
use crate::app::work::answers::Answers;
use crate::graph::AccessGraph;
use crate::project::SubjectName;
use crate::scene::{Camera, Map, PictureSubject, ViewKind};

/// Whether the pointer clicked: a key that presses what has the focus is no click on the map.
fn is_clicked(response: &Response) -> bool {
    response.clicked_by(PointerButton::Primary)
}

/// The mark under the pointer, in the picture that is on the screen; in a table also where that is its
/// own line.
pub(super) fn hovered(
    response: &Response,
    map: &Map,
    context: &PanelContext<'_>,
    state: &MapState,
) -> Option<Subject> {
    let at = response.hover_pos().filter(|_| !response.dragged()).map(point)?;
    let picture = state.pointed_at(context.model.picture)?;
    if !map.is_table() {
        return picture.mark_at(at, REACH);
    }
    match picture.subject_at(at, REACH)? {
        PictureSubject::Mark(subject) => Some(subject),
        PictureSubject::Link(..)
        | PictureSubject::Region(_)
        | PictureSubject::Group { .. }
        | PictureSubject::Bundle { .. } => None,
    }
}

/// Shows what a mark or a link stands for, with its whole name, once the pointer rests on it.
pub(super) fn tooltip_ui(
    response: Response,
    (camera, seen, answers): (Camera, Seen<'_>, &Answers),
    context: &PanelContext<'_>,
    state: &MapState,
) {
    let Some(at) = response.hover_pos().filter(|_| !response.dragged()) else { return };
    let Some(picture) = state.pointed_at(context.model.picture) else { return };
    let groups = state.grouping.as_ref();
    let joined = || joined_at(point(at), (seen, camera), picture, groups);
    let several = |between: Option<&str>| match joined()? {
        Joined::Several(links) => Some(several_words(seen.map, &links, between)),
        Joined::Link(_) => None,
    };
    let text = match (picture.subject_at(point(at), REACH), groups) {
        (Some(PictureSubject::Bundle { groups: of, .. }), Some(kept)) => {
            several(Some(&groups_words((seen.map, answers), &kept.groups, of)))
        }
        (Some(subject), _) => Some(describe(answers, seen.map, subject)),
        (None, _) => several(None),
    };
    if let Some(text) = text {
        response.on_hover_text_at_pointer(text);
    }
}

/// A click on the body of a group goes into it; says whether there is one below the pointer.
fn open_group(
    ui: &Ui,
    response: &Response,
    (camera, map): (Camera, &Map),
    context: &mut PanelContext<'_>,
    state: &mut MapState,
) -> bool {
    let picture = context.model.picture;
    let pointer = response.hover_pos().filter(|_| state.hovered.is_none());
    let body = pointer.and_then(|at| state.pointed_at(picture)?.body_at(point(at)));
    let Some(body) = body else { return false };
    ui.ctx().set_cursor_icon(egui::CursorIcon::ZoomIn);
    if is_clicked(response) {
        let region = body.collapsed.and_then(|at| region_name(map, at));
        let inside = Inside { before: camera, extent: body.extent, region };
        context.push(Command::Go(GoCommand::Into(inside)));
        state.went_in = true;
    }
    true
}

/// A click on the button beside a hub folds or shows what hangs on it alone; says whether the pointer
/// is over one.
fn fold_hub(
    ui: &Ui,
    response: &Response,
    graph: &AccessGraph,
    context: &mut PanelContext<'_>,
    state: &MapState,
) -> bool {
    let picture = state.pointed_at(context.model.picture);
    let badge = response.hover_pos().and_then(|at| picture?.badge_at(point(at)));
    let Some(badge) = badge else { return false };
    ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    if is_clicked(response) {
        let name = SubjectName::of(graph, badge.subject);
        context.push(Command::Arrange(ArrangeCommand::FoldHub(name, !badge.is_folded)));
    }
    true
}

/// The name of a region of the map.
pub(super) fn region_name(map: &Map, region: u16) -> Option<String> {
    let region = map.regions.get(usize::from(region))?;
    Some(region.name.clone())
}

/// What lies between marks under the pointer.
fn joined_below(
    response: &Response,
    (camera, seen): (Camera, Seen<'_>),
    context: &PanelContext<'_>,
    state: &MapState,
) -> Option<Joined> {
    let at = response.hover_pos().filter(|_| !response.dragged() && state.hovered.is_none())?;
    let picture = state.pointed_at(context.model.picture)?;
    joined_at(point(at), (seen, camera), picture, state.grouping.as_ref())
}

/// What the menu is about: what the secondary button was pressed on last, which is selected with it.
pub(super) fn menu_subject(
    response: &Response,
    (camera, seen): (Camera, Seen<'_>),
    context: &mut PanelContext<'_>,
    state: &mut MapState,
) -> Option<Subject> {
    let of = context.model.answers.as_ref().map(Arc::as_ptr);
    if response.secondary_clicked() {
        let of_cell = || {
            let found = joined_below(response, (camera, seen), context, state)?;
            match found {
                Joined::Link([credential, _]) if seen.map.is_table() => Some(credential),
                Joined::Link(_) | Joined::Several(_) => None,
            }
        };
        let subject = state.hovered.or_else(of_cell);
        state.menu = subject.zip(of);
        // On one of several that are selected the menu is about all of them.
        if subject.is_some_and(|own| !context.model.is_selected(own)) {
            context.push(Command::Select(subject));
        }
    }
    let (subject, known) = state.menu?;
    (of == Some(known)).then_some(subject)
}

/// What clicks do: on the button of a hub, on a group of marks, on a mark, on a region.
pub(super) fn clicks(
    ui: &Ui,
    response: &Response,
    (camera, seen): (Camera, Seen<'_>),
    context: &mut PanelContext<'_>,
    state: &mut MapState,
) {
    // The second click of a double click on a body is not about what lies below the pointer by then.
    if response.double_clicked() && state.went_in {
        return;
    }
    state.went_in &= !is_clicked(response);
    if fold_hub(ui, response, seen.graph, context, state)
        || open_group(ui, response, (camera, seen.map), context, state)
    {
        return;
    }
    let joined = joined_below(response, (camera, seen), context, state);
    let of_joined = || joined.as_ref()?.subject(context.model);
    let before = clicked_before(response, context, state);
    let subject = before.or(state.hovered).or_else(of_joined);
    if is_clicked(response) {
        let of = context.model.answers.as_ref().map(Arc::as_ptr);
        state.clicked = subject.zip(of);
    }
    if subject.is_some() || joined.is_some() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    let at = response.interact_pointer_pos().or(response.hover_pos()).map(point);
    let region = at.and_then(|at| state.pointed_at(context.model.picture)?.region_at(at));
    let adds = ui.input(|input| input.modifiers.command);
    if response.double_clicked()
        && subject.is_none()
        && joined.is_none()
        && seen.map.kind == ViewKind::Map
        && let Some(name) = region.and_then(|at| region_name(seen.map, at))
    {
        context.push(Command::Arrange(ArrangeCommand::Collapse(name, true)));
    } else if let Some(subject) = subject.filter(|_| response.double_clicked()) {
        context.push(Command::Select(Some(subject)));
        context.push(Command::Go(GoCommand::FocusAround(vec![subject])));
    } else if is_clicked(response) && adds && subject.is_some() {
        context.commands.extend(subject.map(|own| toggled(context.model, own)));
    } else if is_clicked(response)
        && let Some(joined) = joined
    {
        context.push(joined.pressed((seen.map, context.model), adds));
    } else if is_clicked(response) && !adds {
        context.push(Command::Select(subject));
    }
    if is_clicked(response) || response.dragged() {
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
