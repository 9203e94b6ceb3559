//! What is on screen, as a scene.

use crate::analysis::Subject;
use crate::app::model::named_filters::named;
use crate::app::model::scene_names::{names_of, scene_path, scene_view};
use crate::app::model::state::{ChosenOwner, Model};
use crate::app::model::views::View;
use crate::app::work::answers::Answers;
use crate::app::work::view_layout::SpreadOf;
use crate::graph::AccessGraph;
use crate::layout::Point;
use crate::project::{
    InstanceName, LastView, Project, Scene, SceneCamera, SceneFocus, SceneQuestion, SceneSpread,
    SeenView, SubjectName,
};
use crate::scene::ViewKind;

/// Of more paths the first ones are kept: more could not be seen on one picture.
const MOST_PATHS: usize = 100;

/// The directions in which the outermost marks are looked for: a map that is laid out anew keeps about
/// what lies between them.
const DIRECTIONS: [(f32, f32); 8] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, 1.0),
    (0.0, -1.0),
    (1.0, 1.0),
    (1.0, -1.0),
    (-1.0, 1.0),
    (-1.0, -1.0),
];

/// What is on screen, with a caption that asks what it answers; none while nothing is open.
///
/// What fixes alone have made is left out, for it is there only with them.
pub(crate) fn scene_of(model: &Model) -> Option<Scene> {
    scene_of_view(model, model.views.active())
}

/// What is written of the project: what the user made under its names, with what the views show. A
/// presentation looks elsewhere for a while, and hidden names are none of the project's.
pub(crate) fn project_to_save(model: &Model) -> Project {
    let project = model.open_project().clone();
    if model.session.presentation.is_some() || model.hidden.is_some() {
        return project;
    }
    Project { last_view: last_view(model), ..project }
}

/// What each view shows, from left to right, as it is found again when the project is opened: without words,
/// and without what the project keeps itself.
fn last_view(model: &Model) -> LastView {
    let seen = |view: &View| {
        let scene = scene_of_view(model, view)?;
        let (caption, fixes, compromised) = (String::new(), Vec::new(), Vec::new());
        let scene = Scene { caption, compromised, fixes, ..scene };
        let fixes = model.views.compares.then(|| view.spec.fixes.seen());
        Some(SeenView { scene, fixes, active: view.id == model.views.active().id })
    };
    LastView::of(model.views.left_to_right().into_iter().filter_map(seen).collect())
}

fn scene_of_view(model: &Model, view: &View) -> Option<Scene> {
    let answers = model.answers.as_ref()?;
    let as_is = &model.answers_as_is()?.graph;
    let graph = &answers.graph;
    let known = |subjects: &[Subject]| -> Vec<SubjectName> {
        let mut names = names_of(subjects, graph);
        names.retain(|name| name.found_in(as_is, &[]).found().is_some());
        names
    };
    let spec = &view.spec;
    let focus = spec.focused.then(|| match &spec.around {
        Some(around) => SceneFocus::Around(known(&around.centre), around.hops),
        None => SceneFocus::Lit,
    });
    let spread =
        if spec.kind == ViewKind::Spread { spec.spread.clone() } else { SpreadOf::default() };
    Some(Scene {
        caption: question_in_words(model, answers),
        notes: String::new(),
        view: scene_view(spec.kind),
        spread: SceneSpread { starts: known(&spread.starts), backwards: spread.backwards },
        camera: camera_of(view, graph, as_is),
        filters: named(&spec.filters, &model.project.filters.by_hand, graph),
        dims: spec.dims,
        focus,
        question: question_of(model, answers, known(model.selected_all())),
        hop: model.session.hop,
        compromised: model.project.rotation.starts().to_vec(),
        fixes: model.project.fixes.list().to_vec(),
        with_fixes: model.session.with_fixes && !model.project.fixes.is_empty(),
        hides_answer: false,
    })
}

fn question_of(model: &Model, answers: &Answers, selected: Vec<SubjectName>) -> SceneQuestion {
    let graph = &answers.graph;
    if let Some(ChosenOwner(owner)) = model.owner {
        return SceneQuestion::Owner(owner.map(|own| graph.owner_name(own).to_owned()));
    }
    if let Some(route) = &model.route {
        let paths = route.paths.iter().take(MOST_PATHS);
        return SceneQuestion::Paths(paths.map(|path| scene_path(path, graph)).collect());
    }
    if let Some(at) = model.selected_instance().filter(|_| model.session.shows_reached_by) {
        return SceneQuestion::ReachedBy(InstanceName::of(graph, at));
    }
    if selected.is_empty() { SceneQuestion::Nothing } else { SceneQuestion::Reach(selected) }
}

/// What is in question, as one asks for it.
fn question_in_words(model: &Model, answers: &Answers) -> String {
    if let Some(ChosenOwner(owner)) = model.owner {
        return match owner {
            Some(owner) => format!("What {} answers for", answers.graph.owner_name(owner)),
            None => "What nobody owns".to_owned(),
        };
    }
    match model.route.as_ref().map(|route| route.paths.as_slice()) {
        Some([path]) => {
            let [from, to] = [path.from, path.to].map(|at| answers.name(Subject::Instance(at)));
            return format!("From {from} to {to}");
        }
        Some(paths) => return format!("{} paths", paths.len()),
        None => {}
    }
    match model.selected() {
        Some(subject) if model.session.shows_reached_by => {
            format!("Who reaches {}?", answers.name(subject))
        }
        Some(subject) => format!("How far does {} reach?", answers.name(subject)),
        None => String::new(),
    }
}

/// Where a view looks, by the outermost of the marks in sight.
fn camera_of(view: &View, graph: &AccessGraph, as_is: &AccessGraph) -> SceneCamera {
    let (Some(map), Some(camera)) = (&view.data.map, view.spec.camera) else {
        return SceneCamera::Whole;
    };
    if map.is_table() || map.kind == ViewKind::Path {
        return SceneCamera::Whole;
    }
    let shown = || map.marks.iter().zip(&view.data.sight.marks).filter(|(_, shown)| **shown);
    let seen: Vec<(Point, Subject)> = shown()
        .map(|(mark, _)| (mark.at, mark.subject))
        .filter(|(at, _)| camera.viewport.holds(camera.screen_from_scene(*at)))
        .collect();
    if seen.is_empty() || seen.len() == shown().count() {
        return SceneCamera::Whole;
    }
    let mut outermost: Vec<Subject> = Vec::new();
    for (x, y) in DIRECTIONS {
        let far = |(at, _): &(Point, Subject)| at.x * x + at.y * y;
        let farthest = seen.iter().max_by(|one, other| far(one).total_cmp(&far(other)));
        outermost.extend(farthest.map(|(_, subject)| *subject));
    }
    outermost.sort_unstable();
    outermost.dedup();
    let mut names = names_of(&outermost, graph);
    names.retain(|name| name.found_in(as_is, &[]).found().is_some());
    if names.is_empty() { SceneCamera::Whole } else { SceneCamera::Around(names) }
}
