//! What is written of the graph, whatever the form: nodes and edges with their attributes, by name.
//!
//! Some forms write what they cannot hold, or what nobody would see, as `\u{…}`. What looks like that in a name
//! itself begins with `\u{5c}` (a backslash), so that two names that differ stay different.

use std::collections::BTreeSet;

use crate::analysis::{Answers, Path, Severity, Subject};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, EdgeKind, InstanceIndex};
use crate::inventory::{JoinedBy, without_escapes};

/// Which part of the graph is written.
#[derive(Clone, Copy, Debug)]
pub enum GraphPart<'a> {
    /// All of it.
    Whole,
    /// What some paths use: their instances, their credentials, and the links between them.
    Paths(&'a [Path]),
}

/// The graph, ready to be written.
pub(super) struct Outline<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) edges: Vec<Link>,
}

/// A credential or a service instance.
pub(super) struct Node<'a> {
    pub(super) subject: Subject,
    /// As people read it: `payments in prod`, or the credential's id; nothing in it looks like an escape.
    pub(super) label: String,
    /// The service's name; nothing for a credential.
    pub(super) service: Option<&'a str>,
    pub(super) environment: Option<&'a str>,
    /// What sort of secret or of service it is, as the rows say.
    pub(super) sort: Option<&'a str>,
    pub(super) live: bool,
    pub(super) owners: String,
    pub(super) severity: Option<&'static str>,
    pub(super) reach: u32,
    pub(super) entry_point: bool,
    pub(super) crown_jewel: bool,
    /// What joined the rows of a credential.
    pub(super) joined_by: Option<JoinedBy>,
}

/// Who holds, or who grants: it leads the way in which an attacker goes.
pub(super) struct Link {
    pub(super) from: Subject,
    pub(super) to: Subject,
    pub(super) kind: &'static str,
    pub(super) assumed: bool,
    pub(super) level: &'static str,
}

/// What the values of an attribute are.
#[derive(Clone, Copy)]
pub(super) enum ValueType {
    Text,
    Flag,
    Number,
}

/// The name of an attribute and what its values are.
pub(super) type Attribute = (&'static str, ValueType);

/// The attributes of nodes beside their label, in the order in which they stand.
pub(super) const OF_NODES: [Attribute; 11] = [
    ("kind", ValueType::Text),
    ("service", ValueType::Text),
    ("environment", ValueType::Text),
    ("type", ValueType::Text),
    ("live", ValueType::Flag),
    ("owners", ValueType::Text),
    ("severity", ValueType::Text),
    ("reach", ValueType::Number),
    ("entry_point", ValueType::Flag),
    ("crown_jewel", ValueType::Flag),
    ("joined_by", ValueType::Text),
];

/// The attributes of edges.
pub(super) const OF_EDGES: [Attribute; 3] =
    [("link", ValueType::Text), ("assumed", ValueType::Flag), ("level", ValueType::Text)];

impl Node<'_> {
    /// Whether it is one credential by assumption.
    pub(super) fn is_joined_by_id_alone(&self) -> bool {
        self.joined_by == Some(JoinedBy::IdAcrossSources)
    }

    /// The values of its attributes with their names, without those that do not apply.
    pub(super) fn values(&self) -> Vec<(&'static str, String)> {
        let text = |text: Option<&str>| text.map(|own| without_escapes(own).into_owned());
        let values = [
            text(Some(kind_word(self.subject))),
            text(self.service),
            text(self.environment),
            text(self.sort),
            Some(self.live.to_string()),
            text(Some(&self.owners).filter(|owners| !owners.is_empty()).map(String::as_str)),
            text(self.severity),
            Some(self.reach.to_string()),
            Some(self.entry_point.to_string()),
            Some(self.crown_jewel.to_string()),
            text(self.joined_by.map(JoinedBy::word)),
        ];
        let named = OF_NODES.iter().zip(values);
        named.filter_map(|((name, _), value)| Some((*name, value?))).collect()
    }
}

impl Link {
    /// The values of its attributes with their names.
    pub(super) fn values(&self) -> Vec<(&'static str, String)> {
        let values = [self.kind.to_owned(), self.assumed.to_string(), self.level.to_owned()];
        let named = OF_EDGES.iter().zip(values).filter(|(_, value)| !value.is_empty());
        named.map(|((name, _), value)| (*name, value)).collect()
    }
}

/// What a node is: `credential` or `service`.
pub(super) fn kind_word(subject: Subject) -> &'static str {
    match subject {
        Subject::Credential(_) => "credential",
        Subject::Instance(_) => "service",
    }
}

/// The id of a node within one file: `c0`, `s0`, by name.
pub(super) fn node_id(subject: Subject) -> String {
    match subject {
        Subject::Credential(at) => format!("c{}", at.index()),
        Subject::Instance(at) => format!("s{}", at.index()),
    }
}

impl<'a> Outline<'a> {
    pub(super) fn new(answers: &'a Answers, part: GraphPart<'_>) -> Self {
        let graph = &answers.graph;
        let edges: Vec<EdgeIndex> = match part {
            GraphPart::Whole => (0..graph.edges().len() as u32).map(EdgeIndex).collect(),
            GraphPart::Paths(paths) => edges_of(graph, paths),
        };
        let mut subjects: Vec<Subject> = match part {
            GraphPart::Whole => {
                let instances = graph.instance_indices().map(Subject::Instance);
                instances.chain(graph.credential_indices().map(Subject::Credential)).collect()
            }
            GraphPart::Paths(_) => edges
                .iter()
                .map(|&edge| graph.edge(edge))
                .flat_map(|edge| {
                    [Subject::Instance(edge.instance), Subject::Credential(edge.credential)]
                })
                .collect(),
        };
        subjects.sort_unstable();
        subjects.dedup();
        Self {
            nodes: subjects.into_iter().map(|subject| node(answers, subject)).collect(),
            edges: edges.into_iter().map(|edge| link(graph, edge)).collect(),
        }
    }
}

/// The links that some paths use, in order, each once.
fn edges_of(graph: &AccessGraph, paths: &[Path]) -> Vec<EdgeIndex> {
    let mut edges = BTreeSet::new();
    for hop in paths.iter().flat_map(|path| &path.hops) {
        edges.insert(hop.edge);
        let held = graph.held_by(hop.credential).iter().copied();
        edges.extend(held.filter(|&edge| Some(graph.edge(edge).instance) == hop.from));
    }
    edges.into_iter().collect()
}

fn node(answers: &Answers, subject: Subject) -> Node<'_> {
    let graph = &answers.graph;
    let base = Node {
        subject,
        label: without_escapes(&subject.name(graph)).into_owned(),
        service: None,
        environment: None,
        sort: None,
        live: true,
        owners: String::new(),
        severity: answers.severity(subject).map(Severity::word),
        reach: answers.reach_of(subject),
        entry_point: false,
        crown_jewel: false,
        joined_by: None,
    };
    match subject {
        Subject::Credential(at) => of_credential(graph, at, base),
        Subject::Instance(at) => of_instance(answers, at, base),
    }
}

fn of_credential<'a>(graph: &'a AccessGraph, at: CredentialIndex, base: Node<'a>) -> Node<'a> {
    let credential = graph.credential(at);
    Node {
        sort: credential.kind.map(|kind| graph.inventory().text(kind)),
        live: credential.is_live(),
        owners: names(graph, graph.owners_of(at)),
        joined_by: credential.joined_by,
        ..base
    }
}

fn of_instance<'a>(answers: &'a Answers, at: InstanceIndex, base: Node<'a>) -> Node<'a> {
    let graph = &answers.graph;
    let kind = graph.instance(at).kind;
    Node {
        service: Some(graph.service_name(at)),
        environment: Some(&graph.environment_of(at).label),
        sort: kind.map(|kind| graph.inventory().text(kind)),
        owners: names(graph, graph.owners_of_instance(at)),
        entry_point: answers.ends.entry_points.binary_search(&at).is_ok(),
        crown_jewel: answers.ends.crown_jewels.binary_search(&at).is_ok(),
        ..base
    }
}

fn names(graph: &AccessGraph, owners: &[crate::graph::OwnerIndex]) -> String {
    owners.iter().map(|&owner| graph.owner_name(owner)).collect::<Vec<_>>().join("; ")
}

fn link(graph: &AccessGraph, at: EdgeIndex) -> Link {
    let edge = graph.edge(at);
    let (instance, credential) =
        (Subject::Instance(edge.instance), Subject::Credential(edge.credential));
    let (from, to, kind) = match edge.kind {
        EdgeKind::Holds => (instance, credential, "holds"),
        EdgeKind::Grants => (credential, instance, "grants"),
    };
    Link { from, to, kind, assumed: edge.assumed, level: edge.level.word() }
}
