//! Which kinds of service and which tags are short-lived or distributed, by the words for them.

use std::collections::BTreeMap;

use crate::graph::AccessGraph;
use crate::inventory::NameId;

/// What runs for a short while.
pub(crate) const SHORT_LIVED: [&str; 22] = [
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
pub(crate) const DISTRIBUTED: [&str; 12] = [
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
