//! A hop with the rows behind it, as differences and paths show it.

use serde_json::{Value, json};

use crate::analysis::Step;
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::Place;

/// The first row by which a hop's credential is held, and the first by which it opens what it opens.
pub(super) fn rows_of(graph: &AccessGraph, step: &Step) -> Vec<Place> {
    let held = step.from.and_then(|from| {
        let mut held = graph.held_by(step.credential).iter().copied();
        held.find(|&edge| graph.edge(edge).instance == from)
    });
    let mut rows: Vec<Place> = held
        .into_iter()
        .chain([step.edge])
        .filter_map(|edge| graph.evidence(edge).next())
        .collect();
    rows.dedup();
    rows
}

/// A service instance as an entry of a document.
pub(super) fn site(graph: &AccessGraph, at: InstanceIndex) -> Value {
    json!({"service": graph.service_name(at), "environment": graph.environment_of(at).label})
}

/// A row as an entry of a document.
pub(super) fn place_entry(graph: &AccessGraph, place: Place) -> Value {
    let source = graph.inventory().sources.get(usize::from(place.source.0));
    json!({"file": source.map_or("", |source| source.name.as_str()), "line": place.line})
}

/// Marks what rests on assumption.
pub(crate) fn assumed_mark(is_stated: bool) -> &'static str {
    if is_stated { "" } else { "  (assumed)" }
}
