//! A hop with the rows behind it, as differences and paths show it.

use serde_json::{Value, json};

use crate::analysis::Step;
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::Place;

/// A row by which a hop's credential is held, and one by which it opens what it opens: rows that state
/// it, where some do.
pub(super) fn rows_of(graph: &AccessGraph, step: &Step) -> Vec<Place> {
    let (held, opened) = graph.places_of_hop(step.from, step.edge);
    let mut rows: Vec<Place> = held.into_iter().chain(opened).collect();
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
