//! How many credentials and services each filter of the left panel stands for, counted once for an
//! inventory: the panel is drawn in every frame.

use std::collections::BTreeMap;

use crate::analysis::{self, Severity};
use crate::graph::{AccessGraph, EnvironmentIndex};
use crate::inventory::NameId;
use crate::scene::{RegionTint, region_colour, region_tints};

/// Credentials, and how many of them are dead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) all: usize,
    pub(crate) dead: usize,
}

impl Counted {
    fn add(&mut self, is_live: bool) {
        self.all += 1;
        self.dead += usize::from(!is_live);
    }
}

/// An environment as the panel lists it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EnvironmentCount {
    pub(crate) index: EnvironmentIndex,
    pub(crate) tint: RegionTint,
    pub(crate) instances: usize,
}

/// What the filters count.
#[derive(Debug, Default)]
pub(crate) struct FacetCounts {
    /// In the order of their regions.
    pub(crate) environments: Vec<EnvironmentCount>,
    /// The findings of each severity, by rank.
    pub(crate) findings: [usize; Severity::ALL.len()],
    /// The types of credentials, the commonest first.
    pub(crate) kinds: Vec<(NameId, Counted)>,
    /// By owner.
    pub(crate) owners: Vec<Counted>,
}

impl FacetCounts {
    /// Counts all of them. Costs time in proportion to the graph and the findings.
    pub(crate) fn of(answers: &analysis::Answers) -> Self {
        let mut findings = [0; Severity::ALL.len()];
        for finding in &answers.findings {
            if let Some(count) = findings.get_mut(finding.severity.rank()) {
                *count += 1;
            }
        }
        let graph = &answers.graph;
        Self {
            environments: environments(graph),
            findings,
            kinds: kinds(graph),
            owners: owners(graph),
        }
    }

    /// How many findings have this severity.
    pub(crate) fn findings_of(&self, severity: Severity) -> usize {
        self.findings.get(severity.rank()).copied().unwrap_or(0)
    }
}

fn environments(graph: &AccessGraph) -> Vec<EnvironmentCount> {
    let mut counts = vec![0; graph.environments().len()];
    for instance in graph.instances() {
        if let Some(count) = counts.get_mut(instance.environment.0 as usize) {
            *count += 1;
        }
    }
    let tints = region_tints(graph);
    let mut all: Vec<_> = (0_u32..).zip(graph.environments()).zip(counts).collect();
    all.sort_by_key(|((_, environment), _)| region_colour(environment));
    let listed = |((index, _), instances): ((u32, _), usize)| EnvironmentCount {
        index: EnvironmentIndex(index),
        tint: tints.get(index as usize).copied().unwrap_or_default(),
        instances,
    };
    all.into_iter().map(listed).collect()
}

fn kinds(graph: &AccessGraph) -> Vec<(NameId, Counted)> {
    let mut counts: BTreeMap<NameId, Counted> = BTreeMap::new();
    for credential in graph.credentials() {
        if let Some(kind) = credential.kind {
            counts.entry(kind).or_default().add(credential.is_live());
        }
    }
    let mut kinds: Vec<(NameId, Counted)> = counts.into_iter().collect();
    kinds.sort_unstable_by_key(|&(kind, count)| (usize::MAX - count.all, kind));
    kinds
}

fn owners(graph: &AccessGraph) -> Vec<Counted> {
    let mut counts = vec![Counted::default(); graph.owners().len()];
    for credential in graph.credential_indices() {
        let is_live = graph.credential(credential).is_live();
        for owner in graph.owners_of(credential) {
            if let Some(count) = counts.get_mut(owner.0 as usize) {
                count.add(is_live);
            }
        }
    }
    counts
}
