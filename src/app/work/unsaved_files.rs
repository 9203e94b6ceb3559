//! Unsaved work on disk: kept while it is unsaved, found again after a crash.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::app::work::project_files::{
    EarlierState, ProjectAt, ProjectPlace, SaveGoal, SaveRequest, project_of,
};
use crate::cli::{Disk, NotSaved, ProjectPaths, RealDisk, write_private};
use crate::import::FingerprintKey;
use crate::inventory::{Date, Progress};
use crate::project::{ContentDigest, Opening, PROJECT_ENDING, Project};

/// A file with unsaved work. It goes with the last who holds it, because the work is saved then or
/// was declined; after a panic it stays.
#[derive(Debug)]
pub(crate) struct UnsavedFile(ProjectPlace);

impl UnsavedFile {
    /// Takes a file that was found for the own one.
    pub(crate) fn of(place: ProjectPlace) -> Self {
        Self(place)
    }
}

impl Drop for UnsavedFile {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        remove(&self.0.paths);
    }
}

/// Removes a file with unsaved work, and what stands beside it.
fn remove(paths: &ProjectPaths) {
    let of = file_of(&paths.file);
    for path in [&paths.file, &paths.key, &paths.backup, &of] {
        // What is not there needs no removing, and what cannot be removed is offered again.
        drop(fs::remove_file(path));
    }
}

/// Work that is kept, and the file that it is kept in.
#[derive(Clone, Debug)]
pub(crate) struct KeptWork {
    pub(crate) project: Project,
    pub(crate) file: Arc<UnsavedFile>,
}

/// Work that is not saved.
pub(crate) struct UnsavedWork {
    pub(crate) project: Project,
    /// The key that made its fingerprints, if it is known.
    pub(crate) key: Option<FingerprintKey>,
    pub(crate) today: Date,
    /// The file of the project of which it is a later state.
    pub(crate) of: Option<EarlierState>,
}

/// Where it stands of which file of a project unsaved work is a later state.
fn file_of(unsaved: &Path) -> PathBuf {
    unsaved.with_extension("of")
}

/// What is written there: the digest of what the file held, if it is known, and its path.
fn words_of(earlier: &EarlierState) -> Option<String> {
    let path = earlier.path.to_str()?;
    let digest = earlier.digest.as_ref();
    Some(digest.map_or_else(|| path.to_owned(), |digest| format!("{}\n{path}", digest.as_str())))
}

/// The same, read back.
fn earlier_of(text: &str) -> EarlierState {
    let known = text.split_once('\n');
    let known = known.and_then(|(digest, path)| Some((ContentDigest::parse(digest)?, path)));
    match known {
        Some((digest, path)) => EarlierState { path: path.into(), digest: Some(digest) },
        None => EarlierState { path: text.into(), digest: None },
    }
}

/// Keeps a project in a folder of unsaved work, in the file where it was kept before if there is one.
///
/// # Errors
/// Where it cannot be kept; what was kept before still is.
pub(crate) fn keep(
    work: UnsavedWork,
    folder: &Path,
    before: Option<Arc<UnsavedFile>>,
) -> Result<KeptWork, NotSaved> {
    keep_on(&mut RealDisk, work, folder, before)
}

/// The same on a disk.
fn keep_on(
    disk: &mut dyn Disk,
    work: UnsavedWork,
    folder: &Path,
    before: Option<Arc<UnsavedFile>>,
) -> Result<KeptWork, NotSaved> {
    let UnsavedWork { project, key, today, of } = work;
    let own = before.as_ref().map(|before| before.0.clone());
    let path = match &own {
        Some(own) => own.path.clone(),
        None => new_file(folder)?,
    };
    let is_new = own.is_none();
    let goal = SaveGoal::Own(path.clone());
    let request = SaveRequest { project, key, today, goal, earlier: None };
    let saved = request.save_on(disk, own).and_then(|saved| match saved.doubt {
        Some(doubt) => Err(NotSaved::Failed(doubt)),
        None => Ok(saved),
    });
    let saved = saved.inspect_err(|_| {
        // Nobody knows of a file that is there though it could not be kept: it would be offered once all is
        // saved.
        if let Ok(paths) = ProjectPaths::of(&path)
            && is_new
        {
            remove(&paths);
        }
    })?;
    if let Some(of) = of.as_ref().and_then(words_of) {
        let to = file_of(&saved.place.paths.file);
        // Without it the work is offered all the same, under no name.
        drop(write_private(&to, |out| out.write_all(of.as_bytes())));
    }
    let file = before.unwrap_or_else(|| Arc::new(UnsavedFile(saved.place)));
    Ok(KeptWork { project: saved.project, file })
}

/// A file that nobody else has, in a folder that nobody else may look into.
fn new_file(folder: &Path) -> Result<PathBuf, NotSaved> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made = builder.create(folder);
    made.map_err(|error| {
        NotSaved::Failed(crate::cli::not_written("the unsaved work", &error, folder))
    })?;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let name = format!("{}-{}", std::process::id(), since.as_nanos());
    Ok(folder.join(name).with_extension(PROJECT_ENDING))
}

/// The unsaved work of a window that is no longer there, the latest; none where there is none.
pub(crate) fn find(folder: &Path, today: Date, progress: &Progress) -> Option<Arc<ProjectAt>> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let dated = entries.filter_map(|entry| {
        let path = entry.path();
        let is_project = path.extension().is_some_and(|end| end == PROJECT_ENDING);
        is_project.then_some((entry.metadata().ok()?.modified().ok()?, path))
    });
    let mut dated: Vec<(SystemTime, PathBuf)> = dated.collect();
    dated.sort();
    dated.into_iter().rev().find_map(|(_, path)| {
        let of = fs::read_to_string(file_of(&path)).ok().map(|text| earlier_of(&text));
        let found = project_of(&Opening::Files(vec![path]), today, progress)?.ok()?;
        // Half of it would take the place of the whole.
        if found.damage.is_some() {
            return None;
        }
        let found = ProjectAt { of, ..found };
        // A window that is still there holds its lock.
        found.place.lock.as_ref()?;
        Some(Arc::new(found))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::faulty_disk::{Fault, FaultyDisk, faults};

    const DAY: Date = jiff::civil::date(2026, 11, 26);

    fn work(rotation_days: i32) -> UnsavedWork {
        let mut project = Project::new(DAY);
        Arc::make_mut(&mut project.assumptions).rotation_days = rotation_days;
        let key = FingerprintKey::from_bytes([1; 32]);
        Arc::make_mut(&mut project.sources).read.key = Some(key.mark());
        UnsavedWork { project, key: Some(key), today: DAY, of: Some(earlier()) }
    }

    fn earlier() -> EarlierState {
        EarlierState { path: "p.keyreach".into(), digest: Some(ContentDigest::of(b"before")) }
    }

    #[test]
    fn of_which_file_work_is_a_later_state_is_read_as_it_was_written() {
        let unknown = EarlierState { digest: None, ..earlier() };
        // A path may have any sign but the one that ends it.
        let odd = EarlierState { path: "a\nb.keyreach".into(), ..earlier() };
        let odd_unknown = EarlierState { digest: None, ..odd.clone() };
        for of in [earlier(), unknown, odd, odd_unknown] {
            assert_eq!(earlier_of(&words_of(&of).expect("it is text")), of);
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("it is there").flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    /// The unsaved work of a window that ended without a word.
    fn found(folder: &Path) -> Option<i32> {
        let found = find(folder, DAY, &Progress::default())?;
        Some(found.opened.project.assumptions.rotation_days)
    }

    #[test]
    fn unsaved_work_that_could_not_be_kept_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut all = FaultyDisk::new(usize::MAX, Fault::ShortWrite);
        drop(keep_on(&mut all, work(1), folder.path(), None).expect("it is kept"));
        assert!(all.steps.iter().filter(|step| **step == "write").count() == 2, "{:?}", all.steps);
        for (at, fault) in faults(&all.steps) {
            let what = format!("{} ({at}) {fault:?}", all.steps[at]);
            let kept = keep_on(&mut FaultyDisk::new(at, fault), work(1), folder.path(), None);
            assert!(kept.is_err(), "{what}");
            assert_eq!(names(folder.path()), Vec::<String>::new(), "{what}");
        }
    }

    #[test]
    fn what_was_kept_before_is_still_offered_whatever_step_of_keeping_fails() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = keep(work(1), folder.path(), None).expect("it is kept");
        let mut all = FaultyDisk::new(usize::MAX, Fault::ShortWrite);
        let before = Some(kept.file.clone());
        keep_on(&mut all, work(2), folder.path(), before).expect("it is kept again");
        assert!(all.steps.contains(&"link"), "{:?}", all.steps);
        drop(kept);
        assert_eq!(names(folder.path()), Vec::<String>::new());
        for (at, fault) in faults(&all.steps) {
            let what = format!("{} ({at}) {fault:?}", all.steps[at]);
            let kept = keep(work(1), folder.path(), None).expect("it is kept");
            let before = Some(kept.file.clone());
            let again = keep_on(&mut FaultyDisk::new(at, fault), work(2), folder.path(), before);
            assert_eq!(again.is_err(), all.steps[at] != "link", "{what}");
            // Its window is there, and holds it.
            assert_eq!(found(folder.path()), None, "{what}");
            let path = kept.file.0.paths.file.clone();
            let there = crate::cli::open_project(&path, DAY, &Progress::default());
            let days = there.expect("it is whole").project.assumptions.rotation_days;
            let is_new = ["link", "flush folder"].contains(&all.steps[at]);
            assert_eq!(days, if is_new { 2 } else { 1 }, "{what}");
            drop((kept, again));
            assert_eq!(names(folder.path()), Vec::<String>::new(), "{what}");
        }
    }
}
