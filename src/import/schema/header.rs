//! Which of the first records is the header.
//!
//! A row of data may well consist of words that are known as column names (`password`, `active`).
//! Such words weigh less, and a line is no header if another row has the same words in known columns.
//! Nor is it one where a single cell of several is a known name, or is taken for one by its last word
//! alone: a line `DB_PASSWORD=…` may hold what it names.

use std::sync::Arc;

use zeroize::Zeroizing;

use crate::import::csv::dialect::Dialect;
use crate::import::csv::sample::{Record, SampledTable, column_cells, line_before, names};
use crate::import::formats;
use crate::import::schema::candidates::Columns;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::export_columns::is_export;
use crate::import::schema::format_columns::detected_columns;
use crate::import::schema::marks::marked_columns;
use crate::import::schema::multi_row_header;
use crate::import::schema::table_rules::TableRules;
use crate::import::schema::table_schema::TableSchema;
use crate::import::vocabulary::synonyms::{Synonyms, english};

/// How many of the first records may be the header: the preambles of reports are shorter, and a record
/// further down is more likely a row.
pub(crate) const HEADERS: usize = 40;
/// The points of a table that this program exported: more than any number of columns gives.
const EXPORT_POINTS: usize = 4000;
/// The points of a known export: more than any number of columns gives, and less than the above.
const FORMAT_POINTS: usize = 2000;
/// The points by which a header of two lines is preferred: two known columns, because it explains
/// both lines.
const TWO_LINES_POINTS: usize = 4;

/// How well a header fits: its points, and how many rows in a thousand are as wide.
pub(crate) type Fit = (usize, usize);

/// A record that may be the header.
#[derive(Clone, Copy)]
struct Candidate {
    fit: Fit,
    /// Its place among the records.
    at: usize,
    /// Whether the record before it names groups of columns.
    has_groups: bool,
}

/// The header that explains most of a table in this dialect, if one of its first records may be one.
pub(crate) fn best_header(
    table: &SampledTable<'_>,
    dialect: Dialect,
    context: DetectionContext<'_>,
) -> Option<(Fit, TableSchema)> {
    let synonyms = context.synonyms;
    let sample = table.sample(dialect);
    let headers = match context.overrides.header_line {
        Some(_) => sample.len(),
        None if table.raw.has_known_header() => 1,
        None => HEADERS,
    };
    let mut best: Option<Candidate> = None;
    for (at, (line, _)) in sample.iter().take(headers).enumerate() {
        if !context.overrides.allows_header(table.raw.line(*line)) {
            continue;
        }
        let Some(candidate) = candidate((table, &sample), at, context) else { continue };
        if best.is_none_or(|best| candidate.fit.0 > best.fit.0) {
            best = Some(candidate);
        }
    }
    let Candidate { fit, at, has_groups } = best?;
    let (header_line, cells) = sample.get(at)?;
    let groups = (synonyms, context.overrides.has_groups);
    let joined = multi_row_header::joined(&sample, at, groups).filter(|_| has_groups);
    let group_line = joined.as_ref().map_or(0, |_| line_before(&sample, at));
    let header = joined.map_or_else(|| names(cells), |names| names.to_vec());
    let rules =
        formats::recognise(&header).map(|format| Arc::new(TableRules::of_format(format, &header)));
    let rows = sample.get(at + 1..).unwrap_or_default();
    let columns =
        detected_columns(&header, synonyms, &|column| column_cells(rows, header.len(), column));
    let schema = TableSchema::new(dialect, *header_line, header, columns);
    Some((fit, TableSchema { group_line, rules, ..schema }))
}

/// A record as the header, if it may be one.
fn candidate(
    (table, sample): (&SampledTable<'_>, &[Record]),
    at: usize,
    context: DetectionContext<'_>,
) -> Option<Candidate> {
    let synonyms = context.synonyms;
    let (_, cells) = sample.get(at)?;
    let is_known =
        |column: &usize| cells.get(*column).is_some_and(|cell| synonyms.meaning(cell).is_some());
    let known: Vec<usize> = (0..cells.len()).filter(is_known).collect();
    // In YAML a line of this kind opens a block; the lines below it may well be passwords.
    let opens_block = matches!(cells.as_slice(), [only] if only.ends_with(':'));
    if known.is_empty() || opens_block || another_row_repeats(sample, at, &known, synonyms) {
        return None;
    }
    // The names of JSON's members are names, and so is what the user says.
    let is_certain = table.raw.has_known_header() || context.overrides.header_line.is_some();
    let below = sample.get(at + 1..).unwrap_or_default();
    let score = |header: &[String]| {
        let cells = |column: usize| column_cells(below, header.len(), column);
        let marked = marked_columns(header, &cells).map_or(0, |found| found.columns.len());
        score(header, synonyms, marked)
            .filter(|_| is_certain || names_columns(header, synonyms, marked))
    };
    let has_groups = context.overrides.has_groups;
    let plain = score(&Zeroizing::new(names(cells))).filter(|_| has_groups != Some(true));
    let joined = multi_row_header::joined(sample, at, (synonyms, has_groups))
        .and_then(|header| score(&header))
        .map(|points| points + TWO_LINES_POINTS);
    let points = plain.max(joined)?;
    let is_marked = cells.first().is_some_and(|cell| cell.starts_with('#'));
    let points = points.saturating_sub(usize::from(is_marked));
    let as_wide = below.iter().filter(|(_, row)| row.len() == cells.len()).count();
    let fit = (points, as_wide * 1000 / below.len().max(1));
    Some(Candidate { fit, at, has_groups: joined > plain })
}

/// Whether a line names columns, and does not merely hold a word that may be a name: at least two of
/// its cells, or its only one, are known names as a whole. The columns of a matrix are `marked`.
fn names_columns(header: &[String], synonyms: &Synonyms, marked: usize) -> bool {
    let whole = header.iter().filter(|name| synonyms.knows_whole(name)).count();
    whole >= 2
        || (whole == 1 && marked > 0)
        || (whole == 1 && header.len() == 1)
        || is_export(header)
        || formats::recognise(header).is_some()
}

/// Twice the number of known columns, less one for each whose name is as often a value. A name in a
/// table that this program exported may look like the header of any other table.
fn score(header: &[String], synonyms: &Synonyms, marked: usize) -> Option<usize> {
    if is_export(header) {
        return Some(EXPORT_POINTS);
    }
    if formats::recognise(header).is_some() {
        return Some(FORMAT_POINTS);
    }
    let known = Columns::resolve(header, synonyms).score(header.len(), marked)?;
    let weak = header.iter().filter(|name| is_common_value(name)).count();
    // A name that stands again beside itself is that of a group of columns. Where half of the names
    // do, and not all are one, the line stands above the header.
    let pairs = header.windows(2).filter_map(|two| match two {
        [one, other] if one == other && !one.is_empty() => Some(one),
        _ => None,
    });
    let repeated: Vec<&String> = pairs.collect();
    let are_several = repeated.iter().any(|name| Some(name) != repeated.first());
    if are_several && repeated.len() * 2 >= header.len() {
        return None;
    }
    Some((2 * known).saturating_sub(weak + 2 * repeated.len()))
}

/// Whether a column name is as often a value.
fn is_common_value(name: &str) -> bool {
    const VALUES: [&str; 24] = [
        "password",
        "token",
        "secret",
        "api key",
        "private key",
        "certificate",
        "vault",
        "active",
        "enabled",
        "live",
        "team",
        "public",
        "internet",
        "application",
        "server",
        "database",
        "user",
        "service account",
        "access",
        "role",
        "store",
        "repository",
        "host",
        "workload",
    ];
    VALUES.contains(&Zeroizing::new(english(name)).as_str())
}

/// Whether another row has the same word in two of the columns and in a quarter of them, and is not
/// the same line again, nor the header of another table. Fewer may be equal by chance: the secret of a row
/// can be “secret”.
fn another_row_repeats(
    sample: &[Record],
    at: usize,
    columns: &[usize],
    synonyms: &Synonyms,
) -> bool {
    let Some((_, cells)) = sample.get(at) else { return false };
    let name = |cell: &Zeroizing<String>| cell.trim_start_matches('#').trim_start().to_owned();
    let is_same = |(one, other): (&Zeroizing<String>, &Zeroizing<String>)| {
        one == other || Zeroizing::new(name(one)) == Zeroizing::new(name(other))
    };
    let others = sample.iter().enumerate().filter(|(other, _)| *other != at);
    let mut others = others.map(|(_, (_, row))| row).filter(|row| row.len() == cells.len());
    others.any(|row| {
        let pairs = columns.iter().filter_map(|at| cells.get(*at).zip(row.get(*at)));
        let same = pairs.filter(|(one, other)| one.eq_ignore_ascii_case(other)).count();
        same > 1
            && same * 4 >= columns.len()
            && !cells.iter().zip(row).all(is_same)
            && !cells.iter().all(|cell| row.iter().any(|other| is_same((cell, other))))
            && !has_names_alone(row, synonyms)
    })
}

/// Whether each cell of a row is a name of a column as a whole, and there are three or more: it is the
/// header of another table below or above.
fn has_names_alone(row: &[Zeroizing<String>], synonyms: &Synonyms) -> bool {
    let filled = || row.iter().filter(|cell| !cell.is_empty());
    filled().count() > 2 && filled().all(|cell| synonyms.knows_whole(cell))
}

/// The names in the first line of a table, if it looks like a header after all.
pub(crate) fn names_in_first_line(
    table: &SampledTable<'_>,
    dialect: Dialect,
    synonyms: &Synonyms,
) -> Option<Zeroizing<Vec<String>>> {
    let sample = table.sample(dialect);
    let header = Zeroizing::new(names(&sample.first()?.1));
    let all: Vec<usize> = (0..header.len()).collect();
    let is_header =
        score(&header, synonyms, 0).is_some() && !another_row_repeats(&sample, 0, &all, synonyms);
    is_header.then_some(header)
}
