//! The shortest paths between two things, as text and as JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::assumed::{Basis, write_assumed};
use super::hops::{place_entry, rows_of, site};
use super::json::write_json;
use crate::analysis::{Missing, PathFrom, Starts, Step, Subject, nothing_to_judge};
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::counted;
use crate::inventory::shown;

/// Between what paths were asked for.
#[derive(Clone, Copy, Debug)]
pub struct AskedEnds<'a> {
    /// Where they start.
    pub starts: &'a Starts,
    /// Where they end.
    pub to: &'a [InstanceIndex],
    /// Whether no start was named.
    pub all_entry_points: bool,
    /// Whether no end was named.
    pub all_crown_jewels: bool,
}

/// Paths with what they were asked for.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredPaths<'a> {
    /// The graph.
    pub graph: &'a AccessGraph,
    /// Between what.
    pub ends: AskedEnds<'a>,
    /// What is missing for entry points and crown jewels.
    pub missing: &'a [Missing],
    /// Whether stated access alone counts.
    pub stated_only: bool,
    /// The paths, the shortest first.
    pub paths: &'a [PathFrom],
    /// Whether there are more of them.
    pub more: bool,
}

impl AnsweredPaths<'_> {
    /// What is missing of the ends that were not named.
    fn missing_ends(&self) -> Vec<Missing> {
        let asked = |missing: &Missing| match missing {
            Missing::EntryPoints | Missing::NamedEntryPoints => self.ends.all_entry_points,
            Missing::CrownJewels | Missing::NamedCrownJewels => self.ends.all_crown_jewels,
        };
        self.missing.iter().copied().filter(asked).collect()
    }
}

/// Writes paths hop by hop with the rows behind them; hostile characters are shown escaped.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_paths_text(answered: &AnsweredPaths<'_>, out: &mut dyn Write) -> io::Result<()> {
    let AnsweredPaths { graph, ends, stated_only, paths, more, .. } = *answered;
    write_assumed(graph, out)?;
    let missing = answered.missing_ends();
    if !missing.is_empty() {
        return writeln!(out, "{}", nothing_to_judge(&missing));
    }
    for &at in ends.starts.credentials.iter().filter(|at| !graph.credential(**at).is_live()) {
        writeln!(out, "{} is dead and opens nothing", shown(graph.credential_name(at)))?;
    }
    let between = format!("from {} to {}", from_words(answered), to_words(answered));
    let stated = if stated_only { ", by stated access alone" } else { "" };
    match (paths.len(), more) {
        (0, _) => writeln!(out, "No path leads {between}{stated}")?,
        (1, false) => writeln!(out, "The only path {between}{stated}")?,
        (count, false) => writeln!(out, "All {count} paths {between}{stated}")?,
        (1, true) => writeln!(out, "The shortest path {between}{stated}; there are more")?,
        (count, true) => {
            writeln!(out, "The {count} shortest paths {between}{stated}; there are more")?;
        }
    }
    for (number, path) in (1..).zip(paths) {
        let hops = if path.hops.len() == 1 { "hop" } else { "hops" };
        let mark = if path.is_stated(graph) { "" } else { "  (assumed)" };
        let (from, to) = (path.from.name(graph), graph.instance_name(path.to));
        let (from, to, count) = (shown(&from), shown(&to), path.hops.len());
        writeln!(out, "\n  {number}. {from} to {to}, {count} {hops}{mark}")?;
        for hop in &path.hops {
            write_hop(graph, hop, out)?;
        }
    }
    Ok(())
}

fn write_hop(graph: &AccessGraph, hop: &Step, out: &mut dyn Write) -> io::Result<()> {
    let (name, to) = (graph.credential_name(hop.credential), graph.instance_name(hop.to));
    let rows = rows_of(graph, hop).into_iter().map(|place| graph.inventory().place_text(place));
    let rows = rows.collect::<Vec<_>>().join(", ");
    writeln!(out, "       with {} into {}  ({})", shown(name), shown(&to), shown(&rows))
}

fn from_words(answered: &AnsweredPaths<'_>) -> String {
    let AskedEnds { starts, all_entry_points, .. } = answered.ends;
    if all_entry_points {
        return counted(starts.instances.len(), "entry point", "entry points");
    }
    let graph = answered.graph;
    let instances = starts.instances.iter().map(|&at| graph.instance_name(at));
    let credentials = starts.credentials.iter().map(|&at| graph.credential_name(at).to_owned());
    named(instances.chain(credentials))
}

fn to_words(answered: &AnsweredPaths<'_>) -> String {
    let AskedEnds { to, all_crown_jewels, .. } = answered.ends;
    if all_crown_jewels {
        return counted(to.len(), "crown jewel", "crown jewels");
    }
    named(to.iter().map(|&at| answered.graph.instance_name(at)))
}

fn named(names: impl Iterator<Item = String>) -> String {
    names.map(|name| shown(&name).into_owned()).collect::<Vec<_>>().join(" or ")
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    basis: Basis,
    stated_only: bool,
    from: Value,
    to: Vec<Value>,
    /// What is missing of entry points and crown jewels where none were named.
    missing: Vec<&'static str>,
    /// Whether these are all paths.
    complete: bool,
    paths: Vec<PathEntry<'a>>,
}

#[derive(Serialize)]
struct PathEntry<'a> {
    from: Value,
    to: Value,
    hops: Vec<HopEntry<'a>>,
    assumed: bool,
}

#[derive(Serialize)]
struct HopEntry<'a> {
    credential: &'a str,
    to: Value,
    /// The first row by which the credential is held, and the first by which it opens.
    evidence: Vec<Value>,
}

/// Writes paths as JSON, the shortest first.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_paths_json(answered: &AnsweredPaths<'_>, out: &mut dyn Write) -> io::Result<()> {
    let AnsweredPaths { graph, ends, stated_only, paths, more, .. } = *answered;
    let Starts { credentials, instances } = ends.starts;
    let sites = |of: &[InstanceIndex]| of.iter().map(|&at| site(graph, at)).collect::<Vec<_>>();
    let names = credentials.iter().map(|&at| graph.credential_name(at)).collect::<Vec<_>>();
    let dead = credentials.iter().filter(|at| !graph.credential(**at).is_live());
    let dead = dead.map(|&at| graph.credential_name(at)).collect::<Vec<_>>();
    let document = Document {
        format: "keyreach-paths",
        version: 1,
        basis: Basis::new(graph),
        stated_only,
        from: json!({"credentials": names, "dead": dead, "services": sites(instances)}),
        to: sites(ends.to),
        missing: answered.missing_ends().into_iter().map(Missing::advice).collect(),
        complete: !more,
        paths: paths.iter().map(|path| path_entry(graph, path)).collect(),
    };
    write_json(&document, out)
}

fn path_entry<'a>(graph: &'a AccessGraph, path: &PathFrom) -> PathEntry<'a> {
    let hop = |step: &Step| HopEntry {
        credential: graph.credential_name(step.credential),
        to: site(graph, step.to),
        evidence: rows_of(graph, step).into_iter().map(|at| place_entry(graph, at)).collect(),
    };
    PathEntry {
        from: match path.from {
            Subject::Credential(at) => json!({"credential": graph.credential_name(at)}),
            Subject::Instance(at) => site(graph, at),
        },
        to: site(graph, path.to),
        hops: path.hops.iter().map(hop).collect(),
        assumed: !path.is_stated(graph),
    }
}
