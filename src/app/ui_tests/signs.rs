//! Signs on the picture, the lasso, rows of paths, and what those hear who cannot see it.

use std::collections::BTreeSet;

use egui::{Key, Modifiers, PointerButton, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{sample, settle};
use crate::analysis::Subject;
use crate::app::model::command::{AnswerCommand, Command, LookCommand, RotationCommand};
use crate::app::model::route::RouteOf;
use crate::app::model::walking::steps_from;
use crate::app::shell::window::Window;
use crate::project::SubjectName;
use crate::scene::{Picture, PictureSubject, ViewKind};

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

fn show_as(harness: &mut Harness<'static, Window>, kind: ViewKind) {
    apply(harness, Command::Look(LookCommand::ShowAs(kind)));
}

fn find(harness: &Harness<'static, Window>, name: &str) -> Subject {
    let answers = harness.state().model.answers.clone().expect("there are answers");
    answers.find_named(name).expect("it is there")
}

fn picture<'a>(harness: &'a Harness<'static, Window>) -> &'a Picture {
    harness.state().picture().expect("it is drawn")
}

fn legend(harness: &Harness<'static, Window>) -> Vec<String> {
    let lines = &picture(harness).furniture.legend;
    lines.iter().flat_map(|line| &line.entries).map(|entry| entry.text.clone()).collect()
}

#[test]
fn what_is_compromised_has_a_sign_in_each_view_and_in_its_legend() {
    let mut harness = sample("payments.csv");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let own = find(&harness, "release-deploy-key");
    apply(&mut harness, Command::Select(Some(own)));
    for kind in [ViewKind::Map, ViewKind::Lanes, ViewKind::Spread, ViewKind::Matrix] {
        show_as(&mut harness, kind);
        assert!(!legend(&harness).contains(&"compromised".to_owned()), "{kind:?}");
        let shapes = |harness: &Harness<'static, Window>| {
            let groups = picture(harness).map.groups.iter();
            let of_mark = groups.filter(|own_group| own_group.subject == PictureSubject::Mark(own));
            of_mark.map(|group| group.shapes.len()).sum::<usize>()
        };
        let before = shapes(&harness);
        let name = SubjectName::of(&answers.graph, own);
        apply(&mut harness, Command::Rotate(RotationCommand::Mark(vec![name], true)));
        assert!(legend(&harness).contains(&"compromised".to_owned()), "{kind:?}");
        assert!(shapes(&harness) > before, "{kind:?}: it is drawn at the mark");
        apply(&mut harness, Command::Undo);
        assert!(!legend(&harness).contains(&"compromised".to_owned()), "{kind:?}");
        assert_eq!(shapes(&harness), before, "{kind:?}");
    }
}

fn button(harness: &mut Harness<'static, Window>, pos: egui::Pos2, pressed: bool) {
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
    harness.step();
}

#[test]
fn the_button_lets_the_next_drag_draw_a_lasso_and_only_that_one() {
    let mut harness = sample("talk.csv");
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::Fit));
    harness.get_by_label("Lasso").click();
    settle(&mut harness);
    assert!(harness.state().model.session.lasso);
    let picture = picture(&harness).clone();
    let mark = *picture.marks.first().expect("there are marks");
    let around = |x: f32, y: f32| pos2(mark.centre.x + x * 12.0, mark.centre.y + y * 12.0);
    let corners = [around(-1.0, -1.0), around(1.0, -1.0), around(1.0, 1.0), around(-1.0, 1.0)];
    let area = |at: crate::layout::Point| {
        (at.x - mark.centre.x).abs() <= 12.0 && (at.y - mark.centre.y).abs() <= 12.0
    };
    let within = picture.marks.iter().filter(|own| area(own.centre));
    let expected: BTreeSet<Subject> = within.map(|own| own.subject).collect();
    harness.hover_at(corners[0]);
    harness.run();
    button(&mut harness, corners[0], true);
    for corner in corners.iter().skip(1).chain(&corners[..1]) {
        harness.event(egui::Event::PointerMoved(*corner));
        harness.step();
    }
    button(&mut harness, corners[0], false);
    settle(&mut harness);
    let model = &harness.state().model;
    assert_eq!(model.selected_all().iter().copied().collect::<BTreeSet<_>>(), expected);
    assert!(!model.session.lasso, "only once");
    harness.key_press(Key::L);
    settle(&mut harness);
    assert!(harness.state().model.session.lasso);
    harness.key_press(Key::Escape);
    settle(&mut harness);
    let model = &harness.state().model;
    assert!(!model.session.lasso && !model.selected_all().is_empty(), "Esc leaves the lasso alone");
}

fn wheel(harness: &mut Harness<'static, Window>, delta: egui::Vec2) {
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta,
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
        source: egui::MouseWheelSource::Wheel,
    });
    harness.run();
}

#[test]
fn in_a_low_pane_every_row_of_a_path_comes_into_sight_by_scrolling() {
    let mut harness = sample("payments.csv");
    harness.set_size(vec2(1000.0, 560.0));
    // The longest of the listed paths.
    let paths = harness.state().model.listed_paths().expect("there are paths");
    let longest = (0..paths.len()).max_by_key(|&at| paths[at].hops.len()).expect("one");
    let route = RouteOf::Listed(longest);
    apply(&mut harness, Command::Answer(AnswerCommand::Show(route)));
    show_as(&mut harness, ViewKind::Path);
    let map = harness.state().model.map().expect("it is laid out").clone();
    let rows: BTreeSet<String> = map.notes.iter().flat_map(|note| note.lines.clone()).collect();
    assert!(rows.len() > 2);
    let mut seen = BTreeSet::new();
    let pane = harness.get_by_label("Path of credentials and services").rect();
    harness.hover_at(pane.center());
    harness.run();
    for across in 0_u8..7 {
        apply(&mut harness, Command::Look(LookCommand::Fit));
        wheel(&mut harness, vec2(-200.0 * f32::from(across), 0.0));
        for _ in 0..12 {
            let picture = picture(&harness);
            let is_whole = |text: &&crate::scene::Text| {
                text.at.y > picture.area.top + 6.0 && text.at.y < picture.legend_top - 6.0
            };
            seen.extend(picture.map.texts.iter().filter(is_whole).map(|text| text.text.clone()));
            wheel(&mut harness, vec2(0.0, -40.0));
        }
    }
    let is_seen = |row: &&String| {
        let is_it = |text: &String| match text.strip_suffix('…') {
            Some(begin) => row.starts_with(begin),
            None => text == *row,
        };
        seen.iter().any(is_it)
    };
    let missing: Vec<&String> = rows.iter().filter(|row| !is_seen(row)).collect();
    assert!(missing.is_empty(), "{missing:?} of {rows:?}");
}

#[test]
fn all_that_is_selected_and_every_step_from_it_are_in_the_accessibility_tree_of_each_view() {
    let mut harness = sample("payments.csv");
    let own = find(&harness, "release-deploy-key");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let others: Vec<Subject> = answers.subjects().take(3).collect();
    for kind in ViewKind::ALL {
        apply(&mut harness, Command::Select(Some(own)));
        show_as(&mut harness, kind);
        harness.get_by_label_contains("selected: release-deploy-key");
        let steps = steps_from(&answers, own, 100);
        assert_eq!(steps.len(), 8, "two hold it and it opens six");
        for (_, words) in &steps {
            assert!(harness.query_all_by_label(words).next().is_some(), "{kind:?}: {words}");
        }
        for mark in &picture(&harness).marks {
            let name = format!("{}, ", answers.name(mark.subject));
            let is_there = harness.query_all_by_label_contains(&name).next().is_some();
            let many = picture(&harness).marks.len() > 300;
            assert!(is_there || many, "{kind:?}: {name}");
        }
        apply(&mut harness, Command::SelectAll(others.clone()));
        for (at, subject) in others.iter().enumerate() {
            let words = format!("selected, {} of 3: {}, ", at + 1, answers.name(*subject));
            let found = harness.query_all_by_label_contains(&words).count();
            assert_eq!(found, 1, "{kind:?}: {words}");
        }
        let words = format!("selected, 2 of 3: {}, ", answers.name(others[1]));
        harness.get_by_label_contains(&words).click_accesskit();
        settle(&mut harness);
        assert_eq!(harness.state().model.selected(), Some(others[1]), "{kind:?}");
    }
}
