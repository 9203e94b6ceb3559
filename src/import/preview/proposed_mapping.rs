//! The column mappings by which a file would be read: to be kept, changed and shared.

use zeroize::Zeroize as _;

use crate::import::container;
use crate::import::container::{PartKind, RawTable};
use crate::import::csv::sample::SampledTable;
use crate::import::error::ImportError;
use crate::import::open_tables::{open_tables, wanted_parts};
use crate::import::schema::by_mapping;
use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::detect;
use crate::import::schema::mapping_file::MappingFile;
use crate::import::schema::mapping_of_plan::mapping_of as mapping_of_schema;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::schema::row_plan::Plans;
use crate::import::secrets::secret_detection::masked;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::import::{FileBytes, ImportSettings};
use crate::inventory::Progress;

/// The mappings by which the tables of a file would be read: one for all where it serves all, or else
/// one for each table, with its name.
///
/// # Errors
/// Where nothing in the file is recognised, or it cannot be read at all.
pub fn mappings_of(
    mut file: FileBytes,
    settings: &ImportSettings,
) -> Result<MappingFile, ImportError> {
    let found = mappings_of_file(&mut file, settings);
    file.bytes.zeroize();
    found.map(|tables| MappingFile { tables: without_names_of_one(tables) })
}

/// The mappings of several files together, as those of the tables of one.
pub fn joined_mappings(files: Vec<MappingFile>) -> MappingFile {
    let tables = files.into_iter().flat_map(|file| file.tables).collect();
    MappingFile { tables: without_names_of_one(tables) }
}

/// One mapping without a name where all say the same.
fn without_names_of_one(mut tables: Vec<ColumnMapping>) -> Vec<ColumnMapping> {
    let unnamed = |mapping: &ColumnMapping| ColumnMapping { table: None, ..mapping.clone() };
    let Some(first) = tables.first().map(unnamed) else { return tables };
    if tables.iter().all(|mapping| unnamed(mapping) == first) {
        tables = vec![first];
    }
    tables
}

fn mappings_of_file(
    file: &mut FileBytes,
    settings: &ImportSettings,
) -> Result<Vec<ColumnMapping>, ImportError> {
    let mut first_error = None;
    let mut found = Vec::new();
    let progress = Progress::default();
    let (synonyms, overrides) = (Synonyms::new(), ReadOverrides::default());
    let wanted = wanted_parts(PartKind::Member, settings, &overrides);
    let argument = file.part_of.clone().unwrap_or_else(|| file.name.clone());
    let mut members = container::members(file, wanted, &progress)?;
    let context = DetectionContext {
        synonyms: &synonyms,
        settings,
        overrides: &overrides,
        progress: &progress,
    };
    while let Some(member) = members.next() {
        let read = member.and_then(|(mut table, _)| {
            let read = mappings_of_tables(&table, &argument, context);
            table.bytes.zeroize();
            read
        });
        match read {
            Ok(mut tables) => found.append(&mut tables),
            // Where nothing is recognised, it is the first table that is missed.
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    members.wipe();
    if found.is_empty() {
        return Err(first_error.unwrap_or(ImportError::Empty { file: argument }));
    }
    Ok(found)
}

/// The mappings of the tables of a member that are recognised.
fn mappings_of_tables(
    member: &FileBytes,
    argument: &str,
    context: DetectionContext<'_>,
) -> Result<Vec<ColumnMapping>, ImportError> {
    let mut first_error = None;
    let mut found = Vec::new();
    for raw in &open_tables(member, context)? {
        match mapping_of_raw(raw, &member.name, context) {
            Ok(mapping) => {
                let name = raw.name_in(&member.name);
                let name = masked(&name);
                let within = name.strip_prefix(argument).and_then(|name| name.strip_prefix('/'));
                let table = within.filter(|name| !name.is_empty()).map(str::to_owned);
                found.push(ColumnMapping { table, ..mapping });
            }
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    match first_error {
        Some(error) if found.is_empty() => Err(error),
        _ => Ok(found),
    }
}

fn mapping_of_raw(
    raw: &RawTable<'_>,
    file: &str,
    context: DetectionContext<'_>,
) -> Result<ColumnMapping, ImportError> {
    if let Some(error) = raw.why_empty(file) {
        return Err(error);
    }
    let table = SampledTable::new(raw);
    let schema = detect::detect_schema(&table, file, context)?;
    let plans = Plans::new(schema, file);
    let is_anchor = |at: usize| plans.meaning_at(at).is_some_and(Meaning::anchors);
    if !(0..plans.first.schema.header.len()).any(is_anchor) {
        // A known export without its columns of names: no column mapping could say so.
        let found = "none of its columns names a credential or a service".to_owned();
        return Err(ImportError::NothingRecognised { file: file.to_owned(), found });
    }
    let mut mapping = mapping_of_schema(&plans.first);
    by_mapping::pin_header(&mut mapping, &table, &plans.first.schema, context);
    Ok(mapping)
}
