//! Who reaches a chosen instance, as JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::assumed::Basis;
use super::entries::ServiceName;
use super::hops::{place_entry, rows_of};
use super::json::{Each, write_json};
use crate::analysis::{
    Ends, HopBackwards, LastCredential, Missing, ReachedBy, ReachedFrom, missing,
};
use crate::graph::AccessGraph;

/// Who reaches an instance, with what was asked.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredReachedBy<'a> {
    /// The graph.
    pub graph: &'a AccessGraph,
    /// Entry points and crown jewels.
    pub ends: &'a Ends,
    /// Who reaches the instance.
    pub reached_by: &'a ReachedBy,
}

impl AnsweredReachedBy<'_> {
    /// What is missing where there is no entry point.
    pub(super) fn missing_entry_points(&self) -> Vec<Missing> {
        let is_asked = |missing: &Missing| match missing {
            Missing::EntryPoints | Missing::NamedEntryPoints => true,
            Missing::CrownJewels | Missing::NamedCrownJewels => false,
        };
        missing(self.ends).into_iter().filter(is_asked).collect()
    }

    /// Whether the instance is itself an entry point, which does not count for itself.
    pub(super) fn is_entry_point(&self) -> bool {
        self.ends.is_entry_point(self.reached_by.to)
    }
}

#[derive(Serialize)]
struct Document<'a, From: Serialize, Last: Serialize, Hops: Serialize> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    basis: Basis,
    to: ServiceName<'a>,
    entry_points: usize,
    /// How many of them the instance can be reached by: all but itself.
    other_entry_points: usize,
    /// Whether the instance is one of them, which does not count for itself.
    is_entry_point: bool,
    /// What is missing where there is no entry point.
    missing: Vec<&'static str>,
    reached_by: usize,
    reached_by_stated: usize,
    from: From,
    last_credentials: Last,
    /// The hops of all shortest ways, each once, the last ones first.
    backwards: Hops,
}

#[derive(Serialize)]
struct FromEntry<'a> {
    #[serde(flatten)]
    entry_point: ServiceName<'a>,
    hops: u32,
    hops_stated: Option<u32>,
    through: &'a str,
    assumed: bool,
}

#[derive(Serialize)]
struct LastEntry<'a> {
    credential: &'a str,
    entry_points: u32,
    entry_points_stated: u32,
    assumed: bool,
}

#[derive(Serialize)]
struct HopEntry<'a> {
    hops: u32,
    from: Option<ServiceName<'a>>,
    credential: &'a str,
    to: ServiceName<'a>,
    assumed: bool,
    /// The first row by which the credential is held, and the first by which it opens.
    evidence: Vec<Value>,
}

/// Writes who reaches an instance as JSON: by hops, then by name.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_reached_by_json(
    answered: &AnsweredReachedBy<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let AnsweredReachedBy { graph, ends, reached_by } = *answered;
    let from = |from: &ReachedFrom| FromEntry {
        entry_point: ServiceName::of(graph, from.entry_point),
        hops: from.hops,
        hops_stated: from.hops_stated,
        through: graph.credential_name(from.through),
        assumed: !from.is_stated(),
    };
    let last = |last: &LastCredential| LastEntry {
        credential: graph.credential_name(last.credential),
        entry_points: last.entry_points,
        entry_points_stated: last.entry_points_stated,
        assumed: last.entry_points_stated == 0,
    };
    let hop = |hop: &HopBackwards| HopEntry {
        hops: hop.hops,
        from: hop.step.from.map(|from| ServiceName::of(graph, from)),
        credential: graph.credential_name(hop.step.credential),
        to: ServiceName::of(graph, hop.step.to),
        assumed: !hop.is_stated(graph),
        evidence: rows_of(graph, &hop.step).into_iter().map(|at| place_entry(graph, at)).collect(),
    };
    let missing = answered.missing_entry_points();
    let document = Document {
        format: "keyreach-reached-by",
        version: 1,
        basis: Basis::new(graph),
        to: ServiceName::of(graph, reached_by.to),
        entry_points: ends.entry_points.len(),
        other_entry_points: ends.entry_points_beside(reached_by.to),
        is_entry_point: answered.is_entry_point(),
        missing: missing.into_iter().map(Missing::advice).collect(),
        reached_by: reached_by.entry_points.len(),
        reached_by_stated: reached_by.stated(),
        from: Each(|| reached_by.entry_points.iter().map(from)),
        last_credentials: Each(|| reached_by.last_credentials.iter().map(last)),
        backwards: Each(|| reached_by.backwards.iter().map(hop)),
    };
    write_json(&document, out)
}
