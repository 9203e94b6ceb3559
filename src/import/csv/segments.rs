//! Walks over a text that is too large to be in memory whole: a segment of it after the other, each
//! with what the one before left unread.

use zeroize::Zeroizing;

use crate::import::csv::records::Resume;
use crate::import::further::{Further, Unread};
use crate::inventory::Progress;

const CHANGED: &str = "it was changed while it was read; open it again";

/// A segment of a text, and where it is read on.
pub(crate) struct Segments<'a> {
    further: &'a Further,
    buffer: Zeroizing<Vec<u8>>,
    /// The byte of the file with which the buffer starts.
    base: u64,
    /// How much of the buffer is whole lines.
    end: usize,
    from: Resume,
}

impl<'a> Segments<'a> {
    /// Before the first segment of a text behind a byte-order mark of this length.
    pub(crate) fn new(further: &'a Further, mark: u64) -> Self {
        let (buffer, from) = (Zeroizing::new(Vec::new()), Resume::start());
        Self { further, buffer, base: mark, end: 0, from }
    }

    /// Reads a segment more, up to the end of its last line.
    ///
    /// # Errors
    /// Where it cannot be read, or somebody asked to stop.
    pub(crate) fn read_on(&mut self, progress: &Progress) -> Result<(), Unread> {
        loop {
            let before = self.buffer.len();
            let from = self.base + before as u64;
            self.further.read_on(from, self.further.segment, &mut self.buffer, progress)?;
            let fresh = self.buffer.get(before..).unwrap_or_default();
            if self.is_last() {
                self.end = self.buffer.len();
                return Ok(());
            }
            if let Some(at) = memchr::memrchr(b'\n', fresh) {
                self.end = before + at + 1;
                return Ok(());
            }
        }
    }

    /// Whether nothing follows the present segment.
    pub(crate) fn is_last(&self) -> bool {
        self.base + self.buffer.len() as u64 >= self.further.length()
    }

    /// The whole lines that are here.
    ///
    /// # Errors
    /// Where they are not the text any more that they were.
    pub(crate) fn text(&self) -> Result<&str, Unread> {
        let text = std::str::from_utf8(self.buffer.get(..self.end).unwrap_or_default());
        text.map_err(|_error| Unread::Failed(CHANGED.to_owned()))
    }

    /// The byte of the file with which the text starts.
    pub(crate) fn base(&self) -> u64 {
        self.base
    }

    /// Where the text is to be read from.
    pub(crate) fn from(&self) -> &Resume {
        &self.from
    }

    /// Drops what was read of the text.
    pub(crate) fn go_on(&mut self, from: Resume) {
        let read = from.needed_from();
        self.base += read as u64;
        let left = self.buffer.len() - read;
        self.buffer.copy_within(read.., 0);
        self.buffer.truncate(left);
        self.from = from.moved(read);
    }
}
