//! How reports name service instances, subjects and places.

use schemars::JsonSchema;
use serde::Serialize;

use super::Answered;
use crate::analysis::Subject;
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::Place;

#[derive(Serialize, JsonSchema)]
pub(super) struct ServiceName<'a> {
    pub(super) service: &'a str,
    pub(super) environment: &'a str,
}

impl<'a> ServiceName<'a> {
    /// How an instance is named.
    pub(super) fn of(graph: &'a AccessGraph, at: InstanceIndex) -> Self {
        let environment = graph.environment_of(at).label.as_str();
        Self { service: graph.service_name(at), environment }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct EvidenceEntry<'a> {
    file: &'a str,
    line: u32,
}

/// A subject under the key that its kind has.
pub(super) fn names(
    graph: &AccessGraph,
    subject: Subject,
) -> (Option<&str>, Option<ServiceName<'_>>) {
    match subject {
        Subject::Credential(at) => (Some(graph.credential_name(at)), None),
        Subject::Instance(at) => (None, Some(ServiceName::of(graph, at))),
    }
}

pub(super) fn place<'a>(answered: &Answered<'a>, place: Place) -> EvidenceEntry<'a> {
    place_in(answered.graph(), place)
}

/// A row of the inventory behind a graph.
pub(super) fn place_in(graph: &AccessGraph, place: Place) -> EvidenceEntry<'_> {
    let source = graph.inventory().sources.get(usize::from(place.source.0));
    EvidenceEntry { file: source.map_or("", |source| &source.name), line: place.line }
}
