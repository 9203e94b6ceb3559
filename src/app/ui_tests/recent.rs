//! Recent files: kept on disk whichever way they were opened, and offered on the next start.

use std::path::{Path, PathBuf};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::wizard_sheets::{Sheet, workbook};
use super::{empty, open_in_place, settle};
use crate::app::model::Model;
use crate::app::model::command::{Command, LookCommand, StageChoice, StageCommand};
use crate::app::model::remembered::remember_mappings;
use crate::app::shell::startup::load_kept;
use crate::app::shell::window::Window;
use crate::app::work::recent_files::{RecentFile, read_recent};
use crate::import::{ColumnMapping, PartKind};
use crate::project::Opening;
use crate::scene::ThemeMode;

/// A window that keeps what it is to keep in a folder.
fn started(kept: &Path) -> Harness<'static, Window> {
    let mut harness = empty();
    load_kept(&mut harness.state_mut().model, kept);
    harness.run();
    harness
}

/// An inventory that has nothing in common with those of other numbers.
fn inventory(folder: &Path, number: usize) -> PathBuf {
    let path = folder.join(format!("keys-{number}.csv"));
    let text = format!("id,service,environment\nkey-{number},service-{number},dev\n");
    std::fs::write(&path, text).expect("written");
    path
}

fn on_disk(kept: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(kept.join("recent.jsonl")).expect("the list is kept");
    paths(&read_recent(&text))
}

fn paths(files: &[RecentFile]) -> Vec<PathBuf> {
    files.iter().map(RecentFile::path).collect()
}

#[test]
fn files_are_kept_the_latest_first_whichever_way_they_are_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("not there yet").join("keyreach");
    let mut harness = started(&kept);
    let model = &mut harness.state_mut().model;
    assert!(model.recent.is_empty());
    let [first, second, third] = [1, 2, 3].map(|number| inventory(folder.path(), number));
    model.apply(Command::Open(Opening::Files(vec![first.clone()])));
    model.finish_jobs();
    assert_eq!(on_disk(&kept), std::slice::from_ref(&first));
    model.apply(Command::Stage(StageCommand::Begin(Opening::Files(vec![second.clone()]))));
    model.finish_jobs();
    assert_eq!(on_disk(&kept), std::slice::from_ref(&first), "what is staged is not open yet");
    model.apply(Command::Stage(StageCommand::Commit));
    model.finish_jobs();
    assert_eq!(on_disk(&kept), [second.clone(), first.clone()]);
    open_in_place(model, Opening::Files(vec![third.clone(), first.clone()]));
    assert_eq!(on_disk(&kept), [third.clone(), first.clone(), second.clone()]);
    open_in_place(model, Opening::Files(vec![second.clone()]));
    assert_eq!(on_disk(&kept), [second, third, first], "none stands there twice");
    assert_eq!(on_disk(&kept), paths(&model.recent));
    assert_eq!(model.notice, None);
}

#[test]
fn the_list_has_no_file_twice_and_can_be_cleared_and_switched_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("keyreach");
    let mut harness = started(&kept);
    let model = &mut harness.state_mut().model;
    let path = inventory(folder.path(), 1);
    let roundabout = folder.path().join(".").join("keys-1.csv");
    open_in_place(model, Opening::Files(vec![path.clone()]));
    open_in_place(model, Opening::Files(vec![roundabout]));
    assert_eq!((paths(&model.recent), on_disk(&kept)), (vec![path.clone()], vec![path.clone()]));
    model.apply(Command::Look(LookCommand::ForgetRecent));
    model.finish_jobs();
    assert_eq!((model.recent.len(), on_disk(&kept).len()), (0, 0));
    open_in_place(model, Opening::Files(vec![inventory(folder.path(), 2)]));
    model.apply(Command::Look(LookCommand::KeepRecent(false)));
    open_in_place(model, Opening::Files(vec![path]));
    assert_eq!((model.recent.len(), on_disk(&kept).len()), (0, 0));
    drop(harness);
    let next = started(&kept);
    assert!(!next.state().model.settings.keeps_recent);
}

#[test]
fn the_theme_comes_back_and_nothing_is_written_where_nothing_is_to_be_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("keyreach");
    let mut harness = started(&kept);
    harness.state_mut().model.apply(Command::Look(LookCommand::SwapTheme));
    drop(harness);
    assert_eq!(started(&kept).state().model.session.theme_mode, ThemeMode::Light);
    let mut clean = empty();
    clean.state_mut().model.apply(Command::Look(LookCommand::SwapTheme));
    let path = inventory(folder.path(), 1);
    open_in_place(&mut clean.state_mut().model, Opening::Files(vec![path]));
    assert!(clean.state().model.settings.pending().is_none());
}

#[test]
fn the_latest_eight_files_are_offered_on_the_next_start_but_those_that_are_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("keyreach");
    let mut harness = started(&kept);
    for number in 0..10 {
        let path = inventory(folder.path(), number);
        open_in_place(&mut harness.state_mut().model, Opening::Files(vec![path]));
    }
    let latest: Vec<_> = (2..10).rev().map(|number| inventory(folder.path(), number)).collect();
    assert_eq!(on_disk(&kept), latest);
    std::fs::remove_file(&latest[0]).expect("removed");
    let mut next = started(&kept);
    assert_eq!(paths(&next.state().model.recent), latest[1..]);
    next.get_by_label(&latest[2].display().to_string()).click();
    next.step();
    settle(&mut next);
    assert!(next.state().model.inventory().is_some_and(|own| own.names.find("key-7").is_some()));
    let mut expected = latest[1..].to_vec();
    expected.swap(0, 1);
    assert_eq!(on_disk(&kept), expected);
}

#[test]
fn a_file_that_cannot_be_opened_takes_no_other_out_of_the_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("keyreach");
    let ways: [fn(Opening) -> Command; 2] =
        [Command::Open, |opening| Command::Stage(StageCommand::Begin(opening))];
    for way in ways {
        let mut harness = started(&kept);
        let model: &mut Model = &mut harness.state_mut().model;
        let path = inventory(folder.path(), 1);
        model.apply(Command::Open(Opening::Files(vec![path.clone()])));
        model.finish_jobs();
        let missing = folder.path().join("no-such-folder").join("keys.csv");
        model.apply(way(Opening::Files(vec![missing])));
        model.finish_jobs();
        assert!(model.notice.as_ref().is_some_and(|notice| notice.contains("no-such-folder")));
        assert_eq!(paths(&model.recent), std::slice::from_ref(&path));
        assert_eq!(on_disk(&kept), [path]);
    }
}

#[test]
fn remembered_mappings_can_be_cleared_and_switched_off_and_so_can_unsaved_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("keyreach");
    let mut harness = started(&kept);
    let model = &mut harness.state_mut().model;
    let mapping = ColumnMapping::parse("[columns]\nkey = \"id\"\n").expect("it is one");
    let mappings = || std::fs::read_dir(kept.join("mappings")).map_or(0, Iterator::count);
    remember_mappings(model, vec![mapping.clone()]);
    model.finish_jobs();
    assert_eq!((model.import_settings.remembered.len(), mappings()), (1, 1));
    model.apply(Command::Look(LookCommand::ForgetMappings));
    model.finish_jobs();
    assert_eq!((model.import_settings.remembered.len(), mappings()), (0, 0));
    assert_eq!(model.notice, None);
    model.apply(Command::Look(LookCommand::KeepMappings(false)));
    remember_mappings(model, vec![mapping]);
    model.apply(Command::Look(LookCommand::KeepUnsaved(false)));
    model.finish_jobs();
    // Until the window is closed the mapping serves; on disk there is nothing.
    assert_eq!((model.import_settings.remembered.len(), mappings()), (1, 0));
    drop(harness);
    let next = started(&kept);
    let settings = &next.state().model.settings;
    assert!(!settings.keeps_mappings && !settings.keeps_unsaved && settings.keeps_recent);
    assert!(next.state().model.import_settings.remembered.is_empty());
}

#[test]
fn a_recent_workbook_opens_with_the_worksheets_that_were_read_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("keyreach");
    let path = folder.path().join("keys.xlsx");
    let rows = |id: &'static str| [(1, "id,service,environment"), (2, id)];
    let (new, old) = (rows("new-key,shop,dev"), rows("old-key,shop,dev"));
    let book = workbook(&[Sheet("Keys", false, &new), Sheet("Old", false, &old)]);
    std::fs::write(&path, book).expect("written");
    let mut harness = started(&kept);
    let model = &mut harness.state_mut().model;
    let choice = StageChoice::Part(PartKind::Worksheet, "Old".to_owned(), false);
    for command in [
        StageCommand::Begin(Opening::Files(vec![path.clone()])),
        StageCommand::Choose(choice),
        StageCommand::Commit,
    ] {
        model.apply(Command::Stage(command));
        model.finish_jobs();
    }
    let knows = |harness: &Harness<'static, Window>, id: &str| {
        harness.state().model.inventory().is_some_and(|own| own.names.find(id).is_some())
    };
    assert!(knows(&harness, "new-key") && !knows(&harness, "old-key"));
    // What is open is read again with the same worksheets, and shown so in the wizard.
    let model = &mut harness.state_mut().model;
    model.apply(Command::Stage(StageCommand::Review));
    model.finish_jobs();
    model.apply(Command::Stage(StageCommand::Commit));
    model.finish_jobs();
    assert!(knows(&harness, "new-key") && !knows(&harness, "old-key"));
    let mut next = started(&kept);
    next.get_by_label(&format!("{}, without Old", path.display())).click();
    next.step();
    settle(&mut next);
    assert!(knows(&next, "new-key") && !knows(&next, "old-key"));
    // It is still listed so; opened by its name all of it is read.
    assert_eq!(paths(&next.state().model.recent), std::slice::from_ref(&path));
    let mut named = started(&kept);
    open_in_place(&mut named.state_mut().model, Opening::Files(vec![path]));
    assert!(knows(&named, "new-key") && knows(&named, "old-key"));
}

#[test]
fn the_list_of_earlier_versions_is_read_and_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("keyreach");
    std::fs::create_dir(&kept).expect("a folder");
    let [first, second] = [1, 2].map(|number| inventory(folder.path(), number));
    let older = kept.join("recent.txt");
    let lines = format!("{}\n{}\n{}", first.display(), second.display(), first.display());
    std::fs::write(&older, lines).expect("written");
    let mut harness = started(&kept);
    let model = &mut harness.state_mut().model;
    assert_eq!(paths(&model.recent), [first.clone(), second.clone()]);
    open_in_place(model, Opening::Files(vec![second.clone()]));
    assert_eq!((on_disk(&kept), older.exists()), (vec![second, first], false));
    model.apply(Command::Look(LookCommand::ForgetRecent));
    model.finish_jobs();
    assert!(on_disk(&kept).is_empty());
}

#[cfg(unix)]
#[test]
fn a_path_with_a_line_feed_or_without_text_is_found_again() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("keyreach");
    let odd = [&b"line\nfeed.csv"[..], b"no \xff text.csv"];
    let odd = odd.map(|name| folder.path().join(std::ffi::OsStr::from_bytes(name)));
    let mut harness = started(&kept);
    for (number, path) in odd.iter().enumerate() {
        std::fs::rename(inventory(folder.path(), number), path).expect("renamed");
        open_in_place(&mut harness.state_mut().model, Opening::Files(vec![path.clone()]));
    }
    let mut next = started(&kept);
    let [first, second] = odd;
    assert_eq!(paths(&next.state().model.recent), [second, first]);
    for at in [0, 1] {
        let model = &mut next.state_mut().model;
        model.apply(Command::OpenRecent(at));
        model.finish_jobs();
        model.apply(Command::Close);
        assert_eq!((model.notice.clone(), model.recent.len()), (None, 2));
    }
}

#[test]
fn a_heading_that_is_a_secret_is_kept_by_its_number_alone() {
    const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("keyreach");
    let path = folder.path().join("keys.csv");
    std::fs::write(&path, format!("id,wohin,{TOKEN},environment\nk1,shop,x,dev\n"))
        .expect("written");
    let mut harness = started(&kept);
    let model = &mut harness.state_mut().model;
    for command in [
        StageCommand::Begin(Opening::Files(vec![path])),
        StageCommand::Choose(StageChoice::Meaning(1, "service")),
        StageCommand::Commit,
    ] {
        model.apply(Command::Stage(command));
        model.finish_jobs();
    }
    assert!(model.inventory().is_some_and(|own| own.names.find("shop").is_some()));
    let folder = std::fs::read_dir(kept.join("mappings")).expect("it is remembered");
    let files: Vec<PathBuf> = folder.map(|entry| entry.expect("a file").path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    let text = std::fs::read_to_string(file).expect("it can be read");
    assert!(text.contains("\"column 3\" = \"unused\"") && text.contains("wohin"), "{text}");
    let name = file.display().to_string().to_lowercase();
    assert!(!text.contains(TOKEN) && !name.contains("ghp"), "{name}: {text}");
}
