//! The answers that a report is made of.

use crate::analysis::{Assessment, Finding, Headline, ReachOfAll, Sharing, Totals};
use crate::graph::AccessGraph;

/// The answers that a report is made of.
#[derive(Clone, Copy)]
pub struct Answered<'a> {
    /// The graph.
    pub graph: &'a AccessGraph,
    /// Sharing, for each credential.
    pub sharing: &'a [Sharing],
    /// How far each credential and instance reaches.
    pub reach: &'a ReachOfAll,
    /// The findings, the worst first.
    pub findings: &'a [Finding],
    /// The counts.
    pub totals: &'a Totals,
    /// The sentence at the top.
    pub headline: &'a Headline,
    /// What lies between entry points and crown jewels.
    pub judgement: &'a Assessment,
    /// Whether evidence and problems are given whole.
    pub full: bool,
}
