//! The rules on what a credential joins: KR01, KR02, KR03 and KR08.

use std::collections::BTreeSet;

use crate::analysis::questions::findings::case::{Case, Verdict, listed};
use crate::analysis::questions::findings::rule::{Reason, Rule};
use crate::analysis::questions::sharing::{Crossing, Sharing};
use crate::graph::{CredentialIndex, EdgeIndex, InstanceIndex, OwnerIndex};
use crate::inventory::Tier;

/// Judges a live credential by what it joins.
pub(crate) fn check(case: &Case<'_>, at: CredentialIndex, verdicts: &mut Vec<Verdict>) {
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
    let mut why = vec![Reason::new(1, format!("it is linked to {}", labels.join(", ")))];
    let (into_top, into_top_stated) = into_top(case, at);
    if sharing.crossing == Crossing::Upwards {
        why.push(Reason::new(1, "it is held at a lower tier than one that it grants"));
        if into_top {
            why.push(Reason::new(1, "that is the highest tier"));
        }
    }
    if sharing.upwards_assumed {
        why.push(Reason::new(-1, "the way upwards rests on assumed access alone"));
    } else if into_top && !into_top_stated {
        why.push(Reason::new(-1, "the way into the highest tier rests on assumed access alone"));
    }
    why.push(case.reach_reason(case.reach_of(at)));
    let advice = format!(
        "split it by environment, one credential each for {}, and revoke this one",
        labels.join(", ")
    );
    let mut verdict = Verdict::new(Rule::CrossesEnvironments, why, advice);
    let stated = stated_instances(case, at);
    let known = stated.iter().map(|&instance| graph.instance(instance).environment);
    let known: BTreeSet<_> = known.filter(|&e| graph.environment(e).is_known()).collect();
    verdict.assumed = known.len() < 2 || sharing.upwards_assumed;
    Some(verdict)
}

/// Whether a credential is held below the highest tier and grants it: at all, and as stated.
fn into_top(case: &Case<'_>, at: CredentialIndex) -> (bool, bool) {
    let graph = case.graph;
    let top = top_tier(case);
    let mut found = [[false; 2]; 2];
    let edges = graph.held_by(at).iter().map(|edge| (edge, 0));
    for (&edge, way) in edges.chain(graph.grants(at).iter().map(|edge| (edge, 1))) {
        let edge = graph.edge(edge);
        let Some(tier) = graph.environment_of(edge.instance).tier else { continue };
        if (way == 0 && Some(tier) < top) || (way == 1 && Some(tier) == top) {
            for one in found.iter_mut().skip(usize::from(edge.assumed)) {
                if let Some(way) = one.get_mut(way) {
                    *way = true;
                }
            }
        }
    }
    let [stated, any] = found;
    (any == [true; 2], stated == [true; 2])
}

/// The instances to which a credential is linked by stated access, each once.
fn stated_instances(case: &Case<'_>, at: CredentialIndex) -> BTreeSet<InstanceIndex> {
    let graph = case.graph;
    let edges = graph.held_by(at).iter().chain(graph.grants(at)).map(|&edge| graph.edge(edge));
    edges.filter(|edge| !edge.assumed).map(|edge| edge.instance).collect()
}

/// The highest tier that any instance is in.
fn top_tier(case: &Case<'_>) -> Option<Tier> {
    case.graph.environments().iter().filter_map(|environment| environment.tier).max()
}

fn reused(case: &Case<'_>, at: CredentialIndex, sharing: &Sharing) -> Option<Verdict> {
    if !sharing.shared || sharing.services < 2 {
        return None;
    }
    let reach = case.reach_of(at) as usize;
    let wide = reach >= 5 && reach * 4 >= case.graph.instances().len();
    let mut why = vec![
        Reason::new(1, format!("{} services share it", sharing.services)),
        case.reach_reason(case.reach_of(at)),
    ];
    if wide {
        why.push(Reason::new(1, "that is a quarter of all or more"));
    }
    let advice = format!(
        "give each service ({}) its own credential, then revoke this one",
        listed(&services(case, at))
    );
    let mut verdict = Verdict::new(Rule::ReusedAcrossServices, why, advice);
    let stated =
        |edges: &[EdgeIndex]| edges.iter().filter(|&&edge| !case.graph.edge(edge).assumed).count();
    let names = stated_instances(case, at).into_iter().map(|at| case.graph.instance(at).service);
    let shared = stated(case.graph.held_by(at)) > 1 || stated(case.graph.grants(at)) > 1;
    verdict.assumed = !shared || names.collect::<BTreeSet<_>>().len() < 2;
    Some(verdict)
}

/// The names of the services that hold a credential; where none does, of those that it grants.
fn services<'a>(case: &Case<'a>, at: CredentialIndex) -> Vec<&'a str> {
    let graph = case.graph;
    let held = graph.held_by(at);
    let edges = if held.is_empty() { graph.grants(at) } else { held };
    let mut names: Vec<&str> =
        edges.iter().map(|&edge| graph.service_name(graph.edge(edge).instance)).collect();
    names.dedup();
    names
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
    let names: Vec<&str> = owners.iter().map(|&owner| graph.owner_name(owner)).collect();
    let words = format!("{} owners are named: {}", owners.len(), listed(&names));
    let advice = format!(
        "agree on one owner, or split it by owner, one credential each for {}",
        listed(&names)
    );
    let mut verdict = Verdict::new(Rule::ReusedAcrossOwners, vec![Reason::new(1, words)], advice);
    let mut stated: BTreeSet<OwnerIndex> = graph.owners_of(at).iter().copied().collect();
    for instance in stated_instances(case, at) {
        stated.extend(graph.owners_of_instance(instance));
    }
    verdict.assumed = stated.len() < 2;
    Some(verdict)
}

fn plain_sight(case: &Case<'_>, at: CredentialIndex, sharing: &Sharing) -> Option<Verdict> {
    let graph = case.graph;
    let storages = graph.storages_of(at);
    let place = storages.iter().find(|storage| case.plain_sight.contains(storage))?;
    let place = graph.inventory().text(*place);
    let crosses = sharing.crossing != Crossing::None;
    let words = format!("it is stored in “{place}”, which many people can read");
    let mut why = vec![Reason::new(1, words)];
    if crosses {
        why.push(Reason::new(1, "it crosses environments"));
    }
    why.push(case.reach_reason(case.reach_of(at)));
    let advice =
        "move it to a secret store and rotate it, because it must be assumed to be exposed";
    Some(Verdict::new(Rule::InPlainSight, why, advice))
}
