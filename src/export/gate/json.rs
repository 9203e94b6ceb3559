//! A verdict as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::finding_fingerprint;
use super::verdict::{PastFinding, Verdict};
use crate::analysis::Finding;
use crate::export::assumed::Basis;
use crate::export::entries::{EvidenceEntry, ServiceName, names, place_in};
use crate::export::json_lines::ObjectWriter;

#[derive(Serialize)]
struct FindingEntry<'a> {
    rule: &'static str,
    title: &'static str,
    severity: &'static str,
    credential: Option<&'a str>,
    service: Option<ServiceName<'a>>,
    assumed: bool,
    /// What it is beside the baseline.
    state: &'static str,
    fails: bool,
    fingerprint: String,
    /// The first row behind it.
    evidence: Option<EvidenceEntry<'a>>,
}

#[derive(Serialize)]
struct PastEntry<'a> {
    rule: &'static str,
    title: &'static str,
    severity: &'static str,
    name: &'a str,
}

/// Writes the verdict with every finding, the worst first, an entry a line.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_verdict_json(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let answers = verdict.answers;
    let mut writer = ObjectWriter::new(out)?;
    writer.member("format", &"keyreach-check")?;
    writer.member("version", &1)?;
    writer.members_of(&Basis::new(&answers.graph), |_| true)?;
    writer.member("failed", &verdict.failure().is_some())?;
    writer.member("fail_on", &verdict.fail_on.word())?;
    writer.member("has_baseline", &verdict.has_baseline)?;
    writer.member("findings_failing", &verdict.failing.len())?;
    writer.member("connected_pairs", &answers.exposure.connected_pairs)?;
    writer.member("more_connected_pairs", &verdict.more_pairs)?;
    let entry = |at: usize| Some(finding(verdict, at, answers.findings.get(at)?));
    writer.list("findings", answers.findings.len(), entry)?;
    let resolved = |at: usize| verdict.resolved.get(at).map(past);
    writer.list("resolved", verdict.resolved.len(), resolved)?;
    let not_observed = |at: usize| verdict.not_observed.get(at).map(past);
    writer.list("not_observed", verdict.not_observed.len(), not_observed)?;
    writer.end()
}

fn past(finding: &PastFinding) -> PastEntry<'_> {
    let PastFinding { rule, severity, name } = finding;
    PastEntry { rule: rule.id(), title: rule.title(), severity: severity.word(), name }
}

fn finding<'a>(verdict: &'a Verdict<'_>, at: usize, finding: &Finding) -> FindingEntry<'a> {
    let graph = &verdict.answers.graph;
    let (credential, service) = names(graph, finding.subject);
    let evidence = verdict.answers.details(finding).evidence;
    FindingEntry {
        rule: finding.rule.id(),
        title: finding.rule.title(),
        severity: finding.severity.word(),
        credential,
        service,
        assumed: finding.assumed,
        state: verdict.state(at).word(),
        fails: verdict.fails(at),
        fingerprint: finding_fingerprint(graph, finding),
        evidence: evidence.first().map(|&place| place_in(graph, place)),
    }
}
