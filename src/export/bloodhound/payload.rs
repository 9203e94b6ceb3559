//! Nodes and edges, with the name of the source, under which BloodHound can delete them together.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::ids::node_id;
use super::kinds::{
    CONTAINS, CREDENTIAL, ENVIRONMENT, GRANTS, HOLDS, MAY_GRANT, MAY_HOLD, ONCE_GRANTED, ONCE_HELD,
    OWNER, OWNS, REACHES, SERVICE, SOURCE_KIND,
};
use super::properties::Properties;
use crate::analysis::{Answers, Crossing, Severity, Subject};
use crate::graph::{
    AccessGraph, CredentialIndex, Edge, EdgeKind, InstanceIndex, LifeDoubt, OwnerIndex,
};
use crate::inventory::{Flag, LastUsed};

/// The whole payload: what it is from stands before what it holds.
#[derive(Serialize)]
pub(super) struct Payload {
    metadata: Value,
    graph: Graph,
}

#[derive(Serialize)]
struct Graph {
    nodes: Vec<Value>,
    edges: Vec<Value>,
}

/// Makes the payload.
pub(super) fn payload(answers: &Answers) -> Payload {
    let graph = &answers.graph;
    let rules = rules_by_subject(answers);
    let mut nodes = Vec::new();
    let rules_of = |subject: Subject| rules.get(&subject).cloned().unwrap_or_default();
    for at in graph.instance_indices() {
        nodes.push(service(answers, at, rules_of(Subject::Instance(at))));
    }
    for at in graph.credential_indices() {
        nodes.push(credential(answers, at, rules_of(Subject::Credential(at))));
    }
    for environment in graph.environments() {
        let name = environment.display();
        let tier = environment.tier.map(|tier| tier.0);
        let properties = Properties::default().with("name", name).known("tier", tier);
        nodes.push(node(&environment_id(name), ENVIRONMENT, properties));
    }
    for owner in graph.owners() {
        let properties = Properties::default().with("name", owner.as_str());
        nodes.push(node(&node_id(OWNER, owner), OWNER, properties));
    }
    let metadata = json!({"source_kind": SOURCE_KIND});
    Payload { metadata, graph: Graph { nodes, edges: edges(graph) } }
}

/// The id of a credential.
pub(super) fn credential_id(graph: &AccessGraph, at: CredentialIndex) -> String {
    node_id(CREDENTIAL, graph.credential_name(at))
}

fn service_id(graph: &AccessGraph, at: InstanceIndex) -> String {
    node_id(SERVICE, &graph.written_name(at))
}

fn environment_id(name: &str) -> String {
    node_id(ENVIRONMENT, name)
}

fn rules_by_subject(answers: &Answers) -> BTreeMap<Subject, Vec<&'static str>> {
    let mut rules: BTreeMap<Subject, Vec<&'static str>> = BTreeMap::new();
    for finding in &answers.findings {
        rules.entry(finding.subject).or_default().push(finding.rule.id());
    }
    for rules in rules.values_mut() {
        rules.sort_unstable();
    }
    rules
}

fn node(id: &str, kind: &str, properties: Properties) -> Value {
    json!({"id": id, "kinds": [kind], "properties": properties.value()})
}

fn service(answers: &Answers, at: InstanceIndex, rules: Vec<&str>) -> Value {
    let graph = &answers.graph;
    let (environment, subject) = (graph.environment_of(at), Subject::Instance(at));
    let kind = graph.instance(at).kind.map(|kind| graph.inventory().text(kind));
    let properties = Properties::default()
        .with("name", graph.written_name(at))
        .with("displayname", graph.instance_name(at))
        .with("service", graph.service_name(at))
        .with("environment", environment.display())
        .with("environmentid", environment_id(environment.display()))
        .known("tier", environment.tier.map(|tier| tier.0))
        .known("type", kind)
        .with("entrypoint", answers.ends.entry_points.binary_search(&at).is_ok())
        .with("crownjewel", answers.ends.crown_jewels.binary_search(&at).is_ok())
        .known("markedentrypoint", marked(graph.instance(at).entry_point))
        .known("markedcrownjewel", marked(graph.instance(at).crown_jewel))
        .with("reach", answers.reach_of(subject))
        .with("reachedby", answers.reached_by.of(at).0)
        .known("severity", answers.severity(subject).map(Severity::word))
        .list("owners", owner_names(graph, graph.owners_of_instance(at)))
        .list("rules", rules);
    node(&service_id(graph, at), SERVICE, properties)
}

fn credential(answers: &Answers, at: CredentialIndex, rules: Vec<&str>) -> Value {
    let graph = &answers.graph;
    let (one, subject) = (graph.credential(at), Subject::Credential(at));
    let text = |id| graph.inventory().text(id);
    let day = |day: crate::inventory::Date| day.to_string();
    let sharing = answers.sharing.get(at.index());
    let environments = sharing.map(|sharing| sharing.environments.as_slice()).unwrap_or_default();
    let reach = answers.reach_of(subject);
    let properties = Properties::default()
        .with("name", graph.credential_name(at))
        .known("displayname", one.label.map(text))
        .list("aliases", graph.aliases(at).iter().skip(1).map(|&id| text(id)))
        .with("live", one.is_live())
        .known("rowsdisagree", (one.doubt == LifeDoubt::RowsDisagree).then_some(true))
        .known("unneeded", one.unneeded.then_some(true))
        .known("type", one.kind.map(text))
        .known("identity", one.identity.map(text))
        .known("tags", one.tags.map(text))
        .list("storage", graph.storages_of(at).iter().map(|&id| text(id)))
        .list("environments", environments.iter().map(|&at| graph.environment(at).display()))
        .with("shared", sharing.is_some_and(|sharing| sharing.shared))
        .with("leadsupwards", sharing.is_some_and(|one| one.crossing == Crossing::Upwards))
        .with("reach", reach)
        .with("reachstated", answers.fewer_stated_of(subject).unwrap_or(reach))
        .known("created", one.created.map(day))
        .known("lastrotated", one.last_rotated.map(day))
        .known("lastused", last_used(one.last_used))
        .known("expires", one.expires.map(day))
        .known("severity", answers.severity(subject).map(Severity::word))
        .list("owners", owner_names(graph, graph.owners_of(at)))
        .list("rules", rules);
    node(&credential_id(graph, at), CREDENTIAL, properties)
}

fn owner_names<'a>(
    graph: &'a AccessGraph,
    owners: &'a [OwnerIndex],
) -> impl Iterator<Item = &'a str> {
    owners.iter().map(|&owner| graph.owner_name(owner))
}

/// What the inventory itself marks, whatever follows from tiers.
fn marked(flag: Flag) -> Option<bool> {
    match flag {
        Flag::Unstated => None,
        Flag::Yes => Some(true),
        Flag::No => Some(false),
    }
}

fn last_used(used: LastUsed) -> Option<String> {
    match used {
        LastUsed::Unstated => None,
        LastUsed::Never => Some("never".to_owned()),
        LastUsed::On(day) => Some(day.to_string()),
    }
}

/// An edge between two nodes by their ids.
fn edge(kind: &str, from: &str, to: &str) -> Value {
    json!({
        "kind": kind,
        "start": {"value": from, "match_by": "id"},
        "end": {"value": to, "match_by": "id"},
    })
}

fn edges(graph: &AccessGraph) -> Vec<Value> {
    let mut edges = Vec::new();
    for one in graph.edges() {
        let credential = credential_id(graph, one.credential);
        let service = service_id(graph, one.instance);
        let (from, to) = match one.kind {
            EdgeKind::Holds => (&service, &credential),
            EdgeKind::Grants => (&credential, &service),
        };
        let mut link = edge(kind(graph, one), from, to);
        // A level that only an unstated row gives is left out, for what is stated does not have it.
        let level = Some(one.level.word()).filter(|word| !word.is_empty() && !one.level_assumed());
        let properties = Properties::default().with("stated", !one.assumed).known("level", level);
        if let Some(link) = link.as_object_mut() {
            link.insert("properties".to_owned(), properties.value());
        }
        edges.push(link);
    }
    for at in graph.instance_indices() {
        let environment = environment_id(graph.environment_of(at).display());
        let service = service_id(graph, at);
        edges.push(edge(CONTAINS, &environment, &service));
        for name in owner_names(graph, graph.owners_of_instance(at)) {
            edges.push(edge(OWNS, &node_id(OWNER, name), &service));
        }
    }
    for at in graph.credential_indices() {
        for name in owner_names(graph, graph.owners_of(at)) {
            edges.push(edge(OWNS, &node_id(OWNER, name), &credential_id(graph, at)));
        }
    }
    edges
}

/// What kind of edge a link is: only what is stated, and leads on, is one that an attacker goes along.
fn kind(graph: &AccessGraph, edge: &Edge) -> &'static str {
    let is_live = graph.credential(edge.credential).is_live();
    match (edge.kind, is_live) {
        (EdgeKind::Holds, false) => ONCE_HELD,
        (EdgeKind::Grants, false) => ONCE_GRANTED,
        (EdgeKind::Holds, true) if edge.assumed => MAY_HOLD,
        (EdgeKind::Holds, true) => HOLDS,
        (EdgeKind::Grants, true) if !edge.pivots => REACHES,
        (EdgeKind::Grants, true) if edge.assumed || edge.level_assumed() => MAY_GRANT,
        (EdgeKind::Grants, true) => GRANTS,
    }
}
