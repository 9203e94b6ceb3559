//! What a project knows of its findings, as entries of a report.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use super::entries::ServiceName;
use super::finding_work::FindingWork;
use super::json_lines::ObjectWriter;
use crate::analysis::{Answers, Finding};
use crate::inventory::Date;
use crate::project::{
    Acceptance, Decision, FindingName, FindingSubject, ImportFigures, PlannedFix,
};

/// What is known of a finding as work.
#[derive(Serialize, JsonSchema)]
pub(super) struct WorkEntry {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<AcceptedEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    planned_fix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// That a risk is accepted, or was until a day that has come.
#[derive(Serialize, JsonSchema)]
struct AcceptedEntry {
    reason: String,
    until: String,
    by: String,
}

/// An import and what it gave.
#[derive(Serialize, JsonSchema)]
pub(super) struct ImportEntry {
    on: String,
    pairs: u64,
    connected_pairs: u64,
    connected_pairs_stated: u64,
    findings_open: [u64; 4],
    findings_accepted: u64,
}

/// What the last import changed.
#[derive(Serialize, JsonSchema)]
pub(super) struct SinceEntry<'a> {
    on: String,
    before: String,
    new: Vec<NamedEntry<'a>>,
    /// New ones that cannot be judged: a file or a column is missing now that may be why they are shown.
    new_not_judged: Vec<NamedEntry<'a>>,
    worse: Vec<NamedEntry<'a>>,
    returned: Vec<NamedEntry<'a>>,
    gone: Vec<NamedEntry<'a>>,
    not_observed: Vec<NamedEntry<'a>>,
}

/// A finding by its name.
#[derive(Serialize, JsonSchema)]
struct NamedEntry<'a> {
    rule: &'static str,
    title: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<ServiceName<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<&'a str>,
}

impl<'a> NamedEntry<'a> {
    fn of(name: &'a FindingName) -> Self {
        let mut entry = Self {
            rule: name.rule.id(),
            title: name.rule.title(),
            credential: None,
            service: None,
            identity: None,
        };
        match &name.about {
            FindingSubject::Credential(own) => entry.credential = Some(own.as_str()),
            FindingSubject::Identity(own) => entry.identity = Some(own),
            FindingSubject::Instance(own) => {
                let (service, environment) = (own.service.as_str(), own.environment.as_str());
                entry.service = Some(ServiceName { service, environment });
            }
        }
        entry
    }
}

impl WorkEntry {
    /// What is known of a finding.
    pub(super) fn of(work: &FindingWork<'_>, answers: &Answers, finding: &Finding) -> Self {
        let standing = work.standings.standing(finding);
        let mut entry = Self {
            state: standing.state.word(),
            first_seen: standing.first_seen.map(|day| day.to_string()),
            accepted: None,
            scenario: None,
            planned_fix: None,
            assignee: None,
            due: None,
            note: work.note_on(answers, finding).map(str::to_owned),
        };
        let Some(record) = standing.record else { return entry };
        match &record.decision {
            Decision::RiskAccepted(Acceptance { reason, until, by }) => {
                let (reason, by) = (reason.clone(), by.clone());
                entry.accepted = Some(AcceptedEntry { reason, until: until.to_string(), by });
            }
            Decision::Planned(PlannedFix { scenario, fix }) => {
                entry.scenario = Some(scenario.clone());
                entry.planned_fix = fix.as_ref().map(|fix| fix.as_str().to_owned());
            }
            Decision::Open | Decision::WaitingForProof => {}
        }
        entry.assignee.clone_from(&record.assignee);
        entry.due = record.due.map(|day| day.to_string());
        entry
    }
}

impl ImportEntry {
    /// The imports of a project, where there were several.
    fn all(work: &FindingWork<'_>, answers: &Answers) -> Vec<Self> {
        let entry = |(on, figures): (Date, ImportFigures)| Self {
            on: on.to_string(),
            pairs: figures.pairs,
            connected_pairs: figures.connected,
            connected_pairs_stated: figures.connected_stated,
            findings_open: figures.open,
            findings_accepted: figures.accepted,
        };
        work.imports(answers).into_iter().map(entry).collect()
    }
}

impl<'a> SinceEntry<'a> {
    /// What the last import changed, where there was one before it.
    fn of(work: &FindingWork<'a>) -> Option<Self> {
        let since = work.since_last_import()?;
        let entries = |names: Vec<&'a FindingName>| -> Vec<NamedEntry<'a>> {
            names.into_iter().map(NamedEntry::of).collect()
        };
        let not_judged = since.new_for_lack.iter().map(|(name, _)| *name).collect();
        let unobserved = since.not_observed.iter().map(|(name, _)| *name).collect();
        Some(Self {
            on: since.on.to_string(),
            before: since.before.to_string(),
            new: entries(since.new),
            new_not_judged: entries(not_judged),
            worse: entries(since.worse),
            returned: entries(since.returned),
            gone: entries(since.gone),
            not_observed: entries(unobserved),
        })
    }
}

/// What the last import changed and what each gave, where there were several.
pub(super) fn imported_findings(
    work: &FindingWork<'_>,
    answers: &Answers,
    writer: &mut ObjectWriter<'_>,
) -> io::Result<()> {
    let Some(since) = SinceEntry::of(work) else { return Ok(()) };
    writer.member("since_last_import", &since)?;
    writer.member("imports", &ImportEntry::all(work, answers))
}
