//! What the row before said, for a row that repeats its cells.
//!
//! Exports list the links of a credential one below the other, and repeat all that they say of the
//! credential in each of these rows. Comparing the cells costs a fraction of reading them again.

use std::ops::Range;

use crate::import::csv::records::Records;
use crate::import::schema::candidates::Columns;
use crate::import::vocabulary::synonyms::Meaning;

/// What some columns of a row meant, by where their cells stand in the text.
pub(crate) struct RepeatedCells<T> {
    columns: Vec<usize>,
    cells: Vec<Range<usize>>,
    read: Option<T>,
}

impl<T> RepeatedCells<T> {
    /// For what is read from these columns alone.
    pub(crate) fn of(columns: Vec<usize>) -> Self {
        Self { columns, cells: Vec::new(), read: None }
    }

    /// What was read last, if the present record has the same cells.
    pub(crate) fn find(&self, records: &Records<'_>) -> Option<&T> {
        let read = self.read.as_ref()?;
        let mut cells = self.columns.iter().zip(&self.cells);
        cells.all(|(column, cell)| records.repeats(*column, cell)).then_some(read)
    }

    /// What was read last, to be changed.
    pub(crate) fn last_mut(&mut self) -> Option<&mut T> {
        self.read.as_mut()
    }

    /// Remembers what was read from the present record, if its cells are parts of the text.
    pub(crate) fn set(&mut self, records: &Records<'_>, read: T) {
        self.read = None;
        self.cells.clear();
        self.cells.extend(self.columns.iter().map_while(|column| records.place_in_text(*column)));
        if self.cells.len() == self.columns.len() {
            self.read = Some(read);
        }
    }

    /// Forgets what was read.
    pub(crate) fn clear(&mut self) {
        self.read = None;
    }
}

/// The fingerprints of the row before, by the cells of its value and of the one that it supplies.
pub(crate) struct RepeatedFingerprints {
    pub(crate) value: RepeatedCells<Option<u32>>,
    pub(crate) supplied: RepeatedCells<Option<u32>>,
}

impl RepeatedFingerprints {
    /// For the rows of a table with these columns.
    pub(crate) fn new(columns: &Columns) -> Self {
        let of = |meaning| RepeatedCells::of(columns.of(meaning).into_iter().collect());
        Self { value: of(Meaning::Value), supplied: of(Meaning::Fingerprint) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::csv::dialect::Dialect;

    /// What is found for each line when every line is remembered by its number.
    fn found(text: &str, columns: &[usize]) -> Vec<Option<u32>> {
        let dialect = Dialect { delimiter: b',', quote: b'"', has_escape: false, line_end: b'\n' };
        let mut records = Records::new(text, dialect);
        let mut repeated = RepeatedCells::of(columns.to_vec());
        let mut found = Vec::new();
        while records.read().unwrap().is_some() {
            found.push(repeated.find(&records).copied());
            repeated.set(&records, records.line());
        }
        found
    }

    #[test]
    fn a_row_repeats_the_one_before_only_in_all_of_its_cells() {
        let text = "k1,web,ann\nk1,db,ann\nk1,db,bob\nk2,db,bob\n";
        assert_eq!(found(text, &[0, 2]), [None, Some(1), None, None]);
        assert_eq!(found(text, &[1]), [None, None, Some(2), Some(3)]);
        assert_eq!(found(text, &[]), [None, Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn quoted_and_missing_cells_repeat_nothing() {
        let text = "k1,web\n\"k1\",web\nk1,web\nk1\nk1\nk1,web\n";
        assert_eq!(found(text, &[0]), [None, None, None, Some(3), Some(4), Some(5)]);
        assert_eq!(found(text, &[0, 1]), [None; 6]);
    }
}
