//! Everything that report, text, window and files show, computed once under one policy: the same
//! figures, the same order and the same worst severity everywhere.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::analysis::movement::ends::{Ends, ends};
use crate::analysis::movement::movements::Movements;
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::reach::{Asked, ReachOfAll, both, radii};
use crate::analysis::questions::coverage::{Coverage, coverage};
use crate::analysis::questions::difference::Side;
use crate::analysis::questions::environment_pairs::{EnvironmentPairs, environment_pairs};
use crate::analysis::questions::exposure::{Exposure, exposure_of, pairs_of};
use crate::analysis::questions::findings::case::{Case, Grounds};
use crate::analysis::questions::findings::finding::{Finding, FindingDetails, Subject};
use crate::analysis::questions::findings::rule::Severity;
use crate::analysis::questions::findings::{all_findings, details};
use crate::analysis::questions::headline::{Headline, headline};
use crate::analysis::questions::owner_pairs::{OwnerPairs, owner_pairs};
use crate::analysis::questions::owners::{Owned, Owners, owners_of};
use crate::analysis::questions::reached_by::{ReachedByOfAll, reached_by_of_all};
use crate::analysis::questions::sharing::{Sharing, Totals, sharing_of_all, totals};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::Progress;

/// The answers that need no plan: cheap enough to be ready before the first picture.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The graph that they are about.
    pub graph: Arc<AccessGraph>,
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
    pub fn compute(graph: impl Into<Arc<AccessGraph>>, progress: &Progress) -> Option<Self> {
        let graph = graph.into();
        let (sharing, ends) = (sharing_of_all(&graph), ends(&graph));
        let movements = Movements::new(&graph);
        let owned = Owned::new(&graph);
        let [together, stated_together] = owned.together();
        let credentials = graph.credentials().len();
        let radii = |movement: &Movement| {
            let is_all = std::ptr::eq(movement, movements.all());
            let together = if is_all { &together } else { &stated_together };
            let asked = Asked { together, targets: &ends.crown_jewels };
            radii(movement, credentials, asked, progress)
        };
        // Each has stretches that keep one core busy alone.
        let (reaches, grounds) =
            rayon::join(|| both(movements.both(), radii), || Grounds::new(&graph, &movements));
        let (of_all, of_stated) = reaches?;
        let pairs = [&of_all, &of_stated].map(|own| pairs_of(&ends, &own.targets));
        let exposure = exposure_of(&ends, pairs.into());
        let (reach, reach_stated) = (of_all.each, of_stated.each);
        let fallen = (of_all.together, of_stated.together);
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
            let owners = owners_of(&graph, (&sharing, &findings), owned, (&fallen.0, &fallen.1));
            (findings, owners)
        };
        let of_ends = || reached_by_of_all(movements.both(), &ends, progress);
        let ((findings, owners), reached_by) = rayon::join(of_each, of_ends);
        let reached_by = reached_by?;
        let ((headline, totals, coverage), pairs) = rayon::join(
            || (headline(&graph, &sharing), totals(&graph, &sharing), coverage(&graph)),
            || (environment_pairs(&graph), owner_pairs(&graph)),
        );
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

fn of_subject(reach: &ReachOfAll, subject: Subject) -> u32 {
    let found = match subject {
        Subject::Credential(at) => reach.credentials.get(at.index()),
        Subject::Instance(at) => reach.instances.get(at.index()),
    };
    found.copied().unwrap_or(0)
}
