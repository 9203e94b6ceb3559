//! Keys: each does what the page of keys says, and nothing else.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::model::command::{Command, FixCommand, ReimportCommand};
use crate::app::shell::window::Window;
use crate::app::ui_tests::{sample, settle};

const REDO: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn fixes(harness: &Harness<'static, Window>) -> usize {
    harness.state().model.project.fixes.list().len()
}

fn press(harness: &mut Harness<'static, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

#[test]
fn both_shortcuts_of_redo_do_it_again_and_neither_undoes() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    harness.state_mut().model.apply(Command::Fix(FixCommand::AddPlan));
    settle(&mut harness);
    let all = fixes(&harness);
    assert!(all > 0);
    press(&mut harness, REDO, Key::Z);
    assert_eq!(fixes(&harness), all, "there is nothing to redo, and nothing is undone");
    for (modifiers, key) in [(Modifiers::COMMAND, Key::Y), (REDO, Key::Z)] {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
        assert_eq!(fixes(&harness), 0);
        press(&mut harness, modifiers, key);
        assert_eq!(fixes(&harness), all);
    }
    assert!(harness.state().model.answers.is_some());
}

#[test]
fn while_a_field_is_written_in_it_takes_its_own_changes_back() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    harness.state_mut().model.apply(Command::Fix(FixCommand::AddPlan));
    settle(&mut harness);
    let all = fixes(&harness);
    let field = harness.get_by_role(egui::accesskit::Role::TextInput);
    field.focus();
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(fixes(&harness), all);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(fixes(&harness), 0);
}

#[test]
fn a_further_modifier_fires_no_other_command() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let theme_mode = harness.state().model.session.theme_mode;
    for modifiers in [Modifiers::SHIFT, Modifiers::ALT] {
        press(&mut harness, modifiers, Key::T);
        assert_eq!(harness.state().model.session.theme_mode, theme_mode);
        press(&mut harness, modifiers.plus(Modifiers::COMMAND), Key::W);
        assert!(harness.state().model.answers.is_some(), "the inventory stays open");
        press(&mut harness, modifiers.plus(Modifiers::COMMAND), Key::K);
        assert!(!harness.state().model.session.palette);
    }
}

#[test]
fn a_sign_works_however_the_layout_produces_it() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    for modifiers in [Modifiers::NONE, Modifiers::SHIFT, Modifiers::ALT] {
        let before = harness.state().camera().expect("the map is in sight").zoom;
        press(&mut harness, modifiers, Key::Plus);
        let after = harness.state().camera().expect("the map is in sight").zoom;
        assert!(after > before, "{modifiers:?}");
    }
}

#[test]
fn the_page_of_keys_names_both_shortcuts_of_redo() {
    let mut harness = sample("talk.csv");
    press(&mut harness, Modifiers::NONE, Key::F1);
    harness.get_by_label("Ctrl+Y or Ctrl+Shift+Z");
}

#[test]
fn under_a_comparison_that_waits_for_its_answer_keys_do_nothing_and_escape_keeps_what_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = crate::app::ui_tests::reimport::changed_file(folder.path());
    harness.state_mut().model.apply(Command::Reimport(ReimportCommand::Read));
    settle(&mut harness);
    let theme_mode = harness.state().model.session.theme_mode;
    press(&mut harness, Modifiers::NONE, Key::T);
    press(&mut harness, Modifiers::COMMAND, Key::W);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    let model = &harness.state().model;
    assert!(model.answers.is_some() && model.comparison.is_some());
    assert_eq!(model.session.theme_mode, theme_mode);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let model = &harness.state().model;
    assert!(model.answers.is_some() && model.comparison.is_none());
}
