//! The answers that a report is made of.

use crate::analysis::{Answers, Assessment};
use crate::graph::AccessGraph;

/// The answers that a report is made of.
#[derive(Clone, Copy)]
pub struct Answered<'a> {
    /// All but what lies between entry points and crown jewels.
    pub answers: &'a Answers,
    /// What lies between entry points and crown jewels.
    pub assessment: &'a Assessment,
    /// Whether evidence and problems are given whole.
    pub full: bool,
}

impl<'a> Answered<'a> {
    /// The graph that the answers are about.
    pub(super) fn graph(&self) -> &'a AccessGraph {
        &self.answers.graph
    }
}
