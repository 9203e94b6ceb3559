//! What falls if the starts are compromised: instances hop by hop, and credentials on the way.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::movement::counting::{Carried, Counting};
use crate::analysis::movement::step::Step;
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, InstanceIndex};

/// What is compromised to begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Starts {
    /// Credentials that leaked.
    pub credentials: Vec<CredentialIndex>,
    /// Service instances that were taken over.
    pub instances: Vec<InstanceIndex>,
}

/// A service instance that falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The instance.
    pub instance: InstanceIndex,
    /// How many credentials it takes to get there.
    pub hops: u32,
    /// The credential that was used last.
    pub via: CredentialIndex,
    /// The grant by which it was entered.
    pub edge: EdgeIndex,
    /// Where that credential was found; `None` if it was compromised to begin with.
    pub from: Option<InstanceIndex>,
    /// Whether it is entered, but by no grant that is high enough to go on from it.
    pub entered_only: bool,
}

/// A live credential that an attacker obtains on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obtained {
    /// The credential.
    pub credential: CredentialIndex,
    /// How many hops it takes to get to where it is held.
    pub hops: u32,
    /// The instance that it is first found in.
    pub held_by: InstanceIndex,
}

/// Everything that falls. The starts themselves are not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlastRadius {
    /// The instances, by hops, then by name.
    pub reached: Vec<Reached>,
    /// The credentials, by hops, then by name: what must be rotated beside the starts.
    pub obtained: Vec<Obtained>,
    /// The credentials, to be found by.
    obtained_set: BTreeSet<CredentialIndex>,
    /// How each instance was first entered, and how it was first entered high enough to go on.
    entered: BTreeMap<InstanceIndex, Step>,
    pivoted: BTreeMap<InstanceIndex, Step>,
}

impl BlastRadius {
    /// How many instances fall at each number of hops, by hops.
    pub fn hops_summary(&self) -> Vec<(u32, usize)> {
        let same = self.reached.chunk_by(|a, b| a.hops == b.hops);
        same.filter_map(|group| Some((group.first()?.hops, group.len()))).collect()
    }

    /// Whether an instance falls.
    pub fn reaches(&self, instance: InstanceIndex) -> bool {
        self.entered.contains_key(&instance)
    }

    /// Whether a credential is obtained on the way; a start that is found again is not.
    pub fn obtains(&self, credential: CredentialIndex) -> bool {
        self.obtained_set.contains(&credential)
    }

    /// The hops that lead to an instance, first to last; empty if it is not reached.
    pub fn chain_to(&self, instance: InstanceIndex) -> Vec<Step> {
        let mut chain: Vec<Step> = self.entered.get(&instance).copied().into_iter().collect();
        while let Some(from) = chain.last().and_then(|step| step.from) {
            let Some(&step) = self.pivoted.get(&from) else { break };
            chain.push(step);
        }
        chain.reverse();
        chain
    }
}

/// Finds everything reachable from the starts, breadth first.
///
/// In an instance the attacker takes every live credential that it holds; with a credential they
/// enter every instance that it grants. A grant too low to pivot reaches its instance and ends
/// there, unless another arrives later that goes on. Takes time in proportion to what is reached.
pub fn blast_radius(graph: &AccessGraph, starts: &Starts, counting: Counting) -> BlastRadius {
    let mut search = Search::new(graph, counting);
    search.start(starts);
    while !search.credentials.is_empty() {
        search.hop();
    }
    search.answer()
}

struct Search<'a> {
    graph: &'a AccessGraph,
    counting: Counting,
    hops: u32,
    /// Credentials to be used in the next hop, with where they were found.
    credentials: Vec<(Carried, Option<InstanceIndex>)>,
    /// What was found, by number: credentials and parts of such.
    known: Vec<bool>,
    /// The credentials that were found, or parts of them.
    obtained: Vec<bool>,
    entered: Vec<bool>,
    expanded: Vec<bool>,
    answer: BlastRadius,
}

impl<'a> Search<'a> {
    fn new(graph: &'a AccessGraph, counting: Counting) -> Self {
        Self {
            graph,
            counting,
            hops: 0,
            credentials: Vec::new(),
            known: vec![false; counting.carried(graph)],
            obtained: vec![false; graph.credentials().len()],
            entered: vec![false; graph.instances().len()],
            expanded: vec![false; graph.instances().len()],
            answer: BlastRadius::default(),
        }
    }

    fn start(&mut self, starts: &Starts) {
        let Starts { credentials, instances } = starts;
        for &credential in credentials {
            mark(&mut self.obtained, credential.index());
            if mark(&mut self.known, credential.index()) {
                self.credentials.push((Carried::whole(credential), None));
            }
        }
        let mut fresh = Vec::new();
        for &instance in instances {
            if mark(&mut self.entered, instance.index()) {
                mark(&mut self.expanded, instance.index());
                fresh.push(instance);
            }
        }
        self.take_from(fresh);
    }

    /// Takes the credentials of instances that were just entered high enough.
    fn take_from(&mut self, mut fresh: Vec<InstanceIndex>) {
        fresh.sort_unstable();
        let first = self.answer.obtained.len();
        for held_by in fresh {
            for carried in self.counting.taken_from(self.graph, held_by) {
                if !mark(&mut self.known, carried.number(self.graph)) {
                    continue;
                }
                let (credential, hops) = (carried.credential, self.hops);
                if mark(&mut self.obtained, credential.index()) {
                    self.answer.obtained.push(Obtained { credential, hops, held_by });
                }
                self.credentials.push((carried, Some(held_by)));
            }
        }
        if let Some(tail) = self.answer.obtained.get_mut(first..) {
            tail.sort_unstable_by_key(|obtained| obtained.credential);
        }
    }

    /// Uses every credential found in the hop before.
    fn hop(&mut self) {
        self.hops += 1;
        let mut credentials = std::mem::take(&mut self.credentials);
        credentials.sort_unstable();
        let mut fresh = Vec::new();
        for (carried, from) in credentials {
            let credential = carried.credential;
            for (edge, to, goes_on) in self.counting.entered_with(self.graph, carried) {
                let step = Step { from, credential, edge, to };
                self.enter(step);
                if goes_on && mark(&mut self.expanded, to.index()) {
                    self.answer.pivoted.insert(to, step);
                    fresh.push(to);
                }
            }
        }
        self.take_from(fresh);
    }

    fn enter(&mut self, step: Step) {
        let Step { from, credential: via, edge, to: instance } = step;
        if !mark(&mut self.entered, instance.index()) {
            return;
        }
        self.answer.entered.insert(instance, step);
        let hops = self.hops;
        let reached = Reached { instance, hops, via, edge, from, entered_only: false };
        self.answer.reached.push(reached);
    }

    fn answer(self) -> BlastRadius {
        let Self { expanded, mut answer, .. } = self;
        for reached in &mut answer.reached {
            reached.entered_only = expanded.get(reached.instance.index()) != Some(&true);
        }
        answer.reached.sort_unstable_by_key(|reached| (reached.hops, reached.instance));
        answer.obtained_set = answer.obtained.iter().map(|one| one.credential).collect();
        answer
    }
}

/// Sets a mark; returns whether it is new. A place outside the list is never new.
fn mark(marks: &mut [bool], at: usize) -> bool {
    marks.get_mut(at).is_some_and(|marked| !std::mem::replace(marked, true))
}
