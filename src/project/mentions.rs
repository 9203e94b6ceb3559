//! Which things of a graph a text names, so that a note leads to them.

use crate::analysis::Subject;
use crate::graph::{AccessGraph, OwnerIndex};
use crate::project::subject_name::NamedSubject;

/// How many words a name may have.
const MOST_WORDS: usize = 6;

/// How many things are found at most.
const MOST: usize = 12;

/// The credentials, service instances and owners whose names stand in a text as whole words, each once,
/// in the order of the text; at most twelve.
///
/// A credential is named by its printed id, an instance as `pay in prod` or `pay@prod`, an owner by its
/// name. Of names that begin at one word the longest counts, and names are written as they are in the
/// inventory. Costs a search for each run of words.
pub fn mentions(graph: &AccessGraph, text: &str) -> Vec<NamedSubject> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() && found.len() < MOST {
        let longest = MOST_WORDS.min(words.len() - at);
        let named = (1..=longest).rev().find_map(|count| {
            let (first, last) = (words.get(at)?, words.get(at + count - 1)?);
            Some((named(graph, text.get(first.start..last.end)?)?, count))
        });
        let Some((named, count)) = named else {
            at += 1;
            continue;
        };
        if !found.contains(&named) {
            found.push(named);
        }
        at += count;
    }
    found
}

/// What a name stands for.
fn named(graph: &AccessGraph, name: &str) -> Option<NamedSubject> {
    if let Some(at) = graph.find_printed(name) {
        return Some(NamedSubject::Subject(Subject::Credential(at)));
    }
    let ways = [name.rsplit_once('@'), name.rsplit_once(" in ")];
    let instance = ways.into_iter().flatten().find_map(|(service, environment)| {
        let environment = if environment == "unknown environment" { "" } else { environment };
        graph.find_instance(service, environment)
    });
    if let Some(at) = instance {
        return Some(NamedSubject::Subject(Subject::Instance(at)));
    }
    let owner = graph.owners().iter().position(|known| known == name)?;
    Some(NamedSubject::Owner(OwnerIndex(owner as u32)))
}

/// Where the words of a text stand, without the marks around them.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut words = Vec::new();
    let mut from = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let is_mark =
            |letter: char| letter.is_whitespace() || ".,;:!?()[]{}\"'“”„‘’«»".contains(letter);
        let after = piece.trim_start_matches(is_mark);
        let word = after.trim_end_matches(is_mark);
        let start = from + piece.len() - after.len();
        if !word.is_empty() {
            words.push(start..start + word.len());
        }
        from += piece.len();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph;

    /// What a text names, in words.
    fn found(graph: &AccessGraph, text: &str) -> Vec<String> {
        let name = |at: NamedSubject| match at {
            NamedSubject::Subject(Subject::Credential(at)) => graph.credential_name(at).to_owned(),
            NamedSubject::Subject(Subject::Instance(at)) => {
                format!("{}@{}", graph.service_name(at), graph.environment_of(at).label)
            }
            NamedSubject::Owner(at) => format!("owner {}", graph.owner_name(at)),
            NamedSubject::Path(at) => format!("path {at}"),
        };
        mentions(graph, text).into_iter().map(name).collect()
    }

    #[test]
    fn names_are_found_as_whole_words_each_once() {
        let graph =
            graph("deploy-key holds shop@dev\ndeploy-key grants pay@prod\nk grants shop@dev");
        let all = found(&graph, "Ask about (deploy-key), pay in prod. shop@dev: deploy-key!\n“k”");
        assert_eq!(all, ["deploy-key", "pay@prod", "shop@dev", "k"]);
        for other in ["deploy-keys", "pay in dev", "", "  ", "«»", "pay in", "@"] {
            assert_eq!(found(&graph, other), Vec::<String>::new(), "{other}");
        }
    }
}
