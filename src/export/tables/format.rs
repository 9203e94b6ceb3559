//! The forms in which a table can be written.

use std::io::{self, Write};

use super::csv::write_csv;
use super::json::{write_json, write_json_lines};
use super::table::TableSource;
use super::workbook::write_workbook;

/// What a table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFileFormat {
    /// Comma-separated values.
    Csv,
    /// A workbook for spreadsheets.
    Workbook,
    /// One JSON object.
    Json,
    /// A JSON object a line.
    JsonLines,
}

/// Writes a table.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_table(
    format: TableFileFormat,
    source: &TableSource<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        TableFileFormat::Csv => write_csv(source, out),
        TableFileFormat::Workbook => write_workbook(source, out),
        TableFileFormat::Json => write_json(source, out),
        TableFileFormat::JsonLines => write_json_lines(source, out),
    }
}
