//! Everything that follows from an inventory and its assumptions; rebuilt whole, never edited.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::{
    self, Finding, Fix, Movements, ReachedBy, Severity, Subject, graph_after, named_subject,
    reached_by,
};
use crate::app::work::facet_counts::FacetCounts;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::{Assumptions, Inventory, Problem, Progress};

/// The answers that the window shows, with what its tables need of them.
#[derive(Debug)]
pub(crate) struct Answers {
    all: analysis::Answers,
    /// For each instance, then for each credential, the severities of its findings: a bit for each.
    severities: Vec<u8>,
    /// The findings by subject, and for each subject where its own begin.
    findings_by: FindingsBySubject,
    /// The types of credentials that rows name, in lower case, sorted.
    pub(crate) types: Vec<String>,
    /// What each filter stands for.
    pub(crate) facets: FacetCounts,
    /// The import's problems and the graph's. There may be millions: whoever looks at them is
    /// counted in tests.
    problems: Vec<Problem>,
    /// How often a problem was looked at.
    #[cfg(test)]
    pub(crate) looked: std::sync::atomic::AtomicUsize,
}

impl std::ops::Deref for Answers {
    type Target = analysis::Answers;

    fn deref(&self) -> &Self::Target {
        &self.all
    }
}

impl Answers {
    /// Answers every question; `None` when cancelled.
    pub(crate) fn compute(
        inventory: Arc<Inventory>,
        assumptions: &Assumptions,
        progress: &Progress,
    ) -> Option<Self> {
        Self::of(AccessGraph::build(inventory, assumptions), progress)
    }

    /// The same once fixes are done; `None` when cancelled.
    pub(crate) fn after(&self, fixes: &[Fix], progress: &Progress) -> Option<Self> {
        Self::of(graph_after(&self.graph, fixes), progress)
    }

    /// Answers every question about a graph; `None` when cancelled.
    pub(crate) fn of(graph: AccessGraph, progress: &Progress) -> Option<Self> {
        let problems = graph.all_problems().into_iter().cloned().collect();
        let types = types(&graph);
        let all = analysis::Answers::compute(graph, progress)?;
        Some(Self {
            severities: severities(&all),
            findings_by: FindingsBySubject::of(&all),
            facets: FacetCounts::of(&all),
            all,
            types,
            problems,
            #[cfg(test)]
            looked: std::sync::atomic::AtomicUsize::new(0),
        })
    }

    /// Whether a subject has a finding of a severity.
    pub(crate) fn has_finding_of(&self, subject: Subject, severity: Severity) -> bool {
        let at = place_of(&self.graph, subject);
        self.severities.get(at).is_some_and(|bits| bits & (1 << severity.rank()) != 0)
    }

    /// The findings on a subject, in their order.
    pub(crate) fn findings_of(&self, subject: Subject) -> Vec<&Finding> {
        let own = self.findings_by.of_place(place_of(&self.graph, subject));
        own.iter().filter_map(|&at| self.findings.get(at as usize)).collect()
    }

    /// How many problems there are.
    pub(crate) fn problem_count(&self) -> usize {
        self.problems.len()
    }

    /// One of the problems.
    pub(crate) fn problem(&self, at: u32) -> Option<&Problem> {
        #[cfg(test)]
        self.looked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.problems.get(at as usize)
    }

    /// Which entry points reach an instance, and how; `None` when cancelled.
    pub(crate) fn who_reaches(&self, to: InstanceIndex, progress: &Progress) -> Option<ReachedBy> {
        let movements = Movements::new(&self.graph);
        reached_by(movements.both(), &self.ends.entry_points, to, progress)
    }

    /// A subject's name with hostile characters escaped.
    pub(crate) fn name(&self, subject: Subject) -> String {
        crate::inventory::shown(&subject.name(&self.graph)).into_owned()
    }

    /// A credential by id, or an instance written `service@environment`.
    pub(crate) fn find_named(&self, id: &str) -> Option<Subject> {
        named_subject(&self.graph, id)
    }

    /// All subjects: instances first, then credentials, each by name.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = Subject> + use<> {
        let instances = 0..self.graph.instances().len() as u32;
        let credentials = 0..self.graph.credentials().len() as u32;
        instances
            .map(|at| Subject::Instance(InstanceIndex(at)))
            .chain(credentials.map(|at| Subject::Credential(CredentialIndex(at))))
    }
}

/// Findings, to be found by what they are about.
#[derive(Debug)]
struct FindingsBySubject {
    /// Where those of each subject begin; one more than there are subjects.
    starts: Vec<u32>,
    findings: Vec<u32>,
}

impl FindingsBySubject {
    fn of(answers: &analysis::Answers) -> Self {
        let graph = &answers.graph;
        let count = graph.instances().len() + graph.credentials().len();
        let mut starts = vec![0_u32; count + 1];
        let place = |finding: &Finding| place_of(graph, finding.subject);
        for finding in &answers.findings {
            if let Some(start) = starts.get_mut(place(finding) + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut findings = vec![0; answers.findings.len()];
        for (at, finding) in (0_u32..).zip(&answers.findings) {
            if let Some(next) = next.get_mut(place(finding))
                && let Some(slot) = findings.get_mut(*next as usize)
            {
                (*slot, *next) = (at, *next + 1);
            }
        }
        Self { starts, findings }
    }

    fn of_place(&self, place: usize) -> &[u32] {
        let bounds = self.starts.get(place).zip(self.starts.get(place + 1));
        let own = bounds.and_then(|(from, to)| self.findings.get(*from as usize..*to as usize));
        own.unwrap_or_default()
    }
}

/// The place of a subject among all instances and credentials.
fn place_of(graph: &AccessGraph, subject: Subject) -> usize {
    match subject {
        Subject::Instance(at) => at.index(),
        Subject::Credential(at) => graph.instances().len() + at.index(),
    }
}

fn severities(answers: &analysis::Answers) -> Vec<u8> {
    let graph = &answers.graph;
    let mut severities = vec![0; graph.instances().len() + graph.credentials().len()];
    for finding in &answers.findings {
        if let Some(bits) = severities.get_mut(place_of(graph, finding.subject)) {
            *bits |= 1 << finding.severity.rank();
        }
    }
    severities
}

/// The types that rows name, compared without case.
fn types(graph: &AccessGraph) -> Vec<String> {
    let kinds: BTreeSet<_> = graph.credentials().iter().filter_map(|own| own.kind).collect();
    let text = |kind| graph.inventory().text(kind).trim().to_lowercase();
    let types: BTreeSet<String> = kinds.into_iter().map(text).collect();
    types.into_iter().filter(|kind| !kind.is_empty()).collect()
}
