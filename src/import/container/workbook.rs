//! Excel workbooks: one worksheet as a table.
//!
//! The workbook's own types become text as it is shown, because a cell is text until its meaning is
//! known: whole numbers without a fraction, dates as 2026-03-01. A workbook keeps fifteen digits of a
//! number, so longer ones are written as rounded. The library that reads workbooks keeps copies of
//! its own that cannot be wiped.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};

use crate::import::container::archive;
use crate::import::container::encoding::{Counted, Text};
use crate::import::container::packer::{MOST_COLUMNS, Packed, Packer};
use crate::import::container::raw_table::{Column, Layout, RawTable, Remark};
use crate::import::error::ImportError;
use crate::inventory::shown;
use crate::inventory::{ProblemKind, Progress};

/// How many rows decide how wide the table is: as many as are searched for a header. A stray cell far
/// to the right and further down makes its own row wider, and no other.
const FIRST_ROWS: usize = 200;

/// Reads the worksheet of that name, or the first that is visible and has a cell.
pub(crate) fn read<'a>(
    bytes: &'a [u8],
    file: &str,
    wanted: Option<&str>,
    progress: &Progress,
) -> Result<RawTable<'a>, ImportError> {
    let mut zip = archive::open(bytes, file)?;
    if !archive::is_workbook(&zip) {
        return Err(ImportError::Nested { file: file.to_owned() });
    }
    archive::check_workbook(&mut zip, file, progress)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_error| damaged(file))?;
    let metadata = workbook.sheets_metadata();
    let visible = |sheet: &&calamine::Sheet| sheet.visible == calamine::SheetVisible::Visible;
    let names: Vec<String> = match wanted {
        Some(wanted) => vec![wanted.to_owned()],
        None => metadata.iter().filter(visible).map(|sheet| sheet.name.clone()).collect(),
    };
    let all = workbook.sheet_names();
    if let Some(wanted) = wanted.filter(|wanted| !all.iter().any(|name| name == wanted)) {
        let sheet = shown(wanted).into_owned();
        return Err(ImportError::NoSheet { file: file.to_owned(), sheet });
    }
    for name in &names {
        let read = cells(&mut workbook, name, progress);
        if progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let (packed, left_out, remarks) = read.ok_or_else(|| damaged(file))?;
        if packed.lines.is_empty() {
            continue;
        }
        let mut written = vec![format!("format: Excel workbook, worksheet {}", shown(name))];
        let others: Vec<_> = all.iter().filter(|other| *other != name).map(|o| shown(o)).collect();
        if !others.is_empty() {
            written.push(format!("worksheets not read: {}", others.join(", ")));
        }
        if left_out {
            written.push(format!("columns beyond the first {MOST_COLUMNS} are not read"));
        }
        return Ok(RawTable {
            text: Text::Decoded(packed.text),
            written,
            layout: Layout::PackedRows,
            lines: packed.lines,
            broken: Vec::new(),
            remarks,
            counted: Counted::Unknown,
        });
    }
    Err(ImportError::Empty { file: file.to_owned() })
}

/// What can be wrong with a cell of a workbook.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Odd {
    /// A formula whose value was not stored.
    NoValue,
    /// A number whose last digits are lost. Where it is an id, its row reports it.
    Rounded,
}

/// How many lines are kept of cells of one column with the same fault: more are of no help to anybody,
/// and a column can have a million.
const LINES: usize = 50;

/// The odd cells of each column.
#[derive(Default)]
struct Oddities(BTreeMap<(u32, Odd), (Vec<u32>, usize)>);

impl Oddities {
    fn note(&mut self, column: u32, odd: Odd, line: u32) {
        let (lines, count) = self.0.entry((column, odd)).or_default();
        *count += 1;
        if lines.len() < LINES {
            lines.push(line);
        }
    }

    fn remarks(self) -> Vec<Remark> {
        let remark = |((column, odd), (lines, count)): ((u32, Odd), (Vec<u32>, usize))| {
            let at = column as usize;
            let (column, why) = match odd {
                Odd::NoValue => (
                    Column::Used(at),
                    "the formula has no stored value and counts as blank; open the workbook, let \
                     it compute and save it again",
                ),
                Odd::Rounded => (
                    Column::OfSecrets(at),
                    "a workbook keeps fifteen digits of a number, so this secret is not whole, and \
                     may seem to be the same as another; export the column as text",
                ),
            };
            Remark { lines, count, column, kind: ProblemKind::SpreadsheetDamage, why }
        };
        self.0.into_iter().map(remark).collect()
    }
}

/// The cells of a worksheet, whether some were too far to the right, and which are odd.
fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    progress: &Progress,
) -> Option<(Packed, bool, Vec<Remark>)> {
    let mut reader = workbook.worksheet_cells_reader(name).ok()?;
    let (mut packer, mut left_out) = (Packer::default(), false);
    let mut present = None;
    let (mut step, mut odd) = (0, Oddities::default());
    while let Some(cell) = reader.next_cell_with_formula_metadata().ok()? {
        step += 1;
        if progress.stops_at(step) {
            return None;
        }
        let (row, column) = cell.pos;
        let text = text_of(&cell.value);
        match cell.value {
            DataRef::Empty if cell.formula.is_some() => odd.note(column, Odd::NoValue, row + 1),
            DataRef::Float(number) if number.abs() >= MOST_EXACT => {
                odd.note(column, Odd::Rounded, row + 1);
            }
            _ => {}
        }
        if text.is_empty() {
            continue;
        }
        if column as usize >= MOST_COLUMNS {
            left_out = true;
            continue;
        }
        if present != Some(row) {
            packer.start_row(row + 1);
            present = Some(row);
        }
        packer.push(column as usize, &text);
    }
    let width = packer.width(FIRST_ROWS);
    Some((packer.finish(&[], width), left_out, odd.remarks()))
}

fn text_of(value: &DataRef<'_>) -> zeroize::Zeroizing<String> {
    let text = match value {
        DataRef::Int(number) if number.unsigned_abs() >= MOST_EXACT as u64 => {
            rounded(*number as f64)
        }
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.abs() >= MOST_EXACT => rounded(*number),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(time) => time.as_f64().to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    };
    zeroize::Zeroizing::new(text)
}

/// The least number with more than fifteen digits, of which a workbook does not keep all.
const MOST_EXACT: f64 = 1e15;

/// A number as spreadsheets show one that they rounded: 1.2345678901234E+16.
fn rounded(number: f64) -> String {
    format!("{number:.14E}").replacen('E', "E+", 1)
}

fn damaged(file: &str) -> ImportError {
    let why = "the workbook is damaged or in an old format; save it again as XLSX";
    ImportError::Archive { file: file.to_owned(), why }
}
