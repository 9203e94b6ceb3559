//! The difference between two inventories as JSON.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::answered_difference::AnsweredDifference;
use super::assumed::{Assumed, Basis};
use super::between::ExposureEntry;
use super::difference::named;
use super::entries::{EvidenceEntry, ServiceName, names, place_in};
use super::hops::rows_of;
use super::json::{Each, write_json};
use crate::analysis::{
    Answers, EndsChanged, Explanation, Finding, Lacking, PathChange, Step, UnobservedFinding,
    stated_hops,
};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, EdgeKind, InstanceIndex};

const MOST_EVIDENCE: usize = 20;

#[derive(Serialize)]
struct Document<'a, Findings, Credentials, Services, Mappings>
where
    Findings: Serialize,
    Credentials: Serialize,
    Services: Serialize,
    Mappings: Serialize,
{
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    basis: Basis,
    /// What the older inventory's answers rest on.
    assumptions_before: Assumed,
    /// Whether a finding is new or more severe, or more pairs are connected.
    worse: bool,
    headline: BeforeAndAfter<String>,
    exposure: BeforeAndAfter<ExposureEntry>,
    /// What the newer inventory lacks of the older one.
    lacking: Vec<LackingEntry<'a>>,
    findings: Findings,
    credentials: Credentials,
    services: Services,
    mappings: Mappings,
    paths: Paths<'a>,
}

#[derive(Serialize)]
struct BeforeAndAfter<T> {
    before: T,
    after: T,
}

#[derive(Serialize)]
struct LackingEntry<'a> {
    file: &'a str,
    /// `null` where the whole source is missing, or rows of it are.
    column: Option<&'a str>,
    /// How many more rows of it were rejected, where that is what is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    rejected_rows: Option<u64>,
}

#[derive(Serialize)]
struct Findings<New, Worse, Gone, NotObserved>
where
    New: Serialize,
    Worse: Serialize,
    Gone: Serialize,
    NotObserved: Serialize,
{
    new: New,
    worse: Worse,
    gone: Gone,
    not_observed: NotObserved,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    rule: &'static str,
    title: &'static str,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity_before: Option<&'static str>,
    credential: Option<&'a str>,
    service: Option<ServiceName<'a>>,
    why: Vec<Cow<'static, str>>,
    assumed: bool,
    evidence: Vec<EvidenceEntry<'a>>,
    evidence_total: usize,
    /// Of a finding that is new or more severe: whether that is a sign that something got worse.
    #[serde(skip_serializing_if = "Option::is_none")]
    counts_as_worse: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lacking: Option<Vec<LackingEntry<'a>>>,
}

#[derive(Serialize)]
struct Credentials<Appeared, Went, NotObserved, Changes>
where
    Appeared: Serialize,
    Went: Serialize,
    NotObserved: Serialize,
    Changes: Serialize,
{
    appeared: Appeared,
    went: Went,
    /// Those of them whose sources the newer inventory lacks.
    not_observed: NotObserved,
    changed: Changes,
}

#[derive(Serialize)]
struct Lists<Appeared, Went, NotObserved>
where
    Appeared: Serialize,
    Went: Serialize,
    NotObserved: Serialize,
{
    appeared: Appeared,
    went: Went,
    not_observed: NotObserved,
}

#[derive(Serialize)]
struct Mappings<Appeared, Went, NotObserved, Stated, Assumed>
where
    Appeared: Serialize,
    Went: Serialize,
    NotObserved: Serialize,
    Stated: Serialize,
    Assumed: Serialize,
{
    appeared: Appeared,
    went: Went,
    not_observed: NotObserved,
    /// Those of both inventories whose access or level is stated now and was assumed.
    newly_stated: Stated,
    /// The other way round.
    newly_assumed: Assumed,
}

#[derive(Serialize)]
struct ChangeEntry<'a> {
    credential: &'a str,
    changes: &'a [String],
}

#[derive(Serialize)]
struct MappingEntry<'a> {
    credential: &'a str,
    kind: &'static str,
    to: ServiceName<'a>,
    assumed: bool,
    evidence: Vec<EvidenceEntry<'a>>,
}

#[derive(Serialize)]
struct Paths<'a> {
    opened: Vec<PathEntry<'a>>,
    opened_total: usize,
    closed: Vec<PathEntry<'a>>,
    closed_total: usize,
    not_observed: Vec<PathEntry<'a>>,
    not_observed_total: usize,
    by_count_alone: bool,
}

#[derive(Serialize)]
struct PathEntry<'a> {
    from: ServiceName<'a>,
    to: ServiceName<'a>,
    hops: Vec<HopEntry<'a>>,
    assumed: bool,
    /// Which ends are none on the other side, though the way is there as well.
    ends_changed: Vec<&'static str>,
}

#[derive(Serialize)]
struct HopEntry<'a> {
    credential: &'a str,
    to: ServiceName<'a>,
    assumed: bool,
    evidence: Vec<EvidenceEntry<'a>>,
}

/// Writes what differs as JSON; the lists are whole but for the paths.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_difference_json(
    answered: &AnsweredDifference<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (before, after, d) = (answered.old, answered.new, answered.difference);
    let (old, new) = (&before.graph, &after.graph);
    let document = Document {
        format: "keyreach-difference",
        version: 1,
        basis: Basis::with(new, answered.unmatched()),
        assumptions_before: Basis::new(old).assumptions,
        worse: d.is_worse(&before.exposure, &after.exposure),
        headline: BeforeAndAfter {
            before: before.headline.sentence(),
            after: after.headline.sentence(),
        },
        exposure: BeforeAndAfter {
            before: ExposureEntry::new(&before.exposure),
            after: ExposureEntry::new(&after.exposure),
        },
        lacking: lacking(old, &d.lacking),
        findings: findings(answered),
        credentials: Credentials {
            appeared: Each(|| d.credentials_appeared.iter().map(|&at| new.credential_name(at))),
            went: Each(|| d.credentials_went.iter().map(|&at| old.credential_name(at))),
            not_observed: Each(|| {
                let went = d.credentials_went.iter().copied();
                let went = went.filter(|&at| answered.is_credential_unobserved(at));
                went.map(|at: CredentialIndex| old.credential_name(at))
            }),
            changed: Each(|| {
                d.credentials_changed.iter().map(|one| ChangeEntry {
                    credential: new.credential_name(one.new),
                    changes: &one.what,
                })
            }),
        },
        services: Lists {
            appeared: Each(|| d.instances_appeared.iter().map(|&at| ServiceName::of(new, at))),
            went: Each(|| d.instances_went.iter().map(|&at| ServiceName::of(old, at))),
            not_observed: Each(|| {
                let went = d.instances_went.iter().copied();
                let went = went.filter(|&at| answered.is_instance_unobserved(at));
                went.map(|at: InstanceIndex| ServiceName::of(old, at))
            }),
        },
        mappings: Mappings {
            newly_stated: Each(|| d.edges_stated.iter().map(|&at| mapping_entry(new, at))),
            newly_assumed: Each(|| d.edges_assumed.iter().map(|&at| mapping_entry(new, at))),
            appeared: Each(|| d.edges_appeared.iter().map(|&at| mapping_entry(new, at))),
            went: Each(|| d.edges_went.iter().map(|&at| mapping_entry(old, at))),
            not_observed: Each(|| {
                let went = d.edges_went.iter().copied();
                let went = went.filter(|&at| answered.is_link_unobserved(at));
                went.map(|at: EdgeIndex| mapping_entry(old, at))
            }),
        },
        paths: paths(answered),
    };
    write_json(&document, out)
}

fn paths<'a>(answered: &AnsweredDifference<'a>) -> Paths<'a> {
    let (old, new, d) = (&answered.old.graph, &answered.new.graph, answered.difference);
    Paths {
        opened: path_entries(new, &d.opened),
        opened_total: d.opened_total,
        closed: path_entries(old, &d.closed),
        closed_total: d.closed_total,
        not_observed: path_entries(old, &d.unobserved),
        not_observed_total: d.unobserved_total,
        by_count_alone: d.by_count_alone,
    }
}

fn lacking<'a>(old: &'a AccessGraph, lacking: &[Lacking]) -> Vec<LackingEntry<'a>> {
    let inventory = old.inventory();
    let entry = |one: &Lacking| LackingEntry {
        file: one.file(inventory),
        column: one.column(inventory),
        rejected_rows: one.rejected(),
    };
    lacking.iter().map(entry).collect()
}

fn findings<'a>(answered: &AnsweredDifference<'a>) -> impl Serialize + use<'a> {
    let answered = *answered;
    let (old, new, changes) = (answered.old, answered.new, &answered.difference.findings);
    let entry = |side: &'a Answers, found: Option<&'a Finding>| {
        found.map(|found| finding_entry(side, found))
    };
    Findings {
        new: Each(move || {
            changes.new.iter().filter_map(move |&at| {
                Some(explained(answered, at, entry(new, new.findings.get(at))?))
            })
        }),
        worse: Each(move || {
            changes.worse.iter().filter_map(move |one| {
                let before = old.findings.get(one.old).map(|found| found.severity.word());
                let after = entry(new, new.findings.get(one.new))?;
                let after = explained(answered, one.new, after);
                Some(FindingEntry { severity_before: before, ..after })
            })
        }),
        gone: Each(move || {
            named(&old.findings, &changes.gone).filter_map(move |found| entry(old, found))
        }),
        not_observed: Each(move || {
            changes.not_observed.iter().filter_map(move |one: &UnobservedFinding| {
                let before = entry(old, old.findings.get(one.old))?;
                let lacking = lacking(&old.graph, &one.lacking);
                Some(FindingEntry { lacking: Some(lacking), ..before })
            })
        }),
    }
}

/// Says of a new or more severe finding whether it counts as worse, and else why not.
fn explained<'a>(
    answered: AnsweredDifference<'a>,
    at: usize,
    entry: FindingEntry<'a>,
) -> FindingEntry<'a> {
    let explanation = answered.difference.findings.explained.get(&at);
    let missing = match explanation {
        Some(Explanation::NotObserved(missing)) => Some(lacking(&answered.old.graph, missing)),
        Some(Explanation::Revoked) | None => None,
    };
    FindingEntry { counts_as_worse: Some(explanation.is_none()), lacking: missing, ..entry }
}

fn finding_entry<'a>(answers: &'a Answers, finding: &Finding) -> FindingEntry<'a> {
    let (graph, details) = (&answers.graph, answers.details(finding));
    let (credential, service) = names(graph, finding.subject);
    let evidence = details.evidence.iter().take(MOST_EVIDENCE);
    FindingEntry {
        rule: finding.rule.id(),
        title: finding.rule.title(),
        severity: finding.severity.word(),
        severity_before: None,
        credential,
        service,
        why: details.why.into_iter().map(|reason| reason.words).collect(),
        assumed: finding.assumed,
        evidence: evidence.map(|&at| place_in(graph, at)).collect(),
        evidence_total: details.evidence.len(),
        counts_as_worse: None,
        lacking: None,
    }
}

fn mapping_entry(graph: &AccessGraph, at: EdgeIndex) -> MappingEntry<'_> {
    let edge = graph.edge(at);
    let rows = graph.evidence(at).take(MOST_EVIDENCE);
    MappingEntry {
        credential: graph.credential_name(edge.credential),
        kind: if edge.kind == EdgeKind::Holds { "holds" } else { "grants" },
        to: ServiceName::of(graph, edge.instance),
        assumed: edge.assumes(),
        evidence: rows.map(|place| place_in(graph, place)).collect(),
    }
}

fn path_entries<'a>(graph: &'a AccessGraph, paths: &[PathChange]) -> Vec<PathEntry<'a>> {
    let hop = |(step, stated): (&Step, bool)| HopEntry {
        credential: graph.credential_name(step.credential),
        to: ServiceName::of(graph, step.to),
        assumed: !stated,
        evidence: rows_of(graph, step).into_iter().map(|place| place_in(graph, place)).collect(),
    };
    let path = |path: &PathChange| PathEntry {
        from: ServiceName::of(graph, path.from),
        to: ServiceName::of(graph, path.to),
        hops: path.hops.iter().zip(stated_hops(graph, &path.hops)).map(hop).collect(),
        assumed: !path.is_stated(graph),
        ends_changed: ends_changed(path.ends_changed),
    };
    paths.iter().map(path).collect()
}

fn ends_changed(ends: EndsChanged) -> Vec<&'static str> {
    let EndsChanged { entry_point, crown_jewel } = ends;
    let named = [(entry_point, "entry_point"), (crown_jewel, "crown_jewel")];
    named.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect()
}
