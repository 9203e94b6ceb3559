//! What is selected as a whole: all in sight, the rest of it, and what it is linked to.

use std::collections::BTreeSet;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, settle};
use crate::app::model::command::{Command, LookCommand, SightCommand};
use crate::app::shell::window::Window;

const CTRL: Modifiers = Modifiers::COMMAND;

/// a –k1→ b –k2→ c –k3→ d, and k4 that only a holds.
const CHAIN: &str = "id,service,environment,access\nk1,a,dev,holds\nk1,b,dev,grants\nk2,b,dev,holds\n\
                     k2,c,dev,grants\nk3,c,dev,holds\nk3,d,dev,grants\nk4,a,dev,holds\n";

fn chain() -> Harness<'static, Window> {
    let mut harness = empty();
    open(&mut harness, "chain.csv", CHAIN.as_bytes().to_vec());
    settle(&mut harness);
    select(&mut harness, &[]);
    harness
}

fn select(harness: &mut Harness<'static, Window>, names: &[&str]) {
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let found = names.iter().map(|name| answers.find_named(name).expect("it is there"));
    harness.state_mut().model.apply(Command::SelectAll(found.collect()));
    settle(harness);
}

fn press(harness: &mut Harness<'static, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// The names of what is selected, in order and without their environment.
fn selected(harness: &Harness<'static, Window>) -> String {
    let model = &harness.state().model;
    let answers = model.answers.as_ref().expect("there are answers");
    let all = model.selected_all().iter();
    let names: BTreeSet<String> =
        all.map(|own| answers.name(*own).replace(" in dev", "")).collect();
    assert_eq!(names.len(), model.selected_all().len(), "each once");
    names.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn all_in_sight_are_selected_and_none_that_is_hidden() {
    let mut harness = chain();
    press(&mut harness, CTRL, Key::A);
    assert_eq!(selected(&harness), "a b c d k1 k2 k3 k4");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let hidden = answers.find_named("k4").expect("it is there");
    harness.state_mut().model.apply(Command::Sight(SightCommand::Hide(vec![hidden])));
    settle(&mut harness);
    press(&mut harness, CTRL, Key::A);
    assert_eq!(selected(&harness), "a b c d k1 k2 k3");
}

#[test]
fn what_is_selected_and_the_rest_of_it_change_places() {
    let mut harness = chain();
    select(&mut harness, &["k2", "a@dev"]);
    press(&mut harness, CTRL, Key::I);
    assert_eq!(selected(&harness), "b c d k1 k3 k4");
    press(&mut harness, CTRL, Key::I);
    assert_eq!(selected(&harness), "a k2");
    press(&mut harness, CTRL, Key::A);
    press(&mut harness, CTRL, Key::I);
    assert_eq!(selected(&harness), "", "nothing is the rest of all");
}

#[test]
fn neighbours_are_added_ring_by_ring() {
    let mut harness = chain();
    select(&mut harness, &["k2"]);
    for expected in ["b c k2", "b c k1 k2 k3", "a b c d k1 k2 k3", "a b c d k1 k2 k3 k4"] {
        press(&mut harness, Modifiers::COMMAND, Key::G);
        assert_eq!(selected(&harness), expected);
    }
}

#[test]
fn a_field_in_which_somebody_writes_selects_its_own_text() {
    let mut harness = chain();
    select(&mut harness, &["k2"]);
    let field = harness.get_all_by_role(egui::accesskit::Role::TextInput).next();
    field.expect("the search field at least").focus();
    harness.run();
    press(&mut harness, CTRL, Key::A);
    assert_eq!(selected(&harness), "k2");
}

#[test]
fn the_selection_is_brought_nearer_and_all_of_it_stays_in_sight() {
    let mut harness = chain();
    select(&mut harness, &["k3", "d@dev"]);
    harness.state_mut().model.apply(Command::Look(LookCommand::Fit));
    settle(&mut harness);
    let before = harness.state().camera().expect("the map is in sight").zoom;
    press(&mut harness, Modifiers::SHIFT, Key::F);
    harness.run_steps(30);
    assert!(harness.state().camera().expect("the map is in sight").zoom > before * 1.2);
    let picture = harness.state().picture().expect("the map is drawn");
    let all = harness.state().model.selected_all();
    for subject in all {
        let mark = picture.marks.iter().find(|own| own.subject == *subject);
        let centre = mark.expect("it is drawn").centre;
        let area = picture.area;
        assert!((area.left..=area.left + area.width).contains(&centre.x));
        assert!((area.top..=area.top + area.height).contains(&centre.y));
    }
}
