//! The plan as a table: a row for each step, in order.

use std::io;

use super::cell::{TakeRow, owners};
use crate::export::Answered;

pub(super) const COLUMNS: [&str; 11] = [
    "step",
    "credential",
    "fix",
    "cost",
    "connected_pairs_before",
    "connected_pairs_after",
    "connected_pairs_before_stated",
    "connected_pairs_after_stated",
    "accesses_lost",
    "assumed",
    "owners",
];

/// Gives the steps.
pub(super) fn rows(answered: &Answered<'_>, take: &mut TakeRow<'_>) -> io::Result<()> {
    let graph = answered.graph();
    for (number, step) in (1_usize..).zip(&answered.assessment.plan.steps) {
        take(&[
            number.into(),
            graph.credential_name(step.fix.credential).into(),
            step.fix.kind.word().into(),
            step.cost.into(),
            step.pairs.0.into(),
            step.pairs.1.into(),
            step.pairs_stated.0.into(),
            step.pairs_stated.1.into(),
            step.lost.into(),
            step.assumed().into(),
            owners(graph, graph.owners_of(step.fix.credential)),
        ])?;
    }
    Ok(())
}
