//! What stands beside a project file: its key, its backup, its lock, and what is not finished.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{folder_of, real_path};
use crate::project::PROJECT_ENDING;

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

/// How the names of backups end.
const BACKUP: &str = ".bak";

/// The name of the project of which a file is a backup, by its name; an older one has a number.
pub(in crate::cli) fn project_of_backup(name: &str) -> Option<&str> {
    let start = name.strip_suffix(BACKUP)?;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = start.rsplit_once('.').filter(|(_, number)| is_number(number));
    let project = numbered.map_or(start, |(project, _)| project);
    Path::new(project).extension().is_some_and(|end| end == PROJECT_ENDING).then_some(project)
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
        // The backup of a project has the key of the project.
        let own = file.file_name().unwrap_or_default().to_string_lossy();
        let whose = project_of_backup(&own).map(|name| file.with_file_name(format!("{name}.key")));
        Ok(Self {
            key: whose.unwrap_or_else(|| beside("", ".key")),
            backup: beside("", BACKUP),
            lock: beside(".", ".lock"),
            file,
        })
    }

    /// The path of an older backup, which stays when something else takes the place of the project.
    pub(super) fn older_backup(&self, number: usize) -> PathBuf {
        let mut name = OsString::from(self.file.file_name().unwrap_or_default());
        name.push(format!(".{number}{BACKUP}"));
        self.file.with_file_name(name)
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
