//! What several things that are selected have together.

use std::collections::BTreeSet;

use crate::analysis::{Severity, Subject};
use crate::app::work::answers::Answers;
use crate::graph::{EnvironmentIndex, InstanceIndex, OwnerIndex};

/// Figures of a selection, counted once for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Together {
    pub(crate) credentials: usize,
    /// How many of these are dead.
    pub(crate) dead: usize,
    pub(crate) instances: usize,
    /// The environments of the services, and those that the credentials are linked to.
    pub(crate) environments: BTreeSet<EnvironmentIndex>,
    pub(crate) owners: BTreeSet<OwnerIndex>,
    /// How many have no owner.
    pub(crate) without_owner: usize,
    /// How many findings of each severity, by rank.
    pub(crate) findings: [usize; Severity::ALL.len()],
}

impl Together {
    /// Counts them. Costs time in proportion to the things, their links and findings.
    pub(crate) fn of(answers: &Answers, subjects: &[Subject]) -> Self {
        let mut together = Self::default();
        for subject in subjects {
            together.add(answers, *subject);
        }
        together
    }

    fn add(&mut self, answers: &Answers, subject: Subject) {
        let graph = &answers.graph;
        let place = |at: InstanceIndex| graph.instance(at).environment;
        let owners = match subject {
            Subject::Instance(at) => {
                self.instances += 1;
                self.environments.insert(place(at));
                graph.owners_of_instance(at)
            }
            Subject::Credential(at) => {
                self.credentials += 1;
                self.dead += usize::from(!graph.credential(at).is_live());
                let edges = graph.held_by(at).iter().chain(graph.grants(at));
                self.environments.extend(edges.map(|edge| place(graph.edge(*edge).instance)));
                graph.owners_of(at)
            }
        };
        self.owners.extend(owners);
        self.without_owner += usize::from(owners.is_empty());
        for finding in answers.findings_of(subject) {
            if let Some(count) = self.findings.get_mut(finding.severity.rank()) {
                *count += 1;
            }
        }
    }
}
