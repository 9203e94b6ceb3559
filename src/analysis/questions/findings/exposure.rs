//! The rules on what a credential joins: KR01, KR02, KR03 and KR08.

use std::collections::BTreeSet;

use crate::analysis::questions::findings::case::{
    Case, Verdict, listed, on_assumption, stated_beside,
};
use crate::analysis::questions::findings::rule::{Reason, Rule};
use crate::analysis::questions::sharing::Crossing;
use crate::graph::{CredentialIndex, EdgeIndex, InstanceIndex, OwnerIndex, StatedLinks};
use crate::inventory::Tier;

/// KR01: it is linked to several environments.
pub(crate) fn crosses(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let sharing = case.sharing.get(at.index())?;
    if sharing.crossing == Crossing::None {
        return None;
    }
    let graph = case.graph;
    let labels = || {
        let labels = sharing.environments.iter().map(|&e| graph.environment(e).display());
        labels.collect::<Vec<_>>().join(", ")
    };
    let mut why = vec![case.reason(1, || {
        let beside = on_assumption(!graph.states_crossing(at));
        format!("it is linked to {}{beside}", labels())
    })];
    let (into_top, into_top_stated) = into_top(case, at);
    if sharing.crossing == Crossing::Upwards {
        why.push(Reason::new(1, "it is held at a lower tier than one that it grants"));
        if into_top {
            why.push(Reason::new(1, "that is the highest tier"));
        }
    }
    if sharing.upwards_assumed {
        why.push(Reason::new(-1, "the way upwards rests on assumption alone"));
    } else if into_top && !into_top_stated {
        why.push(Reason::new(-1, "the way into the highest tier rests on assumption alone"));
    }
    why.push(case.reach_reason(at));
    let advice = case.text(|| {
        let labels = labels();
        let has_unknown = graph.instances_of(at).iter().any(|at| !graph.environment_of(*at).is_known());
        let unknown = if has_unknown { " and for what has no known environment" } else { "" };
        format!(
            "split it by environment, one credential each for {labels}{unknown}, and revoke this one"
        )
    });
    let mut verdict = Verdict::new(Rule::CrossesEnvironments, why, advice);
    verdict.assumed = !graph.states_crossing(at) || sharing.upwards_assumed;
    Some(verdict)
}

/// Whether a credential is held below the highest tier and grants it: at all, and as stated.
fn into_top(case: &Case<'_>, at: CredentialIndex) -> (bool, bool) {
    let (graph, top) = (case.graph, top_tier(case));
    let tier = |at: InstanceIndex| graph.environment_of(at).tier;
    let below = |at: InstanceIndex| tier(at).is_some() && tier(at) < top;
    let is_top = |at: InstanceIndex| tier(at).is_some() && tier(at) == top;
    let instance = |&edge: &EdgeIndex| graph.edge(edge).instance;
    let held = graph.held_by(at).iter().map(instance).any(below);
    let any = held && graph.grants(at).iter().map(instance).any(is_top);
    let mut groups = graph.stated_links(at);
    let stated =
        any && groups.any(|links| links.holders().any(below) && links.granted().any(is_top));
    (any, stated)
}

/// The highest tier that any instance is in.
fn top_tier(case: &Case<'_>) -> Option<Tier> {
    case.graph.environments().iter().filter_map(|environment| environment.tier).max()
}

/// KR02: several services share it.
pub(crate) fn reused(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let sharing = case.sharing.get(at.index())?;
    if !sharing.shared || sharing.services < 2 {
        return None;
    }
    let reach = case.reach_of(at) as usize;
    let wide = reach >= 5 && reach * 4 >= case.graph.instances().len();
    let stated = |links: StatedLinks<'_>| {
        let names = links.instances().map(|at| case.graph.instance(at).service);
        names.collect::<BTreeSet<_>>().len()
    };
    let services = sharing.services as usize;
    let shared = case.reason(1, || {
        let stated = case.graph.stated_links(at).map(stated).max().unwrap_or(0);
        format!("{services} services share it{}", stated_beside(stated, services))
    });
    let mut why = vec![shared, case.reach_reason(at)];
    if wide {
        why.push(Reason::new(1, "that is a quarter of all or more"));
    }
    let advice = case.text(|| {
        let names = listed(&service_names(case, at));
        format!("give each service ({names}) its own credential, then revoke this one")
    });
    let mut verdict = Verdict::new(Rule::ReusedAcrossServices, why, advice);
    let is_reused = |links: StatedLinks<'_>| {
        let names = links.instances().map(|at| case.graph.instance(at).service);
        links.is_shared() && names.collect::<BTreeSet<_>>().len() > 1
    };
    verdict.assumed = !case.graph.stated_links(at).any(is_reused);
    Some(verdict)
}

/// The names of the services that hold a credential; where none does, of those that it grants.
fn service_names<'a>(case: &Case<'a>, at: CredentialIndex) -> Vec<&'a str> {
    let graph = case.graph;
    let held = graph.held_by(at);
    let edges = if held.is_empty() { graph.grants(at) } else { held };
    let mut names: Vec<&str> =
        edges.iter().map(|&edge| graph.service_name(graph.edge(edge).instance)).collect();
    names.dedup();
    names
}

/// KR03: several owners are named.
pub(crate) fn owners(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let graph = case.graph;
    let mut owners: BTreeSet<OwnerIndex> = graph.owners_of(at).iter().copied().collect();
    for instance in graph.instances_of(at) {
        owners.extend(graph.owners_of_instance(instance));
    }
    if owners.len() < 2 {
        return None;
    }
    let names = || {
        let names = owners.iter().map(|&owner| graph.owner_name(owner));
        listed(&names.collect::<Vec<&str>>())
    };
    let owners_of = |links: StatedLinks<'_>| {
        let of_instances = links.instances().flat_map(|at| graph.owners_of_instance(at));
        links.owners().iter().chain(of_instances).collect::<BTreeSet<_>>().len()
    };
    let why = case.reason(1, || {
        let stated = graph.stated_links(at).map(owners_of).max().unwrap_or(0);
        let beside = stated_beside(stated, owners.len());
        format!("{} owners are named: {}{beside}", owners.len(), names())
    });
    let advice = case.text(|| {
        let names = names();
        format!("agree on one owner, or split it by owner, one credential each for {names}")
    });
    let mut verdict = Verdict::new(Rule::ReusedAcrossOwners, vec![why], advice);
    verdict.assumed = !graph.stated_links(at).any(|links| owners_of(links) > 1);
    Some(verdict)
}

/// KR08: many people can read where it is stored.
pub(crate) fn plain_sight(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let graph = case.graph;
    let storages = graph.storages_of(at);
    let place = storages.iter().find(|storage| case.grounds.plain_sight.contains(storage))?;
    let place = graph.inventory().text(*place);
    let mut why =
        vec![case.reason(1, || format!("it is stored in “{place}”, which many people can read"))];
    why.extend(case.crossing_reason(at));
    why.push(case.reach_reason(at));
    let advice =
        "move it to a secret store and rotate it, because it must be assumed to be exposed";
    Some(Verdict::new(Rule::InPlainSight, why, advice))
}
