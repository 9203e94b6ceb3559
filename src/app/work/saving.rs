//! What is written where somebody said: each says where it is, or why it is nowhere.

use std::path::Path;

use crate::import::ColumnMapping;
use crate::inventory::Inventory;

/// Writes the rows that were left out.
pub(crate) fn save_rejected(inventory: &Inventory, path: &Path) -> String {
    match crate::cli::save_rejected(inventory, path) {
        Ok(files) => format!("The rejected rows are in {}", files.join(", ")),
        Err(error) => error,
    }
}

/// Writes what the columns of a table mean.
pub(crate) fn save_mapping(mapping: &ColumnMapping, path: &Path) -> String {
    let text = mapping.to_toml();
    match crate::cli::write_whole(path, |out| out.write_all(text.as_bytes())) {
        Ok(()) => format!("The column mapping is in {}", path.display()),
        Err(error) => crate::cli::not_written("the column mapping", &error, path),
    }
}
