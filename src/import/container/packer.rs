//! Lays out rows of cells as packed text.

use std::ops::Range;

use zeroize::Zeroizing;

use crate::inventory::Progress;

/// Separates the cells of packed text: the unit separator of ASCII.
pub(crate) const CELL: char = '\u{1f}';
/// Ends the rows of packed text: the record separator of ASCII.
pub(crate) const ROW: char = '\u{1e}';
/// The quote of packed text, which never occurs in it: the group separator of ASCII.
pub(crate) const QUOTE: char = '\u{1d}';

/// Cells beyond this many columns are left out. No inventory is as wide, and a row is filled up to the
/// width of the table: without a limit, one stray cell would cost a thousand bytes in every row.
pub(crate) const MOST_COLUMNS: usize = 1_000;

/// How many bytes are laid out between two looks at the progress: a few milliseconds.
const STEP: usize = 1 << 20;

/// Packed text, and for each of its rows the line of the file from which it came.
pub(crate) struct Packed {
    pub(crate) text: Zeroizing<String>,
    pub(crate) lines: Vec<u32>,
}

/// Collects cells row by row; a row's cells may come in any order.
#[derive(Default)]
pub(crate) struct Packer {
    cells: Zeroizing<String>,
    placed: Vec<(u32, Range<usize>)>,
    rows: Vec<(u32, usize)>,
}

impl Packer {
    /// Starts a row that comes from `line`.
    pub(crate) fn start_row(&mut self, line: u32) {
        self.rows.push((line, self.placed.len()));
    }

    /// Takes the present row back.
    pub(crate) fn drop_row(&mut self) {
        if let Some((_, first)) = self.rows.pop() {
            self.placed.truncate(first);
        }
    }

    /// Adds a cell to the present row; of several in one column the last counts. The characters that separate packed text become �.
    pub(crate) fn push(&mut self, column: usize, text: &str) {
        let start = self.cells.len();
        let mut rest = text;
        while let Some(at) = rest.find([CELL, ROW, QUOTE]) {
            let (plain, from) = rest.split_at(at);
            push(&mut self.cells, plain);
            push(&mut self.cells, "\u{fffd}");
            rest = from.get(1..).unwrap_or_default();
        }
        push(&mut self.cells, rest);
        self.placed.push((column as u32, start..self.cells.len()));
    }

    /// The widest of the first `rows` rows.
    pub(crate) fn width(&self, rows: usize) -> usize {
        let end = self.rows.get(rows).map_or(self.placed.len(), |(_, first)| *first);
        let widest = self.placed.get(..end).unwrap_or_default().iter().map(|(column, _)| *column);
        widest.max().map_or(0, |column| column as usize + 1)
    }

    /// All rows, each at least `width` cells wide, below `header`, if it is not empty.
    ///
    /// Once the user has cancelled, some of them.
    pub(crate) fn finish(self, header: &[String], width: usize, progress: &Progress) -> Packed {
        let Self { cells, placed, rows } = self;
        let room = cells.len() + rows.len() * (width + 1) + placed.len();
        let room = room + header.iter().map(|name| name.len() + 1).sum::<usize>() + 1;
        let mut text = Zeroizing::new(String::with_capacity(room));
        let mut lines = Vec::with_capacity(rows.len() + 1);
        if !header.is_empty() {
            lines.push(1);
            for (at, name) in header.iter().enumerate() {
                if at > 0 {
                    text.push(CELL);
                }
                text.extend(
                    name.chars().map(|letter| if is_separator(letter) { ' ' } else { letter }),
                );
            }
            text.push(ROW);
        }
        let ends = rows.iter().skip(1).map(|(_, first)| *first).chain([placed.len()]);
        let mut slots: Vec<Range<usize>> = Vec::new();
        let mut polled = 0;
        for ((line, first), end) in rows.iter().zip(ends) {
            if text.len() - polled > STEP {
                polled = text.len();
                if progress.is_cancelled() {
                    break;
                }
            }
            slots.clear();
            slots.resize(width, 0..0);
            for (column, cell) in placed.get(*first..end).unwrap_or_default() {
                let column = *column as usize;
                if column >= slots.len() {
                    slots.resize(column + 1, 0..0);
                }
                if let Some(slot) = slots.get_mut(column) {
                    *slot = cell.clone();
                }
            }
            for (at, slot) in slots.iter().enumerate() {
                if at > 0 {
                    push(&mut text, "\u{1f}");
                }
                push(&mut text, cells.get(slot.clone()).unwrap_or_default());
            }
            push(&mut text, "\u{1e}");
            lines.push(*line);
        }
        Packed { text, lines }
    }
}

fn is_separator(letter: char) -> bool {
    matches!(letter, CELL | ROW | QUOTE)
}

/// Grows by copying into a new buffer: growing in place may leave the old text behind, unwiped.
pub(crate) fn push(text: &mut Zeroizing<String>, more: &str) {
    if text.capacity() - text.len() < more.len() {
        let room = (text.capacity() * 2).max(text.len() + more.len()).max(1 << 12);
        let mut wider = Zeroizing::new(String::with_capacity(room));
        wider.push_str(text);
        *text = wider;
    }
    text.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_in_any_order_and_rows_are_filled_up() {
        let mut packer = Packer::default();
        packer.start_row(3);
        packer.push(1, "b");
        packer.push(0, "a\u{1f}x");
        packer.start_row(7);
        packer.push(0, "c");
        assert_eq!(packer.width(1), 2);
        let header = ["id".to_owned(), "service".to_owned()];
        let laid_out = packer.finish(&header, 2, &Progress::default());
        let expected = "id\u{1f}service\u{1e}a\u{fffd}x\u{1f}b\u{1e}c\u{1f}\u{1e}";
        assert_eq!(laid_out.text.as_str(), expected);
        assert_eq!(laid_out.lines, [1, 3, 7]);
    }
}
