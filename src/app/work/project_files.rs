//! Projects on disk: opened and saved off the drawing thread.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::{
    Damage, Disk, Expected, Locking, NotSaved, OpenedProject, ProjectLock, ProjectPaths, RealDisk,
    is_project_file, not_written, open_project, salvage_project_at, save_project_on,
};
use crate::import::FingerprintKey;
use crate::inventory::{Date, Progress};
use crate::project::{ContentDigest, Opening, Project, Sources};

/// The file in which a project is kept.
#[derive(Clone, Debug)]
pub(crate) struct ProjectPlace {
    /// The file, and what stands beside it.
    pub(crate) paths: ProjectPaths,
    /// As it is called on screen and in the list of recent files.
    pub(crate) path: PathBuf,
    /// What it held when it was opened or saved here last.
    pub(crate) digest: ContentDigest,
    /// Held as long as it is open; none where another window has it, or where nothing can be locked.
    pub(crate) lock: Option<Arc<ProjectLock>>,
}

/// The file of a project of which something is a later state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EarlierState {
    pub(crate) path: PathBuf,
    /// What it held when the later state was begun; `None` where that is not known.
    pub(crate) digest: Option<ContentDigest>,
}

impl EarlierState {
    /// Whether it is at a place.
    fn is_at(&self, paths: &ProjectPaths) -> bool {
        ProjectPaths::of(&self.path).is_ok_and(|own| own == *paths)
    }
}

/// A project that was opened, and where it is kept.
#[derive(Clone, Debug)]
pub(crate) struct ProjectAt {
    pub(crate) opened: OpenedProject,
    pub(crate) place: ProjectPlace,
    /// Whether another window or command has it open.
    pub(crate) is_open_elsewhere: bool,
    /// The file of the project of which it is a later state that was not saved.
    pub(crate) of: Option<EarlierState>,
    /// What is wrong with the file, of which this is what could be read.
    pub(crate) damage: Option<Damage>,
}

/// The project among what is to be opened, as it is on a day; `None` where there is none.
pub(crate) fn project_of(
    opening: &Opening,
    today: Date,
    progress: &Progress,
) -> Option<Result<ProjectAt, String>> {
    let paths = opening.paths();
    let path = paths.iter().find(|path| is_project_file(path))?;
    if paths.len() > 1 || opening.names().len() > 1 {
        let how = "a project is opened alone; open it first, and add inventories then";
        return Some(Err(format!("{how}: {}", path.display())));
    }
    Some(opened(path, today, progress))
}

fn opened(path: &Path, today: Date, progress: &Progress) -> Result<ProjectAt, String> {
    let (opened, damage) = match open_project(path, today, progress) {
        Ok(opened) => (opened, None),
        Err(message) => {
            let found = salvage_project_at(path, today, progress).map_err(|_unreadable| message)?;
            (found.opened, found.damage)
        }
    };
    let (lock, is_open_elsewhere) = match ProjectLock::of(&opened.paths) {
        Locking::Held(lock) => (Some(Arc::new(lock)), false),
        Locking::HeldByAnother => (None, true),
        Locking::Impossible => (None, false),
    };
    let (paths, digest) = (opened.paths.clone(), opened.digest.clone());
    let place = ProjectPlace { paths, path: path.to_owned(), digest, lock };
    Ok(ProjectAt { opened, place, is_open_elsewhere, of: None, damage })
}

/// What is to be saved where.
#[derive(Clone, Debug)]
pub(crate) struct SaveRequest {
    pub(crate) project: Project,
    /// The key that made its fingerprints, if it is known.
    pub(crate) key: Option<FingerprintKey>,
    /// The day on which it is saved.
    pub(crate) today: Date,
    pub(crate) goal: SaveGoal,
    /// The file of which it is a later state: what is there is replaced where it still holds what it did.
    pub(crate) earlier: Option<EarlierState>,
}

/// Where a project is saved.
#[derive(Clone, Debug)]
pub(crate) enum SaveGoal {
    /// Where it is kept already, unless somebody else changed it.
    Same(ProjectPlace),
    /// Somewhere else, where nothing is yet.
    New(PathBuf),
    /// There, where whoever chose the name was asked already whether to replace what is there; not whether
    /// to replace what somebody else has changed.
    Chosen(PathBuf),
    /// There, whatever is there.
    Replace(PathBuf),
    /// There, where nobody else keeps anything.
    Own(PathBuf),
}

/// A project that was saved.
#[derive(Clone, Debug)]
pub(crate) struct SavedProject {
    pub(crate) project: Project,
    pub(crate) place: ProjectPlace,
    /// Why the disk may lose it again, if so.
    pub(crate) doubt: Option<String>,
}

impl SaveRequest {
    /// Saves it.
    pub(crate) fn save(self, own: Option<ProjectPlace>) -> Result<SavedProject, NotSaved> {
        self.save_on(&mut RealDisk, own)
    }

    /// The same on a disk.
    pub(crate) fn save_on(
        self,
        disk: &mut dyn Disk,
        own: Option<ProjectPlace>,
    ) -> Result<SavedProject, NotSaved> {
        let Self { project, key, today, goal, earlier } = self;
        let place = |path: &Path| {
            let failed = |error| NotSaved::Failed(not_written("the project", &error, path));
            Ok((ProjectPaths::of(path).map_err(failed)?, path.to_owned()))
        };
        let (paths, path) = match &goal {
            SaveGoal::Same(place) => (place.paths.clone(), place.path.clone()),
            SaveGoal::New(path)
            | SaveGoal::Chosen(path)
            | SaveGoal::Replace(path)
            | SaveGoal::Own(path) => place(path)?,
        };
        let held = own.filter(|own| own.paths == paths).and_then(|own| own.lock);
        let lock = match held {
            Some(lock) => Some(lock),
            None => locked(&paths, &path)?,
        };
        let earlier = earlier.filter(|earlier| earlier.is_at(&paths));
        let earlier = earlier.and_then(|earlier| earlier.digest);
        let expected = match (&goal, &earlier) {
            (SaveGoal::Same(place), _) => Expected::Content(&place.digest),
            (SaveGoal::New(_) | SaveGoal::Chosen(_), Some(earlier)) => Expected::Content(earlier),
            (SaveGoal::New(_), None) => Expected::Nothing,
            (SaveGoal::Chosen(_), None) | (SaveGoal::Replace(_), _) => Expected::Another,
            (SaveGoal::Own(_), _) => Expected::Anything,
        };
        let written = with_whole_paths(&project);
        let of = (&written, key.as_ref());
        let (digest, doubt) = match save_project_on(disk, of, &paths, (today, expected)) {
            Ok(digest) => (digest, None),
            Err(NotSaved::NotConfirmed(digest, message)) => (digest, Some(message)),
            Err(error) => return Err(error),
        };
        Ok(SavedProject { project, place: ProjectPlace { paths, path, digest, lock }, doubt })
    }
}

fn locked(paths: &ProjectPaths, path: &Path) -> Result<Option<Arc<ProjectLock>>, NotSaved> {
    match ProjectLock::of(paths) {
        Locking::Held(lock) => Ok(Some(Arc::new(lock))),
        Locking::Impossible => Ok(None),
        Locking::HeldByAnother => {
            let how = "the project is open in another window; close it there, or name another file";
            Err(NotSaved::Failed(format!("{how}: {}", path.display())))
        }
    }
}

/// The same project with whole paths: who opens it next may be in another folder.
fn with_whole_paths(project: &Project) -> Project {
    let whole = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let Some(Opening::Files(paths)) = &project.sources.opening else { return project.clone() };
    let opening = Some(Opening::Files(paths.iter().map(whole).collect()));
    let sources = Sources { opening, ..Sources::clone(&project.sources) };
    Project { sources: Arc::new(sources), ..project.clone() }
}
