//! Text into records: one line after another, with quotes that may span several lines.
//!
//! Lines are handed to csv's parsing core one by one. Its usual reader would keep copies of what
//! it reads in buffers that cannot be wiped, and would read on to the end of the file for a quote
//! that never closes; here a record ends after 100 lines, so the work stays in proportion to the
//! bytes. A line without any quote is split in place and copied nowhere.
//!
//! A quote that opens by mistake runs to the next quote, which was meant to open another cell. Two
//! signs reveal it: text follows where the cell should end, or each of the lines that it spans is
//! as wide as the header. Such a quote counts as open.
//!
//! In a table with mixed line ends, a line may hold several rows. It is split where each part is as
//! wide as the header; all of these rows have the number of their line.

mod found;
mod resume;

use std::ops::Range;

use memchr::memchr;
use zeroize::Zeroizing;

use crate::import::csv::dialect::Dialect;
use crate::import::csv::mixed_line_ends;
use crate::import::csv::mixed_line_ends::SplitRecord;
use crate::import::csv::quoted::QuotedParser;
use crate::import::csv::quotes::Quotes;
use crate::import::csv::unquoted;

pub(crate) use crate::import::csv::records::found::{Found, LineTooLong};
pub(crate) use crate::import::csv::records::resume::Resume;

/// The most bytes of a line. A longer one is no row of an inventory: the export wrote no line
/// breaks, and every step from here on would copy the whole file.
const LONGEST_LINE: usize = 16 << 20;
/// The most lines of a quoted record. A private key has about 50 and a certificate chain under 100;
/// without a limit, a file of quotes that never close would cost the square of its length.
const MOST_LINES: u32 = 100;

/// Reads the records of a text.
pub(crate) struct Records<'a> {
    text: &'a str,
    dialect: Dialect,
    /// The width of the header, once it is known.
    expected: Option<usize>,
    at: usize,
    start: usize,
    next_line: u32,
    line: u32,
    stray_quote: bool,
    /// The place in the record of each column of the header, if it is another one.
    order: Vec<usize>,
    /// The line, or the record of several lines, that is split at the other line ends.
    split: SplitRecord,
    bounds: Vec<Range<usize>>,
    /// The cells of the present record, if they are not parts of the text as it is.
    unquoted: Option<Zeroizing<String>>,
    parser: QuotedParser,
    /// Where the last record with quotes ended.
    quoted_end: usize,
    /// Whether the text goes on behind what is here of it.
    goes_on: bool,
    /// Whether the present record cannot be read without what follows.
    is_cut: bool,
}

impl<'a> Records<'a> {
    /// Reads a text of which no header is known; then every line with `#` may be one.
    pub(crate) fn new(text: &'a str, dialect: Dialect) -> Self {
        Self {
            text,
            dialect,
            expected: None,
            at: 0,
            start: 0,
            next_line: 1,
            line: 1,
            stray_quote: false,
            order: Vec::new(),
            split: SplitRecord::default(),
            bounds: Vec::new(),
            unquoted: None,
            parser: QuotedParser::new(dialect),
            quoted_end: 0,
            goes_on: false,
            is_cut: false,
        }
    }

    /// Reads a text whose header has `width` cells.
    pub(crate) fn below(text: &'a str, dialect: Dialect, width: usize) -> Self {
        Self { expected: Some(width), ..Self::new(text, dialect) }
    }

    /// Reads on from the start of a line, whose number is given.
    pub(crate) fn from(self, start: usize, line: u32) -> Self {
        Self { at: start, next_line: line, ..self }
    }

    /// Reads the present record and those behind it line by line, as if no sign were a quote.
    pub(crate) fn without_quotes(&self) -> Self {
        // A byte that no text has.
        let dialect = Dialect { quote: 0xff, has_escape: false, ..self.dialect };
        let (expected, order) = (self.expected, self.order.clone());
        let records = Self { expected, order, ..Self::new(self.text, dialect) };
        records.from(self.start, self.line)
    }

    /// Whether the columns now have another order than in the header.
    pub(crate) fn has_order(&self) -> bool {
        !self.order.is_empty()
    }

    /// Whether there is text between a closing quote of the present record and the next delimiter.
    pub(crate) fn has_stray_quote(&self) -> bool {
        self.stray_quote
    }

    /// Whether the present record starts with `#`.
    pub(crate) fn is_marked(&self) -> bool {
        self.dialect != Dialect::PACKED && self.cell(0).starts_with('#')
    }

    /// The line on which the present record starts, counted from 1.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    /// Whether another record precedes the present one on its line.
    pub(crate) fn shares_its_line(&self) -> bool {
        self.split.start < self.start && self.split.reaches(self.start)
    }

    /// The byte at which the present record starts.
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// How many bytes have been read.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// How many cells the present record has.
    pub(crate) fn width(&self) -> usize {
        self.bounds.len()
    }

    /// A cell of the present record without the white space around it; empty if there is none.
    pub(crate) fn cell(&self, column: usize) -> &str {
        let whole: &str = self.unquoted.as_ref().map_or(self.text, |text| text.as_str());
        let cell = self.bounds.get(column).and_then(|bounds| whole.get(bounds.clone()));
        unquoted::trimmed(cell.unwrap_or_default())
    }

    /// Whether a cell of the present record has more than white space.
    pub(crate) fn is_filled(&self, column: usize) -> bool {
        let whole: &str = self.unquoted.as_ref().map_or(self.text, |text| text.as_str());
        let bounds = self.bounds.get(column);
        match bounds.and_then(|bounds| whole.as_bytes().get(bounds.start..bounds.end)?.first()) {
            None => false,
            Some(first) => first.is_ascii_graphic() || !self.cell(column).is_empty(),
        }
    }

    /// Where a cell of the present record stands in the text; `None` if the record was rewritten, as
    /// those with quotes are, or has no such cell.
    pub(crate) fn place_in_text(&self, column: usize) -> Option<Range<usize>> {
        self.bounds.get(column).filter(|_| self.unquoted.is_none()).cloned()
    }

    /// Whether a cell of the present record is the same text as that of an earlier one, which stands
    /// at a place of the text.
    pub(crate) fn repeats(&self, column: usize, earlier: &Range<usize>) -> bool {
        let text = self.text.as_bytes();
        let place = self.bounds.get(column).filter(|_| self.unquoted.is_none());
        place.is_some_and(|place| {
            place.len() == earlier.len()
                && text.get(place.start..place.end) == text.get(earlier.start..earlier.end)
        })
    }

    /// Reads the following records with their columns in another order: for each column of the
    /// header its place in the record.
    pub(crate) fn set_order(&mut self, order: Vec<usize>) {
        self.order = order;
    }

    /// The present record's cell at a place, whatever the order of columns.
    pub(crate) fn cell_as_written(&self, place: usize) -> &str {
        match self.order.iter().position(|at| *at == place) {
            Some(column) if self.order.len() == self.width() => self.cell(column),
            _ => self.cell(place),
        }
    }

    /// Replaces the cells of the present record.
    pub(crate) fn replace(&mut self, cells: Zeroizing<String>, bounds: Vec<Range<usize>>) {
        self.unquoted = Some(cells);
        self.bounds = bounds;
    }

    /// Skips up to `lines` lines, and returns how many there were.
    pub(crate) fn skip_lines(&mut self, lines: u32) -> u32 {
        let mut skipped = 0;
        while skipped < lines && self.at < self.text.len() {
            self.at = self.line_bounds(self.at).1;
            self.next_line += 1;
            skipped += 1;
        }
        skipped
    }

    /// Reads the next record; `None` at the end, or, if the text goes on, before a record that may
    /// end in what follows.
    pub(crate) fn read(&mut self) -> Result<Option<Found>, LineTooLong> {
        let found = self.read_as_written();
        if std::mem::take(&mut self.is_cut) {
            (self.at, self.next_line) = (self.start, self.line);
            return Ok(None);
        }
        if !self.order.is_empty() && self.order.len() == self.bounds.len() {
            let bounds = |at: &usize| self.bounds.get(*at).cloned().unwrap_or_default();
            self.bounds = self.order.iter().map(bounds).collect();
        }
        found
    }

    fn read_as_written(&mut self) -> Result<Option<Found>, LineTooLong> {
        if self.at >= self.text.len() {
            return Ok(None);
        }
        self.line = self.next_line;
        self.unquoted = None;
        self.stray_quote = false;
        self.bounds.clear();
        let start = self.at;
        self.start = start;
        let (end, after) = self.line_bounds(start);
        if end - start > LONGEST_LINE {
            return Err(LineTooLong { line: self.line, bytes: (end - start) as u64 });
        }
        self.at = after;
        self.next_line += self.ends_within(start, after);
        let line = self.text.as_bytes().get(start..end).unwrap_or_default();
        let first = line.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        match first {
            None if !line.contains(&self.dialect.delimiter) => return Ok(Some(Found::Blank)),
            Some(b'#') if self.dialect != Dialect::PACKED => {
                return Ok(Some(self.read_marked(line)));
            }
            _ => {}
        }
        if memchr(self.dialect.quote, line).is_none() {
            unquoted::split(line, self.dialect.delimiter, start, &mut self.bounds);
            if self.is_too_wide() && self.split_at_other_ends(start..end, after) {
                return self.read_as_written();
            }
            return Ok(Some(Found::Cells));
        }
        let found = self.read_quoted(start, end)?;
        let (end, after) = (self.quoted_end, self.at);
        if found == Found::Cells
            && self.is_too_wide()
            && self.split_at_other_ends(start..end, after)
        {
            return self.read_as_written();
        }
        Ok(Some(found))
    }

    /// Reads a line that starts with `#`. An apostrophe in a comment opens nothing.
    fn read_marked(&mut self, line: &[u8]) -> Found {
        let mut quotes = Quotes::new(self.dialect);
        let has_quotes = memchr(self.dialect.quote, line).is_some();
        if has_quotes && quotes.close_within(line) {
            self.parser.reset();
            self.parser.feed(quotes.plain(line), &quotes.blanks, None);
            self.unquoted = Some(self.parser.take_cells(&mut self.bounds));
        } else {
            unquoted::split(line, self.dialect.delimiter, self.start, &mut self.bounds);
        }
        match self.expected {
            Some(expected) if expected != self.width() || expected == 1 => Found::Comment,
            _ => Found::Cells,
        }
    }

    /// Whether the present record has more cells than the header, or may have where none is known.
    fn is_too_wide(&self) -> bool {
        self.width() > self.expected.filter(|expected| *expected > 1).unwrap_or(0)
    }

    /// Starts the present record again, split at the other line ends; false if it stays whole.
    fn split_at_other_ends(&mut self, record: Range<usize>, next_line: usize) -> bool {
        if self.split.reaches(record.start) {
            return false;
        }
        let (text, dialect, expected) = (self.text, self.dialect, self.expected);
        let Some(split) = mixed_line_ends::split(text, dialect, expected, record, next_line) else {
            return false;
        };
        (self.at, self.next_line) = (split.start, self.line);
        self.split = split;
        self.unquoted = None;
        self.bounds.clear();
        true
    }

    /// How many lines end in a part of the text that starts with a line.
    fn ends_within(&self, start: usize, after: usize) -> u32 {
        if !self.split.reaches(start) {
            return 1;
        }
        let part = self.text.as_bytes().get(start..after).unwrap_or_default();
        memchr::memchr_iter(self.dialect.line_end, part).count() as u32
    }

    /// The end of the line that starts at `start`, and the start of the next.
    fn line_bounds(&self, start: usize) -> (usize, usize) {
        if self.split.reaches(start) {
            return self.split.row_bounds(self.text, self.dialect, start);
        }
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        match memchr(self.dialect.line_end, rest) {
            Some(length) => (start + length, start + length + 1),
            None => (self.text.len(), self.text.len()),
        }
    }

    fn read_quoted(&mut self, start: usize, end: usize) -> Result<Found, LineTooLong> {
        self.parser.reset();
        let (mut from, mut to, mut lines) = (start, end, 1);
        let mut quotes = Quotes::new(self.dialect);
        let mut all_as_wide = true;
        loop {
            let line = self.text.as_bytes().get(from..to).unwrap_or_default();
            let closed = quotes.close_within(line);
            all_as_wide &= self.is_as_wide(line);
            if quotes.stray && lines > 1 {
                break;
            }
            // Within quotes the end of a line belongs to the cell as it is written.
            let end = self.text.as_bytes().get(to).copied().filter(|_| !closed);
            if self.parser.feed(quotes.plain(line), &quotes.blanks, end) || closed {
                // These lines are rows by themselves. Of two lines, the quoted reading is as likely
                // if it is as wide as the header, and follows the rules of quoting.
                let is_whole = lines == 2 && self.expected == Some(self.parser.width());
                if lines > 1 && all_as_wide && !is_whole {
                    break;
                }
                self.end_quoted(start, to, lines);
                self.stray_quote = quotes.stray;
                self.unquoted = Some(self.parser.take_cells(&mut self.bounds));
                return Ok(Found::Cells);
            }
            from = to + 1;
            if lines >= MOST_LINES || to - start > LONGEST_LINE {
                break;
            }
            if from >= self.text.len() {
                self.is_cut = self.goes_on;
                break;
            }
            to = self.line_bounds(from).0;
            if to - from > LONGEST_LINE {
                let bytes = (to - from) as u64;
                return Err(LineTooLong { line: self.line + lines, bytes });
            }
            lines += 1;
        }
        self.bounds.clear();
        let line = self.text.as_bytes().get(start..end).unwrap_or_default();
        unquoted::split(line, self.dialect.delimiter, start, &mut self.bounds);
        Ok(Found::OpenQuote { lines })
    }

    /// Continues after a quoted record that starts at `start` and ends at `to` after `lines` lines.
    fn end_quoted(&mut self, start: usize, to: usize, lines: u32) {
        self.quoted_end = to;
        let is_split = self.split.reaches(start);
        self.at = if is_split && to == self.split.end {
            self.split.next_line
        } else {
            (to + 1).min(self.text.len())
        };
        self.next_line =
            self.line + if is_split { self.ends_within(start, self.at) } else { lines };
    }

    /// Whether a line, read without regard to quotes, has as many cells as the header. With two
    /// columns that means nothing, because a single comma in a text is enough.
    fn is_as_wide(&self, line: &[u8]) -> bool {
        let delimiters = memchr::memchr_iter(self.dialect.delimiter, line).count();
        self.expected.is_some_and(|expected| expected > 2 && delimiters + 1 == expected)
    }
}

#[cfg(test)]
mod tests;
