//! The findings as a table, the worst first.

use std::io;

use super::cell::{Cell, TakeRow};
use crate::analysis::{Finding, Subject, Technique};
use crate::export::answered::Answered;
use crate::project::{CredentialName, Decision};

pub(super) const COLUMNS: [&str; 25] = [
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
    "state",
    "first_seen",
    "assignee",
    "due",
    "note",
    "accepted_reason",
    "accepted_until",
    "accepted_by",
    "scenario",
    "planned_fix",
];

/// Gives a row for each finding, with how it stands where a project knows that. Costs time in proportion to the links and rows behind them.
pub(super) fn rows(
    answered: &Answered<'_>,
    only: Option<&[Finding]>,
    take: &mut TakeRow<'_>,
) -> io::Result<()> {
    let findings = only.unwrap_or(&answered.answers.findings);
    findings.iter().try_for_each(|finding| take(&row(answered, finding)))
}

fn row<'a>(answered: &Answered<'a>, finding: &Finding) -> [Cell<'a>; COLUMNS.len()] {
    let answers = answered.answers;
    let [state, first_seen, assignee, due, note] = standing(answered, finding);
    let [reason, until, by, scenario, planned_fix] = decided(answered, finding);
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
        state,
        first_seen,
        assignee,
        due,
        note,
        reason,
        until,
        by,
        scenario,
        planned_fix,
    ]
}

/// How a finding stands: its state, when it was seen first, who works on it, by when, and what was noted.
fn standing<'a>(answered: &Answered<'a>, finding: &Finding) -> [Cell<'a>; 5] {
    let Some(work) = answered.work else { return [const { Cell::Empty }; 5] };
    let standing = work.standings.standing(finding);
    let record = standing.record;
    [
        standing.state.word().into(),
        standing.first_seen.into(),
        record.and_then(|record| record.assignee.as_deref()).into(),
        record.and_then(|record| record.due).into(),
        work.note_on(answered.answers, finding).into(),
    ]
}

/// What was decided: why a risk is accepted, until when and by whom, also where that day has come; or in
/// which scenario a fix is planned, and which credential the fix changes.
fn decided<'a>(answered: &Answered<'a>, finding: &Finding) -> [Cell<'a>; 5] {
    let mut cells = [const { Cell::Empty }; 5];
    let record = answered.work.and_then(|work| work.standings.standing(finding).record);
    let [reason, until, by, scenario, planned_fix] = &mut cells;
    match record.map(|record| &record.decision) {
        Some(Decision::RiskAccepted(own)) => {
            *reason = own.reason.as_str().into();
            *until = Some(own.until).into();
            *by = own.by.as_str().into();
        }
        Some(Decision::Planned(own)) => {
            *scenario = own.scenario.as_str().into();
            *planned_fix = own.fix.as_ref().map(CredentialName::as_str).into();
        }
        None | Some(Decision::Open | Decision::WaitingForProof) => {}
    }
    cells
}
