//! Where the reading of a text stopped, to go on in the next segment of it.

use crate::import::csv::mixed_line_ends::SplitRecord;
use crate::import::csv::records::Records;

/// Where records were read up to, and what reading on needs.
#[derive(Clone, Debug)]
pub(crate) struct Resume {
    /// The first byte that is not read.
    pub(crate) at: usize,
    /// The line of it.
    pub(crate) line: u32,
    /// The order of columns, if it is not that of the header.
    order: Vec<usize>,
    split: SplitRecord,
}

impl Resume {
    /// The start of a text.
    pub(crate) fn start() -> Self {
        Self { at: 0, line: 1, order: Vec::new(), split: SplitRecord::default() }
    }

    /// The start of a line, whose number is given.
    pub(crate) fn at_line(at: usize, line: u32) -> Self {
        Self { at, line, ..Self::start() }
    }

    /// Where the records stand.
    pub(crate) fn of(records: &Records<'_>) -> Self {
        let Records { at, next_line, order, split, .. } = records;
        Self { at: *at, line: *next_line, order: order.clone(), split: *split }
    }

    /// The first byte of the text that reading on needs.
    pub(crate) fn needed_from(&self) -> usize {
        if self.split.reaches(self.at) { self.split.start.min(self.at) } else { self.at }
    }

    /// The same place once the text before `start` was dropped; no more than what is not needed.
    pub(crate) fn moved(self, start: usize) -> Self {
        let is_within = self.split.reaches(self.at);
        let SplitRecord { start: from, end, next_line } = self.split;
        let split = SplitRecord {
            start: from.saturating_sub(start),
            end: end.saturating_sub(start),
            next_line: next_line.saturating_sub(start),
        };
        let split = if is_within { split } else { SplitRecord::default() };
        Self { at: self.at.saturating_sub(start), split, ..self }
    }

    /// Lets records go on from here. `goes_on` says whether their text is not the last segment.
    pub(crate) fn apply<'a>(&self, records: Records<'a>, goes_on: bool) -> Records<'a> {
        let (at, next_line, split) = (self.at, self.line, self.split);
        Records { at, next_line, order: self.order.clone(), split, goes_on, ..records }
    }
}
