//! The shortest paths between two things as a document.

use super::basis::basis;
use super::names::rows;
use crate::analysis::{
    Path, PathFrom, Step, Subject, dead_by_id_alone, dead_by_id_words, missing_ends_advice,
    stated_hops,
};
use crate::export::document::{Document, Item, Line};
use crate::export::hops::{assumed_mark, rows_of};
use crate::export::paths::{AnsweredPaths, AskedEnds};
use crate::graph::AccessGraph;
use crate::inventory::counted;

/// Paths between instances, each hop by hop with the rows behind it, and what they rest on.
pub fn route_document(graph: &AccessGraph, paths: &[Path]) -> Document {
    let mut document = Document::default();
    for path in paths {
        let Path { from, to, hops } = path.clone();
        let path = PathFrom { from: Subject::Instance(from), to, hops };
        document.sentence(path_words(graph, &path));
        document.list(hop_items(graph, &path.hops));
    }
    basis(graph, &mut document);
    document
}

/// Paths hop by hop with the rows behind them.
pub fn paths_document(answered: &AnsweredPaths<'_>) -> Document {
    let AnsweredPaths { graph, ends, paths, .. } = *answered;
    let mut document = Document::default();
    basis(graph, &mut document);
    let missing = answered.missing_ends();
    if !missing.is_empty() {
        document.sentence(missing_ends_advice(&missing));
        return document;
    }
    for &at in ends.starts.credentials.iter().filter(|at| !graph.credential(**at).is_live()) {
        document.sentence(format!("{} is dead and grants nothing", graph.credential_name(at)));
    }
    let from = ends.starts.instances.iter().copied();
    let doubted = dead_by_id_alone(graph, &ends.starts.credentials, from);
    if let Some(words) = dead_by_id_words(graph, &doubted) {
        document.sentence(words);
    }
    document.sentence(found(answered));
    for (number, path) in (1..).zip(paths) {
        document.sentence("");
        document.list([path_item(graph, number, path)]);
    }
    document
}

fn found(answered: &AnsweredPaths<'_>) -> String {
    let between = format!("from {} to {}", from_words(answered), to_words(answered));
    let stated = if answered.stated_only { ", with stated access alone" } else { "" };
    match (answered.paths.len(), answered.more) {
        (0, _) => format!("No path leads {between}{stated}"),
        (1, false) => format!("The only path {between}{stated}"),
        (count, false) => format!("All {count} paths {between}{stated}"),
        (1, true) => format!("The shortest path {between}{stated}; there are more"),
        (count, true) => format!("The {count} shortest paths {between}{stated}; there are more"),
    }
}

fn path_item(graph: &AccessGraph, number: usize, path: &PathFrom) -> Item {
    let line = format!("{number}. {}", path_words(graph, path));
    Item::with(line, hop_items(graph, &path.hops))
}

/// From where to where a path leads, and over how many hops.
fn path_words(graph: &AccessGraph, path: &PathFrom) -> String {
    let hops = counted(path.hops.len(), "hop", "hops");
    let mark = assumed_mark(path.is_stated(graph));
    let (from, to) = (path.from.name(graph), graph.instance_name(path.to));
    format!("{from} to {to}, {hops}{mark}")
}

fn hop_items(graph: &AccessGraph, hops: &[Step]) -> Vec<Item> {
    let hop = |(hop, stated): (&Step, bool)| {
        let (name, to) = (graph.credential_name(hop.credential), graph.instance_name(hop.to));
        let line = Line::from(format!("with {name} into {to}  ("));
        let line = line.rows(rows(graph, rows_of(graph, hop))).text(")");
        Item::from(line.text(assumed_mark(stated)))
    };
    hops.iter().zip(stated_hops(graph, hops)).map(hop).collect()
}

fn from_words(answered: &AnsweredPaths<'_>) -> String {
    let AskedEnds { starts, all_entry_points, .. } = answered.ends;
    if all_entry_points {
        return counted(starts.instances.len(), "entry point", "entry points");
    }
    let graph = answered.graph;
    let instances = starts.instances.iter().map(|&at| graph.instance_name(at));
    let credentials = starts.credentials.iter().map(|&at| graph.credential_name(at).to_owned());
    instances.chain(credentials).collect::<Vec<_>>().join(" or ")
}

fn to_words(answered: &AnsweredPaths<'_>) -> String {
    let AskedEnds { to, all_crown_jewels, .. } = answered.ends;
    if all_crown_jewels {
        return counted(to.len(), "crown jewel", "crown jewels");
    }
    let names = to.iter().map(|&at| answered.graph.instance_name(at));
    names.collect::<Vec<_>>().join(" or ")
}
