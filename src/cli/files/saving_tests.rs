//! Saving, with a disk at which each step goes wrong.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::disk::RealDisk;
use super::faulty_disk::{Fault, FaultyDisk, faults};
use super::project_file::{
    Expected, NotSaved, digest_of, open_project, save_project, save_project_on, write_to,
};
use super::project_key::ProjectKey;
use super::project_paths::ProjectPaths;
use crate::import::FingerprintKey;
use crate::inventory::Date;
use crate::project::{ContentDigest, Project, write_project};

const DAY: Date = jiff::civil::date(2026, 11, 26);

fn project(rotation_days: i32) -> Project {
    let mut project = Project::new(DAY);
    Arc::make_mut(&mut project.assumptions).rotation_days = rotation_days;
    project
}

fn bytes(project: &Project) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_project(project, DAY, &mut bytes).unwrap();
    bytes
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Saves over an older project on a disk; what is there then, and what went wrong.
fn saved_on(disk: &mut FaultyDisk) -> (Vec<u8>, io::Result<ContentDigest>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.keyreach");
    fs::write(&path, bytes(&project(1))).unwrap();
    let paths = ProjectPaths::of(&path).unwrap();
    let done = write_to(&project(2), (&paths, DAY), disk, &mut None);
    (fs::read(&path).unwrap(), done, names(folder.path()))
}

#[test]
fn whatever_step_of_saving_fails_the_old_project_or_the_new_one_is_there_whole() {
    let (old, new) = (bytes(&project(1)), bytes(&project(2)));
    let mut all = FaultyDisk::new(usize::MAX, Fault::ShortWrite);
    let (there, done, left) = saved_on(&mut all);
    assert_eq!((there == new, done.is_ok()), (true, true));
    assert_eq!(left, ["p.keyreach", "p.keyreach.bak"]);
    let steps = [
        "create",
        "write",
        "permit",
        "flush",
        "remove",
        "link",
        "replace",
        "remove",
        "rename",
        "flush folder",
    ];
    assert_eq!(all.steps, steps);
    for (at, fault) in faults(&steps) {
        let step = steps[at];
        let (there, done, left) = saved_on(&mut FaultyDisk::new(at, fault));
        // Where a file can have no second name it is copied.
        assert_eq!(done.is_err(), step != "link", "{step} {fault:?}");
        let wanted = if ["link", "flush folder"].contains(&step) { &new } else { &old };
        assert_eq!(&there, wanted, "{step} {fault:?}");
        let parts = left.iter().filter(|name| name.contains("part")).count();
        assert_eq!(parts, 0, "{step} {fault:?}: {left:?}");
    }
    let (there, done, _) = saved_on(&mut FaultyDisk::new(0, Fault::SlowWrites));
    assert!(there == new && done.is_ok(), "writes that take a part each are gone on with");
}

#[test]
fn a_project_that_somebody_else_changed_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ProjectPaths::of(&folder.path().join("p.keyreach")).unwrap();
    let save = |days: i32, expected: Expected<'_>| {
        save_project(&project(days), None, &paths, (DAY, expected))
    };
    let first = save(1, Expected::Anything).unwrap();
    assert_eq!(digest_of(&paths.file).as_ref(), Some(&first));
    let second = save(2, Expected::Content(&first)).unwrap();
    let refused = save(3, Expected::Content(&first)).unwrap_err();
    assert_eq!(refused, NotSaved::ChangedOnDisk(paths.file.clone()));
    assert_eq!(fs::read(&paths.file).unwrap(), bytes(&project(2)));
    assert_eq!(fs::read(&paths.backup).unwrap(), bytes(&project(1)));
    // A change anywhere in the file counts, also where the digest at its end stays as it was.
    let mut changed = bytes(&project(2));
    changed[30] ^= 1;
    fs::write(&paths.file, &changed).unwrap();
    let refused = save(3, Expected::Content(&second)).unwrap_err();
    assert_eq!(refused, NotSaved::ChangedOnDisk(paths.file.clone()));
    assert_eq!(fs::read(&paths.file).unwrap(), changed);
    // One that is gone holds nothing that could be lost.
    fs::remove_file(&paths.file).unwrap();
    assert!(save(4, Expected::Content(&second)).is_ok());
}

#[test]
fn a_full_disk_is_said_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ProjectPaths::of(&folder.path().join("no").join("p.keyreach")).unwrap();
    let key = FingerprintKey::from_bytes([1; 32]);
    let error = save_project(&project(1), Some(&key), &paths, (DAY, Expected::Anything));
    let NotSaved::Failed(message) = error.unwrap_err() else { panic!("nobody changed it") };
    assert!(message.contains("the folder does not exist"), "{message}");
    assert!(message.contains("p.keyreach"), "{message}");
}

#[test]
fn a_first_save_that_fails_leaves_no_key_behind() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ProjectPaths::of(&folder.path().join("p.keyreach")).unwrap();
    let key = FingerprintKey::from_bytes([1; 32]);
    fs::create_dir(&paths.file).unwrap();
    let failed = save_project(&project(1), Some(&key), &paths, (DAY, Expected::Anything));
    assert!(failed.is_err());
    fs::remove_dir(&paths.file).unwrap();
    assert!(
        names(folder.path()).iter().all(|name| !name.contains("key.")),
        "{:?}",
        names(folder.path())
    );
}

/// A folder with a project, or without one, and with or without its key and a backup.
fn prepared(has_project: bool, has_key: bool) -> (tempfile::TempDir, ProjectPaths) {
    let folder = tempfile::tempdir().unwrap();
    let paths = ProjectPaths::of(&folder.path().join("p.keyreach")).unwrap();
    if has_project {
        fs::write(&paths.file, keyed(1).1).unwrap();
        fs::write(&paths.backup, keyed(0).1).unwrap();
    }
    if has_key {
        fs::write(&paths.key, key().to_text().as_bytes()).unwrap();
    }
    (folder, paths)
}

fn key() -> FingerprintKey {
    FingerprintKey::from_bytes([1; 32])
}

/// A project that says which key made its fingerprints, and its bytes.
fn keyed(rotation_days: i32) -> (Project, Vec<u8>) {
    let mut project = project(rotation_days);
    Arc::make_mut(&mut project.sources).read.key = Some(key().mark());
    let bytes = bytes(&project);
    (project, bytes)
}

#[test]
fn whatever_step_of_the_key_or_the_backup_fails_the_next_save_finds_all_in_order() {
    let (older, old, new) = (keyed(0).1, keyed(1).1, keyed(2));
    for (has_project, has_key) in [(false, false), (true, false), (true, true)] {
        let save = |disk: &mut FaultyDisk, paths: &ProjectPaths| {
            save_project_on(disk, (&new.0, Some(&key())), paths, (DAY, Expected::Anything))
        };
        let mut all = FaultyDisk::new(usize::MAX, Fault::ShortWrite);
        save(&mut all, &prepared(has_project, has_key).1).unwrap();
        let writes = all.steps.iter().filter(|step| **step == "write").count();
        assert_eq!(writes, if has_key { 1 } else { 2 });
        for (at, fault) in faults(&all.steps) {
            let what = format!("{has_project} {has_key}: {} ({at}) {fault:?}", all.steps[at]);
            let (folder, paths) = prepared(has_project, has_key);
            let done = save(&mut FaultyDisk::new(at, fault), &paths);
            let there = fs::read(&paths.file).ok();
            let is_new = there.as_ref() == Some(&new.1);
            assert!(is_new || there.as_ref() == has_project.then_some(&old), "{what}");
            assert!(done.is_err() || is_new, "{what}");
            // What is there is known, so that it is not taken for a change of somebody else.
            let known = match &done {
                Ok(digest) | Err(NotSaved::NotConfirmed(digest, _)) => Some(digest.clone()),
                Err(_) => None,
            };
            assert_eq!(known, is_new.then(|| ContentDigest::of(&new.1)), "{what}");
            let backup = fs::read(&paths.backup).ok();
            let is_kept = backup.is_none() || backup.as_ref() == Some(&older);
            assert!(is_kept || backup.as_ref() == Some(&old), "{what}");
            // The key of what is there, and no other; one that lay there stays.
            assert_eq!(paths.key.exists(), has_key || is_new, "{what}");
            if is_new {
                let opened = open_project(&paths.file, DAY, &crate::inventory::Progress::default());
                assert!(matches!(opened.unwrap().key, ProjectKey::Known(_)), "{what}");
            }
            let found = names(folder.path());
            assert!(found.iter().all(|name| !name.contains("part")), "{what}: {found:?}");
            let expected = (DAY, Expected::Anything);
            save_project_on(&mut RealDisk, (&new.0, Some(&key())), &paths, expected).unwrap();
            assert_eq!(fs::read(&paths.file).unwrap(), new.1, "{what}");
            assert!(paths.key.exists(), "{what}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, paths) = prepared(true, true);
    let warning = |mode: u32| {
        fs::set_permissions(&paths.key, fs::Permissions::from_mode(mode)).unwrap();
        let opened = open_project(&paths.file, DAY, &crate::inventory::Progress::default());
        opened.unwrap().key_warning()
    };
    assert_eq!([0o600, 0o400].map(warning), [None, None]);
    for mode in [0o644, 0o640, 0o604] {
        let words = warning(mode).unwrap();
        assert!(words.contains(&format!("its mode is {mode:o}")), "{words}");
        assert!(words.contains("chmod 600") && words.ends_with("p.keyreach.key"), "{words}");
    }
}
