//! Everything that report, text, window and files show, computed once under one policy: the same
//! figures, the same order and the same worst severity everywhere.

use std::cmp::Reverse;

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::{Ends, ends};
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::reach::{ReachOfAll, reach_of_all};
use crate::analysis::questions::coverage::{Coverage, coverage};
use crate::analysis::questions::difference::Side;
use crate::analysis::questions::environment_pairs::{EnvironmentPairs, environment_pairs};
use crate::analysis::questions::exposure::{Exposure, exposure};
use crate::analysis::questions::findings::case::{Case, Grounds};
use crate::analysis::questions::findings::finding::{Finding, FindingDetails, Subject};
use crate::analysis::questions::findings::rule::Severity;
use crate::analysis::questions::findings::{all_findings, details};
use crate::analysis::questions::headline::{Headline, headline};
use crate::analysis::questions::owner_pairs::{OwnerPairs, owner_pairs};
use crate::analysis::questions::owners::{Owners, owners};
use crate::analysis::questions::reached_by::{ReachedByOfAll, reached_by_of_all};
use crate::analysis::questions::sharing::{Sharing, Totals, sharing_of_all, totals};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::Progress;

/// The answers that need no plan: cheap enough to be ready before the first picture.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The graph that they are about.
    pub graph: AccessGraph,
    /// Sharing, for each credential.
    pub sharing: Vec<Sharing>,
    /// How far each credential and instance reaches.
    pub reach: ReachOfAll,
    /// The same with stated access alone.
    pub reach_stated: ReachOfAll,
    /// How many entry points reach each instance.
    pub reached_by: ReachedByOfAll,
    /// What each owner answers for.
    pub owners: Owners,
    /// The findings, the worst first.
    pub findings: Vec<Finding>,
    /// The counts.
    pub totals: Totals,
    /// The sentence at the top.
    pub headline: Headline,
    /// Where attackers start, and what must not fall.
    pub ends: Ends,
    /// The share of pairs that some path connects.
    pub exposure: Exposure,
    /// What the inventory cannot say.
    pub coverage: Coverage,
    /// How many live credentials lead from one environment into another.
    pub environment_pairs: EnvironmentPairs,
    /// How many live credentials lead from one owner's services to another's.
    pub owner_pairs: OwnerPairs,
    grounds: Grounds,
    credential_severity: Vec<Option<Severity>>,
    instance_severity: Vec<Option<Severity>>,
}

impl Answers {
    /// Answers every question about a graph; `None` when cancelled.
    pub fn compute(graph: AccessGraph, progress: &Progress) -> Option<Self> {
        let sharing = sharing_of_all(&graph);
        let ends = ends(&graph);
        let all = Movement::new(&graph, Counting::All);
        let assumes = graph.assumes();
        let stated = assumes.then(|| Movement::new(&graph, Counting::StatedOnly));
        let stated = stated.as_ref().unwrap_or(&all);
        // Each has stretches that keep one core busy alone.
        let (reaches, grounds) =
            rayon::join(|| reaches(&graph, assumes, progress), || Grounds::new(&graph));
        let (reach, reach_stated) = reaches?;
        let of_each = || {
            let case = Case {
                graph: &graph,
                sharing: &sharing,
                reach: &reach,
                reach_stated: &reach_stated,
                grounds: &grounds,
                in_words: false,
            };
            let findings = all_findings(&case);
            let owners = owners(&graph, &sharing, &findings, (&all, stated), progress)?;
            Some((findings, owners))
        };
        let of_ends = || {
            let exposure = exposure(&all, stated, &ends, progress)?;
            Some((exposure, reached_by_of_all((&all, stated), &ends, progress)?))
        };
        let (of_each, of_ends) = rayon::join(of_each, of_ends);
        let ((findings, owners), (exposure, reached_by)) = (of_each?, of_ends?);
        let (headline, totals) = (headline(&graph, &sharing), totals(&graph, &sharing));
        let coverage = coverage(&graph);
        let pairs = (environment_pairs(&graph), owner_pairs(&graph));
        let mut answers = Self {
            credential_severity: vec![None; graph.credentials().len()],
            instance_severity: vec![None; graph.instances().len()],
            graph,
            sharing,
            reach,
            reach_stated,
            reached_by,
            owners,
            findings,
            totals,
            headline,
            ends,
            exposure,
            coverage,
            environment_pairs: pairs.0,
            owner_pairs: pairs.1,
            grounds,
        };
        answers.note_severities();
        Some(answers)
    }

    /// What a difference compares.
    pub fn side(&self) -> Side<'_> {
        Side {
            graph: &self.graph,
            reach: &self.reach,
            findings: &self.findings,
            grounds: &self.grounds,
        }
    }

    /// What a finding says. Costs time in proportion to the links and rows of what it is about.
    pub fn details(&self, finding: &Finding) -> FindingDetails {
        let case = Case {
            graph: &self.graph,
            sharing: &self.sharing,
            reach: &self.reach,
            reach_stated: &self.reach_stated,
            grounds: &self.grounds,
            in_words: true,
        };
        details(&case, finding)
    }

    /// Findings come the worst first, so the first on a subject is its worst.
    fn note_severities(&mut self) {
        for finding in &self.findings {
            let slot = match finding.subject {
                Subject::Credential(at) => self.credential_severity.get_mut(at.index()),
                Subject::Instance(at) => self.instance_severity.get_mut(at.index()),
            };
            if let Some(slot) = slot {
                slot.get_or_insert(finding.severity);
            }
        }
    }

    /// The severity of the worst finding on a credential or an instance.
    pub fn severity(&self, subject: Subject) -> Option<Severity> {
        match subject {
            Subject::Credential(at) => self.credential_severity.get(at.index()).copied().flatten(),
            Subject::Instance(at) => self.instance_severity.get(at.index()).copied().flatten(),
        }
    }

    /// How many service instances a subject reaches.
    pub fn reach_of(&self, subject: Subject) -> u32 {
        of_subject(&self.reach, subject)
    }

    /// How many of them it reaches with stated access alone, where those are fewer.
    pub fn fewer_stated_of(&self, subject: Subject) -> Option<u32> {
        let stated = of_subject(&self.reach_stated, subject);
        (stated < self.reach_of(subject)).then_some(stated)
    }

    /// The credentials that reach anything, the farthest reaching first, then by name.
    pub fn farthest_reaching(&self) -> Vec<CredentialIndex> {
        let reach = |at: CredentialIndex| self.reach_of(Subject::Credential(at));
        let mut ranked: Vec<_> =
            self.graph.credential_indices().filter(|&at| reach(at) > 0).collect();
        ranked.sort_by_key(|&at| Reverse(reach(at)));
        ranked
    }
}

/// How far everything reaches, and with stated access alone.
fn reaches(
    graph: &AccessGraph,
    assumes: bool,
    progress: &Progress,
) -> Option<(ReachOfAll, ReachOfAll)> {
    let reach = reach_of_all(graph, Counting::All, progress)?;
    let stated =
        if assumes { reach_of_all(graph, Counting::StatedOnly, progress)? } else { reach.clone() };
    Some((reach, stated))
}

fn of_subject(reach: &ReachOfAll, subject: Subject) -> u32 {
    let found = match subject {
        Subject::Credential(at) => reach.credentials.get(at.index()),
        Subject::Instance(at) => reach.instances.get(at.index()),
    };
    found.copied().unwrap_or(0)
}
