//! Files, the clock and the key: what the core is handed, it is handed from here.

mod system_words;
mod large;
mod whole;
mod unfinished;
mod disk;
mod atomic;
mod project_paths;
mod project_lock;
mod project_key;
mod project_file;
mod asked_lists;
mod folder;
mod bloodhound_folder;
#[cfg(test)]
pub(crate) mod faulty_disk;
#[cfg(test)]
mod saving_tests;

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::cli::files::large::LargeFiles;
use crate::import::{FileBytes, FingerprintKey, is_table};
use crate::inventory::Date;

pub use crate::cli::files::asked_lists::{ListsNotWritten, write_asked_lists};
pub use crate::cli::files::atomic::{write_private, write_whole};
pub use crate::cli::files::bloodhound_folder::{
    BloodhoundNotWritten, foreign_bloodhound_file, write_bloodhound,
};
#[cfg(feature = "gui")]
pub(crate) use crate::cli::files::disk::{Disk, RealDisk};
pub use crate::cli::files::folder::{FolderError, write_folder};
pub(in crate::cli) use crate::cli::files::project_file::project_sources;
#[cfg(feature = "gui")]
pub(crate) use crate::cli::files::project_file::save_project_on;
pub use crate::cli::files::project_file::{
    Damage, Expected, NotSaved, OpenedProject, SalvagedProject, digest_of, is_project_file,
    open_project, salvage_project_at, save_project,
};
pub use crate::cli::files::project_key::ProjectKey;
pub(in crate::cli) use crate::cli::files::project_key::key_beside;
pub use crate::cli::files::project_lock::{Locking, ProjectLock};
pub use crate::cli::files::project_paths::ProjectPaths;
pub(in crate::cli) use crate::cli::files::project_paths::project_of_backup;
pub(in crate::cli) use crate::cli::files::system_words::plain;

/// Whether a path stands for standard input or output.
pub(in crate::cli) fn is_standard_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// An inventory that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("there is no such file; check its name: {0}")]
    Missing(String),
    /// It is a folder without anything to import.
    #[error("the folder holds no table (CSV, TSV, JSON, XLSX or these packed): {0}")]
    NoTables(String),
    /// It is a folder with far too many files.
    #[error("the folder holds more than 10,000 tables; name fewer: {0}")]
    TooManyTables(String),
    /// It may not be read.
    #[error("no permission to read the file: {0}")]
    NoRights(String),
    /// It would not fit into memory.
    #[error(
        "the files have {megabytes} MB and need about {needed} MB of memory, of which {free} MB are \
         free; open fewer at once, or split the inventory: {path}"
    )]
    TooLarge {
        /// The size of all files.
        megabytes: u64,
        /// What they would take.
        needed: u64,
        /// What there is.
        free: u64,
        /// The file at which it was too much.
        path: String,
    },
    /// Something else failed.
    #[error("the file could not be read ({}): {path}", plain(error))]
    Other {
        /// What the system says.
        error: io::Error,
        /// The file.
        path: String,
    },
}

/// Why a file with settings could not be read, and what to do.
pub fn not_read(what: &str, error: &io::Error, path: &Path) -> String {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check its name".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read the file".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder; name a file".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text; save it as UTF-8".to_owned(),
        _ => plain(error),
    };
    format!("{what} could not be read: {why}: {}", path.display())
}

/// Why a file could not be written, and what to do.
pub fn not_written(what: &str, error: &io::Error, path: &Path) -> String {
    let why = match error.kind() {
        io::ErrorKind::NotFound => {
            "the folder does not exist; create it, or name another file".to_owned()
        }
        io::ErrorKind::NotADirectory => {
            "what stands before the name is a file, no folder; name another".to_owned()
        }
        io::ErrorKind::AlreadyExists => "this is a file; name a folder".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "no permission to write there; name another file".to_owned()
        }
        io::ErrorKind::IsADirectory => "this is a folder; name a file".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full; free some space".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => {
            "the disk is read-only; name a file on another".to_owned()
        }
        _ => plain(error),
    };
    format!("{what} could not be written: {why}: {}", path.display())
}

/// Reads files, of large tables of text only the start; the import asks for the rest. `-` stands for standard input, a folder for the tables in it.
///
/// # Errors
/// At the first file that cannot be read, and before any is read if they would not fit into memory.
pub fn read_files(paths: &[PathBuf]) -> Result<Vec<FileBytes>, ReadError> {
    let large = LargeFiles::default();
    check_sizes(paths.iter().cloned(), large)?;
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(read_folder(path, large)?);
        } else {
            files.push(read_file(path, large)?);
        }
    }
    Ok(files)
}

/// How many times its bytes a file, what is kept of it, the graph and its answers take together.
const TIMES: u64 = 5;

/// Whether all files fit into memory together; those that do not say their size are skipped. Of a
/// large one it is supposed that it need not be there itself.
fn check_sizes(paths: impl Iterator<Item = PathBuf>, large: LargeFiles) -> Result<(), ReadError> {
    let Some(free) = free_memory() else { return Ok(()) };
    let sized = |path: PathBuf| {
        let size = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?.len();
        let times = if size > large.whole_up_to { TIMES - 1 } else { TIMES };
        Some(Sized { path, size, times })
    };
    check_room(paths.filter_map(sized), free)
}

/// A file, its bytes, and how many times these are needed.
struct Sized {
    path: PathBuf,
    size: u64,
    times: u64,
}

fn check_room(sizes: impl Iterator<Item = Sized>, free: u64) -> Result<(), ReadError> {
    let (mut all, mut needed) = (0_u64, 0_u64);
    for Sized { path, size, times } in sizes {
        all = all.saturating_add(size);
        needed = needed.saturating_add(size.saturating_mul(times));
        if needed > free {
            let (megabytes, needed, free) = (all >> 20, needed >> 20, free >> 20);
            let path = path.display().to_string();
            return Err(ReadError::TooLarge { megabytes, needed, free, path });
        }
    }
    Ok(())
}

/// How many bytes of memory can be had without swapping; `None` where the system does not say.
fn free_memory() -> Option<u64> {
    let report = fs::read_to_string("/proc/meminfo").ok()?;
    let line = report.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    kilobytes.checked_mul(1 << 10)
}

/// How deep folders within a folder are looked into.
const DEPTH: usize = 8;
/// No folder may have more tables.
const MOST_PARTS: usize = 10_000;

/// Reads the tables of a folder, and of those within it, by name; what tools leave beside them
/// (hidden files, names that start with `_`) is skipped.
fn read_folder(folder: &Path, large: LargeFiles) -> Result<Vec<FileBytes>, ReadError> {
    let name = folder.display().to_string();
    let mut parts = Vec::new();
    gather(folder, Path::new(""), DEPTH, &mut parts).map_err(|error| failed(error, &name))?;
    parts.sort();
    match parts.len() {
        0 => return Err(ReadError::NoTables(name)),
        count if count > MOST_PARTS => return Err(ReadError::TooManyTables(name)),
        _ => check_sizes(parts.iter().map(|part| folder.join(part)), large)?,
    }
    let read = |part: &PathBuf| {
        let file = read_file(&folder.join(part), large)?;
        Ok(FileBytes { part_of: Some(name.clone()), ..file })
    };
    parts.iter().map(read).collect()
}

fn gather(folder: &Path, within: &Path, depth: usize, parts: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(within))? {
        let entry = entry?;
        let part = within.join(entry.file_name());
        // A link to a folder could lead round in circles.
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let hidden = entry.file_name().to_string_lossy().starts_with(['.', '_']);
            if depth > 0 && !hidden {
                gather(folder, &part, depth - 1, parts)?;
            }
        } else if is_table(&part.to_string_lossy()) {
            parts.push(part);
        }
        if parts.len() > MOST_PARTS {
            return Ok(());
        }
    }
    Ok(())
}

fn failed(error: io::Error, name: &str) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing(name.to_owned()),
        io::ErrorKind::PermissionDenied => ReadError::NoRights(name.to_owned()),
        _ => ReadError::Other { error, path: name.to_owned() },
    }
}

fn read_file(path: &Path, large: LargeFiles) -> Result<FileBytes, ReadError> {
    let name = path.display().to_string();
    let is_input = name == "-";
    if !is_input && large.are_like(path) {
        let opened = large::opened(path, large).map_err(|error| failed(error, &name))?;
        if let Some(file) = opened {
            return Ok(file);
        }
        // It was supposed to need less before anybody looked into it.
        check_sizes(
            std::iter::once(path.to_owned()),
            LargeFiles { whole_up_to: u64::MAX, ..large },
        )?;
    }
    let read = if is_input {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        whole::read(path)
    };
    match read {
        Ok(bytes) => Ok(FileBytes::new(name, bytes)),
        Err(error) => Err(failed(error, &name)),
    }
}

/// The system gave no random numbers for a key.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers for a key ({0}); name a key file with --key-file")]
pub struct KeyFailure(getrandom::Error);

/// A random key, which is forgotten when the program ends.
///
/// # Errors
/// Where the system gives no random numbers.
pub fn fresh_key() -> Result<FingerprintKey, KeyFailure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(KeyFailure)?;
    Ok(FingerprintKey::from_bytes(bytes))
}

/// Today's date, in UTC.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_file_is_not_read_or_written_is_said_in_plain_words() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("no").join("x.csv");
        let error = write_whole(&missing, |_| Ok(())).unwrap_err();
        let said = format!(
            "the file could not be written: the folder does not exist; create it, or name another \
             file: {}",
            missing.display()
        );
        assert_eq!(not_written("the file", &error, &missing), said);
        // A file stands where a folder is named.
        fs::write(folder.path().join("file"), "x").unwrap();
        let below = folder.path().join("file").join("x.csv");
        let said = not_written("the file", &write_whole(&below, |_| Ok(())).unwrap_err(), &below);
        assert!(said.contains("a file, no folder") && !said.contains("os error"), "{said}");
        let taken = folder.path().join("file");
        let said = not_written("the page", &fs::create_dir(&taken).unwrap_err(), &taken);
        assert!(said.contains("this is a file; name a folder"), "{said}");
        let error = fs::read_to_string(&missing).unwrap_err();
        let said = not_read("the policy", &error, &missing);
        let start = "the policy could not be read: there is no such file; check its name: ";
        assert!(said.starts_with(start) && !said.contains("os error"), "{said}");
        let wrapped = io::Error::other("the encoder failed");
        assert_eq!(plain(&wrapped), "the encoder failed");
        assert_eq!(plain(&io::Error::from_raw_os_error(5)), "Input/output error");
    }

    #[test]
    fn files_that_do_not_fit_into_memory_are_refused_in_words() {
        let sizes = || {
            [("one.csv", 30 << 20), ("two.csv", 20 << 20)].map(|(name, size)| Sized {
                path: name.into(),
                size,
                times: TIMES,
            })
        };
        assert!(check_room(sizes().into_iter(), 250 << 20).is_ok());
        let told = check_room(sizes().into_iter(), 249 << 20).unwrap_err().to_string();
        assert_eq!(
            told,
            "the files have 50 MB and need about 250 MB of memory, of which 249 MB are free; open \
             fewer at once, or split the inventory: two.csv"
        );
    }
}
