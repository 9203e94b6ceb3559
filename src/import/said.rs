//! What people said of how one file is to be read; it stands above all that is found out.

use std::collections::BTreeMap;

use super::mapping::{is_unused, meaning_named};
use super::records::Dialect;
use super::sniff::Reading;
use super::synonyms::Meaning;

/// What was said of one file. What is left unsaid is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What parts the cells: one of `, ; |` and tab.
    pub delimiter: Option<char>,
    /// What cells are quoted with: `"` or `'`.
    pub quote: Option<char>,
    /// The encoding, by any of its usual names: `windows-1250`.
    pub encoding: Option<String>,
    /// The line of the header, counted from 1. Lines above it are skipped.
    pub header_line: Option<u32>,
    /// For columns, counted from 0, a name of [`super::meanings`].
    pub columns: BTreeMap<usize, String>,
}

impl Said {
    /// Whether nothing was said.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a table may be parted so.
    pub(super) fn allows(&self, dialect: Dialect) -> bool {
        let says =
            |wanted: Option<char>, is: u8| wanted.is_none_or(|wanted| wanted == char::from(is));
        dialect == Dialect::PACKED
            || (says(self.delimiter, dialect.delimiter) && says(self.quote, dialect.quote))
    }

    /// Whether a line may be the header.
    pub(super) fn allows_header(&self, line: u32) -> bool {
        self.header_line.is_none_or(|said| said == line)
    }

    /// Gives the columns the meanings that were said. One that had the meaning before is outdone;
    /// if it held secrets, it still does.
    pub(super) fn overrule(&self, reading: &mut Reading) {
        let columns = &mut reading.columns;
        for at in self.columns.keys().filter(|at| **at < reading.header.len()) {
            columns.forget(*at);
        }
        for (&at, word) in self.columns.iter().filter(|(at, _)| **at < reading.header.len()) {
            if is_unused(word) {
                continue;
            }
            match meaning_named(word) {
                Some(Meaning::OtherSecret) => columns.other_secrets.push(at),
                Some(meaning) => {
                    if let Some(before) = columns.of(meaning) {
                        match meaning {
                            Meaning::Value => columns.other_secrets.push(before),
                            _ => columns.outdone.push((before, meaning)),
                        }
                    }
                    columns.set(meaning, Some(at));
                }
                None => {}
            }
        }
    }
}
