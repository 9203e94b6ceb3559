//! The difference between two inventories, as text and as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::json::write_json;
use super::text::write_assumed;
use crate::analysis::{Difference, PathChange};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, EdgeKind, InstanceIndex};
use crate::inventory::{Place, shown};

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

/// How many of each sort the text lists.
const MOST: usize = 20;

/// Writes what differs for a terminal or a mail; hostile characters are shown escaped.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_difference_text(
    answered: &AnsweredDifference<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let AnsweredDifference { old, new, difference } = *answered;
    write_assumed(new, out)?;
    let credential =
        |graph: &AccessGraph, at: CredentialIndex| graph.credential_name(at).to_owned();
    let instance = |graph: &AccessGraph, at: InstanceIndex| graph.instance_name(at);
    let d = difference;
    list(
        out,
        "credentials appeared",
        d.credentials_appeared.iter().map(|&at| credential(new, at)),
    )?;
    list(out, "credentials went", d.credentials_went.iter().map(|&at| credential(old, at)))?;
    let changed = d.credentials_changed.iter();
    let changed =
        changed.map(|one| format!("{}: {}", credential(new, one.new), one.what.join("; ")));
    list(out, "credentials changed", changed)?;
    list(out, "services appeared", d.instances_appeared.iter().map(|&at| instance(new, at)))?;
    list(out, "services went", d.instances_went.iter().map(|&at| instance(old, at)))?;
    list(out, "mappings appeared", d.edges_appeared.iter().map(|&at| mapping(new, at)))?;
    list(out, "mappings went", d.edges_went.iter().map(|&at| mapping(old, at)))?;
    paths(out, "paths opened", (new, &d.opened, d.opened_total))?;
    paths(out, "paths closed", (old, &d.closed, d.closed_total))?;
    if d.by_count_alone {
        writeln!(
            out,
            "\nThe graphs are large: paths were compared only for starts whose number of reached \
             instances changed"
        )?;
    }
    Ok(())
}

fn list(
    out: &mut dyn Write,
    what: &str,
    entries: impl ExactSizeIterator<Item = String>,
) -> io::Result<()> {
    let whole = entries.len();
    writeln!(out, "\n{whole} {what}")?;
    for entry in entries.take(MOST) {
        writeln!(out, "  {}", shown(&entry))?;
    }
    if whole > MOST {
        writeln!(out, "  and {} more", whole - MOST)?;
    }
    Ok(())
}

fn paths(
    out: &mut dyn Write,
    what: &str,
    (graph, paths, total): (&AccessGraph, &[PathChange], usize),
) -> io::Result<()> {
    writeln!(out, "\n{total} {what}")?;
    for path in paths.iter().take(MOST) {
        let (from, to) = (graph.instance_name(path.from), graph.instance_name(path.to));
        writeln!(out, "  {} to {}", shown(&from), shown(&to))?;
        for step in &path.hops {
            let name = graph.credential_name(step.credential);
            let at = graph.instance_name(step.to);
            let rows: Vec<String> = rows_of(graph, step)
                .iter()
                .map(|place| graph.inventory().place_text(*place))
                .collect();
            let rows = rows.join(", ");
            writeln!(out, "    with {} into {}  ({})", shown(name), shown(&at), shown(&rows))?;
        }
    }
    if total > MOST {
        writeln!(out, "  and {} more", total - MOST)?;
    }
    Ok(())
}

/// The first row by which a hop's credential is held, and the first by which it opens what it opens.
fn rows_of(graph: &AccessGraph, step: &crate::analysis::Step) -> Vec<Place> {
    let held = step.from.and_then(|from| {
        let mut held = graph.held_by(step.credential).iter().copied();
        held.find(|&edge| graph.edge(edge).instance == from)
    });
    let mut rows: Vec<Place> = held
        .into_iter()
        .chain([step.edge])
        .filter_map(|edge| graph.evidence(edge).next())
        .collect();
    rows.dedup();
    rows
}

fn mapping(graph: &AccessGraph, at: EdgeIndex) -> String {
    let edge = graph.edge(at);
    let word = if edge.kind == EdgeKind::Holds { "is held by" } else { "opens" };
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
    let assumptions = new.assumptions();
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
        "as_of": assumptions.as_of.to_string(),
        "assumptions": {
            "unstated_access": assumptions.unstated_access.word(),
            "pivot_needs": assumptions.pivot_word(),
        },
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

fn site(graph: &AccessGraph, at: InstanceIndex) -> Value {
    json!({"service": graph.service_name(at), "environment": graph.environment_of(at).label})
}

fn place_entry(graph: &AccessGraph, place: Place) -> Value {
    let source = graph.inventory().sources.get(usize::from(place.source.0));
    json!({"file": source.map_or("", |source| source.name.as_str()), "line": place.line})
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
