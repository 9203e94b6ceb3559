//! Which quotes of a record open and close, from line to line.

use std::ops::Range;

use zeroize::{Zeroize as _, Zeroizing};

use crate::import::csv::dialect::{Dialect, ESCAPE};

/// Follows the quotes of a record from line to line.
pub(crate) struct Quotes {
    dialect: Dialect,
    state: State,
    /// Whether text follows a closing quote.
    pub(crate) stray: bool,
    /// The blanks between a delimiter and a quote, in the line that was read last.
    pub(crate) blanks: Vec<Range<usize>>,
    /// The line that was read last with doubled quotes in the place of escaped ones; only in a
    /// dialect with an escape sign.
    unescaped: Zeroizing<Vec<u8>>,
}

/// The part of a cell that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At its start, or among the blanks there.
    Start,
    Plain,
    Quoted,
    /// After a quote that may have closed it.
    AfterQuote,
}

impl Quotes {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            state: State::Start,
            stray: false,
            blanks: Vec::new(),
            unescaped: Zeroizing::default(),
        }
    }

    /// Reads on through one line; true if no quote is open at its end.
    pub(crate) fn close_within(&mut self, line: &[u8]) -> bool {
        if self.dialect.has_escape {
            self.unescape(line);
            let line = std::mem::take(&mut self.unescaped);
            let closed = self.close_within_plain(&line);
            self.unescaped = line;
            return closed;
        }
        self.close_within_plain(line)
    }

    /// The line that was read last as the parser is to read it, which knows no escape sign.
    pub(crate) fn plain<'a>(&'a self, line: &'a [u8]) -> &'a [u8] {
        if self.dialect.has_escape { &self.unescaped } else { line }
    }

    /// Doubles the quotes of a line that are escaped, and leaves out what escaped them. Only a quote
    /// and the escape sign itself can be escaped: `C:\temp` is what it says.
    fn unescape(&mut self, line: &[u8]) {
        let quote = self.dialect.quote;
        self.unescaped.zeroize();
        // No line grows: two signs become two or one.
        self.unescaped.reserve(line.len());
        let mut is_quoted = self.state == State::Quoted;
        let mut starts_cell = self.state == State::Start;
        let mut bytes = line.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if is_quoted && byte == ESCAPE {
                match bytes.next_if(|next| [quote, ESCAPE].contains(next)) {
                    Some(next) if next == quote => self.unescaped.extend([quote, quote]),
                    Some(_) | None => self.unescaped.push(ESCAPE),
                }
                continue;
            }
            if byte == quote {
                // The second of two quotes opens again what the first closed.
                is_quoted = !is_quoted && (starts_cell || self.unescaped.last() == Some(&quote));
            }
            let is_blank = matches!(byte, b' ' | b'\t') && byte != self.dialect.delimiter;
            starts_cell = byte == self.dialect.delimiter || (starts_cell && is_blank);
            self.unescaped.push(byte);
        }
    }

    fn close_within_plain(&mut self, line: &[u8]) -> bool {
        let Dialect { delimiter, quote, .. } = self.dialect;
        self.blanks.clear();
        let mut cell = 0;
        for (at, &byte) in line.iter().enumerate() {
            if self.state == State::Start && byte == quote && cell < at {
                self.blanks.push(cell..at);
            }
            self.state = match self.state {
                State::Quoted if byte == quote => State::AfterQuote,
                State::Quoted => State::Quoted,
                State::AfterQuote if byte == quote => State::Quoted,
                _ if byte == delimiter => {
                    cell = at + 1;
                    State::Start
                }
                State::Start if byte == quote => State::Quoted,
                State::Start if matches!(byte, b' ' | b'\t') => State::Start,
                State::AfterQuote if matches!(byte, b' ' | b'\t' | b'\r') => State::AfterQuote,
                State::AfterQuote => {
                    self.stray = true;
                    State::Plain
                }
                State::Start | State::Plain => State::Plain,
            };
        }
        self.state != State::Quoted
    }

    /// How many cells each part of a text has that is split at `other`, without the blank parts;
    /// none if a quote is open at the end or text follows one.
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
            (cells, is_blank, self.state) = (1, true, State::Start);
        }
        if self.state == State::Quoted || self.stray { Vec::new() } else { widths }
    }

    /// Reads on through a part; whether no quote is open at its end, and how many delimiters are
    /// between its cells.
    fn close_counting(&mut self, part: &[u8]) -> (bool, usize) {
        let mut delimiters = 0;
        let mut closed = self.state != State::Quoted;
        let delimiter = self.dialect.delimiter;
        for piece in part.split_inclusive(|byte| *byte == delimiter) {
            closed = self.close_within(piece);
            delimiters += usize::from(closed && piece.last() == Some(&delimiter));
        }
        (closed, delimiters)
    }
}
