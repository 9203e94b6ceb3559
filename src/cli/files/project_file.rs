//! Projects on disk: opened with their key, and saved so that nothing is lost.

use std::fs::{self, File};
use std::io::{self, BufReader, Read as _};
use std::path::{Path, PathBuf};

use super::atomic::Writing;
use super::disk::{Disk, Readers, RealDisk};
use super::project_key::{ProjectKey, exposed_key, keep_key, key_of};
use super::project_paths::ProjectPaths;
use super::system_words::plain;
use super::{not_read, not_written, whole};
use crate::import::FingerprintKey;
use crate::inventory::{Date, Progress};
use crate::project::{
    ContentDigest, PROJECT_ENDING, Project, ProjectFileError, Salvaged, is_project, is_undamaged,
    opened_paths, read_project, salvage_project, write_project,
};

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
        let is_known = self.key.known().is_some();
        let warning = self.key.warning(&self.paths).filter(|_| had_one || !is_missing);
        warning.or_else(|| exposed_key(&self.paths).filter(|_| is_known))
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

/// Where the files lie of which a project was made, and still lie; none where it does not say.
pub(in crate::cli) fn project_sources(path: &Path) -> Vec<PathBuf> {
    let Ok(file) = File::open(path) else { return Vec::new() };
    let beside = |own: PathBuf| match path.parent() {
        Some(folder) if !own.exists() => folder.join(own),
        _ => own,
    };
    opened_paths(BufReader::new(file)).into_iter().map(beside).collect()
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
    let bytes = whole::read(path).map_err(|error| failed(&error))?;
    let (project, digest) =
        rayon::join(|| read_project(&bytes, today, progress), || ContentDigest::of(&bytes));
    let project = project.map_err(|error| refused(&error, &paths, path))?;
    // Giving so much room back takes a while.
    rayon::spawn(move || drop(bytes));
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

/// Why a project is not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Somebody else has changed the file since it was opened or saved here.
    ChangedOnDisk(PathBuf),
    /// Something is there already.
    NameTaken(PathBuf),
    /// The new file is in place, with this content, but the disk did not confirm its name: if the power
    /// fails now the old one may be back. One sentence on what failed.
    NotConfirmed(ContentDigest, String),
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
        let path = paths.file.clone();
        return Err(match expected {
            Expected::Nothing => NotSaved::NameTaken(path),
            Expected::Anything | Expected::Another | Expected::Content(_) => {
                NotSaved::ChangedOnDisk(path)
            }
        });
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
    let mut written = None;
    write_to(project, (paths, today), disk, &mut written).map_err(|error| {
        let there = digest_of(&paths.file);
        if let Some(written) = written.filter(|written| there.as_ref() == Some(written)) {
            return NotSaved::NotConfirmed(written, not_confirmed(&error, &paths.file));
        }
        // A key of something else than what is there would be taken for that of the next project of this
        // name, or refused on the next save.
        if before.is_some_and(|before| before == there) {
            drop(disk.remove(&paths.key));
        }
        NotSaved::Failed(not_written("the project", &error, &paths.file))
    })
}

fn not_confirmed(error: &io::Error, path: &Path) -> String {
    format!(
        "the project is written, but the disk did not confirm it ({}): save it once more, or to another \
         disk; if the power fails before, the project of before may be back: {}",
        plain(error),
        path.display()
    )
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

/// Writes a project step by step, and notes what stands for its content as soon as that is written.
///
/// # Errors
/// Where a step fails.
pub(in crate::cli) fn write_to(
    project: &Project,
    (paths, today): (&ProjectPaths, Date),
    disk: &mut dyn Disk,
    written: &mut Option<ContentDigest>,
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
    writing.write(disk, |out| {
        *written = Some(write_project(project, today, out)?);
        Ok(())
    })?;
    written.clone().ok_or_else(|| io::Error::other("nothing was written"))
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
