//! Which entry points reach each crown jewel, and how, as part of the report's document.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::{Answers, Movements, ReachedFrom, reached_from};
use crate::export::document::{Document, Item, Line, more};
use crate::export::hops::assumed_mark;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::counted;

/// How many entry points, and how many last credentials, are named for each crown jewel.
const FEW: usize = 5;

/// Adds the crown jewels, those that most entry points reach first: how many do, and for the first `most`
/// which, over how many hops and with which last credentials.
///
/// Costs time in proportion to the edges for each of the first `most`.
pub(super) fn jewels_reached(answers: &Answers, most: usize, document: &mut Document) {
    let graph = &answers.graph;
    let mut jewels = answers.ends.crown_jewels.clone();
    if jewels.is_empty() || answers.ends.entry_points.is_empty() {
        return;
    }
    jewels.sort_by_key(|&at| Reverse(answers.reached_by.of(at).0));
    let whole = answers.ends.entry_points.len();
    document.heading(format!("Entry points (of {whole}) that reach each crown jewel"));
    let row = |&at: &InstanceIndex| {
        let (all, stated) = answers.reached_by.of(at);
        let name = graph.instance_name(at);
        let figure = Line::default().figure(all.into(), "entry points");
        vec![figure, format!("{name}, {stated} with stated access alone").into()]
    };
    document.table(&[true, false], jewels.iter().take(most).map(row));
    document.first_of(jewels.len().saturating_sub(most), []);
    let reached = jewels.iter().take(most).filter(|at| answers.reached_by.of(**at).0 > 0);
    let reached: Vec<InstanceIndex> = reached.copied().collect();
    if reached.is_empty() {
        return;
    }
    document.heading("How each crown jewel is reached, from the nearest entry points");
    let movements = Movements::new(graph);
    let from = reached_from(movements.both(), &answers.ends.entry_points, &reached);
    document.list(reached.iter().zip(&from).map(|(&to, from)| jewel_item(graph, to, from)));
}

/// A crown jewel with the credentials by which it is entered, and the nearest entry points.
fn jewel_item(graph: &AccessGraph, to: InstanceIndex, from: &[ReachedFrom]) -> Item {
    let mut by_last: BTreeMap<CredentialIndex, (usize, usize)> = BTreeMap::new();
    for from in from {
        let counts = by_last.entry(from.through).or_default();
        counts.0 += 1;
        counts.1 += usize::from(from.is_stated());
    }
    let mut by_last: Vec<(CredentialIndex, (usize, usize))> = by_last.into_iter().collect();
    by_last.sort_by_key(|(_, (all, _))| Reverse(*all));
    let last = |&(at, (all, stated)): &(CredentialIndex, (usize, usize))| {
        let points = counted(all, "entry point", "entry points");
        let stated = match stated {
            0 => ", assumed".to_owned(),
            same if same == all => String::new(),
            some => format!(", {some} with stated access alone"),
        };
        format!("{} ({points}{stated})", graph.credential_name(at))
    };
    let mut named: Vec<String> = by_last.iter().take(FEW).map(last).collect();
    if by_last.len() > FEW {
        named.push(format!("{} more", by_last.len() - FEW));
    }
    let mut below = vec![Item::from(format!("last credentials: {}", named.join(", ")))];
    below.extend(from.iter().take(FEW).map(|from| from_item(graph, from)));
    below.extend(more(from.len(), FEW.min(from.len())));
    Item::with(graph.instance_name(to), below)
}

fn from_item(graph: &AccessGraph, from: &ReachedFrom) -> Item {
    let hops = counted(from.hops as usize, "hop", "hops");
    let name = graph.instance_name(from.entry_point);
    let through = graph.credential_name(from.through);
    let stated = from.hops_stated.filter(|&stated| stated != from.hops);
    let stated = stated.map(|hops| format!(", {hops} with stated access alone"));
    let (stated, mark) = (stated.unwrap_or_default(), assumed_mark(from.is_stated()));
    Item::from(format!("from {name}: {hops}, the last with {through}{stated}{mark}"))
}
