//! What is not saved is kept in case of a crash, and offered at the next start.

use std::path::Path;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{SMALL, empty, settle};
use crate::analysis::FixKind;
use crate::app::model::Model;
use crate::app::model::autosave::{autosave, keep_unsaved_in};
use crate::app::model::command::{Command, FixCommand, ProjectCommand, UnsavedAnswer};
use crate::app::shell::window::Window;
use crate::project::{NamedFix, Opening};

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
    let kept = names(unsaved);
    assert_eq!(kept.len(), 2, "{kept:?}");
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
