//! Bytes into a table: the container is recognised by the first bytes.

use crate::import::container::encoding::{Counted, Text};
use crate::import::container::raw_table::{Layout, RawTable};
use crate::import::container::{archive, encoding, json, workbook};
use crate::import::error::ImportError;
use crate::inventory::Progress;

/// What is known of a table before it is looked at.
#[derive(Clone, Copy, Default)]
pub(crate) struct OpenOptions<'a> {
    /// The worksheet of a workbook; its first, if none is given.
    pub(crate) sheet: Option<&'a str>,
    /// The encoding; detected, if none is given.
    pub(crate) encoding: Option<&'a str>,
}

/// The table that a file holds.
pub(crate) fn open<'a>(
    bytes: &'a [u8],
    file: &str,
    known: OpenOptions<'_>,
    progress: &Progress,
) -> Result<RawTable<'a>, ImportError> {
    if archive::is_zip(bytes) {
        return workbook::read(bytes, file, known.sheet, progress);
    }
    let (text, encoding) = match known.encoding {
        Some(encoding) => encoding::decode_as(bytes, file, encoding)?,
        None => encoding::decode(bytes, file)?,
    };
    if let Some((rows, format)) = json::read(text.as_str(), progress) {
        if progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let mut written = vec![format!("encoding: {encoding}"), format!("format: {format}")];
        written.extend(rows.notes);
        return Ok(RawTable {
            text: Text::Decoded(rows.packed.text),
            written,
            layout: Layout::PackedObjects,
            lines: rows.packed.lines,
            broken: rows.broken,
            remarks: Vec::new(),
            counted: Counted::Unknown,
        });
    }
    Ok(RawTable {
        text,
        written: vec![format!("encoding: {encoding}")],
        layout: Layout::Delimited,
        lines: Vec::new(),
        broken: Vec::new(),
        remarks: Vec::new(),
        counted: Counted::of(encoding),
    })
}
