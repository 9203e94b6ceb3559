//! A verdict as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::beside::PastFinding;
use super::fingerprint::finding_fingerprint;
use super::verdict::Verdict;
use crate::analysis::Finding;
use crate::export::assumed::Basis;
use crate::export::entries::{EvidenceEntry, ServiceName, names, place_in};
use crate::export::json_lines::ObjectWriter;
use crate::project::Acceptance;

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
    /// Who accepted its risk, until when and why; nothing where nobody did, or the day has come.
    accepted: Option<AcceptedEntry<'a>>,
    /// The day that has come, until which its risk was accepted.
    acceptance_ended: Option<String>,
    /// The first row behind it.
    evidence: Option<EvidenceEntry<'a>>,
}

#[derive(Serialize)]
struct AcceptedEntry<'a> {
    until: String,
    by: &'a str,
    reason: &'a str,
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
    writer.member("baseline_as_of", &verdict.baseline_as_of.map(|day| day.to_string()))?;
    writer.member("baseline_differs", &verdict.baseline_differs)?;
    writer.member("findings_explained", &verdict.explained())?;
    writer.member("findings_accepted", &verdict.decided.accepted.len())?;
    writer.member("findings_failing", &verdict.failing.len())?;
    writer.member("connected_pairs", &answers.exposure.connected_pairs)?;
    writer.member("more_connected_pairs", &verdict.beside.more_pairs)?;
    writer.member("more_connected_pairs_unsure", &verdict.beside.pairs_unsure)?;
    let entry = |at: usize| Some(finding(verdict, at, answers.findings.get(at)?));
    writer.list("findings", answers.findings.len(), entry)?;
    let resolved = |at: usize| verdict.beside.resolved.get(at).map(past);
    writer.list("resolved", verdict.beside.resolved.len(), resolved)?;
    let not_observed = |at: usize| verdict.beside.not_observed.get(at).map(past);
    writer.list("not_observed", verdict.beside.not_observed.len(), not_observed)?;
    let explained = |at: usize| verdict.beside.explained.get(at).map(past);
    writer.list("explained", verdict.beside.explained.len(), explained)?;
    writer.end()
}

fn past(finding: &PastFinding) -> PastEntry<'_> {
    let PastFinding { rule, severity, name } = finding;
    PastEntry { rule: rule.id(), title: rule.title(), severity: severity.word(), name }
}

fn accepted(Acceptance { reason, until, by }: &Acceptance) -> AcceptedEntry<'_> {
    AcceptedEntry { until: until.to_string(), by, reason }
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
        accepted: verdict.decided.accepted.get(&at).map(accepted),
        acceptance_ended: verdict.decided.ended.get(&at).map(|ended| ended.until.to_string()),
        evidence: evidence.first().map(|&place| place_in(graph, place)),
    }
}
