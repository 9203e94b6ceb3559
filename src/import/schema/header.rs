//! Which of the first records is the header.
//!
//! A row of data may well consist of words that are known as column names (`password`, `active`).
//! Such words weigh less, and a line is no header if another row says the same in known columns.

use zeroize::Zeroizing;

use crate::import::container::Sheet;
use crate::import::csv::records::Dialect;
use crate::import::csv::sample::{RECORDS, Sample, column_cells, line_before, names, sample};
use crate::import::formats;
use crate::import::schema::candidates::Columns;
use crate::import::schema::detect::{DetectionContext, columns_by_themselves};
use crate::import::schema::export_columns::is_export;
use crate::import::schema::multi_row_header;
use crate::import::schema::table_schema::TableSchema;
use crate::import::vocabulary::synonyms::{Synonyms, normalised};

/// The header that explains most of a table that is parted so, if one of its first records may be
/// one, with what speaks for it: its points, and how many rows in a thousand are as wide.
pub(crate) fn best_header(
    text: &str,
    dialect: Dialect,
    context: DetectionContext<'_>,
    headers: usize,
) -> Option<((usize, usize), TableSchema)> {
    let synonyms = context.synonyms;
    let sample = sample(text, dialect, RECORDS);
    let mut best: Option<((usize, usize), usize, bool)> = None;
    let said = context.said;
    let headers = if said.header_line.is_some() { RECORDS } else { headers };
    let lines = sample.iter().take(headers).enumerate();
    for (at, (_, cells)) in lines.filter(|(_, (line, _))| said.allows_header(*line)) {
        let known: Vec<usize> = (0..cells.len())
            .filter(|column| {
                cells.get(*column).is_some_and(|cell| synonyms.meaning(cell).is_some())
            })
            .collect();
        // In YAML a line of this kind opens a block; what follows may well be passwords.
        let opens_block = matches!(cells.as_slice(), [only] if only.ends_with(':'));
        if known.is_empty() || opens_block || says_what_others_say(&sample, at, &known) {
            continue;
        }
        let plain = score(&Zeroizing::new(names(cells)), synonyms);
        let joined = multi_row_header::joined(&sample, at, synonyms)
            .filter(|_| said.header_line.is_none())
            .and_then(|header| score(&header, synonyms))
            // What two lines say together explains both.
            .map(|points| points + 4);
        let Some(points) = plain.max(joined) else { continue };
        let is_marked = cells.first().is_some_and(|cell| cell.starts_with('#'));
        let points = points.saturating_sub(usize::from(is_marked));
        let below = sample.get(at + 1..).unwrap_or_default();
        let alike = below.iter().filter(|(_, row)| row.len() == cells.len()).count();
        let share = alike * 1000 / below.len().max(1);
        if best.is_none_or(|((best, _), ..)| points > best) {
            best = Some(((points, share), at, joined > plain));
        }
    }
    let (score, at, two) = best?;
    let (header_line, cells) = sample.get(at)?;
    let joined = multi_row_header::joined(&sample, at, synonyms).filter(|_| two);
    let group_line = joined.as_ref().map_or(0, |_| line_before(&sample, at));
    let header = joined.map_or_else(|| names(cells), |names| names.to_vec());
    let shape = formats::recognise(&header);
    let rows = sample.get(at + 1..).unwrap_or_default();
    let columns = columns_by_themselves(&header, synonyms, &|column| {
        column_cells(rows, header.len(), column)
    });
    let reading = TableSchema::new(dialect, *header_line, header, columns);
    Some((score, TableSchema { group_line, shape, ..reading }))
}

/// Twice the number of known columns, less one for each that is named by a usual value. A name in
/// an exported table may look like the header of any other.
fn score(header: &[String], synonyms: &Synonyms) -> Option<usize> {
    if is_export(header) {
        return Some(4000);
    }
    if formats::recognise(header).is_some() {
        return Some(2000);
    }
    let known = Columns::resolve(header, synonyms).score(header.len())?;
    let weak = header.iter().filter(|name| is_usual_value(name)).count();
    Some((2 * known).saturating_sub(weak))
}

/// Whether a column name is as often a value.
fn is_usual_value(name: &str) -> bool {
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
    VALUES.contains(&Zeroizing::new(normalised(name)).as_str())
}

/// Whether a row says the same in two of the columns, and in a quarter of them, and is not the same
/// line again. In fewer chance will have it: somebody's secret is “secret”.
fn says_what_others_say(sample: &Sample, at: usize, columns: &[usize]) -> bool {
    let Some((_, cells)) = sample.get(at) else { return false };
    let name = |cell: &Zeroizing<String>| cell.trim_start_matches('#').trim_start().to_owned();
    let alike = |(one, other): (&Zeroizing<String>, &Zeroizing<String>)| {
        one == other || Zeroizing::new(name(one)) == Zeroizing::new(name(other))
    };
    let others = sample.iter().enumerate().filter(|(other, _)| *other != at);
    let mut others = others.map(|(_, (_, row))| row).filter(|row| row.len() == cells.len());
    others.any(|row| {
        let pairs = columns.iter().filter_map(|at| cells.get(*at).zip(row.get(*at)));
        let same = pairs.filter(|(one, other)| one.eq_ignore_ascii_case(other)).count();
        same > 1
            && same * 4 >= columns.len()
            && !cells.iter().zip(row).all(alike)
            && !cells.iter().all(|cell| row.iter().any(|other| alike((cell, other))))
    })
}

/// The names in the first line of a table that is said to have no header, if it looks like one.
pub(crate) fn first_names(
    sheet: &Sheet<'_>,
    reading: &TableSchema,
    synonyms: &Synonyms,
) -> Option<Zeroizing<Vec<String>>> {
    let sample = sample(sheet.text.as_str(), reading.dialect, RECORDS);
    let header = Zeroizing::new(names(&sample.first()?.1));
    let all: Vec<usize> = (0..header.len()).collect();
    let is_one = score(&header, synonyms).is_some() && !says_what_others_say(&sample, 0, &all);
    is_one.then_some(header)
}
