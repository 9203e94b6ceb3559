//! Projects on disk: opened with their key, and saved so that nothing is lost.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::atomic::{Writing, write_private_on};
use super::disk::{Disk, Readers, RealDisk};
use super::project_paths::ProjectPaths;
use super::{not_read, not_written};
use crate::import::FingerprintKey;
use crate::inventory::{Date, Progress};
use crate::project::{
    ContentDigest, PROJECT_ENDING, Project, ProjectFileError, Salvaged, is_project, is_undamaged,
    read_project, salvage_project, write_project,
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
    /// What lies beside the project cannot be read as a key, and why.
    Unreadable(String),
}

impl ProjectKey {
    /// The key, if it is known.
    pub fn known(&self) -> Option<&FingerprintKey> {
        match self {
            Self::Known(key) => Some(key),
            Self::Missing | Self::OfAnother | Self::Unreadable(_) => None,
        }
    }

    /// What has to be said of it where new values are read, if anything.
    fn warning(&self, paths: &ProjectPaths) -> Option<String> {
        let key = paths.key.display();
        let then =
            "equal secrets of what is read now and of what was read before are matched by id alone";
        match self {
            Self::Known(_) => None,
            Self::Missing => Some(format!("the key of the project is not there; {then}: {key}")),
            Self::OfAnother => Some(format!("the key is that of another project; {then}: {key}")),
            Self::Unreadable(why) => Some(format!("{why}; {then}")),
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

impl OpenedProject {
    /// What has to be said of the key, if anything: not of a project that never had one, as a copy with
    /// names hidden.
    pub fn key_warning(&self) -> Option<String> {
        let had_one = self.project.sources.read.key.is_some();
        let is_missing = matches!(self.key, ProjectKey::Missing);
        self.key.warning(&self.paths).filter(|_| had_one || !is_missing)
    }
}

/// How many bytes at the start of a file tell whether it is a project.
const START_LENGTH: u64 = 96;

/// Whether a file is a project, by its name or by how it starts.
pub fn is_project_file(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let named = path.extension().is_some_and(|end| end.eq_ignore_ascii_case(PROJECT_ENDING));
    let mut start = Vec::new();
    named
        || File::open(path)
            .and_then(|file| file.take(START_LENGTH).read_to_end(&mut start))
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
    let digest = ContentDigest::of(&bytes);
    let key = key_of(&paths, project.sources.read.key.as_deref());
    Ok(OpenedProject { project, key, paths, digest })
}

/// What could be read of a project.
#[derive(Clone, Debug)]
pub struct SalvagedProject {
    /// All of it, or what stands before the damage; its paths and its digest are those of the file.
    pub opened: OpenedProject,
    /// What is wrong with the file; nothing where it is whole.
    pub damage: Option<Damage>,
}

/// What is wrong with a project file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where, and what.
    pub what: String,
    /// The parts that are lost, in words.
    pub lost: Vec<&'static str>,
}

impl Damage {
    /// Both in one sentence: "the project is damaged in line 12 (rows): something was changed; lost: the
    /// inventory".
    pub fn words(&self) -> String {
        let Self { what, lost } = self;
        match lost.as_slice() {
            [] => format!("{what}; nothing is lost"),
            lost => format!("{what}; lost: {}", lost.join(", ")),
        }
    }
}

/// Reads what can be read of a project, damaged or not, as it is on a day.
///
/// # Errors
/// One sentence where nothing can be read of it.
pub fn salvage_project_at(
    path: &Path,
    today: Date,
    progress: &Progress,
) -> Result<SalvagedProject, String> {
    let failed = |error: &io::Error| not_read("the project", error, path);
    let paths = ProjectPaths::of(path).map_err(|error| failed(&error))?;
    let bytes = fs::read(path).map_err(|error| failed(&error))?;
    let (project, damage) = match salvage_project(&bytes, today, progress) {
        Ok(Salvaged { project, error, lost }) => {
            (project, Some(Damage { what: error.to_string(), lost }))
        }
        Err(None) => {
            let read = read_project(&bytes, today, progress);
            (read.map_err(|error| refused(&error, &paths, path))?, None)
        }
        Err(Some(error)) => return Err(refused(&error, &paths, path)),
    };
    let digest = ContentDigest::of(&bytes);
    let key = key_of(&paths, project.sources.read.key.as_deref());
    Ok(SalvagedProject { opened: OpenedProject { project, key, paths, digest }, damage })
}

/// Why a file is not opened as a project, and what to do.
fn refused(error: &ProjectFileError, paths: &ProjectPaths, path: &Path) -> String {
    let advice = match error {
        ProjectFileError::Newer { .. } | ProjectFileError::Cancelled => String::new(),
        ProjectFileError::NoProject | ProjectFileError::Damaged { .. } => {
            let before = if paths.backup.is_file() {
                format!("; open how it was before it was last saved, {}", paths.backup.display())
            } else {
                "; import its inventories again".to_owned()
            };
            match error {
                ProjectFileError::Damaged { .. } => {
                    format!("{before}, or let `keyreach recover` write what can be read of it")
                }
                _ if before.starts_with("; import") => {
                    "; `keyreach import FILE -o NAME.keyreach` makes one of an inventory".to_owned()
                }
                _ => before,
            }
        }
    };
    format!("{error}{advice}: {}", path.display())
}

/// The key beside a project whose fingerprints have a key of this mark.
fn key_of(paths: &ProjectPaths, mark: Option<&str>) -> ProjectKey {
    let text = match fs::read_to_string(&paths.key) {
        Ok(text) => zeroize::Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return ProjectKey::Missing,
        Err(error) => {
            let why = not_read("the key of the project", &error, &paths.key);
            return ProjectKey::Unreadable(why);
        }
    };
    match FingerprintKey::parse(&text) {
        Err(error) => ProjectKey::Unreadable(format!("{error}: {}", paths.key.display())),
        Ok(key) if mark.is_none_or(|mark| mark == key.mark()) => ProjectKey::Known(key),
        Ok(_) => ProjectKey::OfAnother,
    }
}

/// The key that lies where that of a project would, if there is one.
///
/// # Errors
/// One sentence where it cannot be read or is none.
pub(in crate::cli) fn key_beside(paths: &ProjectPaths) -> Result<Option<FingerprintKey>, String> {
    match key_of(paths, None) {
        ProjectKey::Known(key) => Ok(Some(key)),
        ProjectKey::Missing | ProjectKey::OfAnother => Ok(None),
        ProjectKey::Unreadable(why) => Err(why),
    }
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
    when: (Date, Expected<'_>),
) -> Result<ContentDigest, NotSaved> {
    save_project_on(&mut RealDisk, (project, key), paths, when)
}

/// The same on a disk.
pub(crate) fn save_project_on(
    disk: &mut dyn Disk,
    (project, key): (&Project, Option<&FingerprintKey>),
    paths: &ProjectPaths,
    (today, expected): (Date, Expected<'_>),
) -> Result<ContentDigest, NotSaved> {
    if !expected.is_there(paths) {
        return Err(NotSaved::ChangedOnDisk(paths.file.clone()));
    }
    let is_new_key = match key {
        Some(key) => keep_key(key, paths, disk).map_err(NotSaved::Failed)?,
        None => false,
    };
    let before = is_new_key.then(|| digest_of(&paths.file));
    remove_unfinished(paths);
    if matches!(expected, Expected::Another) {
        keep_older_backup(paths);
    }
    write_to(project, paths, today, disk).map_err(|error| {
        // A key of something else than what is there would be taken for that of the next project of this
        // name, or refused on the next save.
        if before.is_some_and(|before| before == digest_of(&paths.file)) {
            drop(disk.remove(&paths.key));
        }
        NotSaved::Failed(not_written("the project", &error, &paths.file))
    })
}

/// Gives the backup another name before something else takes the place of the project: it may be the
/// only good one of what was there first.
fn keep_older_backup(paths: &ProjectPaths) {
    if !paths.backup.exists() || !paths.file.exists() {
        return;
    }
    let numbered = (2..100).map(|number| paths.older_backup(number));
    if let Some(free) = numbered.into_iter().find(|path| !path.exists()) {
        // Where it cannot be renamed it is replaced, as on every save.
        drop(fs::rename(&paths.backup, free));
    }
}

/// What has to be at the place where a project is saved.
#[derive(Clone, Copy, Debug)]
pub enum Expected<'a> {
    /// Anything of one's own: it is replaced.
    Anything,
    /// Something else: it is replaced, and what was its backup stays too.
    Another,
    /// Nothing.
    Nothing,
    /// What was read, or written last.
    Content(&'a ContentDigest),
}

impl Expected<'_> {
    fn is_there(self, paths: &ProjectPaths) -> bool {
        match self {
            Self::Anything | Self::Another => true,
            Self::Nothing => !paths.file.exists(),
            // A file that is gone holds nothing that could be lost.
            Self::Content(expected) => {
                !paths.file.exists() || digest_of(&paths.file).as_ref() == Some(expected)
            }
        }
    }
}

/// What stands for the content of a file; `None` where it cannot be read. Costs one pass over it.
pub fn digest_of(path: &Path) -> Option<ContentDigest> {
    fs::read(path).ok().map(|bytes| ContentDigest::of(&bytes))
}

/// Writes the key beside a project; one that is there already is left. Says whether it was written.
fn keep_key(
    key: &FingerprintKey,
    paths: &ProjectPaths,
    disk: &mut dyn Disk,
) -> Result<bool, String> {
    match key_of(paths, Some(&key.mark())) {
        ProjectKey::Known(_) => Ok(false),
        ProjectKey::Unreadable(why) => {
            Err(format!("{why}; move it away, or save under another name"))
        }
        ProjectKey::OfAnother => Err(format!(
            "a key of another project is there already; move it away, or save under another name: {}",
            paths.key.display()
        )),
        ProjectKey::Missing => {
            let text = key.to_text();
            let written = write_private_on(disk, &paths.key, |out| out.write_all(text.as_bytes()));
            written.map(|()| true).map_err(|error| {
                // It may be there all the same, for a project that is not.
                drop(disk.remove(&paths.key));
                not_written("the key of the project", &error, &paths.key)
            })
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
    // A damaged file takes no good backup's place.
    let is_good = fs::read(&paths.file).is_ok_and(|bytes| is_undamaged(&bytes));
    let is_kept = is_good || (paths.file.is_file() && !paths.backup.exists());
    let start = paths.part_start();
    let writing = Writing {
        goal: &paths.file,
        part: (&start, PART_END),
        readers: Readers::UserAlone,
        backup: is_kept.then(|| paths.backup.clone()),
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
