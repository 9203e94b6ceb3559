//! A graph of kinds that nobody here knows, as a table from which a column mapping can be made: a row for each
//! edge, with a column for each kind of nodes. Nothing in it is taken for a credential until a mapping says
//! which kind is one.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

use super::edges::{NO_EDGE, WrittenEdge, named};
use super::ends::Ends;
use super::node::Node;
use crate::import::container::json::rows::{RowReader, offset};
use crate::import::container::json::scan::Scan;

/// The first column of such a table, which says of which kind an edge is.
pub(crate) const EDGE: &str = "opengraph edge";

/// How the note begins that names the kinds.
pub(crate) const NO_KNOWN_KIND: &str = "no kind of nodes is known as one of credentials";

/// What stands at one place of the file.
enum Entry {
    /// What cannot be read, and why.
    Broken(Cow<'static, str>),
    /// An edge of a kind between two nodes.
    Edge(String, [usize; 2]),
    /// A node without edges.
    Alone(usize),
}

/// Reads edges, and the nodes that have none. A node stands in the column that is called after its first kind,
/// under its name, or under its id where another node of the kind has the same name; its properties stand
/// behind it. `broken` are nodes that are none. Costs time in proportion to nodes and edges.
pub(super) fn read<'a>(
    nodes: &[Node<'a>],
    (written, broken): (&[&'a RawValue], Vec<(usize, Cow<'static, str>)>),
    scan: Scan<'a>,
    reader: &mut RowReader<'a>,
) {
    let (mut ends, mut linked) = (Ends::new(nodes), vec![false; nodes.len()]);
    let (mut node_kinds, mut edge_kinds) = (BTreeMap::new(), BTreeMap::new());
    let broken = broken.into_iter().map(|(at, why)| (at, Entry::Broken(why)));
    let mut entries: Vec<(usize, Entry)> = broken.collect();
    for raw in written {
        let entry = match serde_json::from_str::<WrittenEdge<'a>>(raw.get()) {
            Err(_) => Entry::Broken(Cow::Borrowed(NO_EDGE)),
            Ok(edge) => {
                *edge_kinds.entry(edge.kind.to_string()).or_insert(0_usize) += 1;
                edge_between(&edge, nodes, &mut ends)
            }
        };
        if let Entry::Edge(_, both) = &entry {
            for place in both {
                if let Some(slot) = linked.get_mut(*place) {
                    *slot = true;
                }
            }
        }
        entries.push((offset(scan.text, raw.get()), entry));
    }
    for (at, node) in nodes.iter().enumerate() {
        *node_kinds.entry(node.kind().to_owned()).or_insert(0_usize) += 1;
        if linked.get(at) == Some(&false) {
            entries.push((node.at, Entry::Alone(at)));
        }
    }
    entries.sort_by_key(|(at, _)| *at);
    let names = names(nodes);
    for (at, entry) in entries {
        match entry {
            Entry::Broken(why) => reader.breaks(at, why),
            Entry::Edge(kind, both) => {
                reader.start_row(at);
                reader.cell(EDGE, &kind);
                for place in both {
                    add(nodes, &names, place, reader);
                }
            }
            Entry::Alone(place) => {
                reader.start_row(at);
                reader.cell(EDGE, "");
                add(nodes, &names, place, reader);
            }
        }
    }
    reader.notes.push(format!(
        "{NO_KNOWN_KIND}; kinds of nodes: {}; of edges: {}; each kind of nodes is a column",
        named(&node_kinds),
        named(&edge_kinds)
    ));
}

fn edge_between(edge: &WrittenEdge<'_>, nodes: &[Node<'_>], ends: &mut Ends) -> Entry {
    let mut find = |which: &str, end| {
        ends.find(nodes, end).map_err(|why| {
            let (kind, why) = (&edge.kind, why.words());
            Entry::Broken(Cow::Owned(format!("the {which} of the edge {kind} is not found: {why}")))
        })
    };
    match (find("start", &edge.start), find("end", &edge.end)) {
        (Ok(start), Ok(end)) => Entry::Edge(edge.kind.to_string(), [start, end]),
        (Err(broken), _) | (_, Err(broken)) => broken,
    }
}

/// What each node is called in its column.
fn names(nodes: &[Node<'_>]) -> Vec<String> {
    let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
    for node in nodes {
        let name = (node.kind(), node.name());
        if !seen.insert(name.clone()) {
            repeated.insert(name);
        }
    }
    let name = |node: &Node<'_>| {
        let is_repeated = repeated.contains(&(node.kind(), node.name()));
        if is_repeated { node.id.clone() } else { node.name() }
    };
    nodes.iter().map(name).collect()
}

/// Adds the cells of a node to the row.
fn add<'a>(nodes: &[Node<'a>], names: &[String], place: usize, reader: &mut RowReader<'a>) {
    let (Some(node), Some(name)) = (nodes.get(place), names.get(place)) else { return };
    let kind = node.kind();
    reader.cell(kind, name);
    for (property, value) in node.properties() {
        reader.value(value, &mut format!("{kind}.{property}"), 1);
    }
}
