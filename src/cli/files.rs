//! Files, the clock and the key: what the core is handed, it is handed from here.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::import::{FileBytes, FingerprintKey};
use crate::inventory::Date;

/// An inventory that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("there is no such file; check its name: {0}")]
    Missing(String),
    /// It is a folder.
    #[error("this is a folder; name the files in it: {0}")]
    Folder(String),
    /// It may not be read.
    #[error("the file may not be read; ask for the right to read it: {0}")]
    NoRights(String),
    /// Something else failed.
    #[error("the file could not be read ({error}): {path}")]
    Other {
        /// What the system says.
        error: io::Error,
        /// The file.
        path: String,
    },
}

/// Reads files whole; `-` stands for standard input.
///
/// # Errors
/// At the first file that cannot be read.
pub fn read_files(paths: &[PathBuf]) -> Result<Vec<FileBytes>, ReadError> {
    paths.iter().map(|path| read_file(path)).collect()
}

fn read_file(path: &Path) -> Result<FileBytes, ReadError> {
    let name = path.display().to_string();
    let read = if name == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else if path.is_dir() {
        return Err(ReadError::Folder(name));
    } else {
        std::fs::read(path)
    };
    match read {
        Ok(bytes) => Ok(FileBytes { name, bytes }),
        Err(error) => Err(match error.kind() {
            io::ErrorKind::NotFound => ReadError::Missing(name),
            io::ErrorKind::PermissionDenied => ReadError::NoRights(name),
            _ => ReadError::Other { error, path: name },
        }),
    }
}

/// The system gave no random numbers for a key.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers for a key ({0}); name one with --key-file")]
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

/// Writes a file so that whoever looks sees the old one or the new one, never half of it.
///
/// # Errors
/// Where the folder or the file cannot be written; the old file is then untouched.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    // Never a file that is already there: somebody may have put a link in its place.
    let written = std::fs::File::create_new(&part).and_then(|file| {
        let mut buffered = io::BufWriter::new(file);
        write(&mut buffered)?;
        buffered.flush()?;
        buffered.get_ref().sync_all()
    });
    let finished = written.and_then(|()| std::fs::rename(&part, path));
    if finished.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::AlreadyExists) {
        // The first failure is what matters to the user; the leftover is only tidied up.
        drop(std::fs::remove_file(&part));
    }
    finished
}
