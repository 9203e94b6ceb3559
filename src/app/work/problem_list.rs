//! Which problems the table lists: found off the drawing thread, and no more than can be walked.

use crate::app::work::answers::Answers;
use crate::app::work::sort::Sort;
use crate::inventory::{Inventory, Place, Problem, Progress};

/// No more problems are listed; a file can have millions of them.
const MOST: usize = 100_000;

/// Which problems are wished, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProblemQuery {
    /// What stands in their kind, column, message, file or row, whatever its case.
    pub(crate) text: String,
    pub(crate) rejected_only: bool,
    pub(crate) sort: Sort,
    pub(crate) reversed: bool,
}

/// The problems that are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ProblemList {
    /// Indices into the problems.
    pub(crate) rows: Vec<u32>,
    /// How many are as wished; more than are listed, where they are too many.
    pub(crate) total: usize,
}

impl ProblemQuery {
    /// Whether every problem is wished, in the order in which they come.
    pub(crate) fn is_plain(&self) -> bool {
        let Self { text, rejected_only, sort, reversed } = self;
        text.is_empty() && !rejected_only && *sort == Sort::Place && !reversed
    }
}

impl ProblemList {
    /// The problems as they come; costs no look at any of them.
    pub(crate) fn plain(answers: &Answers) -> Self {
        let total = answers.problem_count();
        Self { rows: (0..total.min(MOST) as u32).collect(), total }
    }

    /// Looks at every problem; `None` when cancelled.
    pub(crate) fn find(
        answers: &Answers,
        query: &ProblemQuery,
        progress: &Progress,
    ) -> Option<Self> {
        let inventory = answers.graph.inventory();
        let mut text = Text::new(&query.text, inventory);
        let mut rows = Vec::new();
        for at in 0..answers.problem_count() as u32 {
            if at.is_multiple_of(1024) && progress.is_cancelled() {
                return None;
            }
            let Some(problem) = answers.problem(at) else { break };
            if (!query.rejected_only || problem.row_rejected) && text.stands_in(problem) {
                rows.push(at);
            }
        }
        sort(&mut rows, answers, query.sort);
        if query.reversed {
            rows.reverse();
        }
        let total = rows.len();
        rows.truncate(MOST);
        (!progress.is_cancelled()).then_some(Self { rows, total })
    }
}

/// A text in lower case, and room to compare it in.
struct Text<'a> {
    wanted: &'a str,
    inventory: &'a Inventory,
    /// For each file whether the text stands in its name.
    files: Vec<bool>,
    folded: String,
}

impl<'a> Text<'a> {
    fn new(wanted: &'a str, inventory: &'a Inventory) -> Self {
        let mut text = Self { wanted, inventory, files: Vec::new(), folded: String::new() };
        let names = inventory.sources.iter().map(|source| source.name.as_str());
        text.files = names.map(|name| text.is_in(name)).collect();
        text
    }

    fn is_in(&mut self, whole: &str) -> bool {
        self.folded.clear();
        self.folded.extend(whole.chars().flat_map(char::to_lowercase));
        memchr::memmem::find(self.folded.as_bytes(), self.wanted.as_bytes()).is_some()
    }

    fn stands_in(&mut self, problem: &Problem) -> bool {
        let Problem { place, column, kind, message, row_rejected: _, offset: _, row: _ } = problem;
        self.wanted.is_empty()
            || kind.word().contains(self.wanted)
            || self.files.get(usize::from(place.source.0)).copied().unwrap_or(false)
            || self.is_in(column)
            || self.is_in(message)
            || problem.shown_row().is_some_and(|row| self.is_in(&row))
            || self.is_in_place(*place)
    }

    /// Whether the text stands in `file:line`, its end at least in what follows the name.
    fn is_in_place(&mut self, place: Place) -> bool {
        if !self.wanted.ends_with(|letter: char| letter == ':' || letter.is_ascii_digit()) {
            return false;
        }
        let name = self.inventory.place_text(place);
        self.is_in(&name)
    }
}

fn sort(rows: &mut [u32], answers: &Answers, sort: Sort) {
    let problem = |at: &u32| answers.problem(*at);
    match sort {
        Sort::Kind => rows.sort_by_key(|at| problem(at).map(|found| found.kind)),
        Sort::Name => rows.sort_by_key(|at| problem(at).map(|found| found.column.as_str())),
        Sort::Message => rows.sort_by_key(|at| problem(at).map(|found| found.message.as_str())),
        Sort::Rejected => {
            rows.sort_by_key(|at| problem(at).map(|found| std::cmp::Reverse(found.row_rejected)));
        }
        // The problems come in the order of their places.
        Sort::Place
        | Sort::Severity
        | Sort::Owner
        | Sort::Environment
        | Sort::Reach
        | Sort::Holds
        | Sort::Grants
        | Sort::ReachedBy
        | Sort::State
        | Sort::FirstSeen
        | Sort::Assignee
        | Sort::Due
        | Sort::Assumed => {}
    }
}
