//! Reads all rows of a table into the inventory.

use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::container_remarks;
use crate::import::rows::counts::Counts;
use crate::import::rows::parallel;
use crate::import::rows::parallel::{Stretch, TableProgress};
use crate::import::rows::table::Table;
use crate::inventory::Progress;

/// Reads every row. `stretch` says which part of all files the table is.
///
/// # Errors
/// Where somebody asked to stop, a line is too long, or there are more rows than can be numbered.
pub(crate) fn read_table(
    table: &Table<'_>,
    builder: &mut InventoryBuilder,
    progress: &Progress,
    stretch: Stretch,
) -> Result<Counts, ImportError> {
    let mut counts = Counts::default();
    builder.begin_table();
    counts.ledger.add(&container_remarks::report(table, builder));
    let progress = TableProgress::new(progress, stretch, table.raw.text.as_str().len());
    counts.add(&parallel::read(table, builder, &progress)?);
    counts.report_marked(builder);
    Ok(counts)
}
