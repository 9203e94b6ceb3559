//! What stands beside a project file: its key, its backup, its lock, and what is not finished.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{folder_of, real_path};

/// A project file and what stands beside it; links are followed, so that every name of a file leads to
/// the same ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectPaths {
    /// The project file.
    pub file: PathBuf,
    /// The key of its fingerprints.
    pub key: PathBuf,
    /// How it was before it was saved last.
    pub backup: PathBuf,
    /// Locked by whoever has it open.
    pub lock: PathBuf,
}

impl ProjectPaths {
    /// What belongs to a project of this path, whether it is there or not.
    ///
    /// # Errors
    /// Where a folder of the path is not there or may not be looked into.
    pub fn of(path: &Path) -> io::Result<Self> {
        let file = real_path(path)?;
        let beside = |before: &str, behind: &str| {
            let mut name = OsString::from(before);
            name.push(file.file_name().unwrap_or_default());
            name.push(behind);
            file.with_file_name(name)
        };
        Ok(Self {
            key: beside("", ".key"),
            backup: beside("", ".bak"),
            lock: beside(".", ".lock"),
            file,
        })
    }

    /// The folder in which they stand.
    pub fn folder(&self) -> &Path {
        folder_of(&self.file)
    }

    /// How the names of files start that are not finished.
    pub(super) fn part_start(&self) -> String {
        format!(".{}-", self.file.file_name().unwrap_or_default().to_string_lossy())
    }
}
