//! What passes the filters of the active view, in the order in which the tables show it. Rebuilt when filters, sort
//! or answers change.

use crate::analysis::{Finding, Severity, Subject};
use crate::app::work::answers::Answers;
use crate::app::work::problem_list::ProblemList;
use crate::app::work::sort::Sort;
use crate::graph::{CredentialIndex, EnvironmentIndex, InstanceIndex};
use crate::project::{FindingState, Standings};

use crate::app::model::finding_groups::{FindingRows, in_groups};
use crate::app::model::session::{Session, TableState};
use crate::app::model::sight::Visibility;
use crate::app::model::tab::Tab;

/// Counts how often rows were listed or sorted anew: what was measured of them holds until then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) rows: u64,
    /// The problems apart: filters do not concern them.
    pub(crate) problems: u64,
}

impl Listed {
    pub(crate) fn of(self, tab: Tab) -> u64 {
        if tab == Tab::Problems { self.problems } else { self.rows }
    }
}

/// The rows of the tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    /// Indices into the findings.
    pub(crate) findings: Vec<u32>,
    /// Where groups of findings begin; empty where they are not grouped.
    pub(crate) finding_groups: Vec<FindingRows>,
    pub(crate) credentials: Vec<CredentialIndex>,
    /// How many of the credentials are dead.
    pub(crate) dead: usize,
    pub(crate) instances: Vec<InstanceIndex>,
    /// Kept while the filters change: they do not concern problems.
    pub(crate) problems: ProblemList,
}

impl Lists {
    /// Lists and sorts everything anew that is in sight, but the problems.
    pub(crate) fn build(
        answers: &Answers,
        (sight, standings): (&Visibility, Option<&Standings>),
        session: &Session,
    ) -> Self {
        let mut lists = Self::default();
        for tab in Tab::ALL {
            lists.fill(answers, (sight, standings), (tab, session.finding_state));
        }
        lists.sort(answers, standings, session);
        lists
    }

    /// Lists the findings anew.
    pub(crate) fn list_findings(
        &mut self,
        answers: &Answers,
        (sight, standings): (&Visibility, Option<&Standings>),
        session: &Session,
    ) {
        self.fill(answers, (sight, standings), (Tab::Findings, session.finding_state));
        if session.tab == Tab::Findings {
            self.sort(answers, standings, session);
        }
    }

    /// Sorts the table in sight anew, with the filters as they are.
    pub(crate) fn order(
        &mut self,
        answers: &Answers,
        (sight, standings): (&Visibility, Option<&Standings>),
        session: &Session,
    ) {
        self.fill(answers, (sight, standings), (session.tab, session.finding_state));
        self.sort(answers, standings, session);
    }

    fn fill(
        &mut self,
        answers: &Answers,
        (sight, standings): (&Visibility, Option<&Standings>),
        (tab, state): (Tab, Option<FindingState>),
    ) {
        let graph = &answers.graph;
        match tab {
            Tab::Findings => {
                self.finding_groups.clear();
                self.findings = (0_u32..)
                    .zip(&answers.findings)
                    .filter(|(_, finding)| sight.passes_finding(finding))
                    .filter(|(_, finding)| {
                        state.is_none_or(|state| state_of(standings, finding) == state)
                    })
                    .map(|(index, _)| index)
                    .collect();
            }
            Tab::Credentials => {
                let all = graph.credential_indices();
                self.credentials =
                    all.filter(|at| sight.passes(Subject::Credential(*at))).collect();
                let is_dead = |at: &&CredentialIndex| !graph.credential(**at).is_live();
                self.dead = self.credentials.iter().filter(is_dead).count();
            }
            Tab::Services => {
                let all = graph.instance_indices();
                self.instances = all.filter(|at| sight.passes(Subject::Instance(*at))).collect();
            }
            Tab::Problems
            | Tab::Paths
            | Tab::ChokePoints
            | Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Overview
            | Tab::Imports
            | Tab::Scenes
            | Tab::Workshop
            | Tab::Owners
            | Tab::Rotation => {}
        }
    }

    /// How many rows a table has.
    pub(crate) fn rows(&self, tab: Tab) -> usize {
        match tab {
            Tab::Findings => self.findings.len(),
            Tab::Credentials => self.credentials.len(),
            Tab::Services => self.instances.len(),
            Tab::Problems => self.problems.rows.len(),
            Tab::Paths
            | Tab::ChokePoints
            | Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Overview
            | Tab::Imports
            | Tab::Scenes
            | Tab::Workshop
            | Tab::Owners
            | Tab::Rotation => 0,
        }
    }

    /// How many rows pass the filters, also those that are too many to be listed.
    pub(crate) fn count(&self, tab: Tab) -> usize {
        match tab {
            Tab::Problems => self.problems.total,
            tab => self.rows(tab),
        }
    }

    /// What a row of a table is about.
    pub(crate) fn subject_at(&self, answers: &Answers, tab: Tab, row: usize) -> Option<Subject> {
        match tab {
            Tab::Findings => {
                let at = *self.findings.get(row)?;
                answers.findings.get(at as usize).map(|finding| finding.subject)
            }
            Tab::Credentials => self.credentials.get(row).copied().map(Subject::Credential),
            Tab::Services => self.instances.get(row).copied().map(Subject::Instance),
            Tab::Problems
            | Tab::Paths
            | Tab::ChokePoints
            | Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Overview
            | Tab::Imports
            | Tab::Scenes
            | Tab::Workshop
            | Tab::Owners
            | Tab::Rotation => None,
        }
    }

    fn sort(&mut self, answers: &Answers, standings: Option<&Standings>, session: &Session) {
        let TableState { sort, reversed, .. } = session.table();
        match session.tab {
            Tab::Findings => self.sort_findings(answers, standings, sort),
            Tab::Credentials => self.sort_credentials(answers, sort),
            Tab::Services => self.sort_instances(answers, sort),
            Tab::Problems
            | Tab::Paths
            | Tab::ChokePoints
            | Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Overview
            | Tab::Imports
            | Tab::Scenes
            | Tab::Workshop
            | Tab::Owners
            | Tab::Rotation => {}
        }
        if reversed {
            match session.tab {
                Tab::Findings => self.findings.reverse(),
                Tab::Credentials => self.credentials.reverse(),
                Tab::Services => self.instances.reverse(),
                Tab::Problems
                | Tab::Paths
                | Tab::ChokePoints
                | Tab::CutAndPlan
                | Tab::WhatIf
                | Tab::Coverage
                | Tab::Overview
                | Tab::Imports
                | Tab::Scenes
                | Tab::Workshop
                | Tab::Owners
                | Tab::Rotation => {}
            }
        }
        if let (Tab::Findings, Some(by)) = (session.tab, session.finding_group) {
            self.finding_groups = in_groups(&mut self.findings, (answers, standings), by);
        }
    }

    fn sort_findings(&mut self, answers: &Answers, standings: Option<&Standings>, sort: Sort) {
        let standing = |at: &u32| {
            let finding = answers.findings.get(*at as usize)?;
            Some(standings?.standing(finding))
        };
        let subject = |at: &u32| answers.findings.get(*at as usize).map(|finding| finding.subject);
        match sort {
            Sort::Name => self.findings.sort_by_key(subject),
            Sort::Kind => self
                .findings
                .sort_by_key(|at| answers.findings.get(*at as usize).map(|finding| finding.rule)),
            Sort::Reach => self.findings.sort_by_key(|at| {
                std::cmp::Reverse(subject(at).map_or(0, |subject| answers.reach_of(subject)))
            }),
            Sort::Assumed => self.findings.sort_by_key(|at| {
                answers.findings.get(*at as usize).map(|finding| finding.assumed)
            }),
            Sort::State => {
                self.findings.sort_by_cached_key(|at| standing(at).map(|own| own.state));
            }
            Sort::FirstSeen => self.findings.sort_by_cached_key(|at| {
                std::cmp::Reverse(standing(at).and_then(|own| own.first_seen))
            }),
            Sort::Assignee => self.findings.sort_by_cached_key(|at| {
                let who = standing(at).and_then(|own| own.record?.assignee.clone());
                (who.is_none(), who)
            }),
            Sort::Due => self.findings.sort_by_cached_key(|at| {
                let due = standing(at).and_then(|own| own.record?.due);
                (due.is_none(), due)
            }),
            Sort::Owner => self.findings.sort_by_key(|at| {
                subject(at).and_then(|own| match own {
                    Subject::Credential(at) => answers.graph.owners_of(at).first(),
                    Subject::Instance(at) => answers.graph.owners_of_instance(at).first(),
                })
            }),
            Sort::Environment => self
                .findings
                .sort_by_key(|at| subject(at).map(|own| environments_first(answers, own))),
            // The findings come in this order.
            Sort::Severity
            | Sort::ReachedBy
            | Sort::Holds
            | Sort::Grants
            | Sort::Place
            | Sort::Rejected
            | Sort::Message => {}
        }
    }

    fn sort_credentials(&mut self, answers: &Answers, sort: Sort) {
        let graph = &answers.graph;
        let reach =
            |at: &CredentialIndex| std::cmp::Reverse(answers.reach_of(Subject::Credential(*at)));
        match sort {
            Sort::Severity => self.credentials.sort_by_cached_key(|at| {
                (severity_rank(answers.severity(Subject::Credential(*at))), reach(at))
            }),
            Sort::Kind => self.credentials.sort_by_key(|at| {
                graph.credential(*at).kind.map_or("", |kind| graph.inventory().text(kind))
            }),
            Sort::Owner => self.credentials.sort_by_key(|at| graph.owners_of(*at).first().copied()),
            Sort::Environment => self.credentials.sort_by_key(|at| {
                answers
                    .sharing
                    .get(at.index())
                    .map_or(0, |sharing| usize::MAX - sharing.environments.len())
            }),
            Sort::State => self.credentials.sort_by_key(|at| !graph.credential(*at).is_live()),
            Sort::Reach => self.credentials.sort_by_key(reach),
            Sort::Holds => {
                self.credentials.sort_by_key(|at| std::cmp::Reverse(graph.held_by(*at).len()));
            }
            Sort::Grants => {
                self.credentials.sort_by_key(|at| std::cmp::Reverse(graph.grants(*at).len()));
            }
            Sort::Name
            | Sort::ReachedBy
            | Sort::Place
            | Sort::Assumed
            | Sort::Rejected
            | Sort::FirstSeen
            | Sort::Assignee
            | Sort::Due
            | Sort::Message => {}
        }
    }

    fn sort_instances(&mut self, answers: &Answers, sort: Sort) {
        let graph = &answers.graph;
        let reach =
            |at: &InstanceIndex| std::cmp::Reverse(answers.reach_of(Subject::Instance(*at)));
        match sort {
            Sort::Severity => self.instances.sort_by_cached_key(|at| {
                (severity_rank(answers.severity(Subject::Instance(*at))), reach(at))
            }),
            Sort::Kind => self.instances.sort_by_key(|at| graph.instance(*at).role),
            Sort::Owner => {
                self.instances.sort_by_key(|at| graph.owners_of_instance(*at).first().copied());
            }
            Sort::Environment => self.instances.sort_by_key(|at| graph.instance(*at).environment),
            Sort::Reach => self.instances.sort_by_key(reach),
            Sort::ReachedBy => {
                let by = |at: &InstanceIndex| std::cmp::Reverse(answers.reached_by.of(*at));
                self.instances.sort_by_key(by);
            }
            Sort::Holds => {
                self.instances.sort_by_key(|at| std::cmp::Reverse(graph.holds(*at).len()));
            }
            Sort::Grants => {
                self.instances.sort_by_key(|at| std::cmp::Reverse(graph.granted_by(*at).len()));
            }
            Sort::Name
            | Sort::Place
            | Sort::Assumed
            | Sort::Rejected
            | Sort::State
            | Sort::FirstSeen
            | Sort::Assignee
            | Sort::Due
            | Sort::Message => {}
        }
    }
}

/// What joins most environments first, then by the first of them.
fn environments_first(
    answers: &Answers,
    subject: Subject,
) -> (std::cmp::Reverse<usize>, Option<EnvironmentIndex>) {
    match subject {
        Subject::Credential(at) => {
            let joined = answers.sharing.get(at.index()).map(|own| &own.environments);
            let first = joined.and_then(|own| own.first().copied());
            (std::cmp::Reverse(joined.map_or(0, Vec::len)), first)
        }
        Subject::Instance(at) => {
            (std::cmp::Reverse(1), Some(answers.graph.instance(at).environment))
        }
    }
}

/// How a finding stands; open where nobody knows.
fn state_of(standings: Option<&Standings>, finding: &Finding) -> FindingState {
    standings.map_or(FindingState::Open, |own| own.standing(finding).state)
}

fn severity_rank(severity: Option<Severity>) -> usize {
    severity.map_or(usize::MAX, Severity::rank)
}
