//! Puts a scene on screen.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::model::around::Around;
use crate::app::model::compared_views::begin_comparing;
use crate::app::model::filters::Filters;
use crate::app::model::fix_effects::{refix, show_with_fixes};
use crate::app::model::fix_list::leave_fixes;
use crate::app::model::hiding::hide_by_hand;
use crate::app::model::listing::relist;
use crate::app::model::look::{activate, split};
use crate::app::model::named_filters::filters_of;
use crate::app::model::presentation::Reveal;
use crate::app::model::rotation::ask_rotation;
use crate::app::model::route::{Route, RouteOf};
use crate::app::model::scene_names::{kind_of, path_of, subjects_of};
use crate::app::model::selecting::{relight, select_all, show_owner};
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::model::views::{CameraRequest, ViewSpec};
use crate::app::work::view_layout::SpreadOf;
use crate::graph::{AccessGraph, OwnerIndex};
use crate::project::{
    Fixes, KeptFilters, LastView, RotationList, Scene, SceneCamera, SceneFocus, ScenePath,
    SceneQuestion, SceneView, SeenView, SubjectName,
};
use crate::scene::ViewKind;

/// How many hops of a path are seen at once where there is room for them, from this width on, in points;
/// else one.
const HOPS_IN_SIGHT: usize = 2;
const ROOM_FOR_HOPS: f32 = 1_300.0;

/// Shows a scene in the active view, as much of it as is to be shown. What it assumes of fixes and of what
/// has fallen, and what it hides by hand, takes the place of what the project has.
pub(crate) fn show_scene(model: &mut Model, scene: &Scene, reveal: Reveal) {
    if model.answers.is_none() {
        return;
    }
    put_into_project(model, scene, reveal.after);
    let awaited = Scene { hop: reveal.hop, ..scene.clone() };
    look_at_scene(model, &awaited);
    let fixes = model.fixes_in_force();
    let is_shown = model.as_is.as_ref().is_some_and(|as_is| as_is.fixes == fixes);
    let waits = reveal.after && !fixes.is_empty() && !is_shown;
    model.session.awaited_scene = waits.then(|| Box::new(awaited));
}

/// A scene that hides the answer lights nothing.
pub(crate) fn what_is_seen(scene: &Scene) -> Scene {
    if scene.hides_answer {
        return Scene { question: SceneQuestion::Nothing, ..scene.clone() };
    }
    scene.clone()
}

/// Looks again at the scene that waited for the answers with its fixes.
pub(crate) fn look_at_awaited(model: &mut Model) {
    if let Some(scene) = model.session.awaited_scene.take() {
        look_at_scene(model, &scene);
    }
}

/// Lets the views show what they showed when the project was saved last.
pub(crate) fn look_again(model: &mut Model, last: &LastView) {
    let (left, right) = match last.views() {
        [] => return,
        [only] => (only, None),
        [left, right, ..] => (left, Some(right)),
    };
    look_at_scene(model, &left.scene);
    if let Some(right) = right.filter(|_| model.answers.is_some()) {
        split(model);
        look_at_scene(model, &right.scene);
        compare_again(model, (left, right));
        if let Some(other) = model.views.other_id().filter(|_| left.active) {
            activate(model, other);
        }
    }
    let active = match right {
        Some(right) if !left.active => &right.scene,
        _ => &left.scene,
    };
    if active.with_fixes && !model.fixes_in_force().is_empty() {
        model.session.with_fixes = true;
        model.session.awaited_scene = Some(Box::new(active.clone()));
        show_with_fixes(model);
    }
}

/// Compares fixes in two views, if they were compared.
fn compare_again(model: &mut Model, (left, right): (&SeenView, &SeenView)) {
    let (Some(on_left), Some(on_right)) = (&left.fixes, &right.fixes) else { return };
    begin_comparing(model, (on_left.into(), on_right.into()));
}

fn put_into_project(model: &mut Model, scene: &Scene, after: bool) {
    if model.project.filters.by_hand != scene.filters.by_hand {
        let mut filters = KeptFilters::clone(&model.project.filters);
        filters.by_hand.clone_from(&scene.filters.by_hand);
        model.project.filters = Arc::new(filters);
        if let Some(answers) = model.answers.clone() {
            hide_by_hand(model, &answers);
        }
    }
    let rotation = &model.project.rotation;
    if rotation.starts() != scene.compromised {
        let done = rotation.done().filter(|_| !scene.compromised.is_empty()).cloned().collect();
        model.project.rotation = Arc::new(RotationList::of(scene.compromised.clone(), done));
        ask_rotation(model);
    }
    model.session.with_fixes = after;
    if model.project.fixes.list() == scene.fixes {
        show_with_fixes(model);
    } else {
        model.project.fixes = Arc::new(Fixes::of(scene.fixes.clone()));
        refix(model);
    }
    leave_fixes(model);
}

/// Lets the active view show what a scene shows, and puts in question what that does.
fn look_at_scene(model: &mut Model, scene: &Scene) {
    let Some(answers) = model.answers.clone() else { return };
    let graph = &answers.graph;
    let view = model.views.active_mut();
    let id = view.id;
    let picture_before = view.spec.picture();
    let route_before = model.route.take().map(|route| route.paths);
    begin_view(&mut view.spec, scene, filters_of(&scene.filters, graph), graph);
    relist(model);
    put_in_question(model, &scene.question, graph);
    model.session.hop = scene.hop;
    let spec = &mut model.views.active_mut().spec;
    match &scene.focus {
        None => {}
        Some(SceneFocus::Lit) => spec.focused = true,
        Some(SceneFocus::Around(centre, hops)) => {
            let centre = subjects_of(centre, graph);
            spec.focused = !centre.is_empty();
            spec.around = spec.focused.then_some(Around { centre, hops: *hops });
        }
    }
    spec.hides_answer = scene.hides_answer;
    spec.held = match &scene.camera {
        SceneCamera::Whole => Vec::new(),
        SceneCamera::Around(names) => subjects_of(names, graph),
    };
    if let Some(held) = last_hops(model, scene) {
        model.views.active_mut().spec.held = held;
    }
    relight(model);
    let route = model.route.as_ref().map(|route| route.paths.clone());
    let view = model.views.active_mut();
    // What a focus leaves is a picture of its own, of which all is in sight.
    let spec = &mut view.spec;
    let is_own_picture = spec.focused && spec.held.is_empty();
    let request = if is_own_picture { CameraRequest::Fit } else { spec.fit_of_focus() };
    spec.camera_request = Some(request);
    let is_other_route = view.spec.kind == ViewKind::Path && route != route_before;
    if view.spec.picture() != picture_before || is_other_route {
        starts::lay_out(model, answers, id);
    }
}

/// What the camera holds of a path that comes hop by hop and is too long to be seen at once: the hop that
/// came last, with the one before.
fn last_hops(model: &Model, scene: &Scene) -> Option<Vec<Subject>> {
    let route = model.route.as_ref().filter(|_| scene.view == SceneView::Path)?;
    let (Some(hop), [path]) = (scene.hop, route.paths.as_slice()) else { return None };
    let whole = path.hops.len();
    let last = whole.min((hop as usize).max(1));
    let on_stage = model.session.presentation.is_some();
    let is_narrow = on_stage && model.views.pane.is_some_and(|[width, _]| width < ROOM_FOR_HOPS);
    let in_sight = if is_narrow { 1 } else { HOPS_IN_SIGHT };
    let hops = path.hops.get(last.saturating_sub(in_sight)..last)?;
    let ends = hops.iter().flat_map(|hop| {
        let from = hop.from.map(Subject::Instance);
        [Some(Subject::Credential(hop.credential)), from, Some(Subject::Instance(hop.to))]
    });
    (whole > in_sight).then(|| ends.flatten().collect())
}

fn begin_view(spec: &mut ViewSpec, scene: &Scene, filters: Filters, graph: &AccessGraph) {
    spec.leave_focus();
    spec.inside.clear();
    spec.filters = filters;
    spec.dims = scene.dims;
    spec.kind = kind_of(scene.view);
    spec.spread = SpreadOf {
        starts: subjects_of(&scene.spread.starts, graph),
        backwards: scene.spread.backwards,
    };
}

fn put_in_question(model: &mut Model, question: &SceneQuestion, graph: &AccessGraph) {
    match question {
        SceneQuestion::Nothing => select_all(model, Vec::new()),
        SceneQuestion::Reach(names) => select_all(model, subjects_of(names, graph)),
        SceneQuestion::ReachedBy(name) => {
            let name = [SubjectName::Instance(name.clone())];
            select_all(model, subjects_of(&name, graph));
            model.session.shows_reached_by = model.selected_instance().is_some();
        }
        SceneQuestion::Owner(owner) => {
            let found =
                owner.as_ref().map(|owner| graph.owners().iter().position(|known| known == owner));
            match found {
                Some(None) => select_all(model, Vec::new()),
                Some(Some(at)) => show_owner(model, Some(OwnerIndex(at as u32))),
                None => show_owner(model, None),
            }
        }
        SceneQuestion::Paths(paths) => {
            select_all(model, Vec::new());
            let paths = paths.iter().filter_map(|path: &ScenePath| path_of(path, graph));
            let paths: Vec<_> = paths.collect();
            model.route = (!paths.is_empty()).then_some(Route { of: RouteOf::Scene, paths });
        }
    }
}
