//! Marks that are dragged to another place: they stay there, and one command takes that back.

use egui::{Key, Modifiers, PointerButton, Pos2, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, sample, settle};
use crate::analysis::Subject;
use crate::app::commands::subject_action::{OnSubjects, SubjectAction};
use crate::app::commands::table::all;
use crate::app::model::command::{ArrangeCommand, Command, LookCommand};
use crate::app::shell::window::Window;
use crate::inventory::Assumptions;
use crate::layout::Point;
use crate::project::GroupBy;
use crate::scene::{Mark, ViewKind};

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

/// The sample with nothing selected and all in sight.
fn fitted(name: &str) -> Harness<'static, Window> {
    let mut harness = sample(name);
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::Fit));
    harness
}

fn marks(harness: &Harness<'static, Window>) -> Vec<Mark> {
    harness.state().model.map().expect("the map is laid out").marks.clone()
}

fn place(harness: &Harness<'static, Window>, subject: Subject) -> Point {
    let all = marks(harness);
    all.iter().find(|own| own.subject == subject).expect("it is on the map").at
}

fn on_screen(harness: &Harness<'static, Window>, subject: Subject) -> Pos2 {
    let camera = harness.state().camera().expect("the map is in sight");
    let at = camera.screen_from_scene(place(harness, subject));
    pos2(at.x, at.y)
}

fn subject(harness: &Harness<'static, Window>, name: &str) -> Subject {
    let answers = harness.state().model.answers.clone().expect("there are answers");
    answers.find_named(name).expect("it is there")
}

fn button(harness: &mut Harness<'static, Window>, pos: Pos2, pressed: bool) {
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
    harness.step();
}

/// Drags by some pixels; the button stays down.
fn drag(harness: &mut Harness<'static, Window>, from: Pos2, by: Vec2) {
    harness.hover_at(from);
    harness.run();
    button(harness, from, true);
    for share in [0.5, 1.0] {
        harness.event(egui::Event::PointerMoved(from + share * by));
        harness.step();
    }
}

fn drag_and_drop(harness: &mut Harness<'static, Window>, from: Pos2, by: Vec2) {
    drag(harness, from, by);
    button(harness, from + by, false);
    settle(harness);
}

fn undoes(harness: &Harness<'static, Window>) -> Option<String> {
    harness.state().model.undoes().map(str::to_owned)
}

fn pins(harness: &Harness<'static, Window>) -> usize {
    harness.state().model.project.arrangement.pins.len()
}

fn is_near(found: Point, expected: Point) -> bool {
    // Pins are whole units.
    (found.x - expected.x).abs() < 0.6 && (found.y - expected.y).abs() < 0.6
}

/// A service far enough from the edges of its region, and the name of the subject.
fn movable(harness: &Harness<'static, Window>) -> (Subject, String) {
    let map = harness.state().model.map().expect("the map is laid out").clone();
    let own = map.marks.iter().enumerate().find(|(at, mark)| {
        let wanted = Point { x: mark.at.x + 20.0, y: mark.at.y + 12.0 };
        mark.region.is_some() && map.place_for(*at as u32, wanted) == wanted
    });
    let subject = own.expect("one has room").1.subject;
    let answers = harness.state().model.answers.clone().expect("there are answers");
    (subject, answers.name(subject))
}

#[test]
fn a_mark_that_is_dragged_stays_where_it_is_put_and_undo_and_unpin_take_it_back() {
    let mut harness = fitted("talk.csv");
    let before = marks(&harness);
    let camera = harness.state().camera().expect("a camera");
    let (subject, name) = movable(&harness);
    let (from, old) = (on_screen(&harness, subject), place(&harness, subject));
    drag_and_drop(&mut harness, from, camera.zoom * vec2(20.0, 12.0));
    let new = place(&harness, subject);
    assert!(is_near(new, Point { x: old.x + 20.0, y: old.y + 12.0 }), "{old:?} {new:?}");
    let others = |all: &[Mark]| -> Vec<Mark> {
        all.iter().filter(|own| own.subject != subject).copied().collect()
    };
    assert_eq!(others(&marks(&harness)), others(&before), "nothing makes way for it");
    assert_eq!(harness.state().camera(), Some(camera), "the ground stays");
    assert_eq!(undoes(&harness), Some(format!("moving “{name}”")));
    let legend = &harness.state().picture().expect("it is drawn").furniture.legend;
    assert!(legend.iter().flat_map(|line| &line.entries).any(|entry| entry.text == "pinned"));
    apply(&mut harness, Command::Undo);
    assert_eq!(marks(&harness), before);
    let legend = &harness.state().picture().expect("it is drawn").furniture.legend;
    assert!(legend.iter().flat_map(|line| &line.entries).all(|entry| entry.text != "pinned"));
    apply(&mut harness, Command::Redo);
    assert_eq!(place(&harness, subject), new);
    let model = &harness.state().model;
    let answers = model.answers.clone().expect("there are answers");
    let on = OnSubjects { model, answers: &answers, subjects: &[subject] };
    assert!(on.actions().contains(&SubjectAction::Unpin));
    let unpin = on.command(SubjectAction::Unpin);
    apply(&mut harness, unpin);
    assert_eq!(marks(&harness), before);
    assert_eq!(undoes(&harness), Some(format!("unpinning “{name}”")));
    let model = &harness.state().model;
    let on = OnSubjects { model, answers: &answers, subjects: &[subject] };
    assert!(!on.actions().contains(&SubjectAction::Unpin));
}

#[test]
fn what_is_pinned_stays_when_the_map_is_laid_out_anew_and_when_what_was_seen_is_kept() {
    let mut harness = fitted("talk.csv");
    let (subject, _) = movable(&harness);
    let zoom = harness.state().camera().expect("a camera").zoom;
    let from = on_screen(&harness, subject);
    drag_and_drop(&mut harness, from, zoom * vec2(20.0, 12.0));
    let pinned = place(&harness, subject);
    // Grouped otherwise it stands elsewhere; the way back is a layout from nothing.
    apply(&mut harness, Command::Arrange(ArrangeCommand::GroupBy(GroupBy::Service)));
    assert_ne!(place(&harness, subject), pinned);
    let unpin = all().find(|own| own.name == "Unpin all").expect("it is an action");
    assert!(unpin.available(&harness.state().model).is_err(), "nothing is pinned here");
    apply(&mut harness, Command::Arrange(ArrangeCommand::GroupBy(GroupBy::Environment)));
    assert_eq!(place(&harness, subject), pinned);
    let mut assumptions = Assumptions::clone(&harness.state().model.project.assumptions);
    assumptions.rotation_days += 1;
    apply(&mut harness, Command::Assume(assumptions));
    assert_eq!(place(&harness, subject), pinned);
    apply(&mut harness, Command::Look(LookCommand::ShowAs(ViewKind::Lanes)));
    apply(&mut harness, Command::Look(LookCommand::ShowAs(ViewKind::Map)));
    assert_eq!(place(&harness, subject), pinned);
    assert!(unpin.available(&harness.state().model).is_ok());
    let command = (unpin.command)(&harness.state().model);
    apply(&mut harness, command);
    assert_ne!(place(&harness, subject), pinned);
    assert_eq!((pins(&harness), undoes(&harness).as_deref()), (0, Some("unpinning all")));
}

#[test]
fn the_ground_is_still_dragged_and_escape_leaves_a_mark_where_it_was() {
    let mut harness = fitted("talk.csv");
    let before = marks(&harness);
    let camera = harness.state().camera().expect("a camera");
    let corner = harness.get_by_label("Map of credentials and services").rect().left_top();
    drag_and_drop(&mut harness, corner + vec2(6.0, 6.0), vec2(40.0, 30.0));
    let moved = harness.state().camera().expect("a camera");
    assert!((moved.centre.x - camera.centre.x + 40.0 / camera.zoom).abs() < 0.5);
    assert_eq!((marks(&harness), pins(&harness)), (before.clone(), 0));
    let (subject, _) = movable(&harness);
    let from = on_screen(&harness, subject);
    drag(&mut harness, from, vec2(30.0, 20.0));
    harness.key_press(Key::Escape);
    harness.step();
    harness.event(egui::Event::PointerMoved(from + vec2(50.0, 40.0)));
    harness.step();
    button(&mut harness, from + vec2(50.0, 40.0), false);
    settle(&mut harness);
    assert_eq!((marks(&harness), pins(&harness)), (before, 0));
    assert_eq!(harness.state().camera().expect("a camera"), moved, "nor does the ground move");
}

#[test]
fn a_service_cannot_be_dragged_out_of_its_region() {
    let mut harness = fitted("talk.csv");
    let (subject, _) = movable(&harness);
    let from = on_screen(&harness, subject);
    let map = harness.get_by_label("Map of credentials and services").rect();
    drag_and_drop(&mut harness, from, map.left_top() - from + vec2(3.0, 3.0));
    assert_eq!(pins(&harness), 1);
    let map = harness.state().model.map().expect("the map").clone();
    let mark = map.marks[map.mark_of(subject).expect("it is there") as usize];
    let outline = &map.regions[usize::from(mark.region.expect("it has one"))].shape.outline;
    // By how often a ray to the right meets the outline.
    let ends = outline.iter().zip(outline.iter().cycle().skip(1));
    let meets = ends.filter(|(a, b)| {
        (a.y > mark.at.y) != (b.y > mark.at.y)
            && mark.at.x < a.x + (mark.at.y - a.y) / (b.y - a.y) * (b.x - a.x)
    });
    assert_eq!(meets.count() % 2, 1, "{mark:?} {outline:?}");
}

#[test]
fn what_is_selected_together_is_dragged_together() {
    let table = "id,service,environment,access\nk,a,dev,holds\nk,b,prod,grants\nm,c,dev,holds\n\
                 m,b,prod,grants\n";
    let mut harness = empty();
    open(&mut harness, "two.csv", table.as_bytes().to_vec());
    let [k, m] = ["k", "m"].map(|name| subject(&harness, name));
    apply(&mut harness, Command::SelectAll(vec![k, m]));
    apply(&mut harness, Command::Look(LookCommand::Fit));
    let (from, before) = (on_screen(&harness, k), [k, m].map(|own| place(&harness, own)));
    let zoom = harness.state().camera().expect("a camera").zoom;
    drag_and_drop(&mut harness, from, zoom * vec2(0.0, 15.0));
    for (own, old) in [k, m].into_iter().zip(before) {
        let new = place(&harness, own);
        assert!(is_near(new, Point { y: old.y + 15.0, ..old }), "{old:?} {new:?}");
    }
    assert_eq!((pins(&harness), undoes(&harness).as_deref()), (2, Some("moving 2 things")));
    assert_eq!(harness.state().model.selected_all().len(), 2, "they stay selected");
}
