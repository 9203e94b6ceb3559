//! The shortest paths between two things, as JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::assumed::Basis;
use super::hops::{place_entry, rows_of, site};
use super::json::write_json;
use crate::analysis::{Missing, PathFrom, Starts, Step, Subject, dead_by_id_alone, stated_hops};
use crate::graph::{AccessGraph, InstanceIndex};

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
    pub(super) fn missing_ends(&self) -> Vec<Missing> {
        let asked = |missing: &Missing| match missing {
            Missing::EntryPoints | Missing::NamedEntryPoints => self.ends.all_entry_points,
            Missing::CrownJewels | Missing::NamedCrownJewels => self.ends.all_crown_jewels,
        };
        self.missing.iter().copied().filter(asked).collect()
    }
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
    assumed: bool,
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
    let from = instances.iter().copied();
    let doubted: Vec<&str> = dead_by_id_alone(graph, credentials, from)
        .into_iter()
        .map(|at| graph.credential_name(at))
        .collect();
    let document = Document {
        format: "keyreach-paths",
        version: 1,
        basis: Basis::new(graph),
        stated_only,
        from: json!({
            "credentials": names,
            "dead": dead,
            "dead_by_id_alone": doubted,
            "services": sites(instances),
        }),
        to: sites(ends.to),
        missing: answered.missing_ends().into_iter().map(Missing::advice).collect(),
        complete: !more,
        paths: paths.iter().map(|path| path_entry(graph, path)).collect(),
    };
    write_json(&document, out)
}

fn path_entry<'a>(graph: &'a AccessGraph, path: &PathFrom) -> PathEntry<'a> {
    let hop = |(step, stated): (&Step, bool)| HopEntry {
        credential: graph.credential_name(step.credential),
        to: site(graph, step.to),
        assumed: !stated,
        evidence: rows_of(graph, step).into_iter().map(|at| place_entry(graph, at)).collect(),
    };
    PathEntry {
        from: match path.from {
            Subject::Credential(at) => json!({"credential": graph.credential_name(at)}),
            Subject::Instance(at) => site(graph, at),
        },
        to: site(graph, path.to),
        hops: path.hops.iter().zip(stated_hops(graph, &path.hops)).map(hop).collect(),
        assumed: !path.is_stated(graph),
    }
}
