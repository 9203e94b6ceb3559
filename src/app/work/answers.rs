//! Everything that follows from an inventory and its assumptions; rebuilt whole, never edited.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::{
    Counting, Coverage, Ends, Exposure, Finding, Headline, Movement, ReachOfAll, Severity, Sharing,
    Subject, Totals, coverage, ends, exposure, findings, headline, reach_of_all, sharing_of_all,
    totals,
};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::{Assumptions, Inventory, Problem, Progress};
use crate::layout::lay_out;
use crate::scene::chart;
use crate::scene::{ChartInput, Map};

/// The answers that the window shows.
#[derive(Debug)]
pub(crate) struct Answers {
    pub(crate) graph: AccessGraph,
    pub(crate) sharing: Vec<Sharing>,
    pub(crate) reach: ReachOfAll,
    /// The worst first.
    pub(crate) findings: Vec<Finding>,
    pub(crate) headline: Headline,
    pub(crate) totals: Totals,
    /// Where attackers start, and what must not fall.
    pub(crate) ends: Ends,
    pub(crate) exposure: Exposure,
    /// What the inventory cannot say.
    pub(crate) coverage: Coverage,
    /// The types of credentials that rows name, in lower case, sorted.
    pub(crate) types: Vec<String>,
    /// The import's problems and the graph's. There may be millions: whoever looks at them is
    /// counted in tests.
    problems: Vec<Problem>,
    /// How often a problem was looked at.
    #[cfg(test)]
    pub(crate) looked: std::sync::atomic::AtomicUsize,
    credential_severity: Vec<Option<Severity>>,
    instance_severity: Vec<Option<Severity>>,
}

impl Answers {
    /// Answers every question; `None` when cancelled.
    pub(crate) fn compute(
        inventory: Arc<Inventory>,
        assumptions: &Assumptions,
        progress: &Progress,
    ) -> Option<Self> {
        let graph = AccessGraph::build(inventory, assumptions);
        let sharing = sharing_of_all(&graph);
        let reach = reach_of_all(&graph, Counting::All, progress)?;
        let findings = findings(&graph, &sharing, &reach);
        let mut credential_severity = vec![None; graph.credentials().len()];
        let mut instance_severity = vec![None; graph.instances().len()];
        for finding in &findings {
            let slot: Option<&mut Option<Severity>> = match finding.subject {
                Subject::Credential(at) => credential_severity.get_mut(at.index()),
                Subject::Instance(at) => instance_severity.get_mut(at.index()),
            };
            if let Some(slot) = slot {
                *slot = Some(slot.map_or(finding.severity, |known| known.min(finding.severity)));
            }
        }
        let problems = graph.all_problems().into_iter().cloned().collect();
        let (headline, totals) = (headline(&graph, &sharing), totals(&graph, &sharing));
        let ends = ends(&graph);
        let all = Movement::new(&graph, Counting::All);
        let stated = Movement::new(&graph, Counting::StatedOnly);
        let exposure = exposure(&all, &stated, &ends, progress)?;
        let coverage = coverage(&graph);
        let types = types(&graph);
        Some(Self {
            graph,
            sharing,
            reach,
            findings,
            headline,
            totals,
            ends,
            exposure,
            coverage,
            types,
            problems,
            #[cfg(test)]
            looked: std::sync::atomic::AtomicUsize::new(0),
            credential_severity,
            instance_severity,
        })
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

    /// Charts and lays out the map; `None` when cancelled.
    pub(crate) fn map(&self, progress: &Progress) -> Option<Map> {
        let chart = chart(&ChartInput {
            graph: &self.graph,
            sharing: &self.sharing,
            reach: &self.reach,
            findings: &self.findings,
        });
        let layout = lay_out(&chart.layout_input(), progress)?;
        Some(chart.map.placed(&layout))
    }

    /// The worst finding on a credential or an instance.
    pub(crate) fn severity(&self, subject: Subject) -> Option<Severity> {
        match subject {
            Subject::Credential(at) => self.credential_severity.get(at.index()).copied().flatten(),
            Subject::Instance(at) => self.instance_severity.get(at.index()).copied().flatten(),
        }
    }

    /// How many service instances a subject reaches.
    pub(crate) fn reach_of(&self, subject: Subject) -> u32 {
        match subject {
            Subject::Credential(at) => self.reach.credentials.get(at.index()).copied(),
            Subject::Instance(at) => self.reach.instances.get(at.index()).copied(),
        }
        .unwrap_or(0)
    }

    /// A subject's name with hostile characters escaped.
    pub(crate) fn name(&self, subject: Subject) -> String {
        crate::inventory::shown(&subject.name(&self.graph)).into_owned()
    }

    /// A credential by id, or an instance written `service@environment`.
    pub(crate) fn find_named(&self, id: &str) -> Option<Subject> {
        let credential = self.graph.find_credential(id).map(Subject::Credential);
        credential.or_else(|| {
            let (service, environment) = id.rsplit_once('@').unwrap_or((id, ""));
            self.graph.find_instance(service, environment).map(Subject::Instance)
        })
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

/// The types that rows name, compared without case.
fn types(graph: &AccessGraph) -> Vec<String> {
    let kinds: BTreeSet<_> = graph.credentials().iter().filter_map(|own| own.kind).collect();
    let text = |kind| graph.inventory().text(kind).trim().to_lowercase();
    let types: BTreeSet<String> = kinds.into_iter().map(text).collect();
    types.into_iter().filter(|kind| !kind.is_empty()).collect()
}
