//! A graph of nodes and edges as BloodHound takes it (OpenGraph), and as its collectors write it: nodes whose
//! kind names a secret are credentials, edges say who holds them and what they open.
//!
//! Kinds have a namespace before a low line and a name behind it: `GH_OrgSecret`, `GH_HasSecret`. The name
//! says what is meant, so that the kinds of collectors that nobody here has seen are read too. Of a node's
//! properties only those are read that are listed here, and those by which an edge finds it; never the value
//! of a secret. Files that Keyreach itself wrote come back with what it knew (`own_rows`).

mod row;
mod node;
mod ends;
mod own_edge;
mod edges;
mod own_rows;
mod by_kind;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

pub(crate) use self::by_kind::{EDGE, NO_KNOWN_KIND};
use self::edges::{Edges, Links};
use self::node::Node;
use self::own_rows::{credential_rows, is_own_credential, is_own_service, service_row};
use self::row::Row;
use crate::import::container::json::rows::{JsonRows, RowReader, offset};
use crate::import::container::json::scan::Scan;
use crate::import::container::json::start::members;
use crate::import::container::json::text::Members;
use crate::import::secrets::secret_detection::secrets;
use crate::import::vocabulary::synonyms::Synonyms;

const NO_NODE: &str = "this is no node with an id and kinds, as OpenGraph has them";

/// The rows of a graph; `None` where the text is none. One without a kind that is known as a credential's is
/// a table of edges, for a column mapping (`by_kind`).
pub(crate) fn read(scan: Scan<'_>, synonyms: &Synonyms, first: usize) -> Option<JsonRows> {
    let (outer, _) = members(scan, first)?;
    let graph = member(&outer, "graph")?;
    let (inner, _) = members(scan, offset(scan.text, graph))?;
    let (nodes, edges) = (member(&inner, "nodes")?, member(&inner, "edges")?);
    let written: Vec<&RawValue> = serde_json::from_str(nodes).ok()?;
    let written_edges: Vec<&RawValue> = serde_json::from_str(edges).ok()?;
    let (mut nodes, mut broken) = (Vec::new(), Vec::new());
    for raw in written {
        match Node::new(scan, raw) {
            Some(node) => nodes.push(node),
            None => broken.push((offset(scan.text, raw.get()), Cow::Borrowed(NO_NODE))),
        }
    }
    let credentials = nodes.iter().filter(|node| node.is_credential()).count();
    if nodes.is_empty() {
        return None;
    }
    let mut reader = RowReader::new(scan, synonyms);
    if credentials == 0 {
        by_kind::read(&nodes, (&written_edges, broken), scan, &mut reader);
        return Some(reader.finish());
    }
    let edges = Edges::read(&nodes, &written_edges, scan);
    broken.extend(edges.rejected.iter().cloned());
    broken.sort();
    let mut broken = broken.into_iter().peekable();
    for row in rows(&nodes, &edges) {
        while let Some((at, why)) = broken.next_if(|(at, _)| *at < row.at) {
            reader.breaks(at, why);
        }
        reader.start_row(row.at);
        row.cells.iter().for_each(|(column, text)| reader.cell(column, text));
    }
    broken.for_each(|(at, why)| reader.breaks(at, why));
    reader.notes.push(format!("{credentials} of {} nodes are credentials", nodes.len()));
    reader.notes.push(edges.note(written_edges.len()));
    Some(reader.finish())
}

fn member<'a>(members: &Members<'a>, wanted: &str) -> Option<&'a str> {
    members.0.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value)
}

/// The rows in the order of the file: one for each link, and one for each credential without any.
fn rows(nodes: &[Node<'_>], edges: &Edges<'_, '_>) -> Vec<Row> {
    let names = credential_names(nodes, &edges.links);
    let mut rows = Vec::new();
    for node in nodes.iter().filter(|node| node.is_credential()) {
        let name = names.get(node.id.as_str()).cloned().unwrap_or_else(|| node.id.clone());
        let user = edges.users.get(node.id.as_str());
        let links = edges.links.get(node.id.as_str()).map_or(&[][..], Vec::as_slice);
        if is_own_credential(node) {
            rows.extend(credential_rows(node, (name, user), links));
            continue;
        }
        let cells = node.credential_cells(name, user);
        if links.is_empty() {
            rows.push(Row { at: node.at, cells });
            continue;
        }
        rows.extend(links.iter().map(|link| link.row(&cells, None)));
    }
    rows.extend(nodes.iter().filter(|node| is_own_service(node)).map(service_row));
    rows.sort_by_key(|row| row.at);
    rows
}

/// The name of each credential by its id: its own, with that of its first holder where several have it,
/// and the id where that is not enough.
fn credential_names<'n>(nodes: &'n [Node<'_>], links: &Links<'_, '_>) -> BTreeMap<&'n str, String> {
    let credentials = nodes.iter().filter(|node| node.is_credential());
    let mut names: BTreeMap<&str, String> =
        credentials.map(|node| (node.id.as_str(), node.name())).collect();
    let repeated = repeated_of(&names);
    for (id, name) in names.iter_mut().filter(|(_, name)| repeated.contains(*name)) {
        let holder = links.get(id).and_then(|links| links.first());
        if let Some(link) = holder {
            *name = with_holder(name, &link.other.name());
        }
    }
    let repeated = repeated_of(&names);
    for (id, name) in names.iter_mut().filter(|(_, name)| repeated.contains(*name)) {
        name.clone_from(&String::from(*id));
    }
    names
}

/// The name of a credential with that of its holder. Two names can together look like a secret behind the
/// word that announces it, and would be masked; then the holder comes first.
fn with_holder(name: &str, holder: &str) -> String {
    let behind = format!("{name} ({holder})");
    let is_clean = |text: &str| secrets(text).is_empty();
    let looks_secret = is_clean(name) && is_clean(holder) && !is_clean(&behind);
    if looks_secret { format!("{holder}/{name}") } else { behind }
}

/// The names that several credentials have.
fn repeated_of(names: &BTreeMap<&str, String>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    names.values().filter(|name| !seen.insert(name.as_str())).cloned().collect()
}
