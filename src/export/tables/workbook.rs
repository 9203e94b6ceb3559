//! A table as a workbook: text is written as text, so that nothing is a formula, and figures as figures.
//!
//! The whole workbook is in memory before it is written: about 100 bytes a filled cell. A table of more
//! rows than a worksheet has goes on in a second one.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::cell::Cell;
use super::table::TableSource;

/// How many rows a worksheet has at most, its header included.
const MOST_ROWS: u32 = 1_048_576;

/// How many characters, counted as UTF-16, a cell holds at most.
const MOST_CHARACTERS: usize = 32_767;

pub(super) fn write_workbook(source: &TableSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_in_sheets(source, MOST_ROWS, out)
}

/// The same with worksheets of this number of rows at most.
fn write_in_sheets(
    source: &TableSource<'_>,
    most_rows: u32,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut workbook = Workbook::new();
    // Otherwise the time of the day would stand in it, and two runs would differ.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(not_made)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let mut sheet = new_sheet(source, 1)?;
    let (mut number, mut next) = (1, 1);
    source.rows(&mut |row| {
        if next == most_rows {
            number += 1;
            let full = std::mem::replace(&mut sheet, new_sheet(source, number)?);
            workbook.push_worksheet(full);
            next = 1;
        }
        for (column, cell) in (0..).zip(row) {
            write_cell(&mut sheet, (next, column), cell).map_err(not_made)?;
        }
        next += 1;
        Ok(())
    })?;
    workbook.push_worksheet(sheet);
    out.write_all(&workbook.save_to_buffer().map_err(not_made)?)
}

/// A worksheet with its header, which stays in sight.
fn new_sheet(source: &TableSource<'_>, number: u32) -> io::Result<Worksheet> {
    let mut sheet = Worksheet::new();
    head(&mut sheet, source, number).map_err(not_made)?;
    Ok(sheet)
}

fn head(sheet: &mut Worksheet, source: &TableSource<'_>, number: u32) -> Result<(), XlsxError> {
    let name = source.table().word();
    match number {
        1 => sheet.set_name(name)?,
        _ => sheet.set_name(format!("{name} {number}"))?,
    };
    let bold = Format::new().set_bold();
    for (column, heading) in (0..).zip(source.columns()) {
        sheet.write_string_with_format(0, column, *heading, &bold)?;
        // As wide as its heading, with room for a name.
        sheet.set_column_width(column, heading.len().max(14) as f64)?;
    }
    sheet.set_freeze_panes(1, 0).map(drop)
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => Ok(()),
        // Above this a double has no room for every whole number.
        Cell::Number(number) if *number < 1 << 53 => {
            sheet.write_number(row, column, *number as f64).map(drop)
        }
        Cell::Flag(flag) => sheet.write_boolean(row, column, *flag).map(drop),
        Cell::Text(_) | Cell::Words(_) | Cell::Number(_) => {
            let words = cell.words();
            let text = fitting(&words);
            // An empty string would be a cell without anything in it, and a format of its own.
            if text.is_empty() { Ok(()) } else { sheet.write_string(row, column, text).map(drop) }
        }
    }
}

/// As much of a text as a cell holds; what is cut off is marked by an ellipsis.
fn fitting(text: &str) -> std::borrow::Cow<'_, str> {
    let mut room = MOST_CHARACTERS;
    // A character has at least as many bytes as UTF-16 units.
    if text.len() <= room || text.encode_utf16().count() <= room {
        return text.into();
    }
    room -= 1;
    let fits = |character: &char| {
        let rest = room.checked_sub(character.len_utf16());
        room = rest.unwrap_or(0);
        rest.is_some()
    };
    text.chars().take_while(fits).chain(['…']).collect::<String>().into()
}

fn not_made(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}
