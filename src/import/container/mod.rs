//! A file's bytes into the tables that it holds.
//!
//! Text with delimiters is read where it lies. JSON and workbooks are laid out anew as *packed*
//! text: cells parted by the control characters that ASCII has for it, so that no cell needs a
//! quote, with the line of the file on which each row stood beside it. Archives are unpacked under
//! limits, one member after another.

use crate::import::container::encoding::{Counted, Text};
use crate::import::csv::records::Dialect;
use crate::import::error::ImportError;
use crate::inventory::{ProblemKind, Progress};

pub(crate) mod bytes;
pub(crate) mod encoding;
pub(crate) mod archive;
pub(crate) mod json;
pub(crate) mod json_text;
pub(crate) mod packer;
pub(crate) mod workbook;

pub(crate) use crate::import::container::archive::members;

/// One table, ready to be read row by row.
pub(crate) struct Sheet<'a> {
    pub(crate) text: Text<'a>,
    /// How people call the way it is written: "JSON Lines".
    pub(crate) written: Vec<String>,
    /// How packed text is parted; `None` where it has to be found out.
    pub(crate) dialect: Option<Dialect>,
    /// The record that is the header, if that is known.
    pub(crate) header: Option<u32>,
    /// For each record of packed text the line of the file on which it stood.
    pub(crate) lines: Vec<u32>,
    /// What could not be read as a row at all.
    pub(crate) broken: Vec<Broken>,
    /// What is odd in what was read all the same.
    pub(crate) remarks: Vec<Remark>,
    /// How places of the text are places of the file.
    pub(crate) counted: Counted,
}

impl Sheet<'_> {
    /// The line of the file on which a record of the text stood.
    pub(crate) fn line(&self, record: u32) -> u32 {
        let at = (record as usize).wrapping_sub(1);
        self.lines.get(at).copied().unwrap_or(record)
    }

    /// Why nothing can be read, where there is nothing at all.
    pub(crate) fn why_empty(&self, file: &str) -> Option<ImportError> {
        if !(self.text.as_str().trim_start().is_empty() && self.broken.is_empty()) {
            return None;
        }
        let file = file.to_owned();
        let is_json = self.dialect.is_some() && self.header.is_some();
        Some(if is_json { ImportError::NoEntry { file } } else { ImportError::Empty { file } })
    }
}

/// A piece of a file that is no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// The line on which it starts.
    pub(crate) line: u32,
    /// What is wrong with it, and what to do. Never what stands in it.
    pub(crate) why: &'static str,
}

/// Cells that could be read, and should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    /// The lines of the first of them.
    pub(crate) lines: Vec<u32>,
    /// How many there are.
    pub(crate) count: usize,
    pub(crate) column: Column,
    pub(crate) kind: ProblemKind,
    /// What is odd, and what to do.
    pub(crate) why: &'static str,
}

/// The column of which something is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// By its place, as far as it is used at all.
    Used(usize),
    /// By its place, as far as it holds secrets or fingerprints.
    OfSecrets(usize),
}

/// What is known of a table before it is looked at.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    /// The worksheet of a workbook; else its first is taken.
    pub(crate) sheet: Option<&'a str>,
    /// The encoding; else it is found out.
    pub(crate) encoding: Option<&'a str>,
}

/// The table that a file holds.
pub(crate) fn sheet<'a>(
    bytes: &'a [u8],
    file: &str,
    known: Known<'_>,
    progress: &Progress,
) -> Result<Sheet<'a>, ImportError> {
    if archive::is_zip(bytes) {
        return workbook::read(bytes, file, known.sheet, progress);
    }
    let (text, encoding) = match known.encoding {
        Some(encoding) => encoding::decode_as(bytes, file, encoding)?,
        None => encoding::decode(bytes, file)?,
    };
    if let Some((packed, format)) = json::read(text.as_str(), progress) {
        if progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let json::Read { packed, broken, notes } = packed;
        let mut written = vec![format!("encoding: {encoding}"), format!("format: {format}")];
        written.extend(notes);
        return Ok(Sheet {
            text: Text::Decoded(packed.text),
            written,
            dialect: Some(Dialect::PACKED),
            header: Some(1),
            lines: packed.lines,
            broken,
            remarks: Vec::new(),
            counted: Counted::Unknown,
        });
    }
    Ok(Sheet {
        text,
        written: vec![format!("encoding: {encoding}")],
        dialect: None,
        header: None,
        lines: Vec::new(),
        broken: Vec::new(),
        remarks: Vec::new(),
        counted: Counted::of(encoding),
    })
}
