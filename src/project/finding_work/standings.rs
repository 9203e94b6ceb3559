//! How each finding of an inventory stands on the as-of date.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::decision::{Acceptance, Decision};
use super::finding_name::{FindingName, FindingSubject};
use super::register::{FindingRecord, FindingRegister, Sighting};
use crate::analysis::{Answers, Finding, Rule, Subject};
use crate::graph::AccessGraph;
use crate::inventory::Date;

/// How a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingState {
    /// Nobody has decided anything, or an accepted risk is due again.
    Open,
    /// It was gone, or said to be fixed, and an import shows it again.
    Reopened,
    /// A scenario has a fix for it.
    Planned,
    /// Its owner says that it is fixed.
    WaitingForProof,
    /// Its risk is taken for a while.
    RiskAccepted,
    /// The last import cannot say whether it is still true.
    NotObserved,
    /// An import showed that it is gone.
    Resolved,
}

impl FindingState {
    /// Every one, what needs work first.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Reopened,
        Self::Planned,
        Self::WaitingForProof,
        Self::RiskAccepted,
        Self::NotObserved,
        Self::Resolved,
    ];

    /// The word on screen and in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Reopened => "reopened",
            Self::Planned => "planned",
            Self::WaitingForProof => "waiting for proof",
            Self::RiskAccepted => "risk accepted",
            Self::NotObserved => "not observed",
            Self::Resolved => "resolved",
        }
    }
}

impl FindingRecord {
    /// How the finding stands on a day.
    pub fn state(&self, as_of: Date) -> FindingState {
        match self.sighting {
            Sighting::Gone(_) => return FindingState::Resolved,
            Sighting::NotObserved(..) => return FindingState::NotObserved,
            Sighting::Shown => {}
        }
        match &self.decision {
            Decision::RiskAccepted(acceptance) if as_of < acceptance.until => {
                FindingState::RiskAccepted
            }
            Decision::Planned(_) => FindingState::Planned,
            Decision::WaitingForProof => FindingState::WaitingForProof,
            Decision::Open if self.reopened.is_some() => FindingState::Reopened,
            Decision::Open | Decision::RiskAccepted(_) => FindingState::Open,
        }
    }

    /// The acceptance that ended by a day.
    pub fn ended(&self, as_of: Date) -> Option<&Acceptance> {
        match &self.decision {
            Decision::RiskAccepted(acceptance) if as_of >= acceptance.until => Some(acceptance),
            _ => None,
        }
    }
}

/// How a finding stands, and what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// How it stands.
    pub state: FindingState,
    /// The day of the import that showed it first; nothing where no import is known.
    pub first_seen: Option<Date>,
    /// What is known of it beyond that.
    pub record: Option<&'a FindingRecord>,
    as_of: Date,
}

impl Standing<'_> {
    /// What has to be said beside the state, if anything.
    pub fn says(&self) -> Option<String> {
        let record = self.record?;
        if let Some(Acceptance { until, .. }) = record.ended(self.as_of) {
            return Some(format!("its risk was accepted until {until}: that day has come"));
        }
        match (&record.decision, self.state) {
            (_, FindingState::Reopened) => {
                Some("it was gone, or said to be fixed, and an import shows it again".to_owned())
            }
            (Decision::Open, _) => None,
            (decision, _) => Some(decision.words()),
        }
    }
}

/// A finding that the answers no longer show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastFinding {
    /// What it is known by.
    pub name: FindingName,
    /// What is known of it.
    pub record: FindingRecord,
    /// Resolved or not observed.
    pub state: FindingState,
    /// What it is about, where the inventory still has that.
    pub subject: Option<Subject>,
    /// The day of the import that showed it first.
    pub first_seen: Option<Date>,
    /// The day of the import since which it is gone, or not observed.
    pub since: Option<Date>,
}

/// How all findings of an inventory stand.
#[derive(Clone, Debug)]
pub struct Standings {
    known: BTreeMap<(Rule, Subject), FindingRecord>,
    past: Vec<PastFinding>,
    days: Vec<Date>,
    as_of: Date,
}

impl Standings {
    /// Finds the records of a register again. Costs time in proportion to the records; where one is of
    /// an identity, to the findings and the credentials too.
    pub fn of(answers: &Answers, register: &FindingRegister) -> Self {
        let graph = &answers.graph;
        let is_of_identity = |name: &FindingName| matches!(name.about, FindingSubject::Identity(_));
        let identities = if register.records.keys().any(is_of_identity) {
            identities(answers)
        } else {
            BTreeMap::new()
        };
        let subject = |name: &FindingName| match &name.about {
            FindingSubject::Credential(own) => own.found_in(graph).found().map(Subject::Credential),
            FindingSubject::Instance(own) => own.found_in(graph).map(Subject::Instance),
            FindingSubject::Identity(own) => identities.get(own.as_str()).copied(),
        };
        let as_of = graph.assumptions().as_of;
        let (mut known, mut past) = (BTreeMap::new(), Vec::new());
        let first = OnceCell::new();
        for (name, record) in &register.records {
            let subject = subject(name);
            if let Some(subject) = subject {
                known.insert((name.rule, subject), record.clone());
            }
            let since = match record.sighting {
                Sighting::Shown => continue,
                Sighting::Gone(import) | Sighting::NotObserved(import, _) => import,
            };
            let subject = subject.or_else(|| match &name.about {
                FindingSubject::Identity(own) => {
                    let first = first.get_or_init(|| first_of_identities(graph));
                    first.get(own.as_str()).copied()
                }
                FindingSubject::Credential(_) | FindingSubject::Instance(_) => None,
            });
            past.push(PastFinding {
                name: name.clone(),
                record: record.clone(),
                state: record.state(as_of),
                subject,
                first_seen: register.day_of(record.first_seen),
                since: register.day_of(since),
            });
        }
        leave_out_shown(answers, &mut past);
        let days = register.imports.iter().map(|point| point.on).collect();
        Self { known, past, days, as_of }
    }

    /// The findings that earlier imports showed and the answers do not, by name.
    pub fn past(&self) -> &[PastFinding] {
        &self.past
    }

    /// How a finding stands.
    pub fn standing(&self, finding: &Finding) -> Standing<'_> {
        let record = self.known.get(&(finding.rule, finding.subject));
        // What the answers show is shown, whatever the last import under another policy did.
        let state = match record.map(|record| record.state(self.as_of)) {
            None | Some(FindingState::Resolved | FindingState::NotObserved) => FindingState::Open,
            Some(state) => state,
        };
        let first = record.map_or(0, |record| record.first_seen) as usize;
        let first_seen = self.days.get(first).copied();
        Standing { state, first_seen, record, as_of: self.as_of }
    }

    /// Whether the risk of a finding is accepted.
    pub fn is_accepted(&self, finding: &Finding) -> bool {
        !self.known.is_empty() && self.standing(finding).state == FindingState::RiskAccepted
    }

    /// How many findings there are of each state, the past ones among them, without states of which
    /// there are none.
    pub fn counts(&self, findings: &[Finding]) -> Vec<(FindingState, usize)> {
        let mut counts = BTreeMap::new();
        for past in &self.past {
            *counts.entry(past.state).or_insert(0) += 1;
        }
        for finding in findings {
            *counts.entry(self.standing(finding).state).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    /// The headline, with how many of the credentials that it counts are accepted.
    pub fn headline(&self, answers: &Answers) -> String {
        let sentence = answers.headline.sentence();
        let (credentials, _) = answers.headline.counted();
        let until = credentials.iter().filter_map(|&at| {
            let key = (Rule::CrossesEnvironments, Subject::Credential(at));
            let record = self.known.get(&key)?;
            match (&record.decision, record.state(self.as_of)) {
                (Decision::RiskAccepted(own), FindingState::RiskAccepted) => Some(own.until),
                _ => None,
            }
        });
        let until: Vec<Date> = until.collect();
        let (Some(first), Some(last)) = (until.iter().min(), until.iter().max()) else {
            return sentence;
        };
        let or_later = if first == last { "" } else { " or later" };
        let mark = if sentence.contains(';') { ';' } else { ',' };
        format!("{sentence}{mark} the risk of {} accepted until {first}{or_later}", until.len())
    }
}

/// Leaves out what the answers show after all, as under another policy than the last import.
fn leave_out_shown(answers: &Answers, past: &mut Vec<PastFinding>) {
    if past.iter().all(|own| own.subject.is_none()) {
        return;
    }
    let shown = answers.findings.iter().map(|own| (own.rule, own.subject));
    let shown: BTreeSet<(Rule, Subject)> = shown.collect();
    past.retain(|own| own.subject.is_none_or(|at| !shown.contains(&(own.name.rule, at))));
}

/// The first credential of each identity: an identity may still be there, though no finding is on it.
fn first_of_identities(graph: &AccessGraph) -> BTreeMap<&str, Subject> {
    let mut first = BTreeMap::new();
    for at in graph.credential_indices() {
        if let Some(identity) = graph.credential(at).identity {
            first.entry(graph.inventory().text(identity)).or_insert(Subject::Credential(at));
        }
    }
    first
}

/// Where the findings on identities stand.
fn identities(answers: &Answers) -> BTreeMap<&str, Subject> {
    let graph: &AccessGraph = &answers.graph;
    let of_identity = answers.findings.iter().filter(|one| one.rule == Rule::SeveralOfOneIdentity);
    let named = of_identity.filter_map(|finding| match finding.subject {
        Subject::Credential(at) => {
            let identity = graph.credential(at).identity?;
            Some((graph.inventory().text(identity), finding.subject))
        }
        Subject::Instance(_) => None,
    });
    named.collect()
}
