//! The table whose rows are read, and how far its reading is.

use crate::import::container::RawTable;
use crate::import::container::encoding::Offsets;
use crate::import::csv::records::{LineTooLong, Records, Resume};
use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::repeated_cells::RepeatedFingerprints;
use crate::import::rows::row::RowReader;
use crate::import::schema::day_orders::DayOrders;
use crate::import::schema::row_plan::{Plan, Plans};
use crate::import::secrets::fingerprint::Fingerprinter;
use crate::inventory::{Place, SourceId};

/// What all rows of a table share while they are read.
pub(crate) struct Table<'a> {
    pub(crate) plans: &'a Plans,
    pub(crate) raw: &'a RawTable<'a>,
    pub(crate) file: &'a str,
    pub(crate) source: SourceId,
    pub(crate) fingerprinter: &'a Fingerprinter,
    pub(crate) day_orders: &'a DayOrders<'a>,
    /// Whether the text goes on in another segment.
    pub(crate) goes_on: bool,
}

/// Walks over the records of a table, or a part of it.
pub(crate) struct RowCursor<'a> {
    pub(crate) records: Records<'a>,
    /// One for each credential that a row may list.
    pub(crate) readers: Vec<RowReader<'a>>,
    pub(crate) fingerprints: RepeatedFingerprints,
    /// Counts where rows start in the file.
    pub(crate) offsets: Offsets,
}

/// What reading a row for one credential after another came to.
#[derive(Clone, Copy, Default)]
pub(crate) struct CredentialsRead {
    /// Whether the row has any credential at all.
    pub(crate) any_filled: bool,
    /// Whether any could be read.
    pub(crate) any_read: bool,
}

impl<'a> Table<'a> {
    /// The first of its plans, for what they all share.
    pub(crate) fn plan(&self) -> &'a Plan {
        &self.plans.first
    }

    /// A segment of its text. `goes_on` says whether it is not the last.
    pub(crate) fn segment<'s>(&'s self, raw: &'s RawTable<'s>, goes_on: bool) -> Table<'s> {
        let Table { plans, raw: _, file, source, fingerprinter, day_orders, goes_on: _ } = *self;
        Table { plans, raw, file, source, fingerprinter, day_orders, goes_on }
    }

    /// The rows from a place on.
    pub(crate) fn cursor_at(&self, from: &Resume) -> RowCursor<'a> {
        let records = self.plan().records(self.raw.text.as_str());
        RowCursor {
            records: from.apply(records, self.goes_on),
            readers: self.readers(),
            fingerprints: RepeatedFingerprints::new(self.plan().columns()),
            offsets: Offsets::new(self.raw.counted),
        }
    }

    /// A reader for each credential that a row may list.
    pub(crate) fn readers(&self) -> Vec<RowReader<'a>> {
        let plans = self.plans.iter().enumerate();
        plans.map(|plan| RowReader::new(plan, self.day_orders)).collect()
    }

    /// Where the present record stands in the file.
    pub(crate) fn place(&self, records: &Records<'_>) -> Place {
        Place { source: self.source, line: self.raw.line(records.line()) }
    }

    /// Reads each credential that the row lists.
    pub(crate) fn read_credentials(
        &self,
        cursor: &mut RowCursor<'_>,
        builder: &mut InventoryBuilder,
        fingerprint: Option<u32>,
    ) -> CredentialsRead {
        let RowCursor { records, readers, .. } = cursor;
        let place = self.place(records);
        let mut all = CredentialsRead::default();
        for reader in readers {
            if !reader.is_filled(records) {
                continue;
            }
            all.any_filled = true;
            let next = builder.inventory.rows.len() as u32;
            let is_read = reader.read(records, builder, fingerprint, place);
            if all.any_read && is_read {
                builder.continuations.push(next);
            }
            all.any_read |= is_read;
        }
        all
    }

    /// The error of a line that is longer than any inventory's.
    pub(crate) fn too_long(&self, error: LineTooLong) -> ImportError {
        let LineTooLong { line, bytes } = error;
        ImportError::LineTooLong { file: self.file.to_owned(), line, bytes }
    }
}
