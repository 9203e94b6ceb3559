//! The rule on what lies between entry points and crown jewels: KR10.

use std::collections::BTreeSet;

use crate::analysis::questions::findings::case::{Case, Verdict, stated_beside};
use crate::analysis::questions::findings::rule::{Reason, Rule};
use crate::graph::{CredentialIndex, InstanceIndex, StatedLinks};

pub(crate) fn check(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let between = &case.grounds.between;
    if between.all.get(at.index()) != Some(&true) {
        return None;
    }
    let stated = between.stated.get(at.index()) == Some(&true);
    let grants = case.graph.grants(at).iter().map(|&edge| case.graph.edge(edge));
    let jewels = &between.ends.crown_jewels;
    let opened = grants.filter(|edge| jewels.binary_search(&edge.instance).is_ok());
    let direct = opened.count();
    let is_jewel = |at: InstanceIndex| jewels.binary_search(&at).is_ok();
    // From one crown jewel to the next nothing new is lost; the way in is what is worst.
    let leads_in = stated
        && case.graph.stated_links(at).any(|links| {
            links.granted().any(is_jewel) && links.holders().any(|holder| !is_jewel(holder))
        });
    let mut why = vec![Reason::new(1, "it lies on a path from an entry point to a crown jewel")];
    if direct > 0 {
        why.push(case.reason(i8::from(leads_in), || {
            let words = match jewels.len() {
                1 => "it grants the only crown jewel itself".to_owned(),
                whole => format!("it grants {direct} of {whole} crown jewels itself"),
            };
            let stated = case.graph.stated_links(at).flat_map(StatedLinks::granted);
            let stated: BTreeSet<InstanceIndex> = stated.filter(|&at| is_jewel(at)).collect();
            words + &stated_beside(stated.len(), direct)
        }));
    }
    if !stated {
        why.push(Reason::new(0, "every such path rests on assumption"));
    }
    why.push(case.reach_reason(at));
    let advice =
        "see the plan and the minimum cut: split or revoke it, so that the path ends there";
    let mut verdict = Verdict::new(Rule::OnPath, why, advice);
    verdict.assumed = !stated;
    Some(verdict)
}
