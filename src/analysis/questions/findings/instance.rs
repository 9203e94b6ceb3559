//! The rule on service instances that hold much: KR09.

use crate::analysis::questions::findings::case::{Case, Verdict, stated_beside};
use crate::analysis::questions::findings::rule::Rule;
use crate::analysis::questions::sharing::Crossing;
use crate::graph::{InstanceIndex, Role};
use crate::inventory::counted;

/// Judges an instance by the live credentials that it holds and by its role.
pub(crate) fn check(case: &Case<'_>, at: InstanceIndex) -> Option<Verdict> {
    let graph = case.graph;
    let limit = graph.assumptions().extraction_point_holds;
    let held = graph.holds(at).iter().map(|&edge| graph.edge(edge)).filter(|edge| {
        let credential = graph.credential(edge.credential);
        credential.is_live() && !credential.bound
    });
    let (mut count, mut stated, mut crossing) = (0_usize, 0_usize, 0_usize);
    for edge in held {
        count += 1;
        stated += usize::from(!edge.assumed);
        crossing += usize::from(case.crossing_of(edge.credential) != Crossing::None);
    }
    let role = graph.instance(at).role;
    let by_role = role.keeps_for_others();
    if !by_role && count < limit {
        return None;
    }
    let mut why = vec![case.reason(1, || {
        let credentials = counted(count, "live credential", "live credentials");
        format!("whoever takes it has {credentials}{}", stated_beside(stated, count))
    })];
    if by_role {
        let role = if role == Role::Ci { "CI system" } else { role.word() };
        why.push(case.reason(0, || format!("it is a {role}, which is a trust boundary")));
    }
    if crossing > 0 {
        let cross = if crossing == 1 { "crosses" } else { "cross" };
        why.push(case.reason(1, || format!("{crossing} of them {cross} environments")));
    }
    let advice = "protect and monitor it as strictly as the credentials that it holds; hand out \
                  short-lived credentials for each use";
    let mut verdict = Verdict::new(Rule::ExtractionPoint, why, advice);
    verdict.assumed = !by_role && stated < limit;
    Some(verdict)
}
