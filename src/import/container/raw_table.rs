//! One table as its container holds it: text, and where each row of it came from.

use std::borrow::Cow;

use zeroize::Zeroizing;

use crate::import::container::encoding::{Counted, Text};
use crate::import::container::parts::FilePart;
use crate::import::error::ImportError;
use crate::import::further::Further;
use crate::inventory::{NotRead, ProblemKind};

/// One table, ready to be split into records.
pub(crate) struct RawTable<'a> {
    /// The worksheet that it is.
    pub(crate) sheet: Option<SheetName>,
    /// What the file holds that can be read or left out: worksheets that have a cell, arrays of
    /// objects; with its first table alone.
    pub(crate) parts: Vec<FilePart>,
    pub(crate) text: Text<'a>,
    /// Where all of the text can be read, if it is read in segments.
    pub(crate) further: Option<Further>,
    /// Pieces of lines from places all over the text, where `text` is only its start.
    pub(crate) spread: Vec<Zeroizing<String>>,
    /// How the file is written, for people: "format: JSON Lines".
    pub(crate) written: Vec<String>,
    pub(crate) layout: Layout,
    /// For each record of packed text the line of the file from which it came.
    pub(crate) lines: Vec<u32>,
    /// What could not be read as a row at all.
    pub(crate) broken: Vec<Broken>,
    /// What shows that the file lacks something, and the line.
    pub(crate) lacking: Vec<(u32, &'static str)>,
    /// What the file holds beside the table.
    pub(crate) not_read: Vec<UnreadPart>,
    /// For each column the list of objects whose members it has, from 1; 0 for the others, and for
    /// those behind the last.
    pub(crate) lists: Vec<u16>,
    /// What was read and is odd all the same.
    pub(crate) remarks: Vec<Remark>,
    /// How places of the text correspond to bytes of the file.
    pub(crate) counted: Counted,
}

/// The name of a worksheet that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetName {
    pub(crate) name: String,
    /// Whether no other of the workbook is read, so that it bears the name of the file.
    pub(crate) is_only: bool,
    /// Whether it is named after an environment, and so is another that is read: `Prod` beside `Dev`.
    pub(crate) is_environment: bool,
}

/// How the text of a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// As the file has it: its dialect and its header are to be detected.
    Delimited,
    /// As packed text with the rows of a worksheet: its header is to be detected.
    PackedRows,
    /// As packed text whose first record has the names of the objects' members.
    PackedObjects,
}

impl<'a> RawTable<'a> {
    /// Text with delimiters, as it stands in its file.
    pub(crate) fn delimited(text: Text<'a>, written: Vec<String>, counted: Counted) -> Self {
        Self {
            sheet: None,
            parts: Vec::new(),
            text,
            further: None,
            spread: Vec::new(),
            written,
            layout: Layout::Delimited,
            lines: Vec::new(),
            broken: Vec::new(),
            lacking: Vec::new(),
            not_read: Vec::new(),
            lists: Vec::new(),
            remarks: Vec::new(),
            counted,
        }
    }
}

impl RawTable<'_> {
    /// Whether the text is packed, so that its dialect is known.
    pub(crate) fn is_packed(&self) -> bool {
        match self.layout {
            Layout::PackedRows | Layout::PackedObjects => true,
            Layout::Delimited => false,
        }
    }

    /// Whether the first record is known to be the header.
    pub(crate) fn has_known_header(&self) -> bool {
        self.layout == Layout::PackedObjects
    }

    /// The worksheet's name, if others of the workbook are read too.
    pub(crate) fn sheet_beside_others(&self) -> Option<&str> {
        self.sheet.as_ref().filter(|sheet| !sheet.is_only).map(|sheet| sheet.name.as_str())
    }

    /// The name under which the table of a file, or of a member, is reported: a worksheet that stands
    /// beside others behind the file's name and a slash. `file` may be that name already.
    pub(crate) fn name_in<'n>(&self, file: &'n str) -> Cow<'n, str> {
        match self.sheet_beside_others() {
            Some(sheet) if !file.ends_with(&format!("/{sheet}")) => {
                Cow::Owned(format!("{file}/{sheet}"))
            }
            _ => Cow::Borrowed(file),
        }
    }

    /// The line of the file from which a record of the text came.
    pub(crate) fn line(&self, record: u32) -> u32 {
        let at = (record as usize).wrapping_sub(1);
        self.lines.get(at).copied().unwrap_or(record)
    }

    /// Why nothing can be read, if the table is empty.
    pub(crate) fn why_empty(&self, file: &str) -> Option<ImportError> {
        if !(self.text.as_str().trim_start().is_empty() && self.broken.is_empty()) {
            return None;
        }
        let file = file.to_owned();
        Some(match self.layout {
            Layout::PackedObjects => ImportError::NoEntry { file },
            Layout::Delimited | Layout::PackedRows => ImportError::Empty { file },
        })
    }
}

/// Something in a file that was not read, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnreadPart {
    pub(crate) line: u32,
    pub(crate) part: NotRead,
}

/// A part of a file that is no row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// The line on which it starts, or on which it is damaged.
    pub(crate) line: u32,
    /// What is wrong with it, and what to do; never its text.
    pub(crate) why: Cow<'static, str>,
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

/// The column that a remark is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// By its place, if it is used at all.
    Used(usize),
    /// By its place, if it holds secrets or fingerprints.
    OfSecrets(usize),
}
