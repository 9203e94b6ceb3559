//! Who reaches a chosen instance as a document.

use super::basis::basis;
use super::names::rows;
use crate::analysis::{HopBackwards, LastCredential, ReachedFrom, missing_ends_advice};
use crate::export::document::{Document, Item, Line};
use crate::export::hops::{assumed_mark, rows_of};
use crate::export::reached_by::AnsweredReachedBy;
use crate::graph::AccessGraph;
use crate::inventory::counted;

/// The entry points that reach an instance, the credentials with which they enter it, and the way
/// there hop by hop, from the instance backwards.
pub fn reached_by_document(answered: &AnsweredReachedBy<'_>) -> Document {
    let AnsweredReachedBy { graph, ends, reached_by } = *answered;
    let mut document = Document::default();
    basis(graph, &mut document);
    let missing = answered.missing_entry_points();
    if !missing.is_empty() {
        document.sentence(missing_ends_advice(&missing));
        return document;
    }
    let line = Line::from(format!("{} is reached by ", graph.instance_name(reached_by.to)));
    let line = line.figure(reached_by.entry_points.len() as u64, "entry points");
    let whole = ends.entry_points_beside_words(reached_by.to);
    let line = line.text(format!(" of {whole}"));
    let figures = (reached_by.entry_points.len(), reached_by.stated());
    document.sentence(line.stated_share(figures, "entry points"));
    if answered.is_entry_point() {
        document.sentence("It is itself an entry point, which is not counted here");
    }
    if reached_by.entry_points.is_empty() {
        return document;
    }
    document.heading("Last credentials: how many entry points come by each");
    document.table(
        &[true, false],
        reached_by.last_credentials.iter().map(|last| last_row(graph, last)),
    );
    document.heading("Entry points");
    document.list(reached_by.entry_points.iter().map(|from| from_item(graph, from)));
    document.heading("Hop by hop backwards");
    let levels = reached_by.backwards.chunk_by(|a, b| a.hops == b.hops);
    document.list(levels.map(|hops| {
        let away = counted(hops.first().map_or(0, |hop| hop.hops) as usize, "hop", "hops");
        let below = hops.iter().map(|hop| hop_item(graph, hop)).collect();
        Item::with(format!("{away} away"), below)
    }));
    document
}

fn last_row(graph: &AccessGraph, last: &LastCredential) -> Vec<Line> {
    let figure = Line::default().figure(last.entry_points.into(), "entry points");
    let name = graph.credential_name(last.credential);
    vec![figure, format!("{name}, {} with stated access alone", last.entry_points_stated).into()]
}

fn from_item(graph: &AccessGraph, from: &ReachedFrom) -> Item {
    let hops = counted(from.hops as usize, "hop", "hops");
    let name = graph.instance_name(from.entry_point);
    let through = graph.credential_name(from.through);
    let mark = assumed_mark(from.is_stated());
    let stated = from.hops_stated.filter(|&stated| stated != from.hops);
    let stated = stated.map(|hops| format!(", {hops} with stated access alone"));
    let stated = stated.unwrap_or_default();
    Item::from(format!("{hops}  {name}  through {through}{stated}{mark}"))
}

fn hop_item(graph: &AccessGraph, hop: &HopBackwards) -> Item {
    let step = &hop.step;
    let from = step.from.map(|from| graph.instance_name(from)).unwrap_or_default();
    let (name, to) = (graph.credential_name(step.credential), graph.instance_name(step.to));
    let line = Line::from(format!("{from} with {name} into {to}  ("));
    let line = line.rows(rows(graph, rows_of(graph, step)));
    Item::from(line.text(format!("){}", assumed_mark(hop.is_stated(graph)))))
}
