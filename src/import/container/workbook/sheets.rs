//! Excel workbooks: each worksheet as a table.
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
use crate::import::container::packer::{MOST_COLUMNS, Packed};
use crate::import::container::parts::{
    Decision, FilePart, PartKind, WantedParts, listed, nothing_chosen,
};
use crate::import::container::raw_table::{
    Broken, Column, Layout, RawTable, Remark, SheetName, UnreadPart,
};
use crate::import::container::workbook::merged::{FilledRows, MergeSearch, SheetRows};
use crate::import::error::ImportError;
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::environment_in_names::has_tier;
use crate::inventory::shown;
use crate::inventory::{Environments, ProblemKind, Progress};

/// How many rows decide how wide the table is: as many as are searched for a header. A stray cell far
/// to the right and further down makes its own row wider, and no other.
const FIRST_ROWS: usize = 200;

/// Whether a worksheet is read.
fn is_read(wanted: WantedParts<'_>, sheet: &Sheet) -> bool {
    wanted.decision(&sheet.name).map_or(sheet.visible, Decision::is_taken)
}

/// Why a worksheet is not read.
fn reason(wanted: WantedParts<'_>, sheet: &Sheet) -> &'static str {
    match wanted.decision(&sheet.name) {
        None | Some(Decision::NotChosen) if !sheet.visible => {
            "it is hidden; unhide it, or choose it with --sheet"
        }
        Some(decision) => decision.reason(PartKind::Worksheet),
        None => "another worksheet was chosen",
    }
}

/// Reads the worksheets that were chosen, or else all that are visible and have a cell, a table each.
/// Those that are hidden are read only where no other has a cell.
pub(crate) fn read<'a>(
    bytes: &'a [u8],
    file: &str,
    wanted: WantedParts<'_>,
    progress: &Progress,
) -> Result<Vec<RawTable<'a>>, ImportError> {
    let mut zip = archive::open(bytes, file)?;
    if !archive::is_workbook(&zip) {
        return Err(ImportError::Nested { file: file.to_owned() });
    }
    let mut search = MergeSearch::default();
    archive::check_workbook(&mut zip, file, &mut search, progress)?;
    let workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_error| damaged(file))?;
    let mut book = Book { workbook, file, has_merged: search.found, progress };
    let sheets = book.sheets();
    let is_there = |only: &&String| sheets.iter().any(|sheet| sheet.name == **only);
    if let Some(missing) = wanted.only.iter().find(|only| !is_there(only)) {
        let (sheet, file) = (shown(missing).into_owned(), file.to_owned());
        let known = listed(sheets.iter().map(|sheet| sheet.name.as_str()));
        return Err(ImportError::NoSheet { file, sheet, known });
    }
    let (read, mut others): (Vec<&Sheet>, Vec<&Sheet>) =
        sheets.iter().partition(|sheet| is_read(wanted, sheet));
    let mut tables = book.tables(&read)?;
    if tables.is_empty() && wanted.only.is_empty() {
        let open: Vec<&Sheet>;
        (others, open) =
            others.into_iter().partition(|sheet| wanted.decision(&sheet.name).is_some());
        tables = book.tables(&open)?;
    }
    let not_read = book.not_read(&others, wanted)?;
    let read: Vec<FilePart> = tables.iter().filter_map(worksheet).collect();
    let Some(first) = tables.first_mut() else {
        let others: Vec<FilePart> = not_read.into_iter().map(|(sheet, _)| sheet).collect();
        if others.iter().any(|sheet| wanted.decision(&sheet.name).is_some()) {
            return Err(nothing_chosen(file, &others));
        }
        return Err(ImportError::Empty { file: file.to_owned() });
    };
    let place = |name: &str| sheets.iter().position(|sheet| sheet.name == name);
    (first.parts, first.not_read) = not_read.into_iter().unzip();
    first.parts.extend(read);
    first.parts.sort_by_key(|sheet| place(&sheet.name));
    for sheet in &mut first.parts {
        sheet.is_hidden = sheets.iter().any(|own| own.name == sheet.name && !own.visible);
    }
    if let [RawTable { sheet: Some(sheet), .. }] = tables.as_mut_slice() {
        sheet.is_only = true;
    }
    mark_environments(&mut tables);
    Ok(tables)
}

/// Marks the worksheets that are named after environments with a tier, where two or more are: one
/// called `Test` alone may well be somebody's try.
fn mark_environments(tables: &mut [RawTable<'_>]) {
    let known = Environments::default();
    let sheets = || tables.iter().filter_map(|table| table.sheet.as_ref());
    if sheets().filter(|sheet| has_tier(&sheet.name, &known)).count() < 2 {
        return;
    }
    for sheet in tables.iter_mut().filter_map(|table| table.sheet.as_mut()) {
        sheet.is_environment = has_tier(&sheet.name, &known);
    }
}

/// The worksheet of a table; whether it is hidden is not known of it.
fn worksheet(table: &RawTable<'_>) -> Option<FilePart> {
    let SheetName { name, .. } = table.sheet.as_ref()?;
    let (kind, size) = (PartKind::Worksheet, (table.lines.len() + table.broken.len()) as u64);
    Some(FilePart { kind, name: name.clone(), is_hidden: false, is_read: true, size })
}

/// A worksheet of a workbook.
struct Sheet {
    name: String,
    visible: bool,
}

/// An open workbook.
struct Book<'a> {
    workbook: Xlsx<Cursor<&'a [u8]>>,
    file: &'a str,
    /// Whether any cells are merged.
    has_merged: bool,
    progress: &'a Progress,
}

impl Book<'_> {
    fn sheets(&self) -> Vec<Sheet> {
        let all = self.workbook.sheets_metadata().iter();
        let all = all.filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet);
        let sheet = |sheet: &calamine::Sheet| Sheet {
            name: sheet.name.clone(),
            visible: sheet.visible == calamine::SheetVisible::Visible,
        };
        all.map(sheet).collect()
    }

    /// The tables of worksheets that have a cell.
    fn tables<'t>(&mut self, sheets: &[&Sheet]) -> Result<Vec<RawTable<'t>>, ImportError> {
        let mut tables = Vec::new();
        for sheet in sheets {
            let read = self.cells(&sheet.name)?;
            let SheetCells { packed, sections, notes, remarks } = read;
            if packed.lines.is_empty() && sections.is_empty() {
                continue;
            }
            let hidden = if sheet.visible { "" } else { ", which is hidden" };
            let name = secret_detection::masked(&sheet.name);
            let format = format!("format: Excel workbook, worksheet {}{hidden}", shown(&name));
            tables.push(RawTable {
                sheet: Some(SheetName {
                    name: sheet.name.clone(),
                    is_only: false,
                    is_environment: false,
                }),
                parts: Vec::new(),
                text: Text::Decoded(packed.text),
                further: None,
                spread: Vec::new(),
                written: std::iter::once(format).chain(notes).collect(),
                layout: Layout::PackedRows,
                lines: packed.lines,
                lacking: Vec::new(),
                broken: sections
                    .into_iter()
                    .map(|line| Broken { line, why: SECTION.into() })
                    .collect(),
                not_read: Vec::new(),
                lists: Vec::new(),
                remarks,
                counted: Counted::Unknown,
            });
        }
        Ok(tables)
    }

    /// The worksheets that are not read and have a cell, with their rows.
    fn not_read(
        &mut self,
        sheets: &[&Sheet],
        wanted: WantedParts<'_>,
    ) -> Result<Vec<(FilePart, UnreadPart)>, ImportError> {
        let mut parts = Vec::new();
        for sheet in sheets {
            let size = self.count_rows(&sheet.name)?;
            if size == 0 {
                continue;
            }
            let own = FilePart {
                kind: PartKind::Worksheet,
                name: sheet.name.clone(),
                is_hidden: !sheet.visible,
                is_read: false,
                size,
            };
            let part = own.not_read(reason(wanted, sheet));
            parts.push((own, UnreadPart { line: 1, part }));
        }
        Ok(parts)
    }

    /// How many rows of a worksheet have a cell.
    fn count_rows(&mut self, name: &str) -> Result<u64, ImportError> {
        let Self { workbook, file, progress, .. } = self;
        let damaged = |_error| damaged(file);
        let mut reader = workbook.worksheet_cells_reader(name).map_err(damaged)?;
        let (mut rows, mut present, mut step) = (0, None, 0);
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            step += 1;
            if progress.stops_at(step) {
                return Err(ImportError::Cancelled);
            }
            let row = cell.get_position().0;
            if present != Some(row) && !text_of(cell.get_value()).is_empty() {
                present = Some(row);
                rows += 1;
            }
        }
        Ok(rows)
    }

    /// The cells of a worksheet.
    fn cells(&mut self, name: &str) -> Result<SheetCells, ImportError> {
        let Self { workbook, file, has_merged, progress } = self;
        let damaged = |_error| damaged(file);
        let regions = match has_merged {
            true => workbook.merge_cells_by_sheet_name(name).map_err(damaged)?,
            false => Vec::new(),
        };
        let mut reader = workbook.worksheet_cells_reader(name).map_err(damaged)?;
        let mut rows = SheetRows::new(&regions);
        let (mut step, mut odd, mut left_out) = (0, Oddities::default(), false);
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
            step += 1;
            if progress.stops_at(step) {
                return Err(ImportError::Cancelled);
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
            rows.push(row, column, &text);
        }
        let FilledRows { packer, sections, mut notes } = rows.finish();
        if left_out {
            notes.push(format!("columns beyond the first {MOST_COLUMNS} are not read"));
        }
        let width = packer.width(FIRST_ROWS);
        let packed = packer.finish(&[], width, progress);
        if progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        Ok(SheetCells { packed, sections, notes, remarks: odd.remarks() })
    }
}

/// The cells of a worksheet, and what is odd of them.
struct SheetCells {
    packed: Packed,
    /// The lines on which one cell is merged across the table.
    sections: Vec<u32>,
    notes: Vec<String>,
    remarks: Vec<Remark>,
}

const SECTION: &str = "one cell is merged across the table here, so this is not read as a row; write \
                       what it says into a column of the rows below it";

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
