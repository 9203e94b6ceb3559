//! What fixes bring and break as a document.

use super::basis::basis;
use crate::analysis::{
    AfterFix, Fix, FixKind, LostAccess, RadiusChange, Rule, Subject, WhatIf, lost_words, missing,
    missing_ends_advice,
};
use crate::export::document::{Document, Item, Line, more};
use crate::export::hops::assumed_mark;
use crate::export::what_if::AnsweredWhatIf;
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::counted;

/// How many of what a fix alone brings and breaks are named.
const FEW: usize = 5;

/// Exposure, blast radii, findings and lost accesses, before and after.
pub fn what_if_document(answered: &AnsweredWhatIf<'_>) -> Document {
    let AnsweredWhatIf { graph, ends, fixes, what_if, .. } = *answered;
    let mut document = Document::default();
    basis(graph, &mut document);
    let pairs = ends.entry_points.len() as u64 * ends.crown_jewels.len() as u64;
    if pairs == 0 {
        document.sentence(missing_ends_advice(&missing(ends)));
    } else {
        let line = Line::from("Connected pairs: ");
        document.sentence(with_pairs(line, what_if, &format!(" of {pairs}")));
    }
    document.heading("Fixes");
    document.list((0..fixes.len()).filter_map(|at| fix_item(answered, at)));
    if fixes.len() > 1 {
        document.heading(with_pairs(Line::from("All together: "), what_if, " connected pairs"));
    }
    if !what_if.radii.is_empty() {
        document.heading(format!("Blast radius, of {} service instances", graph.instances().len()));
        document.list(what_if.radii.iter().map(|radius| radius_item(graph, "", radius)));
    }
    findings(graph, "gone", &what_if.findings_gone, &mut document);
    findings(graph, "new", &what_if.findings_new, &mut document);
    if let Some(item) = repeated(what_if.findings_repeated) {
        document.list([item]);
    }
    document.heading(lost_words(what_if.lost, what_if.lost_assumed));
    let lost = what_if.lost_named.iter().map(|lost| lost_item(graph, lost));
    document.first_of(what_if.lost as usize, lost);
    document
}

fn before_after((before, after): (u64, u64), of: &'static str) -> Line {
    Line::default().figure(before, of).text(" → ").figure(after, of)
}

/// Adds the connected pairs before and after: "3 → 1 connected pairs (stated access alone: 2 → 1)".
fn with_pairs(mut line: Line, what_if: &WhatIf, what: &str) -> Line {
    line.spans.extend(before_after(what_if.connected_pairs, "connected pairs").spans);
    line = line.text(what).text(" (stated access alone: ");
    line.spans.extend(before_after(what_if.connected_pairs_stated, "connected pairs").spans);
    line.text(")")
}

/// One fix: what is left after it and those before it, and what it would do alone.
fn fix_item(answered: &AnsweredWhatIf<'_>, at: usize) -> Option<Item> {
    let AnsweredWhatIf { graph, fixes, alone, each, what_if, .. } = *answered;
    let (fix, state) = (fixes.get(at)?, each.get(at)?);
    let AfterFix { connected_pairs, connected_pairs_stated, lost, lost_assumed } = *state;
    let before = at.checked_sub(1).and_then(|at| each.get(at).copied());
    let before = before.unwrap_or_else(|| what_if.before());
    let mark = assumed_mark(!state.rests_on_assumption(before));
    let mut below = vec![Item::from(format!(
        "leaves {} ({connected_pairs_stated} with stated access alone), {} in all",
        counted(connected_pairs as usize, "connected pair", "connected pairs"),
        lost_words(lost, lost_assumed)
    ))];
    below.extend(fix.kind.caveat().map(Item::from));
    below.extend(alone.get(at).filter(|_| fixes.len() > 1).map(|alone| alone_item(graph, alone)));
    Some(Item::with(format!("{}. {}{mark}", at + 1, fix_name(graph, fix)), below))
}

/// What one fix brings and breaks as if it were the only one.
fn alone_item(graph: &AccessGraph, alone: &WhatIf) -> Item {
    let line = with_pairs(Line::from("alone: "), alone, " connected pairs");
    let radii = alone.radii.iter().map(|radius| radius_item(graph, "blast radius ", radius));
    let mut below: Vec<Item> = radii.collect();
    for (what, (count, named)) in [("gone", &alone.findings_gone), ("new", &alone.findings_new)] {
        let words = named.iter().take(FEW);
        let words = words
            .map(|&(rule, subject)| Item::from(format!("{} {}", rule.id(), subject.name(graph))));
        let head = format!("{} {what}", counted(*count as usize, "finding", "findings"));
        below.push(few(head, *count, words.collect()));
    }
    below.extend(repeated(alone.findings_repeated));
    let lost = alone.lost_named.iter().take(FEW).map(|lost| lost_item(graph, lost));
    below.push(few(lost_words(alone.lost, alone.lost_assumed), alone.lost, lost.collect()));
    Item::with(line, below)
}

/// A count of things, and the first of them by name.
fn few(head: String, count: u64, mut named: Vec<Item>) -> Item {
    named.extend(more(count as usize, named.len()));
    Item::with(head, named)
}

fn radius_item(graph: &AccessGraph, what: &str, radius: &RadiusChange) -> Item {
    let &RadiusChange { subject, before, after, stated } = radius;
    let mut line = Line::from(what);
    let figures = |(before, after): (u32, u32)| {
        before_after((before.into(), after.into()), "service instances").spans
    };
    line.spans.extend(figures((before, after)));
    if stated != (before, after) {
        line = line.text(" (stated access alone: ");
        line.spans.extend(figures(stated));
        line = line.text(")");
    }
    Item::from(line.text(format!("  {}", subject.name(graph))))
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

fn findings(
    graph: &AccessGraph,
    what: &str,
    (count, named): &(u64, Vec<(Rule, Subject)>),
    document: &mut Document,
) {
    if *count == 0 {
        return;
    }
    document.heading(format!("{} {what}", counted(*count as usize, "finding", "findings")));
    let named = named.iter().map(|&(rule, subject)| {
        Item::from(format!("{} {}: {}", rule.id(), rule.title(), subject.name(graph)))
    });
    document.first_of(*count as usize, named);
}

/// What is said of findings that several parts of a credential have.
fn repeated(count: u64) -> Option<Item> {
    let words = counted(count as usize, "finding more", "findings more");
    (count > 0)
        .then(|| Item::from(format!("{words}: several parts have what their credential had")))
}

fn lost_item(graph: &AccessGraph, lost: &LostAccess) -> Item {
    let (from, to) = (graph.instance_name(lost.holder), graph.instance_name(lost.target));
    let mark = assumed_mark(!lost.assumed);
    Item::from(format!("{from} loses its access to {to}{mark}"))
}
