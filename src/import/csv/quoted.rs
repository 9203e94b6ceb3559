//! Parses records with quotes, in buffers that are wiped.

use std::ops::Range;

use zeroize::{Zeroize, Zeroizing};

use crate::import::csv::dialect::Dialect;

/// Parses one record with quotes, line by line.
pub(crate) struct QuotedParser {
    dialect: Dialect,
    /// Made for the first record, because making one costs as much as many lines.
    core: Option<csv_core::Reader>,
    bytes: Zeroizing<Vec<u8>>,
    ends: Vec<usize>,
    filled_bytes: usize,
    filled_ends: usize,
}

impl QuotedParser {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            core: None,
            bytes: Zeroizing::new(Vec::new()),
            ends: Vec::new(),
            filled_bytes: 0,
            filled_ends: 0,
        }
    }

    /// Starts a new record.
    pub(crate) fn reset(&mut self) {
        let dialect = self.dialect;
        if let Some(core) = &mut self.core {
            core.reset();
        } else {
            let core = csv_core::ReaderBuilder::new()
                .delimiter(dialect.delimiter)
                .quote(dialect.quote)
                .terminator(csv_core::Terminator::Any(dialect.line_end))
                .build();
            self.core = Some(core);
            self.bytes = Zeroizing::new(vec![0; 4096]);
            self.ends = vec![0; 64];
        }
        (self.filled_bytes, self.filled_ends) = (0, 0);
    }

    /// How many cells were parsed so far.
    pub(crate) fn width(&self) -> usize {
        self.filled_ends
    }

    /// Parses one line and its end without the `blanks` before opening quotes, because the parser
    /// would take those quotes for text; true when the record is complete.
    pub(crate) fn feed(&mut self, line: &[u8], blanks: &[Range<usize>], end: Option<u8>) -> bool {
        let Some(core) = &mut self.core else { return false };
        let starts = std::iter::once(0).chain(blanks.iter().map(|blank| blank.end));
        let stops = blanks.iter().map(|blank| blank.start).chain([line.len()]);
        let pieces = starts.zip(stops).map(|(start, stop)| line.get(start..stop));
        for piece in pieces.chain([Some([end.unwrap_or(self.dialect.line_end)].as_slice())]) {
            let mut input = piece.unwrap_or_default();
            while !input.is_empty() {
                let room = self.bytes.get_mut(self.filled_bytes..).unwrap_or_default();
                let end_room = self.ends.get_mut(self.filled_ends..).unwrap_or_default();
                let (result, read, written, ended) = core.read_record(input, room, end_room);
                input = input.get(read..).unwrap_or_default();
                self.filled_bytes += written;
                self.filled_ends += ended;
                match result {
                    csv_core::ReadRecordResult::OutputFull => widen(&mut self.bytes),
                    csv_core::ReadRecordResult::OutputEndsFull => {
                        let wider = self.ends.len() * 2;
                        self.ends.resize(wider, 0);
                    }
                    csv_core::ReadRecordResult::Record => return true,
                    csv_core::ReadRecordResult::InputEmpty | csv_core::ReadRecordResult::End => {}
                }
            }
        }
        false
    }

    /// The text of the record's cells, one after another; adds the bounds of each.
    pub(crate) fn take_cells(&mut self, bounds: &mut Vec<Range<usize>>) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(self.filled_bytes));
        let bytes = self.bytes.get(..self.filled_bytes).unwrap_or_default();
        // The parser cuts at ASCII bytes alone, so its output is still valid UTF-8.
        text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
        let mut from = 0;
        for &end in self.ends.get(..self.filled_ends).unwrap_or_default() {
            bounds.push(from..end);
            from = end;
        }
        if let Some(bytes) = self.bytes.get_mut(..self.filled_bytes) {
            bytes.zeroize();
        }
        text
    }
}

/// Grows by copying into a new buffer, because growing in place may leave the old bytes behind.
fn widen(bytes: &mut Zeroizing<Vec<u8>>) {
    let mut wider = Zeroizing::new(vec![0; bytes.len() * 2]);
    for (to, from) in wider.iter_mut().zip(bytes.iter()) {
        *to = *from;
    }
    *bytes = wider;
}
