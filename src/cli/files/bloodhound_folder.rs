//! The folder of files for BloodHound. Its files have common names (`schema.json`, `links.json`), so that one
//! that is there already may be somebody else's.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use super::{FolderError, write_folder};
use crate::export::{BLOODHOUND_FILES, BloodhoundFile, is_own_bloodhound_file};

/// How many bytes of a file are looked at to see whose it is: the name of the source is among the first.
const START: u64 = 1 << 16;

/// Why the files were not written.
#[derive(Debug)]
pub enum BloodhoundNotWritten {
    /// A file of one of the names is there already and was not written by this program; nothing was
    /// written.
    Foreign(PathBuf),
    /// What failed, and where.
    Failed(FolderError),
}

/// Writes all files or none; how many. Files of an earlier export go, those of other names stay.
///
/// # Errors
/// Where a file of one of the names is somebody else's and `replace` is not given, before anything is
/// written; and where one cannot be written.
pub fn write_bloodhound(
    files: Vec<BloodhoundFile>,
    folder: &Path,
    replace: bool,
) -> Result<usize, BloodhoundNotWritten> {
    let failed = |(error, at): FolderError| BloodhoundNotWritten::Failed((error, at));
    if let Some(file) = foreign_bloodhound_file(folder).map_err(failed)?.filter(|_| !replace) {
        return Err(BloodhoundNotWritten::Foreign(file));
    }
    let files = files.into_iter().map(|BloodhoundFile { name, bytes }| {
        (name.to_owned(), move |out: &mut dyn Write| out.write_all(&bytes))
    });
    // Links to other collectors' data that an earlier run left would be uploaded with these.
    write_folder(folder, files, &BLOODHOUND_FILES).map_err(failed)
}

/// The first file of one of the names that this program did not write, if there is one. Costs a look at the
/// start of each.
///
/// # Errors
/// Where one cannot be read.
pub fn foreign_bloodhound_file(folder: &Path) -> Result<Option<PathBuf>, FolderError> {
    for name in BLOODHOUND_FILES {
        let file = folder.join(name);
        match is_foreign(&file) {
            Err(error) => return Err((error, file)),
            Ok(true) => return Ok(Some(file)),
            Ok(false) => {}
        }
    }
    Ok(None)
}

/// Whether a file is there that this program did not write.
fn is_foreign(file: &Path) -> io::Result<bool> {
    let open = match File::open(file) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            return Ok(false);
        }
        open => open?,
    };
    let mut start = Vec::new();
    open.take(START).read_to_end(&mut start)?;
    Ok(!is_own_bloodhound_file(&start))
}
