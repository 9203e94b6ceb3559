//! Which findings fail a pipeline: all that are bad enough, or of those only what a baseline does not
//! have.

use std::collections::{BTreeMap, BTreeSet};

use super::baseline_report::{BaselineReport, KnownFinding, KnownSubject};
use crate::analysis::{Answers, Difference, Finding, Rule, Severity, Subject};
use crate::inventory::counted;

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// A finding of this severity or a worse one.
    Severity(Severity),
    /// Whatever is worse than in the baseline: a new finding, one that is more severe, more connected
    /// pairs.
    Worse,
}

impl FailOn {
    /// Every one, the strictest last.
    pub const ALL: [Self; 5] = [
        Self::Severity(Severity::Critical),
        Self::Severity(Severity::High),
        Self::Severity(Severity::Medium),
        Self::Severity(Severity::Low),
        Self::Worse,
    ];

    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Severity(severity) => severity.word(),
            Self::Worse => "worse",
        }
    }
}

/// What is known already.
#[derive(Clone, Copy)]
pub enum Baseline<'a> {
    /// Nothing.
    None,
    /// An earlier report.
    Report(&'a BaselineReport),
    /// An older inventory, and how the newer one differs from it.
    Inventory(&'a Answers, &'a Difference),
}

/// What a finding is beside the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingState {
    /// There is no baseline.
    Found,
    /// The baseline does not have it.
    New,
    /// The baseline has it, less severe.
    MoreSevere,
    /// It is new or more severe, and what explains that is no change of the inventory: a source or a
    /// column that is missing now, or a credential that was revoked.
    Explained,
    /// The baseline has it.
    Known,
}

impl FindingState {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::New => "new",
            Self::MoreSevere => "more-severe",
            Self::Explained => "explained",
            Self::Known => "known",
        }
    }

    /// Whether it can fail.
    pub(super) fn counts(self) -> bool {
        match self {
            Self::Found | Self::New | Self::MoreSevere => true,
            Self::Explained | Self::Known => false,
        }
    }
}

/// A finding of the baseline that is not found now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PastFinding {
    pub(super) rule: Rule,
    pub(super) severity: Severity,
    /// What it was about, as it was written.
    pub(super) name: String,
}

/// What a pipeline learns from a check.
pub struct Verdict<'a> {
    pub(super) answers: &'a Answers,
    pub(super) fail_on: FailOn,
    pub(super) has_baseline: bool,
    /// By finding.
    pub(super) states: Vec<FindingState>,
    /// The findings that fail, the worst first, as places in the findings.
    pub(super) failing: Vec<usize>,
    /// Findings of the baseline that the inventory would still show if they were true.
    pub(super) resolved: Vec<PastFinding>,
    /// Findings of the baseline of which the inventory can say nothing.
    pub(super) not_observed: Vec<PastFinding>,
    /// How many pairs more are connected than in the baseline.
    pub(super) more_pairs: u64,
}

impl Verdict<'_> {
    /// What fails, in words; `None` where nothing does.
    pub fn failure(&self) -> Option<String> {
        let mut parts = Vec::new();
        if !self.failing.is_empty() {
            parts.push(counted(self.failing.len(), "finding", "findings"));
        }
        if self.pairs_fail() {
            let pairs = ["more connected pair", "more connected pairs"];
            parts.push(counted(self.more_pairs as usize, pairs[0], pairs[1]));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Whether more pairs are connected, and that fails.
    pub(super) fn pairs_fail(&self) -> bool {
        self.fail_on == FailOn::Worse && self.more_pairs > 0
    }

    /// The state of a finding.
    pub(super) fn state(&self, at: usize) -> FindingState {
        self.states.get(at).copied().unwrap_or(FindingState::Found)
    }

    /// Whether a finding fails.
    pub(super) fn fails(&self, at: usize) -> bool {
        self.failing.binary_search(&at).is_ok()
    }
}

/// Judges the findings. Costs a look at each finding of either side.
pub fn verdict<'a>(answers: &'a Answers, baseline: Baseline<'_>, fail_on: FailOn) -> Verdict<'a> {
    let mut verdict = Verdict {
        answers,
        fail_on,
        has_baseline: !matches!(baseline, Baseline::None),
        states: vec![FindingState::Found; answers.findings.len()],
        failing: Vec::new(),
        resolved: Vec::new(),
        not_observed: Vec::new(),
        more_pairs: 0,
    };
    match baseline {
        Baseline::None => {}
        Baseline::Report(report) => beside_report(&mut verdict, report),
        Baseline::Inventory(old, difference) => beside_inventory(&mut verdict, old, difference),
    }
    let fails = |finding: &Finding, state: FindingState| {
        let is_bad = match fail_on {
            FailOn::Severity(severity) => finding.severity <= severity,
            FailOn::Worse => true,
        };
        is_bad && state.counts()
    };
    let judged = answers.findings.iter().zip(&verdict.states).enumerate();
    verdict.failing =
        judged.filter(|(_, (finding, state))| fails(finding, **state)).map(|(at, _)| at).collect();
    verdict
}

fn beside_inventory(verdict: &mut Verdict<'_>, old: &Answers, difference: &Difference) {
    let changes = &difference.findings;
    verdict.states.fill(FindingState::Known);
    let states = [
        (changes.new.clone(), FindingState::New),
        (changes.worse.iter().map(|one| one.new).collect(), FindingState::MoreSevere),
        (changes.explained.keys().copied().collect(), FindingState::Explained),
    ];
    for (places, state) in states {
        for at in places {
            if let Some(slot) = verdict.states.get_mut(at) {
                *slot = state;
            }
        }
    }
    let past = |at: &usize| {
        let finding = old.findings.get(*at)?;
        let name = finding.subject.name(&old.graph);
        Some(PastFinding { rule: finding.rule, severity: finding.severity, name })
    };
    verdict.resolved = changes.gone.iter().filter_map(past).collect();
    verdict.not_observed = changes.not_observed.iter().filter_map(|one| past(&one.old)).collect();
    verdict.more_pairs = difference.more_pairs(&old.exposure, &verdict.answers.exposure);
}

fn beside_report(verdict: &mut Verdict<'_>, report: &BaselineReport) {
    let known: BTreeMap<(Rule, &KnownSubject), (usize, Severity)> = (0..)
        .zip(&report.findings)
        .map(|(at, finding)| ((finding.rule, &finding.subject), (at, finding.severity)))
        .collect();
    let mut is_found = vec![false; report.findings.len()];
    let answers = verdict.answers;
    for (finding, state) in answers.findings.iter().zip(&mut verdict.states) {
        let names = names_of(answers, report, finding.subject);
        let before = names.iter().find_map(|name| known.get(&(finding.rule, name)));
        *state = match before {
            None => FindingState::New,
            Some((_, severity)) if finding.severity < *severity => FindingState::MoreSevere,
            Some(_) => FindingState::Known,
        };
        if let Some(slot) = before.and_then(|(at, _)| is_found.get_mut(*at)) {
            *slot = true;
        }
    }
    let lacking = Lacking::new(answers, report);
    for (finding, _) in report.findings.iter().zip(&is_found).filter(|(_, found)| !**found) {
        let past = PastFinding {
            rule: finding.rule,
            severity: finding.severity,
            name: match &finding.subject {
                KnownSubject::Credential(id) => id.clone(),
                KnownSubject::Service { service, environment } => {
                    format!("{service}@{environment}")
                }
            },
        };
        if lacking.hides(finding) {
            verdict.not_observed.push(past);
        } else {
            verdict.resolved.push(past);
        }
    }
    let now = answers.exposure.connected_pairs;
    verdict.more_pairs = report.connected_pairs.map_or(0, |before| now.saturating_sub(before));
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

/// Which files of the report, or which of their columns, the inventory does not have.
struct Lacking<'a> {
    files: BTreeSet<&'a str>,
    is_unsaid: bool,
}

impl<'a> Lacking<'a> {
    fn new(answers: &Answers, report: &'a BaselineReport) -> Self {
        let sources = &answers.graph.inventory().sources;
        let last = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let is_only = report.read.len() == 1 && sources.len() == 1;
        let is_there = |(name, meanings): &(&'a String, &BTreeSet<String>)| {
            let same = sources.iter().find(|source| source.name == **name);
            let alike = || sources.iter().find(|source| last(&source.name) == last(name));
            let only = || sources.first().filter(|_| is_only);
            same.or_else(alike).or_else(only).is_some_and(|source| {
                let known: BTreeSet<&str> =
                    source.columns.iter().filter_map(|column| column.meaning).collect();
                meanings.iter().all(|meaning| known.contains(meaning.as_str()))
            })
        };
        let files = report.read.iter().filter(|one| !is_there(one));
        Self {
            files: files.map(|(name, _)| name.as_str()).collect(),
            is_unsaid: !report.says_what_was_read,
        }
    }

    /// Whether nobody can say that a finding is gone. Paths, and what looks at other credentials too,
    /// rest on every file.
    fn hides(&self, finding: &KnownFinding) -> bool {
        let everywhere = matches!(
            finding.rule,
            Rule::OnPath
                | Rule::ExtractionPoint
                | Rule::ReusedAcrossOwners
                | Rule::ReadyForShortLived
                | Rule::SeveralOfOneIdentity
                | Rule::JoinedByIdAcrossSources
        );
        self.is_unsaid
            || everywhere && !self.files.is_empty()
            || finding.files.iter().any(|file| self.files.contains(file.as_str()))
    }
}
