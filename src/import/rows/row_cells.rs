//! The cells of one row by what they mean.

use crate::import::csv::records::Records;
use crate::import::rows::builder::CellPlace;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::Place;

/// A cell that is longer than this is no single word.
const LONGEST_WORD: usize = 64;

/// The row that is being read.
#[derive(Clone, Copy)]
pub(crate) struct RowCells<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) records: &'a Records<'a>,
    pub(crate) place: Place,
}

impl<'a> RowCells<'a> {
    /// The cell of a meaning; empty where no column has it.
    pub(crate) fn cell(&self, meaning: Meaning) -> &'a str {
        self.column(meaning).map_or("", |column| self.records.cell(column))
    }

    /// The cell if it is short enough to be a word.
    pub(crate) fn short_cell(&self, meaning: Meaning) -> &'a str {
        Some(self.cell(meaning)).filter(|cell| cell.len() < LONGEST_WORD).unwrap_or_default()
    }

    /// Which column has the meaning.
    pub(crate) fn column(&self, meaning: Meaning) -> Option<usize> {
        self.plan.columns().of(meaning)
    }

    /// Where problems of the meaning's cell are reported.
    pub(crate) fn place_of(&self, meaning: Meaning) -> CellPlace<'a> {
        let (column, heading) = (self.column(meaning), self.plan.heading(meaning));
        CellPlace { row: self.place, column, heading }
    }

    /// Where problems of a column's cell are reported.
    pub(crate) fn place_at(&self, column: usize) -> CellPlace<'a> {
        let heading = self.plan.heading_at(column);
        CellPlace { row: self.place, column: Some(column), heading }
    }
}
