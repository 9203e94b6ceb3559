//! Merged cells: what one says is filled into all that it covers, as a person reads it.
//!
//! A cell that is merged down belongs to each of the rows that it spans; one that is merged across, to
//! each of its columns. A row with nothing but one cell that is merged over three columns or more is
//! the heading of a section, not a row. Above the table it may name the group of all its columns, and
//! is kept as if it were not merged.

use std::collections::BTreeMap;
use std::io::Write;

use calamine::Dimensions;
use zeroize::Zeroizing;

use crate::import::container::packer::{MOST_COLUMNS, Packer};

/// How many cells are filled at most: more than any inventory merges, and few enough for any memory.
const MOST_FILLED: usize = 1_000_000;
/// From how many columns on a cell that stands alone in its row is a heading.
const HEADING: u32 = 3;

/// Searches what a workbook unpacks to for merged cells.
#[derive(Default)]
pub(crate) struct MergeSearch {
    /// Whether there are any.
    pub(crate) found: bool,
    /// The last bytes before those that come next.
    before: Vec<u8>,
}

/// What the name of the element of a merged cell ends with, and what follows it.
const ELEMENT: &[u8] = b"mergeCell ";

impl Write for MergeSearch {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if !self.found {
            let keep = ELEMENT.len() - 1;
            let end = bytes.len().saturating_sub(keep);
            self.before.extend(bytes.iter().take(keep));
            self.found = memchr::memmem::find(&self.before, ELEMENT).is_some()
                || memchr::memmem::find(bytes, ELEMENT).is_some();
            if end > 0 {
                self.before.clear();
                self.before.extend(bytes.iter().skip(end));
            }
            let surplus = self.before.len().saturating_sub(keep);
            self.before.drain(..surplus);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The rows of a worksheet, with merged cells filled.
pub(crate) struct FilledRows {
    pub(crate) packer: Packer,
    /// The lines of headings of sections.
    pub(crate) sections: Vec<u32>,
    /// What people should know of the filling.
    pub(crate) notes: Vec<String>,
}

/// Collects the cells of a worksheet, row by row.
pub(crate) struct SheetRows {
    packer: Packer,
    /// The merged regions by their first cells: row, column.
    regions: BTreeMap<(u32, u32), Dimensions>,
    /// Regions that reach into the rows below, with what they say.
    open: Vec<(Dimensions, Zeroizing<String>)>,
    filled: usize,
    present: Option<PresentRow>,
    /// The column and the text of the first cell of the present row that is as wide as a heading.
    heading: Option<(u32, Zeroizing<String>)>,
    /// Whether a row of several cells was read, so that the table has begun.
    has_begun: bool,
    sections: Vec<u32>,
}

/// The row that is being read.
#[derive(Clone, Copy)]
struct PresentRow {
    row: u32,
    /// How many cells it has, with those that are filled from above.
    cells: usize,
    /// Whether one of them is as wide as a heading.
    is_wide: bool,
}

impl SheetRows {
    pub(crate) fn new(regions: &[Dimensions]) -> Self {
        let regions = regions.iter().map(|region| (region.start, *region)).collect();
        Self {
            packer: Packer::default(),
            regions,
            open: Vec::new(),
            filled: 0,
            present: None,
            heading: None,
            has_begun: false,
            sections: Vec::new(),
        }
    }

    /// Adds a cell; cells come row by row.
    pub(crate) fn push(&mut self, row: u32, column: u32, text: &str) {
        if self.present.is_none_or(|present| present.row != row) {
            self.end_row();
            self.start_row(row);
        }
        self.packer.push(column as usize, text);
        let region = self.regions.get(&(row, column)).copied();
        let is_wide = region.is_some_and(|region| region.end.1 - region.start.1 + 1 >= HEADING);
        if let Some(present) = &mut self.present {
            present.cells += 1;
            present.is_wide |= is_wide;
        }
        if is_wide && self.heading.is_none() {
            self.heading = Some((column, Zeroizing::new(text.to_owned())));
        }
        let Some(region) = region else { return };
        self.fill(column + 1, region.end.1, text);
        if region.end.0 > row && self.open.len() < MOST_COLUMNS {
            self.open.push((region, Zeroizing::new(text.to_owned())));
        }
    }

    fn start_row(&mut self, row: u32) {
        self.packer.start_row(row + 1);
        let is_full = self.filled >= MOST_FILLED;
        self.open.retain(|(region, _)| region.end.0 >= row && !is_full);
        let open = std::mem::take(&mut self.open);
        for (region, text) in &open {
            self.fill(region.start.1, region.end.1, text);
        }
        self.present = Some(PresentRow { row, cells: open.len(), is_wide: false });
        self.open = open;
    }

    /// Fills the columns from one to another.
    fn fill(&mut self, from: u32, to: u32, text: &str) {
        for column in from..=to.min(MOST_COLUMNS as u32 - 1) {
            if self.filled >= MOST_FILLED {
                return;
            }
            self.filled += 1;
            self.packer.push(column as usize, text);
        }
    }

    fn end_row(&mut self) {
        let heading = self.heading.take();
        let Some(PresentRow { row, cells: 1, is_wide: true }) = self.present else {
            self.has_begun |= self.present.is_some_and(|present| present.cells > 1);
            return;
        };
        self.packer.drop_row();
        self.open.retain(|(region, _)| region.start.0 != row);
        match heading.filter(|_| !self.has_begun) {
            Some((column, text)) => {
                self.packer.start_row(row + 1);
                self.packer.push(column as usize, &text);
            }
            None => self.sections.push(row + 1),
        }
    }

    pub(crate) fn finish(mut self) -> FilledRows {
        self.end_row();
        let Self { packer, sections, filled, .. } = self;
        let mut notes = Vec::new();
        if filled >= MOST_FILLED {
            notes.push(format!("merged cells: only the first {MOST_FILLED} are filled"));
        } else if filled > 0 {
            notes.push(
                "merged cells: each row and column that they span has what they say".to_owned(),
            );
        }
        FilledRows { packer, sections, notes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Progress;

    fn region(from: (u32, u32), to: (u32, u32)) -> Dimensions {
        Dimensions::new(from, to)
    }

    #[test]
    fn merged_cells_are_filled_down_and_across_and_headings_are_not_rows() {
        let regions = [
            region((0, 0), (0, 2)),
            region((1, 0), (2, 0)),
            region((2, 1), (2, 2)),
            region((3, 0), (3, 2)),
        ];
        let mut rows = SheetRows::new(&regions);
        for (row, column, text) in
            [(0, 0, "Title"), (1, 0, "k1"), (1, 1, "web"), (2, 1, "n/a"), (3, 0, "Others")]
        {
            rows.push(row, column, text);
        }
        let FilledRows { packer, sections, notes } = rows.finish();
        let packed = packer.finish(&[], 3, &Progress::default());
        let text = packed.text.replace('\u{1f}', ",").replace('\u{1e}', ";");
        assert_eq!(text, "Title,,;k1,web,;k1,n/a,n/a;");
        assert_eq!((packed.lines.as_slice(), sections.as_slice()), (&[1, 2, 3][..], &[4][..]));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn a_cell_that_is_merged_over_two_columns_is_a_row_though_it_stands_alone() {
        let mut rows = SheetRows::new(&[region((1, 0), (1, 1))]);
        for (row, column, text) in [(0, 0, "k1"), (0, 1, "web"), (1, 0, "k2")] {
            rows.push(row, column, text);
        }
        let FilledRows { packer, sections, .. } = rows.finish();
        assert!(sections.is_empty());
        assert_eq!(packer.finish(&[], 2, &Progress::default()).lines, [1, 2]);
    }

    #[test]
    fn a_region_as_large_as_a_worksheet_fills_only_rows_that_are_there() {
        let mut rows = SheetRows::new(&[region((0, 0), (1_048_575, 16_383))]);
        rows.push(0, 0, "x");
        rows.push(0, 1, "y");
        rows.push(1_048_575, 3, "z");
        let FilledRows { packer, .. } = rows.finish();
        assert_eq!(packer.finish(&[], 4, &Progress::default()).lines, [1, 1_048_576]);
    }

    #[test]
    fn an_element_is_found_across_two_pieces() {
        let mut search = MergeSearch::default();
        for piece in ["<sheetData/><merge", "Cells><merge", "Cell", " ref="] {
            search.write_all(piece.as_bytes()).unwrap();
        }
        assert!(search.found);
        let mut search = MergeSearch::default();
        search.write_all(b"<mergeCells/>").unwrap();
        assert!(!search.found);
    }
}
