//! What undo brings back: what is open, what is assumed, and the list of fixes.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::jobs::{JobKind, Opening, drop_in_background};
use crate::app::model::Model;
use crate::app::work::assessment::PickedEnds;
use crate::inventory::{Assumptions, Inventory};
use crate::project::Fixes;

/// How many steps can be taken back.
const STEPS: usize = 50;

/// What is open.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpenDocument {
    /// The names of the files.
    pub(crate) files: Vec<String>,
    pub(crate) inventory: Option<Arc<Inventory>>,
    /// Where it can be read from again; not what was pasted.
    pub(crate) opened: Option<Opening>,
}

/// One step that can be taken back: its name, and how it was before, or after.
#[derive(Debug)]
pub(crate) struct UndoStep {
    /// As it reads after "Undo".
    pub(crate) label: String,
    document: OpenDocument,
    assumptions: Assumptions,
    fixes: Fixes,
}

impl OpenDocument {
    /// The files that can be read anew; standard input cannot.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        let Some(Opening::Files(paths)) = &self.opened else { return Vec::new() };
        paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect()
    }
}

impl Model {
    /// Remembers how things are, before they change.
    pub(crate) fn note_step(&mut self, label: String) {
        let step = self.present(label);
        self.past.push(step);
        self.future.clear();
        if self.past.len() > STEPS {
            self.past.remove(0);
        }
    }

    fn present(&self, label: String) -> UndoStep {
        UndoStep {
            label,
            document: self.document.clone(),
            assumptions: self.assumptions.clone(),
            fixes: self.fixes.clone(),
        }
    }

    pub(crate) fn undo(&mut self) {
        if let Some(step) = self.past.pop() {
            let after = self.present(step.label.clone());
            self.future.push(after);
            self.go_back_to(step);
        }
    }

    pub(crate) fn redo(&mut self) {
        if let Some(step) = self.future.pop() {
            let before = self.present(step.label.clone());
            self.past.push(before);
            self.go_back_to(step);
        }
    }

    fn go_back_to(&mut self, step: UndoStep) {
        let UndoStep { label: _, document, assumptions, fixes } = step;
        self.fixes = fixes;
        let same = match (&self.document.inventory, &document.inventory) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        if same {
            self.document = document;
            if assumptions == self.assumptions {
                self.refix();
            } else {
                self.reassume(assumptions);
            }
        } else {
            self.assumptions = assumptions;
            self.stand_on(document);
        }
    }

    /// Puts something else in place of what is open, and looks at its files from now on.
    pub(crate) fn put_ground(&mut self, document: OpenDocument) {
        self.document = document;
        self.keep();
    }

    /// Puts something else in place of what is open, and works its answers out.
    pub(crate) fn stand_on(&mut self, document: OpenDocument) {
        self.jobs.cancel(JobKind::Analysis);
        self.jobs.cancel(JobKind::Filter);
        self.jobs.cancel_what_follows();
        let lists = std::mem::take(&mut self.lists);
        drop_in_background((self.answers.take(), self.judged.take(), self.map.take(), lists));
        self.found = <[crate::app::model::search::Found; 2]>::default();
        self.found_paths = None;
        self.picked = PickedEnds::default();
        self.selection = None;
        self.route = None;
        self.fixing = crate::app::model::what_if::Fixing::default();
        self.session.filters = crate::app::model::filters::Filters::default();
        self.session.problem_text.clear();
        self.session.rejected_only = false;
        self.session.focused = false;
        self.put_ground(document);
        if let Some(inventory) = self.document.inventory.clone() {
            self.jobs.analyse(inventory, self.assumptions.clone());
        }
    }
}
