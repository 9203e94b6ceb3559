//! Clicks in the import wizard: what is staged, overruled, remembered, and opened.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::clicks::{SMALL, empty, open, sample, settle, stage};
use super::jobs::Opening;
use super::model::{Command, StageCommand};
use super::window::Window;

#[test]
fn wizard_drop_then_import_is_all_it_takes_and_undo_brings_back_what_was_open() {
    let mut harness = sample("talk.csv");
    let folder = std::env::temp_dir().join(format!("keyreach-wizard-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("small.csv");
    std::fs::write(&path, SMALL).unwrap();
    let opening = Opening::Files(vec![path]);
    harness.state_mut().model.apply(Command::Stage(StageCommand::Begin(opening)));
    settle(&mut harness);
    harness.get_by_label("Delimiter: semicolon, detected");
    harness.get_by_label_contains("3 rows: 3 new, 0 merged, 0 skipped, 0 rejected → 2 credentials");
    assert_eq!(harness.state().model.ground.files, ["talk.csv"]);
    harness.get_by_label("Import").click();
    settle(&mut harness);
    std::fs::remove_dir_all(&folder).unwrap();
    let credentials = |harness: &Harness<'static, Window>| {
        let answers = harness.state().model.answers.clone().expect("there are answers");
        answers.graph.credentials().len()
    };
    assert_eq!(credentials(&harness), 2);
    assert_eq!(harness.state().model.undoes(), Some("the import of small.csv"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    settle(&mut harness);
    assert_eq!(harness.state().model.ground.files, ["talk.csv"]);
    assert_eq!(credentials(&harness), 31);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Y);
    settle(&mut harness);
    assert_eq!(credentials(&harness), 2);
}

#[test]
fn wizard_left_with_escape_leaves_what_was_open() {
    let mut harness = sample("talk.csv");
    stage(&mut harness, &[("small.csv", SMALL)]);
    harness.key_press(egui::Key::W);
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.state().model.staging.is_none());
    assert_eq!(harness.state().model.ground.files, ["talk.csv"]);
    harness.get_by_label("1 credential lets dev and ci reach prod");
}

#[test]
fn wizard_controls_draw_the_preview_anew_and_enter_imports() {
    let mut harness = empty();
    stage(&mut harness, &[("small.csv", SMALL)]);
    harness.get_by_label("Delimiter: semicolon, detected").click();
    harness.run();
    harness.get_by_label("comma").click();
    settle(&mut harness);
    harness.get_by_label("Delimiter: comma, you said so");
    harness.get_by_label("No row can be shown yet");
    harness.get_by_label("As detected").click();
    settle(&mut harness);
    harness.get_by_label("Delimiter: semicolon, detected");
    harness.get_by_label("bill");
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().model.ground.files, ["small.csv"]);
}

#[test]
fn wizard_remembers_a_shape_and_one_decision_serves_all_of_it() {
    let mut harness = empty();
    let text = "id,Wo,environment\nk1,pay,dev\n";
    stage(&mut harness, &[("one.csv", text), ("two.csv", text)]);
    harness.get_by_label_contains("Decide for all 2 files");
    harness.get_by_label("Meaning of Wo: not used").click();
    harness.run();
    harness.get_by_label("service").click();
    settle(&mut harness);
    harness.get_by_label("Meaning of Wo: service");
    assert_eq!(harness.state().model.staging.as_ref().unwrap().settings.said.len(), 2);
    harness.get_by_label("Import").click();
    settle(&mut harness);
    assert_eq!(harness.state().model.import_settings.remembered.len(), 1);
    stage(&mut harness, &[("three.csv", text)]);
    harness.get_by_label("remembered from a table of this shape");
    harness.get_by_label("Meaning of Wo: service");
}

#[test]
fn wizard_opens_by_itself_where_no_header_is_known_and_takes_what_was_pasted() {
    let mut harness = empty();
    open(&mut harness, "odd.csv", b"Nummer,Programm\nk1,pay\n".to_vec());
    assert!(harness.state().model.staging.is_some());
    harness.get_by_label("Header: none known, detected");
    harness.key_press(egui::Key::Escape);
    harness.run();
    harness.event(egui::Event::Paste(SMALL.to_owned()));
    settle(&mut harness);
    harness.get_by_label("Delimiter: semicolon, detected");
    harness.get_by_label("Import").click();
    settle(&mut harness);
    assert_eq!(harness.state().model.ground.files, ["pasted text"]);
    assert!(harness.state().model.ground.opened.is_none());
}
