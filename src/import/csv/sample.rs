//! The first records of a text, by which is found out how it is to be read.

use zeroize::Zeroizing;

use crate::import::csv::records::{Dialect, Found, Records};
use crate::import::schema::table_schema::TableSchema;

/// How many records are looked at.
pub(crate) const RECORDS: usize = 200;

/// The line of a record, and its cells.
pub(crate) type Record = (u32, Vec<Zeroizing<String>>);
pub(crate) type Sample = Vec<Record>;

/// The first records, at most so many; lines of white space and comments are none.
pub(crate) fn sample(text: &str, dialect: Dialect, most: usize) -> Sample {
    let mut records = Records::new(text, dialect);
    let mut sample = Vec::new();
    while sample.len() < most {
        let Ok(Some(found)) = records.read() else { break };
        match found {
            Found::Cells | Found::OpenQuote { .. } => {
                let cells = (0..records.width())
                    .map(|column| Zeroizing::new(records.cell(column).to_owned()))
                    .collect();
                sample.push((records.line(), cells));
            }
            Found::Blank | Found::Comment => {}
        }
    }
    sample
}

/// The first records below the header.
pub(crate) fn below(text: &str, reading: &TableSchema) -> Vec<Record> {
    let mut sample = sample(text, reading.dialect, RECORDS);
    sample.retain(|(line, _)| *line > reading.header_line);
    sample
}

/// The cells of a column in the records that are as wide as the header, but for empty ones.
pub(crate) fn column_cells(sample: &[Record], width: usize, column: usize) -> Vec<&str> {
    let rows = sample.iter().map(|(_, row)| row).filter(|row| row.len() == width);
    let cells = rows.filter_map(|row| Some(row.get(column)?.as_str()));
    cells.filter(|cell| !cell.is_empty()).collect()
}

/// The cells of a header as names.
pub(crate) fn names(cells: &[Zeroizing<String>]) -> Vec<String> {
    let clean = |cell: &Zeroizing<String>| cell.trim_start_matches('#').trim().to_owned();
    cells.iter().map(clean).collect()
}

/// The line of the record before.
pub(crate) fn line_before(sample: &Sample, at: usize) -> u32 {
    at.checked_sub(1).and_then(|at| sample.get(at)).map_or(0, |(line, _)| *line)
}
