//! Tables above or below the one that is read, in the same file or worksheet: each begins with names of
//! columns of its own behind a blank line. Read under the header of another table, its secrets would become
//! names; passed over without a word, its rows would be lost. So each of its lines is left out by name.

use std::ops::RangeInclusive;

use zeroize::Zeroizing;

use crate::import::container::Layout;
use crate::import::csv::sample::{Record, SampledTable, first_records};
use crate::import::schema::table_schema::TableSchema;
use crate::import::vocabulary::synonyms::{Synonyms, normalised};

/// The lines of each other table, from its names to the line before the next; the first line counts as
/// behind a blank one. Looks at the first records, and of text with delimiters at every line behind a
/// blank one: costs time in proportion to the bytes, as fast as they are read.
pub(crate) fn other_tables(
    schema: &TableSchema,
    table: &SampledTable<'_>,
    synonyms: &Synonyms,
) -> Vec<RangeInclusive<u32>> {
    if table.raw.has_known_header() || schema.header_line == 0 {
        return Vec::new();
    }
    let sorted = |names: &[&str]| {
        let mut names: Vec<String> = names.iter().map(|name| normalised(name)).collect();
        names.sort_unstable();
        Zeroizing::new(names)
    };
    let own = schema.written_header();
    let own = sorted(&own.iter().map(String::as_str).collect::<Vec<_>>());
    // The own names in another order are still the own names.
    let is_own = |cells: &[Zeroizing<String>]| {
        sorted(&cells.iter().map(|cell| cell.as_str()).collect::<Vec<_>>()) == own
    };
    let is_of_header =
        |line: u32| [schema.header_line, schema.group_line, schema.second_header].contains(&line);
    // Whether each of these lines begins another table; those that repeat the own names do not.
    let mut begins: Vec<(u32, bool)> = vec![(schema.header_line, false)];
    let mut note = |(line, cells): &Record| {
        if !is_of_header(*line) && names_columns(cells, synonyms) {
            begins.push((*line, !is_own(cells)));
        }
    };
    let sample = table.sample(schema.dialect);
    let mut last = None;
    for record in sample.iter() {
        let is_behind_blank = last.is_none_or(|last| record.0 > last + 1);
        if is_behind_blank {
            note(record);
        }
        last = Some(record.0 + breaks(&record.1));
    }
    if table.raw.layout == Layout::Delimited {
        let beyond = last.unwrap_or(0);
        for (line, text) in behind_blank_lines(table.raw.text.as_str()) {
            if line > beyond
                && let Some((_, cells)) = first_records(text, schema.dialect).into_iter().next()
            {
                note(&(line, cells));
            }
        }
    }
    begins.sort_unstable();
    let ends = begins.iter().skip(1).map(|(line, _)| line - 1).chain([u32::MAX]);
    let all = begins.iter().zip(ends);
    all.filter(|((_, is_other), _)| *is_other).map(|((line, _), end)| *line..=end).collect()
}

/// How many line ends the cells of a record hold.
fn breaks(cells: &[Zeroizing<String>]) -> u32 {
    cells.iter().map(|cell| cell.matches('\n').count() as u32).sum()
}

/// Whether cells are names of columns: two or more are known as a whole, and two thirds of all.
fn names_columns(cells: &[Zeroizing<String>], synonyms: &Synonyms) -> bool {
    let filled = || cells.iter().filter(|cell| !cell.trim().is_empty());
    let known = filled().filter(|cell| synonyms.knows_whole(cell)).count();
    known >= 2 && known * 3 >= filled().count() * 2
}

/// The lines behind blank ones, each with its number.
fn behind_blank_lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let (mut line, mut was_blank) = (0, false);
    text.split_inclusive('\n').filter_map(move |own| {
        line += 1;
        let is_blank =
            own.bytes().all(|byte| matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | b',' | b';'));
        let found = (was_blank && !is_blank).then_some((line, own));
        was_blank = is_blank;
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::container::{OpenOptions, open};
    use crate::import::csv::dialect_candidates::fallback_dialect;
    use crate::import::schema::candidates::Columns;
    use crate::inventory::Progress;

    fn found(text: &str, header_line: u32) -> Vec<RangeInclusive<u32>> {
        let (options, progress) = (OpenOptions::default(), Progress::default());
        let raw = open(text.as_bytes(), "f", options, &progress).unwrap().remove(0);
        let table = SampledTable::new(&raw);
        let dialect = fallback_dialect(&raw);
        let line = text.lines().nth(header_line as usize - 1).unwrap();
        let header = line.split(',').map(str::to_owned).collect();
        let schema = TableSchema::new(dialect, header_line, header, Columns::default());
        other_tables(&schema, &table, &Synonyms::new())
    }

    #[test]
    fn tables_above_and_below_are_found_by_their_names() {
        let two = "id,service\nk1,a\nk2,b\n\nowner,token,environment\nAnn,x,prod\n";
        assert_eq!(found(two, 1), [5..=u32::MAX]);
        assert_eq!(found(two, 5), [1..=4]);
        // The own names once more and in another order, a title, and a row that repeats two names are no other table.
        let one = "Report\n\nid,service\nk1,a\n\nservice,id\nowner,k2\n\nk3,service\n";
        assert_eq!(found(one, 3), []);
        let far = format!("id,service\n{}\nowner,token\nAnn,x\n", "k,a\n".repeat(400));
        assert_eq!(found(&far, 1), [403..=u32::MAX]);
    }
}
