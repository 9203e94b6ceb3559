//! Writes the files of a folder together: all of them are there, or those that were there before.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::unfinished::{Unfinished, together};
use super::write_whole;

/// What failed, and where.
pub type FolderError = (io::Error, PathBuf);

/// Writes files into a folder, which is made where it is not there. They are written beside their places
/// first, so that a full disk leaves the folder as it was. `stale` are names of files that an earlier run
/// may have left there and that go unless they are written again; others stay.
///
/// # Errors
/// Where something cannot be written. Before the last file is written, nothing has changed then.
pub fn write_folder<W>(
    folder: &Path,
    files: impl IntoIterator<Item = (String, W)>,
    stale: &[&str],
) -> Result<usize, FolderError>
where
    W: FnOnce(&mut dyn Write) -> io::Result<()>,
{
    let is_new = !folder.is_dir();
    if is_new {
        fs::create_dir(folder).map_err(|error| (error, folder.to_owned()))?;
    }
    let written = staged(folder, files, stale);
    if is_new && written.is_err() {
        // What failed is said; a folder that is not empty, or cannot be removed, stays.
        drop(fs::remove_dir(folder));
    }
    written
}

fn staged<W>(
    folder: &Path,
    files: impl IntoIterator<Item = (String, W)>,
    stale: &[&str],
) -> Result<usize, FolderError>
where
    W: FnOnce(&mut dyn Write) -> io::Result<()>,
{
    let make = || tempfile::Builder::new().prefix(".keyreach-").suffix(".part").tempdir_in(folder);
    let beside = Unfinished::make(make, TempDir::path);
    let (beside, _unfinished) = beside.map_err(|error| (error, folder.to_owned()))?;
    let mut names = Vec::new();
    for (name, write) in files {
        let written = write_whole(&beside.path().join(&name), write);
        written.map_err(|error| (error, folder.join(&name)))?;
        names.push(name);
    }
    together(|| put_in_place(&names, beside.path(), folder, stale))?;
    Ok(names.len())
}

fn put_in_place(
    names: &[String],
    beside: &Path,
    folder: &Path,
    stale: &[&str],
) -> Result<(), FolderError> {
    for name in names {
        let goal = folder.join(name);
        fs::rename(beside.join(name), &goal).map_err(|error| (error, goal))?;
    }
    for name in stale.iter().filter(|name| names.iter().all(|own| own != *name)) {
        let file = folder.join(name);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err((error, file)),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Write1 = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()>>;

    fn file(name: &str, text: &'static str) -> (String, Write1) {
        (name.to_owned(), Box::new(move |out| out.write_all(text.as_bytes())))
    }

    fn listed(folder: &Path) -> Vec<(String, String)> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let mut all: Vec<_> = entries
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        all.sort();
        all
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn all_files_are_new_or_all_are_old_and_what_was_left_of_before_goes() {
        let ground = tempfile::tempdir().unwrap();
        let folder = ground.path().join("out");
        let failing = || -> (String, Write1) {
            ("b".to_owned(), Box::new(|_| Err(io::ErrorKind::StorageFull.into())))
        };
        let (error, at) = write_folder(&folder, [file("a", "1"), failing()], &[]).unwrap_err();
        assert_eq!((error.kind(), at), (io::ErrorKind::StorageFull, folder.join("b")));
        assert!(!folder.exists());
        let stale = ["a", "b", "c"];
        write_folder(&folder, [file("a", "1"), file("b", "1")], &stale).unwrap();
        fs::write(folder.join("own.txt"), "mine").unwrap();
        assert!(write_folder(&folder, [file("a", "2"), failing()], &stale).is_err());
        assert_eq!(listed(&folder), pairs(&[("a", "1"), ("b", "1"), ("own.txt", "mine")]));
        write_folder(&folder, [file("a", "3")], &stale).unwrap();
        assert_eq!(listed(&folder), pairs(&[("a", "3"), ("own.txt", "mine")]));
    }
}
