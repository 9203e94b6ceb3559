//! An attacker's movement as flat arrays: which credential leads from where to where.
//!
//! Questions that remove or replace credentials work on this and leave the graph as it is.

use crate::analysis::movement::counting::{Carried, Counting};
use crate::analysis::movement::step::Step;
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, Grouped, InstanceIndex};

/// One grant of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) instance: u32,
    /// The edge of the graph that it comes from.
    pub(crate) edge: EdgeIndex,
    /// Whether an attacker who came this way goes on.
    pub(crate) pivots: bool,
}

/// One credential that carries movement, before lists are laid flat.
#[derive(Clone, Debug)]
pub(crate) struct MovementCredential {
    /// The credential of the graph that it is, or stems from.
    pub(crate) origin: CredentialIndex,
    /// The instances that hold it, in order.
    pub(crate) holders: Vec<u32>,
    /// Its grants, by instance.
    pub(crate) grants: Vec<Grant>,
    /// Whether it is an identity of each holder that cannot be carried away.
    pub(crate) bound: bool,
}

/// The movement through live credentials, under one way of counting and after fixes.
///
/// Where stated access alone counts, a credential that an id alone joins across sources is carried in
/// parts, one or more for each source: under its own number nobody holds it, and as a start it leads
/// wherever any part does.
///
/// Credentials are numbered as in the graph; those that fixes made follow. A dead or revoked one
/// has its number and leads nowhere.
#[derive(Clone, Debug)]
pub struct Movement {
    pub(crate) instances: usize,
    /// Each credential's own, or the one that it was made of.
    pub(crate) origins: Vec<CredentialIndex>,
    /// How many credentials at the front are the graph's, each at its own number; 0 where some
    /// were left out.
    of_graph: usize,
    /// Whether each is an identity that cannot be carried away, nor revoked as a secret.
    bound: Vec<bool>,
    pub(crate) holders: Grouped<u32>,
    pub(crate) grants: Grouped<Grant>,
    /// For each instance the credentials that it holds, in order.
    pub(crate) held: Grouped<u32>,
}

impl Movement {
    /// The movement of a graph as it stands. Costs time in proportion to the edges.
    pub fn new(graph: &AccessGraph, counting: Counting) -> Self {
        let mut flat = Flat::default();
        for credential in graph.credential_indices() {
            let live = graph.credential(credential).is_live();
            let whole = live && !counting.parts(graph, credential);
            let held_by = if whole { graph.held_by(credential) } else { &[] };
            let held_by = held_by.iter().map(|&edge| graph.edge(edge));
            let holders = held_by.filter(|edge| counting.counts(edge)).map(|edge| edge.instance.0);
            flat.holders.extend(holders);
            flat.add_grants(graph, counting, Carried::whole(credential));
        }
        for part in counting.all_parts(graph) {
            flat.holders.extend(part.holders(graph).iter().map(|at| at.0));
            flat.add_grants(graph, counting, part);
        }
        flat.movement(graph.instances().len(), graph.credentials().len())
    }

    /// The movement after fixes: some credentials of the graph, and what was made of them, lead
    /// nowhere any more, and `carriers` follow. Costs time in proportion to the edges.
    pub(crate) fn replaced(
        &self,
        retired: impl Iterator<Item = CredentialIndex>,
        carriers: &[MovementCredential],
    ) -> Self {
        let gone = self.origin_marks(retired);
        let mut flat = Flat::default();
        for at in 0..self.credentials() {
            self.copy(at, &gone, &mut flat);
        }
        for MovementCredential { origin, holders, grants, bound } in carriers {
            flat.holders.extend_from_slice(holders);
            flat.grants.extend_from_slice(grants);
            flat.end(*origin, *bound);
        }
        flat.movement(self.instances, self.of_graph)
    }

    /// The movement without some credentials of the graph and what splits made of them; the
    /// identities that took their place stay.
    #[must_use]
    pub fn without(&self, removed: &[CredentialIndex]) -> Self {
        let gone = self.origin_marks(removed.iter().copied());
        let mut flat = Flat::default();
        for at in 0..self.credentials() {
            self.copy(at, if self.is_bound(at as u32) { &[] } else { &gone }, &mut flat);
        }
        flat.movement(self.instances, self.of_graph)
    }

    /// The movement with one more instance for each of some credentials of the graph, which holds
    /// it alone and which nothing grants: for starting from a credential. They are numbered after
    /// the others, in the order given. Costs time in proportion to the edges.
    pub(crate) fn with_holders_of(&self, credentials: &[CredentialIndex]) -> Self {
        let mut flat = Flat::default();
        for at in 0..self.credentials() {
            let Some(&origin) = self.origins.get(at) else { continue };
            flat.holders.extend_from_slice(self.holders.of(at));
            let more = (self.instances as u32..).zip(credentials);
            flat.holders.extend(more.filter(|(_, own)| **own == origin).map(|(at, _)| at));
            flat.grants.extend_from_slice(self.grants.of(at));
            flat.end(origin, self.is_bound(at as u32));
        }
        flat.movement(self.instances + credentials.len(), self.of_graph)
    }

    /// The movement with one more instance, which holds one credential of the movement alone and which
    /// nothing grants. Costs time in proportion to the edges.
    pub(crate) fn with_holder_of(&self, carrier: u32) -> Self {
        let mut flat = Flat::default();
        for at in 0..self.credentials() {
            let Some(&origin) = self.origins.get(at) else { continue };
            flat.holders.extend_from_slice(self.holders.of(at));
            flat.holders.extend((at == carrier as usize).then_some(self.instances as u32));
            flat.grants.extend_from_slice(self.grants.of(at));
            flat.end(origin, self.is_bound(at as u32));
        }
        flat.movement(self.instances + 1, self.of_graph)
    }

    /// The credentials that are, or stem from, one of the graph. Looks only at those that fixes
    /// made, and at its own.
    pub(crate) fn of_origin(&self, origin: CredentialIndex) -> impl Iterator<Item = u32> {
        let own = (origin.index() < self.of_graph).then_some(origin.0);
        let made = (self.of_graph as u32..).zip(self.origins.iter().skip(self.of_graph));
        own.into_iter().chain(made.filter(move |(_, at)| **at == origin).map(|(at, _)| at))
    }

    /// How many credentials of the graph stand at the front, each at its own number.
    pub(crate) fn of_graph(&self) -> usize {
        self.of_graph
    }

    /// Whether just one credential of the movement is, or stems from, this one of the graph.
    pub(crate) fn is_alone(&self, origin: CredentialIndex) -> bool {
        self.origins.iter().filter(|at| **at == origin).count() == 1
    }

    /// How many holders and grants there are.
    pub(crate) fn edges(&self) -> usize {
        let all = 0..self.credentials();
        all.map(|at| self.holders.of(at).len() + self.grants.of(at).len()).sum()
    }

    /// One mark for each credential of the graph.
    pub(crate) fn origin_marks(&self, set: impl Iterator<Item = CredentialIndex>) -> Vec<bool> {
        let most = self.origins.iter().map(|origin| origin.index() + 1).max().unwrap_or(0);
        let mut marks = vec![false; most];
        for origin in set {
            mark(&mut marks, origin.0);
        }
        marks
    }

    /// Copies a credential; where its origin is marked as gone, it leads nowhere.
    fn copy(&self, at: usize, gone: &[bool], flat: &mut Flat) {
        let Some(&origin) = self.origins.get(at) else { return };
        if !is(gone, origin.0) {
            flat.holders.extend_from_slice(self.holders.of(at));
            flat.grants.extend_from_slice(self.grants.of(at));
        }
        flat.end(origin, self.is_bound(at as u32));
    }

    /// Whether some credential of the movement is one.
    pub(crate) fn any_bound(&self) -> bool {
        self.bound.contains(&true)
    }

    /// Whether a credential of the movement is an identity that cannot be carried away.
    pub(crate) fn is_bound(&self, credential: u32) -> bool {
        is(&self.bound, credential)
    }

    /// How many credentials there are, those that lead nowhere among them.
    pub(crate) fn credentials(&self) -> usize {
        self.origins.len()
    }

    /// A hop as answers show it.
    pub(crate) fn step(&self, from: u32, credential: u32, grant: Grant) -> Step {
        let origin = self.origins.get(credential as usize).copied();
        Step {
            from: Some(InstanceIndex(from)),
            credential: origin.unwrap_or(CredentialIndex(credential)),
            edge: grant.edge,
            to: InstanceIndex(grant.instance),
        }
    }
}

/// Lists that grow one credential at a time.
#[derive(Default)]
pub(crate) struct Flat {
    origins: Vec<CredentialIndex>,
    bound: Vec<bool>,
    holder_starts: Vec<u32>,
    pub(crate) holders: Vec<u32>,
    grant_starts: Vec<u32>,
    pub(crate) grants: Vec<Grant>,
}

impl Flat {
    /// Adds the grants of what is carried, and ends its lists.
    fn add_grants(&mut self, graph: &AccessGraph, counting: Counting, carried: Carried) {
        let entered = counting.entered_with(graph, carried);
        let grant = |(edge, instance, pivots): (EdgeIndex, InstanceIndex, bool)| Grant {
            instance: instance.0,
            edge,
            pivots,
        };
        self.grants.extend(entered.map(grant));
        self.end(carried.credential, graph.credential(carried.credential).bound);
    }

    /// Ends the lists of one credential.
    pub(crate) fn end(&mut self, origin: CredentialIndex, bound: bool) {
        if self.origins.is_empty() {
            self.holder_starts.push(0);
            self.grant_starts.push(0);
        }
        self.origins.push(origin);
        self.bound.push(bound);
        self.holder_starts.push(self.holders.len() as u32);
        self.grant_starts.push(self.grants.len() as u32);
    }

    pub(crate) fn movement(self, instances: usize, of_graph: usize) -> Movement {
        let Self { origins, bound, holder_starts, holders, grant_starts, grants } = self;
        let holders = Grouped::from_parts(holder_starts, holders);
        let pairs = (0..origins.len())
            .flat_map(|at| holders.of(at).iter().map(move |&instance| (instance, at as u32)));
        let held = Grouped::new(instances, pairs);
        let grants = Grouped::from_parts(grant_starts, grants);
        Movement { instances, origins, of_graph, bound, holders, grants, held }
    }
}

/// Reads a mark; a place outside the list has none.
pub(crate) fn is(marks: &[bool], at: u32) -> bool {
    marks.get(at as usize).copied().unwrap_or(false)
}

/// Sets a mark; returns whether it is new. A place outside the list is never new.
pub(crate) fn mark(marks: &mut [bool], at: u32) -> bool {
    marks.get_mut(at as usize).is_some_and(|marked| !std::mem::replace(marked, true))
}

/// One mark for each instance in a list.
pub(crate) fn marks(instances: usize, set: &[InstanceIndex]) -> Vec<bool> {
    let mut marks = vec![false; instances];
    for &InstanceIndex(at) in set {
        mark(&mut marks, at);
    }
    marks
}
