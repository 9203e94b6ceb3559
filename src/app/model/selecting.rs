//! Selects subjects and paths, and lights what belongs to them.

use std::sync::Arc;

use crate::analysis::{BlastRadius, Cut, Path, ReachedBy, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::command::Step;
use crate::app::model::fix_effects::ask_radius;
use crate::app::model::listing::{relist, show_marks};
use crate::app::model::route::{Route, RouteOf};
use crate::app::model::selection::Selection;
use crate::app::model::starts;
use crate::app::model::state::{ChosenOwner, Model};
use crate::app::model::tab::Tab;
use crate::app::model::views::{CameraRequest, View, ViewData};
use crate::app::work::after_fixes::AfterFixes;
use crate::app::work::view_layout::SpreadOf;
use crate::graph::OwnerIndex;
use crate::scene::{Highlight, Map, RadiusHighlight, ViewKind};

/// Selects one thing, or nothing.
pub(crate) fn select(model: &mut Model, subject: Option<Subject>) {
    select_all(model, subject.into_iter().collect());
}

/// Selects several things together, or nothing.
pub(crate) fn select_all(model: &mut Model, subjects: Vec<Subject>) {
    model.route = None;
    model.owner = None;
    model.session.hop = None;
    leave_scene(model);
    model.session.shows_reached_by = false;
    let Some(answers) = model.answers.clone().filter(|_| !subjects.is_empty()) else {
        model.selection = None;
        for view in model.views.iter_mut() {
            view.spec.leave_focus();
        }
        ask_radius(model);
        ask_reached_by(model);
        relight(model);
        return;
    };
    model.selection = Some(Selection::new(&answers, subjects));
    model.session.scroll_to_selection = true;
    model.session.table_mut().row = None;
    ask_radius(model);
    ask_reached_by(model);
    relight(model);
    reveal(model);
}

/// Lets the active view be as it is without the scene that was shown last.
fn leave_scene(model: &mut Model) {
    let view = model.views.active_mut();
    if view.spec.hides_answer {
        view.data.forget_arranged();
    }
    view.spec.leave_scene();
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
        // A scene says itself where it looks.
        let of_scene = model.session.presentation.is_some() || model.session.scene.is_some();
        if model.session.shows_reached_by && !of_scene {
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
    let lit: Vec<Option<Arc<Highlight>>> =
        model.views.iter().map(|view| lit_on(model, view).map(Arc::new)).collect();
    let selected = model.selection.as_ref().map_or(&[][..], |selection| &selection.all);
    for (view, lit) in model.views.iter_mut().zip(lit) {
        let ViewData { map, selected: marks, .. } = &mut view.data;
        let map = map.as_ref();
        *marks = selected.iter().filter_map(|own| map?.mark_of(*own)).collect();
        marks.sort_unstable();
        view.data.lit = lit;
    }
    show_marks(model);
}

/// What the selection, or the paths in question, light on the map of a view. Where a spread or paths show
/// nothing of it, they stay as they are instead of being dimmed as a whole.
fn lit_on(model: &Model, view: &View) -> Option<Highlight> {
    let map = view.data.map.as_ref()?;
    let lit = match model.shown_fixes(view).filter(|_| model.views.compares) {
        Some(fixes) => light_after(model, map, &fixes.after),
        None => light_of(model, map),
    }?;
    let shows_part = matches!(map.kind, ViewKind::Spread | ViewKind::Path);
    (!shows_part || !lit.lit_marks().is_empty()).then_some(lit)
}

/// The same as it is: without fixes, or with those that the map has in it.
fn light_of(model: &Model, map: &Map) -> Option<Highlight> {
    if let Some(lit) = light_of_owner(model, map) {
        return Some(lit);
    }
    match (&model.route, &model.selection) {
        (Some(route), _) => Some(light_of_paths(model, map, &route.paths)),
        (None, Some(_)) if model.session.shows_reached_by => {
            model.reached_by.as_ref().map(|found| Highlight::of_reached_by(map, found))
        }
        (None, Some(selection)) => light_of_radius(model, map, (selection, &selection.radius)),
        (None, None) => None,
    }
}

/// What of it is left after fixes that a map of what is there without them shows: nothing that lies behind
/// a cut is lit.
fn light_after(model: &Model, map: &Map, after: &AfterFixes) -> Option<Highlight> {
    if let Some(lit) = light_of_owner(model, map) {
        return Some(lit);
    }
    match (&model.route, &model.selection) {
        (Some(route), _) => Some(light_of_paths(model, map, &after.paths(&route.paths))),
        (None, Some(_)) if model.session.shows_reached_by => {
            let found = model.reached_by.as_ref();
            found.map(|found| Highlight::of_reached_by(map, &after.ways(found)))
        }
        (None, Some(selection)) => {
            light_of_radius(model, map, (selection, &after.radius(&selection.all)))
        }
        (None, None) => None,
    }
}

/// All that an owner has, where that is in question.
fn light_of_owner(model: &Model, map: &Map) -> Option<Highlight> {
    let (Some(ChosenOwner(owner)), Some(answers)) = (model.owner, &model.answers) else {
        return None;
    };
    let credentials = answers.owners.credentials_of(owner).map(Subject::Credential);
    let instances = answers.owners.instances_of(owner).map(Subject::Instance);
    Some(Highlight::of_subjects(map, credentials.chain(instances)))
}

fn light_of_paths(model: &Model, map: &Map, paths: &[Path]) -> Highlight {
    let most = model.session.hop.map_or(usize::MAX, |hop| hop as usize);
    Highlight::of_first_hops(map, paths, most)
}

fn light_of_radius(
    model: &Model,
    map: &Map,
    (selection, radius): (&Selection, &BlastRadius),
) -> Option<Highlight> {
    // Paths are in question for themselves, whatever is selected beside them.
    let is_beside =
        map.kind == ViewKind::Path && selection.all.iter().all(|own| map.mark_of(*own).is_none());
    let answers = model.answers.as_ref().filter(|_| !is_beside)?;
    Some(Highlight::of_radius(&RadiusHighlight {
        map,
        graph: &answers.graph,
        subjects: &selection.all,
        radius,
        most_hops: model.session.hop,
    }))
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
    let paths = paths_of(model, of);
    if paths.is_empty() {
        return;
    }
    model.selection = None;
    model.owner = None;
    model.session.hop = None;
    leave_scene(model);
    model.route = Some(Route { of, paths });
    starts::lay_out_kind(model, ViewKind::Path);
    reveal(model);
    if let RouteOf::Listed(at) = of {
        model.session.table_mut().row = model.row_of_path(at);
    }
    relight(model);
}

/// The paths that are asked for, as far as they are known.
fn paths_of(model: &Model, of: RouteOf) -> Vec<Path> {
    let assessment = model.assessment.as_ref().map(|assessed| &assessed.assessment);
    match (of, assessment.map(|assessment| &assessment.cut)) {
        (RouteOf::Listed(at), _) => {
            model.listed_paths().and_then(|paths| paths.get(at)).cloned().into_iter().collect()
        }
        (RouteOf::Witness(at), Some(Cut::Found(cut))) => {
            cut.witnesses.get(at).map(|witness| witness.path.clone()).into_iter().collect()
        }
        (RouteOf::Proof, Some(Cut::Found(cut))) => {
            cut.witnesses.iter().map(|witness| witness.path.clone()).collect()
        }
        (RouteOf::Unbreakable, Some(Cut::Unbreakable(path))) => vec![path.clone()],
        (RouteOf::Witness(_) | RouteOf::Proof | RouteOf::Unbreakable | RouteOf::Scene, _) => {
            Vec::new()
        }
    }
}

/// Lights what is an owner's, in place of what is selected.
pub(crate) fn show_owner(model: &mut Model, owner: Option<OwnerIndex>) {
    select(model, None);
    model.owner = Some(ChosenOwner(owner));
    model.session.table_mut().row = model.row_of_owner();
    model.session.scroll_to_selection = true;
    relight(model);
}

/// Lights what is an owner's where a person picks one: a spread, or paths, in which none of it is to
/// be seen give way to the map.
pub(crate) fn pick_owner(model: &mut Model, owner: Option<OwnerIndex>) {
    show_owner(model, owner);
    let view = model.views.active_mut();
    let shows_part = matches!(view.spec.kind, ViewKind::Spread | ViewKind::Path);
    if !shows_part || view.data.lit.is_some() {
        return;
    }
    view.spec.inside.clear();
    (view.spec.kind, view.spec.spread) = (ViewKind::Map, SpreadOf::default());
    let id = view.id;
    if let Some(answers) = model.answers.clone() {
        starts::lay_out(model, answers, id);
    }
}

pub(crate) fn drop_route(model: &mut Model) {
    if model.route.take().is_some() {
        relight(model);
    }
}
