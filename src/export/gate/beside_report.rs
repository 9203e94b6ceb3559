//! Findings beside a report of earlier. Where it assumes otherwise, the inventory is judged as the report
//! was too: what differs then comes from the inventory, and the rest from the assumptions.

use std::collections::BTreeMap;

use super::baseline_report::{BaselineReport, KnownFinding, KnownSubject};
use super::beside::{Beside, FindingState, PastFinding};
use super::report_lacking::LackingOfReport;
use crate::analysis::{Answers, Rule, Severity, Subject};

/// Compares findings with those of a report. `alike` are the answers about the same inventory under what
/// the report assumes, where that is not what is assumed now. Costs a look at each finding of either
/// side.
pub(super) fn beside_report(
    answers: &Answers,
    report: &BaselineReport,
    alike: Option<&Answers>,
) -> Beside {
    let known: BTreeMap<(Rule, &KnownSubject), (usize, Severity)> = (0..)
        .zip(&report.findings)
        .map(|(at, finding)| ((finding.rule, &finding.subject), (at, finding.severity)))
        .collect();
    let alike_findings = alike.map(|alike| by_name(alike, report));
    let lacking = LackingOfReport::new(answers, report);
    let mut is_found = vec![false; report.findings.len()];
    let mut beside = Beside::default();
    for finding in &answers.findings {
        let names = names_of(answers, report, finding.subject);
        let before = names.iter().find_map(|name| known.get(&(finding.rule, name)));
        // How severe it is under what the report assumes; nothing where that gives no such finding.
        let severity = match &alike_findings {
            None => Some(finding.severity),
            Some(alike) => {
                let mut found = names.iter();
                found.find_map(|name| alike.get(&(finding.rule, name.clone())).copied())
            }
        };
        beside.states.push(match (before, severity) {
            (Some((_, old)), _) if finding.severity >= *old => FindingState::Known,
            (Some((_, old)), Some(severity)) if severity >= *old => {
                FindingState::Explained { was_found: true }
            }
            (before, None) => FindingState::Explained { was_found: before.is_some() },
            (before, Some(_)) if lacking.explains(finding, &names, before.is_some()) => {
                FindingState::Explained { was_found: before.is_some() }
            }
            (Some(_), Some(_)) => FindingState::MoreSevere,
            (None, Some(_)) => FindingState::New,
        });
        if let Some(slot) = before.and_then(|(at, _)| is_found.get_mut(*at)) {
            *slot = true;
        }
    }
    let is_alike = |finding: &KnownFinding| {
        let key = (finding.rule, finding.subject.clone());
        alike_findings.as_ref().is_some_and(|alike| alike.contains_key(&key))
    };
    for (finding, _) in report.findings.iter().zip(&is_found).filter(|(_, found)| !**found) {
        let list = if is_alike(finding) {
            &mut beside.explained
        } else if lacking.hides(finding) {
            &mut beside.not_observed
        } else {
            &mut beside.resolved
        };
        list.push(past(finding));
    }
    let now = alike.unwrap_or(answers).exposure.connected_pairs;
    beside.more_pairs = report.connected_pairs.map_or(0, |before| now.saturating_sub(before));
    if beside.more_pairs > 0 {
        beside.pairs_unsure = lacking.may_connect();
    }
    beside
}

fn past(finding: &KnownFinding) -> PastFinding {
    let name = match &finding.subject {
        KnownSubject::Credential(id) => id.clone(),
        KnownSubject::Service { service, environment } => format!("{service}@{environment}"),
    };
    PastFinding { rule: finding.rule, severity: finding.severity, name }
}

/// Findings under every name that the report may have for them.
fn by_name(answers: &Answers, report: &BaselineReport) -> BTreeMap<(Rule, KnownSubject), Severity> {
    let mut found = BTreeMap::new();
    for finding in &answers.findings {
        for name in names_of(answers, report, finding.subject) {
            found.entry((finding.rule, name)).or_insert(finding.severity);
        }
    }
    found
}

/// Under which names the report may have a subject.
fn names_of(answers: &Answers, report: &BaselineReport, subject: Subject) -> Vec<KnownSubject> {
    let graph = &answers.graph;
    match subject {
        Subject::Instance(at) => vec![KnownSubject::Service {
            service: graph.service_name(at).to_owned(),
            environment: graph.environment_of(at).label.clone(),
        }],
        Subject::Credential(at) => {
            let aliases = graph.aliases(at).iter().map(|&id| graph.inventory().text(id));
            let ids = std::iter::once(graph.credential_name(at)).chain(aliases);
            let mut names = Vec::new();
            for id in ids {
                names.push(KnownSubject::Credential(id.to_owned()));
                let printed = report.printed.get(id);
                names.extend(printed.map(|id| KnownSubject::Credential(id.clone())));
            }
            names
        }
    }
}
