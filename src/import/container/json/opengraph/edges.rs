//! What each edge says: who holds a credential, what it opens, whose it is, or nothing of these.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::ends::{Ends, NoNode, WrittenEnd};
use super::node::{Node, name_of, names_credential};
use crate::import::container::json::rows::offset;
use crate::import::container::json::scan::Scan;

/// How many kinds that are not read are named.
const MOST_NAMED: usize = 8;

/// What the names of edges from a holder to its credential begin with.
const HOLDING: [&str; 5] = ["has", "hold", "contain", "store", "oncehel"];
/// What the names of edges from a credential to what it opens begin with.
const OPENING: [&str; 5] = ["can", "grant", "open", "authenticat", "oncegrant"];

const NO_EDGE: &str = "this is no edge with a kind and two ends, as OpenGraph has them";

#[derive(Deserialize)]
struct WrittenEdge<'a> {
    kind: Cow<'a, str>,
    #[serde(borrow)]
    start: WrittenEnd<'a>,
    #[serde(borrow)]
    end: WrittenEnd<'a>,
}

/// For each credential, by its id, where a link stands, which way it leads, and to what.
pub(super) type Links<'n, 'a> = BTreeMap<&'n str, Vec<(usize, &'static str, &'n Node<'a>)>>;

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
    /// Edges between nodes of which none is a credential, or that say something else of one, by their kinds.
    other: BTreeMap<String, usize>,
    /// Edges with an end that is no node of the file, by their kinds.
    elsewhere: BTreeMap<String, usize>,
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
        let (holds, opens) = (begins(&HOLDING), begins(&OPENING));
        let kind = || edge.kind.as_ref().to_owned();
        let is_of_credential =
            |end: &WrittenEnd<'_>| end.kind.as_deref().is_some_and(names_credential);
        match (start, end) {
            (Ok(holder), Ok(one)) if holds && one.is_credential() => self.hold(at, holder, one),
            (Ok(one), Ok(opened)) if opens && one.is_credential() && !opened.is_credential() => {
                self.links.entry(&one.id).or_default().push((at, "grants", opened));
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

    fn hold(&mut self, at: usize, holder: &'n Node<'a>, credential: &'n Node<'a>) {
        if holder.is_kind(&["user"]) {
            if self.users.contains_key(credential.id.as_str()) {
                self.more_users += 1;
            } else {
                self.users.insert(&credential.id, holder.name());
            }
        } else if holder.is_whole() {
            self.from_whole += 1;
        } else {
            self.links.entry(&credential.id).or_default().push((at, "holds", holder));
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
fn named(counts: &BTreeMap<String, usize>) -> String {
    let mut kinds: Vec<(&String, &usize)> = counts.iter().collect();
    kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), kind.as_str()));
    let name = |(kind, count): &(&String, &usize)| format!("{kind} ({count})");
    let mut named: Vec<String> = kinds.iter().take(MOST_NAMED).map(name).collect();
    if kinds.len() > MOST_NAMED {
        named.push(format!("{} more kinds", kinds.len() - MOST_NAMED));
    }
    named.join(", ")
}
