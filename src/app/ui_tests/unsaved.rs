//! What is not saved is kept in case of a crash, and offered at the next start.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{SMALL, empty, settle};
use crate::analysis::{FixKind, Subject};
use crate::app::model::Model;
use crate::app::model::autosave::{autosave, keep_unsaved_in};
use crate::app::model::command::{
    Command, FixCommand, PresentCommand, ProjectCommand, SceneCommand, TableCommand, UnsavedAnswer,
    WorkshopCommand, Written,
};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::graph::CredentialIndex;
use crate::project::{NamedFix, Opening, WorkshopNote, WorkshopNoteKind};

/// A window that keeps unsaved work in a folder.
fn started(folder: &Path) -> Harness<'static, Window> {
    let mut harness = empty();
    keep_unsaved_in(&mut harness.state_mut().model, folder.to_owned());
    wait(&mut harness);
    harness
}

/// Waits for what nobody is made to wait for.
fn wait(harness: &mut Harness<'static, Window>) {
    use crate::app::jobs::JobKind;
    while harness.state().model.jobs.runs(JobKind::Autosave) {
        harness.state_mut().model.collect_jobs();
        std::thread::yield_now();
    }
    harness.run();
}

fn fix(harness: &mut Harness<'static, Window>, id: &str) {
    let fix = NamedFix::new(id, FixKind::Revoke);
    harness.state_mut().model.apply(Command::Fix(FixCommand::Add(fix)));
    settle(harness);
}

fn open(harness: &mut Harness<'static, Window>, folder: &Path) {
    let path = folder.join("small.csv");
    std::fs::write(&path, SMALL).expect("written");
    harness.state_mut().model.apply(Command::Open(Opening::Files(vec![path])));
    settle(harness);
}

/// Lets half a minute go by.
fn later(harness: &mut Harness<'static, Window>) {
    let model: &mut Model = &mut harness.state_mut().model;
    let now = Instant::now();
    if let Some(left) = autosave(model, now) {
        assert!(left <= Duration::from_secs(30));
        autosave(model, now + Duration::from_secs(31));
    }
    wait(harness);
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

/// Waits until what is dropped off the drawing thread is gone.
fn assert_nothing_left(folder: &Path) {
    let started = Instant::now();
    while !names(folder).is_empty() && started.elapsed() < Duration::from_secs(10) {
        std::thread::yield_now();
    }
    assert_eq!(names(folder), Vec::<String>::new());
}

/// Leaves unsaved work behind, as a crash does: nothing is dropped.
fn crashed(folder: &Path, unsaved: &Path) {
    let mut harness = started(unsaved);
    open(&mut harness, folder);
    later(&mut harness);
    assert_eq!(names(unsaved), Vec::<String>::new(), "what was only opened can be read again");
    fix(&mut harness, "k1");
    later(&mut harness);
    assert_eq!(names(unsaved).len(), 2, "{:?}", names(unsaved));
    crash(harness, unsaved);
}

/// Ends a window without a word.
fn crash(mut harness: Harness<'static, Window>, unsaved: &Path) {
    let kept = names(unsaved);
    #[cfg(unix)]
    for name in kept {
        let about = std::fs::metadata(unsaved.join(name)).expect("it is there");
        let mode = std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777;
        assert_eq!(mode, 0o600);
    }
    // A crash drops nothing, but the system takes its locks back.
    let held = harness.state_mut().model.saving.autosave.kept.take().expect("it is kept");
    let copies: Vec<_> = names(unsaved)
        .into_iter()
        .map(|name| (unsaved.join(&name), std::fs::read(unsaved.join(name)).expect("it is there")))
        .collect();
    drop((held, harness));
    for (path, bytes) in copies {
        std::fs::write(path, bytes).expect("written");
    }
}

/// What is kept, as text.
fn kept_text(folder: &Path) -> String {
    let own = names(folder).into_iter().find(|name| name.ends_with(".keyreach"));
    own.map_or_else(String::new, |own| {
        std::fs::read_to_string(folder.join(own)).expect("it can be read")
    })
}

#[test]
fn what_is_being_typed_is_kept_though_its_field_was_not_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let unsaved = folder.path().join("unsaved");
    let mut harness = started(&unsaved);
    open(&mut harness, folder.path());
    let first = Subject::Credential(CredentialIndex(0));
    harness.state_mut().model.apply(Command::Select(Some(first)));
    settle(&mut harness);
    harness.get_by_label("Add a note").click();
    harness.run();
    harness.event(egui::Event::Text("ask Bob".to_owned()));
    harness.run();
    later(&mut harness);
    let text = kept_text(&unsaved);
    assert!(text.contains("ask Bob"), "{text}");
    assert_eq!(harness.state().model.project.notes.all().count(), 0, "it is still being typed");
    // What is typed on is kept with the next half a minute.
    harness.event(egui::Event::Text(" and Ann, pw: Zx9!CanaryReason7Lp".to_owned()));
    harness.run();
    later(&mut harness);
    let text = kept_text(&unsaved);
    assert!(text.contains("and Ann") && !text.contains("Canary"), "{text}");
    // A caption likewise.
    harness.state_mut().model.apply(Command::Scene(SceneCommand::Add));
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Scenes)));
    settle(&mut harness);
    harness.get_by_label("Caption").focus();
    harness.run();
    harness.event(egui::Event::Text("Look here".to_owned()));
    harness.run();
    later(&mut harness);
    assert!(kept_text(&unsaved).contains("Look here"), "{}", kept_text(&unsaved));
}

#[test]
fn what_is_written_down_on_the_stage_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let unsaved = folder.path().join("unsaved");
    let mut harness = started(&unsaved);
    open(&mut harness, folder.path());
    let note = WorkshopNote {
        kind: WorkshopNoteKind::Parked,
        about: Vec::new(),
        text: "who pays?".to_owned(),
    };
    for command in [
        Command::Scene(SceneCommand::Add),
        Command::Present(PresentCommand::Start),
        Command::Workshop(WorkshopCommand::Ask(Box::new(Written::Note(note)))),
        Command::Workshop(WorkshopCommand::Keep),
    ] {
        harness.state_mut().model.apply(command);
        settle(&mut harness);
    }
    later(&mut harness);
    assert!(kept_text(&unsaved).contains("who pays?"));
}

#[test]
fn what_a_crash_left_is_offered_and_opens_with_all_that_was_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let unsaved = folder.path().join("unsaved");
    crashed(folder.path(), &unsaved);
    let mut next = started(&unsaved);
    next.get_by_label("Open what was not saved?");
    // Another window is not offered what is being looked at here.
    let other = started(&unsaved);
    assert!(other.state().model.saving.waiting.is_none());
    next.get_by_label("Open it").click();
    next.run();
    settle(&mut next);
    let model = &next.state().model;
    assert_eq!(model.project.fixes.list().len(), 1);
    assert!(model.saving.place.is_none() && model.saving.has_unsaved(&model.project));
    assert!(model.recent.is_empty(), "it is no file of the user's");
    // Once it is saved nothing of it stays.
    let path = folder.path().join("found.keyreach").display().to_string();
    for command in [ProjectCommand::Save, ProjectCommand::Path(path), ProjectCommand::SaveThere] {
        next.state_mut().model.apply(Command::Project(command));
        settle(&mut next);
    }
    assert!(folder.path().join("found.keyreach").is_file());
    later(&mut next);
    assert_nothing_left(&unsaved);
}

#[test]
fn what_is_declined_is_removed_and_what_is_put_off_is_offered_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let unsaved = folder.path().join("unsaved");
    crashed(folder.path(), &unsaved);
    for answer in [UnsavedAnswer::Cancel, UnsavedAnswer::Discard] {
        let mut next = started(&unsaved);
        assert!(next.state().model.saving.waiting.is_some(), "{answer:?}");
        next.state_mut().model.apply(Command::Project(ProjectCommand::Answer(answer)));
        next.run();
        assert!(next.state().model.inventory().is_none());
        if answer == UnsavedAnswer::Cancel {
            assert_eq!(names(&unsaved).len(), 2);
        }
    }
    assert_nothing_left(&unsaved);
    assert!(started(&unsaved).state().model.saving.waiting.is_none());
}

#[test]
fn what_is_undone_or_closed_without_saving_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let unsaved = folder.path().join("unsaved");
    let mut harness = started(&unsaved);
    open(&mut harness, folder.path());
    fix(&mut harness, "k1");
    later(&mut harness);
    assert_eq!(names(&unsaved).len(), 2);
    harness.state_mut().model.apply(Command::Undo);
    later(&mut harness);
    assert_nothing_left(&unsaved);
    fix(&mut harness, "k2");
    later(&mut harness);
    fix(&mut harness, "k1");
    later(&mut harness);
    assert!(names(&unsaved).len() >= 2, "what is kept is kept on");
    drop(harness);
    assert_nothing_left(&unsaved);
}

/// A project with one fix; a later state of it, with a second one, was not saved.
fn crashed_project(folder: &Path, unsaved: &Path) -> PathBuf {
    let mut harness = started(unsaved);
    open(&mut harness, folder);
    fix(&mut harness, "k1");
    let path = folder.join("own.keyreach");
    save_as(&mut harness, &path);
    fix(&mut harness, "k2");
    later(&mut harness);
    assert_eq!(names(unsaved).len(), 3, "{:?}", names(unsaved));
    crash(harness, unsaved);
    path
}

fn save_as(harness: &mut Harness<'static, Window>, path: &Path) {
    let path = path.display().to_string();
    for command in [ProjectCommand::SaveAs, ProjectCommand::Path(path), ProjectCommand::SaveThere] {
        harness.state_mut().model.apply(Command::Project(command));
        settle(harness);
    }
}

/// Opens what a crash left.
fn recovered(unsaved: &Path) -> Harness<'static, Window> {
    let mut next = started(unsaved);
    let answer = ProjectCommand::Answer(UnsavedAnswer::Save);
    next.state_mut().model.apply(Command::Project(answer));
    settle(&mut next);
    assert_eq!(next.state().model.project.fixes.list().len(), 2);
    next
}

fn fixes_in(path: &Path) -> usize {
    let day = jiff::civil::date(2026, 11, 26);
    let opened = crate::cli::open_project(path, day, &crate::inventory::Progress::default());
    opened.expect("it is whole").project.fixes.list().len()
}

#[test]
fn what_a_crash_left_of_a_project_goes_into_its_file_if_nobody_else_changed_that() {
    let folder = tempfile::tempdir().expect("a folder");
    let unsaved = folder.path().join("unsaved");
    let path = crashed_project(folder.path(), &unsaved);
    let mut next = recovered(&unsaved);
    for command in [ProjectCommand::Save, ProjectCommand::SaveThere] {
        next.state_mut().model.apply(Command::Project(command));
        settle(&mut next);
    }
    assert!(next.state().model.saving.dialog.is_none(), "{:?}", next.state().model.saving.dialog);
    assert_eq!(fixes_in(&path), 2);
    assert!(!next.state().model.saving.has_unsaved(&next.state().model.project));
}

#[test]
fn what_a_crash_left_overwrites_a_change_of_somebody_else_only_once_that_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let unsaved = folder.path().join("unsaved");
    let path = crashed_project(folder.path(), &unsaved);
    // Somebody else opens it and takes the fix out.
    let mut other = empty();
    other.state_mut().model.apply(Command::Open(Opening::Files(vec![path.clone()])));
    settle(&mut other);
    other.state_mut().model.apply(Command::Fix(FixCommand::Clear));
    other.state_mut().model.apply(Command::Project(ProjectCommand::Save));
    settle(&mut other);
    drop(other);
    assert_eq!(fixes_in(&path), 0);
    let mut next = recovered(&unsaved);
    let save = |next: &mut Harness<'static, Window>| {
        next.state_mut().model.apply(Command::Project(ProjectCommand::SaveThere));
        settle(next);
    };
    next.state_mut().model.apply(Command::Project(ProjectCommand::Save));
    save(&mut next);
    let why = "⚠ somebody else has changed the file since this work on it was begun";
    next.get_by_label(why);
    assert_eq!(fixes_in(&path), 0);
    // The system's dialog knows nothing of that either.
    next.state_mut().model.apply(Command::Project(ProjectCommand::SaveAs));
    let chosen = crate::app::model::job_end::JobEnd::PlaceChosen(Some(path.clone()));
    next.state_mut().model.apply(Command::Ended(chosen));
    settle(&mut next);
    next.get_by_label(why);
    assert_eq!(fixes_in(&path), 0);
    save(&mut next);
    assert_eq!(fixes_in(&path), 2);
}
