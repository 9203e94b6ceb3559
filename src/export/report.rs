//! The report, version 1, as JSON.

use std::borrow::Cow;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::Answered;
use super::assumed::Basis;
use super::between::{BetweenEntry, ExposureEntry};
use super::disputes::disputes;
use super::entries::{EvidenceEntry, ServiceName, names, place};
use super::finding_entries::{WorkEntry, imported_findings};
use super::import_entries::imports;
use super::json_lines::ObjectWriter;
use super::owners::OwnerEntry;
use super::report_parts::ReportPart;
use crate::analysis::{Assessment, Finding, Subject};
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::JoinedBy;

const MOST_EVIDENCE: usize = 20;

#[derive(Serialize, JsonSchema)]
pub(super) struct Summary {
    headline: String,
    credentials: usize,
    dead_credentials: usize,
    service_instances: usize,
    environments: usize,
    holds: usize,
    grants: usize,
    shared_credentials: usize,
    cross_environment_credentials: usize,
    shared_dead: usize,
    cross_environment_dead: usize,
    joined_across_sources: usize,
    exposure: ExposureEntry,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct CredentialEntry<'a> {
    id: &'a str,
    /// For people: its name beside the ids, or what it connects where it has no id.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Cow<'a, str>>,
    aliases: Vec<&'a str>,
    live: bool,
    owners: Vec<&'a str>,
    environments: Vec<&'a str>,
    services: Vec<Use<'a>>,
    reach: u32,
    /// Its reach with stated access alone, where that is less.
    #[serde(skip_serializing_if = "Option::is_none")]
    reach_stated: Option<u32>,
    /// The weakest join that holds its rows together.
    joined_by: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
struct Use<'a> {
    service: &'a str,
    environment: &'a str,
    holds: bool,
    grants: bool,
    assumed: bool,
    /// Which of the two is, where any is.
    #[serde(skip_serializing_if = "Option::is_none")]
    holds_assumed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grants_assumed: Option<bool>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ServiceEntry<'a> {
    service: &'a str,
    environment: &'a str,
    holds: usize,
    granted_by: usize,
    /// How many of these are dead.
    holds_dead: usize,
    granted_by_dead: usize,
    reach: u32,
    /// Its reach with stated access alone, where that is less.
    #[serde(skip_serializing_if = "Option::is_none")]
    reach_stated: Option<u32>,
    /// How many entry points reach it, itself not counted.
    reached_by: u32,
    reached_by_stated: u32,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct FindingEntry<'a> {
    rule: &'static str,
    title: &'static str,
    severity: &'static str,
    credential: Option<&'a str>,
    service: Option<ServiceName<'a>>,
    why: Vec<Cow<'static, str>>,
    /// What each reason adds to the severity: 0 low, 1 medium, 2 high, 3 critical in all.
    weights: Vec<i8>,
    assumed: bool,
    evidence: Vec<EvidenceEntry<'a>>,
    evidence_total: usize,
    owasp: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    attack: Option<AttackEntry>,
    advice: Cow<'static, str>,
    #[serde(flatten)]
    work: Option<WorkEntry>,
}

#[derive(Serialize, JsonSchema)]
struct AttackEntry {
    technique: &'static str,
    name: &'static str,
}

/// Writes the report as JSON, with one line for each entry. Credentials, services and findings are made
/// while they are written, on all threads.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_report(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_report_parts(answered, &ReportPart::ALL, out)
}

/// The same with some parts alone; what the answers rest on is always there.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_report_parts(
    answered: &Answered<'_>,
    parts: &[ReportPart],
    out: &mut dyn Write,
) -> io::Result<()> {
    write_report_while(answered, parts, || Some(answered.assessment), out)
}

/// The same where the assessment is not yet there: it is asked for once all that does not need it is
/// written, and that of `answered` is not looked at.
///
/// # Errors
/// Where `out` cannot be written, or the assessment was cancelled.
pub fn write_report_while<'a, 'b: 'a>(
    answered: &Answered<'a>,
    parts: &[ReportPart],
    assessment: impl FnOnce() -> Option<&'b Assessment>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (graph, answers) = (answered.graph(), answered.answers);
    let is_wanted = |part: ReportPart| parts.contains(&part);
    let mut writer = ObjectWriter::new(out)?;
    writer.member("format", &"keyreach-report")?;
    writer.member("version", &1)?;
    writer.members_of(&Basis::new(graph), |_| true)?;
    let disputes: Vec<_> = answered.workshop.into_iter().flat_map(disputes).collect();
    if !disputes.is_empty() {
        writer.member("disputed", &disputes)?;
    }
    if is_wanted(ReportPart::Import) {
        writer.member("import", &imports(answered))?;
    }
    if is_wanted(ReportPart::Summary) {
        writer.member("summary", &summary(answered))?;
    }
    if is_wanted(ReportPart::Credentials) {
        let count = graph.credentials().len();
        let entry = |at: usize| Some(credential(answered, CredentialIndex(at as u32)));
        writer.list("credentials", count, entry)?;
    }
    if is_wanted(ReportPart::Services) {
        let count = graph.instances().len();
        let entry = |at: usize| Some(service(answered, InstanceIndex(at as u32)));
        writer.list("services", count, entry)?;
    }
    if is_wanted(ReportPart::Findings) {
        if let Some(work) = &answered.work {
            imported_findings(work, answers, &mut writer)?;
        }
        let findings = &answers.findings;
        let entry = |at: usize| findings.get(at).map(|found| finding(answered, found));
        writer.list("findings", findings.len(), entry)?;
    }
    if is_wanted(ReportPart::Owners) {
        let figures = &answers.owners.figures;
        let entry = |at: usize| figures.get(at).map(|figures| OwnerEntry::new(graph, figures));
        writer.list("owners", figures.len(), entry)?;
    }
    let cancelled = || io::Error::new(io::ErrorKind::Interrupted, "it was cancelled");
    let assessment = assessment().ok_or_else(cancelled)?;
    let between = BetweenEntry::new(&Answered { assessment, ..*answered });
    writer.members_of(&between, |key| is_wanted(ReportPart::of_key(key)))?;
    writer.end()
}

fn summary(answered: &Answered<'_>) -> Summary {
    let totals = answered.answers.totals;
    Summary {
        headline: answered.headline(),
        credentials: totals.credentials,
        dead_credentials: totals.dead_credentials,
        service_instances: totals.service_instances,
        environments: totals.environments,
        holds: totals.holds,
        grants: totals.grants,
        shared_credentials: totals.shared_credentials,
        cross_environment_credentials: totals.cross_environment_credentials,
        shared_dead: totals.shared_dead,
        cross_environment_dead: totals.cross_environment_dead,
        joined_across_sources: totals.joined_across_sources,
        exposure: ExposureEntry::new(&answered.answers.exposure),
    }
}

fn credential<'a>(answered: &Answered<'a>, at: CredentialIndex) -> CredentialEntry<'a> {
    let graph = answered.graph();
    let inventory = graph.inventory();
    let environments =
        answered.answers.sharing.get(at.index()).map(|sharing| &sharing.environments);
    CredentialEntry {
        id: graph.credential_name(at),
        name: match graph.credential(at).label {
            Some(label) => Some(Cow::Borrowed(inventory.text(label))),
            None => graph.readable_name(at).map(Cow::Owned),
        },
        aliases: graph.aliases(at).iter().skip(1).map(|&id| inventory.text(id)).collect(),
        live: graph.credential(at).is_live(),
        owners: graph.owners_of(at).iter().map(|&owner| graph.owner_name(owner)).collect(),
        environments: environments
            .into_iter()
            .flatten()
            .map(|&environment| graph.environment(environment).label.as_str())
            .collect(),
        services: uses(answered, at),
        reach: answered.answers.reach_of(Subject::Credential(at)),
        reach_stated: answered.answers.fewer_stated_of(Subject::Credential(at)),
        joined_by: graph.credential(at).joined_by.map(JoinedBy::word),
    }
}

fn uses<'a>(answered: &Answered<'a>, at: CredentialIndex) -> Vec<Use<'a>> {
    let graph = answered.graph();
    let both = graph.held_by(at).iter().map(|&edge| (edge, true));
    let mut edges: Vec<_> =
        both.chain(graph.grants(at).iter().map(|&edge| (edge, false))).collect();
    edges.sort_by_key(|&(edge, _)| graph.edge(edge).instance);
    edges
        .chunk_by(|a, b| graph.edge(a.0).instance == graph.edge(b.0).instance)
        .filter_map(|group| {
            let instance = graph.edge(group.first()?.0).instance;
            let assumed = |kind: bool| {
                group.iter().any(|&(edge, holds)| holds == kind && graph.edge(edge).assumed)
            };
            let (holds_assumed, grants_assumed) = (assumed(true), assumed(false));
            Some(Use {
                service: graph.service_name(instance),
                environment: &graph.environment_of(instance).label,
                holds: group.iter().any(|&(_, holds)| holds),
                grants: group.iter().any(|&(_, holds)| !holds),
                assumed: holds_assumed || grants_assumed,
                holds_assumed: (holds_assumed || grants_assumed).then_some(holds_assumed),
                grants_assumed: (holds_assumed || grants_assumed).then_some(grants_assumed),
            })
        })
        .collect()
}

fn service<'a>(answered: &Answered<'a>, at: InstanceIndex) -> ServiceEntry<'a> {
    let graph = answered.graph();
    let (reached_by, reached_by_stated) = answered.answers.reached_by.of(at);
    ServiceEntry {
        service: graph.service_name(at),
        environment: &graph.environment_of(at).label,
        holds: graph.holds(at).len(),
        granted_by: graph.granted_by(at).len(),
        holds_dead: graph.dead_among(graph.holds(at)),
        granted_by_dead: graph.dead_among(graph.granted_by(at)),
        reach: answered.answers.reach_of(Subject::Instance(at)),
        reach_stated: answered.answers.fewer_stated_of(Subject::Instance(at)),
        reached_by,
        reached_by_stated,
    }
}

fn finding<'a>(answered: &Answered<'a>, finding: &Finding) -> FindingEntry<'a> {
    let graph = answered.graph();
    let details = answered.answers.details(finding);
    let (credential, service) = names(graph, finding.subject);
    let most = if answered.full { usize::MAX } else { MOST_EVIDENCE };
    FindingEntry {
        rule: finding.rule.id(),
        title: finding.rule.title(),
        severity: finding.severity.word(),
        credential,
        service,
        weights: details.why.iter().map(|reason| reason.weight).collect(),
        why: details.why.into_iter().map(|reason| reason.words).collect(),
        assumed: finding.assumed,
        evidence: details.evidence.iter().take(most).map(|&at| place(answered, at)).collect(),
        evidence_total: details.evidence.len(),
        owasp: finding.rule.owasp(),
        attack: details
            .technique
            .map(|technique| AttackEntry { technique: technique.id(), name: technique.name() }),
        advice: details.advice,
        work: answered.work.map(|work| WorkEntry::of(&work, answered.answers, finding)),
    }
}
