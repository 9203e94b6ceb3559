//! Tables that are a matrix: one row a credential, one column an environment or a service, and marks
//! in the cells.
//!
//! Such a table is recognised only where two or more columns are named like environments with a tier
//! and hold marks; whatever else is a matrix, a column mapping says.

use crate::import::csv::sample;
use crate::import::csv::sample::SampledTable;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::export_columns::is_export;
use crate::import::schema::marked::{MarkColumns, Marked, environment_in};
use crate::import::schema::table_schema::{By, TableSchema};
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words::{Mark, mark};

/// The columns of a header that make the table a matrix of environments: at least two, of whose cells
/// two thirds are marks, and half in each; none where it is no matrix.
pub(crate) fn columns_of_environments<'a>(
    header: &[String],
    cells: &impl Fn(usize) -> Vec<&'a str>,
) -> Vec<usize> {
    let named = (0..header.len())
        .filter(|at| header.get(*at).is_some_and(|name| environment_in(name).is_some()));
    let named: Vec<usize> = named.collect();
    if named.len() < 2 {
        return Vec::new();
    }
    let (mut linked, mut known, mut all) = (0, 0, 0);
    let mut columns = Vec::new();
    for column in named {
        let marks: Vec<Mark> = cells(column).into_iter().map(mark).collect();
        let own = marks.iter().filter(|mark| **mark != Mark::Unknown).count();
        if own * 2 < marks.len() {
            continue;
        }
        linked += marks.iter().filter(|mark| matches!(mark, Mark::Yes(..))).count();
        (known, all) = (known + own, all + marks.len());
        columns.push(column);
    }
    let is_matrix = columns.len() >= 2 && linked > 0 && known * 3 >= all * 2;
    if is_matrix { columns } else { Vec::new() }
}

/// Finds the columns of marks of a table by names alone, and keeps of those that a mapping names the
/// ones that mean nothing else.
pub(crate) fn detect(
    schema: &mut TableSchema,
    table: &SampledTable<'_>,
    context: DetectionContext<'_>,
) {
    let overrides = context.overrides.of_columns(&schema.header);
    let is_free = |at: &usize| overrides.is_none_or(|own| !own.meanings.contains_key(at));
    if let Some(marks) = &mut schema.marks {
        marks.columns.retain(is_free);
        return;
    }
    let is_open = schema.by == By::Names && schema.rules.is_none() && !is_export(&schema.header);
    if !is_open {
        return;
    }
    let sample = table.sample(schema.dialect);
    let rows = sample::below(&sample, schema.header_line.max(schema.second_header));
    let width = schema.header.len();
    let cells = |column: usize| sample::column_cells(rows, width, column);
    let mut columns = columns_of_environments(&schema.header, &cells);
    columns.retain(is_free);
    columns.retain(|at| schema.columns.of(Meaning::Value) != Some(*at));
    if columns.len() < 2 {
        return;
    }
    // Headings such as `live` and `stage` are known for something else too.
    for column in &columns {
        schema.columns.forget(*column);
    }
    schema.marks = Some(MarkColumns { of: Marked::Environments, columns });
}
