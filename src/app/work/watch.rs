//! Looks whether the files behind what is open have changed on disk.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::inventory::Progress;

/// How often files are looked at, and how often it is seen that nobody waits any more.
const EVERY: Duration = Duration::from_millis(1_500);
const BLINK: Duration = Duration::from_millis(100);

/// What distinguishes one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

/// Files as they were when they were read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch {
    files: Vec<(PathBuf, Option<Stamp>)>,
}

impl Watch {
    /// Notes how the files are now.
    pub(crate) fn new(paths: &[PathBuf]) -> Self {
        Self { files: paths.iter().map(|path| (path.clone(), stamp(path))).collect() }
    }

    /// The files that differ from what they were. One that is gone does not count: there is
    /// nothing to read anew, and what writes a file often takes the old one away first.
    pub(crate) fn changed(&self) -> Vec<PathBuf> {
        let differs = |(path, before): &&(PathBuf, Option<Stamp>)| {
            let now = stamp(path);
            now.is_some() && now != *before
        };
        self.files.iter().filter(differs).map(|(path, _)| path.clone()).collect()
    }

    /// Waits until some file has changed and stays as it is for one look more, so that a file is
    /// not read while it is being written; `None` where nobody waits any more.
    pub(crate) fn wait(&self, progress: &Progress) -> Option<Vec<PathBuf>> {
        if self.files.is_empty() {
            return None;
        }
        let mut before = Self::default();
        loop {
            let mut slept = Duration::ZERO;
            while slept < EVERY {
                if progress.is_cancelled() {
                    return None;
                }
                std::thread::sleep(BLINK);
                slept += BLINK;
            }
            let changed = self.changed();
            if !changed.is_empty() && before.files.len() == changed.len() && before.settled() {
                return Some(changed);
            }
            before = Self::new(&changed);
        }
    }

    fn settled(&self) -> bool {
        self.changed().is_empty()
    }
}

/// The state of a file, or of a folder with what stands in it; `None` where there is none.
fn stamp(path: &PathBuf) -> Option<Stamp> {
    let found = fs::metadata(path).ok()?;
    let mut stamp = Stamp { length: found.len(), modified: found.modified().ok() };
    if found.is_dir() {
        stamp.length = 0;
        for entry in fs::read_dir(path).ok()?.flatten() {
            let Ok(part) = entry.metadata() else { continue };
            stamp.length += part.len();
            stamp.modified = stamp.modified.max(part.modified().ok());
        }
    }
    Some(stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_grew_has_changed_and_one_that_is_gone_has_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        fs::write(&path, "id,service\nk,s\n").expect("written");
        let watch = Watch::new(std::slice::from_ref(&path));
        assert!(watch.changed().is_empty());
        fs::write(&path, "id,service\nk,s\nl,s\n").expect("written");
        assert_eq!(watch.changed(), vec![path.clone()]);
        fs::remove_file(&path).expect("removed");
        assert!(watch.changed().is_empty());
    }

    #[test]
    fn a_folder_changes_with_its_parts() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("part-0.csv"), "id,service\nk,s\n").expect("written");
        let watch = Watch::new(&[folder.path().to_owned()]);
        fs::write(folder.path().join("part-0.csv"), "id,service\nk,s\nl,s\n").expect("written");
        assert_eq!(watch.changed(), vec![folder.path().to_owned()]);
    }

    #[test]
    fn nobody_waits_for_what_was_cancelled_or_for_nothing() {
        let progress = Progress::default();
        assert_eq!(Watch::default().wait(&progress), None);
        progress.cancel();
        assert_eq!(Watch::new(&["a.csv".into()]).wait(&progress), None);
    }
}
