//! The account of every row of a file.

use serde::{Deserialize, Serialize};

/// What became of the rows of one source. The parts add up to the rows read, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Rows that brought a new credential, mapping or fact.
    pub accepted: u64,
    /// Rows that said again what other rows said.
    pub merged: u64,
    /// Blank rows, comments, repeated headers.
    pub skipped: u64,
    /// Rows that could not be taken; a problem says why.
    pub rejected: u64,
}

impl Ledger {
    /// All rows: accepted, merged, skipped and rejected.
    pub fn read(&self) -> u64 {
        let Self { accepted, merged, skipped, rejected } = self;
        accepted + merged + skipped + rejected
    }

    /// Adds the account of another source.
    pub fn add(&mut self, other: &Self) {
        self.accepted += other.accepted;
        self.merged += other.merged;
        self.skipped += other.skipped;
        self.rejected += other.rejected;
    }
}
