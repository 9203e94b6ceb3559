//! Tables that are a matrix: one row a credential, one column an environment or a service, and marks
//! in the cells.
//!
//! Such a table is recognised only where two or more columns hold marks and are named like environments
//! with a tier, or like services with one (`payments/prod`); whatever else is a matrix, a column mapping
//! says.

use crate::import::csv::sample;
use crate::import::csv::sample::SampledTable;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::export_columns::is_export;
use crate::import::schema::marked::{MarkColumns, Marked, environment_in};
use crate::import::schema::table_schema::{By, TableSchema};
use crate::import::vocabulary::environment_in_names::NameStyle;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::import::vocabulary::words::{Mark, mark};
use crate::inventory::Environments;

/// The columns of a header that make the table a matrix of environments, or of services whose names
/// carry environments; `None` where it is no matrix.
pub(crate) fn marked_columns<'a>(
    header: &[String],
    cells: &impl Fn(usize) -> Vec<&'a str>,
) -> Option<MarkColumns> {
    let is_environment =
        |at: &usize| header.get(*at).is_some_and(|name| environment_in(name).is_some());
    let environments = (0..header.len()).filter(is_environment).collect();
    let columns = with_marks(environments, cells);
    if columns.len() >= 2 {
        return Some(MarkColumns { of: Marked::Environments, columns });
    }
    let columns = with_marks(named_as_instances(header), cells);
    (columns.len() >= 2).then_some(MarkColumns { of: Marked::Services, columns })
}

/// Of columns those that hold marks in half of their cells, if two thirds of all their cells are marks,
/// and any says yes; else none.
fn with_marks<'a>(named: Vec<usize>, cells: &impl Fn(usize) -> Vec<&'a str>) -> Vec<usize> {
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
    if linked > 0 && known * 3 >= all * 2 { columns } else { Vec::new() }
}

/// The columns that are named like services with their environments, all in the style that most have. A
/// name of which the rest is a known heading, such as `prod/owner`, is none of these.
fn named_as_instances(header: &[String]) -> Vec<usize> {
    let (known, synonyms) = (Environments::default(), Synonyms::new());
    // With a blank between, the words are a phrase: `prod access`.
    let styles = NameStyle::all()
        .filter(|style| !matches!(style, NameStyle::Behind(' ') | NameStyle::Before(' ')));
    let named = |style: NameStyle| -> Vec<usize> {
        let is_instance = |at: &usize| {
            let parted = header.get(*at).and_then(|name| style.parted(name, &known));
            parted.is_some_and(|(service, _)| synonyms.meaning(&service).is_none())
        };
        (0..header.len()).filter(is_instance).collect()
    };
    let mut best = Vec::new();
    for columns in styles.map(named) {
        // Of equally many the first style counts.
        if columns.len() > best.len() {
            best = columns;
        }
    }
    best
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
    let Some(MarkColumns { of, mut columns }) = marked_columns(&schema.header, &cells) else {
        return;
    };
    columns.retain(is_free);
    columns.retain(|at| schema.columns.of(Meaning::Value) != Some(*at));
    if columns.len() < 2 {
        return;
    }
    // Headings such as `live` and `stage` are known for something else too.
    for column in &columns {
        schema.columns.forget(*column);
    }
    schema.marks = Some(MarkColumns { of, columns });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(table: &str) -> Option<(Marked, Vec<usize>)> {
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
        let header: Vec<String> = rows[0].iter().map(|name| (*name).to_owned()).collect();
        let cells = |at: usize| rows[1..].iter().map(|row| row[at]).collect();
        marked_columns(&header, &cells).map(|found| (found.of, found.columns))
    }

    #[test]
    fn columns_of_environments_and_of_services_in_them_are_found() {
        assert_eq!(found("key,Dev,Prod\nk,x,\nl,,x"), Some((Marked::Environments, vec![1, 2])));
        let services = Some((Marked::Services, vec![1, 2, 3]));
        assert_eq!(found("key,pay/prod,pay/dev,shop/prod\nk,x,,x\nl,,x,"), services);
        assert_eq!(found("key,pay (prod),pay (dev),shop (prod)\nk,x,,ja\nl,,x,"), services);
        assert_eq!(found("key,pay-prod,pay-dev,shop-prod\nk,x,,rw\nl,,x,"), services);
        for table in [
            "key,Dev,Prod\nk,web,\nl,,db",
            "key,pay/prod,pay/dev\nk,web,\nl,,db",
            "key,prod/owner,dev/owner\nk,yes,no",
            "key,Prod access,Dev access\nk,yes,no",
            "key,Webshop,Lager\nk,x,\nl,,x",
            "key,pay/prod,pay/dev\nk,,\nl,,",
        ] {
            assert_eq!(found(table), None, "{table}");
        }
    }
}
