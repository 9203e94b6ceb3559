//! Small files that are kept for the next start: written off the drawing thread, in the order in
//! which they were handed in, and all of them before the window is gone.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A file to be written, or a file or a folder to be removed.
#[derive(Debug)]
pub(crate) struct PendingFile {
    pub(crate) path: PathBuf,
    /// What it is to say; nothing where it is to go.
    pub(crate) text: Option<String>,
    /// What it is called where it cannot be written: "the list of recent files".
    pub(crate) what: &'static str,
}

/// The files that wait to be written. Clones share one queue.
#[derive(Clone, Debug, Default)]
pub(crate) struct WriteQueue(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    files: VecDeque<PendingFile>,
    /// One sentence on the first file that could not be written.
    failure: Option<String>,
}

impl WriteQueue {
    pub(crate) fn push(&self, file: PendingFile) {
        self.lock().files.push_back(file);
    }

    pub(crate) fn push_all(&self, files: impl IntoIterator<Item = PendingFile>) {
        self.lock().files.extend(files);
    }

    /// Writes all that waits.
    ///
    /// The lock is held throughout, so that two threads cannot write an older text over a newer one.
    pub(crate) fn write_all(&self) {
        let mut queue = self.lock();
        while let Some(PendingFile { path, text, what }) = queue.files.pop_front() {
            let done = match &text {
                Some(text) => write(&path, text),
                None => remove(&path),
            };
            if let Err(error) = done {
                queue.failure.get_or_insert_with(|| crate::cli::not_written(what, &error, &path));
            }
        }
    }

    /// Takes the sentence on the first file that could not be written since the last call.
    pub(crate) fn take_failure(&self) -> Option<String> {
        self.lock().failure.take()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    crate::cli::write_whole(path, |out| out.write_all(text.as_bytes()))
}

/// Removes a file, or a folder with all that is in it; one that is not there is gone already.
fn remove(path: &Path) -> std::io::Result<()> {
    let removed =
        if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_in_order_and_the_first_failure_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let (kept, blocked) = (folder.path().join("new").join("a.txt"), folder.path().join("b"));
        std::fs::create_dir(&blocked).expect("a folder where a file should be");
        let queue = WriteQueue::default();
        let pending = |path: &Path, text: &str, what| PendingFile {
            path: path.to_owned(),
            text: Some(text.to_owned()),
            what,
        };
        queue.push(pending(&kept, "older", "the list"));
        queue.push(pending(&blocked, "x", "the mapping"));
        queue.push(pending(&kept, "newer", "the list"));
        queue.write_all();
        let failure = queue.take_failure().expect("a folder cannot be replaced by a file");
        assert!(failure.starts_with("the mapping could not be written: "), "{failure}");
        assert_eq!(std::fs::read_to_string(&kept).expect("written"), "newer");
        assert_eq!(queue.take_failure(), None);
    }
}
