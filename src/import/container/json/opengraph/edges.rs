//! What each edge says: who holds a credential, what it opens, whose it is, or nothing of these.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::ends::{Ends, NoNode, WrittenEnd};
use super::node::{Node, name_of, names_credential};
use super::own_edge::{Basis, OwnEdge};
use super::row::Row;
use crate::import::container::json::rows::offset;
use crate::import::container::json::scan::Scan;

/// How many kinds that are not read are named.
const MOST_NAMED: usize = 8;

/// What the names of edges from a holder to its credential begin with.
const HOLDING: [&str; 5] = ["has", "hold", "contain", "store", "oncehel"];
/// What the names of edges from a credential to what it opens begin with.
const OPENING: [&str; 5] = ["can", "grant", "open", "authenticat", "oncegrant"];

pub(super) const NO_EDGE: &str = "this is no edge with a kind and two ends, as OpenGraph has them";

/// An edge as it is written.
#[derive(Deserialize)]
pub(super) struct WrittenEdge<'a> {
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) start: WrittenEnd<'a>,
    #[serde(borrow)]
    pub(super) end: WrittenEnd<'a>,
    #[serde(default, borrow)]
    properties: Option<BTreeMap<Cow<'a, str>, &'a RawValue>>,
}

/// What one edge says of a credential.
pub(super) struct Link<'n, 'a> {
    /// Where the edge stands.
    at: usize,
    /// Which way it leads: `holds` or `grants`.
    pub(super) access: &'static str,
    /// Whether the inventory from which Keyreach wrote the file does not state it.
    pub(super) is_assumed: bool,
    level: Option<String>,
    /// The holder, or what is opened.
    pub(super) other: &'n Node<'a>,
}

impl Link<'_, '_> {
    /// The row of the edge, with the cells of its credential. The service stands in a cell with its
    /// environment where `within` gives one; else what is assumed has no access.
    pub(super) fn row(&self, cells: &[(&'static str, String)], within: Option<String>) -> Row {
        let mut cells = cells.to_vec();
        let access = if self.is_assumed && within.is_none() { "" } else { self.access };
        self.other.service_cells(&mut cells);
        if let Some(name) = within {
            cells.retain(|(column, _)| !["service", "environment"].contains(column));
            cells.push(("service", name));
        }
        cells.push(("access", access.to_owned()));
        cells.extend(self.level.clone().map(|level| ("level", level)));
        Row { at: self.at, cells }
    }
}

/// What edges say of each credential, by its id.
pub(super) type Links<'n, 'a> = BTreeMap<&'n str, Vec<Link<'n, 'a>>>;

/// All that the edges say of the credentials. Each edge stands in one of the lists, or is counted in one of
/// the numbers.
pub(super) struct Edges<'n, 'a> {
    pub(super) links: Links<'n, 'a>,
    /// Whose a credential is, by its id.
    pub(super) users: BTreeMap<&'n str, String>,
    /// Edges that cannot be taken, and why.
    pub(super) rejected: Vec<(usize, Cow<'static, str>)>,
    /// Edges from a user to a credential of which another was named before.
    more_users: usize,
    /// Edges from what contains everything.
    from_whole: usize,
    /// Edges that say again what nodes say.
    repeated: usize,
    /// Edges between nodes of which none is a credential, or that say something else of one, by their kinds.
    other: BTreeMap<String, usize>,
    /// Edges with an end that is no node of the file, by their kinds.
    elsewhere: BTreeMap<String, usize>,
}

impl WrittenEdge<'_> {
    /// What the edge says of a credential. Of edges that Keyreach wrote, a property says whether the
    /// inventory stated it, and one how much a grant allows; else their kind does.
    fn link<'n, 'a>(&self, at: usize, access: &'static str, other: &'n Node<'a>) -> Link<'n, 'a> {
        let plain = Link { at, access, is_assumed: false, level: None, other };
        let Some(OwnEdge::Holds(basis) | OwnEdge::Opens(basis)) = OwnEdge::of(&self.kind) else {
            return plain;
        };
        let written = |name| self.properties.as_ref()?.get(name).copied();
        let is_stated = written("stated").and_then(|raw| serde_json::from_str(raw.get()).ok());
        let level = written("level").and_then(|raw| serde_json::from_str(raw.get()).ok());
        // The lowest level: what it allows is not written, and it leads no further.
        let lowest = (basis == Basis::Narrow).then(|| "read".to_owned());
        Link {
            is_assumed: !is_stated.unwrap_or(basis != Basis::Assumed),
            level: level.or(lowest),
            ..plain
        }
    }
}

/// The nodes that an edge is between.
type BothEnds<'n, 'a> = (Result<&'n Node<'a>, NoNode>, Result<&'n Node<'a>, NoNode>);

impl<'n, 'a> Edges<'n, 'a> {
    /// Reads edges between nodes, in time proportional to their number.
    pub(super) fn read(nodes: &'n [Node<'a>], written: &[&'a RawValue], scan: Scan<'a>) -> Self {
        let mut edges = Self {
            links: BTreeMap::new(),
            users: BTreeMap::new(),
            rejected: Vec::new(),
            more_users: 0,
            from_whole: 0,
            repeated: 0,
            other: BTreeMap::new(),
            elsewhere: BTreeMap::new(),
        };
        let mut ends = Ends::new(nodes);
        for raw in written {
            let at = offset(scan.text, raw.get());
            let Ok(edge) = serde_json::from_str::<WrittenEdge<'a>>(raw.get()) else {
                edges.rejected.push((at, Cow::Borrowed(NO_EDGE)));
                continue;
            };
            let mut node = |end| {
                let at = ends.find(nodes, end)?;
                nodes.get(at).ok_or(NoNode::NoSuchId)
            };
            let both = (node(&edge.start), node(&edge.end));
            edges.add(at, &edge, both);
        }
        edges
    }

    fn add(&mut self, at: usize, edge: &WrittenEdge<'_>, (start, end): BothEnds<'n, 'a>) {
        let name = name_of(&edge.kind);
        let begins = |with: &[&str]| with.iter().any(|start| name.starts_with(start));
        let own = OwnEdge::of(&edge.kind);
        let (holds, opens) = match own {
            None => (begins(&HOLDING), begins(&OPENING)),
            Some(OwnEdge::Holds(_)) => (true, false),
            Some(OwnEdge::Opens(_)) => (false, true),
            Some(OwnEdge::Repeats) => {
                self.repeated += 1;
                return;
            }
        };
        let kind = || edge.kind.as_ref().to_owned();
        let is_of_credential =
            |end: &WrittenEnd<'_>| end.kind.as_deref().is_some_and(names_credential);
        match (start, end) {
            (Ok(holder), Ok(one)) if holds && one.is_credential() => {
                self.hold(edge.link(at, "holds", holder), one);
            }
            (Ok(one), Ok(opened)) if opens && one.is_credential() && !opened.is_credential() => {
                let link = edge.link(at, "grants", opened);
                self.links.entry(&one.id).or_default().push(link);
            }
            (Ok(_), Ok(_)) => *self.other.entry(kind()).or_insert(0) += 1,
            (Err(why), Ok(one)) if holds && one.is_credential() => {
                self.reject(at, edge, "what holds the credential", &why);
            }
            (_, Err(why)) if holds && (names_credential(&name) || is_of_credential(&edge.end)) => {
                self.reject(at, edge, "the credential", &why);
            }
            (Ok(one), Err(why)) if opens && one.is_credential() => {
                self.reject(at, edge, "what the credential opens", &why);
            }
            (Err(why), _) if opens && is_of_credential(&edge.start) => {
                self.reject(at, edge, "the credential", &why);
            }
            _ => *self.elsewhere.entry(kind()).or_insert(0) += 1,
        }
    }

    fn hold(&mut self, link: Link<'n, 'a>, credential: &'n Node<'a>) {
        let holder = link.other;
        if holder.is_kind(&["user"]) {
            if self.users.contains_key(credential.id.as_str()) {
                self.more_users += 1;
            } else {
                self.users.insert(&credential.id, holder.name());
            }
        } else if holder.is_whole() {
            self.from_whole += 1;
        } else {
            self.links.entry(&credential.id).or_default().push(link);
        }
    }

    fn reject(&mut self, at: usize, edge: &WrittenEdge<'_>, what: &str, why: &NoNode) {
        let kind = &edge.kind;
        let why = format!(
            "{what} is not found: {}; the edge {kind} is not read; export its nodes into the same file",
            why.words()
        );
        self.rejected.push((at, Cow::Owned(why)));
    }

    /// What was read of the edges and what was not: every one is in one of the figures.
    pub(super) fn note(&self, edges: usize) -> String {
        let links: usize = self.links.values().map(Vec::len).sum();
        let mut parts = vec![format!(
            "of {edges} edges {links} say what holds a credential or what it opens, and {} whose one is",
            self.users.len()
        )];
        let rejected = self.rejected.len();
        let plain = [
            (rejected, "are rejected"),
            (self.more_users, "name one more user of a credential"),
            (self.from_whole, "say what an organisation as a whole contains"),
            (self.repeated, "repeat environments and owners that nodes name"),
        ];
        for (count, what) in plain.into_iter().filter(|(count, _)| *count > 0) {
            parts.push(format!("{count} {what}"));
        }
        let of_kinds = [
            (&self.other, "are not between a credential and what holds it or is opened by it"),
            (&self.elsewhere, "have an end that is no node of the file, and name no credential"),
        ];
        for (kinds, what) in of_kinds.into_iter().filter(|(kinds, _)| !kinds.is_empty()) {
            let count: usize = kinds.values().sum();
            parts.push(format!("{count} {what}: {}", named(kinds)));
        }
        parts.join("; ")
    }
}

/// Kinds with how many edges they have, the most frequent first.
pub(super) fn named(counts: &BTreeMap<String, usize>) -> String {
    let mut kinds: Vec<(&String, &usize)> = counts.iter().collect();
    kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), kind.as_str()));
    let name = |(kind, count): &(&String, &usize)| format!("{kind} ({count})");
    let mut named: Vec<String> = kinds.iter().take(MOST_NAMED).map(name).collect();
    if kinds.len() > MOST_NAMED {
        named.push(format!("{} more kinds", kinds.len() - MOST_NAMED));
    }
    named.join(", ")
}
