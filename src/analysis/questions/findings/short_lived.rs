//! The rule on credentials that a short-lived identity could replace: KR12.

use std::collections::BTreeSet;

use crate::analysis::questions::findings::case::{Case, Verdict, listed, stated_beside};
use crate::analysis::questions::findings::rule::Rule;
use crate::graph::{CredentialIndex, Edge, EdgeIndex, Role};
use crate::inventory::{Row, RowId, SourceId};

pub(crate) fn check(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let graph = case.graph;
    let tagged = graph.credential(at).tags.and_then(|tags| case.grounds.words.get(&tags)).copied();
    let mut fitting: Vec<(&Edge, &str)> = Vec::new();
    let mut stated = 0;
    for (index, edge) in graph.held_by(at).iter().map(|&edge| (edge, graph.edge(edge))) {
        let instance = graph.instance(edge.instance);
        let of_kind = instance.kind.and_then(|kind| case.grounds.words.get(&kind)).copied();
        let by_role = (instance.role == Role::Ci).then_some("short-lived");
        let several = graph.owners_of_instance(edge.instance).len() > 1;
        let several = several.then_some("open to several operators");
        let of_holder = of_kind.or(by_role).or(several);
        if let Some(reason) = of_holder.or(tagged) {
            fitting.push((edge, reason));
            let is_stated = of_holder.is_some() || is_tagged_there(case, at, index);
            stated += usize::from(!edge.assumed && is_stated);
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
        words + &stated_beside(stated, fitting.len())
    })];
    why.extend(case.crossing_reason(at));
    let rest = if fitting.len() == holders { "; then revoke it" } else { "; the others keep it" };
    let advice =
        case.text(|| format!("give a workload identity, issued for minutes, to {}{rest}", names()));
    let mut verdict = Verdict::new(Rule::ReadyForShortLived, why, advice);
    verdict.assumed = stated == 0;
    Some(verdict)
}

/// Whether a tag that fits stands in a source that says of a holder that it holds the credential; in any,
/// where no id across sources is needed.
fn is_tagged_there(case: &Case<'_>, at: CredentialIndex, held: EdgeIndex) -> bool {
    let graph = case.graph;
    if !graph.is_joined_by_id_alone(at) {
        return true;
    }
    let inventory = graph.inventory();
    let row = |row: RowId| inventory.rows.get(row.0 as usize);
    let fits = |row: &&Row| {
        let facts = inventory.facts.get(row.facts.0 as usize);
        let tags = facts.and_then(|facts| facts.tags);
        tags.is_some_and(|tags| case.grounds.words.contains_key(&tags))
    };
    let tagged = graph.rows_of(at).iter().filter_map(|&at| row(at)).filter(fits);
    let tagged: BTreeSet<SourceId> = tagged.map(|row| row.place.source).collect();
    let mut links = graph.links_behind(held);
    links.any(|link| row(link.row).is_some_and(|row| tagged.contains(&row.place.source)))
}
