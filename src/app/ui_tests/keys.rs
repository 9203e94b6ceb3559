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
    let field = harness.get_all_by_role(egui::accesskit::Role::TextInput).next();
    field.expect("the search field at least").focus();
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

#[test]
fn enter_presses_the_strong_button_in_sight() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let worst = harness.state().model.selected().expect("the worst is selected");
    harness.state_mut().model.apply(Command::Select(None));
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().model.selected(), Some(worst));
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = crate::app::ui_tests::reimport::changed_file(folder.path());
    harness.state_mut().model.apply(Command::Reimport(ReimportCommand::Read));
    settle(&mut harness);
    assert!(harness.query_by_label("Show the worst").is_none(), "one strong button at most");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let model = &harness.state().model;
    assert!(model.comparison.is_none());
    assert_eq!(model.undoes(), Some("importing keys.csv"));
}

#[test]
fn keys_act_while_a_button_has_the_focus_and_enter_presses_that_one() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let fold = |harness: &Harness<'static, Window>| {
        harness.state().model.session.is_folded(crate::app::model::panes::Pane::Tables)
    };
    harness.get_by_label("Cut & plan").focus();
    harness.run();
    let theme_mode = harness.state().model.session.theme_mode;
    press(&mut harness, Modifiers::NONE, Key::T);
    assert_ne!(harness.state().model.session.theme_mode, theme_mode);
    press(&mut harness, Modifiers::NONE, Key::Backslash);
    assert!(fold(&harness));
    press(&mut harness, Modifiers::NONE, Key::Backslash);
    harness.get_by_label("Coverage").focus();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().model.session.tab, crate::app::model::tab::Tab::Coverage);
}

#[test]
fn escape_puts_a_notice_away_before_it_leaves_the_selection() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    harness.state_mut().model.notice = Some("it is saved".to_owned());
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().model.notice, None);
    assert!(harness.state().model.selected().is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().model.selected(), None);
}

#[test]
fn an_end_is_picked_by_its_name_the_arrows_and_enter() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    press(&mut harness, Modifiers::COMMAND, Key::Num5);
    harness.get_by_label("From all 20 entry points").click();
    harness.run();
    harness.event(egui::Event::Text("shop".to_owned()));
    harness.run();
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let name = |at| answers.name(crate::analysis::Subject::Instance(at));
    let ends = answers.ends.entry_points.iter().copied();
    let first_two: Vec<_> = ends.filter(|at| name(*at).contains("shop")).take(1).collect();
    let others = answers.graph.instance_indices();
    let others = others.filter(|at| answers.ends.entry_points.binary_search(at).is_err());
    let all: Vec<_> =
        first_two.into_iter().chain(others.filter(|at| name(*at).contains("shop"))).collect();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let picked = harness.state().model.picked.from.instance();
    assert_eq!(picked, all.first().copied(), "of {} that have it in their names", all.len());
    assert_eq!(harness.state().model.session.tab, crate::app::model::tab::Tab::Paths);
}
