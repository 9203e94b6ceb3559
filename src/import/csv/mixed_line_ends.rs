//! Tables whose lines end sometimes in CR and sometimes in LF.
//!
//! Such a table has lines that hold several rows: they are too wide, and the other line end is between
//! two cells. They are split at it where each part is as wide as the header.

use std::ops::Range;

use memchr::memchr;

use crate::import::csv::dialect::Dialect;
use crate::import::csv::quotes::Quotes;

/// A record that is split at the other line ends; empty while none is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SplitRecord {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where the next line starts.
    pub(crate) next_line: usize,
}

impl SplitRecord {
    /// Whether a place lies before its end.
    pub(crate) fn reaches(&self, place: usize) -> bool {
        place < self.end
    }

    /// The end of the row within it that starts at `start`, and the start of the next.
    pub(crate) fn row_bounds(&self, text: &str, dialect: Dialect, start: usize) -> (usize, usize) {
        let rest = text.as_bytes().get(start..self.end).unwrap_or_default();
        let other = dialect.other_end().unwrap_or(dialect.line_end);
        memchr(other, rest)
            .map_or((self.end, self.next_line), |length| (start + length, start + length + 1))
    }
}

/// Splits a record at the other line ends between its cells, if all parts but blank ones are as
/// wide as the header, or as each other where the header's width is not known yet.
pub(crate) fn split(
    text: &str,
    dialect: Dialect,
    expected: Option<usize>,
    record: Range<usize>,
    next_line: usize,
) -> Option<SplitRecord> {
    let other = dialect.other_end()?;
    let is_other = |at: &usize| text.as_bytes().get(*at) == Some(&other);
    let (mut start, mut end) = (record.start, record.end);
    while start < end && is_other(&start) {
        start += 1;
    }
    while end > start && is_other(&(end - 1)) {
        end -= 1;
    }
    let inner = text.as_bytes().get(start..end).unwrap_or_default();
    memchr(other, inner)?;
    let widths = Quotes::new(dialect).widths(inner, other);
    let wanted = expected.or_else(|| widths.first().copied()).unwrap_or(0);
    let all_equal = widths.len() > 1 && widths.iter().all(|width| *width == wanted);
    // Without a header, parts of one cell each are as likely the lines of one text.
    if !all_equal || (expected.is_none() && wanted < 2) {
        return None;
    }
    Some(SplitRecord { start, end, next_line })
}
