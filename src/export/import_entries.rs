//! How each file was read, as the report has it in JSON.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::Answered;
use crate::inventory::{NotRead, Problem, Source, SourceColumn, SourceId};

const MOST_PROBLEMS: usize = 1_000;

#[derive(Serialize, JsonSchema)]
pub(super) struct Imported<'a> {
    file: &'a str,
    rows_read: u64,
    rows_accepted: u64,
    rows_merged: u64,
    rows_skipped: u64,
    rows_rejected: u64,
    /// Each column, what it means, and how many of its cells are filled.
    columns: Vec<ColumnEntry<'a>>,
    /// How it was read, in words.
    notes: &'a [String],
    /// What the file holds that was not read.
    not_read: Vec<NotReadEntry<'a>>,
    problems: Vec<ProblemEntry<'a>>,
    problems_total: usize,
}

#[derive(Serialize, JsonSchema)]
struct ColumnEntry<'a> {
    name: &'a str,
    meaning: Option<&'static str>,
    reason: &'a str,
    filled: u64,
}

#[derive(Serialize, JsonSchema)]
struct NotReadEntry<'a> {
    what: &'static str,
    name: &'a str,
    size: u64,
    unit: &'static str,
    reason: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct ProblemEntry<'a> {
    line: u32,
    column: &'a str,
    kind: &'static str,
    message: &'a str,
    row_rejected: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<Cow<'a, str>>,
}

/// How each file was read, with its problems; the first thousand, or all where the report is full.
pub(super) fn imports<'a>(answered: &Answered<'a>) -> Vec<Imported<'a>> {
    let graph = answered.graph();
    let problems = graph.all_problems();
    (0_u16..)
        .zip(&graph.inventory().sources)
        .map(|(index, source)| {
            let start = problems.partition_point(|p| p.place.source < SourceId(index));
            let end = problems.partition_point(|p| p.place.source <= SourceId(index));
            imported(source, problems.get(start..end).unwrap_or_default(), answered.full)
        })
        .collect()
}

fn imported<'a>(source: &'a Source, problems: &[&'a Problem], full: bool) -> Imported<'a> {
    let most = if full { usize::MAX } else { MOST_PROBLEMS };
    let ledger = &source.ledger;
    Imported {
        file: &source.name,
        rows_read: ledger.read(),
        rows_accepted: ledger.accepted,
        rows_merged: ledger.merged,
        rows_skipped: ledger.skipped,
        rows_rejected: ledger.rejected,
        columns: source.columns.iter().map(column).collect(),
        notes: &source.notes,
        not_read: source.not_read.iter().map(not_read).collect(),
        problems: problems
            .iter()
            .take(most)
            .map(|problem| ProblemEntry {
                line: problem.place.line,
                column: &problem.column,
                kind: problem.kind.word(),
                message: &problem.message,
                row_rejected: problem.row_rejected,
                offset: problem.offset,
                row: problem.shown_row(),
            })
            .collect(),
        problems_total: problems.len(),
    }
}

fn column(column: &SourceColumn) -> ColumnEntry<'_> {
    let SourceColumn { name, meaning, reason, filled } = column;
    ColumnEntry { name, meaning: *meaning, reason, filled: *filled }
}

fn not_read(part: &NotRead) -> NotReadEntry<'_> {
    let NotRead { kind, name, reason, size } = part;
    NotReadEntry { what: kind.word(), name, size: *size, unit: kind.unit(*size), reason }
}
