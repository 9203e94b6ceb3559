//! Names that the inventory does not know, in a policy or as somebody asks for them: what was probably
//! meant.

use std::collections::BTreeSet;

use crate::graph::AccessGraph;
use crate::inventory::{did_you_mean, nearest};

/// What a policy may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyName {
    /// An entry point, as `service@environment`.
    EntryPoint,
    /// A crown jewel, likewise.
    CrownJewel,
    /// A credential with a cost.
    Cost,
    /// A credential with a mark.
    Mark,
    /// A type of credentials with a cost.
    CostByType,
    /// An environment with another tier, or another spelling of one.
    Environment,
}

impl PolicyName {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::EntryPoint => "entry_point",
            Self::CrownJewel => "crown_jewel",
            Self::Cost => "cost",
            Self::Mark => "mark",
            Self::CostByType => "cost_by_type",
            Self::Environment => "environment",
        }
    }

    /// What it is, in words.
    pub fn what(self) -> &'static str {
        match self {
            Self::EntryPoint => "entry point in the policy",
            Self::CrownJewel => "crown jewel in the policy",
            Self::Cost => "credential with a cost in the policy",
            Self::Mark => "credential with a mark in the policy",
            Self::CostByType => "type with a cost in the policy",
            Self::Environment => "environment in the policy",
        }
    }

    /// Whether a graph has what a policy names so. A credential's id that several have names none.
    pub fn is_known(self, graph: &AccessGraph, name: &str) -> bool {
        match self {
            Self::EntryPoint | Self::CrownJewel => graph.find_written(name).is_some(),
            Self::Cost | Self::Mark => graph.find_credential(name).is_some(),
            Self::CostByType => types(graph).contains(name),
            Self::Environment => labels(graph).contains(name),
        }
    }
}

/// A name of the policy that the inventory does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// What the policy names.
    pub kind: PolicyName,
    /// The name as the policy has it.
    pub name: String,
    /// Whether several credentials have it, so that it says nothing of any of them.
    pub is_shared: bool,
    /// What may have been meant: the nearest names, or those of the credentials that share it.
    pub meant: Vec<String>,
}

impl Unmatched {
    /// The name and what may have been meant; names are as they were written.
    pub fn words(&self) -> String {
        let Self { kind, name, is_shared, meant } = self;
        let what = kind.what();
        match meant.as_slice() {
            meant if *is_shared => {
                let listed = meant.join(", ");
                format!("several credentials are called “{name}” ({what}); give one of: {listed}")
            }
            [] => format!("there is no “{name}” ({what})"),
            meant => format!("there is no “{name}” ({what}); {}", did_you_mean(meant)),
        }
    }
}

/// For how many names similar ones are looked for; beyond, none is suggested.
const MOST_GUESSED: usize = 50;

/// The names of the policy in force that the graph does not know, by kind and name. Environments
/// count only where they are not as they are by default.
///
/// Costs time in proportion to the graph for each of the first names that it does not know.
pub fn unmatched(graph: &AccessGraph) -> Vec<Unmatched> {
    let policy = graph.assumptions();
    let (types, labels) = (types(graph), labels(graph));
    let cost = |name: &&String| !PolicyName::Cost.is_known(graph, name);
    let instance = |name: &&String| graph.find_written(name).is_none();
    let changed = policy.environments.changed();
    let all = [
        (PolicyName::EntryPoint, policy.entry_points.iter().filter(instance).collect::<Vec<_>>()),
        (PolicyName::CrownJewel, policy.crown_jewels.iter().filter(instance).collect()),
        (PolicyName::Cost, policy.costs.keys().filter(cost).collect()),
        (PolicyName::Mark, policy.marks.keys().filter(cost).collect()),
        (
            PolicyName::CostByType,
            policy.costs_by_type.keys().filter(|kind| !types.contains(*kind)).collect(),
        ),
        (
            PolicyName::Environment,
            // A label that was taken out of the policy is not missing anywhere.
            changed
                .iter()
                .filter(|label| policy.environments.knows(label) && !labels.contains(*label))
                .collect(),
        ),
    ];
    let mut found: Vec<Unmatched> = Vec::new();
    for (kind, mut names) in all {
        names.sort_unstable();
        for name in names {
            let guessed = found.len() < MOST_GUESSED;
            let meant = if guessed { meant(graph, kind, name) } else { Vec::new() };
            let may_share = guessed && matches!(kind, PolicyName::Cost | PolicyName::Mark);
            let is_shared = may_share && !graph.bearers_of(name).is_empty();
            found.push(Unmatched { kind, name: name.clone(), is_shared, meant });
        }
    }
    found
}

fn meant(graph: &AccessGraph, kind: PolicyName, name: &str) -> Vec<String> {
    match kind {
        PolicyName::EntryPoint | PolicyName::CrownJewel => near_instances(graph, name),
        PolicyName::Cost | PolicyName::Mark => near_credentials(graph, name),
        PolicyName::CostByType => nearest(name, types(graph).iter().map(String::as_str)),
        PolicyName::Environment => nearest(name, labels(graph).iter().map(String::as_str)),
    }
}

/// What to say where neither a credential nor a service instance has a name, or several do: the
/// names that may be meant.
pub fn no_such_subject(graph: &AccessGraph, name: &str) -> String {
    let sharing = graph.bearers_of(name);
    let candidates: Vec<String> = if sharing.is_empty() {
        graph.instances_called(name).map(|at| graph.written_name(at)).collect()
    } else {
        sharing.iter().map(|&at| graph.credential_name(at).to_owned()).collect()
    };
    match candidates.as_slice() {
        [] => {
            let mut near = near_credentials(graph, name);
            near.extend(near_instances(graph, name));
            let how = "give a credential's id, or a service instance as service@environment";
            let how = if near.is_empty() { how.to_owned() } else { did_you_mean(&near) };
            format!("there is no credential or service instance “{name}”; {how}")
        }
        [_] => format!("there is no “{name}”; {}", did_you_mean(&candidates)),
        several => {
            let listed: Vec<&str> = several.iter().take(10).map(String::as_str).collect();
            let more = several.len() - listed.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("several are called “{name}”; give one of these: {}{more}", listed.join(", "))
        }
    }
}

/// The instances that may be meant by a name, as `service@environment`: those of the service that
/// it names, or else those with the nearest names.
pub fn near_instances(graph: &AccessGraph, name: &str) -> Vec<String> {
    let service = name.rsplit_once('@').map_or(name, |(service, _)| service);
    let same: Vec<String> =
        graph.instances_called(service).map(|at| graph.written_name(at)).collect();
    if !same.is_empty() {
        return same;
    }
    let all: Vec<String> = graph.instance_indices().map(|at| graph.written_name(at)).collect();
    nearest(name, all.iter().map(String::as_str))
}

/// The credentials that may be meant by a name: those that have it, or else those with the nearest
/// names.
fn near_credentials(graph: &AccessGraph, name: &str) -> Vec<String> {
    let named = |at| graph.credential_name(at);
    let bearers = graph.bearers_of(name);
    if bearers.is_empty() {
        return nearest(name, graph.credential_indices().map(named));
    }
    bearers.into_iter().map(|at| named(at).to_owned()).collect()
}

fn types(graph: &AccessGraph) -> BTreeSet<String> {
    let kinds: BTreeSet<_> = graph.credentials().iter().filter_map(|own| own.kind).collect();
    kinds.into_iter().map(|kind| graph.inventory().text(kind).trim().to_lowercase()).collect()
}

/// Every spelling of an environment that rows have, and what it stands for.
fn labels(graph: &AccessGraph) -> BTreeSet<String> {
    let spoken: BTreeSet<_> = graph.inventory().instances.iter().map(|at| at.environment).collect();
    let spoken =
        spoken.into_iter().map(|label| graph.inventory().text(label).trim().to_lowercase());
    let canonical = graph.environments().iter().map(|environment| environment.label.clone());
    spoken.chain(canonical).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::graph::testing::{as_of, inventory};
    use crate::inventory::Assumptions;

    fn told(policy: &str) -> Vec<String> {
        let rows = "deploy holds ci-runner@test type=token\ndeploy grants ledger@Production\n\
                    F1:a1 grants web@dev\nF1:x grants web@dev\n\
                    F2:a2 grants ledger@prod\nF2:x grants ledger@prod";
        let policy = Assumptions::from_policy(policy, as_of()).unwrap();
        let graph = AccessGraph::build(Arc::new(inventory(rows)), &policy);
        unmatched(&graph).iter().map(Unmatched::words).collect()
    }

    #[test]
    fn every_name_that_the_inventory_does_not_know_is_told_with_what_may_be_meant() {
        let policy = "entry_points = [\"ci-runer@test\", \"ci-runner@testing\"]\n\
                      crown_jewels = [\"ledger@dev\", \"mail@prod\"]\n\
                      [costs]\ndeploi = 3\nx = 2\ndeploy = 2\n\
                      [costs_by_type]\ntokn = 2\nToken = 2\n\
                      [environment_aliases]\nEU-Live = \"prod\"\nproduction = \"prod\"\n\
                      [environment_tiers]\ntset = 0\n";
        let said = [
            "there is no “ci-runer@test” (entry point in the policy); did you mean \
             “ci-runner@test”?",
            "there is no “ledger@dev” (crown jewel in the policy); did you mean “ledger@prod”?",
            "there is no “mail@prod” (crown jewel in the policy)",
            "there is no “deploi” (credential with a cost in the policy); did you mean “deploy”?",
            "several credentials are called “x” (credential with a cost in the policy); give one \
             of: a1, a2",
            "there is no “tokn” (type with a cost in the policy); did you mean “token”?",
            "there is no “eu-live” (environment in the policy)",
            "there is no “tset” (environment in the policy); did you mean “test”?",
        ];
        assert_eq!(told(policy), said);
    }

    #[test]
    fn a_policy_that_names_nothing_has_nothing_unmatched() {
        assert!(told("").is_empty());
        assert!(told("rotation_days = 3\nentry_points = [\"web@development\"]").is_empty());
    }
}
