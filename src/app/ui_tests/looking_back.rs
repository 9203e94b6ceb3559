//! Back and forward through what was looked at.

use egui::{Key, Modifiers};
use egui_kittest::Harness;

use super::{sample, selected_name, settle};
use crate::analysis::Subject;
use crate::app::commands::table::all;
use crate::app::model::command::{
    AnswerCommand, Command, GoCommand, LookCommand, SightCommand, TableCommand,
};
use crate::app::model::filters::Facet;
use crate::app::model::looking_back::look_of;
use crate::app::model::looks::Look;
use crate::app::model::route::RouteOf;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::graph::{CredentialIndex, InstanceIndex};

fn press(harness: &mut Harness<'static, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

fn look(harness: &Harness<'static, Window>) -> Look {
    look_of(&harness.state().model)
}

/// One command of each sort that looks at something else.
fn commands() -> Vec<Command> {
    let instance = InstanceIndex(3);
    let (one, other) =
        (Subject::Credential(CredentialIndex(0)), Subject::Instance(InstanceIndex(0)));
    vec![
        Command::Select(Some(one)),
        Command::SelectAll(vec![one, other]),
        Command::Go(GoCommand::SpreadFrom(vec![other])),
        Command::Go(GoCommand::SpreadTo(instance)),
        Command::Look(LookCommand::Focus),
        Command::Go(GoCommand::FocusAround(vec![one])),
        Command::Filter(Facet::Shared, true),
        Command::Sight(SightCommand::OnlyFound("in prod".to_owned())),
        Command::ClearFilters,
        Command::Table(TableCommand::Show(Tab::Credentials)),
        Command::Table(TableCommand::Pick(2)),
        Command::Table(TableCommand::PickOwner(None)),
        Command::Table(TableCommand::Show(Tab::Paths)),
        Command::Answer(AnswerCommand::Show(RouteOf::Listed(0))),
        Command::Select(None),
    ]
}

#[test]
fn back_leads_through_every_look_and_forward_to_the_last_one_again() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let mut looks = vec![look(&harness)];
    for command in commands() {
        let words = format!("{command:?}");
        apply(&mut harness, command);
        assert_ne!(Some(&look(&harness)), looks.last(), "{words} looks at something else");
        looks.push(look(&harness));
    }
    let steps = harness.state().model.history.position();
    for expected in looks.iter().rev().skip(1) {
        press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
        assert_eq!(look(&harness), *expected);
    }
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(Some(&look(&harness)), looks.first(), "there is nothing before the first one");
    for expected in looks.iter().skip(1) {
        press(&mut harness, Modifiers::ALT, Key::ArrowRight);
        assert_eq!(look(&harness), *expected);
    }
    assert_eq!(harness.state().model.history.position(), steps, "it is no undo");
}

#[test]
fn the_map_shows_what_is_gone_back_to() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let data = |harness: &Harness<'static, Window>| {
        let data = &harness.state().model.views.active().data;
        (data.highlight.clone(), data.sight.marks.clone(), data.selected.clone())
    };
    let before = data(&harness);
    apply(&mut harness, Command::Filter(Facet::Shared, true));
    apply(&mut harness, Command::Select(Some(Subject::Instance(InstanceIndex(3)))));
    assert_ne!(data(&harness), before);
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(data(&harness), before);
}

#[test]
fn escape_goes_back_one_look_and_at_last_to_nothing() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let worst = selected_name(&harness);
    apply(&mut harness, Command::Select(Some(Subject::Instance(InstanceIndex(0)))));
    apply(&mut harness, Command::Select(Some(Subject::Instance(InstanceIndex(1)))));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let first = Some(Subject::Instance(InstanceIndex(0)));
    assert_eq!(harness.state().model.selected(), first);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(selected_name(&harness), worst);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(selected_name(&harness), None);
    press(&mut harness, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(selected_name(&harness), worst);
    press(&mut harness, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(harness.state().model.selected(), first);
}

#[test]
fn something_new_ends_what_was_ahead_and_other_answers_keep_what_is_still_there() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    for at in 0..3 {
        apply(&mut harness, Command::Select(Some(Subject::Instance(InstanceIndex(at)))));
    }
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    apply(&mut harness, Command::Select(Some(Subject::Instance(InstanceIndex(9)))));
    assert_eq!(harness.state().model.looks.both_ways(), (true, false));
    let mut assumptions =
        crate::inventory::Assumptions::clone(&harness.state().model.project.assumptions);
    assumptions.rotation_days += 1;
    apply(&mut harness, Command::Assume(assumptions));
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    let second = Some(Subject::Instance(InstanceIndex(1)));
    assert_eq!(harness.state().model.selected(), second);
}

#[test]
fn the_actions_say_when_there_is_nothing_to_go_to() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let why = |harness: &Harness<'static, Window>, name: &str| {
        let action = all().find(|action| action.name == name).expect("it is there");
        action.available(&harness.state().model).err()
    };
    assert_eq!(why(&harness, "Back"), Some("nothing else was looked at before"));
    assert_eq!(why(&harness, "Forward"), Some("nothing was left by going back"));
    apply(&mut harness, Command::Select(None));
    assert_eq!(why(&harness, "Back"), None);
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!((why(&harness, "Back").is_some(), why(&harness, "Forward")), (true, None));
}
