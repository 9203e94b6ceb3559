//! Bytes into tables: the container is recognised by the first bytes.

use crate::import::container::encoding::{Counted, Text};
use crate::import::container::json::documents;
use crate::import::container::json::documents::JsonFile;
use crate::import::container::json::rows::JsonRows;
use crate::import::container::parts::{FilePart, WantedParts, nothing_chosen};
use crate::import::container::raw_table::{Layout, RawTable};
use crate::import::container::workbook::sheets;
use crate::import::container::{archive, encoding};
use crate::import::error::ImportError;
use crate::inventory::Progress;

/// What is known of a file before it is looked at.
#[derive(Clone, Copy)]
pub(crate) struct OpenOptions<'a> {
    /// The worksheets of a workbook; all that are visible and tables, if nothing was said.
    pub(crate) sheets: WantedParts<'a>,
    /// The arrays of a JSON object; those that look most like credentials, if nothing was said.
    pub(crate) arrays: WantedParts<'a>,
    /// The encoding; detected, if none is given.
    pub(crate) encoding: Option<&'a str>,
    /// Whether a header is that of a known export: of several arrays of a JSON file, it is then in
    /// the one that is read.
    pub(crate) is_known: fn(&[String]) -> bool,
}

impl Default for OpenOptions<'_> {
    fn default() -> Self {
        let (sheets, arrays) = (WantedParts::OPEN, WantedParts::OPEN);
        Self { sheets, arrays, encoding: None, is_known: |_| false }
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
        return sheets::read(bytes, file, known.sheets, progress);
    }
    let (text, encoding) = match known.encoding {
        Some(encoding) => encoding::decode_as(bytes, file, encoding, progress)?,
        None => encoding::decode(bytes, file, progress)?,
    };
    if is_of_project(text.as_str()) {
        return Err(ImportError::Project { file: file.to_owned() });
    }
    let json = documents::read(text.as_str(), known.is_known, known.arrays, progress);
    if progress.is_cancelled() {
        return Err(ImportError::Cancelled);
    }
    let mut written = vec![format!("encoding: {encoding}")];
    match json {
        JsonFile::NoRows(what) => Err(ImportError::NoJsonRows { file: file.to_owned(), what }),
        JsonFile::NotJson if is_one_value(&text, file) => {
            let what = "it is one value and no list of entries".to_owned();
            Err(ImportError::NoJsonRows { file: file.to_owned(), what })
        }
        JsonFile::NotJson => Ok(vec![RawTable::delimited(text, written, Counted::of(encoding))]),
        JsonFile::NotInventory(what) => {
            Err(ImportError::NotInventory { file: file.to_owned(), what })
        }
        JsonFile::Rows { rows, form, parts } => {
            written.push(format!("format: {form}"));
            json_table(*rows, parts, file, (known.arrays, written)).map(|table| vec![table])
        }
    }
}

/// Whether a text starts as a project file does, even where its first line is damaged.
fn is_of_project(text: &str) -> bool {
    let mut lines = text.lines();
    let is_first = lines.next().is_some_and(|line| line.contains("\"keyreach-project\""));
    is_first || lines.next().is_some_and(|line| line.starts_with("{\"section\":\"about\""))
}

/// Whether a file that is named as one of JSON holds a single text, number or word.
fn is_one_value(text: &Text<'_>, file: &str) -> bool {
    let text = text.as_str().trim();
    let is_named = file.rsplit('.').next().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    is_named && !text.is_empty() && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// The rows of JSON as a table.
fn json_table<'a>(
    rows: JsonRows,
    parts: Vec<FilePart>,
    file: &str,
    (wanted, mut written): (WantedParts<'_>, Vec<String>),
) -> Result<RawTable<'a>, ImportError> {
    let is_decided = |part: &FilePart| wanted.decision(&part.name).is_some();
    // The first line is that of the members' names.
    let is_empty = rows.packed.lines.len() < 2 && !parts.iter().any(|part| part.is_read);
    if is_empty && parts.iter().any(is_decided) {
        return Err(nothing_chosen(file, &parts));
    }
    if rows.packed.lines.len() < 2
        && let Some(first) = rows.broken.first()
    {
        let what = format!("no entry can be read; in line {}: {}", first.line, first.why);
        return Err(ImportError::NoJsonRows { file: file.to_owned(), what });
    }
    written.extend(rows.notes);
    Ok(RawTable {
        sheet: None,
        parts,
        text: Text::Decoded(rows.packed.text),
        further: None,
        spread: Vec::new(),
        written,
        layout: Layout::PackedObjects,
        lines: rows.packed.lines,
        broken: rows.broken,
        lacking: rows.lacking,
        not_read: rows.not_read,
        lists: rows.lists,
        remarks: Vec::new(),
        counted: Counted::Unknown,
    })
}
