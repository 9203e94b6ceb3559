//! The service instances as a table, by service and environment.

use std::io;

use super::cell::{Cell, TakeRow, owners};
use crate::analysis::{Answers, Severity, Subject};
use crate::graph::InstanceIndex;

pub(super) const COLUMNS: [&str; 17] = [
    "service",
    "environment",
    "tier",
    "type",
    "owners",
    "entry_point",
    "crown_jewel",
    "already_fallen",
    "holds",
    "holds_dead",
    "granted_by",
    "granted_by_dead",
    "reach",
    "reach_stated",
    "reached_by",
    "reached_by_stated",
    "severity",
];

/// Gives a row for each service instance, or for those that are wanted.
pub(super) fn rows(
    answers: &Answers,
    only: Option<&[InstanceIndex]>,
    take: &mut TakeRow<'_>,
) -> io::Result<()> {
    match only {
        Some(only) => only.iter().try_for_each(|&at| take(&row(answers, at))),
        None => answers.graph.instance_indices().try_for_each(|at| take(&row(answers, at))),
    }
}

fn row(answers: &Answers, at: InstanceIndex) -> [Cell<'_>; COLUMNS.len()] {
    let graph = &answers.graph;
    let (instance, subject) = (graph.instance(at), Subject::Instance(at));
    let environment = graph.environment_of(at);
    let (reach, (reached_by, reached_by_stated)) =
        (answers.reach_of(subject), answers.reached_by.of(at));
    let ends = &answers.ends;
    [
        graph.service_name(at).into(),
        environment.label.as_str().into(),
        environment.tier.map(|tier| u64::from(tier.0)).into(),
        instance.kind.map(|kind| graph.inventory().text(kind)).into(),
        owners(graph, graph.owners_of_instance(at)),
        ends.entry_points.binary_search(&at).is_ok().into(),
        ends.crown_jewels.binary_search(&at).is_ok().into(),
        ends.already_fallen.binary_search(&at).is_ok().into(),
        graph.holds(at).len().into(),
        graph.dead_among(graph.holds(at)).into(),
        graph.granted_by(at).len().into(),
        graph.dead_among(graph.granted_by(at)).into(),
        reach.into(),
        answers.fewer_stated_of(subject).unwrap_or(reach).into(),
        reached_by.into(),
        reached_by_stated.into(),
        answers.severity(subject).map(Severity::word).into(),
    ]
}
