//! Undo and redo: what the user can take back, one gesture at a time.

use std::path::PathBuf;
use std::sync::Arc;

use super::Model;
use crate::app::watch::Watch;
use crate::inventory::{Assumptions, Inventory};

/// No more gestures can be taken back; what is older is forgotten, so that inventories that nobody
/// sees any more do not fill the memory.
const MOST: usize = 50;

/// One gesture: what it is called, and how everything was before it, or after it once it is undone.
#[derive(Clone, Debug)]
pub(super) struct Gesture {
    label: String,
    kept: Kept,
}

/// What the user made or chose. Answers are no part of it: they follow from it.
#[derive(Clone, Debug)]
struct Kept {
    assumptions: Assumptions,
    inventory: Option<Arc<Inventory>>,
    files: Vec<String>,
    paths: Vec<PathBuf>,
}

/// The gestures that can be undone and redone, the latest last.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    past: Vec<Gesture>,
    future: Vec<Gesture>,
}

impl Model {
    /// What undo would take back, as it reads after "Undo".
    pub(in crate::app) fn undo_label(&self) -> Option<&str> {
        self.history.past.last().map(|gesture| gesture.label.as_str())
    }

    /// What redo would do again, as it reads after "Redo".
    pub(in crate::app) fn redo_label(&self) -> Option<&str> {
        self.history.future.last().map(|gesture| gesture.label.as_str())
    }

    /// Notes how everything is, before a gesture changes it.
    pub(super) fn record(&mut self, label: impl Into<String>) {
        let gesture = Gesture { label: label.into(), kept: self.kept() };
        self.history.past.push(gesture);
        self.history.future.clear();
        if self.history.past.len() > MOST {
            self.history.past.remove(0);
        }
    }

    pub(super) fn undo(&mut self) {
        if let Some(Gesture { label, kept }) = self.history.past.pop() {
            self.history.future.push(Gesture { label, kept: self.kept() });
            self.restore(kept);
        }
    }

    pub(super) fn redo(&mut self) {
        if let Some(Gesture { label, kept }) = self.history.future.pop() {
            self.history.past.push(Gesture { label, kept: self.kept() });
            self.restore(kept);
        }
    }

    fn kept(&self) -> Kept {
        Kept {
            assumptions: self.assumptions.clone(),
            inventory: self.inventory.clone(),
            files: self.files.clone(),
            paths: self.open_paths.clone(),
        }
    }

    fn restore(&mut self, kept: Kept) {
        let Kept { assumptions, inventory, files, paths } = kept;
        self.assumptions = assumptions;
        let Some(inventory) = inventory else { return self.clear() };
        let other = self.inventory.as_ref().is_none_or(|open| !Arc::ptr_eq(open, &inventory));
        if other {
            self.comparison = None;
            self.changed_on_disk.clear();
            self.files = files;
            self.watch(Watch::new(&paths));
            self.inventory = Some(inventory.clone());
        }
        self.jobs.analyse(inventory, self.assumptions.clone());
    }
}
