//! How documents name rows and paths.

use crate::analysis::{Path, stated_hops};
use crate::export::document::{Line, RowReference};
use crate::export::hops::assumed_mark;
use crate::graph::AccessGraph;
use crate::inventory::Place;

/// A name behind the word that says what it is; pseudonyms begin with that word already.
pub(crate) fn with_word(word: &str, name: &str) -> String {
    let begins = name.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
    if begins { name.to_owned() } else { format!("{word} {name}") }
}

/// Rows of the inventory, to be followed back to their files.
pub(crate) fn rows(
    graph: &AccessGraph,
    places: impl IntoIterator<Item = Place>,
) -> Vec<RowReference> {
    let row = |place| RowReference { place, text: graph.inventory().place_text(place) };
    places.into_iter().map(row).collect()
}

/// A path in one line: instances and the credentials between them; what rests on assumption says so.
pub(crate) fn path_line(graph: &AccessGraph, path: &Path) -> Line {
    let mut words = graph.instance_name(path.from);
    for (hop, stated) in path.hops.iter().zip(stated_hops(graph, &path.hops)) {
        words.push_str(" → ");
        words.push_str(graph.credential_name(hop.credential));
        words.push_str(if stated { " → " } else { " (assumed) → " });
        words.push_str(&graph.instance_name(hop.to));
    }
    words.push_str(assumed_mark(path.is_stated(graph)));
    Line::from(words)
}
