//! What is taken to have fallen, and what of the rotation order is done already; all by names.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::analysis::{Starts, Subject};
use crate::graph::AccessGraph;
use crate::project::subject_name::{CredentialName, InstanceName, NamedSubject, SubjectName};

/// One thing to do that can be ticked off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RotationStep {
    /// An instance is cleaned.
    Clean(InstanceName),
    /// A credential is replaced.
    Replace(CredentialName),
    /// The new secret is put into an instance that holds the credential.
    Put(CredentialName, InstanceName),
}

/// The starts of a rotation, and the steps that are ticked off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RotationList {
    starts: Vec<SubjectName>,
    done: BTreeSet<RotationStep>,
}

impl RotationList {
    /// A list of these starts, of which no two are the same, and of what is ticked off.
    pub fn of(starts: Vec<SubjectName>, done: BTreeSet<RotationStep>) -> Self {
        Self { starts, done }
    }

    /// What is taken to have fallen, in the order in which it was added.
    pub fn starts(&self) -> &[SubjectName] {
        &self.starts
    }

    /// Whether nothing is taken to have fallen, and nothing is ticked off.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty() && self.done.is_empty()
    }

    /// Adds a start. Says whether anything changed.
    pub fn add(&mut self, start: SubjectName) -> bool {
        if self.starts.contains(&start) {
            return false;
        }
        self.starts.push(start);
        true
    }

    /// Adds those of several starts that are not there yet. Says whether anything changed. Costs a sort
    /// of all starts.
    pub fn add_all(&mut self, starts: Vec<SubjectName>) -> bool {
        let mut known: BTreeSet<SubjectName> = self.starts.iter().cloned().collect();
        let before = self.starts.len();
        self.starts.extend(starts.into_iter().filter(|start| known.insert(start.clone())));
        self.starts.len() > before
    }

    /// Takes several starts out; with the last one go the ticks. Says whether anything changed. Costs
    /// a sort of those that are taken out.
    pub fn take_out_all(&mut self, starts: &[SubjectName]) -> bool {
        let gone: BTreeSet<&SubjectName> = starts.iter().collect();
        let before = self.starts.len();
        self.starts.retain(|start| !gone.contains(start));
        if self.starts.is_empty() {
            self.done.clear();
        }
        self.starts.len() < before
    }

    /// Takes a start out; with the last one go the ticks. Says whether anything changed.
    pub fn take_out(&mut self, at: usize) -> bool {
        if at >= self.starts.len() {
            return false;
        }
        self.starts.remove(at);
        if self.starts.is_empty() {
            self.done.clear();
        }
        true
    }

    /// Ticks a step off, or takes that back. Says whether anything changed.
    pub fn tick(&mut self, step: RotationStep, on: bool) -> bool {
        if on { self.done.insert(step) } else { self.done.remove(&step) }
    }

    /// Whether a step is ticked off.
    pub fn is_done(&self, step: &RotationStep) -> bool {
        self.done.contains(step)
    }

    /// The steps that are ticked off, by name.
    pub fn done(&self) -> impl Iterator<Item = &RotationStep> {
        self.done.iter()
    }

    /// Gives credentials the names under which a newer inventory has them.
    pub fn rename(&mut self, newer: impl Fn(&CredentialName) -> CredentialName) {
        for start in &mut self.starts {
            if let SubjectName::Credential(name) = start {
                *name = newer(name);
            }
        }
        let renamed = std::mem::take(&mut self.done).into_iter().map(|step| match step {
            RotationStep::Clean(at) => RotationStep::Clean(at),
            RotationStep::Replace(name) => RotationStep::Replace(newer(&name)),
            RotationStep::Put(name, at) => RotationStep::Put(newer(&name), at),
        });
        self.done = renamed.collect();
    }

    /// For each start whether a graph has it, and all of them as the graph knows them; all that an
    /// owner answers for falls with the owner.
    ///
    /// Looks at every node once for each owner.
    pub fn found_in(&self, graph: &AccessGraph) -> (Vec<bool>, Starts) {
        let mut starts = Starts::default();
        let mut known = Vec::with_capacity(self.starts.len());
        for name in &self.starts {
            let found = name.found_in(graph, &[]).found();
            known.push(found.is_some());
            match found {
                Some(NamedSubject::Subject(Subject::Credential(at))) => starts.credentials.push(at),
                Some(NamedSubject::Subject(Subject::Instance(at))) => starts.instances.push(at),
                Some(NamedSubject::Owner(owner)) => {
                    let credentials = graph.credential_indices();
                    let theirs = credentials.filter(|&at| graph.owners_of(at).contains(&owner));
                    starts.credentials.extend(theirs);
                    let instances = graph.instance_indices();
                    let theirs =
                        instances.filter(|&at| graph.owners_of_instance(at).contains(&owner));
                    starts.instances.extend(theirs);
                }
                Some(NamedSubject::Path(_)) | None => {}
            }
        }
        starts.credentials.sort_unstable();
        starts.credentials.dedup();
        starts.instances.sort_unstable();
        starts.instances.dedup();
        (known, starts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph;

    fn credential(id: &str) -> CredentialName {
        CredentialName::Known(id.to_owned())
    }

    fn start(id: &str) -> SubjectName {
        SubjectName::Credential(credential(id))
    }

    #[test]
    fn starts_are_found_by_name_and_those_that_are_gone_are_told() {
        let mut list = RotationList::default();
        let shop = InstanceName { service: "shop".to_owned(), environment: "dev".to_owned() };
        for name in [start("gone"), start("l"), SubjectName::Instance(shop)] {
            assert!(list.add(name));
        }
        assert!(!list.add(start("l")), "it is there already");
        let graph = graph("k holds shop@dev\nl grants pay@prod");
        let (known, starts) = list.found_in(&graph);
        assert_eq!(known, [false, true, true]);
        assert_eq!(starts.credentials, [graph.find_credential("l").unwrap()]);
        assert_eq!(starts.instances, [graph.find_instance("shop", "dev").unwrap()]);
    }

    #[test]
    fn ticks_go_with_the_last_start_and_follow_new_names() {
        let mut list = RotationList::default();
        list.add(start("k"));
        list.add(start("l"));
        let step = RotationStep::Replace(credential("k"));
        assert!(list.tick(step.clone(), true));
        assert!(!list.tick(step.clone(), true));
        list.rename(|name| if name.as_str() == "k" { credential("k2") } else { name.clone() });
        assert!(list.is_done(&RotationStep::Replace(credential("k2"))) && !list.is_done(&step));
        assert_eq!(list.starts().first(), Some(&start("k2")));
        assert!(list.take_out(0) && !list.is_empty());
        assert!(list.take_out(0) && list.is_empty());
        assert!(!list.take_out(0));
    }
}
