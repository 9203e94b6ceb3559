//! The graph that is there once fixes are done: one like any other, with names, order and rows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::access_graph::PrintedName;
use super::build::edges::adjacency;
use super::grouped::Grouped;
use super::name_order::NameOrder;
use super::{AccessGraph, CredentialIndex, Edge, EdgeIndex, InstanceIndex, Refitted};

/// What a credential of the new graph comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// A credential that no fix touches.
    Kept(CredentialIndex),
    /// What was made, by its place among all.
    Made(usize),
}

impl AccessGraph {
    /// The graph with `made` in the place of `retired` credentials, which are gone. What is made of a
    /// credential has its name and, where there are several, what tells them apart behind it; its edges
    /// have the rows of those that they come from. Costs time in proportion to nodes, edges and rows,
    /// but for the sorting of names.
    pub(crate) fn replaced(&self, retired: &BTreeSet<CredentialIndex>, made: &[Refitted]) -> Self {
        let names = Names::new(self, retired).of(made);
        let kept = self.credential_indices().filter(|at| !retired.contains(at));
        let kept = kept.map(|at| (self.credential_name(at), Origin::Kept(at)));
        let new = names.iter().enumerate().map(|(at, name)| (&**name, Origin::Made(at)));
        let mut order: Vec<(&str, Origin)> = kept.chain(new).collect();
        order.sort_unstable();
        let mut builder = Builder::new(self);
        for (name, origin) in order {
            match origin {
                Origin::Kept(at) => builder.keep(at),
                Origin::Made(at) => {
                    if let Some(new) = made.get(at) {
                        builder.add(name, new);
                    }
                }
            }
        }
        builder.finish()
    }
}

/// Finds names for what is made, which no other credential has.
struct Names<'a> {
    graph: &'a AccessGraph,
    taken: BTreeSet<Cow<'a, str>>,
}

impl<'a> Names<'a> {
    fn new(graph: &'a AccessGraph, retired: &BTreeSet<CredentialIndex>) -> Self {
        // Only a name that begins like one that is replaced can be that of something made of it.
        let firsts: BTreeSet<&str> = retired.iter().map(|&at| graph.credential_name(at)).collect();
        let kept = graph.credential_indices().filter(|at| !retired.contains(at));
        let names = kept.map(|at| graph.credential_name(at));
        let begins = |name: &&str| {
            name.match_indices(" (").any(|(at, _)| firsts.contains(name.get(..at).unwrap_or("")))
        };
        Self { graph, taken: names.filter(begins).map(Cow::Borrowed).collect() }
    }

    fn of(mut self, made: &'a [Refitted]) -> Vec<Cow<'a, str>> {
        let mut pieces: BTreeMap<CredentialIndex, usize> = BTreeMap::new();
        for new in made {
            *pieces.entry(new.origin).or_default() += 1;
        }
        made.iter()
            .map(|new| {
                let name = self.graph.credential_name(new.origin);
                if pieces.get(&new.origin) == Some(&1) && !new.bound {
                    return Cow::Borrowed(name);
                }
                self.free(name, &self.label(new))
            })
            .collect()
    }

    /// A name that is not taken yet.
    fn free(&mut self, name: &str, label: &str) -> Cow<'a, str> {
        let numbers = std::iter::once(String::new()).chain((2..).map(|at| format!(" {at}")));
        let names = numbers.map(|number| format!("{name} ({label}{number})"));
        let free = names.map(Cow::Owned).find(|name| !self.taken.contains(name));
        let free = free.unwrap_or_default();
        self.taken.insert(free.clone());
        free
    }

    /// What all that a credential is linked to, or all its holders, have in common.
    fn label(&self, new: &Refitted) -> String {
        let graph = self.graph;
        let holders = || new.holders.iter().map(|&at| InstanceIndex(at));
        let granted = new.grants.iter().map(|&edge| graph.edge(edge).instance);
        let only = |mut all: BTreeSet<String>| all.pop_first().filter(|_| all.is_empty());
        let environment = |at: InstanceIndex| graph.environment_of(at).display().to_owned();
        let service = |at: InstanceIndex| graph.service_name(at).to_owned();
        let owners = |at: InstanceIndex| {
            let owners = graph.owners_of_instance(at).iter();
            owners.map(|&owner| graph.owner_name(owner)).collect::<Vec<_>>().join(", ")
        };
        if new.bound {
            return match new.holders.as_slice() {
                [only] => format!("identity of {}", graph.instance_name(InstanceIndex(*only))),
                all => format!("identities of {} instances", all.len()),
            };
        }
        only(holders().chain(granted).map(environment).collect())
            .or_else(|| only(holders().map(service).collect()))
            .or_else(|| only(holders().map(owners).collect()).filter(|names| !names.is_empty()))
            .unwrap_or_else(|| format!("held by {}", new.holders.len()))
    }
}

/// Puts the new graph together, one credential after another.
struct Builder<'a> {
    before: &'a AccessGraph,
    after: AccessGraph,
    starts: Vec<u32>,
    evidence: Vec<u32>,
    /// Of which credentials something that counts among those of their identity was added.
    identified: BTreeSet<CredentialIndex>,
}

impl<'a> Builder<'a> {
    fn new(before: &'a AccessGraph) -> Self {
        let none = || Grouped::from_parts(vec![0], Vec::new());
        let after = AccessGraph {
            inventory: before.inventory.clone(),
            assumptions: before.assumptions.clone(),
            environments: before.environments.clone(),
            instances: before.instances.clone(),
            credentials: Vec::with_capacity(before.credentials.len()),
            edges: Vec::with_capacity(before.edges.len()),
            owners: before.owners.clone(),
            names: Vec::with_capacity(before.names.len()),
            made_names: Vec::new(),
            aliases: Grouped::from_parts(vec![0], Vec::new()),
            spoken: Vec::with_capacity(before.names.len()),
            credential_owners: Grouped::from_parts(vec![0], Vec::new()),
            storages: Grouped::from_parts(vec![0], Vec::new()),
            instance_owners: before.instance_owners.clone(),
            rows_of_credential: Grouped::from_parts(vec![0], Vec::new()),
            rows_of_instance: before.rows_of_instance.clone(),
            held_by: none(),
            grants: none(),
            stated_parts: Vec::new(),
            holds: none(),
            granted_by: none(),
            evidence: Grouped::from_parts(vec![0], Vec::new()),
            problems: before.problems.clone(),
            blank: before.blank.clone(),
            // Credentials are put into the order of their names; instances stay where they are.
            order: NameOrder { credentials: Vec::new(), ..before.order.clone() },
        };
        let (starts, evidence) = (vec![0], Vec::new());
        Self { before, after, starts, evidence, identified: BTreeSet::new() }
    }

    /// Adds a credential as it is.
    fn keep(&mut self, at: CredentialIndex) {
        let before = self.before;
        self.after.credentials.push(before.credential(at).clone());
        let name = match before.names.get(at.index()) {
            Some(PrintedName::Own(id)) => PrintedName::Own(*id),
            Some(PrintedName::Made(_)) | None => self.made_name(before.credential_name(at)),
        };
        self.after.names.push(name);
        self.after.aliases.push(before.aliases(at));
        let own = CredentialIndex(self.after.credentials.len() as u32 - 1);
        let parts = before.stated_parts_of(at).iter().map(|part| part.of(own));
        self.after.stated_parts.extend(parts);
        self.add_lists(at);
        self.add_edges(before.held_by(at).iter().copied());
        self.add_edges(before.grants(at).iter().copied());
    }

    /// Adds what was made of a credential.
    fn add(&mut self, name: &str, new: &Refitted) {
        let (before, origin) = (self.before, new.origin);
        let is_first = !new.bound && self.identified.insert(origin);
        let (credential, ids) = new.credential(before, is_first);
        self.after.credentials.push(credential);
        let name = self.made_name(name);
        self.after.names.push(name);
        self.after.aliases.push(ids);
        let own = CredentialIndex(self.after.credentials.len() as u32 - 1);
        self.after.stated_parts.extend(before.parts_left(new, own));
        self.add_lists(origin);
        let held = before.held_by(origin).iter().copied();
        let holds =
            |edge: &EdgeIndex| new.holders.binary_search(&before.edge(*edge).instance.0).is_ok();
        self.add_edges(held.filter(holds));
        self.add_edges(new.grants.iter().copied());
    }

    fn made_name(&mut self, name: &str) -> PrintedName {
        self.after.made_names.push(name.to_owned());
        PrintedName::Made(self.after.made_names.len() as u32 - 1)
    }

    fn add_lists(&mut self, origin: CredentialIndex) {
        let (before, after) = (self.before, &mut self.after);
        after.spoken.extend(before.spoken.get(origin.index()).copied());
        after.credential_owners.push(before.owners_of(origin));
        after.storages.push(before.storages_of(origin));
        after.rows_of_credential.push(before.rows_of(origin));
    }

    /// Adds edges of one kind, by instance, to the credential that was added last.
    fn add_edges(&mut self, edges: impl Iterator<Item = EdgeIndex>) {
        let credential = CredentialIndex(self.after.credentials.len() as u32 - 1);
        for edge in edges {
            self.after.edges.push(Edge { credential, ..*self.before.edge(edge) });
            self.evidence.extend_from_slice(self.before.evidence.of(edge.index()));
            self.starts.push(self.evidence.len() as u32);
        }
    }

    fn finish(self) -> AccessGraph {
        let mut after = self.after;
        let (credentials, instances) = (after.credentials.len(), after.instances.len());
        [after.held_by, after.grants, after.holds, after.granted_by] =
            adjacency(&after.edges, credentials, instances);
        after.evidence = Grouped::from_parts(self.starts, self.evidence);
        after
    }
}
