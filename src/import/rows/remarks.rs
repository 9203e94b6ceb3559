//! Tells of what was found while a file was laid out as a table: pieces that are no row, and cells that
//! should be looked at.

use crate::import::container::{Column, Remark};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::table::{Counts, Table, reject};
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::{Place, ProblemKind};

impl Table<'_> {
    /// Notes what could not be read as a row at all, and what is odd in what could.
    pub(crate) fn broken(&self, builder: &mut InventoryBuilder, counts: &mut Counts) {
        for broken in &self.sheet.broken {
            counts.ledger.rejected += 1;
            let place = Place { source: self.source, line: broken.line };
            reject(builder, place, ProblemKind::BrokenEntry, broken.why.to_owned());
        }
        for remark in &self.sheet.remarks {
            self.remark(remark, builder);
        }
    }

    /// Tells of cells that should be looked at, in columns that are read.
    fn remark(&self, remark: &Remark, builder: &mut InventoryBuilder) {
        let Remark { lines, count, column, kind, why } = remark;
        let (header, columns) = (&self.plan.reading.header, self.plan.columns());
        let name = |at: &usize| header.get(*at).map_or("", String::as_str);
        let secrets = [Meaning::Value, Meaning::Fingerprint].map(|meaning| columns.of(meaning));
        let column = match column {
            Column::OfSecrets(at) if secrets.contains(&Some(*at)) => name(at),
            Column::Used(at) if columns.meanings().any(|(_, used)| used == *at) => name(at),
            Column::OfSecrets(_) | Column::Used(_) => return,
        };
        let above = match self.plan.reading.header_line {
            0 => 0,
            record => self.sheet.line(record),
        };
        let Some(&line) = lines.iter().find(|line| **line > above) else { return };
        let message = match count {
            1 => (*why).to_owned(),
            _ => format!("{why} ({count} cells of the column)"),
        };
        builder.problem(Place { source: self.source, line }, column, *kind, message);
    }
}
