//! Whether the names of a table's services carry their environments, and how.

use std::collections::BTreeSet;

use crate::import::csv::sample;
use crate::import::csv::sample::SampledTable;
use crate::import::schema::duplicate_columns::{DuplicateColumn, duplicates};
use crate::import::schema::export_columns::is_export;
use crate::import::schema::marked::Marked;
use crate::import::schema::names_decision::EnvironmentInNames;
use crate::import::schema::table_schema::TableSchema;
use crate::import::vocabulary::environment_in_names::{NameStyle, style_of};
use crate::import::vocabulary::lists::{is_plural, services};
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::Environments;

/// How the names of a table carry environments, if most names of one of its columns do and no column
/// says an environment. Where somebody confirmed that they do, the commonest way counts.
pub(crate) fn detect(schema: &mut TableSchema, table: &SampledTable<'_>) {
    schema.name_style = None;
    schema.sheet_environment = None;
    schema.names_carry = false;
    if is_export(&schema.header) {
        return;
    }
    let sample = table.sample(schema.dialect);
    let rows = sample::below(&sample, schema.header_line.max(schema.second_header));
    let further = table.spread(schema.dialect);
    let width = schema.header.len();
    let cells = |column: usize| {
        let first = sample::column_cells(rows, width, column);
        [first, sample::column_cells(&further, width, column)].concat()
    };
    let environments =
        [Meaning::Environment, Meaning::HolderEnvironment, Meaning::TargetEnvironment];
    let is_read = |column: usize| cells(column).iter().any(|cell| !words::is_unknown(cell));
    let is_matrix = schema.marks.as_ref().is_some_and(|marks| marks.of == Marked::Environments);
    if is_matrix || environments.iter().filter_map(|one| schema.columns.of(*one)).any(is_read) {
        return;
    }
    let known = Environments::default();
    let is_confirmed = schema.environment_in_names == EnvironmentInNames::Confirmed;
    let names_in = |column: usize| {
        let is_plural = schema.header.get(column).is_some_and(|name| is_plural(name));
        let mut names = BTreeSet::new();
        for cell in cells(column) {
            let found = services(cell, is_plural, None).services;
            let whole = found.into_iter().filter(|one| one.environment.is_none());
            names.extend(whole.map(|one| one.service));
        }
        names
    };
    let columns = service_columns(schema).into_iter().map(names_in);
    let all: Vec<BTreeSet<String>> = columns.chain(names_of_marked(schema)).collect();
    for names in all {
        let names: Vec<String> = names.into_iter().collect();
        let of_cells = [NameStyle::BracketsBehind, NameStyle::Behind('/')];
        let carries = |name: &String| of_cells.iter().any(|one| one.parted(name, &known).is_some());
        schema.names_carry |= names.iter().any(carries);
        schema.name_style = schema.name_style.or_else(|| style_of(&names, &known, is_confirmed));
    }
    let sheet = table.raw.sheet.as_ref().filter(|sheet| sheet.is_environment);
    schema.sheet_environment = sheet.map(|sheet| sheet.name.trim().to_owned());
    schema.names_carry |= schema.name_style.is_some() || schema.sheet_environment.is_some();
}

/// The services after which the columns of a matrix are named.
fn names_of_marked(schema: &TableSchema) -> Option<BTreeSet<String>> {
    let marks = schema.marks.as_ref().filter(|marks| marks.of == Marked::Services)?;
    let names = marks.columns.iter().filter_map(|at| schema.header.get(*at));
    Some(names.cloned().collect())
}

/// The columns that name services.
fn service_columns(schema: &TableSchema) -> Vec<usize> {
    let meanings = [Meaning::Service, Meaning::Holder, Meaning::Target];
    let first = meanings.iter().filter_map(|meaning| schema.columns.of(*meaning));
    let again = match schema.rules {
        Some(_) => Vec::new(),
        None => duplicates(&schema.header, &schema.columns),
    };
    let again = again.iter().filter(|one| meanings.contains(&one.meaning));
    first.chain(again.filter_map(DuplicateColumn::pair).map(|(column, _)| column)).collect()
}
