//! What became of the rows of a table, and what people should know of its reading.

use crate::import::csv::records::Records;
use crate::import::rows::builder::InventoryBuilder;
use crate::inventory::{Ledger, Place, ProblemKind};

/// What became of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowOutcome {
    /// It was read.
    Read,
    /// It says nothing of its own.
    Skipped,
    /// It says that it is about no credential.
    NoCredential,
    /// It was left out for a problem.
    Rejected,
}

/// Counts of rows: skipped and rejected ones, and those about no credential.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) ledger: Ledger,
    pub(crate) no_credential: u64,
    pub(crate) below_header: u64,
    /// Whether tokens of another key stand for fingerprints.
    pub(crate) of_other_key: bool,
    /// How many cells of each column are filled.
    pub(crate) filled: Vec<u64>,
    /// Rows that start with `#`, and the first of them.
    marked: u64,
    first_marked: Option<Place>,
}

impl Counts {
    /// Adds what was counted further down in the same file.
    pub(crate) fn add(&mut self, further: &Self) {
        self.ledger.add(&further.ledger);
        self.no_credential += further.no_credential;
        self.below_header += further.below_header;
        self.of_other_key |= further.of_other_key;
        self.filled.resize(self.filled.len().max(further.filled.len()), 0);
        for (count, more) in self.filled.iter_mut().zip(&further.filled) {
            *count += more;
        }
        self.marked += further.marked;
        self.first_marked = self.first_marked.or(further.first_marked);
    }

    /// Counts one row.
    pub(crate) fn add_row(&mut self, outcome: RowOutcome) {
        match outcome {
            RowOutcome::Read => {}
            RowOutcome::Skipped => self.ledger.skipped += 1,
            RowOutcome::NoCredential => {
                self.ledger.skipped += 1;
                self.no_credential += 1;
            }
            RowOutcome::Rejected => self.ledger.rejected += 1,
        }
    }

    /// Counts the cells of a row under the columns of the header.
    pub(crate) fn add_cells(&mut self, records: &Records<'_>, columns: usize) {
        self.filled.resize(columns, 0);
        for (column, count) in self.filled.iter_mut().enumerate() {
            *count += u64::from(records.is_filled(column));
        }
    }

    /// Counts a row that starts with `#`.
    pub(crate) fn add_marked(&mut self, place: Place) {
        self.marked += 1;
        self.first_marked.get_or_insert(place);
    }

    /// What people should know of the reading of a table, now that it is read.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.no_credential > 0 {
            let rows = if self.no_credential == 1 { "row says" } else { "rows say" };
            let about = if self.no_credential == 1 { "it is" } else { "they are" };
            notes.push(format!(
                "{} {rows} that {about} about no credential: skipped",
                self.no_credential
            ));
        }
        if self.of_other_key {
            let note =
                "fingerprints: tokens of another key, which match no other file; give that key";
            notes.push(note.to_owned());
        }
        notes
    }

    /// Reports rows that could be comments, unless most rows look so.
    pub(crate) fn report_marked(&self, builder: &mut InventoryBuilder) {
        let Some(place) = self.first_marked else { return };
        if self.marked * 2 > self.below_header {
            return;
        }
        let message = format!(
            "lines that start with # and have as many cells as the header are read as rows ({} in \
             this file); delete those that are comments",
            self.marked
        );
        builder.problem(place, "", ProblemKind::MarkedRow, message);
    }
}
