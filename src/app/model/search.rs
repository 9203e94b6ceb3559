//! What a search text finds: computed when the text or the answers change, never while drawing.

use std::cmp::Reverse;

use crate::analysis::{Severity, Subject};
use crate::app::model::query::complete::{Completion, completions};
use crate::app::model::query::wanted::Wanted;
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
    /// What is wrong with the text, in words.
    pub(crate) unclear: Option<String>,
    /// How its last word may go on.
    pub(crate) completions: Vec<Completion>,
}

impl SearchHits {
    /// Looks for what a text wants, without regard to case.
    pub(crate) fn search(answers: &Answers, text: &str) -> Self {
        let completions = completions(text, answers);
        let wanted = match Wanted::of(text, answers) {
            Ok(wanted) if wanted.is_empty() => return Self { completions, ..Self::default() },
            Ok(wanted) => wanted,
            Err(unclear) => {
                return Self { unclear: Some(unclear), completions, ..Self::default() };
            }
        };
        let mut hits: Vec<_> = answers
            .subjects()
            .filter(|&subject| wanted.holds(answers, subject))
            .map(|subject| {
                let severity = answers.severity(subject).map_or(usize::MAX, Severity::rank);
                let nearness = wanted.nearness(answers, subject);
                (nearness, severity, Reverse(answers.reach_of(subject)), subject)
            })
            .collect();
        let total = hits.len();
        if total > MOST {
            hits.select_nth_unstable(MOST);
            hits.truncate(MOST);
        }
        hits.sort_unstable();
        let best = hits.into_iter().map(|(.., subject)| subject).collect();
        Self { best, total, unclear: None, completions }
    }
}
