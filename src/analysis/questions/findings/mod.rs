//! What is worth showing: each finding with its severity, the reasons for it, evidence and advice.

pub(crate) mod rule;
pub(crate) mod finding;
pub(crate) mod technique;
pub(crate) mod storage;
pub(crate) mod traits;
pub(crate) mod carriers;
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

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::analysis::movement::reach::ReachOfAll;
use crate::analysis::questions::findings::carriers::CrossedTrust;
use crate::analysis::questions::findings::case::{Case, with_evidence};
use crate::analysis::questions::sharing::{Sharing, sharing as sharing_of};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::NameId;

pub(crate) use crate::analysis::questions::findings::finding::{Finding, Subject};
pub(crate) use crate::analysis::questions::findings::rule::Rule;

/// All findings: the worst first, then those that reach farthest, then by rule and name. The second
/// reach is that of stated access alone.
///
/// Costs time in proportion to the edges and rows.
pub fn findings(
    graph: &AccessGraph,
    sharing: &[Sharing],
    (reach, reach_stated): (&ReachOfAll, &ReachOfAll),
) -> Vec<Finding> {
    let words = &graph.assumptions().plain_sight;
    let plain_sight = &storage::in_plain_sight(graph.inventory(), words);
    let (between, words) = (&CrossedTrust::new(graph), &traits::words(graph));
    let case = Case { graph, sharing, reach, reach_stated, plain_sight, between, words };
    let credentials = (0..graph.credentials().len() as u32).into_par_iter().map(CredentialIndex);
    let mut found: Vec<Finding> =
        credentials.flat_map_iter(|at| of_credential(&case, at)).collect();
    for at in graph.instance_indices() {
        if let Some(verdict) = instance::check(&case, at) {
            found.push(with_evidence(&case, Subject::Instance(at), verdict));
        }
    }
    identity::check(&case, |_| true, &mut found);
    sort(&mut found, reach);
    found
}

/// The worst first, then those that reach farthest, then by rule and name.
fn sort(found: &mut [Finding], reach: &ReachOfAll) {
    found.sort_by_cached_key(|finding| {
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
    between: &CrossedTrust,
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
    let plain_sight = &storage::in_plain_sight_of(graph.inventory(), storages, plain_sight);
    let (reach, words) = (&ReachOfAll::default(), &traits::words(graph));
    let sharing = sharing.as_slice();
    let case = Case { graph, sharing, reach, reach_stated: reach, plain_sight, between, words };
    let credentials = asked.credentials.iter();
    let mut found: Vec<Finding> = credentials.flat_map(|&at| of_credential(&case, at)).collect();
    for &at in asked.on_path {
        let verdict = between::check(&case, at);
        found.extend(verdict.map(|on| with_evidence(&case, Subject::Credential(at), on)));
    }
    for &at in asked.instances {
        let verdict = instance::check(&case, at);
        found.extend(verdict.map(|on| with_evidence(&case, Subject::Instance(at), on)));
    }
    identity::check(&case, |identity| asked.identities.contains(&identity), &mut found);
    sort(&mut found, reach);
    found
}

fn of_credential(case: &Case<'_>, at: CredentialIndex) -> Vec<Finding> {
    let mut verdicts = Vec::new();
    exposure::check(case, at, &mut verdicts);
    if case.graph.credential(at).bound {
        // No secret: it cannot leak, grow old or be reused. What its holder reaches stays.
        // Holders of one are judged together, so that only what it grants can make it cross.
        let known = |edge| case.graph.environment_of(case.graph.edge(edge).instance).is_known();
        let leads = case.graph.grants(at).iter().any(|&edge| known(edge));
        verdicts.retain(|verdict| leads && verdict.rule == Rule::CrossesEnvironments);
        verdicts.extend(between::check(case, at));
        let subject = Subject::Credential(at);
        return verdicts.into_iter().map(|verdict| with_evidence(case, subject, verdict)).collect();
    }
    credential::check(case, at, &mut verdicts);
    if case.graph.credential(at).is_live() {
        verdicts.extend(between::check(case, at));
        verdicts.extend(short_lived::check(case, at));
    }
    let subject = Subject::Credential(at);
    let found = verdicts.into_iter().map(|verdict| with_evidence(case, subject, verdict));
    found.chain(joined::check(case, at)).collect()
}
