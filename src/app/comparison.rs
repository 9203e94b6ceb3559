//! A newer export beside what is open: what would change if it took the old one's place.

use std::sync::Arc;

use super::answers::Answers;
use super::jobs::Opening;
use crate::analysis::{Side, difference};
use crate::export::{AnsweredDifference, DifferenceSection, difference_sections};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{Inventory, Progress};

/// A newer export, and where it was read from.
#[derive(Clone, Debug)]
pub(super) struct Newer {
    pub(super) inventory: Arc<Inventory>,
    pub(super) opening: Opening,
}

/// The newer export with its answers, and what differs from the one that is open.
#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) newer: Newer,
    pub(super) answers: Arc<Answers>,
    /// Every sort of difference in words, also those of which there is none.
    pub(super) sections: Vec<DifferenceSection>,
    /// Whether paths were compared by the number of reached instances alone.
    pub(super) by_count_alone: bool,
}

impl Comparison {
    /// Judges the newer export under the assumptions of the one that is open, and compares; `None`
    /// when cancelled.
    pub(super) fn of(old: &Answers, newer: Newer, progress: &Progress) -> Option<Self> {
        let assumptions = old.graph.assumptions();
        let answers = Answers::compute(newer.inventory.clone(), assumptions, progress)?;
        let sides = (
            Side { graph: &old.graph, reach: &old.reach },
            Side { graph: &answers.graph, reach: &answers.reach },
        );
        let found = difference(sides.0, sides.1, progress)?;
        let answered =
            AnsweredDifference { old: &old.graph, new: &answers.graph, difference: &found };
        let sections = difference_sections(&answered);
        let by_count_alone = found.by_count_alone;
        Some(Self { newer, answers: Arc::new(answers), sections, by_count_alone })
    }

    /// Whether nothing differs.
    pub(super) fn is_same(&self) -> bool {
        self.sections.iter().all(|section| section.total == 0)
    }
}

/// Whether an inventory is a newer export of what is open: every table of it has the header of one
/// that is open, and at least every third of the open credentials goes by a name that is in it.
pub(super) fn same_source(open: &AccessGraph, newer: &Inventory) -> bool {
    let sources = &open.inventory().sources;
    let known = |header: &Vec<String>| sources.iter().any(|source| source.header == *header);
    if newer.sources.is_empty() || !newer.sources.iter().all(|source| known(&source.header)) {
        return false;
    }
    let found = |at: &CredentialIndex| newer.names.find(open.credential_name(*at)).is_some();
    let shared = open.credential_indices().filter(found).count();
    shared > 0 && shared * 3 >= open.credentials().len()
}
