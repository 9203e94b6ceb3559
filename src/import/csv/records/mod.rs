//! Text into records: one line after another, with quotes that may span several lines.
//!
//! Lines are handed to csv's parsing core one by one. Its usual reader would keep copies of what
//! it reads in buffers that cannot be wiped, and would read on to the end of the file for a quote
//! that never closes; here a record ends after 100 lines, so the work stays in proportion to the
//! bytes. A line without any quote is split in place and copied nowhere.
//!
//! A quote that opens by mistake runs to the next quote, which was meant to open another cell. Two
//! signs give it away: text follows where the cell should end, or each of the lines that it spans
//! is as wide as the header. Such a quote counts as open.
//!
//! A table whose lines end now so, now so, has lines that are several rows: too wide ones, with the
//! other sign for the end of a line between cells. They are parted at it where each part is as wide
//! as the header. All of them bear the number of the line.

use std::ops::Range;

mod mixed_line_ends;

use memchr::memchr;
use zeroize::{Zeroize, Zeroizing};

use crate::import::container::packer;
use crate::import::csv::quotes::Quotes;
use crate::import::csv::records::mixed_line_ends::Glued;
use crate::inventory::starts_formula;

const LONGEST_LINE: usize = 16 << 20;
const MOST_LINES: u32 = 100;

/// How a file parts and quotes its cells, and ends its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    pub(crate) quote: u8,
    pub(crate) line_end: u8,
}

impl Dialect {
    /// How packed text is parted: it has neither quotes nor comments.
    pub(crate) const PACKED: Self = Self {
        delimiter: packer::CELL as u8,
        quote: packer::QUOTE as u8,
        line_end: packer::ROW as u8,
    };
}

/// What stands at a place of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A line of white space.
    Blank,
    /// A line that starts with `#` and is not as wide as the header.
    Comment,
    /// A record; its cells can be asked for.
    Cells,
    /// A quote opens here and does not close within `lines` lines. The cells are those of the
    /// first line, split without quoting; the next record is that of the next line.
    OpenQuote { lines: u32 },
}

/// A line of more than 16 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineTooLong {
    pub(crate) line: u32,
    pub(crate) bytes: u64,
}

/// Reads records off a text.
pub(crate) struct Records<'a> {
    text: &'a str,
    dialect: Dialect,
    /// How wide the header is, once it is known.
    expected: Option<usize>,
    at: usize,
    start: usize,
    next_line: u32,
    line: u32,
    stray_quote: bool,
    /// Where in the record each column of the header stands, if not in its place.
    order: Vec<usize>,
    /// The line, or the record over several, that is parted at the other ends of lines.
    glued: Glued,
    bounds: Vec<Range<usize>>,
    unquoted: Option<Zeroizing<String>>,
    bytes: Zeroizing<Vec<u8>>,
    ends: Vec<usize>,
    core: csv_core::Reader,
    /// Where the last record with quotes ended.
    quoted_end: usize,
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
            glued: Glued::default(),
            bounds: Vec::new(),
            unquoted: None,
            bytes: Zeroizing::new(vec![0; 4096]),
            ends: vec![0; 64],
            core: core_reader(dialect),
            quoted_end: 0,
        }
    }

    /// Reads a text whose header has so many cells.
    pub(crate) fn below(text: &'a str, dialect: Dialect, header: usize) -> Self {
        Self { expected: Some(header), ..Self::new(text, dialect) }
    }

    /// Reads from a place on that is the start of a line, whose number is given.
    pub(crate) fn from(self, start: usize, line: u32) -> Self {
        Self { at: start, next_line: line, ..self }
    }

    /// Whether the columns stand in another order than in the header by now.
    pub(crate) fn has_order(&self) -> bool {
        !self.order.is_empty()
    }

    /// Whether text stands between a closing quote of the present record and the next delimiter.
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

    /// Whether another record stands before the present one on its line.
    pub(crate) fn shares_its_line(&self) -> bool {
        self.glued.start < self.start && self.start < self.glued.end
    }

    /// Where the present record starts.
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// How many bytes lie behind.
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
        trimmed(cell.unwrap_or_default())
    }

    /// Reads the records from now on with their columns in another order: for each column of the
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

    /// Puts other cells in the place of the present record's.
    pub(crate) fn replace(&mut self, cells: Zeroizing<String>, bounds: Vec<Range<usize>>) {
        self.unquoted = Some(cells);
        self.bounds = bounds;
    }

    /// Goes on `lines` lines further, and tells how many there were.
    pub(crate) fn skip_lines(&mut self, lines: u32) -> u32 {
        let mut skipped = 0;
        while skipped < lines && self.at < self.text.len() {
            self.at = self.line_bounds(self.at).1;
            self.next_line += 1;
            skipped += 1;
        }
        skipped
    }

    /// Reads the next record; `None` at the end.
    pub(crate) fn read(&mut self) -> Result<Option<Found>, LineTooLong> {
        let found = self.read_as_written();
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
                return Ok(Some(self.read_marked(start, end)));
            }
            _ => {}
        }
        if memchr(self.dialect.quote, line).is_none() {
            self.split(start, end);
            if self.is_too_wide() && self.part_at_other_ends(start..end, after) {
                return self.read_as_written();
            }
            return Ok(Some(Found::Cells));
        }
        let found = self.read_quoted(start, end)?;
        let (end, after) = (self.quoted_end, self.at);
        if found == Some(Found::Cells)
            && self.is_too_wide()
            && self.part_at_other_ends(start..end, after)
        {
            return self.read_as_written();
        }
        Ok(found)
    }

    /// Reads a line that starts with `#`. An apostrophe in a comment opens nothing.
    fn read_marked(&mut self, start: usize, end: usize) -> Found {
        let mut quotes = Quotes::new(self.dialect);
        let line = self.text.as_bytes().get(start..end).unwrap_or_default();
        let has_quotes = memchr(self.dialect.quote, line).is_some();
        let mut filled = Filled::default();
        if has_quotes && quotes.close_within(line) {
            self.core.reset();
            self.feed(start..end, (&quotes.blanks, None), &mut filled);
            self.take_filled(&filled);
        } else {
            self.split(start, end);
        }
        match self.expected {
            Some(expected) if expected != self.width() || expected == 1 => Found::Comment,
            _ => Found::Cells,
        }
    }

    /// The end of the line that starts at `start`, and the start of the next.
    fn line_bounds(&self, start: usize) -> (usize, usize) {
        if start < self.glued.end {
            return self.glued_bounds(start);
        }
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        match memchr(self.dialect.line_end, rest) {
            Some(length) => (start + length, start + length + 1),
            None => (self.text.len(), self.text.len()),
        }
    }

    /// Looks at eight bytes at a time: cells are so short that one search for each costs more.
    fn split(&mut self, start: usize, end: usize) {
        let line = self.text.as_bytes().get(start..end).unwrap_or_default();
        let delimiter = self.dialect.delimiter;
        let (eights, rest) = line.as_chunks::<8>();
        let (mut from, mut at) = (start, start);
        for eight in eights {
            let mut hits = equal_bytes(u64::from_le_bytes(*eight), delimiter);
            while hits != 0 {
                let hit = at + hits.trailing_zeros() as usize / 8;
                self.bounds.push(from..hit);
                from = hit + 1;
                hits &= hits - 1;
            }
            at += 8;
        }
        for (place, byte) in rest.iter().enumerate() {
            if *byte == delimiter {
                self.bounds.push(from..at + place);
                from = at + place + 1;
            }
        }
        self.bounds.push(from..end);
    }

    fn read_quoted(&mut self, start: usize, end: usize) -> Result<Option<Found>, LineTooLong> {
        self.core.reset();
        let (mut from, mut to, mut lines) = (start, end, 1);
        let mut filled = Filled::default();
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
            if self.feed(from..to, (&quotes.blanks, end), &mut filled) || closed {
                // Lines that are rows by themselves; of two, the quoted reading is as likely if it
                // is as wide as the header, and keeps to the rules.
                let is_whole = lines == 2 && self.expected == Some(filled.ends);
                if lines > 1 && all_as_wide && !is_whole {
                    break;
                }
                self.quoted_end = to;
                let glued = start < self.glued.end;
                self.at = if glued && to == self.glued.end {
                    self.glued.after
                } else {
                    (to + 1).min(self.text.len())
                };
                self.next_line =
                    self.line + if glued { self.ends_within(start, self.at) } else { lines };
                self.stray_quote = quotes.stray;
                self.take_filled(&filled);
                return Ok(Some(Found::Cells));
            }
            from = to + 1;
            if lines >= MOST_LINES || from >= self.text.len() || to - start > LONGEST_LINE {
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
        self.split(start, end);
        Ok(Some(Found::OpenQuote { lines }))
    }

    /// Whether a line, taken without regard to quotes, has as many cells as the header. With two
    /// columns that says nothing, for a comma in a text is enough.
    fn is_as_wide(&self, line: &[u8]) -> bool {
        let delimiters = memchr::memchr_iter(self.dialect.delimiter, line).count();
        self.expected.is_some_and(|expected| expected > 2 && delimiters + 1 == expected)
    }

    /// Hands one line and its end to the parser, without the blanks before opening quotes, for it
    /// would take those quotes for text; true when the record is complete.
    fn feed(
        &mut self,
        line: Range<usize>,
        (blanks, end): (&[Range<usize>], Option<u8>),
        filled: &mut Filled,
    ) -> bool {
        let Self { text, dialect, bytes, ends, core, .. } = self;
        let line = text.as_bytes().get(line).unwrap_or_default();
        let starts = std::iter::once(0).chain(blanks.iter().map(|blank| blank.end));
        let stops = blanks.iter().map(|blank| blank.start).chain([line.len()]);
        let pieces = starts.zip(stops).map(|(start, stop)| line.get(start..stop));
        for piece in pieces.chain([Some([end.unwrap_or(dialect.line_end)].as_slice())]) {
            let mut input = piece.unwrap_or_default();
            while !input.is_empty() {
                let room = bytes.get_mut(filled.bytes..).unwrap_or_default();
                let end_room = ends.get_mut(filled.ends..).unwrap_or_default();
                let (result, read, written, ended) = core.read_record(input, room, end_room);
                input = input.get(read..).unwrap_or_default();
                filled.bytes += written;
                filled.ends += ended;
                match result {
                    csv_core::ReadRecordResult::OutputFull => widen(bytes),
                    csv_core::ReadRecordResult::OutputEndsFull => {
                        let wider = ends.len() * 2;
                        ends.resize(wider, 0);
                    }
                    csv_core::ReadRecordResult::Record => return true,
                    csv_core::ReadRecordResult::InputEmpty | csv_core::ReadRecordResult::End => {}
                }
            }
        }
        false
    }

    fn take_filled(&mut self, filled: &Filled) {
        let mut text = Zeroizing::new(String::with_capacity(filled.bytes));
        let bytes = self.bytes.get(..filled.bytes).unwrap_or_default();
        // The parser cuts at ASCII bytes alone, so what it hands back is still whole text.
        text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
        let mut from = 0;
        for &end in self.ends.get(..filled.ends).unwrap_or_default() {
            self.bounds.push(from..end);
            from = end;
        }
        if let Some(bytes) = self.bytes.get_mut(..filled.bytes) {
            bytes.zeroize();
        }
        self.unquoted = Some(text);
    }
}

/// The highest bit of each of the eight bytes that is `wanted`.
fn equal_bytes(eight: u64, wanted: u8) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x7f; 8]);
    let other = eight ^ u64::from_le_bytes([wanted; 8]);
    !(((other & LOW) + LOW) | other | LOW)
}

#[derive(Default)]
struct Filled {
    bytes: usize,
    ends: usize,
}

/// Grows by copying into fresh room, for growing in place may leave the old bytes behind.
fn widen(bytes: &mut Zeroizing<Vec<u8>>) {
    let mut wider = Zeroizing::new(vec![0; bytes.len() * 2]);
    for (to, from) in wider.iter_mut().zip(bytes.iter()) {
        *to = *from;
    }
    *bytes = wider;
}

fn core_reader(dialect: Dialect) -> csv_core::Reader {
    csv_core::ReaderBuilder::new()
        .delimiter(dialect.delimiter)
        .quote(dialect.quote)
        .terminator(csv_core::Terminator::Any(dialect.line_end))
        .build()
}

/// Most cells have no white space around them; those are told by their first and last byte.
fn trimmed(cell: &str) -> &str {
    let plain =
        |byte: Option<&u8>| byte.is_none_or(|byte| *byte > b' ' && *byte < 0x80 && *byte != b'\'');
    if plain(cell.as_bytes().first()) && plain(cell.as_bytes().last()) {
        return cell;
    }
    let cell = cell.trim();
    let opening = |letter| matches!(letter, '“' | '”' | '„' | '‟');
    let quoted = cell.strip_prefix(opening).and_then(|cell| cell.strip_suffix(opening));
    // What a spreadsheet must not take for a formula is written with an apostrophe before it.
    let text = cell.strip_prefix('\'').filter(|text| starts_formula(text));
    quoted.or(text).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Dialect = Dialect { delimiter: b',', quote: b'"', line_end: b'\n' };

    fn read(text: &str) -> Vec<(u32, Found, Vec<String>)> {
        all(Records::new(text, COMMA))
    }

    fn all(mut records: Records<'_>) -> Vec<(u32, Found, Vec<String>)> {
        let mut all = Vec::new();
        while let Some(found) = records.read().unwrap() {
            let cells = (0..records.width()).map(|at| records.cell(at).to_owned()).collect();
            all.push((records.line(), found, cells));
        }
        all
    }

    fn cells(line: u32, cells: &[&str]) -> (u32, Found, Vec<String>) {
        (line, Found::Cells, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn records_know_the_line_on_which_they_start() {
        let text = "a,b\r\n\r\n# note\n\"c\nd\",\"e \"\"f\"\"\"\r\ng, h ";
        let expected = vec![
            cells(1, &["a", "b"]),
            (2, Found::Blank, vec![]),
            cells(3, &["# note"]),
            cells(4, &["c\nd", "e \"f\""]),
            cells(6, &["g", "h"]),
        ];
        assert_eq!(read(text), expected);
    }

    #[test]
    fn every_delimiter_is_found_wherever_it_stands() {
        for length in 0..20 {
            let text = format!("{},b,,c", "\u{ac}x".repeat(length));
            let first = "\u{ac}x".repeat(length);
            assert_eq!(read(&text), [cells(1, &[&first, "b", "", "c"])]);
        }
    }

    fn below(text: &str, header: usize) -> Vec<(u32, Found, Vec<String>)> {
        all(Records::below(text, COMMA, header))
    }

    #[test]
    fn a_quote_that_opens_by_mistake_swallows_no_row() {
        let open = |found: &[(u32, Found, Vec<String>)]| {
            let is_open = |found: &Found| matches!(found, Found::OpenQuote { .. });
            found.iter().filter(|(_, found, _)| is_open(found)).map(|(at, ..)| *at).collect()
        };
        let lines = |text| -> Vec<u32> { open(&below(text, 3)) };
        assert_eq!(lines("k2,\"b,dev\nk3,\"c\",dev\nk4,d,dev\n"), [1]);
        assert_eq!(lines("k2,\"b,dev\nk3,c,dev\nk4,d\",dev\n"), [1], "k3 is a row by itself");
        assert!(lines("k2,\"b,dev\nk3,c\",dev\n").is_empty(), "as wide as the header");
        assert_eq!(lines("k2,\"b,dev\nk3,\"c,dev\nk4,d,dev\n"), [1, 2]);
        assert!(lines("k2,\"b\nc, d\" ,dev\n").is_empty());
        assert!(lines("k2,\"b \"\"c\"\"\n\",dev\r\n").is_empty());
        assert_eq!(below("k1,  \"b, c\", dev\n", 3)[0].2, ["k1", "b, c", "dev"]);
        let stray = "k1,\"b\" c,dev\n";
        let mut records = Records::below(stray, COMMA, 3);
        assert_eq!(records.read(), Ok(Some(Found::Cells)));
        assert!(records.has_stray_quote());
    }

    #[test]
    fn lines_that_end_now_so_now_so_are_parted_where_each_part_is_a_row() {
        let rows = |text: &str, header: usize| -> Vec<String> {
            let found = below(text, header);
            found.iter().map(|(line, _, cells)| format!("{line} {}", cells.join("|"))).collect()
        };
        assert_eq!(rows("a,b\rc,d\ne,f\n", 2), ["1 a|b", "1 c|d", "2 e|f"]);
        assert_eq!(rows("a,b\rc,d\r\n\re,f\r\n", 2), ["1 a|b", "1 c|d", "2 e|f"]);
        assert_eq!(rows("a,b\r\rc,d\n", 2), ["1 a|b", "1 ", "1 c|d"]);
        assert_eq!(rows("a\rb\nc\n", 1), ["1 a", "1 b", "2 c"]);
        assert_eq!(rows("a,\"b\rx\"\rc,\"d\"\n", 2), ["1 a|b\rx", "1 c|d"]);
        assert_eq!(rows("a,b\rc,\"d\ny\"\ne,f\n", 2), ["1 a|b", "1 c|d\ny", "3 e|f"]);
        assert_eq!(rows("a,b\rc,d,e\nf,g\n", 2), ["1 a|b\rc|d|e", "2 f|g"]);
        assert_eq!(rows("\"a\rb\",c\nd,e\n", 2), ["1 a\rb|c", "2 d|e"]);
        let other = Dialect { line_end: b'\r', ..COMMA };
        let found = all(Records::below("a,b\nc,d\re,f\r\ng,h\r", other, 2));
        let cells: Vec<String> = found.iter().map(|(.., cells)| cells.join("|")).collect();
        assert_eq!(cells, ["a|b", "c|d", "e|f", "g|h"]);
    }

    #[test]
    fn a_line_with_a_number_sign_is_a_row_if_it_is_as_wide_as_the_header() {
        let found = below("#1,a,b\n# don't, \"quote\n#2,\"a, b\",c\n", 3);
        let kinds: Vec<Found> = found.iter().map(|(_, found, _)| *found).collect();
        assert_eq!(kinds, [Found::Cells, Found::Comment, Found::Cells]);
        assert_eq!(found[2].2, ["#2", "a, b", "c"]);
        assert_eq!(below("# a\n#b\n", 1)[1].1, Found::Comment);
    }

    #[test]
    fn a_quote_that_never_closes_costs_one_line() {
        let found = read("a,b\n\"c,d\ne,f\n");
        assert_eq!(found[1].1, Found::OpenQuote { lines: 2 });
        assert_eq!(found[1].2, ["\"c", "d"]);
        assert_eq!(found[2], cells(3, &["e", "f"]));
    }

    #[test]
    fn a_quote_that_swallows_a_hundred_lines_is_open() {
        let text = format!("\"a,b\n{}x\"\n", "c,d\n".repeat(200));
        let found = read(&text);
        assert_eq!(found[0].1, Found::OpenQuote { lines: 100 });
        assert_eq!(found.len(), 202);
    }

    #[test]
    fn a_last_line_without_an_end_is_whole_even_if_quoted() {
        assert_eq!(read("a,\"b\""), [cells(1, &["a", "b"])]);
    }

    #[test]
    fn a_line_over_16_mebibytes_is_refused_with_its_number() {
        let text = format!("a,b\n{}\n", "x".repeat(LONGEST_LINE + 1));
        let mut records = Records::new(&text, COMMA);
        records.read().unwrap();
        let bytes = LONGEST_LINE as u64 + 1;
        assert_eq!(records.read(), Err(LineTooLong { line: 2, bytes }));
    }
}
