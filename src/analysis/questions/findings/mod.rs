//! What is worth showing: each finding with its severity, the reasons for it, evidence and advice.

pub(crate) mod rule;
pub(crate) mod finding;
pub(crate) mod technique;
pub(crate) mod storage;
pub(crate) mod traits;
pub(crate) mod carriers;
pub(crate) mod identities;
pub(crate) mod case;
pub(crate) mod between;
pub(crate) mod credential;
pub(crate) mod exposure;
pub(crate) mod identity;
pub(crate) mod joined;
pub(crate) mod instance;
pub(crate) mod short_lived;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rayon::iter::{IntoParallelIterator as _, ParallelExtend as _, ParallelIterator as _};
use rayon::slice::ParallelSliceMut as _;

use crate::analysis::movement::movements::Movements;
use crate::analysis::movement::reach::ReachOfAll;
use crate::analysis::questions::findings::carriers::CrossedTrust;
use crate::analysis::questions::findings::case::{Case, Grounds, Verdict, places, under_policy};
use crate::analysis::questions::sharing::{Sharing, sharing as sharing_of};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::{NameId, Place};

pub(crate) use crate::analysis::questions::findings::finding::{Finding, FindingDetails, Subject};
pub(crate) use crate::analysis::questions::findings::rule::Rule;

/// The words by which types, storage places and tags are judged.
pub(crate) fn judged_words() -> impl Iterator<Item = &'static str> {
    let places = storage::SEALED.into_iter();
    places.chain(traits::SHORT_LIVED).chain(traits::DISTRIBUTED).chain(technique::MATERIAL)
}

/// What a type is judged by wherever it occurs, within words too.
pub(crate) fn judged_parts() -> impl Iterator<Item = &'static str> {
    technique::MATERIAL.into_iter()
}

/// All findings: the worst first, then those that reach farthest, then by rule and name. The second
/// reach is that of stated access alone.
///
/// Costs time in proportion to the edges and rows.
pub fn findings(
    graph: &AccessGraph,
    sharing: &[Sharing],
    (reach, reach_stated): (&ReachOfAll, &ReachOfAll),
) -> Vec<Finding> {
    let grounds = &Grounds::new(graph, &Movements::new(graph));
    all_findings(&Case { graph, sharing, reach, reach_stated, grounds, in_words: false })
}

/// All findings, in the same order.
pub(crate) fn all_findings(case: &Case<'_>) -> Vec<Finding> {
    let credentials =
        (0..case.graph.credentials().len() as u32).into_par_iter().map(CredentialIndex);
    let mut found: Vec<Finding> = credentials.flat_map_iter(|at| of_credential(case, at)).collect();
    let instances = (0..case.graph.instances().len() as u32).into_par_iter().map(InstanceIndex);
    found.par_extend(instances.filter_map(|at| of_instance(case, at)));
    found.extend(of_identities(case));
    sort(&mut found, case.reach);
    found
}

/// What a finding says. Costs time in proportion to the links and rows of what it is about.
pub(crate) fn details(case: &Case<'_>, finding: &Finding) -> FindingDetails {
    let case = &Case { in_words: true, ..*case };
    let verdict = match finding.subject {
        Subject::Instance(at) => instance::check(case, at),
        Subject::Credential(at) => check_of(finding.rule).and_then(|check| check(case, at)),
    };
    let verdict = verdict.and_then(|verdict| under_policy(case, verdict));
    let (why, advice) = verdict.map(|said| (said.why, said.advice)).unwrap_or_default();
    FindingDetails {
        why,
        advice,
        evidence: evidence(case.graph, case.grounds, finding),
        technique: technique::of(case.graph, finding.rule, finding.subject),
    }
}

/// The rows behind a finding.
pub(crate) fn evidence(graph: &AccessGraph, grounds: &Grounds, finding: &Finding) -> Vec<Place> {
    match (finding.subject, finding.rule) {
        (Subject::Instance(at), _) => places(graph, graph.rows_of_instance(at)),
        (Subject::Credential(at), Rule::SeveralOfOneIdentity) => {
            identity::evidence(graph, grounds, at)
        }
        (Subject::Credential(at), Rule::JoinedByIdAcrossSources) => joined::evidence(graph, at),
        (Subject::Credential(at), _) => places(graph, graph.rows_of(at)),
    }
}

/// The worst first, then those that reach farthest, then by rule and name.
fn sort(found: &mut [Finding], reach: &ReachOfAll) {
    found.par_sort_by_cached_key(|finding| {
        let reach = match finding.subject {
            Subject::Credential(at) => reach.credentials.get(at.index()),
            Subject::Instance(at) => reach.instances.get(at.index()),
        };
        let reach = reach.copied().unwrap_or(0);
        (finding.severity, Reverse(reach), finding.rule, finding.subject)
    });
}

/// Which findings are looked at.
pub(crate) struct Asked<'a> {
    /// All rules on these credentials.
    pub(crate) credentials: &'a [CredentialIndex],
    /// Whether these lie on a path, and nothing else.
    pub(crate) on_path: &'a [CredentialIndex],
    pub(crate) instances: &'a [InstanceIndex],
    pub(crate) identities: &'a BTreeSet<NameId>,
}

/// Some findings alone, in the order of all, without how far anything reaches: that changes what
/// they say, not which they are. Costs time in proportion to what is asked and the number of
/// credentials.
pub(crate) fn some_findings(
    graph: &AccessGraph,
    between: CrossedTrust,
    asked: &Asked<'_>,
) -> Vec<Finding> {
    let held = asked.instances.iter().flat_map(|&at| graph.holds(at));
    let held = held.map(|&edge| graph.edge(edge).credential);
    let all: BTreeSet<CredentialIndex> =
        held.chain(asked.credentials.iter().chain(asked.on_path).copied()).collect();
    let mut sharing = vec![Sharing::default(); graph.credentials().len()];
    for &at in &all {
        if let Some(slot) = sharing.get_mut(at.index()) {
            *slot = sharing_of(graph, at);
        }
    }
    let storages = all.iter().flat_map(|&at| graph.storages_of(at)).copied().collect();
    let plain_sight = &graph.assumptions().plain_sight;
    let grounds = &Grounds {
        plain_sight: storage::in_plain_sight_of(graph.inventory(), storages, plain_sight),
        between,
        words: traits::words(graph),
        identities: identities::identities(graph, |identity| asked.identities.contains(&identity)),
    };
    let (reach, sharing) = (&ReachOfAll::default(), sharing.as_slice());
    let case = &Case { graph, sharing, reach, reach_stated: reach, grounds, in_words: false };
    let credentials = asked.credentials.iter();
    let mut found: Vec<Finding> = credentials.flat_map(|&at| of_credential(case, at)).collect();
    for &at in asked.on_path {
        let on = between::check(case, at).and_then(|on| under_policy(case, on));
        found.extend(on.map(|on| on.on(Subject::Credential(at))));
    }
    found.extend(asked.instances.iter().filter_map(|&at| of_instance(case, at)));
    found.extend(of_identities(case));
    sort(&mut found, reach);
    found
}

/// The rules on live credentials, all but those on identities.
const OF_LIVE: [Rule; 13] = [
    Rule::CrossesEnvironments,
    Rule::ReusedAcrossServices,
    Rule::ReusedAcrossOwners,
    Rule::NoOwner,
    Rule::NoExpiry,
    Rule::Old,
    Rule::InPlainSight,
    Rule::OnPath,
    Rule::SeveralIds,
    Rule::ReadyForShortLived,
    Rule::Unused,
    Rule::JoinedByIdAcrossSources,
    Rule::Unneeded,
];

/// The rules on what has no secret: it cannot leak, grow old or be reused. What its holder reaches
/// stays.
const OF_BOUND: [Rule; 2] = [Rule::CrossesEnvironments, Rule::OnPath];

/// How a rule judges one credential.
type Check = fn(&Case<'_>, CredentialIndex) -> Option<Verdict>;

/// How a rule judges; `None` for the rule on instances.
fn check_of(rule: Rule) -> Option<Check> {
    let check: Check = match rule {
        Rule::CrossesEnvironments => exposure::crosses,
        Rule::ReusedAcrossServices => exposure::reused,
        Rule::ReusedAcrossOwners => exposure::owners,
        Rule::NoOwner => credential::owner,
        Rule::NoExpiry => credential::expiry,
        Rule::Old => credential::age,
        Rule::DeadYetMapped => credential::dead,
        Rule::InPlainSight => exposure::plain_sight,
        Rule::ExtractionPoint => return None,
        Rule::OnPath => between::check,
        Rule::SeveralIds => credential::ids,
        Rule::ReadyForShortLived => short_lived::check,
        Rule::Unused => credential::use_of,
        Rule::SeveralOfOneIdentity => identity::check,
        Rule::JoinedByIdAcrossSources => joined::check,
        Rule::Unneeded => credential::unneeded,
    };
    Some(check)
}

fn of_credential(case: &Case<'_>, at: CredentialIndex) -> impl Iterator<Item = Finding> {
    let credential = case.graph.credential(at);
    let rules: &[Rule] = match (credential.is_live(), credential.bound) {
        (true, false) => &OF_LIVE,
        (true, true) => &OF_BOUND,
        (false, false) => &[Rule::DeadYetMapped],
        (false, true) => &[],
    };
    // Holders of one are judged together, so that only what it grants can make it cross.
    let known = |edge| case.graph.environment_of(case.graph.edge(edge).instance).is_known();
    let leads = || case.graph.grants(at).iter().any(|&edge| known(edge));
    let judged = |&rule: &Rule| {
        let crosses = rule == Rule::CrossesEnvironments;
        let verdict = under_policy(case, check_of(rule)?(case, at)?)?;
        (!(credential.bound && crosses) || leads()).then(|| verdict.on(Subject::Credential(at)))
    };
    rules.iter().filter_map(judged).collect::<Vec<_>>().into_iter()
}

fn of_instance(case: &Case<'_>, at: InstanceIndex) -> Option<Finding> {
    Some(under_policy(case, instance::check(case, at)?)?.on(Subject::Instance(at)))
}

/// One finding for each identity with several credentials.
fn of_identities(case: &Case<'_>) -> impl Iterator<Item = Finding> {
    case.grounds.identities.values().filter_map(|credentials| {
        let &first = credentials.first()?;
        Some(under_policy(case, identity::check(case, first)?)?.on(Subject::Credential(first)))
    })
}
