//! What is written where somebody said: each says where it is, or, as an error, why it is nowhere.

use std::path::Path;

use crate::import::ColumnMapping;
use crate::inventory::Inventory;

/// Writes the rows that were left out.
///
/// # Errors
/// Where they cannot be written.
pub(crate) fn save_rejected(inventory: &Inventory, path: &Path) -> Result<String, String> {
    let files = crate::cli::save_rejected(inventory, path)?;
    Ok(format!("The rejected rows are in {}", files.join(", ")))
}

/// Writes what the columns of a table mean.
///
/// # Errors
/// Where it cannot be written.
pub(crate) fn save_mapping(mapping: &ColumnMapping, path: &Path) -> Result<String, String> {
    let text = mapping.to_toml();
    match crate::cli::write_whole(path, |out| out.write_all(text.as_bytes())) {
        Ok(()) => Ok(format!("The column mapping is in {}", path.display())),
        Err(error) => Err(crate::cli::not_written("the column mapping", &error, path)),
    }
}
