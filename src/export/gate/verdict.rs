//! Which findings fail a pipeline: all that are bad enough, or of those only what a baseline does not
//! have.

use std::collections::BTreeSet;

use super::baseline_report::BaselineReport;
use super::beside::{Beside, FindingState, PastFinding};
use super::beside_report::beside_report;
use super::decided::Decided;
use crate::analysis::{Answers, Difference, Finding, Severity};
use crate::inventory::{Date, counted};
use crate::project::Standings;

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
    /// An earlier report; and where it assumes otherwise, the answers about the inventory under that.
    Report(&'a BaselineReport, Option<&'a Answers>),
    /// An older inventory, and how the newer one differs from it.
    Inventory(&'a Answers, &'a Difference),
}

/// What a pipeline learns from a check.
pub struct Verdict<'a> {
    pub(super) answers: &'a Answers,
    pub(super) fail_on: FailOn,
    pub(super) has_baseline: bool,
    /// The day of the baseline, where it is a report that says so.
    pub(super) baseline_as_of: Option<Date>,
    /// What the baseline assumes otherwise, in words.
    pub(super) baseline_differs: Vec<String>,
    /// What became of the findings.
    pub(super) beside: Beside,
    /// What was decided on them.
    pub(super) decided: Decided,
    /// The findings that fail, the worst first, as places in the findings.
    pub(super) failing: Vec<usize>,
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
            parts.push(counted(self.beside.more_pairs as usize, pairs[0], pairs[1]));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Whether more pairs are connected, and that fails.
    pub(super) fn pairs_fail(&self) -> bool {
        self.fail_on == FailOn::Worse && self.beside.more_pairs > 0
    }

    /// The state of a finding.
    pub(super) fn state(&self, at: usize) -> FindingState {
        self.beside.states.get(at).copied().unwrap_or(FindingState::Found)
    }

    /// How many findings are new or more severe only for a reason that is no change of the inventory.
    pub(super) fn explained(&self) -> usize {
        self.explained_findings().count()
    }

    /// Those findings.
    pub(super) fn explained_findings(&self) -> impl Iterator<Item = usize> {
        let states = self.beside.states.iter().enumerate();
        let explained = states.filter(|(_, state)| matches!(state, FindingState::Explained { .. }));
        explained.map(|(at, _)| at)
    }

    /// Whether a finding fails.
    pub(super) fn fails(&self, at: usize) -> bool {
        self.failing.binary_search(&at).is_ok()
    }
}

/// Judges the findings; what a project decided on them is in its `standings`. Costs a look at each finding
/// of either side.
pub fn verdict<'a>(
    answers: &'a Answers,
    baseline: Baseline<'_>,
    fail_on: FailOn,
    standings: Option<&Standings>,
) -> Verdict<'a> {
    let now = answers.graph.assumptions();
    let beside = match baseline {
        Baseline::None => {
            let states = vec![FindingState::Found; answers.findings.len()];
            Beside { states, ..Beside::default() }
        }
        Baseline::Report(report, alike) => beside_report(answers, report, alike),
        Baseline::Inventory(old, difference) => beside_inventory(answers, old, difference),
    };
    let (baseline_as_of, baseline_differs) = match baseline {
        Baseline::Report(report, _) => {
            (report.assumed.as_ref().map(|assumed| assumed.as_of), report.differs(now))
        }
        Baseline::None | Baseline::Inventory(..) => (None, Vec::new()),
    };
    let decided = standings.map(|standings| Decided::of(answers, standings)).unwrap_or_default();
    let is_bad = |finding: &Finding| match fail_on {
        FailOn::Severity(severity) => finding.severity <= severity,
        FailOn::Worse => true,
    };
    let judged = answers.findings.iter().zip(&beside.states).enumerate();
    let fails = judged.filter(|(at, (finding, state))| {
        is_bad(finding) && state.counts() && !decided.accepted.contains_key(at)
    });
    let failing = fails.map(|(at, _)| at).collect();
    let has_baseline = !matches!(baseline, Baseline::None);
    Verdict {
        answers,
        fail_on,
        has_baseline,
        baseline_as_of,
        baseline_differs,
        beside,
        decided,
        failing,
    }
}

fn beside_inventory(answers: &Answers, old: &Answers, difference: &Difference) -> Beside {
    let changes = &difference.findings;
    let mut states = vec![FindingState::Known; answers.findings.len()];
    let worse: BTreeSet<usize> = changes.worse.iter().map(|one| one.new).collect();
    let explained = changes.explained.keys().copied();
    let (more_severe, fresh): (Vec<usize>, Vec<usize>) =
        explained.partition(|at| worse.contains(at));
    let not_known = [
        (changes.new.clone(), FindingState::New),
        (worse.into_iter().collect(), FindingState::MoreSevere),
        (fresh, FindingState::Explained { was_found: false }),
        (more_severe, FindingState::Explained { was_found: true }),
    ];
    for (places, state) in not_known {
        for at in places {
            if let Some(slot) = states.get_mut(at) {
                *slot = state;
            }
        }
    }
    let past = |at: &usize| {
        let finding = old.findings.get(*at)?;
        let name = finding.subject.name(&old.graph);
        Some(PastFinding { rule: finding.rule, severity: finding.severity, name })
    };
    Beside {
        states,
        resolved: changes.gone.iter().filter_map(past).collect(),
        not_observed: changes.not_observed.iter().filter_map(|one| past(&one.old)).collect(),
        explained: Vec::new(),
        more_pairs: difference.more_pairs(&old.exposure, &answers.exposure),
        pairs_unsure: Vec::new(),
    }
}
