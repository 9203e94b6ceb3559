//! The arrow keys walk along links, and each step is said in words.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, sample, settle};
use crate::analysis::Subject;
use crate::app::model::command::{Command, LookCommand};
use crate::app::model::walking::steps_from;
use crate::app::shell::window::Window;

/// k leads from a and b to x, y and z; old is dead; what x has is not said.
const TABLE: &str = "id,service,environment,access,status\nk,a,dev,holds,\nk,b,dev,holds,\n\
                     k,x,prod,grants,\nk,y,prod,grants,\nk,z,prod,grants,\nold,z,prod,holds,revoked\n\
                     u,x,prod,,\n";

fn opened(select: &str) -> Harness<'static, Window> {
    let mut harness = empty();
    open(&mut harness, "keys.csv", TABLE.as_bytes().to_vec());
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let subject = answers.find_named(select).expect("it is there");
    harness.state_mut().model.apply(Command::Select(Some(subject)));
    harness.state_mut().model.apply(Command::Look(LookCommand::ToMap));
    settle(&mut harness);
    harness
}

fn press(harness: &mut Harness<'static, Window>, key: Key) {
    harness.key_press(key);
    settle(harness);
}

fn words(harness: &Harness<'static, Window>) -> Option<String> {
    harness.state().model.last_step().map(|step| step.words.clone())
}

#[test]
fn each_arrow_key_makes_the_step_that_its_words_say() {
    let mut harness = opened("k");
    for (key, name, says) in [
        (Key::ArrowRight, "x in prod", "k grants x in prod; 1 of 3"),
        (Key::ArrowDown, "y in prod", "k grants y in prod; 2 of 3"),
        (Key::ArrowDown, "z in prod", "k grants z in prod; 3 of 3"),
        (Key::ArrowDown, "z in prod", "k grants z in prod; 3 of 3"),
        (Key::ArrowRight, "old", "z in prod holds old, dead; 1 of 1"),
        (Key::ArrowLeft, "z in prod", "z in prod holds old, dead; 1 of 1"),
        (Key::ArrowLeft, "k", "k grants z in prod; 1 of 1"),
        (Key::ArrowLeft, "a in dev", "a in dev holds k; 1 of 2"),
        (Key::ArrowDown, "b in dev", "b in dev holds k; 2 of 2"),
        (Key::ArrowUp, "a in dev", "a in dev holds k; 1 of 2"),
        (Key::ArrowLeft, "a in dev", "nothing grants a in dev"),
        (Key::ArrowRight, "k", "a in dev holds k; 1 of 1"),
    ] {
        press(&mut harness, key);
        assert_eq!(super::selected_name(&harness).as_deref(), Some(name), "{says}");
        assert_eq!(words(&harness).as_deref(), Some(says));
        assert!(harness.query_all_by_label(says).next().is_some(), "{says} stands on the screen");
    }
}

#[test]
fn a_step_back_goes_to_where_one_came_from_though_it_is_not_the_first() {
    let mut harness = opened("x@prod");
    press(&mut harness, Key::ArrowLeft);
    press(&mut harness, Key::ArrowDown);
    assert_eq!(words(&harness).as_deref(), Some("u grants x in prod, assumed; 2 of 2"));
    let mut harness = opened("b@dev");
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(super::selected_name(&harness).as_deref(), Some("b in dev"));
}

#[test]
fn without_a_selection_or_with_shift_the_map_moves_and_in_a_table_rows_are_walked() {
    let mut harness = opened("k");
    let camera = |harness: &Harness<'static, Window>| {
        harness.state().camera().expect("the map is in sight").centre
    };
    let before = camera(&harness);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    settle(&mut harness);
    assert!(camera(&harness).x > before.x);
    assert_eq!(super::selected_name(&harness).as_deref(), Some("k"));
    harness.state_mut().model.apply(Command::Select(None));
    settle(&mut harness);
    let before = camera(&harness);
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowDown);
    let after = camera(&harness);
    assert!(after.x > before.x && after.y > before.y);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    settle(&mut harness);
    press(&mut harness, Key::ArrowDown);
    assert!(harness.state().model.session.in_table && words(&harness).is_none());
}

#[test]
fn what_is_selected_and_every_step_from_it_are_in_the_accessibility_tree() {
    let harness = opened("k");
    for label in [
        "k grants x in prod; 1 of 3",
        "k grants y in prod; 2 of 3",
        "k grants z in prod; 3 of 3",
        "a in dev holds k; 1 of 2",
        "b in dev holds k; 2 of 2",
    ] {
        harness.get_by_label(label);
    }
    harness.get_by_label_contains("selected: k, credential, reaches 3 services");
}

#[test]
fn a_step_in_the_accessibility_tree_can_be_pressed_though_it_is_hidden() {
    let mut harness = opened("k");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let y = answers.find_named("y@prod").expect("it is there");
    let hide = crate::app::model::command::SightCommand::Hide(vec![y]);
    harness.state_mut().model.apply(Command::Sight(hide));
    settle(&mut harness);
    harness.get_by_label("k grants y in prod; 2 of 3").click_accesskit();
    settle(&mut harness);
    assert_eq!(harness.state().model.selected(), Some(y));
}

#[test]
fn the_steps_from_anything_are_its_links_each_way_by_name() {
    let harness = sample("payments.csv");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let graph = &answers.graph;
    for subject in answers.subjects() {
        let mut expected = Vec::new();
        for is_along in [true, false] {
            let leads = |edge: &&crate::graph::Edge| {
                let holds = edge.kind == crate::graph::EdgeKind::Holds;
                match subject {
                    Subject::Credential(at) => edge.credential == at && holds != is_along,
                    Subject::Instance(at) => edge.instance == at && holds == is_along,
                }
            };
            let end = |edge: &crate::graph::Edge| match subject {
                Subject::Credential(_) => Subject::Instance(edge.instance),
                Subject::Instance(_) => Subject::Credential(edge.credential),
            };
            let mut ends: Vec<_> = graph.edges().iter().filter(leads).map(end).collect();
            ends.sort_unstable();
            ends.dedup();
            expected.extend(ends);
        }
        let found: Vec<_> =
            steps_from(&answers, subject, usize::MAX).into_iter().map(|(to, _)| to).collect();
        assert_eq!(found, expected, "{}", answers.name(subject));
    }
}
