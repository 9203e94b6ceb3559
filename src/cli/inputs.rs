//! From the paths and options of a command to what it works on: key, settings, inventory, graph.

use std::path::{Path, PathBuf};

use super::arguments::{AssumptionArguments, TableArguments};
use super::files::{fresh_key, not_read, read_files};
use super::streams::{Failure, INPUT, USAGE};
use crate::graph::AccessGraph;
use crate::import::{
    ColumnMapping, FileBytes, FingerprintKey, ImportSettings, MappingFile, import,
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
    import(files, key, settings, &Progress::default()).map_err(|error| {
        let code = if error.is_unknown_name() { USAGE } else { INPUT };
        Failure(code, error.to_string())
    })
}

pub(super) fn graph(
    files: &[PathBuf],
    key: &FingerprintKey,
    settings: &ImportSettings,
    assumptions: &Assumptions,
) -> Result<AccessGraph, Failure> {
    let inventory = inventory(files, key, settings)?;
    Ok(AccessGraph::build(std::sync::Arc::new(inventory), assumptions))
}

/// The same of files that are already read.
pub(super) fn graph_of_files(
    files: Vec<FileBytes>,
    key: &FingerprintKey,
    settings: &ImportSettings,
    assumptions: &Assumptions,
) -> Result<AccessGraph, Failure> {
    let inventory = inventory_of(files, key, settings)?;
    Ok(AccessGraph::build(std::sync::Arc::new(inventory), assumptions))
}
