//! A table as CSV: formulas are defused, and lists are joined by semicolons.

use std::io::{self, Write};

use super::table::TableSource;
use crate::export::inventory::write_inventory;
use crate::inventory::TableWriter;

pub(super) fn write_csv(source: &TableSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let TableSource::Inventory(inventory, keyed) = source {
        return write_inventory(inventory, keyed, out);
    }
    let mut table = TableWriter::new(out);
    table.record(source.columns())?;
    source.rows(&mut |row| {
        row.iter().try_for_each(|cell| table.cell(&cell.words()))?;
        table.end_record()
    })?;
    table.flush()
}
