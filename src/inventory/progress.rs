//! How a long function reports how far it is, and learns that nobody waits for it any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A handle shared by the one who works and the one who waits. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    done: AtomicU64,
    whole: AtomicU64,
    rows: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// Tells how much there is to do, in any unit (bytes, steps).
    pub fn set_whole(&self, whole: u64) {
        self.0.whole.store(whole, Ordering::Relaxed);
    }

    /// Tells how much is done, in the unit of the whole.
    pub fn set_done(&self, done: u64) {
        self.0.done.store(done, Ordering::Relaxed);
    }

    /// How much is done, in the unit of the whole.
    pub fn done(&self) -> u64 {
        self.0.done.load(Ordering::Relaxed)
    }

    /// Tells how many rows were read so far.
    pub fn set_rows(&self, rows: u64) {
        self.0.rows.store(rows, Ordering::Relaxed);
    }

    /// How many rows were read so far.
    pub fn rows(&self) -> u64 {
        self.0.rows.load(Ordering::Relaxed)
    }

    /// The share done, from 0 to 1; `None` while the whole is not known.
    pub fn share(&self) -> Option<f32> {
        self.amounts().map(|(done, whole)| done as f32 / whole as f32)
    }

    /// How much is done and how much there is to do, in one unit; `None` while that is not known.
    pub fn amounts(&self) -> Option<(u64, u64)> {
        let whole = self.0.whole.load(Ordering::Relaxed);
        let done = self.0.done.load(Ordering::Relaxed);
        (whole > 0).then(|| (done.min(whole), whole))
    }

    /// Asks the work to stop. Long functions look at this at least every 50 ms.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// For long loops: whether it is time to look, after so many steps, and the work was asked to
    /// stop. Looks every 16,384 steps, of which each should be about a microsecond.
    pub fn stops_at(&self, step: usize) -> bool {
        step.is_multiple_of(1 << 14) && self.is_cancelled()
    }

    /// Whether the work was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }
}
