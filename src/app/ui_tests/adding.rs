//! Files that are added to what is open, or put in its place.

use std::path::{Path, PathBuf};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, sample, settle};
use crate::app::model::command::{Command, ReimportCommand, StageCommand};
use crate::app::shell::window::Window;
use crate::project::Opening;

const ONE: &str = "id,service,environment,access\nk1,shop,dev,holds\nk1,shop,prod,grants\n";
const TWO: &str = "id,service,environment,access\nk1,bank,prod,grants\nk2,bank,dev,holds\n";

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path
}

/// A window on the first file, with the second one opened after it.
fn second_opened(folder: &Path) -> Harness<'static, Window> {
    let mut harness = empty();
    for (name, text) in [("one.csv", ONE), ("two.csv", TWO)] {
        let opening = Opening::Files(vec![written(folder, name, text)]);
        harness.state_mut().model.apply(Command::Open(opening));
        settle(&mut harness);
    }
    harness
}

fn counts(harness: &Harness<'static, Window>) -> (usize, usize) {
    let answers = harness.state().model.answers.as_ref().expect("there are answers");
    (answers.totals.credentials, answers.totals.service_instances)
}

#[test]
fn another_inventory_is_added_when_asked_and_the_step_is_undone_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    // The second names the key of the first, so that it might as well be a newer export of it.
    let mut harness = second_opened(folder.path());
    assert!(harness.state().model.comparison.is_some());
    harness.get_by_label("Add it instead…").click();
    settle(&mut harness);
    harness.get_by_label("Add to what is open").click();
    settle(&mut harness);
    harness.get_by_label_contains("4 rows: 4 accepted, 0 merged, 0 skipped, 0 rejected → 2 cred");
    harness.get_by_label_contains("one.csv: 2 rows: 2 accepted");
    harness.get_by_label_contains("two.csv: 2 rows: 2 accepted");
    harness.get_by_label_contains("It is added to 1 open credential; 1 is new");
    harness.get_by_label("Import").click();
    settle(&mut harness);
    assert_eq!(counts(&harness), (2, 4));
    let model = &harness.state().model;
    assert_eq!(model.project.sources.paths().len(), 2);
    harness.state_mut().model.apply(Command::Reimport(ReimportCommand::Read));
    settle(&mut harness);
    assert!(harness.state().model.comparison.as_ref().is_some_and(|found| found.is_same()));
    harness.state_mut().model.apply(Command::Reimport(ReimportCommand::Keep));
    harness.state_mut().model.apply(Command::Undo);
    settle(&mut harness);
    assert_eq!(counts(&harness), (1, 2));
}

#[test]
fn a_file_of_something_else_waits_for_the_choice_whichever_way_it_comes() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = "credential,system\nx9,mail\n";
    let path = written(folder.path(), "other.csv", other);
    for opening in [
        Opening::Files(vec![path]),
        Opening::Bytes(vec![("other.csv".to_owned(), other.as_bytes().to_vec())]),
        Opening::Pasted(crate::import::FileBytes::new("pasted text", other.as_bytes().to_vec())),
    ] {
        let mut harness = empty();
        let first = Opening::Files(vec![written(folder.path(), "one.csv", ONE)]);
        harness.state_mut().model.apply(Command::Open(first));
        settle(&mut harness);
        harness.state_mut().model.apply(Command::Open(opening));
        settle(&mut harness);
        assert_eq!(counts(&harness), (1, 2), "what is open stays");
        harness.get_by_label("Replace what is open");
        harness.get_by_label("Add to what is open").click();
        settle(&mut harness);
        harness.get_by_label("Import").click();
        settle(&mut harness);
        assert_eq!(counts(&harness), (2, 3));
    }
}

#[test]
fn nothing_is_added_to_pasted_text_which_is_not_kept() {
    let mut harness = empty();
    let pasted = crate::import::FileBytes::new("pasted text", ONE.as_bytes().to_vec());
    harness.state_mut().model.apply(Command::Open(Opening::Pasted(pasted)));
    settle(&mut harness);
    let more = Opening::Bytes(vec![("more.csv".to_owned(), b"id,service\nz,mail\n".to_vec())]);
    harness.state_mut().model.apply(Command::Stage(StageCommand::Begin(more)));
    settle(&mut harness);
    harness.get_by_label("Add to what is open").click();
    settle(&mut harness);
    assert!(harness.state().model.staging.as_ref().is_some_and(|staging| staging.base.is_none()));
}

#[test]
fn the_figures_that_the_wizard_promises_are_those_after_the_import() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for name in ["messy.csv", "talk.csv", "no-access.csv"] {
        let bytes = std::fs::read(path.join(name)).expect("the sample is there");
        let mut harness = empty();
        let opening = Opening::Bytes(vec![(name.to_owned(), bytes)]);
        harness.state_mut().model.apply(Command::Stage(StageCommand::Begin(opening)));
        settle(&mut harness);
        let (credentials, instances) = counts(&sample(name));
        let promised = format!("→ {credentials} credentials, {instances} service instances");
        harness.get_by_label_contains(&promised);
    }
}

#[test]
fn single_keys_stay_with_a_list_that_is_open() {
    let mut harness = empty();
    let bytes = ONE.as_bytes().to_vec();
    let opening = Opening::Bytes(vec![("one.csv".to_owned(), bytes)]);
    harness.state_mut().model.apply(Command::Stage(StageCommand::Begin(opening)));
    settle(&mut harness);
    let theme = harness.state().model.session.theme_mode;
    harness.get_by_label_contains("Meaning of service").click();
    harness.run();
    harness.key_press(egui::Key::T);
    harness.key_press(egui::Key::Enter);
    harness.run();
    let model = &harness.state().model;
    assert_eq!(model.session.theme_mode, theme);
    assert!(model.staging.is_some() && model.answers.is_none(), "Enter imported nothing");
}

#[test]
fn a_file_that_cannot_be_read_leaves_what_was_open_and_says_why() {
    let mut harness = sample("talk.csv");
    let path = PathBuf::from("no-such-folder").join("keys.csv");
    harness.state_mut().model.apply(Command::Open(Opening::Files(vec![path])));
    harness.state_mut().model.finish_jobs();
    harness.run();
    let notice = harness.state().model.notice.clone().expect("the window says what happened");
    assert!(notice.contains("keys.csv"), "{notice}");
    assert_eq!(harness.state().model.project.sources.files, ["talk.csv"]);
    harness.get_by_label("1 credential lets dev and ci reach prod");
}
