//! The answers that a report is made of.

use crate::analysis::{Answers, Assessment};
use crate::export::finding_work::FindingWork;
use crate::graph::AccessGraph;
use crate::project::Workshop;

/// The answers that a report is made of.
#[derive(Clone, Copy)]
pub struct Answered<'a> {
    /// All but what lies between entry points and crown jewels.
    pub answers: &'a Answers,
    /// What lies between entry points and crown jewels.
    pub assessment: &'a Assessment,
    /// Whether evidence and problems are given whole.
    pub full: bool,
    /// What the project knows of its findings, where it is one.
    pub work: Option<FindingWork<'a>>,
    /// What workshops brought to the project, disputes among it.
    pub workshop: Option<&'a Workshop>,
}

impl<'a> Answered<'a> {
    /// The sentence at the top.
    pub(super) fn headline(&self) -> String {
        match &self.work {
            Some(work) => work.standings.headline(self.answers),
            None => self.answers.headline.sentence(),
        }
    }

    /// The graph that the answers are about.
    pub(super) fn graph(&self) -> &'a AccessGraph {
        &self.answers.graph
    }
}
