//! A list of fixes as tasks: who does what, where new secrets go, what is lost, how it is undone, and
//! what proves it done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::analysis::{Answers, Fix, FixKind, NO_OWNER, WhatIf, graph_after, what_if};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, InstanceIndex, OwnerIndex};
use crate::inventory::Progress;

/// A new secret, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSecret {
    /// What it is called until it has a name of its own.
    pub name: String,
    /// The instances that hold it.
    pub into: Vec<TaskPlace>,
    /// The instances that it grants.
    pub grants: Vec<TaskPlace>,
}

/// An instance that a task is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskPlace {
    /// What it is called.
    pub name: String,
    /// Whether no row states that it holds the credential, or that the credential grants it.
    pub assumed: bool,
}

impl TaskPlace {
    /// Its name, and whether it is assumed: "web in dev (assumed)".
    pub fn words(&self) -> String {
        format!("{}{}", self.name, if self.assumed { " (assumed)" } else { "" })
    }
}

/// What one owner has to do for one fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixTask {
    /// Who does it.
    pub owner: String,
    /// The place of the fix in the list, from 1.
    pub number: usize,
    /// The credential that is changed.
    pub credential: String,
    /// What to do.
    pub what: String,
    /// Whether all that the fix closes is connected by assumed access only.
    pub assumed: bool,
    /// New secrets, and where they go; of whoever only holds the credential those that go there.
    pub new_secrets: Vec<NewSecret>,
    /// The instances that hold the credential now.
    pub held_by: Vec<TaskPlace>,
    /// The direct accesses that go, up to a hundred: "web in dev to db in prod".
    pub accesses_lost: Vec<String>,
    /// How many go in all.
    pub accesses_lost_total: u64,
    /// How it is undone.
    pub undo: String,
    /// What proves it done.
    pub proof: String,
}

/// The tasks of a list of fixes, by owner, and of one owner in the order of the fixes; `None` when
/// cancelled.
///
/// Costs a what-if and a graph for each fix.
pub fn tasks(answers: &Answers, fixes: &[Fix], progress: &Progress) -> Option<Vec<FixTask>> {
    let graph = &answers.graph;
    let mut all = Vec::new();
    let mut before = Arc::clone(graph);
    for (at, fix) in fixes.iter().enumerate() {
        let after = graph_after(graph, fixes.get(..=at).unwrap_or_default());
        let alone = what_if(graph, &answers.ends, std::slice::from_ref(fix), &[], progress)?;
        let (closes, closes_stated) = closed(answers, (fixes, at), &alone, progress)?;
        let lost = alone.lost_named.iter().map(|lost| {
            let mark = if lost.assumed { " (assumed)" } else { "" };
            let (from, to) = (graph.instance_name(lost.holder), graph.instance_name(lost.target));
            format!("{from} to {to}{mark}")
        });
        let of_fix = TasksOfFix {
            graph,
            fix,
            number: at + 1,
            new_secrets: new_secrets(&before, &after),
            accesses_lost: lost.collect(),
            accesses_lost_total: alone.lost,
            assumed: closes > 0 && closes_stated == 0,
        };
        all.extend(of_fix.tasks());
        before = Arc::new(after);
    }
    all.sort_by(|one: &FixTask, other| {
        let key = |task: &FixTask| (task.owner == NO_OWNER, task.owner.clone(), task.number);
        key(one).cmp(&key(other))
    });
    Some(all)
}

/// The credentials that a fix makes.
fn new_secrets(before: &AccessGraph, after: &AccessGraph) -> Vec<NewSecret> {
    let known: BTreeSet<&str> =
        before.credential_indices().map(|at| before.credential_name(at)).collect();
    let is_new = |at: &CredentialIndex| !known.contains(after.credential_name(*at));
    let secret = |at: CredentialIndex| NewSecret {
        name: after.credential_name(at).to_owned(),
        into: places(after, after.held_by(at)),
        grants: places(after, after.grants(at)),
    };
    after.credential_indices().filter(is_new).map(secret).collect()
}

/// How many pairs a fix closes, and how many of them are connected by stated access: alone, or, where that
/// is none, with those before it in force. `None` when cancelled.
fn closed(
    answers: &Answers,
    (fixes, at): (&[Fix], usize),
    alone: &WhatIf,
    progress: &Progress,
) -> Option<(u64, u64)> {
    let by = |(before, after): (u64, u64)| before.saturating_sub(after);
    let own = (by(alone.connected_pairs), by(alone.connected_pairs_stated));
    if own.0 > 0 || at == 0 {
        return Some(own);
    }
    let left = |count: usize| {
        let fixes = fixes.get(..count).unwrap_or_default();
        let found = what_if(&answers.graph, &answers.ends, fixes, &[], progress)?;
        Some((found.connected_pairs.1, found.connected_pairs_stated.1))
    };
    let (before, after) = (left(at)?, left(at + 1)?);
    Some((by((before.0, after.0)), by((before.1, after.1))))
}

fn places(graph: &AccessGraph, edges: &[EdgeIndex]) -> Vec<TaskPlace> {
    let place = |&edge: &EdgeIndex| {
        let edge = graph.edge(edge);
        TaskPlace { name: graph.instance_name(edge.instance), assumed: edge.assumed }
    };
    edges.iter().map(place).collect()
}

fn instances(graph: &AccessGraph, edges: &[EdgeIndex]) -> Vec<String> {
    places(graph, edges).into_iter().map(|place| place.name).collect()
}

/// A fix with what follows from it.
struct TasksOfFix<'a> {
    graph: &'a AccessGraph,
    fix: &'a Fix,
    number: usize,
    new_secrets: Vec<NewSecret>,
    accesses_lost: Vec<String>,
    accesses_lost_total: u64,
    assumed: bool,
}

impl TasksOfFix<'_> {
    /// Whether it is a split that leaves all as it is: one new secret would take the place of the old one.
    fn splits_nothing(&self) -> bool {
        let is_split = matches!(
            self.fix.kind,
            FixKind::SplitByEnvironment | FixKind::SplitByService | FixKind::SplitByOwner
        );
        is_split && self.new_secrets.is_empty()
    }

    fn id(&self) -> &str {
        self.graph.credential_name(self.fix.credential)
    }

    /// The instances at which something has to be changed.
    fn holders(&self) -> Vec<InstanceIndex> {
        if !self.fix.holders.is_empty() {
            return self.fix.holders.clone();
        }
        let held_by = self.graph.held_by(self.fix.credential).iter();
        held_by.map(|&edge| self.graph.edge(edge).instance).collect()
    }

    /// The task of each owner of the credential, and of each other owner of an instance that holds it.
    fn tasks(&self) -> Vec<FixTask> {
        let (graph, credential) = (self.graph, self.fix.credential);
        let own = graph.owners_of(credential);
        let mut tasks: Vec<FixTask> = Vec::new();
        if own.is_empty() {
            tasks.push(self.task(NO_OWNER, self.what(), self.new_secrets.clone()));
        }
        let main = own.iter().map(|&owner| graph.owner_name(owner));
        tasks.extend(main.map(|owner| self.task(owner, self.what(), self.new_secrets.clone())));
        if self.splits_nothing() {
            return tasks;
        }
        let mut others: BTreeMap<OwnerIndex, Vec<String>> = BTreeMap::new();
        for holder in self.holders() {
            for owner in graph.owners_of_instance(holder).iter().filter(|one| !own.contains(one)) {
                others.entry(*owner).or_default().push(graph.instance_name(holder));
            }
        }
        for (owner, instances) in others {
            let secrets = self.new_secrets.iter().filter_map(|secret| {
                let own = secret.into.iter().filter(|at| instances.contains(&at.name));
                let into: Vec<TaskPlace> = own.cloned().collect();
                (!into.is_empty()).then(|| NewSecret { into, ..secret.clone() })
            });
            let what = format!("{} in {}", self.holders_part(), instances.join(", "));
            tasks.push(self.task(graph.owner_name(owner), what, secrets.collect()));
        }
        tasks
    }

    fn task(&self, owner: &str, what: String, new_secrets: Vec<NewSecret>) -> FixTask {
        FixTask {
            owner: owner.to_owned(),
            number: self.number,
            credential: self.id().to_owned(),
            what,
            new_secrets,
            assumed: self.assumed,
            held_by: places(self.graph, self.graph.held_by(self.fix.credential)),
            accesses_lost: self.accesses_lost.clone(),
            accesses_lost_total: self.accesses_lost_total,
            undo: self.undo(),
            proof: self.proof(),
        }
    }

    /// What the owner of the credential does.
    fn what(&self) -> String {
        let id = self.id();
        match self.fix.kind {
            FixKind::Revoke => {
                format!("revoke {id} where it is issued, and delete it wherever it is held")
            }
            FixKind::SplitByEnvironment | FixKind::SplitByService | FixKind::SplitByOwner => {
                let by = self.fix.kind.word();
                if self.splits_nothing() {
                    return format!(
                        "{by}: nothing to do, for {id} would stay in one piece; choose another fix"
                    );
                }
                format!("{by}: issue the new secrets, put each where it goes, and then revoke {id}")
            }
            FixKind::WorkloadIdentity => {
                let holders: Vec<String> =
                    self.holders().iter().map(|&at| self.graph.instance_name(at)).collect();
                format!(
                    "set up a workload identity for each of {}, and delete {id} there",
                    holders.join(", ")
                )
            }
        }
    }

    /// What the owner of an instance does that holds the credential.
    fn holders_part(&self) -> String {
        let id = self.id();
        match self.fix.kind {
            FixKind::Revoke => format!("delete {id}"),
            FixKind::SplitByEnvironment | FixKind::SplitByService | FixKind::SplitByOwner => {
                format!("put the new secret in the place of {id}")
            }
            FixKind::WorkloadIdentity => format!("use the workload identity instead of {id}"),
        }
    }

    fn undo(&self) -> String {
        let id = self.id();
        if self.splits_nothing() {
            return "nothing changes".to_owned();
        }
        match self.fix.kind {
            FixKind::Revoke => {
                let grants = instances(self.graph, self.graph.grants(self.fix.credential));
                let granting = if grants.is_empty() {
                    String::new()
                } else {
                    format!(" for {}", grants.join(", "))
                };
                format!("issue a new secret{granting}, and put it where {id} was held")
            }
            FixKind::SplitByEnvironment | FixKind::SplitByService | FixKind::SplitByOwner => {
                format!("until {id} is revoked, put it back where it was held")
            }
            FixKind::WorkloadIdentity => format!("put {id} back where it was held"),
        }
    }

    fn proof(&self) -> String {
        let id = self.id();
        if self.splits_nothing() {
            return "none: it closes nothing".to_owned();
        }
        match self.fix.kind {
            FixKind::Revoke => format!("the next import shows no live {id}"),
            FixKind::SplitByEnvironment | FixKind::SplitByService | FixKind::SplitByOwner => {
                format!(
                    "the next import shows no live {id}, and each new secret only where it goes"
                )
            }
            FixKind::WorkloadIdentity => {
                format!("the next import no longer says that these hold {id}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph;

    const ROWS: &str = "k holds web@dev,shop@prod owner=ann\nk grants db@dev,db@prod\n- - web@dev service_owner=bob";

    fn of(kind: FixKind) -> Vec<FixTask> {
        let graph = graph(ROWS);
        let fix = Fix::new(graph.find_credential("k").unwrap(), kind);
        let answers = Answers::compute(graph, &Progress::default()).unwrap();
        tasks(&answers, &[fix], &Progress::default()).unwrap()
    }

    #[test]
    fn the_owner_of_the_credential_and_those_of_its_holders_each_have_a_task() {
        let found = of(FixKind::SplitByEnvironment);
        let owners: Vec<&str> = found.iter().map(|task| task.owner.as_str()).collect();
        assert_eq!(owners, ["ann", "bob"]);
        let names = |of: &[TaskPlace]| of.iter().map(TaskPlace::words).collect::<Vec<String>>();
        let into = |task: &FixTask| -> Vec<(Vec<String>, Vec<String>)> {
            task.new_secrets.iter().map(|own| (names(&own.into), names(&own.grants))).collect()
        };
        let at = |name: &str| vec![name.to_owned()];
        let dev = (at("web in dev"), at("db in dev"));
        assert_eq!(into(&found[0]), [dev.clone(), (at("shop in prod"), at("db in prod"))]);
        assert_eq!(into(&found[1]), [dev]);
        assert_eq!(found[1].what, "put the new secret in the place of k in web in dev");
        // Each environment kept its own, so the two ways across are what goes.
        assert_eq!(
            found[0].accesses_lost,
            ["shop in prod to db in dev", "web in dev to db in prod"]
        );
        assert!(found[0].proof.contains("no live k"));
    }

    #[test]
    fn a_split_that_leaves_a_credential_in_one_piece_is_said_to_be_nothing_to_do() {
        let graph = graph("k holds web@dev owner=ann\nk grants db@dev");
        let fix = Fix::new(graph.find_credential("k").unwrap(), FixKind::SplitByOwner);
        let answers = Answers::compute(graph, &Progress::default()).unwrap();
        let found = tasks(&answers, &[fix], &Progress::default()).unwrap();
        assert_eq!((found.len(), found[0].new_secrets.len()), (1, 0));
        assert!(found[0].what.contains("nothing to do"), "{}", found[0].what);
        assert!(!found[0].proof.contains("no live"), "{}", found[0].proof);
    }

    #[test]
    fn what_is_revoked_has_no_new_secret_and_says_how_it_is_undone() {
        let found = of(FixKind::Revoke);
        assert!(found.iter().all(|task| task.new_secrets.is_empty()));
        assert_eq!(found[0].accesses_lost_total, 4);
        assert_eq!(
            found[0].undo,
            "issue a new secret for db in dev, db in prod, and put it where k was held"
        );
    }
}
