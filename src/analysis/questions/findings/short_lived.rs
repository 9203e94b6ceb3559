//! The rule on credentials that a short-lived identity could replace: KR12.

use crate::analysis::questions::findings::case::{Case, Verdict, listed, stated_beside};
use crate::analysis::questions::findings::rule::{Reason, Rule};
use crate::analysis::questions::sharing::Crossing;
use crate::graph::{CredentialIndex, Edge, Role};

pub(crate) fn check(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let graph = case.graph;
    let tagged = graph.credential(at).tags.and_then(|tags| case.words.get(&tags)).copied();
    let mut fitting: Vec<(&Edge, &str)> = Vec::new();
    for edge in graph.held_by(at).iter().map(|&edge| graph.edge(edge)) {
        let instance = graph.instance(edge.instance);
        let of_kind = instance.kind.and_then(|kind| case.words.get(&kind)).copied();
        let by_role = (instance.role == Role::Ci).then_some("short-lived");
        let several = graph.owners_of_instance(edge.instance).len() > 1;
        let several = several.then_some("open to several operators");
        if let Some(reason) = of_kind.or(by_role).or(several).or(tagged) {
            fitting.push((edge, reason));
        }
    }
    if fitting.is_empty() {
        return None;
    }
    let holders = graph.held_by(at).len();
    let with_reason = |&(edge, reason): &(&Edge, &str)| {
        format!("{} ({reason})", graph.instance_name(edge.instance))
    };
    let names: Vec<String> = fitting.iter().map(with_reason).collect();
    let words = match (fitting.len(), holders) {
        (_, 1) => format!("its only holder fits: {}", listed(&names)),
        (1, _) => format!("1 of its {holders} holders fits: {}", listed(&names)),
        (fit, _) => format!("{fit} of its {holders} holders fit: {}", listed(&names)),
    };
    let stated = fitting.iter().filter(|(edge, _)| !edge.assumed).count();
    let mut why = vec![Reason::new(0, words + &stated_beside(stated, fitting.len()))];
    let crossing = case.sharing.get(at.index()).map(|sharing| sharing.crossing);
    if crossing.is_some_and(|crossing| crossing != Crossing::None) {
        why.push(Reason::new(1, "it crosses environments"));
    }
    let rest = if fitting.len() == holders { "; then revoke it" } else { "; the others keep it" };
    let advice =
        format!("give a workload identity, issued for minutes, to {}{rest}", listed(&names));
    let mut verdict = Verdict::new(Rule::ReadyForShortLived, why, advice);
    verdict.assumed = fitting.iter().all(|(edge, _)| edge.assumed);
    Some(verdict)
}
