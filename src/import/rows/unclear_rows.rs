//! Rows of a table with secrets whose cells may stand under other columns: too wide, too short, parted
//! by a stray quote. Any of their cells may hold a secret, or a part of one that its own delimiter
//! parted.
//!
//! A cell is shown only where it is certainly none: it does not stand where a secret is expected, and it
//! is a known word or a date and may belong to a column of such, or a name that an accepted row has too.
//! Which names these are is known only
//! once all rows are read. Until then a keyed hash stands for the cell, and no text of it is kept.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::import::csv::records::Records;
use crate::import::rows::table::Table;
use crate::import::secrets::redaction::MASK;
use crate::import::secrets::secret_detection;
use crate::import::secrets::secret_shapes::is_mixed;
use crate::import::secrets::value_traces::TraceKey;
use crate::import::vocabulary::dates;
use crate::import::vocabulary::dates::{DateCell, DayOrder};
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Environments, Flag, Status, csv_cells, csv_line};

/// What a keyed hash of a cell begins and ends with.
const HASHED: (&str, char) = ("‹?", '›');

/// The row as CSV, with hashes for cells that may be names.
pub(crate) fn unclear_row(
    table: &Table<'_>,
    records: &Records<'_>,
    environments: &Environments,
) -> String {
    csv_line((0..records.width()).map(|at| {
        let cell = records.cell(at);
        let columns = columns_of(table, records, at);
        if cell.is_empty() {
            return Cow::Borrowed("");
        }
        if stands_for_a_secret(table, records, at) {
            return Cow::Borrowed(MASK);
        }
        let mut meanings = columns.clone().filter_map(|column| table.plans.meaning_at(column));
        if meanings.any(|meaning| is_known(cell, meaning, environments)) {
            return Cow::Borrowed(cell);
        }
        let mut meanings = columns.filter_map(|column| table.plans.meaning_at(column));
        if meanings.any(names_things) && secret_detection::secrets(cell).is_empty() {
            let hash = table.fingerprinter.trace_key().hash(cell);
            return Cow::Owned(format!("{}{hash:016x}{}", HASHED.0, HASHED.1));
        }
        Cow::Borrowed(MASK)
    }))
}

/// Whether a cell stands where a secret is expected, as counted from the first column, or, in a wider row,
/// from the last one or between these two. Not even a known name is shown there: it would be known to be a secret.
fn stands_for_a_secret(table: &Table<'_>, records: &Records<'_>, at: usize) -> bool {
    let (cells, names) = (records.width(), table.plan().schema.header.len());
    let is_secret = |column: usize| {
        matches!(table.plans.meaning_at(column), Some(Meaning::Value | Meaning::OtherSecret))
    };
    match cells.cmp(&names) {
        Ordering::Greater => (at.saturating_sub(cells - names)..=at).any(is_secret),
        // Cells are most often missing at the end.
        Ordering::Less => is_secret(at),
        // A stray quote joins two cells or parts one.
        Ordering::Equal => (at.saturating_sub(1)..=at + 1).any(is_secret),
    }
}

/// The columns to which a cell may belong: as many to either side as the row is wider or narrower than
/// the header; all, where its width is that of the header and yet its cells are unclear.
fn columns_of(table: &Table<'_>, records: &Records<'_>, at: usize) -> RangeInclusive<usize> {
    let width = table.plan().schema.header.len();
    let last = width.saturating_sub(1);
    match records.width().abs_diff(width) {
        0 => 0..=last,
        shift => at.saturating_sub(shift)..=(at + shift).min(last),
    }
}

/// Whether a cell is a known word of a column, or a date of one of dates.
fn is_known(cell: &str, meaning: Meaning, environments: &Environments) -> bool {
    match meaning {
        Meaning::Access | Meaning::Level => {
            words::access(cell).is_some() || words::level(cell).is_some()
        }
        Meaning::Status => words::status(cell).is_some(),
        Meaning::Disabled => words::disabled(cell) != Status::Unstated,
        Meaning::Environment | Meaning::HolderEnvironment | Meaning::TargetEnvironment => {
            environments.knows(cell)
        }
        Meaning::Created | Meaning::LastRotated | Meaning::LastUsed | Meaning::Expires => {
            is_date(cell)
        }
        Meaning::Exposure => words::exposure(cell) != Flag::Unstated,
        Meaning::Criticality => words::criticality(cell) != Flag::Unstated,
        Meaning::CrownJewel => words::crown_jewel(cell) != Flag::Unstated,
        Meaning::Id
        | Meaning::Label
        | Meaning::Fingerprint
        | Meaning::Value
        | Meaning::OtherSecret
        | Meaning::Kind
        | Meaning::Service
        | Meaning::Holder
        | Meaning::Target
        | Meaning::Owner
        | Meaning::ServiceOwner
        | Meaning::Storage
        | Meaning::ServiceKind
        | Meaning::Identity
        | Meaning::Tags => false,
    }
}

/// Whether a cell is a whole date in digits. Words and other numbers are as well parts of a secret.
fn is_date(cell: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_digit() || b"-./: TZ+".contains(&byte);
    let has_sign = cell.bytes().any(|byte| !byte.is_ascii_digit());
    (8..=32).contains(&cell.len())
        && has_sign
        && cell.bytes().all(is_sign)
        && matches!(
            dates::read(cell, DayOrder::default()),
            DateCell::On(_) | DateCell::Never | DateCell::Unclear
        )
}

/// Whether a cell of a column of words or dates is none of them, and could be a value that slipped there.
pub(crate) fn could_be_a_value(cell: &str, meaning: Meaning) -> bool {
    let is_secret = matches!(meaning, Meaning::Fingerprint | Meaning::Value | Meaning::OtherSecret);
    !is_secret
        && !names_things(meaning)
        && is_mixed(cell)
        && !cell.contains(char::is_whitespace)
        && matches!(dates::read(cell, DayOrder::default()), DateCell::Bad)
}

/// Whether the cells of a column are names that are kept as they are.
fn names_things(meaning: Meaning) -> bool {
    match meaning {
        Meaning::Id
        | Meaning::Label
        | Meaning::Kind
        | Meaning::Service
        | Meaning::Environment
        | Meaning::Holder
        | Meaning::HolderEnvironment
        | Meaning::Target
        | Meaning::TargetEnvironment
        | Meaning::Owner
        | Meaning::ServiceOwner
        | Meaning::Storage
        | Meaning::ServiceKind
        | Meaning::Identity
        | Meaning::Tags => true,
        Meaning::Fingerprint
        | Meaning::Value
        | Meaning::OtherSecret
        | Meaning::Access
        | Meaning::Level
        | Meaning::Status
        | Meaning::Disabled
        | Meaning::Created
        | Meaning::LastRotated
        | Meaning::LastUsed
        | Meaning::Expires
        | Meaning::Exposure
        | Meaning::Criticality
        | Meaning::CrownJewel => false,
    }
}

/// Whether a row has hashes in it.
pub(crate) fn has_hashes(row: &str) -> bool {
    row.contains(HASHED.0)
}

/// The names of accepted rows, by the hashes that may stand for them.
pub(crate) struct KnownNames<'a>(BTreeMap<u64, &'a str>);

impl<'a> KnownNames<'a> {
    pub(crate) fn new(names: impl Iterator<Item = &'a str>, key: TraceKey) -> Self {
        Self(names.map(|name| (key.hash(name), name)).collect())
    }

    /// The row with each hash replaced by the name for which it stands, or masked.
    pub(crate) fn shown(&self, row: &str) -> String {
        csv_line(csv_cells(row).into_iter().map(|cell| {
            let hash = cell.strip_prefix(HASHED.0).and_then(|rest| rest.strip_suffix(HASHED.1));
            let Some(hash) = hash else { return Cow::Owned(cell) };
            let name = u64::from_str_radix(hash, 16).ok().and_then(|hash| self.0.get(&hash));
            Cow::Borrowed(*name.unwrap_or(&MASK))
        }))
    }
}
