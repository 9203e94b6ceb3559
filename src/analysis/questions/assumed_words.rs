//! What is assumed, as the line of assumptions says it, with what somebody disputes.

use super::assumed_by::environments_from_names;
use crate::graph::AccessGraph;
use crate::inventory::{AssumptionKind, counted};

/// What somebody disputes of what is assumed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Disputed<'a> {
    /// Which assumptions.
    pub kinds: &'a [AssumptionKind],
    /// How many assumed links.
    pub links: usize,
}

impl Disputed<'_> {
    /// Words on an assumption, with the word that it is disputed where it is.
    pub fn beside(self, kind: AssumptionKind, words: String) -> String {
        if self.kinds.contains(&kind) { format!("{words}, disputed") } else { words }
    }
}

/// What a graph assumes, one entry for each assumption, in words; then what is disputed beside.
///
/// Names are as they were written: whoever shows them escapes them.
pub fn assumed_words(graph: &AccessGraph, disputed: Disputed<'_>) -> Vec<String> {
    use AssumptionKind as Kind;
    let assumptions = graph.assumptions();
    let mut all = vec![
        (Kind::UnstatedAccess, assumptions.unstated_access_words()),
        (Kind::PivotNeeds, format!("pivot needs {}", assumptions.pivot_word())),
        (Kind::IdsAcrossSources, assumptions.ids_across_sources_words()),
    ];
    all.extend(environments_from_names(graph).map(|words| (Kind::EnvironmentsFromNames, words)));
    all.extend(assumptions.changed_by_kind());
    let said: Vec<AssumptionKind> = all.iter().map(|(kind, _)| *kind).collect();
    let others = disputed.kinds.iter().filter(|kind| !said.contains(kind));
    let others: Vec<String> =
        others.map(|kind| disputed.beside(*kind, kind.words().to_owned())).collect();
    let mut words: Vec<String> =
        all.into_iter().map(|(kind, words)| disputed.beside(kind, words)).collect();
    words.extend(others);
    if disputed.links > 0 {
        let links = counted(disputed.links, "assumed link", "assumed links");
        words.push(format!("{links} disputed"));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph;

    #[test]
    fn what_is_disputed_is_said_beside_it_or_by_itself() {
        let graph = graph("k holds shop@dev\nk grants pay@prod");
        let plain = [
            "rows without access: holds and grants",
            "pivot needs any",
            "an id in several sources: the same credential",
        ];
        assert_eq!(assumed_words(&graph, Disputed::default()), plain);
        let kinds = [AssumptionKind::PivotNeeds, AssumptionKind::CrownJewels];
        let disputed = assumed_words(&graph, Disputed { kinds: &kinds, links: 2 });
        assert_eq!(
            disputed,
            [
                plain[0],
                "pivot needs any, disputed",
                plain[2],
                "which crown jewels there are, disputed",
                "2 assumed links disputed",
            ]
        );
    }
}
