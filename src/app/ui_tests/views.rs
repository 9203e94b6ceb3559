//! Two views of the map beside each other: filters, focus and camera of each, and what they share.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, sample, selected_name};
use crate::analysis::{FixKind, Subject};
use crate::app::commands::action::Action;
use crate::app::commands::table::all;
use crate::app::jobs::{JobKind, ViewId};
use crate::app::model::command::{Command, FixCommand, LookCommand};
use crate::app::model::filters::Facet;
use crate::app::model::job_end::JobEnd;
use crate::app::model::state::Model;
use crate::app::model::views::View;
use crate::app::shell::window::Window;
use crate::app::work::map_layout::MapStage;
use crate::graph::{EnvironmentIndex, InstanceIndex};
use crate::project::{NamedFix, Opening};
use crate::scene::ViewKind;

const LEFT: &str = "Left map of credentials and services";
const RIGHT: &str = "Right map of credentials and services";

fn look(harness: &mut Harness<'static, Window>, command: LookCommand) {
    harness.state_mut().model.apply(Command::Look(command));
    harness.run();
}

fn split_sample() -> Harness<'static, Window> {
    let mut harness = sample("talk.csv");
    look(&mut harness, LookCommand::Split);
    harness
}

/// The view on the left, then the one on the right.
fn both<'a>(harness: &'a Harness<'static, Window>) -> [&'a View; 2] {
    let views = harness.state().model.views.left_to_right();
    views.try_into().expect("there are two views")
}

fn shown(view: &View) -> usize {
    view.data.sight.marks.iter().filter(|shown| **shown).count()
}

fn action(name: &str) -> &'static Action {
    all().find(|action| action.name == name).expect("the table has the action")
}

#[test]
fn an_environment_hidden_in_one_view_stays_in_the_other() {
    let mut harness = split_sample();
    let [left, right] = both(&harness);
    let whole = left.data.map.as_ref().expect("the map is laid out").marks.len();
    assert_eq!((shown(left), shown(right)), (whole, whole));
    assert_eq!(harness.state().model.views.active().id, right.id);
    let hide = Command::Filter(Facet::Environment(EnvironmentIndex(0)), true);
    harness.state_mut().model.apply(hide);
    harness.run();
    let [left, right] = both(&harness);
    assert_eq!(shown(left), whole);
    assert!(shown(right) < whole && shown(right) > 0);
    assert!(!left.spec.filters.any() && right.spec.filters.any());
}

#[test]
fn filters_panel_and_tables_are_about_the_view_that_was_clicked_last() {
    let mut harness = split_sample();
    harness.get_by_label("Only what shares  1").click();
    harness.run();
    harness.get_by_label("Credentials 1 of 31");
    let left = both(&harness)[0].id;
    let corner = harness.get_by_label(LEFT).rect().left_top() + egui::vec2(8.0, 8.0);
    for pressed in [true, false] {
        harness.event(egui::Event::PointerMoved(corner));
        harness.event(egui::Event::PointerButton {
            pos: corner,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
        harness.run();
    }
    assert_eq!(harness.state().model.views.active().id, left);
    harness.get_by_label("Credentials 31");
    harness.get_by_label("Only what shares  1").click();
    harness.run();
    assert!(both(&harness).iter().all(|view| view.spec.filters.has(Facet::Shared)));
    harness.key_press(egui::Key::C);
    harness.run();
    assert_eq!(both(&harness).map(|view| view.spec.filters.any()), [false, true]);
}

#[test]
fn the_camera_of_one_view_moves_alone() {
    let mut harness = split_sample();
    let before = both(&harness).map(|view| view.spec.camera.expect("it was drawn"));
    look(&mut harness, LookCommand::Pan(80.0, 0.0));
    let after = both(&harness).map(|view| view.spec.camera.expect("it was drawn"));
    assert_eq!(before[0], after[0]);
    assert!(after[1].centre.x < before[1].centre.x);
    assert!(before[0].viewport.left + before[0].viewport.width <= before[1].viewport.left);
}

#[test]
fn a_focus_in_one_view_leaves_the_other_whole_and_the_selection_is_shared() {
    let mut harness = split_sample();
    harness.state_mut().model.apply(Command::Select(Some(Subject::Instance(InstanceIndex(0)))));
    look(&mut harness, LookCommand::Focus);
    let [left, right] = both(&harness);
    assert!(shown(right) < shown(left));
    assert!(left.data.highlight.is_some());
    assert_eq!(left.data.highlight, right.data.highlight);
    harness.state_mut().model.apply(Command::Select(None));
    harness.run();
    let [left, right] = both(&harness);
    assert_eq!(shown(left), shown(right));
    assert!(left.data.highlight.is_none() && right.data.highlight.is_none());
}

/// How many layouts run.
fn layouts(harness: &Harness<'static, Window>) -> usize {
    let running = harness.state().model.jobs.running();
    running.filter(|(kind, _)| matches!(kind, JobKind::Layout(_))).count()
}

/// A window whose answers are there and whose map is still being laid out.
fn laying_out() -> Harness<'static, Window> {
    let mut harness = empty();
    let bytes = include_bytes!("../../../sample-data/talk.csv").to_vec();
    let opening = Opening::Bytes(vec![("talk.csv".to_owned(), bytes)]);
    let model = &mut harness.state_mut().model;
    model.apply(Command::Open(opening));
    while model.answers.is_none() {
        model.collect_jobs();
        std::thread::yield_now();
    }
    harness
}

#[test]
fn the_layout_of_one_view_does_not_cancel_that_of_the_other() {
    let mut harness = laying_out();
    assert_eq!(layouts(&harness), 1);
    harness.state_mut().model.apply(Command::Look(LookCommand::Split));
    assert_eq!(layouts(&harness), 2);
    harness.state_mut().model.finish_jobs();
    harness.run();
    let maps = both(&harness).map(|view| view.data.map.clone().expect("it was laid out"));
    assert!(!std::sync::Arc::ptr_eq(&maps[0], &maps[1]));
    assert!(both(&harness).iter().all(|view| shown(view) == maps[0].marks.len()));
}

#[test]
fn a_view_that_is_closed_takes_its_layout_with_it() {
    let mut harness = laying_out();
    let first = harness.state().model.views.active().id;
    harness.state_mut().model.apply(Command::Look(LookCommand::Split));
    harness.state_mut().model.apply(Command::Look(LookCommand::CloseOtherView));
    let model = &mut harness.state_mut().model;
    assert!(!model.runs(JobKind::Layout(first)));
    assert!(model.runs(JobKind::Layout(model.views.active().id)));
    model.finish_jobs();
    harness.run();
    assert!(harness.state().model.map().is_some());
}

#[test]
fn closing_the_other_view_gives_the_map_its_whole_room_back() {
    let mut one = sample("talk.csv");
    let mut two = sample("talk.csv");
    look(&mut two, LookCommand::Split);
    two.get_by_label(LEFT);
    two.get_by_label(RIGHT);
    assert!(one.render().expect("a picture") != two.render().expect("a picture"));
    look(&mut two, LookCommand::CloseOtherView);
    assert!(!two.state().model.views.is_split());
    assert!(two.query_by_label(RIGHT).is_none());
    for harness in [&mut one, &mut two] {
        look(harness, LookCommand::Fit);
    }
    let (one, two) = (one.render().expect("a picture"), two.render().expect("a picture"));
    assert!(one == two, "the pictures differ");
}

#[test]
fn the_palette_says_when_the_map_can_be_split_and_when_not() {
    let [split, close, other] =
        ["Two views side by side", "Close the other view", "Go to the other view"].map(action);
    assert_eq!([split, close, other].map(Action::keys_text), ["V", "Shift+V", "X"]);
    let mut harness = empty();
    for action in [split, close, other] {
        let model = &harness.state().model;
        assert_eq!(action.available(model), Err("open an inventory first"));
    }
    super::open(&mut harness, "talk.csv", include_bytes!("../../../sample-data/talk.csv").to_vec());
    let model = &harness.state().model;
    assert_eq!(close.available(model), Err("there is one view alone"));
    assert_eq!(other.available(model), Err("there is one view alone"));
    assert_eq!(split.available(model), Ok(()));
    let command = (split.command)(model);
    harness.state_mut().model.apply(command);
    let model = &harness.state().model;
    assert_eq!(split.available(model), Err("there are two views already"));
    let before: ViewId = model.views.active().id;
    let command = (other.command)(model);
    harness.state_mut().model.apply(command);
    assert_ne!(harness.state().model.views.active().id, before);
}

#[test]
fn undo_takes_fixes_back_and_leaves_the_views_as_they_are() {
    let mut harness = split_sample();
    assert_eq!(harness.state().model.undoes().map(str::to_owned), {
        let one = sample("talk.csv");
        one.state().model.undoes().map(str::to_owned)
    });
    let name = selected_name(&harness).expect("the worst is selected");
    let hide = Command::Filter(Facet::Environment(EnvironmentIndex(0)), true);
    let add = Command::Fix(FixCommand::Add(NamedFix::new(&name, FixKind::Revoke)));
    for command in [hide, add] {
        harness.state_mut().model.apply(command);
    }
    harness.state_mut().model.finish_jobs();
    harness.run();
    let changes = both(&harness).map(|view| view.data.changes.clone().expect("they are shown"));
    assert_eq!(changes[0], changes[1]);
    harness.state_mut().model.apply(Command::Undo);
    harness.state_mut().model.finish_jobs();
    harness.run();
    assert!(both(&harness).iter().all(|view| view.data.changes.is_none()));
    assert_eq!(both(&harness).map(|view| view.spec.filters.any()), [false, true]);
    // The import itself: what is open goes, and the two views stay.
    harness.state_mut().model.apply(Command::Undo);
    harness.state_mut().model.apply(Command::Redo);
    harness.state_mut().model.finish_jobs();
    harness.run();
    assert!(both(&harness).iter().all(|view| view.data.map.is_some()));
}

#[test]
fn a_rough_map_is_followed_by_the_final_one_in_every_view_that_shows_it() {
    let mut harness = sample("talk.csv");
    let model = &mut harness.state_mut().model;
    let (id, answers) = (model.views.active().id, model.answers.clone().unwrap());
    let last = model.map().cloned().unwrap();
    let rough = |model: &mut Model, id: ViewId| {
        let map = crate::scene::GroupedMap::new(crate::scene::chart(&answers).map);
        let stage = MapStage::Rough;
        model.apply(Command::Ended(JobEnd::LaidOut(id, map, stage)));
        assert!(model.map().unwrap().marks != last.marks, "it is shown");
    };
    rough(model, id);
    model.apply(Command::Look(LookCommand::Split));
    model.finish_jobs();
    for view in model.views.iter() {
        assert_eq!(view.data.map.as_ref().unwrap().marks, last.marks);
    }
    // Where the view is closed for which it is laid out, the other one still gets it.
    model.apply(Command::Look(LookCommand::CloseOtherView));
    let left = model.views.active().id;
    rough(model, left);
    model.apply(Command::Look(LookCommand::Split));
    model.apply(Command::Look(LookCommand::CloseOtherView));
    assert_ne!(model.views.active().id, left);
    model.finish_jobs();
    assert_eq!(model.map().unwrap().marks, last.marks);
}

#[test]
fn a_key_opens_a_second_view_with_the_same_selection_and_back_leads_through_looks_alone() {
    let mut harness = sample("talk.csv");
    super::settle(&mut harness);
    let worst = selected_name(&harness);
    harness.key_press(egui::Key::V);
    super::settle(&mut harness);
    assert!(harness.state().model.views.is_split());
    harness.key_press(egui::Key::Num4);
    super::settle(&mut harness);
    let kinds = |harness: &Harness<'static, Window>| both(harness).map(View::shown_kind);
    assert_eq!(kinds(&harness), [ViewKind::Map, ViewKind::Matrix]);
    assert_eq!(selected_name(&harness), worst);
    let selected = |view: &View| {
        let map = view.data.map.as_ref().expect("it is laid out");
        view.data.selected.iter().map(|&at| map.marks[at as usize].subject).collect::<Vec<_>>()
    };
    harness.state_mut().model.apply(Command::Select(Some(Subject::Instance(InstanceIndex(2)))));
    super::settle(&mut harness);
    for view in both(&harness) {
        assert_eq!(selected(view), [Subject::Instance(InstanceIndex(2))]);
    }
    for _ in 0..2 {
        harness.key_press_modifiers(egui::Modifiers::ALT, egui::Key::ArrowLeft);
        super::settle(&mut harness);
    }
    assert_eq!(kinds(&harness), [ViewKind::Map; 2], "the second view is still there");
    assert_eq!(selected_name(&harness), worst);
    let right = both(&harness)[1].id;
    assert_eq!(harness.state().model.views.active().id, right);
    harness.key_press(egui::Key::X);
    harness.run();
    assert_ne!(harness.state().model.views.active().id, right);
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::V);
    super::settle(&mut harness);
    assert!(!harness.state().model.views.is_split());
    assert_ne!(harness.state().model.views.active().id, right);
}

#[test]
fn cuts_and_plan_begin_once_the_first_map_is_there() {
    let mut harness = empty();
    let model = &mut harness.state_mut().model;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/talk.csv");
    model.apply(Command::Open(Opening::Files(vec![path])));
    let has_map = |model: &Model| model.views.iter().all(|view| view.data.map.is_some());
    let mut held = 0;
    while model.assessment.is_none() {
        let ends = model.jobs.wait();
        assert!(!ends.is_empty(), "cuts and plan are worked out");
        for end in ends {
            model.apply(Command::Ended(end));
            if model.answers.is_some() && !has_map(model) {
                assert!(model.runs(JobKind::Assessment), "it is waited for");
                assert!(model.jobs.holds(JobKind::Assessment), "and has not begun");
                held += 1;
            }
        }
    }
    assert!(held > 0 && has_map(model));
}
