//! Files that are too large to be kept in memory whole: their bytes are asked for piece by piece.

use std::fmt;
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSliceMut as _;
use zeroize::Zeroizing;

use crate::inventory::Progress;

/// How many bytes are asked for between two looks at the progress: a few milliseconds.
const STEP: usize = 4 << 20;

/// The bytes of a file, wherever they are. The import asks for each a few times, on several threads.
pub trait ReadAt: Send + Sync {
    /// How many bytes there are. It never changes.
    fn length(&self) -> u64;

    /// Fills `room` with the bytes that start at a place; all of them must be before the end.
    ///
    /// # Errors
    /// In words for people where they cannot be read, or are no longer those of the start.
    fn read_at(&self, from: u64, room: &mut [u8]) -> Result<(), String>;
}

/// Bytes in memory.
impl ReadAt for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, from: u64, room: &mut [u8]) -> Result<(), String> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let bytes = self.get(from..from.saturating_add(room.len()));
        room.copy_from_slice(bytes.ok_or("it is shorter than it was")?);
        Ok(())
    }
}

/// Why bytes are not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// Somebody asked to stop.
    Cancelled,
    /// They could not be read: why, for people.
    Failed(String),
}

/// How a large file is read.
#[derive(Clone, Copy, Debug)]
pub struct SegmentSizes {
    /// How many bytes of its start are looked at, at least, to find out how it is written.
    pub start: usize,
    /// How many bytes are read at a time.
    pub segment: usize,
}

impl Default for SegmentSizes {
    /// A segment costs a hundredth of what its rows leave in memory, and has rows enough for each
    /// core; the start has more than the tens of thousands of lines that detection may look at.
    fn default() -> Self {
        Self { start: 4 << 20, segment: 64 << 20 }
    }
}

/// Where the whole of a file can be read of which only the start is in memory.
#[derive(Clone)]
pub struct Further {
    source: Arc<dyn ReadAt>,
    pub(crate) segment: usize,
}

impl Further {
    pub(crate) fn new(source: Arc<dyn ReadAt>, segment: usize) -> Self {
        Self { source, segment: segment.max(1) }
    }

    /// How many bytes the whole file has.
    pub(crate) fn length(&self) -> u64 {
        self.source.length()
    }

    /// Adds the next `most` bytes, or those up to the end, to a buffer. Growing leaves no copy behind
    /// that is not wiped.
    ///
    /// # Errors
    /// Where they cannot be read, or somebody asked to stop.
    pub(crate) fn read_on(
        &self,
        from: u64,
        most: usize,
        buffer: &mut Zeroizing<Vec<u8>>,
        progress: &Progress,
    ) -> Result<(), Unread> {
        let left = self.length().saturating_sub(from);
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(most);
        let before = buffer.len();
        if buffer.capacity() - before < most {
            let mut wider = Zeroizing::new(Vec::with_capacity(before + most + most / 8));
            wider.extend_from_slice(buffer);
            *buffer = wider;
        }
        buffer.resize(before + most, 0);
        let rooms = buffer.get_mut(before..).unwrap_or_default().par_chunks_mut(STEP);
        rooms.enumerate().try_for_each(|(at, room)| {
            if progress.is_cancelled() {
                return Err(Unread::Cancelled);
            }
            self.source.read_at(from + (at * STEP) as u64, room).map_err(Unread::Failed)
        })
    }
}

/// Shows the length, never the bytes.
impl fmt::Debug for Further {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes, {} at a time", self.length(), self.segment)
    }
}
