//! The file of the project: saved, opened again, and never lost without a question.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{SMALL, empty, settle};
use crate::analysis::FixKind;
use crate::app::model::Model;
use crate::app::model::command::{
    ArrangeCommand, Command, FixCommand, LookCommand, ProjectCommand, RotationCommand,
    StageCommand, UnsavedAnswer,
};
use crate::app::shell::window::Window;
use crate::project::{CredentialName, GroupBy, NamedFix, Opening, SubjectName};
use crate::scene::ViewKind;

fn fix(id: &str) -> Command {
    Command::Fix(FixCommand::Add(NamedFix::new(id, FixKind::Revoke)))
}

fn save() -> Command {
    Command::Project(ProjectCommand::Save)
}

fn answer(answer: UnsavedAnswer) -> Command {
    Command::Project(ProjectCommand::Answer(answer))
}

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

fn model<'a>(harness: &'a Harness<'static, Window>) -> &'a Model {
    &harness.state().model
}

fn open(harness: &mut Harness<'static, Window>, path: &Path) {
    apply(harness, Command::Open(Opening::Files(vec![path.to_owned()])));
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path
}

/// A window on a file, with its project saved beside it.
fn saved(folder: &Path) -> (Harness<'static, Window>, PathBuf) {
    let mut harness = empty();
    let file = written(folder, "small.csv", SMALL);
    open(&mut harness, &file);
    let path = folder.join("small.keyreach");
    apply(&mut harness, save());
    harness.get_by_label("Save the project as");
    harness.get_by_label("Save").click();
    harness.run();
    settle(&mut harness);
    assert!(path.is_file(), "{:?}", model(&harness).notice);
    (harness, path)
}

fn title(harness: &Harness<'static, Window>) -> String {
    model(harness).saving.title(&model(harness).project)
}

#[test]
fn what_was_made_comes_back_when_the_project_is_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, path) = saved(folder.path());
    assert_eq!(title(&harness), "small.keyreach – Keyreach");
    let start = SubjectName::Credential(CredentialName::Known("k1".to_owned()));
    for command in [
        fix("k1"),
        Command::Rotate(RotationCommand::Add(start)),
        Command::Arrange(ArrangeCommand::GroupBy(GroupBy::Service)),
    ] {
        apply(&mut harness, command);
    }
    let mut assumptions = model(&harness).project.assumptions.as_ref().clone();
    assumptions.rotation_days = 7;
    apply(&mut harness, Command::Assume(assumptions));
    assert_eq!(title(&harness), "• small.keyreach – Keyreach");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run();
    settle(&mut harness);
    assert_eq!(title(&harness), "small.keyreach – Keyreach");
    let made = model(&harness).project.clone();
    drop(harness);
    let mut again = empty();
    open(&mut again, &path);
    let found = &model(&again).project;
    assert_eq!((&found.fixes, &found.rotation), (&made.fixes, &made.rotation));
    assert_eq!((&found.arrangement, &found.assumptions), (&made.arrangement, &made.assumptions));
    assert_eq!(
        found.sources.files,
        ["small.csv"].map(|name| folder.path().join(name).display().to_string())
    );
    assert!(model(&again).answers.is_some() && model(&again).undoes().is_none());
    assert_eq!(title(&again), "small.keyreach – Keyreach");
    // The files behind it can be read again, under the key that lies beside it.
    assert!(model(&again).has_files());
    assert!(folder.path().join("small.keyreach.key").is_file());
}

// Lanes at the left with k1 lit, and a map beside it: saved with the project, and no work of their own.
#[test]
fn what_the_views_showed_is_found_again_and_is_neither_unsaved_work_nor_a_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, path) = saved(folder.path());
    let k1 = model(&harness).answers.as_ref().and_then(|answers| answers.find_named("k1"));
    let look = |look: LookCommand| Command::Look(look);
    apply(&mut harness, Command::Select(k1));
    apply(&mut harness, look(LookCommand::Split));
    apply(&mut harness, look(LookCommand::ShowAs(ViewKind::Lanes)));
    assert_eq!(title(&harness), "small.keyreach – Keyreach", "nothing is unsaved");
    let kinds = |harness: &Harness<'static, Window>| -> Vec<ViewKind> {
        model(harness).views.iter().map(|view| view.spec.kind).collect()
    };
    assert_eq!(kinds(&harness), [ViewKind::Lanes, ViewKind::Map]);
    apply(&mut harness, save());
    drop(harness);
    let mut again = empty();
    open(&mut again, &path);
    assert_eq!(kinds(&again), [ViewKind::Lanes, ViewKind::Map]);
    assert_eq!(model(&again).selected(), k1);
    assert!(model(&again).map().is_some_and(|map| map.kind == ViewKind::Lanes));
    assert_eq!(title(&again), "small.keyreach – Keyreach");
    assert!(model(&again).undoes().is_none());
}

#[test]
fn with_the_fixes_is_found_again_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, path) = saved(folder.path());
    apply(&mut harness, fix("k1"));
    apply(&mut harness, Command::Fix(FixCommand::ShowWith(true)));
    assert!(model(&harness).as_is.is_some());
    apply(&mut harness, save());
    drop(harness);
    let mut again = empty();
    open(&mut again, &path);
    assert!(model(&again).as_is.is_some() && model(&again).session.with_fixes);
}

#[test]
fn a_view_and_a_theme_are_no_unsaved_work_and_undo_takes_the_mark_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, _) = saved(folder.path());
    for command in [
        Command::Look(LookCommand::SwapTheme),
        Command::Look(LookCommand::Zoom(2.0)),
        Command::Look(LookCommand::Split),
    ] {
        apply(&mut harness, command);
    }
    assert_eq!(title(&harness), "small.keyreach – Keyreach");
    apply(&mut harness, fix("k1"));
    assert!(title(&harness).starts_with('•'));
    apply(&mut harness, Command::Undo);
    assert_eq!(title(&harness), "small.keyreach – Keyreach");
}

#[test]
fn closing_the_window_with_unsaved_work_asks_and_does_what_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, path) = saved(folder.path());
    let before = std::fs::read(&path).expect("it is there");
    apply(&mut harness, fix("k1"));
    apply(&mut harness, Command::Project(ProjectCommand::Quit));
    harness.get_by_label("Save your changes to small.keyreach?");
    assert!(!model(&harness).saving.quits);
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Don't save").is_none());
    apply(&mut harness, Command::Project(ProjectCommand::Quit));
    harness.get_by_label("Cancel").click();
    harness.run();
    assert!(!model(&harness).saving.asks() && !model(&harness).saving.quits);
    apply(&mut harness, Command::Project(ProjectCommand::Quit));
    harness.get_by_label("Save").click();
    harness.run();
    settle(&mut harness);
    assert!(model(&harness).saving.quits);
    assert_ne!(std::fs::read(&path).expect("it is there"), before);
    // With nothing unsaved nobody is asked.
    let (mut harness, path) = saved(tempfile::tempdir().expect("a folder").path());
    drop(path);
    apply(&mut harness, Command::Project(ProjectCommand::Quit));
    assert!(model(&harness).saving.quits);
}

#[test]
fn what_has_no_file_yet_is_asked_for_a_name_before_the_window_closes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = empty();
    open(&mut harness, &written(folder.path(), "small.csv", SMALL));
    assert_eq!(title(&harness), "Keyreach", "an inventory can be read again");
    apply(&mut harness, fix("k1"));
    apply(&mut harness, Command::Project(ProjectCommand::Quit));
    harness.get_by_label("Save your changes to a project?");
    harness.get_by_label("Save").click();
    harness.run();
    harness.get_by_label("Save the project as");
    harness.get_by_label("Save").click();
    harness.run();
    settle(&mut harness);
    assert!(model(&harness).saving.quits);
    assert!(folder.path().join("small.keyreach").is_file());
    let mut harness = empty();
    open(&mut harness, &folder.path().join("small.csv"));
    apply(&mut harness, fix("k1"));
    apply(&mut harness, Command::Project(ProjectCommand::Quit));
    harness.get_by_label("Don't save").click();
    harness.run();
    assert!(model(&harness).saving.quits);
}

#[test]
fn opening_something_else_with_unsaved_work_asks() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, path) = saved(folder.path());
    let other = "id,service,environment\nother,elsewhere,dev\n";
    let other = written(folder.path(), "other.csv", other);
    apply(&mut harness, fix("k1"));
    let take = |harness: &mut Harness<'static, Window>| {
        open(harness, &other);
        if model(harness).staging.is_some() {
            apply(harness, Command::Stage(StageCommand::Commit));
        }
    };
    take(&mut harness);
    harness.get_by_label("Save your changes to small.keyreach?");
    apply(&mut harness, answer(UnsavedAnswer::Cancel));
    assert_eq!(title(&harness), "• small.keyreach – Keyreach");
    take(&mut harness);
    apply(&mut harness, answer(UnsavedAnswer::Discard));
    // It is no part of the project; its file has nothing of it, and what was assumed is usual again.
    assert_eq!(title(&harness), "Keyreach");
    assert!(model(&harness).project.sources.files[0].ends_with("other.csv"));
    // Another project takes its place, and closing it asks only where something was made.
    open(&mut harness, &path);
    assert_eq!(title(&harness), "small.keyreach – Keyreach");
    assert!(model(&harness).project.fixes.is_empty());
    apply(&mut harness, fix("k2"));
    apply(&mut harness, Command::Close);
    harness.get_by_label("Save your changes to small.keyreach?");
    apply(&mut harness, answer(UnsavedAnswer::Save));
    assert!(model(&harness).inventory().is_none());
    open(&mut harness, &path);
    assert_eq!(model(&harness).project.fixes.list().len(), 1);
}

#[test]
fn a_file_that_somebody_else_changed_is_not_overwritten_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, path) = saved(folder.path());
    let (other, _) = saved(tempfile::tempdir().expect("a folder").path());
    drop(other);
    let theirs = std::fs::read_to_string(&path).expect("it is there");
    let theirs = theirs.replace("small.csv", "their.csv");
    std::fs::write(&path, &theirs).expect("written");
    apply(&mut harness, fix("k1"));
    apply(&mut harness, save());
    // What is there is damaged as far as the digest says; it is not ours to lose.
    let is_asked = model(&harness).saving.dialog.is_some();
    let kept = std::fs::read_to_string(&path).expect("it is there");
    assert!(is_asked || kept != theirs);
    let whole = model(&harness).saving.place.clone().expect("it has a file");
    std::fs::write(&whole.paths.file, b"{\"format\":\"x\"}\n{\"end\":\"0\"}\n").expect("written");
    apply(&mut harness, answer(UnsavedAnswer::Cancel));
    apply(&mut harness, fix("k2"));
    apply(&mut harness, save());
    harness.get_by_label_contains("somebody else has changed the file");
    assert!(std::fs::read(&path).expect("it is there").starts_with(b"{\"format\":\"x\""));
    harness.get_by_label("Replace it").click();
    harness.run();
    settle(&mut harness);
    assert_eq!(title(&harness), "small.keyreach – Keyreach");
    assert!(std::fs::read_to_string(&path).expect("it is there").contains("{\"known\":\"k2\"}"));
}

#[test]
fn a_name_that_is_taken_is_told_and_a_path_can_be_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, _) = saved(folder.path());
    let taken = written(folder.path(), "taken.keyreach", "theirs");
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    harness.run();
    let typed = |harness: &mut Harness<'static, Window>, path: &Path| {
        let path = path.display().to_string();
        apply(harness, Command::Project(ProjectCommand::Path(path)));
        apply(harness, Command::Project(ProjectCommand::SaveThere));
    };
    typed(&mut harness, &taken);
    harness.get_by_label_contains("there is a file of this name already");
    assert_eq!(std::fs::read(&taken).expect("it is there"), b"theirs");
    typed(&mut harness, &folder.path().join("free"));
    assert!(folder.path().join("free.keyreach").is_file());
    assert_eq!(title(&harness), "free.keyreach – Keyreach");
    // A folder that is not there is said, and what is open stays.
    apply(&mut harness, Command::Project(ProjectCommand::SaveAs));
    typed(&mut harness, &folder.path().join("no").join("x.keyreach"));
    let notice = model(&harness).notice.clone().expect("it is said");
    assert!(notice.contains("the folder does not exist"), "{notice}");
    assert_eq!(title(&harness), "free.keyreach – Keyreach");
    // The system's dialog says where, or that there is none.
    let place = folder.path().join("chosen.keyreach");
    let chosen = place.clone();
    harness.state_mut().model.ask_where = Arc::new(move |_| Some(chosen.clone()));
    apply(&mut harness, Command::Project(ProjectCommand::SaveAs));
    apply(&mut harness, Command::Project(ProjectCommand::Browse));
    assert!(place.is_file());
    harness.state_mut().model.ask_where = Arc::new(|_| None);
    apply(&mut harness, Command::Project(ProjectCommand::SaveAs));
    apply(&mut harness, Command::Project(ProjectCommand::Browse));
    harness.get_by_label_contains("type the path");
}

#[test]
fn two_windows_on_one_project_notice_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut first, path) = saved(folder.path());
    let mut second = empty();
    open(&mut second, &path);
    let notice = model(&second).notice.clone().expect("it is said");
    assert!(notice.contains("another window has it open"), "{notice}");
    apply(&mut first, fix("k1"));
    apply(&mut first, save());
    apply(&mut second, fix("k2"));
    apply(&mut second, save());
    let is_kept =
        std::fs::read_to_string(&path).expect("it is there").contains("{\"known\":\"k2\"}");
    assert!(!is_kept, "what the other window saved is not overwritten unasked");
    drop((first, second));
    let mut third = empty();
    open(&mut third, &path);
    assert!(model(&third).notice.is_none() && model(&third).project.fixes.list().len() == 1);
}

#[test]
fn a_damaged_project_is_asked_about_and_one_beside_other_files_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let (harness, path) = saved(folder.path());
    drop(harness);
    let text = std::fs::read_to_string(&path).expect("it is there");
    let damaged = written(folder.path(), "damaged.keyreach", &text.replacen("k1", "k7", 1));
    let mut harness = empty();
    open(&mut harness, &damaged);
    assert!(model(&harness).saving.asks());
    harness.get_by_label_contains("The project is damaged between lines");
    apply(&mut harness, answer(UnsavedAnswer::Cancel));
    assert!(model(&harness).inventory().is_none() && !model(&harness).saving.asks());
    let both = vec![path, folder.path().join("small.csv")];
    apply(&mut harness, Command::Open(Opening::Files(both)));
    let notice = model(&harness).notice.clone().expect("it is said");
    assert!(notice.contains("opened alone"), "{notice}");
    assert!(model(&harness).inventory().is_none());
}

#[test]
fn nothing_takes_the_place_of_a_project_while_it_is_being_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, path) = saved(folder.path());
    apply(&mut harness, fix("k1"));
    let both = |harness: &mut Harness<'static, Window>, then: Command| {
        harness.state_mut().model.apply(save());
        harness.state_mut().model.apply(then);
    };
    both(&mut harness, Command::Close);
    assert!(model(&harness).inventory().is_some(), "it waits for the end of saving");
    assert!(!model(&harness).saving.asks(), "nobody is asked while it is being saved");
    settle(&mut harness);
    assert!(model(&harness).inventory().is_none() && model(&harness).saving.place.is_none());
    open(&mut harness, &path);
    assert_eq!(model(&harness).project.fixes.list().len(), 1);
    // Nor does the window close.
    apply(&mut harness, fix("k2"));
    both(&mut harness, Command::Project(ProjectCommand::Quit));
    assert!(!model(&harness).saving.quits);
    settle(&mut harness);
    assert!(model(&harness).saving.quits);
    let mut harness = empty();
    open(&mut harness, &path);
    assert_eq!(model(&harness).project.fixes.list().len(), 2);
}
