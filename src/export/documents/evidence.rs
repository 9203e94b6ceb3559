//! The rows behind a finding, with what they say.

use std::collections::BTreeSet;

use super::names::rows;
use crate::analysis::Subject;
use crate::export::document::{Item, Line};
use crate::export::row_text::{row_line, row_text};
use crate::graph::AccessGraph;
use crate::inventory::{Place, counted};

/// How many rows of a finding are listed, and how many characters of each.
const MOST_ROWS: usize = 3;
const MOST_LETTERS: usize = 400;

/// The first rows behind a finding: where each stands, and what it says under the headings of its file;
/// then how many more there are. A secret value is not among it, because none is kept.
pub(super) fn evidence(graph: &AccessGraph, subject: Subject, places: &[Place]) -> Vec<Item> {
    let known: BTreeSet<Place> = places.iter().copied().collect();
    let of_subject = match subject {
        Subject::Credential(at) => graph.rows_of(at),
        Subject::Instance(at) => graph.rows_of_instance(at),
    };
    let found = of_subject.iter().filter_map(|&row| {
        let place = graph.place_of(row).filter(|place| known.contains(place))?;
        Some((place, short(&row_line(&row_text(graph, row)))))
    });
    let see = |place: Place| Line::from("see ").rows(rows(graph, [place]));
    let mut items: Vec<Item> = found
        .take(MOST_ROWS)
        .map(|(place, words)| Item::from(see(place).text(format!(": {words}"))))
        .collect();
    if items.is_empty() {
        items.extend(places.first().map(|&place| Item::from(see(place))));
    }
    let more = places.len().saturating_sub(items.len());
    if more > 0 {
        items.push(Item::from(format!("and {}", counted(more, "more row", "more rows"))));
    }
    items
}

fn short(text: &str) -> String {
    let first: String = text.chars().take(MOST_LETTERS).collect();
    if first.len() < text.len() { format!("{first}…") } else { first }
}
