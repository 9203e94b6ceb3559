//! What a search text finds: computed when the text or the answers change, never while drawing.

use std::cmp::Reverse;

use crate::analysis::{Severity, Subject};
use crate::app::work::answers::Answers;

/// How many hits are kept; the rest are counted.
const MOST: usize = 30;

/// What was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct SearchHits {
    /// The best hits: those nearest to the text, then the worst, then the farthest reaching.
    pub(crate) best: Vec<Subject>,
    /// How many there are.
    pub(crate) total: usize,
}

impl SearchHits {
    /// Looks for a text in names and aliases, without regard to case.
    pub(crate) fn search(answers: &Answers, text: &str) -> Self {
        let wanted = text.trim().to_lowercase();
        if wanted.is_empty() {
            return Self::default();
        }
        let graph = &answers.graph;
        let mut hits: Vec<_> = answers
            .subjects()
            .filter_map(|subject| {
                let nearness = match subject {
                    Subject::Instance(at) => nearness(graph.service_name(at), &wanted),
                    Subject::Credential(at) => {
                        let own = nearness(graph.credential_name(at), &wanted);
                        let ids = graph.aliases(at).iter();
                        own.or_else(|| {
                            ids.filter_map(|&id| nearness(graph.inventory().text(id), &wanted))
                                .min()
                        })
                        .or_else(|| nearness(&graph.readable_name(at)?, &wanted))
                    }
                }?;
                let severity = answers.severity(subject).map_or(usize::MAX, Severity::rank);
                Some((nearness, severity, Reverse(answers.reach_of(subject)), subject))
            })
            .collect();
        let total = hits.len();
        if total > MOST {
            hits.select_nth_unstable(MOST);
            hits.truncate(MOST);
        }
        hits.sort_unstable();
        Self { best: hits.into_iter().map(|(.., subject)| subject).collect(), total }
    }
}

/// 0 where a name is the text, 1 where it has the text in it; `None` elsewhere.
fn nearness(name: &str, wanted: &str) -> Option<u8> {
    let holds = if name.is_ascii() && wanted.is_ascii() {
        name.as_bytes()
            .windows(wanted.len())
            .any(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
    } else {
        name.to_lowercase().contains(wanted)
    };
    holds.then(|| u8::from(name.len() != wanted.len()))
}
