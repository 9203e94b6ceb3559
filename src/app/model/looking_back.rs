//! Goes back and forward through what was looked at.

use crate::app::model::command::{
    Command, GoCommand, LookCommand, SceneCommand, SightCommand, TableCommand,
};
use crate::app::model::listing::{list_rows, relist};
use crate::app::model::looks::Look;
use crate::app::model::selecting::{relight, select_all, show_owner};
use crate::app::model::starts;
use crate::app::model::state::{ChosenOwner, Model};
use crate::app::model::tables::list_tab;
use crate::app::model::views::{CameraRequest, Inside};
use crate::scene::ViewKind;

/// What is looked at now.
pub(crate) fn look_of(model: &Model) -> Look {
    let view = model.views.active();
    Look {
        selected: model.selected_all().to_vec(),
        route: model.route.clone(),
        owner: model.owner,
        shows_reached_by: model.session.shows_reached_by,
        tab: model.session.tab,
        view: view.id,
        kind: view.spec.kind,
        spread: view.spec.spread.clone(),
        filters: view.spec.filters.without_by_hand(),
        focused: view.spec.focused,
        around: view.spec.around.clone(),
        inside: view.spec.inside.clone(),
    }
}

/// Whether a command looks at something else: then one can go back from it.
pub(crate) fn looks_elsewhere(command: &Command) -> bool {
    match command {
        Command::Select(_)
        | Command::SelectAll(_)
        | Command::WalkFindings(_)
        | Command::ShowWorst
        | Command::Filter(..)
        | Command::ClearFilters
        | Command::Answer(_)
        | Command::Fix(_)
        | Command::Rotate(_) => true,
        Command::Sight(command) => {
            matches!(command, SightCommand::OnlyFound(_) | SightCommand::Use(_))
        }
        Command::Table(command) => !matches!(command, TableCommand::FindProblems(_)),
        Command::Go(command) => match command {
            GoCommand::SpreadFrom(_)
            | GoCommand::SpreadTo(_)
            | GoCommand::FocusAround(_)
            | GoCommand::Into(_)
            | GoCommand::Walk(_)
            | GoCommand::Link { .. } => true,
            GoCommand::Hops(_) | GoCommand::Back | GoCommand::Forward => false,
        },
        Command::Scene(command) => matches!(command, SceneCommand::Show(_)),
        Command::Look(command) => {
            matches!(
                command,
                LookCommand::Focus
                    | LookCommand::ReachedBy(_)
                    | LookCommand::ShowAs(_)
                    | LookCommand::SpreadBackwards
            )
        }
        Command::Open(_)
        | Command::OpenRecent(_)
        | Command::Stage(_)
        | Command::AskForFiles
        | Command::SaveRejected
        | Command::Export(_)
        | Command::Reimport(_)
        | Command::Project(_)
        | Command::Close
        | Command::Names(_)
        | Command::Back
        | Command::Finding(_)
        | Command::Scenario(_)
        | Command::Present(_)
        | Command::Workshop(_)
        | Command::Arrange(_)
        | Command::Assume(_)
        | Command::Policy(_)
        | Command::Undo
        | Command::Redo
        | Command::GoToStep(_)
        | Command::Ended(_)
        | Command::Cancel(_)
        | Command::Copy(_)
        | Command::CopyPicture
        | Command::DismissNotice => false,
    }
}

/// Notes how it looked before, where that was otherwise.
pub(crate) fn note_look(model: &mut Model, before: Look) {
    if model.answers.is_some() && before != look_of(model) {
        model.looks.note(before);
    }
}

/// Looks at what was looked at before. Says whether there was anything.
pub(crate) fn go_back(model: &mut Model) -> bool {
    let now = look_of(model);
    let before = model.looks.back(now);
    before.map(|look| look_at(model, look)).is_some()
}

/// Looks again at what one went back from.
pub(crate) fn go_forward(model: &mut Model) {
    let now = look_of(model);
    if let Some(look) = model.looks.forward(now) {
        look_at(model, look);
    }
}

/// Leaves the focus, with what is selected as it is.
pub(crate) fn leave_focus(model: &mut Model) {
    let now = look_of(model);
    model.looks.drop_focus(&now);
    model.looks.leave(now);
    let spec = &mut model.views.active_mut().spec;
    spec.leave_focus();
    spec.inside.clear();
    spec.camera_request = Some(CameraRequest::Fit);
    relight(model);
}

fn look_at(model: &mut Model, look: Look) {
    let Look { selected, route, owner, shows_reached_by, tab, filters, focused, around, .. } = look;
    let Look { view, kind, spread, inside, .. } = look;
    if model.views.activate(view) {
        list_rows(model);
    }
    let spec = &mut model.views.active_mut().spec;
    // What was hidden by hand belongs to the project: undo shows it again.
    let mut filters = filters;
    filters.set_by_hand(spec.filters.by_hand().clone());
    let is_filtered_otherwise = spec.filters != filters;
    let focus_before = (spec.focused, spec.around.clone());
    let is_other_picture = spec.kind != kind || spec.spread != spread;
    (spec.kind, spec.spread) = (kind, spread);
    spec.filters = filters;
    model.session.tab = tab;
    if is_filtered_otherwise {
        relist(model);
    }
    list_tab(model);
    match owner {
        Some(ChosenOwner(owner)) => show_owner(model, owner),
        None => select_all(model, selected),
    }
    model.route = route;
    model.session.shows_reached_by = shows_reached_by && model.selected_instance().is_some();
    let spec = &mut model.views.active_mut().spec;
    spec.focused = focused;
    spec.around = around;
    if (spec.focused, spec.around.clone()) != focus_before {
        spec.camera_request = Some(spec.fit_of_focus());
    }
    let way = way_between(&spec.inside, &inside);
    spec.inside = inside;
    if let Some(way) = way.filter(|_| !is_other_picture) {
        spec.camera_request = Some(way);
    }
    relight(model);
    lay_out_look(model, is_other_picture);
}

/// How the camera comes out of bodies, or goes into one again; none where one is in the same.
fn way_between(from: &[Inside], to: &[Inside]) -> Option<CameraRequest> {
    let same = from.iter().zip(to).take_while(|(from, to)| from == to).count();
    match (from.get(same), to.get(same)) {
        (_, Some(_)) => Some(CameraRequest::Enter),
        (Some(left), None) => Some(CameraRequest::GoTo(left.before)),
        (None, None) => None,
    }
}

/// Lays out what the pictures show otherwise than before: paths, or the active view as another kind.
fn lay_out_look(model: &mut Model, is_other_picture: bool) {
    if model.route.is_some() {
        starts::lay_out_kind(model, ViewKind::Path);
    }
    let view = model.views.active();
    let is_done = model.route.is_some() && view.spec.kind == ViewKind::Path;
    let id = view.id;
    if let Some(answers) = model.answers.clone().filter(|_| is_other_picture && !is_done) {
        starts::lay_out(model, answers, id);
    }
}
