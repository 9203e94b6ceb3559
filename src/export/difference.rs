//! The difference between two inventories, as text and as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::assumed::Basis;
use super::hops::{assumed_mark, place_entry, rows_of, site};
use super::json::write_json;
use crate::analysis::{Difference, PathChange, Unmatched, unmatched};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, EdgeKind, InstanceIndex};
use crate::inventory::shown;

/// A difference with the graphs that it names.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredDifference<'a> {
    /// The older graph.
    pub old: &'a AccessGraph,
    /// The newer graph.
    pub new: &'a AccessGraph,
    /// What differs.
    pub difference: &'a Difference,
}

impl AnsweredDifference<'_> {
    /// The names of the policy that neither inventory knows.
    pub fn unmatched(&self) -> Vec<Unmatched> {
        let old = unmatched(self.old);
        let in_neither = |one: &Unmatched| {
            old.iter().any(|other| (other.kind, &other.name) == (one.kind, &one.name))
        };
        unmatched(self.new).into_iter().filter(in_neither).collect()
    }
}

/// How many of each sort are listed.
const MOST: usize = 20;

/// One sort of difference in words; hostile characters are escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceSection {
    /// What it counts, of one and of several: "credential added", "credentials added".
    pub what: [&'static str; 2],
    /// How many there are.
    pub total: usize,
    /// The first twenty of them.
    pub entries: Vec<DifferenceEntry>,
}

impl DifferenceSection {
    /// How many of what there are: "1 credential added".
    pub fn heading(&self) -> String {
        let [one, several] = self.what;
        match self.total {
            0 => format!("no {several}"),
            1 => format!("1 {one}"),
            total => format!("{total} {several}"),
        }
    }
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceEntry {
    /// What it is.
    pub text: String,
    /// For a path its hops, each with the rows behind it.
    pub details: Vec<String>,
}

/// Everything that differs, in the order in which it is listed.
pub fn difference_sections(answered: &AnsweredDifference<'_>) -> Vec<DifferenceSection> {
    let AnsweredDifference { old, new, difference: d } = *answered;
    let credential =
        |graph: &AccessGraph, at: CredentialIndex| graph.credential_name(at).to_owned();
    let instance = |graph: &AccessGraph, at: InstanceIndex| graph.instance_name(at);
    let changed = d.credentials_changed.iter();
    let changed =
        changed.map(|one| format!("{}: {}", credential(new, one.new), one.what.join("; ")));
    let opened = ["newly connected pair", "newly connected pairs"];
    let closed = ["pair no longer connected", "pairs no longer connected"];
    let appeared = |at: &CredentialIndex| credential(new, *at);
    let went = |at: &CredentialIndex| credential(old, *at);
    vec![
        path_section(opened, new, (&d.opened, d.opened_total)),
        path_section(closed, old, (&d.closed, d.closed_total)),
        section(
            ["credential added", "credentials added"],
            d.credentials_appeared.iter().map(appeared),
        ),
        section(["credential removed", "credentials removed"], d.credentials_went.iter().map(went)),
        section(["credential changed", "credentials changed"], changed),
        section(
            ["service instance added", "service instances added"],
            d.instances_appeared.iter().map(|&at| instance(new, at)),
        ),
        section(
            ["service instance removed", "service instances removed"],
            d.instances_went.iter().map(|&at| instance(old, at)),
        ),
        section(["link added", "links added"], d.edges_appeared.iter().map(|&at| link(new, at))),
        section(["link removed", "links removed"], d.edges_went.iter().map(|&at| link(old, at))),
    ]
}

fn section(
    what: [&'static str; 2],
    entries: impl ExactSizeIterator<Item = String>,
) -> DifferenceSection {
    let total = entries.len();
    let entries = entries
        .take(MOST)
        .map(|text| DifferenceEntry { text: shown(&text).into_owned(), details: Vec::new() });
    DifferenceSection { what, total, entries: entries.collect() }
}

fn path_section(
    what: [&'static str; 2],
    graph: &AccessGraph,
    (paths, total): (&[PathChange], usize),
) -> DifferenceSection {
    let entry = |path: &PathChange| {
        let (from, to) = (graph.instance_name(path.from), graph.instance_name(path.to));
        let mark = assumed_mark(path.is_stated(graph));
        let text = shown(&format!("{from} to {to}{mark}")).into_owned();
        DifferenceEntry {
            text,
            details: path.hops.iter().map(|hop| hop_text(graph, hop)).collect(),
        }
    };
    DifferenceSection { what, total, entries: paths.iter().take(MOST).map(entry).collect() }
}

fn hop_text(graph: &AccessGraph, hop: &crate::analysis::Step) -> String {
    let name = graph.credential_name(hop.credential);
    let at = graph.instance_name(hop.to);
    let rows = rows_of(graph, hop);
    let rows: Vec<String> = rows.iter().map(|place| graph.inventory().place_text(*place)).collect();
    shown(&format!("with {name} into {at}  ({})", rows.join(", "))).into_owned()
}

/// What has to be said where paths were not compared one by one.
pub const BY_COUNT_ALONE: &str = "The graphs are large: paths were compared only for starts whose \
                                  number of reached instances changed";

fn link(graph: &AccessGraph, at: EdgeIndex) -> String {
    let edge = graph.edge(at);
    let word = if edge.kind == EdgeKind::Holds { "is held by" } else { "grants" };
    let row = graph.evidence(at).next().map(|place| graph.inventory().place_text(place));
    format!(
        "{} {word} {}  ({})",
        graph.credential_name(edge.credential),
        graph.instance_name(edge.instance),
        row.unwrap_or_default()
    )
}

/// Writes what differs as JSON; the lists are whole but for the paths.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_difference_json(
    answered: &AnsweredDifference<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let AnsweredDifference { old, new, difference } = *answered;
    let Basis { as_of, assumptions, policy_unmatched } = Basis::with(new, answered.unmatched());
    let d = difference;
    let credentials = |graph: &AccessGraph, all: &[CredentialIndex]| -> Vec<String> {
        all.iter().map(|&at| graph.credential_name(at).to_owned()).collect()
    };
    let sites = |graph: &AccessGraph, all: &[InstanceIndex]| -> Vec<Value> {
        all.iter().map(|&at| site(graph, at)).collect()
    };
    let mappings = |graph: &AccessGraph, all: &[EdgeIndex]| -> Vec<Value> {
        all.iter().map(|&at| mapping_entry(graph, at)).collect()
    };
    let changed: Vec<Value> = d
        .credentials_changed
        .iter()
        .map(|one| json!({"credential": new.credential_name(one.new), "changes": one.what}))
        .collect();
    let document = json!({
        "format": "keyreach-difference",
        "version": 1,
        "as_of": as_of,
        "assumptions": assumptions,
        "policy_unmatched": policy_unmatched,
        "credentials": {
            "appeared": credentials(new, &d.credentials_appeared),
            "went": credentials(old, &d.credentials_went),
            "changed": changed,
        },
        "services": {
            "appeared": sites(new, &d.instances_appeared),
            "went": sites(old, &d.instances_went),
        },
        "mappings": {
            "appeared": mappings(new, &d.edges_appeared),
            "went": mappings(old, &d.edges_went),
        },
        "paths": {
            "opened": path_entries(new, &d.opened),
            "opened_total": d.opened_total,
            "closed": path_entries(old, &d.closed),
            "closed_total": d.closed_total,
            "by_count_alone": d.by_count_alone,
        },
    });
    write_json(&document, out)
}

fn mapping_entry(graph: &AccessGraph, at: EdgeIndex) -> Value {
    let edge = graph.edge(at);
    let rows: Vec<Value> =
        graph.evidence(at).take(20).map(|place| place_entry(graph, place)).collect();
    json!({
        "credential": graph.credential_name(edge.credential),
        "kind": if edge.kind == EdgeKind::Holds { "holds" } else { "grants" },
        "to": site(graph, edge.instance),
        "assumed": edge.assumed,
        "evidence": rows,
    })
}

fn path_entries(graph: &AccessGraph, paths: &[PathChange]) -> Vec<Value> {
    let hop = |step: &crate::analysis::Step| {
        let rows: Vec<Value> =
            rows_of(graph, step).into_iter().map(|place| place_entry(graph, place)).collect();
        json!({
            "credential": graph.credential_name(step.credential),
            "to": site(graph, step.to),
            "evidence": rows,
        })
    };
    let path = |path: &PathChange| {
        json!({
            "from": site(graph, path.from),
            "to": site(graph, path.to),
            "hops": path.hops.iter().map(hop).collect::<Vec<_>>(),
        })
    };
    paths.iter().map(path).collect()
}
