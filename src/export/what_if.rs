//! What fixes bring and break, as text and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::assumed::{Basis, write_assumed};
use super::entries::{ServiceName, names};
use super::json::write_json;
use crate::analysis::{
    AfterFix, Ends, Fix, FixKind, LostAccess, Rule, Subject, WhatIf, missing, nothing_to_judge,
};
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::counted;
use crate::inventory::shown;

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

/// How many of what a fix alone brings and breaks are named in the text.
const FEW: usize = 5;

/// Writes before and after for a terminal or a mail; hostile characters are shown escaped.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_what_if_text(answered: &AnsweredWhatIf<'_>, out: &mut dyn Write) -> io::Result<()> {
    let AnsweredWhatIf { graph, ends, fixes, what_if, .. } = *answered;
    write_assumed(graph, out)?;
    let pairs = ends.entry_points.len() as u64 * ends.crown_jewels.len() as u64;
    let (before, after) = what_if.connected_pairs;
    let (stated, stated_after) = what_if.connected_pairs_stated;
    if pairs == 0 {
        writeln!(out, "{}", nothing_to_judge(&missing(ends)))?;
    } else {
        writeln!(
            out,
            "{before} → {after} of {pairs} pairs of entry point and crown jewel are connected, \
             {stated} → {stated_after} by stated access alone"
        )?;
    }
    writeln!(out, "\nFixes")?;
    for at in 0..fixes.len() {
        write_fix(answered, at, out)?;
    }
    if fixes.len() > 1 {
        writeln!(
            out,
            "\nAll together: {before} → {after} pairs, {stated} → {stated_after} by stated access \
             alone"
        )?;
    }
    if !what_if.radii.is_empty() {
        writeln!(out, "\nBlast radius, of {} service instances", graph.instances().len())?;
    }
    for &(subject, before, after) in &what_if.radii {
        writeln!(out, "  {before} → {after}  {}", shown(&subject.name(graph)))?;
    }
    write_findings(graph, "gone", &what_if.findings_gone, out)?;
    write_findings(graph, "new", &what_if.findings_new, out)?;
    write_lost(graph, what_if, out)
}

/// One fix: what is left after it and those before it, and what it would do alone.
fn write_fix(answered: &AnsweredWhatIf<'_>, at: usize, out: &mut dyn Write) -> io::Result<()> {
    let AnsweredWhatIf { graph, fixes, alone, each, .. } = *answered;
    let (Some(fix), Some(state)) = (fixes.get(at), each.get(at)) else { return Ok(()) };
    let AfterFix { connected_pairs, connected_pairs_stated, lost } = *state;
    writeln!(out, "  {}. {}", at + 1, shown(&fix_name(graph, fix)))?;
    writeln!(
        out,
        "     then {}, {connected_pairs_stated} by stated access alone; {} lost so far",
        counted(connected_pairs as usize, "pair", "pairs"),
        counted(lost as usize, "access", "accesses")
    )?;
    if fix.kind == FixKind::WorkloadIdentity {
        writeln!(
            out,
            "     whoever takes one of these instances still goes on from it; what is gone is \
             the secret that could leak"
        )?;
    }
    match alone.get(at) {
        Some(alone) if fixes.len() > 1 => write_alone(graph, alone, out),
        Some(_) | None => Ok(()),
    }
}

/// What one fix brings and breaks as if it were the only one.
fn write_alone(graph: &AccessGraph, alone: &WhatIf, out: &mut dyn Write) -> io::Result<()> {
    let ((before, after), (stated, stated_after)) =
        (alone.connected_pairs, alone.connected_pairs_stated);
    writeln!(
        out,
        "     alone {before} → {after} pairs, {stated} → {stated_after} by stated access alone"
    )?;
    for &(subject, before, after) in &alone.radii {
        let name = subject.name(graph);
        writeln!(out, "       blast radius {before} → {after}  {}", shown(&name))?;
    }
    for (what, (count, named)) in [("gone", &alone.findings_gone), ("new", &alone.findings_new)] {
        let words = named
            .iter()
            .take(FEW)
            .map(|&(rule, subject)| format!("{} {}", rule.id(), shown(&subject.name(graph))));
        let head = format!("{} {what}", counted(*count as usize, "finding", "findings"));
        write_few(&head, *count, &words.collect::<Vec<_>>(), out)?;
    }
    let words = alone.lost_named.iter().take(FEW).map(|lost| lost_words(graph, lost));
    let head = format!("{} lost", counted(alone.lost as usize, "access", "accesses"));
    write_few(&head, alone.lost, &words.collect::<Vec<_>>(), out)
}

/// A count of things, and the first of them by name.
fn write_few(head: &str, count: u64, named: &[String], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "       {head}")?;
    for name in named {
        writeln!(out, "         {name}")?;
    }
    match count.saturating_sub(named.len() as u64) {
        0 => Ok(()),
        more => writeln!(out, "         and {more} more"),
    }
}

/// A fix in one line: "workload identity k for app in dev, granting db in prod".
fn fix_name(graph: &AccessGraph, fix: &Fix) -> String {
    let mut name = format!("{} {}", fix.kind.word(), graph.credential_name(fix.credential));
    let list = |of: &[InstanceIndex]| {
        of.iter().map(|&at| graph.instance_name(at)).collect::<Vec<_>>().join(", ")
    };
    if fix.kind != FixKind::WorkloadIdentity {
        return name;
    }
    if fix.holders.is_empty() {
        name.push_str(" for every holder");
    } else {
        name = format!("{name} for {}", list(&fix.holders));
    }
    match fix.grants.as_deref() {
        None => name.push_str(", with the same grants"),
        Some([]) => name.push_str(", granting nothing"),
        Some(grants) => name = format!("{name}, granting {}", list(grants)),
    }
    name
}

fn write_findings(
    graph: &AccessGraph,
    what: &str,
    (count, named): &(u64, Vec<(Rule, Subject)>),
    out: &mut dyn Write,
) -> io::Result<()> {
    if *count == 0 {
        return Ok(());
    }
    writeln!(out, "\n{} {what}", counted(*count as usize, "finding", "findings"))?;
    for &(rule, subject) in named {
        let name = subject.name(graph);
        writeln!(out, "  {} {}: {}", rule.id(), rule.title(), shown(&name))?;
    }
    write_rest(*count, named.len(), out)
}

fn write_rest(count: u64, named: usize, out: &mut dyn Write) -> io::Result<()> {
    match count.saturating_sub(named as u64) {
        0 => Ok(()),
        rest => writeln!(out, "  and {rest} more"),
    }
}

fn write_lost(graph: &AccessGraph, what_if: &WhatIf, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{} lost", counted(what_if.lost as usize, "access", "accesses"))?;
    for lost in &what_if.lost_named {
        writeln!(out, "  {}", lost_words(graph, lost))?;
    }
    write_rest(what_if.lost, what_if.lost_named.len(), out)
}

fn lost_words(graph: &AccessGraph, lost: &LostAccess) -> String {
    let (from, to) = (graph.instance_name(lost.holder), graph.instance_name(lost.target));
    let mark = if lost.assumed { "  (assumed)" } else { "" };
    format!("{} can no longer reach {}{mark}", shown(&from), shown(&to))
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
    accesses_lost: Vec<LostEntry<'a>>,
    accesses_lost_total: u64,
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
    accesses_lost_so_far: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    alone: Option<Alone<'a>>,
}

#[derive(Serialize)]
struct RadiusEntry<'a> {
    credential: Option<&'a str>,
    service: Option<ServiceName<'a>>,
    before: u32,
    after: u32,
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
    let radius = |&(subject, before, after): &(Subject, u32, u32)| {
        let (credential, service) = names(graph, subject);
        RadiusEntry { credential, service, before, after }
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
        accesses_lost: lost.collect(),
        accesses_lost_total: what_if.lost,
    }
}

fn fixes<'a>(answered: &AnsweredWhatIf<'a>) -> Vec<FixEntry<'a>> {
    let graph = answered.graph;
    let list = |of: &[InstanceIndex]| of.iter().map(|&at| ServiceName::of(graph, at)).collect();
    let mut before =
        (answered.what_if.connected_pairs.0, answered.what_if.connected_pairs_stated.0);
    let entry = |(at, (fix, state)): (usize, (&Fix, &AfterFix))| {
        let after = (state.connected_pairs, state.connected_pairs_stated);
        let was = std::mem::replace(&mut before, after);
        FixEntry {
            credential: graph.credential_name(fix.credential),
            fix: fix.kind.word(),
            holders: list(&fix.holders),
            grants: fix.grants.as_deref().map(list),
            connected: Connected::new((was.0, after.0), (was.1, after.1)),
            accesses_lost_so_far: state.lost,
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
