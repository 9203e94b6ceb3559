//! What the answers rest on, at the top of every document.

use crate::analysis::{Unmatched, environments_from_names, unmatched};
use crate::export::assumed::unmatched_lines;
use crate::export::document::{Document, Item};
use crate::graph::AccessGraph;

/// Adds what answers about a graph rest on.
pub(crate) fn basis(graph: &AccessGraph, document: &mut Document) {
    basis_with(graph, &unmatched(graph), document);
}

/// The same with other names of the policy that are not known.
pub(crate) fn basis_with(graph: &AccessGraph, unmatched: &[Unmatched], document: &mut Document) {
    let assumptions = graph.assumptions();
    document.sentence(format!("Assumed: {}", assumed_words(graph)));
    document.list(assumptions.changed_beside_access().into_iter().map(Item::from));
    document.list(unmatched_lines(unmatched).into_iter().map(Item::from));
}

/// What is assumed of a graph, in words.
pub(super) fn assumed_words(graph: &AccessGraph) -> String {
    let assumptions = graph.assumptions();
    format!(
        "{}, pivot needs {}, {}{}, as of {}",
        assumptions.unstated_access_words(),
        assumptions.pivot_word(),
        assumptions.ids_across_sources_words(),
        environments_from_names(graph).map_or_else(String::new, |words| format!(", {words}")),
        assumptions.as_of
    )
}
