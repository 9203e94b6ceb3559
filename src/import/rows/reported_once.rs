//! Problems that are reported once in a table, however often their cause repeats.

use std::collections::BTreeSet;

use crate::inventory::{NameId, Place, Problem, ProblemKind};

/// What is wrong with a cell that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CellProblem {
    pub(crate) kind: ProblemKind,
    pub(crate) message: String,
    /// The name that brought it, where it is reported once for the name.
    pub(crate) name: Option<NameId>,
}

impl CellProblem {
    pub(crate) fn new(kind: ProblemKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), name: None }
    }

    /// The problem of a row and one of its columns.
    pub(crate) fn at(self, place: Place, column: &str) -> Problem {
        let Self { kind, message, name: _ } = self;
        Problem { column: column.to_owned(), ..Problem::new(place, kind, message) }
    }
}

/// Why a problem is reported only once.
#[derive(Clone, Copy)]
pub(crate) enum Once {
    /// It follows from what a column's cells of this text mean; by their hash.
    Cell(u64),
    /// It follows from a name, whichever column brings it.
    Name(NameId),
}

impl Once {
    /// The same for a table whose names are numbered otherwise.
    pub(crate) fn remapped_secrets(self, name: impl Fn(NameId) -> NameId) -> Self {
        match self {
            Self::Cell(key) => Self::Cell(key),
            Self::Name(id) => Self::Name(name(id)),
        }
    }
}

/// Which problems of the present table are reported once. Parts of a table that are read apart are
/// joined by it without repeating any.
#[derive(Default)]
pub(crate) struct ReportedOnce {
    /// By their places among all problems.
    problems: Vec<(usize, Once)>,
    /// The cells that were reported, by their hashes.
    cells: BTreeSet<u64>,
}

impl ReportedOnce {
    /// Forgets the table before.
    pub(crate) fn clear(&mut self) {
        self.problems.clear();
        self.cells.clear();
    }

    /// Whether a cell has not been reported before; it is from now on.
    pub(crate) fn is_new_cell(&mut self, key: u64) -> bool {
        self.cells.insert(key)
    }

    /// Remembers why the problem at a place among all is reported once.
    pub(crate) fn add(&mut self, place: usize, once: Once) {
        self.problems.push((place, once));
    }

    /// The problems in the order of their places.
    pub(crate) fn in_order(&self) -> Vec<(usize, Once)> {
        let mut all = self.problems.clone();
        all.sort_by_key(|(place, _)| *place);
        all
    }

    /// Adds the problems of the next part of the table to those of the parts before it, except for
    /// those that were reported there: of a known cell, or of a name below `first_new`.
    pub(crate) fn join(
        &mut self,
        known: &mut Vec<Problem>,
        part: Vec<Problem>,
        once: &[(usize, Once)],
        first_new: usize,
    ) {
        let reported = |(_, once): &(usize, Once)| match once {
            Once::Cell(key) => self.cells.get(key).copied(),
            Once::Name(_) => None,
        };
        let cells: BTreeSet<u64> = once.iter().filter_map(reported).collect();
        let mut once = once.iter().peekable();
        for (at, problem) in part.into_iter().enumerate() {
            let mut is_repeated = false;
            let before = self.problems.len();
            while let Some((_, one)) = once.next_if(|(of, _)| *of == at) {
                is_repeated |= match one {
                    Once::Cell(key) => cells.contains(key),
                    Once::Name(id) => id.index() < first_new,
                };
                self.problems.push((known.len(), *one));
                if let Once::Cell(key) = one {
                    self.cells.insert(*key);
                }
            }
            if is_repeated {
                self.problems.truncate(before);
            } else {
                known.push(problem);
            }
        }
    }
}
