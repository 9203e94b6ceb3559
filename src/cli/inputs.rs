//! From the paths and options of a command to what it works on: key, settings, inventory, graph.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{AssumptionArguments, TableArguments};
use super::files::{fresh_key, not_read, read_files};
use super::streams::{Failure, INPUT, USAGE};
use crate::graph::AccessGraph;
use crate::import::{
    ColumnMapping, FileBytes, FingerprintKey, ImportError, ImportSettings, MappingFile, import,
    import_with_values,
};
use crate::inventory::{Assumptions, Inventory, Progress};

pub(super) fn key(file: Option<&Path>) -> Result<FingerprintKey, Failure> {
    let Some(file) = file else {
        return fresh_key().map_err(|error| Failure(INPUT, error.to_string()));
    };
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure(INPUT, not_read("the key", &error, file)))?;
    FingerprintKey::parse(&text)
        .map_err(|error| Failure(INPUT, format!("{error}: {}", file.display())))
}

/// The settings of an import that the command line asks for.
///
/// # Errors
/// One sentence where a column-mapping file cannot be read or is not one.
pub fn import_settings(read_as: &TableArguments) -> Result<ImportSettings, String> {
    let mut settings = ImportSettings {
        sheet: read_as.sheet.clone(),
        arrays: read_as.array.clone(),
        members: read_as.member.clone(),
        left_out: read_as.leave_out.iter().cloned().collect(),
        ..ImportSettings::default()
    };
    for file in &read_as.mapping {
        let name = file.display().to_string();
        let read = if file.as_os_str() == "-" {
            std::io::read_to_string(std::io::stdin())
        } else {
            std::fs::read_to_string(file)
        };
        let text = read.map_err(|error| not_read("the column mapping", &error, file))?;
        let read = MappingFile::parse(&text).map_err(|error| format!("{error}: {name}"))?;
        let named = |mapping| ColumnMapping { file: Some(name.clone()), ..mapping };
        settings.mappings.extend(read.tables.into_iter().map(named));
    }
    Ok(settings)
}

pub(super) fn settings(read_as: &TableArguments) -> Result<ImportSettings, Failure> {
    import_settings(read_as).map_err(|message| Failure(USAGE, message))
}

pub(super) fn assumed(assume: &AssumptionArguments) -> Result<Assumptions, Failure> {
    assume.assumptions().map_err(|message| Failure(USAGE, message))
}

pub(super) fn inventory(
    files: &[PathBuf],
    key: &FingerprintKey,
    settings: &ImportSettings,
) -> Result<Inventory, Failure> {
    let files = read_files(files).map_err(|error| Failure(INPUT, error.to_string()))?;
    inventory_of(files, key, settings)
}

fn inventory_of(
    files: Vec<FileBytes>,
    key: &FingerprintKey,
    settings: &ImportSettings,
) -> Result<Inventory, Failure> {
    import(files, key, settings, &Progress::default()).map_err(|error| refused(&error))
}

fn refused(error: &ImportError) -> Failure {
    Failure(if error.is_unknown_name() { USAGE } else { INPUT }, error.to_string())
}

/// The graphs of two inventories that are compared. What is a secret value in the one is masked in the
/// names of the other too.
pub(super) fn two_graphs(
    [old, new]: [&PathBuf; 2],
    key: &FingerprintKey,
    settings: &ImportSettings,
    assumptions: &Assumptions,
) -> Result<[AccessGraph; 2], Failure> {
    let of = |path: &PathBuf| {
        let files = read_files(std::slice::from_ref(path))
            .map_err(|error| Failure(INPUT, error.to_string()))?;
        import_with_values(files, key, settings, &Progress::default())
            .map_err(|error| refused(&error))
    };
    let ((mut old, values_of_old), (mut new, values_of_new)) = (of(old)?, of(new)?);
    values_of_new.mask_in(&mut old);
    values_of_old.mask_in(&mut new);
    Ok([old, new].map(|inventory| AccessGraph::build(Arc::new(inventory), assumptions)))
}

pub(super) fn graph(
    files: &[PathBuf],
    key: &FingerprintKey,
    settings: &ImportSettings,
    assumptions: &Assumptions,
) -> Result<AccessGraph, Failure> {
    let inventory = inventory(files, key, settings)?;
    Ok(AccessGraph::build(Arc::new(inventory), assumptions))
}

/// The same of files that are already read.
pub(super) fn graph_of_files(
    files: Vec<FileBytes>,
    key: &FingerprintKey,
    settings: &ImportSettings,
    assumptions: &Assumptions,
) -> Result<AccessGraph, Failure> {
    let inventory = inventory_of(files, key, settings)?;
    Ok(AccessGraph::build(Arc::new(inventory), assumptions))
}
