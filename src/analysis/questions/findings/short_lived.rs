//! The rule on credentials that a short-lived identity could replace: KR12.

use std::collections::BTreeMap;

use crate::analysis::questions::findings::rule::{Reason, Rule};
use crate::analysis::questions::findings::{Case, Verdict, listed};
use crate::analysis::questions::sharing::Crossing;
use crate::graph::{AccessGraph, CredentialIndex, Edge, Role};
use crate::inventory::NameId;

/// What runs for a short while.
const SHORT_LIVED: [&str; 22] = [
    "job",
    "cronjob",
    "cron",
    "batch",
    "lambda",
    "function",
    "faas",
    "serverless",
    "task",
    "workflow",
    "pipeline",
    "runner",
    "build agent",
    "ci",
    "cicd",
    "ephemeral",
    "short lived",
    "spot",
    "notebook",
    "container",
    "pod",
    "preview",
];

/// What runs in many places at once.
const DISTRIBUTED: [&str; 12] = [
    "distributed",
    "daemonset",
    "daemon set",
    "agent",
    "edge",
    "fleet",
    "cluster",
    "autoscaling",
    "auto scaling",
    "iot",
    "device",
    "cdn",
];

/// For each kind and each text of tags that says so, what is special of it.
pub(crate) type Words = BTreeMap<NameId, &'static str>;

/// Judges every kind of service, and all tags, once.
pub(crate) fn words(graph: &AccessGraph) -> Words {
    let kinds = graph.instances().iter().filter_map(|instance| instance.kind);
    let tags = graph.credentials().iter().filter_map(|credential| credential.tags);
    let mut texts: Vec<NameId> = kinds.chain(tags).collect();
    texts.sort_unstable();
    texts.dedup();
    let judged = texts.into_iter().map(|text| (text, special(graph.inventory().text(text))));
    judged.filter_map(|(text, special)| Some((text, special?))).collect()
}

fn special(text: &str) -> Option<&'static str> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let spaced = format!(" {} ", words.join(" "));
    let says = |phrases: &[&str]| {
        phrases.iter().any(|phrase| {
            spaced.contains(&format!(" {phrase} ")) || spaced.contains(&format!(" {phrase}s "))
        })
    };
    if says(&SHORT_LIVED) {
        return Some("short-lived");
    }
    says(&DISTRIBUTED).then_some("distributed")
}

pub(crate) fn judge(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
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
    let mut why = vec![Reason::new(0, words)];
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

#[cfg(test)]
mod tests {
    use super::special;

    #[test]
    fn kinds_are_judged_by_whole_words() {
        assert_eq!(special("AWS Lambda"), Some("short-lived"));
        assert_eq!(special("cron-jobs"), Some("short-lived"));
        assert_eq!(special("edge device"), Some("distributed"));
        assert_eq!(special("Database"), None);
        assert_eq!(special("precision tool"), None);
    }
}
