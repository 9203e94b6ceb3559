//! What undo brings back: what is open, what is assumed, and the list of fixes.

use std::path::PathBuf;
use std::sync::Arc;

use super::Model;
use crate::app::jobs::{JobKind, Opening, let_go};
use crate::app::judging::PickedEnds;
use crate::inventory::{Assumptions, Inventory};
use crate::project::Fixes;

/// How many steps can be taken back.
const STEPS: usize = 50;

/// What is open.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Ground {
    /// The names of the files.
    pub(in crate::app) files: Vec<String>,
    pub(in crate::app) inventory: Option<Arc<Inventory>>,
    /// Where it can be read from again; not what was pasted.
    pub(in crate::app) opened: Option<Opening>,
}

/// One step that can be taken back: its name, and how it was before, or after.
#[derive(Debug)]
pub(super) struct Gesture {
    /// As it reads after "Undo".
    pub(super) label: String,
    ground: Ground,
    assumptions: Assumptions,
    fixes: Fixes,
}

impl Ground {
    /// The files that can be read anew; standard input cannot.
    pub(in crate::app) fn paths(&self) -> Vec<PathBuf> {
        let Some(Opening::Files(paths)) = &self.opened else { return Vec::new() };
        paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect()
    }
}

impl Model {
    /// Remembers how things are, before they change.
    pub(super) fn note_step(&mut self, label: String) {
        let step = self.present(label);
        self.past.push(step);
        self.future.clear();
        if self.past.len() > STEPS {
            self.past.remove(0);
        }
    }

    fn present(&self, label: String) -> Gesture {
        Gesture {
            label,
            ground: self.ground.clone(),
            assumptions: self.assumptions.clone(),
            fixes: self.fixes.clone(),
        }
    }

    pub(super) fn undo(&mut self) {
        if let Some(step) = self.past.pop() {
            let after = self.present(step.label.clone());
            self.future.push(after);
            self.go_back_to(step);
        }
    }

    pub(super) fn redo(&mut self) {
        if let Some(step) = self.future.pop() {
            let before = self.present(step.label.clone());
            self.past.push(before);
            self.go_back_to(step);
        }
    }

    fn go_back_to(&mut self, step: Gesture) {
        let Gesture { label: _, ground, assumptions, fixes } = step;
        self.fixes = fixes;
        let same = match (&self.ground.inventory, &ground.inventory) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        if same {
            self.ground = ground;
            if assumptions == self.assumptions {
                self.refix();
            } else {
                self.reassume(assumptions);
            }
        } else {
            self.assumptions = assumptions;
            self.stand_on(ground);
        }
    }

    /// Puts something else in place of what is open, and looks at its files from now on.
    pub(super) fn put_ground(&mut self, ground: Ground) {
        self.ground = ground;
        self.keep();
    }

    /// Puts something else in place of what is open, and works its answers out.
    pub(super) fn stand_on(&mut self, ground: Ground) {
        self.jobs.cancel(JobKind::Analysis);
        self.jobs.cancel(JobKind::Filter);
        self.jobs.cancel_what_follows();
        let lists = std::mem::take(&mut self.lists);
        let_go((self.answers.take(), self.judged.take(), self.map.take(), lists));
        self.found = <[super::Found; 2]>::default();
        self.found_paths = None;
        self.picked = PickedEnds::default();
        self.selection = None;
        self.route = None;
        self.fixing = super::Fixing::default();
        self.session.filters = super::Filters::default();
        self.session.problem_text.clear();
        self.session.rejected_only = false;
        self.session.focused = false;
        self.put_ground(ground);
        if let Some(inventory) = self.ground.inventory.clone() {
            self.jobs.analyse(inventory, self.assumptions.clone());
        }
    }
}
