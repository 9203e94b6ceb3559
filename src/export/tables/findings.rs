//! The findings as a table, the worst first.

use std::io;

use super::cell::{Cell, TakeRow};
use crate::analysis::{Answers, Finding, Subject, Technique};

pub(super) const COLUMNS: [&str; 15] = [
    "rule",
    "title",
    "severity",
    "credential",
    "service",
    "environment",
    "assumed",
    "why",
    "advice",
    "owasp",
    "attack",
    "first_file",
    "first_line",
    "evidence_rows",
    "owners",
];

/// Gives a row for each finding. Costs time in proportion to the links and rows behind them.
pub(super) fn rows(
    answers: &Answers,
    only: Option<&[Finding]>,
    take: &mut TakeRow<'_>,
) -> io::Result<()> {
    let findings = only.unwrap_or(&answers.findings);
    findings.iter().try_for_each(|finding| take(&row(answers, finding)))
}

fn row<'a>(answers: &'a Answers, finding: &Finding) -> [Cell<'a>; COLUMNS.len()] {
    let graph = &answers.graph;
    let details = answers.details(finding);
    let (credential, service, environment, owners) = match finding.subject {
        Subject::Credential(at) => (
            Cell::from(graph.credential_name(at)),
            Cell::Empty,
            Cell::Empty,
            super::cell::owners(graph, graph.owners_of(at)),
        ),
        Subject::Instance(at) => (
            Cell::Empty,
            Cell::from(graph.service_name(at)),
            Cell::from(graph.environment_of(at).label.as_str()),
            super::cell::owners(graph, graph.owners_of_instance(at)),
        ),
    };
    let first = details.evidence.first();
    let sources = &graph.inventory().sources;
    let file = first.and_then(|place| sources.get(usize::from(place.source.0)));
    [
        finding.rule.id().into(),
        finding.rule.title().into(),
        finding.severity.word().into(),
        credential,
        service,
        environment,
        finding.assumed.into(),
        Cell::Words(details.why.into_iter().map(|reason| reason.words).collect()),
        details.advice.into(),
        finding.rule.owasp().into(),
        details.technique.map(Technique::id).into(),
        file.map(|source| source.name.as_str()).into(),
        first.map(|place| place.line).into(),
        details.evidence.len().into(),
        owners,
    ]
}
