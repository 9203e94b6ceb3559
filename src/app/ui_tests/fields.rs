//! What is typed into a field is neither lost nor kept where it must not be.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::hidden_names::apply;
use super::{SMALL, empty, open, settle};
use crate::analysis::{FixKind, Subject};
use crate::app::model::command::{Command, FixCommand, ProjectCommand};
use crate::app::model::finding_draft::FindingCommand;
use crate::app::model::saving::Waiting;
use crate::app::shell::window::Window;
use crate::graph::CredentialIndex;
use crate::project::{CredentialName, NamedFix, NoteOn, SubjectName};

/// A small inventory with a credential selected, and a project of it in a folder.
fn saved(folder: &std::path::Path) -> (Harness<'static, Window>, std::path::PathBuf) {
    let mut harness = empty();
    open(&mut harness, "small.csv", SMALL.as_bytes().to_vec());
    let path = folder.join("p.keyreach");
    apply(&mut harness, Command::Fix(FixCommand::Add(NamedFix::new("k1", FixKind::Revoke))));
    apply(&mut harness, Command::Project(ProjectCommand::SaveAs));
    apply(&mut harness, Command::Project(ProjectCommand::Path(path.display().to_string())));
    apply(&mut harness, Command::Project(ProjectCommand::SaveThere));
    apply(&mut harness, Command::Select(Some(Subject::Credential(CredentialIndex(0)))));
    (harness, path)
}

fn typed(harness: &mut Harness<'static, Window>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run();
}

fn notes(harness: &Harness<'static, Window>) -> Vec<String> {
    harness.state().model.project.notes.all().map(|(_, text)| text.to_owned()).collect()
}

#[test]
fn a_note_takes_what_is_typed_once_it_is_added_and_saving_keeps_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, path) = saved(folder.path());
    harness.get_by_label("Add a note").click();
    harness.run();
    // These would be commands elsewhere.
    typed(&mut harness, "so ask Bob");
    assert!(notes(&harness).is_empty(), "it is still being typed");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut harness);
    assert_eq!(notes(&harness), ["so ask Bob"]);
    let text = std::fs::read_to_string(&path).expect("it is saved");
    assert!(text.contains("so ask Bob"), "{text}");
    assert!(!harness.state().model.saving.has_unsaved(&harness.state().model.project));
}

#[test]
fn a_window_that_is_closed_asks_for_what_is_still_being_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, _) = saved(folder.path());
    harness.get_by_label("Add a note").click();
    harness.run();
    typed(&mut harness, "ask Bob");
    let viewport = harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    viewport.events.push(egui::ViewportEvent::Close);
    harness.run();
    let model = &harness.state().model;
    assert_eq!(notes(&harness), ["ask Bob"]);
    assert!(matches!(model.saving.waiting, Some(Waiting::Quit)) && !model.saving.quits);
    harness.get_by_label("Save your changes to p.keyreach?");
}

#[test]
fn what_is_typed_once_the_path_is_asked_for_is_the_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, path) = saved(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    harness.run();
    let dialog = harness.state().model.saving.dialog.clone().expect("it asks");
    assert_eq!(dialog.path, path.display().to_string());
    // It is selected, and gives way to what is typed.
    typed(&mut harness, "/q");
    typed(&mut harness, ".keyreach");
    let dialog = harness.state().model.saving.dialog.clone().expect("it asks");
    assert_eq!(dialog.path, "/q.keyreach");
}

#[test]
fn secret_values_in_notes_and_reasons_are_masked_and_names_are_not() {
    let mut harness = empty();
    // The id looks like a token, and is what the inventory calls it.
    let id = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
    let rows = format!("id,service,environment,access\n{id},web,dev,holds\nk1,db,prod,grants\n");
    open(&mut harness, "tokens.csv", rows.into_bytes());
    let names = harness.state().model.inventory().expect("it is open").clone();
    let k1 = NoteOn::Subject(SubjectName::Credential(CredentialName::Known("k1".to_owned())));
    let note = |text: &str| Command::Finding(FindingCommand::Note(k1.clone(), text.to_owned()));
    apply(&mut harness, note("rotate it, pw: Zx9!CanaryReason7Lp"));
    let kept = notes(&harness).concat();
    assert!(kept.starts_with("rotate it") && !kept.contains("Canary"), "{kept}");
    if names.names.find(id).is_some() {
        apply(&mut harness, note(&format!("same as {id}")));
        assert_eq!(notes(&harness), [format!("same as {id}")]);
    }
    // A name that looks like a value stays, for it is a name.
    let model = &harness.state().model;
    let known = names.names.ids().map(|name| names.text(name).to_owned());
    for name in known {
        assert_eq!(model.without_secrets(&name), name);
    }
}
