//! Bytes into tables: the container is recognised by the first bytes.

use std::collections::BTreeMap;

use crate::import::container::encoding::{Counted, Text};
use crate::import::container::json::documents;
use crate::import::container::json::documents::JsonFile;
use crate::import::container::raw_table::{Layout, RawTable};
use crate::import::container::workbook::sheets;
use crate::import::container::workbook::sheets::WantedSheets;
use crate::import::container::{archive, encoding};
use crate::import::error::ImportError;
use crate::inventory::Progress;

/// What is known of a file before it is looked at.
#[derive(Clone, Copy)]
pub(crate) struct OpenOptions<'a> {
    /// The worksheet of a workbook; all that are tables, if none is given.
    pub(crate) sheet: Option<&'a str>,
    /// Worksheets of which the user said whether they are read.
    pub(crate) chosen_sheets: Option<&'a BTreeMap<String, bool>>,
    /// The encoding; detected, if none is given.
    pub(crate) encoding: Option<&'a str>,
    /// Whether a header is that of a known export: of several arrays of a JSON file, it is then in
    /// the one that is read.
    pub(crate) is_known: fn(&[String]) -> bool,
}

impl Default for OpenOptions<'_> {
    fn default() -> Self {
        Self { sheet: None, chosen_sheets: None, encoding: None, is_known: |_| false }
    }
}

/// The tables that a file holds, at least one.
pub(crate) fn open<'a>(
    bytes: &'a [u8],
    file: &str,
    known: OpenOptions<'_>,
    progress: &Progress,
) -> Result<Vec<RawTable<'a>>, ImportError> {
    if archive::is_zip(bytes) {
        let wanted = WantedSheets { only: known.sheet, chosen: known.chosen_sheets };
        return sheets::read(bytes, file, wanted, progress);
    }
    let (text, encoding) = match known.encoding {
        Some(encoding) => encoding::decode_as(bytes, file, encoding, progress)?,
        None => encoding::decode(bytes, file, progress)?,
    };
    let json = documents::read(text.as_str(), known.is_known, progress);
    if progress.is_cancelled() {
        return Err(ImportError::Cancelled);
    }
    let mut written = vec![format!("encoding: {encoding}")];
    match json {
        JsonFile::NotJson => Ok(vec![RawTable {
            sheet: None,
            sheets: Vec::new(),
            text,
            written,
            layout: Layout::Delimited,
            lines: Vec::new(),
            broken: Vec::new(),
            not_read: Vec::new(),
            lists: Vec::new(),
            remarks: Vec::new(),
            counted: Counted::of(encoding),
        }]),
        JsonFile::NotInventory(what) => {
            Err(ImportError::NotInventory { file: file.to_owned(), what })
        }
        JsonFile::Rows(rows, format) => {
            written.push(format!("format: {format}"));
            written.extend(rows.notes);
            Ok(vec![RawTable {
                sheet: None,
                sheets: Vec::new(),
                text: Text::Decoded(rows.packed.text),
                written,
                layout: Layout::PackedObjects,
                lines: rows.packed.lines,
                broken: rows.broken,
                not_read: rows.not_read,
                lists: rows.lists,
                remarks: Vec::new(),
                counted: Counted::Unknown,
            }])
        }
    }
}
