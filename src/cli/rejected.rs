//! The rejected rows as files, one for each source that has some.

use std::path::{Path, PathBuf};

use super::files::{not_written, write_whole};
use crate::export::{rejected, write_rejected};
use crate::inventory::{Inventory, SourceId};

/// Writes the rejected rows, one file for each source that has some, at least one in all; returns
/// which files.
///
/// # Errors
/// One sentence where a file cannot be written.
pub fn save_rejected(inventory: &Inventory, file: &Path) -> Result<Vec<String>, String> {
    let sources = (0..inventory.sources.len() as u16).map(SourceId);
    let mut with_some: Vec<SourceId> =
        sources.filter(|source| rejected(inventory, *source).next().is_some()).collect();
    if with_some.is_empty() {
        with_some.push(SourceId(0));
    }
    let mut written = Vec::new();
    for (number, source) in (1..).zip(with_some) {
        let path = numbered(file, number);
        let name = path.display().to_string();
        write_whole(&path, |out| write_rejected(inventory, source, out))
            .map_err(|error| not_written("the file", &error, &path))?;
        written.push(name);
    }
    Ok(written)
}

/// `rejected.csv`, `rejected-2.csv` and so on.
fn numbered(file: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return file.to_owned();
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let end = file.extension().map(|end| format!(".{}", end.to_string_lossy()));
    file.with_file_name(format!("{stem}-{number}{}", end.unwrap_or_default()))
}
