//! The rules on what a credential joins: KR01, KR02, KR03 and KR08.

use std::collections::BTreeSet;

use super::{Case, Rule, Severity, Verdict};
use crate::analysis::{Crossing, Sharing};
use crate::graph::{CredentialIndex, OwnerIndex};
use crate::inventory::Tier;

/// Words in a storage place that mean that many can read it.
const PLAIN_SIGHT: [&str; 18] = [
    "code",
    "repo",
    "git",
    "environment variable",
    "env var",
    "env-var",
    "env file",
    "env-file",
    ".env",
    "config file",
    "config-file",
    "config map",
    "config-map",
    "configmap",
    "wiki",
    "chat",
    "slack",
    "laptop",
];

/// The same for CI systems, shared pages and machines of people.
const PLAIN_SIGHT_TOO: [&str; 7] =
    ["ci variable", "ci-variable", "ci_variable", "confluence", "teams", "desktop", "envvar"];

/// Judges a live credential by what it joins.
pub(super) fn judge(case: &Case<'_>, at: CredentialIndex, verdicts: &mut Vec<Verdict>) {
    let Some(sharing) = case.sharing.get(at.index()) else { return };
    if !case.graph.credential(at).is_live() {
        return;
    }
    verdicts.extend(crosses(case, at, sharing));
    verdicts.extend(reused(case, at, sharing));
    verdicts.extend(owners(case, at, sharing));
    verdicts.extend(plain_sight(case, at, sharing));
}

fn crosses(case: &Case<'_>, at: CredentialIndex, sharing: &Sharing) -> Option<Verdict> {
    if sharing.crossing == Crossing::None {
        return None;
    }
    let graph = case.graph;
    let labels: Vec<&str> =
        sharing.environments.iter().map(|&e| graph.environment(e).display()).collect();
    let mut why = vec![format!("it is linked to {}", labels.join(", "))];
    let top = top_tier(case);
    let granted_tier = graph
        .grants(at)
        .iter()
        .filter_map(|&edge| graph.environment_of(graph.edge(edge).instance).tier)
        .max();
    let into_top = granted_tier.is_some() && granted_tier == top;
    let upwards = sharing.crossing == Crossing::Upwards;
    let severity = match (upwards, sharing.upwards_assumed, into_top) {
        (true, false, true) => Severity::Critical,
        (true, true, true) | (true, false, false) => Severity::High,
        (true, true, false) | (false, _, _) => Severity::Medium,
    };
    if upwards {
        why.push(if into_top {
            "it is held below the highest tier and grants the highest tier".to_owned()
        } else {
            "it is held at a lower tier than one that it grants".to_owned()
        });
    }
    if sharing.upwards_assumed {
        why.push("the way upwards rests on assumed access alone".to_owned());
    }
    why.push(case.reach_reason(case.reach_of(at)));
    let advice = format!(
        "split it by environment, one credential each for {}, and revoke this one",
        labels.join(", ")
    );
    let mut verdict = Verdict::new(Rule::CrossesEnvironments, severity, why, &advice);
    verdict.assumed = all_assumed(case, at) || sharing.upwards_assumed;
    Some(verdict)
}

/// The highest tier that any instance is in.
fn top_tier(case: &Case<'_>) -> Option<Tier> {
    case.graph.environments().iter().filter_map(|environment| environment.tier).max()
}

fn all_assumed(case: &Case<'_>, at: CredentialIndex) -> bool {
    let graph = case.graph;
    let mut edges = graph.held_by(at).iter().chain(graph.grants(at)).peekable();
    edges.peek().is_some() && edges.all(|&edge| graph.edge(edge).assumed)
}

fn reused(case: &Case<'_>, at: CredentialIndex, sharing: &Sharing) -> Option<Verdict> {
    if !sharing.shared || sharing.services < 2 {
        return None;
    }
    let reach = case.reach_of(at) as usize;
    let wide = reach >= 5 && reach * 4 >= case.graph.instances().len();
    let severity = if wide { Severity::High } else { Severity::Medium };
    let mut why = vec![
        format!("{} services share it", sharing.services),
        case.reach_reason(case.reach_of(at)),
    ];
    if wide {
        why.push("that is a quarter of all or more".to_owned());
    }
    let advice = "give each service a credential of its own, and revoke this one";
    let mut verdict = Verdict::new(Rule::ReusedAcrossServices, severity, why, advice);
    verdict.assumed = all_assumed(case, at);
    Some(verdict)
}

fn owners(case: &Case<'_>, at: CredentialIndex, _: &Sharing) -> Option<Verdict> {
    let graph = case.graph;
    let mut owners: BTreeSet<OwnerIndex> = graph.owners_of(at).iter().copied().collect();
    for instance in graph.instances_of(at) {
        owners.extend(graph.owners_of_instance(instance));
    }
    if owners.len() < 2 {
        return None;
    }
    let names: Vec<&str> = owners.iter().take(5).map(|&owner| graph.owner_name(owner)).collect();
    let more = owners.len().saturating_sub(names.len());
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    let why = vec![format!("{} owners are named: {}{tail}", owners.len(), names.join(", "))];
    let advice = "agree on one owner, or split it so that each owner has a credential of their own";
    let mut verdict = Verdict::new(Rule::ReusedAcrossOwners, Severity::Medium, why, advice);
    verdict.assumed = all_assumed(case, at);
    Some(verdict)
}

fn plain_sight(case: &Case<'_>, at: CredentialIndex, sharing: &Sharing) -> Option<Verdict> {
    let graph = case.graph;
    let place = graph
        .storages_of(at)
        .iter()
        .map(|&storage| graph.inventory().text(storage))
        .find(|storage| is_plain_sight(storage))?;
    let crosses = sharing.crossing != Crossing::None;
    let severity = if crosses { Severity::High } else { Severity::Medium };
    let mut why = vec![format!("it is kept in {place}, where many can read it")];
    if crosses {
        why.push("it crosses environments".to_owned());
    }
    why.push(case.reach_reason(case.reach_of(at)));
    let advice = "move it to a secret store and rotate it, for it must count as read";
    Some(Verdict::new(Rule::InPlainSight, severity, why, advice))
}

/// Whether a storage place is one where many can read.
fn is_plain_sight(storage: &str) -> bool {
    let folded = storage.to_lowercase();
    PLAIN_SIGHT.iter().chain(&PLAIN_SIGHT_TOO).any(|word| {
        folded.match_indices(word).any(|(start, _)| {
            let before = folded.get(..start).and_then(|text| text.chars().next_back());
            before.is_none_or(|character| !character.is_alphanumeric())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_plain_sight;

    #[test]
    fn wikis_and_env_files_are_plain_sight_and_vaults_are_not() {
        for place in
            ["Wiki page", ".env", "ci-variable", "git-repo", "Environment variable", "code"]
        {
            assert!(is_plain_sight(place), "{place}");
        }
        for place in ["vault/kv", "k8s-secret", "aws-secrets-manager", "azure-keyvault", "HSM"] {
            assert!(!is_plain_sight(place), "{place}");
        }
    }
}
