//! The lines of a table from which a header can be chosen, and what stands above it.

use crate::import::container::Layout;
use crate::import::csv::dialect::Dialect;
use crate::import::csv::sample::SampledTable;
use crate::import::preview::table_preview::HeaderPreview;
use crate::import::schema::table_schema::TableSchema;

/// How many of the first lines are offered as the header: titles take fewer.
const MOST: usize = 12;

/// The first lines of a table of which no header is known.
pub(crate) fn first(table: &SampledTable<'_>, dialect: Dialect) -> HeaderPreview {
    let raw = table.raw;
    let lines = match raw.layout {
        Layout::PackedObjects => Vec::new(),
        Layout::PackedRows => {
            let sample = table.sample(dialect);
            sample.iter().take(MOST).map(|(line, _)| raw.line(*line)).collect()
        }
        Layout::Delimited => (1..=MOST as u32).collect(),
    };
    HeaderPreview { lines, ..HeaderPreview::default() }
}

/// What stands around the header of a table.
pub(crate) fn around(schema: &TableSchema, table: &SampledTable<'_>) -> HeaderPreview {
    let raw = table.raw;
    let found = first(table, schema.dialect);
    if schema.header_line == 0 || found.lines.is_empty() {
        return found;
    }
    let sample = table.sample(schema.dialect);
    let above = || sample.iter().map(|(line, _)| *line).filter(|line| *line < schema.header_line);
    let is_title = |line: &u32| schema.group_line == 0 || *line < schema.group_line;
    let mut titles: Vec<u32> = above().filter(is_title).map(|line| raw.line(line)).collect();
    // A title that is merged across the table is no record of its own.
    let header = raw.line(schema.header_line);
    titles.extend(raw.broken.iter().map(|broken| broken.line).filter(|line| *line < header));
    titles.sort_unstable();
    let in_file = |line: u32| if line == 0 { 0 } else { raw.line(line) };
    let group_line = in_file(schema.group_line);
    HeaderPreview {
        group_line,
        line_above: above().max().map_or(0, |line| raw.line(line)),
        titles,
        ..found
    }
}
