//! The rule on credentials that a short-lived identity could replace: KR12.

use crate::analysis::questions::findings::case::{Case, Verdict, listed, stated_beside};
use crate::analysis::questions::findings::rule::Rule;
use crate::graph::{CredentialIndex, Edge, Role};

pub(crate) fn check(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let graph = case.graph;
    let tagged = graph.credential(at).tags.and_then(|tags| case.grounds.words.get(&tags)).copied();
    let mut fitting: Vec<(&Edge, &str)> = Vec::new();
    for edge in graph.held_by(at).iter().map(|&edge| graph.edge(edge)) {
        let instance = graph.instance(edge.instance);
        let of_kind = instance.kind.and_then(|kind| case.grounds.words.get(&kind)).copied();
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
    let names = || {
        let with_reason = |&(edge, reason): &(&Edge, &str)| {
            format!("{} ({reason})", graph.instance_name(edge.instance))
        };
        listed(&fitting.iter().map(with_reason).collect::<Vec<String>>())
    };
    let mut why = vec![case.reason(0, || {
        let words = match (fitting.len(), holders) {
            (_, 1) => format!("its only holder fits: {}", names()),
            (1, _) => format!("1 of its {holders} holders fits: {}", names()),
            (fit, _) => format!("{fit} of its {holders} holders fit: {}", names()),
        };
        let stated = fitting.iter().filter(|(edge, _)| !edge.assumed).count();
        words + &stated_beside(stated, fitting.len())
    })];
    why.extend(case.crossing_reason(at));
    let rest = if fitting.len() == holders { "; then revoke it" } else { "; the others keep it" };
    let advice =
        case.text(|| format!("give a workload identity, issued for minutes, to {}{rest}", names()));
    let mut verdict = Verdict::new(Rule::ReadyForShortLived, why, advice);
    verdict.assumed = fitting.iter().all(|(edge, _)| edge.assumed);
    Some(verdict)
}
