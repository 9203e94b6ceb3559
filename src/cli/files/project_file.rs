//! Projects on disk: opened with their key, and saved so that nothing is lost.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::atomic::{Writing, write_private};
use super::disk::{Disk, Readers, RealDisk};
use super::project_paths::ProjectPaths;
use super::{not_read, not_written};
use crate::import::FingerprintKey;
use crate::inventory::{Date, Progress};
use crate::project::{
    ContentDigest, DIGEST_AT_END, PROJECT_ENDING, Project, ProjectFileError, is_project,
    is_undamaged, read_project, write_project,
};

/// The key of a project.
#[derive(Clone, Debug)]
pub enum ProjectKey {
    /// It lies beside the project.
    Known(FingerprintKey),
    /// There is none. All but the matching of new values works.
    Missing,
    /// The key beside the project is that of another one.
    OfAnother,
}

impl ProjectKey {
    /// The key, if it is known.
    pub fn known(&self) -> Option<&FingerprintKey> {
        match self {
            Self::Known(key) => Some(key),
            Self::Missing | Self::OfAnother => None,
        }
    }

    /// What has to be said of it where new values are read, if anything.
    pub fn warning(&self, paths: &ProjectPaths) -> Option<String> {
        let key = paths.key.display();
        let then =
            "equal secrets of what is read now and of what was read before are matched by id alone";
        match self {
            Self::Known(_) => None,
            Self::Missing => Some(format!("the key of the project is not there; {then}: {key}")),
            Self::OfAnother => Some(format!("the key is that of another project; {then}: {key}")),
        }
    }
}

/// A project that was opened.
#[derive(Clone, Debug)]
pub struct OpenedProject {
    /// What it holds.
    pub project: Project,
    /// Its key.
    pub key: ProjectKey,
    /// The file, and what stands beside it.
    pub paths: ProjectPaths,
    /// Stands for what it held when it was read.
    pub digest: ContentDigest,
}

/// Whether a file is a project, by its name or by how it starts.
pub fn is_project_file(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let named = path.extension().is_some_and(|end| end.eq_ignore_ascii_case(PROJECT_ENDING));
    let mut start = Vec::new();
    named
        || File::open(path)
            .and_then(|file| file.take(DIGEST_AT_END).read_to_end(&mut start))
            .is_ok_and(|_| is_project(&start))
}

/// Opens a project as it is on a day.
///
/// # Errors
/// One sentence where it cannot be read, or is damaged.
pub fn open_project(
    path: &Path,
    today: Date,
    progress: &Progress,
) -> Result<OpenedProject, String> {
    let failed = |error: &io::Error| not_read("the project", error, path);
    let paths = ProjectPaths::of(path).map_err(|error| failed(&error))?;
    let bytes = fs::read(path).map_err(|error| failed(&error))?;
    let project = read_project(&bytes, today, progress);
    let project = project.map_err(|error| refused(&error, &paths, path))?;
    let Some(digest) = ContentDigest::at_end(&bytes) else {
        return Err(refused(&ProjectFileError::NoProject, &paths, path));
    };
    let key = key_of(&paths, project.sources.read.key.as_deref())?;
    Ok(OpenedProject { project, key, paths, digest })
}

/// Why a file is not opened as a project, and what to do.
fn refused(error: &ProjectFileError, paths: &ProjectPaths, path: &Path) -> String {
    let advice = match error {
        ProjectFileError::Newer { .. } | ProjectFileError::Cancelled => String::new(),
        ProjectFileError::NoProject | ProjectFileError::Damaged { .. } => {
            if paths.backup.is_file() {
                format!("; open how it was before it was last saved, {}", paths.backup.display())
            } else {
                "; import its inventories again".to_owned()
            }
        }
    };
    format!("{error}{advice}: {}", path.display())
}

/// The key beside a project whose fingerprints have a key of this mark.
fn key_of(paths: &ProjectPaths, mark: Option<&str>) -> Result<ProjectKey, String> {
    let text = match fs::read_to_string(&paths.key) {
        Ok(text) => zeroize::Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(ProjectKey::Missing),
        Err(error) => return Err(not_read("the key of the project", &error, &paths.key)),
    };
    let key = FingerprintKey::parse(&text)
        .map_err(|error| format!("{error}: {}", paths.key.display()))?;
    let is_own = mark.is_none_or(|mark| mark == key.mark());
    Ok(if is_own { ProjectKey::Known(key) } else { ProjectKey::OfAnother })
}

/// The key that lies where that of a project would, if there is one.
///
/// # Errors
/// One sentence where it cannot be read or is none.
pub(in crate::cli) fn key_beside(paths: &ProjectPaths) -> Result<Option<FingerprintKey>, String> {
    key_of(paths, None).map(|key| key.known().cloned())
}

/// Why a project is not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Somebody else has changed the file since it was opened or saved here.
    ChangedOnDisk(PathBuf),
    /// One sentence on what failed.
    Failed(String),
}

/// Saves a project, and first the key that made its fingerprints; what stands for its content.
///
/// Where something is there that is not what was `expected`, nothing is written. Whoever saves should
/// hold the lock: what is left of a save that was killed is removed.
///
/// # Errors
/// Where nothing was saved; the old file is then as it was.
pub fn save_project(
    project: &Project,
    key: Option<&FingerprintKey>,
    paths: &ProjectPaths,
    (today, expected): (Date, Expected<'_>),
) -> Result<ContentDigest, NotSaved> {
    if !expected.is_there(paths) {
        return Err(NotSaved::ChangedOnDisk(paths.file.clone()));
    }
    let failed =
        |error: &io::Error| NotSaved::Failed(not_written("the project", error, &paths.file));
    if let Some(key) = key {
        keep_key(key, paths).map_err(NotSaved::Failed)?;
    }
    remove_unfinished(paths);
    write_to(project, paths, today, &mut RealDisk).map_err(|error| failed(&error))
}

/// What has to be at the place where a project is saved.
#[derive(Clone, Copy, Debug)]
pub enum Expected<'a> {
    /// Anything: it is replaced.
    Anything,
    /// Nothing.
    Nothing,
    /// What was read, or written last.
    Content(&'a ContentDigest),
}

impl Expected<'_> {
    fn is_there(self, paths: &ProjectPaths) -> bool {
        match self {
            Self::Anything => true,
            Self::Nothing => !paths.file.exists(),
            // A file that is gone holds nothing that could be lost.
            Self::Content(expected) => {
                !paths.file.exists() || digest_of(&paths.file).as_ref() == Some(expected)
            }
        }
    }
}

/// What stands for the content of a project file; `None` where it is none.
pub fn digest_of(path: &Path) -> Option<ContentDigest> {
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(DIGEST_AT_END))).ok()?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).ok()?;
    ContentDigest::at_end(&end)
}

/// Writes the key beside a project; one that is there already is left.
fn keep_key(key: &FingerprintKey, paths: &ProjectPaths) -> Result<(), String> {
    match key_of(paths, Some(&key.mark()))? {
        ProjectKey::Known(_) => Ok(()),
        ProjectKey::OfAnother => Err(format!(
            "a key of another project is there already; move it away, or save under another name: {}",
            paths.key.display()
        )),
        ProjectKey::Missing => {
            let text = key.to_text();
            write_private(&paths.key, |out| out.write_all(text.as_bytes()))
                .map_err(|error| not_written("the key of the project", &error, &paths.key))
        }
    }
}

/// Writes a project step by step.
///
/// # Errors
/// Where a step fails.
pub(in crate::cli) fn write_to(
    project: &Project,
    paths: &ProjectPaths,
    today: Date,
    disk: &mut dyn Disk,
) -> io::Result<ContentDigest> {
    let there = fs::metadata(&paths.file);
    if there.as_ref().is_ok_and(|there| there.permissions().readonly()) {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    if there.is_ok_and(|there| !there.is_file()) {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    // A damaged file is no good backup.
    let is_good = fs::read(&paths.file).is_ok_and(|bytes| is_undamaged(&bytes));
    let start = paths.part_start();
    let writing = Writing {
        goal: &paths.file,
        part: (&start, PART_END),
        readers: Readers::UserAlone,
        backup: is_good.then(|| paths.backup.clone()),
    };
    let mut digest = None;
    writing.write(disk, |out| {
        digest = Some(write_project(project, today, out)?);
        Ok(())
    })?;
    digest.ok_or_else(|| io::Error::other("nothing was written"))
}

/// How the names of files end that are not finished.
const PART_END: &str = ".part";

/// Removes what was left of saves that were killed.
fn remove_unfinished(paths: &ProjectPaths) {
    let start = paths.part_start();
    let Ok(entries) = fs::read_dir(super::disk::folder_of(&paths.file)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&start) && name.ends_with(PART_END) {
            // What cannot be removed does no harm but for its size.
            drop(fs::remove_file(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tempfile::NamedTempFile;

    use super::*;

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
}
