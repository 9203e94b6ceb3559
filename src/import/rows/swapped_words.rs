//! Rows whose words stand under each other's headings, as where a table was pasted below another
//! one whose columns have another order.
//!
//! A row is left out where it shows this by itself: a word of access, level or status as
//! environment, and none in the column of such words.

use crate::import::rows::memo::Memo;
use crate::import::rows::row_cells::RowCells;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Environments, Problem, ProblemKind};

/// Looks at single rows of one table.
pub(crate) struct SwappedWords {
    /// The columns of environments, where any column holds words that could stand there instead.
    environments: Vec<(Meaning, usize)>,
    service: Option<usize>,
    /// Which columns the words could belong to that stand as environments.
    signs: Memo<Signs>,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
/// Which columns a word could belong to that stands as an environment.
#[derive(Clone, Copy, Default, PartialEq)]
struct Signs {
    access: bool,
    level: bool,
    status: bool,
    /// Whether it is nothing else.
    plain: bool,
}

const WORDS: [Meaning; 3] = [Meaning::Access, Meaning::Level, Meaning::Status];

impl SwappedWords {
    pub(crate) fn new(plan: &Plan) -> Self {
        let columns = plan.columns();
        let any = WORDS.iter().any(|meaning| columns.of(*meaning).is_some());
        let environments =
            [Meaning::Environment, Meaning::HolderEnvironment, Meaning::TargetEnvironment];
        let environments =
            environments.into_iter().filter_map(|meaning| Some((meaning, columns.of(meaning)?)));
        let access = columns.of(Meaning::Access);
        Self {
            environments: environments.filter(|_| any).collect(),
            service: columns.of(Meaning::Service).filter(|_| access.is_some()),
            signs: Memo::new(),
        }
    }

    /// What is wrong with a row whose words certainly stand under each other's headings.
    pub(crate) fn problem(&mut self, cells: RowCells<'_>, known: &Environments) -> Option<Problem> {
        let Swap { here, word, there } = self.find(cells, known)?;
        let message = format!(
            "{} stands as the {} and no such word as the {}, so the columns seem to be swapped; \
             put each under its heading",
            words::shown(word),
            here.word(),
            there.word()
        );
        Some(Problem {
            column: cells.plan.heading(here).to_owned(),
            row_rejected: true,
            ..Problem::new(cells.place, ProblemKind::SwappedColumns, message)
        })
    }

    fn find<'r>(&mut self, cells: RowCells<'r>, known: &Environments) -> Option<Swap<'r>> {
        for &(here, column) in &self.environments {
            let word = cells.records.cell(column);
            let signs = self.signs.find(word).unwrap_or_else(|| {
                let signs = Signs::of(word, known);
                self.signs.add(word, signs);
                signs
            });
            if signs == Signs::default() {
                continue;
            }
            let is_foreign = |there: &Meaning| {
                let cell = cells.cell(*there);
                signs.fits(*there)
                    && !words::is_unknown(cell)
                    && !is_word_of(*there, cell)
                    && (signs.plain || known.knows(cell))
            };
            if let Some(there) = WORDS.into_iter().find(is_foreign) {
                return Some(Swap { here, word, there });
            }
        }
        let word = cells.records.cell(self.service?);
        let access = cells.cell(Meaning::Access);
        let is_swapped = is_plain_access(word)
            && !words::is_unknown(access)
            && !is_word_of(Meaning::Access, access);
        is_swapped.then_some(Swap { here: Meaning::Service, word, there: Meaning::Access })
    }
}

/// A word under another column's heading.
struct Swap<'r> {
    here: Meaning,
    word: &'r str,
    there: Meaning,
}

impl Signs {
    fn of(word: &str, known: &Environments) -> Self {
        if words::is_unknown(word) || known.knows(word) {
            return Self::default();
        }
        let plain = is_plain_access(word)
            || ["read", "write", "admin", "active", "revoked", "expired", "disabled", "inactive"]
                .iter()
                .any(|one| word.eq_ignore_ascii_case(one));
        Self {
            access: words::access(word).is_some(),
            level: words::level(word).is_some(),
            status: words::status(word).is_some(),
            plain,
        }
    }

    fn fits(self, there: Meaning) -> bool {
        match there {
            Meaning::Access => self.access || self.level,
            Meaning::Level => self.level,
            _ => self.status,
        }
    }
}

/// Whether a word can be nothing but one of access.
fn is_plain_access(word: &str) -> bool {
    matches!(word.len(), 4..=6)
        && ["holds", "grants", "both"].iter().any(|one| word.eq_ignore_ascii_case(one))
}

fn is_word_of(column: Meaning, word: &str) -> bool {
    match column {
        Meaning::Access => words::access(word).is_some() || words::level(word).is_some(),
        Meaning::Level => words::level(word).is_some(),
        _ => words::status(word).is_some(),
    }
}
