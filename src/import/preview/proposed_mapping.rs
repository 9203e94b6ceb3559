//! The column mapping by which a file would be read: to be kept, changed and shared.

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
use crate::import::schema::mapping_of_plan::mapping_of as mapping_of_schema;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::schema::row_plan::Plans;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::import::{FileBytes, ImportSettings};
use crate::inventory::Progress;

/// The mapping by which a file would be read, or the first table in it of which something is
/// recognised.
///
/// # Errors
/// Where nothing in the file is recognised, or it cannot be read at all.
pub fn mapping_of(
    mut file: FileBytes,
    settings: &ImportSettings,
) -> Result<ColumnMapping, ImportError> {
    let found = mapping_of_file(&mut file, settings);
    file.bytes.zeroize();
    found
}

fn mapping_of_file(
    file: &mut FileBytes,
    settings: &ImportSettings,
) -> Result<ColumnMapping, ImportError> {
    let mut found = Err(ImportError::Empty { file: file.name.clone() });
    let progress = Progress::default();
    let (synonyms, overrides) = (Synonyms::new(), ReadOverrides::default());
    let wanted = wanted_parts(PartKind::Member, settings, &overrides);
    let mut members = container::members(file, wanted, &progress)?;
    let context = DetectionContext {
        synonyms: &synonyms,
        settings,
        overrides: &overrides,
        progress: &progress,
    };
    let mut is_first = true;
    while let Some(member) = members.next() {
        let mapping = member.and_then(|(mut table, _)| {
            let mapping = mapping_of_table(&table, context);
            table.bytes.zeroize();
            mapping
        });
        // Where nothing is recognised, it is the first table that is missed.
        if is_first || mapping.is_ok() {
            found = mapping;
        }
        if found.is_ok() {
            break;
        }
        is_first = false;
    }
    members.wipe();
    found
}

fn mapping_of_table(
    table: &FileBytes,
    context: DetectionContext<'_>,
) -> Result<ColumnMapping, ImportError> {
    let mut found = Err(ImportError::Empty { file: table.name.clone() });
    for (at, raw) in open_tables(table, context)?.iter().enumerate() {
        let mapping = mapping_of_raw(raw, &table.name, context);
        // Where nothing is recognised, it is the first table that is missed.
        if at == 0 || mapping.is_ok() {
            found = mapping;
        }
        if found.is_ok() {
            break;
        }
    }
    found
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
