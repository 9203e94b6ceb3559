//! A graph of nodes and edges as BloodHound takes it (OpenGraph), and as its collectors write it: nodes whose
//! kind names a secret are credentials, edges say who holds them and what they open.
//!
//! Kinds have a namespace before a low line and a name behind it: `GH_OrgSecret`, `GH_HasSecret`. The name
//! says what is meant, so that the kinds of collectors that nobody here has seen are read too. Of a node's
//! properties only those are read that are listed here, never the value of a secret.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::import::container::json::rows::{JsonRows, RowReader, offset};
use crate::import::container::json::scan::Scan;
use crate::import::container::json::start::members;
use crate::import::container::json::text::Members;
use crate::import::vocabulary::synonyms::Synonyms;

/// How many kinds that are not read are named.
const MOST_NAMED: usize = 8;

/// What the names of kinds of credentials end in.
const CREDENTIALS: [&str; 8] =
    ["secret", "token", "apikey", "accesskey", "password", "credential", "jwk", "sshkey"];
/// What the names of edges from a holder to its credential begin with.
const HOLDING: [&str; 5] = ["has", "hold", "contain", "store", "oncehel"];
/// What the names of edges from a credential to what it opens begin with.
const OPENING: [&str; 5] = ["can", "grant", "open", "authenticat", "oncegrant"];
/// What contains everything, and so holds nothing in particular.
const WHOLE: [&str; 5] = ["organization", "organisation", "enterprise", "tenant", "environment"];

/// A node of the file.
struct Node<'a> {
    /// Where it stands.
    at: usize,
    kinds: Vec<String>,
    properties: BTreeMap<Cow<'a, str>, &'a RawValue>,
    id: String,
}

#[derive(Deserialize)]
struct WrittenNode<'a> {
    id: Option<Cow<'a, str>>,
    #[serde(default)]
    kinds: Vec<Cow<'a, str>>,
    #[serde(default, borrow)]
    properties: Option<BTreeMap<Cow<'a, str>, &'a RawValue>>,
}

#[derive(Deserialize)]
struct WrittenEdge<'a> {
    kind: Cow<'a, str>,
    start: WrittenEnd<'a>,
    end: WrittenEnd<'a>,
}

#[derive(Deserialize)]
struct WrittenEnd<'a> {
    value: Option<Cow<'a, str>>,
    match_by: Option<Cow<'a, str>>,
}

/// A row of the table that the graph is read as: its cells under the names of their columns.
struct Row {
    at: usize,
    cells: Vec<(&'static str, String)>,
}

/// The rows of a graph; `None` where the text is none, or has no credential that is known as one.
pub(crate) fn read(scan: Scan<'_>, synonyms: &Synonyms, first: usize) -> Option<JsonRows> {
    let (outer, _) = members(scan, first)?;
    let graph = member(&outer, "graph")?;
    let (inner, _) = members(scan, offset(scan.text, graph))?;
    let (nodes, edges) = (member(&inner, "nodes")?, member(&inner, "edges")?);
    let nodes: Vec<&RawValue> = serde_json::from_str(nodes).ok()?;
    let edges: Vec<&RawValue> = serde_json::from_str(edges).ok()?;
    let graph = Graph::new(scan, &nodes)?;
    let (rows, broken, unread) = graph.rows(&edges);
    let mut reader = RowReader::new(scan, synonyms);
    let mut broken = broken.into_iter().peekable();
    for row in rows {
        while let Some(at) = broken.next_if(|at| *at < row.at) {
            reader.breaks(at, NO_ENTRY);
        }
        reader.start_row(row.at);
        row.cells.iter().for_each(|(column, text)| reader.cell(column, text));
    }
    broken.for_each(|at| reader.breaks(at, NO_ENTRY));
    reader.notes.push(graph.note(edges.len(), &unread));
    Some(reader.finish())
}

const NO_ENTRY: &str = "this is no node with an id and kinds, or no edge with a kind and two ends, as \
                        OpenGraph has them";

fn member<'a>(members: &Members<'a>, wanted: &str) -> Option<&'a str> {
    members.0.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value)
}

/// The name of a kind, without its namespace, in small letters.
fn name_of(kind: &str) -> String {
    kind.rsplit_once('_').map_or(kind, |(_, name)| name).to_lowercase()
}

/// The name of a kind in words: `personal access token`, for `GH_PersonalAccessToken`.
fn words_of(kind: &str) -> String {
    let name = kind.rsplit_once('_').map_or(kind, |(_, name)| name);
    let mut words = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
        before = letter;
    }
    words
}

impl<'a> Node<'a> {
    fn new(scan: Scan<'a>, raw: &'a RawValue) -> Option<Self> {
        let WrittenNode { id, kinds, properties } = serde_json::from_str(raw.get()).ok()?;
        let properties = properties.unwrap_or_default();
        let node = Self {
            at: offset(scan.text, raw.get()),
            kinds: kinds.into_iter().map(Cow::into_owned).collect(),
            properties,
            id: String::new(),
        };
        let id = id.map(Cow::into_owned).or_else(|| node.property(&["objectid"]))?;
        (!node.kinds.is_empty() && !id.is_empty()).then_some(Self { id, ..node })
    }

    /// The first of some properties that says something, as text.
    fn property(&self, names: &[&str]) -> Option<String> {
        let text = |name: &&str| {
            let raw = self.properties.get(*name)?.get();
            let text = match serde_json::from_str::<serde_json::Value>(raw).ok()? {
                serde_json::Value::String(text) => text,
                serde_json::Value::Number(number) => number.to_string(),
                serde_json::Value::Bool(flag) => flag.to_string(),
                _ => return None,
            };
            (!text.trim().is_empty()).then_some(text)
        };
        names.iter().find_map(text)
    }

    fn is_kind(&self, ends: &[&str]) -> bool {
        let is = |kind: &String| {
            let name = name_of(kind);
            ends.iter().any(|end| name.ends_with(end))
        };
        self.kinds.iter().any(is)
    }

    fn is_credential(&self) -> bool {
        self.is_kind(&CREDENTIALS)
    }

    fn name(&self) -> String {
        self.property(&["name", "displayname"]).unwrap_or_else(|| self.id.clone())
    }

    /// The kind that says most: the first.
    fn kind(&self) -> &str {
        self.kinds.first().map_or("", String::as_str)
    }

    /// The cells of what holds a credential or is opened by one.
    fn service_cells(&self, cells: &mut Vec<(&'static str, String)>) {
        let mut service = self.property(&["service"]).unwrap_or_else(|| self.name());
        // GitHub's environments are those of a repository: `repository\environment`.
        let mut environment = self.property(&["short_name", "environment"]).unwrap_or_default();
        let within = service.rsplit_once('\\').filter(|_| self.is_kind(&WHOLE));
        if let Some((before, own)) = within.map(|(before, own)| (before.to_owned(), own.to_owned()))
        {
            (service, environment) = (before, own);
        }
        let kind = self.property(&["type"]).unwrap_or_else(|| words_of(self.kind()));
        cells.push(("service", service));
        cells.push(("environment", environment));
        cells.push(("service type", kind));
    }

    /// The cells of a credential under a name, and whose it is.
    fn credential_cells(&self, name: String, user: Option<&String>) -> Vec<(&'static str, String)> {
        let own = self.name();
        let label = (own != name).then_some(own);
        let is_ci = self.kind().starts_with("GH_") && self.is_kind(&["secret"]);
        let kind = if is_ci {
            "CI secret".to_owned()
        } else {
            self.property(&["type"]).unwrap_or_else(|| words_of(self.kind()))
        };
        let is_dead = self.property(&["token_expired", "expired", "revoked"]).as_deref()
            == Some("true")
            || self.property(&["live", "enabled", "active"]).as_deref() == Some("false");
        let dates = [
            ("created", &["created_at", "created", "access_granted_at"][..]),
            ("last rotated", &["updated_at", "lastrotated"][..]),
            ("last used", &["token_last_used_at", "last_used_at", "lastused"][..]),
            ("expires", &["token_expires_at", "expires_at", "expires"][..]),
        ];
        let mut cells = vec![
            ("opengraph node", self.id.clone()),
            ("credential id", name),
            ("credential type", kind),
        ];
        cells.extend(label.map(|label| ("credential name", label)));
        cells.extend(user.map(|user| ("identity", user.clone())));
        cells.extend(is_ci.then(|| ("storage", "CI variable".to_owned())));
        cells.extend(is_dead.then(|| ("status", "revoked".to_owned())));
        let dates = dates.into_iter();
        cells.extend(dates.filter_map(|(column, names)| Some((column, self.property(names)?))));
        cells
    }
}

/// For each credential, by its id, where a link stands, which way it leads, and to what.
type Links<'n, 'a> = BTreeMap<&'n str, Vec<(usize, &'static str, &'n Node<'a>)>>;

/// The names that several credentials have.
fn repeated_of(names: &BTreeMap<&str, String>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    names.values().filter(|name| !seen.insert(name.as_str())).cloned().collect()
}

/// The nodes by their ids.
struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    by_id: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
    broken: Vec<usize>,
    scan: Scan<'a>,
}

impl<'a> Graph<'a> {
    /// The graph; `None` where no node is a credential.
    fn new(scan: Scan<'a>, written: &[&'a RawValue]) -> Option<Self> {
        let (mut nodes, mut broken) = (Vec::new(), Vec::new());
        for raw in written {
            match Node::new(scan, raw) {
                Some(node) => nodes.push(node),
                None => broken.push(offset(scan.text, raw.get())),
            }
        }
        let ids = nodes.iter().enumerate().map(|(at, node)| (node.id.clone(), at));
        let names = nodes.iter().enumerate().map(|(at, node)| (node.name(), at));
        let (by_id, by_name) = (ids.collect(), names.collect());
        let any = nodes.iter().any(Node::is_credential);
        any.then_some(Self { nodes, by_id, by_name, broken, scan })
    }

    fn end(&self, end: &WrittenEnd<'_>) -> Option<&Node<'a>> {
        let value = end.value.as_deref()?;
        let at = match end.match_by.as_deref() {
            None | Some("id") => self.by_id.get(value),
            Some("name") => self.by_name.get(value),
            Some(_) => None,
        };
        self.nodes.get(*at?)
    }

    /// The rows in the order of the file, where entries are broken, and how many edges of each kind are not
    /// read.
    fn rows(&self, edges: &[&'a RawValue]) -> (Vec<Row>, Vec<usize>, BTreeMap<String, usize>) {
        let mut links: Links<'_, 'a> = BTreeMap::new();
        let mut users: BTreeMap<&str, String> = BTreeMap::new();
        let (mut broken, mut unread) = (self.broken.clone(), BTreeMap::new());
        for raw in edges {
            let at = offset(self.scan.text, raw.get());
            let Ok(edge) = serde_json::from_str::<WrittenEdge<'a>>(raw.get()) else {
                broken.push(at);
                continue;
            };
            let (start, end) = (self.end(&edge.start), self.end(&edge.end));
            let name = name_of(&edge.kind);
            let begins = |with: &[&str]| with.iter().any(|start| name.starts_with(start));
            match (start, end) {
                (Some(holder), Some(one)) if one.is_credential() && begins(&HOLDING) => {
                    if holder.is_kind(&["user"]) {
                        users.entry(&one.id).or_insert_with(|| holder.name());
                    } else if !holder.is_kind(&WHOLE) || holder.name().contains('\\') {
                        links.entry(&one.id).or_default().push((at, "holds", holder));
                    }
                }
                (Some(one), Some(opened))
                    if one.is_credential() && !opened.is_credential() && begins(&OPENING) =>
                {
                    links.entry(&one.id).or_default().push((at, "grants", opened));
                }
                _ => *unread.entry(edge.kind.into_owned()).or_insert(0) += 1,
            }
        }
        let names = self.credential_names(&links);
        let mut rows = Vec::new();
        for node in self.nodes.iter().filter(|node| node.is_credential()) {
            let name = names.get(node.id.as_str()).cloned().unwrap_or_else(|| node.id.clone());
            let cells = node.credential_cells(name, users.get(node.id.as_str()));
            let Some(links) = links.get(node.id.as_str()) else {
                rows.push(Row { at: node.at, cells });
                continue;
            };
            for (at, access, other) in links {
                let mut cells = cells.clone();
                other.service_cells(&mut cells);
                cells.push(("access", (*access).to_owned()));
                rows.push(Row { at: *at, cells });
            }
        }
        rows.sort_by_key(|row| row.at);
        broken.sort_unstable();
        (rows, broken, unread)
    }

    /// The name of each credential by its id: its own, with that of its first holder where several have it,
    /// and the id where that is not enough.
    fn credential_names(&self, links: &Links<'_, 'a>) -> BTreeMap<&str, String> {
        let credentials = || self.nodes.iter().filter(|node| node.is_credential());
        let own: BTreeMap<&str, String> =
            credentials().map(|node| (node.id.as_str(), node.name())).collect();
        let mut names = own;
        let repeated = repeated_of(&names);
        for (id, name) in names.iter_mut().filter(|(_, name)| repeated.contains(*name)) {
            let holder = links.get(id).and_then(|links| links.first());
            if let Some((_, _, holder)) = holder {
                *name = format!("{name} ({})", holder.name());
            }
        }
        let repeated = repeated_of(&names);
        for (id, name) in names.iter_mut().filter(|(_, name)| repeated.contains(*name)) {
            name.clone_from(&String::from(*id));
        }
        names
    }

    /// What was read of the graph and what was not.
    fn note(&self, edges: usize, unread: &BTreeMap<String, usize>) -> String {
        let credentials = self.nodes.iter().filter(|node| node.is_credential()).count();
        let mut kinds: Vec<(&String, &usize)> = unread.iter().collect();
        kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), kind.as_str()));
        let skipped: usize = unread.values().sum();
        let mut named: Vec<String> = kinds
            .iter()
            .take(MOST_NAMED)
            .map(|(kind, count)| format!("{kind} ({count})"))
            .collect();
        if kinds.len() > MOST_NAMED {
            named.push(format!("{} more kinds", kinds.len() - MOST_NAMED));
        }
        let what = if named.is_empty() { String::new() } else { format!(": {}", named.join(", ")) };
        format!(
            "{credentials} of {} nodes are credentials; {skipped} of {edges} edges are not between a \
             credential and what holds it or is opened by it{what}",
            self.nodes.len()
        )
    }
}
