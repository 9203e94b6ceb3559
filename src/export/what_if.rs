//! What fixes bring and break, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::assumed::Basis;
use super::entries::{ServiceName, names};
use super::json::write_json;
use crate::analysis::{AfterFix, Ends, Fix, RadiusChange, Rule, Subject, WhatIf};
use crate::graph::{AccessGraph, InstanceIndex};

/// What-if with what it was asked for.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredWhatIf<'a> {
    /// The graph.
    pub graph: &'a AccessGraph,
    /// Entry points and crown jewels.
    pub ends: &'a Ends,
    /// The fixes, in order.
    pub fixes: &'a [Fix],
    /// What each brings and breaks as if it were the only one.
    pub alone: &'a [WhatIf],
    /// What is left after each.
    pub each: &'a [AfterFix],
    /// What is left after all.
    pub what_if: &'a WhatIf,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    basis: Basis,
    exposure: Exposure,
    fixes: Vec<FixEntry<'a>>,
    #[serde(flatten)]
    brings: Brings<'a>,
}

/// What fixes bring and break beside exposure.
#[derive(Serialize)]
struct Brings<'a> {
    blast_radii: Vec<RadiusEntry<'a>>,
    findings_gone: Vec<FindingEntry<'a>>,
    findings_gone_total: u64,
    findings_new: Vec<FindingEntry<'a>>,
    findings_new_total: u64,
    findings_repeated_total: u64,
    accesses_lost: Vec<LostEntry<'a>>,
    accesses_lost_total: u64,
    accesses_lost_total_assumed: u64,
}

#[derive(Serialize)]
struct Exposure {
    entry_points: usize,
    crown_jewels: usize,
    pairs: u64,
    #[serde(flatten)]
    connected: Connected,
}

#[derive(Serialize)]
struct Connected {
    #[serde(rename = "connected_pairs_before")]
    before: u64,
    #[serde(rename = "connected_pairs_after")]
    after: u64,
    #[serde(rename = "connected_pairs_stated_before")]
    stated_before: u64,
    #[serde(rename = "connected_pairs_stated_after")]
    stated_after: u64,
}

impl Connected {
    fn new((before, after): (u64, u64), (stated_before, stated_after): (u64, u64)) -> Self {
        Self { before, after, stated_before, stated_after }
    }
}

/// One fix as if it were the only one.
#[derive(Serialize)]
struct Alone<'a> {
    #[serde(flatten)]
    connected: Connected,
    #[serde(flatten)]
    brings: Brings<'a>,
}

#[derive(Serialize)]
struct FixEntry<'a> {
    credential: &'a str,
    fix: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holders: Vec<ServiceName<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grants: Option<Vec<ServiceName<'a>>>,
    /// With the fixes before it, and with it too.
    #[serde(flatten)]
    connected: Connected,
    /// Whether pairs fall apart by it, and none of stated access.
    assumed: bool,
    accesses_lost_so_far: u64,
    accesses_lost_so_far_assumed: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    alone: Option<Alone<'a>>,
}

#[derive(Serialize)]
struct RadiusEntry<'a> {
    credential: Option<&'a str>,
    service: Option<ServiceName<'a>>,
    before: u32,
    before_stated: u32,
    after: u32,
    after_stated: u32,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    rule: &'static str,
    title: &'static str,
    credential: Option<&'a str>,
    service: Option<ServiceName<'a>>,
}

#[derive(Serialize)]
struct LostEntry<'a> {
    from: ServiceName<'a>,
    to: ServiceName<'a>,
    assumed: bool,
}

/// Writes before and after as JSON.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_what_if_json(answered: &AnsweredWhatIf<'_>, out: &mut dyn Write) -> io::Result<()> {
    let AnsweredWhatIf { graph, ends, what_if, .. } = *answered;
    let document = Document {
        format: "keyreach-what-if",
        version: 1,
        basis: Basis::new(graph),
        exposure: Exposure {
            entry_points: ends.entry_points.len(),
            crown_jewels: ends.crown_jewels.len(),
            pairs: ends.entry_points.len() as u64 * ends.crown_jewels.len() as u64,
            connected: Connected::new(what_if.connected_pairs, what_if.connected_pairs_stated),
        },
        fixes: fixes(answered),
        brings: brings(graph, what_if),
    };
    write_json(&document, out)
}

fn brings<'a>(graph: &'a AccessGraph, what_if: &WhatIf) -> Brings<'a> {
    let radius = |&RadiusChange { subject, before, after, stated }: &RadiusChange| {
        let (credential, service) = names(graph, subject);
        let (before_stated, after_stated) = stated;
        RadiusEntry { credential, service, before, before_stated, after, after_stated }
    };
    let lost = what_if.lost_named.iter().map(|lost| LostEntry {
        from: ServiceName::of(graph, lost.holder),
        to: ServiceName::of(graph, lost.target),
        assumed: lost.assumed,
    });
    Brings {
        blast_radii: what_if.radii.iter().map(radius).collect(),
        findings_gone: findings(graph, &what_if.findings_gone.1),
        findings_gone_total: what_if.findings_gone.0,
        findings_new: findings(graph, &what_if.findings_new.1),
        findings_new_total: what_if.findings_new.0,
        findings_repeated_total: what_if.findings_repeated,
        accesses_lost: lost.collect(),
        accesses_lost_total: what_if.lost,
        accesses_lost_total_assumed: what_if.lost_assumed,
    }
}

fn fixes<'a>(answered: &AnsweredWhatIf<'a>) -> Vec<FixEntry<'a>> {
    let graph = answered.graph;
    let list = |of: &[InstanceIndex]| of.iter().map(|&at| ServiceName::of(graph, at)).collect();
    let mut before = answered.what_if.before();
    let entry = |(at, (fix, state)): (usize, (&Fix, &AfterFix))| {
        let (was, after) = (std::mem::replace(&mut before, *state), state);
        FixEntry {
            credential: graph.credential_name(fix.credential),
            fix: fix.kind.word(),
            holders: list(&fix.holders),
            grants: fix.grants.as_deref().map(list),
            connected: Connected::new(
                (was.connected_pairs, after.connected_pairs),
                (was.connected_pairs_stated, after.connected_pairs_stated),
            ),
            assumed: state.rests_on_assumption(was),
            accesses_lost_so_far: state.lost,
            accesses_lost_so_far_assumed: state.lost_assumed,
            alone: answered.alone.get(at).map(|alone| Alone {
                connected: Connected::new(alone.connected_pairs, alone.connected_pairs_stated),
                brings: brings(graph, alone),
            }),
        }
    };
    answered.fixes.iter().zip(answered.each).enumerate().map(entry).collect()
}

fn findings<'a>(graph: &'a AccessGraph, named: &[(Rule, Subject)]) -> Vec<FindingEntry<'a>> {
    let entry = |&(rule, subject): &(Rule, Subject)| {
        let (credential, service) = names(graph, subject);
        FindingEntry { rule: rule.id(), title: rule.title(), credential, service }
    };
    named.iter().map(entry).collect()
}
