//! Which mapping fits a table, and how the table is read by it.

use zeroize::Zeroizing;

use crate::import::csv::dialect::Dialect;
use crate::import::csv::dialect_candidates::{common_dialects, dialects_with, rare_dialects};
use crate::import::csv::sample::{SampledTable, is_regular, line_before, names};
use crate::import::schema::candidates::Columns;
use crate::import::schema::column_keys::keys;
use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::header::{HEADERS, names_in_first_line};
use crate::import::schema::multi_row_header;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::schema::settings::ImportSettings;
use crate::import::schema::table_schema::{By, TableSchema, numbered};

/// The schema by the first mapping whose columns are all in one line. A remembered mapping fits only
/// tables that have no other columns.
pub(crate) fn by_mapping(
    table: &SampledTable<'_>,
    file: &str,
    context: DetectionContext<'_>,
) -> Option<TableSchema> {
    let ImportSettings { mappings, remembered, .. } = context.settings;
    let named = mappings.iter().enumerate().map(|(at, mapping)| (By::ColumnMapping(at), mapping));
    let known = remembered.iter().enumerate().map(|(at, mapping)| (By::Remembered(at), mapping));
    let name = table.raw.name_in(file);
    let mut all = named.chain(known).filter(|(_, mapping)| mapping.is_for(&name));
    all.find_map(|(by, mapping)| {
        let schema = schema_by(table, mapping, context)?;
        let fits = matches!(by, By::ColumnMapping(_)) || is_remembered_for(mapping, &schema);
        fits.then_some(TableSchema { by, ..schema })
    })
}

/// Adds the line of the header to a mapping of a table that would take another line for it.
pub(crate) fn pin_header(
    mapping: &mut ColumnMapping,
    table: &SampledTable<'_>,
    schema: &TableSchema,
    context: DetectionContext<'_>,
) {
    let overrides = &ReadOverrides::default();
    let found = schema_by(table, mapping, DetectionContext { overrides, ..context });
    let is_same = |found: &TableSchema| {
        (found.header_line, found.dialect) == (schema.header_line, schema.dialect)
    };
    if schema.header_line > 0 && !found.is_some_and(|found| is_same(&found)) {
        mapping.header_line = Some(table.raw.line(schema.header_line));
    }
}

/// Whether a mapping fits this table.
pub(crate) fn applies_to(
    table: &SampledTable<'_>,
    file: &str,
    (mapping, remembered): (&ColumnMapping, bool),
    context: DetectionContext<'_>,
) -> bool {
    let overrides = &ReadOverrides::default();
    mapping.is_for(&table.raw.name_in(file))
        && schema_by(table, mapping, DetectionContext { overrides, ..context })
            .is_some_and(|schema| !remembered || is_remembered_for(mapping, &schema))
}

/// Whether a remembered mapping has just the columns of a table; numbers of columns are not enough.
fn is_remembered_for(mapping: &ColumnMapping, schema: &TableSchema) -> bool {
    // Each of the mapping's columns is one of the table, whatever the mapping calls it.
    let named = keys(&schema.header).iter().filter(|name| !name.is_empty()).count();
    !schema.has_no_header() && mapping.columns.len() == named
}

fn schema_by(
    table: &SampledTable<'_>,
    mapping: &ColumnMapping,
    context: DetectionContext<'_>,
) -> Option<TableSchema> {
    let (raw, overrides, synonyms) = (table.raw, context.overrides, context.synonyms);
    let dialect_overrides = mapping.dialect(overrides.dialect());
    let mut dialects = mapping.delimiter.map_or_else(
        || {
            [common_dialects(raw, dialect_overrides), rare_dialects(raw, dialect_overrides)]
                .concat()
        },
        |sign| dialects_with(raw, sign, dialect_overrides),
    );
    dialects.retain(|dialect| mapping.allows(*dialect));
    if mapping.header_line == Some(0) && overrides.header_line.is_none_or(|line| line == 0) {
        let schema = without_header(table, &dialects)?;
        let columns = mapping.columns(0, &schema.header)?;
        // Another table of the same inventory may well have a header.
        let has_header = names_in_first_line(table, schema.dialect, synonyms).is_some();
        let schema = mapping.completes(TableSchema { columns, ..schema })?;
        return (!has_header).then_some(schema);
    }
    for dialect in dialects {
        let sample = table.sample(dialect);
        for (at, (line, cells)) in sample.iter().take(HEADERS).enumerate() {
            if !overrides.allows_header(raw.line(*line)) {
                continue;
            }
            let plain = (names(cells), 0);
            let plain = Some(plain).filter(|_| overrides.has_groups != Some(true));
            let with_groups =
                |names: Zeroizing<Vec<String>>| (names.to_vec(), line_before(&sample, at));
            let joined = multi_row_header::joined(&sample, at, (synonyms, overrides.has_groups));
            // A mapping may have been written for groups that nobody but the user recognised.
            let anyway = multi_row_header::joined_anyway(&sample, at, synonyms)
                .filter(|_| overrides.has_groups.is_none());
            let joined = joined.into_iter().chain(anyway).map(with_groups);
            for (header, group_line) in plain.into_iter().chain(joined) {
                let Some(columns) = mapping.columns(raw.line(*line), &header) else { continue };
                let schema = TableSchema::new(dialect, *line, header, columns);
                let schema = TableSchema { group_line, ..schema };
                if let Some(schema) = mapping.completes(schema) {
                    return Some(schema);
                }
            }
        }
    }
    None
}

/// The schema of a table of which no line is a header, in the dialect that makes equally many cells
/// of each of its rows, or else most cells of most.
pub(crate) fn without_header(
    table: &SampledTable<'_>,
    dialects: &[Dialect],
) -> Option<TableSchema> {
    if table.raw.has_known_header() {
        return None;
    }
    let mut best: Option<(Dialect, (bool, usize))> = None;
    for &dialect in dialects {
        let sample = table.sample(dialect);
        let mut widths: Vec<usize> = sample.iter().map(|(_, cells)| cells.len()).collect();
        widths.sort_unstable();
        // The median is the width of most rows, if most have the same one.
        let Some(&width) = widths.get(widths.len() / 2) else { continue };
        let fit = (is_regular(&sample), width);
        if best.is_none_or(|(_, before)| fit > before) {
            best = Some((dialect, fit));
        }
    }
    let (dialect, (_, width)) = best?;
    Some(TableSchema::new(dialect, 0, numbered(width), Columns::default()))
}
