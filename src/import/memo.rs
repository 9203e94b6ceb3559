//! Remembers what distinct cells of a column mean, so that each is read once.

use crate::inventory::Names;

/// More distinct cells than this are read anew each time, so that memory stays bounded.
const MOST: usize = 1 << 18;

/// Cell text → what it means.
pub(super) struct Memo<T> {
    texts: Names,
    meanings: Vec<T>,
}

impl<T: Copy> Memo<T> {
    pub(super) fn new() -> Self {
        Self { texts: Names::default(), meanings: Vec::new() }
    }

    /// What the cell means, if it was seen before.
    pub(super) fn find(&self, cell: &str) -> Option<T> {
        let at = self.texts.find(cell)?;
        self.meanings.get(at.index()).copied()
    }

    /// Remembers a cell that was not found.
    pub(super) fn add(&mut self, cell: &str, meaning: T) {
        if self.meanings.len() < MOST {
            self.texts.intern(cell);
            self.meanings.push(meaning);
        }
    }
}
