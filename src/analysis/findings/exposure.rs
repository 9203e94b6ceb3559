//! The rules on what a credential joins: KR01, KR02, KR03 and KR08.

use std::collections::BTreeSet;

use super::{Case, Rule, Severity, Verdict};
use crate::analysis::{Crossing, Sharing};
use crate::graph::{CredentialIndex, EdgeIndex, InstanceIndex, OwnerIndex};
use crate::inventory::Tier;

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
    let (into_top, into_top_stated) = into_top(case, at);
    let upwards = sharing.crossing == Crossing::Upwards;
    let severity = match (upwards, into_top, into_top_stated) {
        (true, true, true) => Severity::Critical,
        (true, true, false) => Severity::High,
        (true, false, _) if !sharing.upwards_assumed => Severity::High,
        _ => Severity::Medium,
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
    } else if into_top && !into_top_stated {
        why.push("the way into the highest tier rests on assumed access alone".to_owned());
    }
    why.push(case.reach_reason(case.reach_of(at)));
    let advice = format!(
        "split it by environment, one credential each for {}, and revoke this one",
        labels.join(", ")
    );
    let mut verdict = Verdict::new(Rule::CrossesEnvironments, severity, why, &advice);
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
    let stated =
        |edges: &[EdgeIndex]| edges.iter().filter(|&&edge| !case.graph.edge(edge).assumed).count();
    let names = stated_instances(case, at).into_iter().map(|at| case.graph.instance(at).service);
    let shared = stated(case.graph.held_by(at)) > 1 || stated(case.graph.grants(at)) > 1;
    verdict.assumed = !shared || names.collect::<BTreeSet<_>>().len() < 2;
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
    let severity = if crosses { Severity::High } else { Severity::Medium };
    let mut why = vec![format!("it is kept in {place}, where many can read it")];
    if crosses {
        why.push("it crosses environments".to_owned());
    }
    why.push(case.reach_reason(case.reach_of(at)));
    let advice = "move it to a secret store and rotate it, for it must count as read";
    Some(Verdict::new(Rule::InPlainSight, severity, why, advice))
}
