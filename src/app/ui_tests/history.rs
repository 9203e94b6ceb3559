//! The list of undo steps, by clicks.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::analysis::FixKind;
use crate::app::model::command::{AnswerCommand, Command, FixCommand};
use crate::app::shell::window::Window;
use crate::app::ui_tests::{sample, settle};
use crate::project::NamedFix;

fn fix(id: &str) -> Command {
    Command::Fix(FixCommand::Add(NamedFix::new(id, FixKind::Revoke)))
}

fn fixes(harness: &Harness<'static, Window>) -> usize {
    harness.state().model.project.fixes.list().len()
}

#[test]
fn the_history_lists_every_step_and_a_click_jumps_to_it() {
    let mut harness = sample("talk.csv");
    for command in [
        fix("deploy-key-prod"),
        Command::Answer(AnswerCommand::StatedOnly(true)),
        fix("metrics-agent-token"),
    ] {
        harness.state_mut().model.apply(command);
    }
    settle(&mut harness);
    harness.get_by_label("Edit").click();
    harness.run();
    harness.get_by_label_contains("History").click();
    harness.run();
    harness.get_by_label("1. importing talk.csv");
    harness.get_by_label("3. changing the path ends");
    harness.get_by_label("2. adding “revoke deploy-key-prod”").click();
    settle(&mut harness);
    assert_eq!((fixes(&harness), harness.state().model.picked.stated_only), (1, false));
    harness.get_by_label("4. adding “revoke metrics-agent-token”").click();
    settle(&mut harness);
    assert_eq!((fixes(&harness), harness.state().model.picked.stated_only), (2, true));
    harness.get_by_label("The beginning").click();
    settle(&mut harness);
    assert!(harness.state().model.answers.is_none());
    harness.get_by_label("4. adding “revoke metrics-agent-token”").click();
    settle(&mut harness);
    assert_eq!((fixes(&harness), harness.state().model.picked.stated_only), (2, true));
    assert!(harness.state().model.answers.is_some());
    harness.get_by_label("Close the history").click();
    harness.run();
    assert!(harness.query_by_label("The beginning").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.event(egui::Event::Text("history".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("The beginning");
}
