//! Which quotes of a record open and close, from line to line.

use std::ops::Range;

use crate::import::csv::records::Dialect;

/// Follows the quotes of a record from line to line.
pub(crate) struct Quotes {
    dialect: Dialect,
    inside: Inside,
    /// Whether text stands behind a closing quote.
    pub(crate) stray: bool,
    /// Where in the line that was read last blanks stand between a delimiter and a quote.
    pub(crate) blanks: Vec<Range<usize>>,
}

/// Where in a cell one stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Start,
    Plain,
    Quoted,
    Behind,
}

impl Quotes {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { dialect, inside: Inside::Start, stray: false, blanks: Vec::new() }
    }

    /// Reads on through one line; true if no quote is open at its end.
    pub(crate) fn close_within(&mut self, line: &[u8]) -> bool {
        let Dialect { delimiter, quote, .. } = self.dialect;
        self.blanks.clear();
        let mut cell = 0;
        for (at, &byte) in line.iter().enumerate() {
            if self.inside == Inside::Start && byte == quote && cell < at {
                self.blanks.push(cell..at);
            }
            self.inside = match self.inside {
                Inside::Quoted if byte == quote => Inside::Behind,
                Inside::Quoted => Inside::Quoted,
                Inside::Behind if byte == quote => Inside::Quoted,
                _ if byte == delimiter => {
                    cell = at + 1;
                    Inside::Start
                }
                Inside::Start if byte == quote => Inside::Quoted,
                Inside::Start if matches!(byte, b' ' | b'\t') => Inside::Start,
                Inside::Behind if matches!(byte, b' ' | b'\t' | b'\r') => Inside::Behind,
                Inside::Behind => {
                    self.stray = true;
                    Inside::Plain
                }
                Inside::Start | Inside::Plain => Inside::Plain,
            };
        }
        self.inside != Inside::Quoted
    }

    /// How many cells each part of a text has that `other` parts, but for blank ones; none if a
    /// quote is open at the end or text stands behind one.
    pub(crate) fn widths(mut self, text: &[u8], other: u8) -> Vec<usize> {
        let mut widths = Vec::new();
        let mut from = 0;
        let ends = memchr::memchr_iter(other, text).chain([text.len()]);
        let mut cells = 1;
        let mut is_blank = true;
        for end in ends {
            let part = text.get(from..end).unwrap_or_default();
            from = end + 1;
            is_blank &= part.iter().all(u8::is_ascii_whitespace);
            let (closed, delimiters) = self.close_counting(part);
            cells += delimiters;
            if !closed {
                continue;
            }
            if !is_blank {
                widths.push(cells);
            }
            (cells, is_blank, self.inside) = (1, true, Inside::Start);
        }
        if self.inside == Inside::Quoted || self.stray { Vec::new() } else { widths }
    }

    /// Reads on through a part; whether no quote is open at its end, and how many delimiters stand
    /// between its cells.
    fn close_counting(&mut self, part: &[u8]) -> (bool, usize) {
        let mut delimiters = 0;
        let mut closed = self.inside != Inside::Quoted;
        let delimiter = self.dialect.delimiter;
        for piece in part.split_inclusive(|byte| *byte == delimiter) {
            closed = self.close_within(piece);
            delimiters += usize::from(closed && piece.last() == Some(&delimiter));
        }
        (closed, delimiters)
    }
}
