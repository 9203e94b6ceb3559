//! Selects subjects and paths, and lights what belongs to them.

use std::sync::Arc;

use crate::analysis::{Counting, ReachedBy, Starts, Subject, blast_radius};
use crate::app::jobs::JobKind;
use crate::app::model::command::Step;
use crate::app::model::fix_effects::ask_radius;
use crate::app::model::listing::{relist, show_marks};
use crate::app::model::route::{Route, RouteOf};
use crate::app::model::selection::Selection;
use crate::app::model::starts;
use crate::app::model::state::{ChosenOwner, Model};
use crate::app::model::tab::Tab;
use crate::app::model::views::CameraRequest;
use crate::graph::OwnerIndex;
use crate::scene::{Highlight, RadiusHighlight, ViewKind};

pub(crate) fn select(model: &mut Model, subject: Option<Subject>) {
    model.route = None;
    model.owner = None;
    model.session.shows_reached_by = false;
    let (Some(subject), Some(answers)) = (subject, model.answers.clone()) else {
        model.selection = None;
        for view in model.views.iter_mut() {
            view.spec.focused = false;
        }
        ask_radius(model);
        ask_reached_by(model);
        relight(model);
        return;
    };
    let starts = match subject {
        Subject::Credential(at) => Starts { credentials: vec![at], instances: Vec::new() },
        Subject::Instance(at) => Starts { credentials: Vec::new(), instances: vec![at] },
    };
    let radius = blast_radius(&answers.graph, &starts, Counting::All);
    let stated = blast_radius(&answers.graph, &starts, Counting::StatedOnly);
    model.selection = Some(Selection::new(subject, radius, stated));
    model.session.scroll_to_selection = true;
    model.session.table_mut().row = None;
    ask_radius(model);
    ask_reached_by(model);
    relight(model);
    reveal(model);
}

/// Brings what is lit into sight, unless the camera is asked for something else or was moved.
fn reveal(model: &mut Model) {
    for spec in model.views.iter_mut().map(|view| &mut view.spec) {
        spec.camera_request.get_or_insert(CameraRequest::Reveal);
    }
}

/// Asks which entry points reach the selected instance, if any do.
fn ask_reached_by(model: &mut Model) {
    model.jobs.cancel(JobKind::ReachedBy);
    model.reached_by = None;
    let (Some(answers), Some(to)) = (model.answers.clone(), model.selected_instance()) else {
        return;
    };
    if answers.reached_by.of(to).0 > 0 {
        starts::find_who_reaches(model, answers, to);
    } else {
        model.reached_by = Some(Arc::new(ReachedBy::nobody(to)));
    }
}

pub(crate) fn take_reached_by(model: &mut Model, found: Arc<ReachedBy>) {
    if model.selected_instance() == Some(found.to) {
        model.reached_by = Some(found);
        relight(model);
        if model.session.shows_reached_by {
            model.views.active_mut().spec.camera_request = Some(CameraRequest::FitSelection);
        }
    }
}

/// Lights who reaches the selected instance, or again what it reaches.
pub(crate) fn light_reached_by(model: &mut Model, on: bool) {
    model.session.shows_reached_by = on && model.selected_instance().is_some();
    relight(model);
    model.views.active_mut().spec.camera_request = Some(CameraRequest::FitSelection);
}

/// Works out anew what the selection, or the paths in question, light on the map of every view.
pub(crate) fn relight(model: &mut Model) {
    for view in model.views.iter_mut() {
        let Some(map) = &view.data.map else {
            view.data.highlight = None;
            continue;
        };
        if let (Some(ChosenOwner(owner)), Some(answers)) = (model.owner, &model.answers) {
            let credentials = answers.owners.credentials_of(owner).map(Subject::Credential);
            let instances = answers.owners.instances_of(owner).map(Subject::Instance);
            view.data.highlight = Some(Highlight::of_subjects(map, credentials.chain(instances)));
            continue;
        }
        view.data.highlight = match (&model.route, &model.selection, &model.answers) {
            (Some(route), ..) => Some(Highlight::of_paths(map, &route.paths)),
            (None, Some(_), Some(_)) if model.session.shows_reached_by => {
                model.reached_by.as_ref().map(|found| Highlight::of_reached_by(map, found))
            }
            // Paths are in question for themselves, whatever is selected beside them.
            (None, Some(selection), Some(_))
                if map.kind == ViewKind::Path && map.mark_of(selection.subject).is_none() =>
            {
                None
            }
            (None, Some(selection), Some(answers)) => {
                Some(Highlight::of_radius(&RadiusHighlight {
                    map,
                    graph: &answers.graph,
                    subject: selection.subject,
                    radius: &selection.radius,
                }))
            }
            (None, ..) => None,
        };
    }
    show_marks(model);
}

pub(crate) fn walk_findings(model: &mut Model, step: Step) {
    let Some(answers) = model.answers.clone() else { return };
    let subjects: Vec<Subject> = model
        .lists
        .findings
        .iter()
        .filter_map(|&at| answers.findings.get(at as usize).map(|finding| finding.subject))
        .collect();
    let here = model.selected().and_then(|own| subjects.iter().position(|other| *other == own));
    let own = model.selected();
    let next = match (step, here) {
        (_, None) => subjects.first(),
        (Step::Next, Some(at)) => subjects.iter().skip(at).find(|subject| Some(**subject) != own),
        (Step::Previous, Some(at)) => subjects.get(at.saturating_sub(1)),
    };
    if let Some(&subject) = next {
        select(model, Some(subject));
    }
}

pub(crate) fn show_worst(model: &mut Model) {
    let worst = model.answers.as_ref().and_then(|answers| answers.findings.first());
    if let Some(subject) = worst.map(|finding| finding.subject) {
        model.session.tab = Tab::Findings;
        relist(model);
        select(model, Some(subject));
        model.views.active_mut().spec.camera_request = Some(CameraRequest::FitSelection);
    }
}

/// Puts paths on the map and in the inspector, in place of what is selected.
pub(crate) fn show_route(model: &mut Model, of: RouteOf) {
    let paths = model.paths_of(of);
    if paths.is_empty() {
        return;
    }
    model.selection = None;
    model.owner = None;
    model.route = Some(Route { of, paths });
    starts::lay_out_kind(model, ViewKind::Path);
    reveal(model);
    if let RouteOf::Listed(at) = of {
        model.session.table_mut().row = model.row_of_path(at);
    }
    relight(model);
}

/// Lights what is an owner's, in place of what is selected.
pub(crate) fn show_owner(model: &mut Model, owner: Option<OwnerIndex>) {
    select(model, None);
    model.owner = Some(ChosenOwner(owner));
    model.session.table_mut().row = model.row_of_owner();
    model.session.scroll_to_selection = true;
    relight(model);
}

pub(crate) fn drop_route(model: &mut Model) {
    if model.route.take().is_some() {
        relight(model);
    }
}
