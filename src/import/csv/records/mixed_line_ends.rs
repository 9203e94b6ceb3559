//! Lines that end now so, now so: a record is parted at the other ends where each part is a row.

use std::ops::Range;

use memchr::memchr;

use crate::import::csv::quotes::Quotes;
use crate::import::csv::records::{Dialect, Records};

/// Where what is parted ends, and where the next line starts; 0 while nothing is.
#[derive(Clone, Copy, Default)]
pub(crate) struct Glued {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) after: usize,
}

impl Dialect {
    /// What ends lines in other tables.
    pub(crate) fn other_end(self) -> Option<u8> {
        match self.line_end {
            b'\n' => Some(b'\r'),
            b'\r' => Some(b'\n'),
            _ => None,
        }
    }
}

impl Records<'_> {
    /// How many lines end in a part of the text that starts with a line.
    pub(crate) fn ends_within(&self, start: usize, after: usize) -> u32 {
        if start >= self.glued.end {
            return 1;
        }
        let part = self.text.as_bytes().get(start..after).unwrap_or_default();
        memchr::memchr_iter(self.dialect.line_end, part).count() as u32
    }

    /// Whether the present record has more cells than the header, or may have where none is known.
    pub(crate) fn is_too_wide(&self) -> bool {
        self.width() > self.expected.filter(|expected| *expected > 1).unwrap_or(0)
    }

    /// Parts a record at the other ends of lines between its cells, if all parts but blank ones are
    /// as wide as the header, or as each other where none is known. False if it stays whole.
    pub(crate) fn part_at_other_ends(&mut self, record: Range<usize>, after: usize) -> bool {
        let Some(other) = self.dialect.other_end() else { return false };
        if record.start < self.glued.end {
            return false;
        }
        let text = self.text.as_bytes();
        let is_other = |at: &usize| text.get(*at) == Some(&other);
        let (mut start, mut end) = (record.start, record.end);
        while start < end && is_other(&start) {
            start += 1;
        }
        while end > start && is_other(&(end - 1)) {
            end -= 1;
        }
        let inner = text.get(start..end).unwrap_or_default();
        if memchr(other, inner).is_none() {
            return false;
        }
        let widths = Quotes::new(self.dialect).widths(inner, other);
        let expected = self.expected.or_else(|| widths.first().copied()).unwrap_or(0);
        let alike = widths.len() > 1 && widths.iter().all(|width| *width == expected);
        if !alike || (self.expected.is_none() && expected < 2) {
            return false;
        }
        self.glued = Glued { start, end, after };
        (self.at, self.next_line) = (start, self.line);
        self.unquoted = None;
        self.bounds.clear();
        true
    }

    /// The same within a line that is parted.
    pub(crate) fn glued_bounds(&self, start: usize) -> (usize, usize) {
        let Glued { end, after, .. } = self.glued;
        let rest = self.text.as_bytes().get(start..end).unwrap_or_default();
        let other = self.dialect.other_end().unwrap_or(self.dialect.line_end);
        memchr(other, rest).map_or((end, after), |length| (start + length, start + length + 1))
    }
}
