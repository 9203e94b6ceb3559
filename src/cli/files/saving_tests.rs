//! Saving, with a disk at which each step goes wrong.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::disk::{Disk, Readers, RealDisk};
use super::project_file::{Expected, NotSaved, digest_of, save_project, write_to};
use super::project_paths::ProjectPaths;
use crate::import::FingerprintKey;
use crate::inventory::Date;
use crate::project::{ContentDigest, Project, write_project};

/// What goes wrong at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Error(io::ErrorKind),
    /// A part is written, and then no more.
    ShortWrite,
    /// Every write takes one byte less than the half.
    SlowWrites,
}

/// A disk at which one step goes wrong.
struct FaultyDisk {
    /// The steps before it.
    left: usize,
    fault: Fault,
    /// The steps that were asked for, by name.
    steps: Vec<&'static str>,
    is_full: bool,
}

impl FaultyDisk {
    fn new(left: usize, fault: Fault) -> Self {
        Self { left, fault, steps: Vec::new(), is_full: false }
    }

    fn step(&mut self, name: &'static str) -> io::Result<()> {
        self.steps.push(name);
        match (self.steps.len() - 1 == self.left, self.fault) {
            (true, Fault::Error(kind)) => Err(io::Error::from(kind)),
            (true, Fault::ShortWrite | Fault::SlowWrites) | (false, _) => Ok(()),
        }
    }
}

impl Disk for FaultyDisk {
    fn create(
        &mut self,
        folder: &Path,
        name: (&str, &str),
        readers: Readers,
    ) -> io::Result<NamedTempFile> {
        self.step("create")?;
        RealDisk.create(folder, name, readers)
    }

    fn write(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        let is_now = self.steps.len() == self.left;
        self.step("write")?;
        match self.fault {
            _ if self.is_full => Ok(0),
            Fault::ShortWrite if is_now => {
                self.is_full = true;
                RealDisk.write(file, &bytes[..bytes.len() / 2])
            }
            Fault::SlowWrites => RealDisk.write(file, &bytes[..bytes.len().div_ceil(2)]),
            Fault::Error(_) | Fault::ShortWrite => RealDisk.write(file, bytes),
        }
    }

    fn permit(&mut self, file: &File, permissions: fs::Permissions) -> io::Result<()> {
        self.step("permit")?;
        RealDisk.permit(file, permissions)
    }

    fn hand_over(&mut self, file: &File, before: &fs::Metadata) {
        RealDisk.hand_over(file, before);
    }

    fn flush(&mut self, file: &File) -> io::Result<()> {
        self.step("flush")?;
        RealDisk.flush(file)
    }

    fn back_up(&mut self, file: &Path, backup: &Path) -> io::Result<()> {
        self.step("back up")?;
        RealDisk.back_up(file, backup)
    }

    fn rename(&mut self, part: NamedTempFile, goal: &Path) -> io::Result<()> {
        self.step("rename")?;
        RealDisk.rename(part, goal)
    }

    fn flush_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.step("flush folder")?;
        RealDisk.flush_folder(folder)
    }
}

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
    let done = write_to(&project(2), &paths, DAY, disk);
    (fs::read(&path).unwrap(), done, names(folder.path()))
}

#[test]
fn whatever_step_of_saving_fails_the_old_project_or_the_new_one_is_there_whole() {
    let (old, new) = (bytes(&project(1)), bytes(&project(2)));
    let mut all = FaultyDisk::new(usize::MAX, Fault::ShortWrite);
    let (there, done, left) = saved_on(&mut all);
    assert_eq!((there == new, done.is_ok()), (true, true));
    assert_eq!(left, ["p.keyreach", "p.keyreach.bak"]);
    let steps = ["create", "write", "permit", "flush", "back up", "rename", "flush folder"];
    assert_eq!(all.steps, steps);
    let kinds = [
        io::ErrorKind::StorageFull,
        io::ErrorKind::PermissionDenied,
        io::ErrorKind::ReadOnlyFilesystem,
        io::ErrorKind::Other,
    ];
    for (at, step) in steps.into_iter().enumerate() {
        let faults = kinds.map(Fault::Error).into_iter();
        for fault in faults.chain((step == "write").then_some(Fault::ShortWrite)) {
            let (there, done, left) = saved_on(&mut FaultyDisk::new(at, fault));
            assert!(done.is_err(), "{step} {fault:?}");
            let wanted = if step == "flush folder" { &new } else { &old };
            assert_eq!(&there, wanted, "{step} {fault:?}");
            let parts = left.iter().filter(|name| name.contains("part")).count();
            assert_eq!(parts, 0, "{step} {fault:?}: {left:?}");
        }
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
