//! Words of a fixed vocabulary in the cells of a row: access, level and status.

use std::borrow::Cow;

use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::listed_links::common_word;
use crate::import::rows::memo::Memo;
use crate::import::rows::reported_once::CellProblem;
use crate::import::rows::row_cells::RowCells;
use crate::import::schema::value_words::WordKind;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Access, Level, ProblemKind, Status};

/// Reads the columns of words, and remembers what their cells meant.
pub(crate) struct WordReader {
    statuses: Memo<Status>,
    accesses: Memo<(Access, Level)>,
    levels: Memo<Level>,
}

impl WordReader {
    pub(crate) fn new() -> Self {
        Self { statuses: Memo::new(), accesses: Memo::new(), levels: Memo::new() }
    }

    /// What the access and level cells say. A level word in the access column counts as a level.
    pub(crate) fn access(
        &mut self,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
    ) -> (Access, Level) {
        let cell = cells.cell(Meaning::Access);
        let default = cells.plan.access;
        let (access, level) = if let Some(found) = self.accesses.find(cell) {
            found
        } else {
            let word = word_of(Meaning::Access, cell, cells);
            let meant = word.as_deref().unwrap_or_default();
            let meant = cells.plan.schema.words.meant(WordKind::Access, meant);
            if words::is_unknown(meant) {
                (default, Level::Unknown)
            } else {
                let (read, problem) = access(meant, default);
                builder.report_once(cells.place_of(Meaning::Access), cell, problem);
                self.accesses.add(cell, read);
                read
            }
        };
        (access, self.level(cells, builder).unwrap_or(level))
    }

    /// What the level cell says.
    fn level(&mut self, cells: RowCells<'_>, builder: &mut InventoryBuilder) -> Option<Level> {
        let cell = cells.cell(Meaning::Level);
        if let Some(found) = self.levels.find(cell) {
            return Some(found);
        }
        let word = word_of(Meaning::Level, cell, cells);
        let meant = word.as_deref().unwrap_or_default();
        let meant = cells.plan.schema.words.meant(WordKind::Level, meant);
        if words::is_unknown(meant) {
            return None;
        }
        let (level, problem) = known(words::level(meant), Meaning::Level, cell);
        builder.report_once(cells.place_of(Meaning::Level), cell, problem);
        let level = level.unwrap_or_default();
        self.levels.add(cell, level);
        Some(level)
    }

    /// What the status cell says, or else the one that says whether the credential is disabled.
    pub(crate) fn status(&mut self, cells: RowCells<'_>, builder: &mut InventoryBuilder) -> Status {
        let cell = cells.cell(Meaning::Status);
        if let Some(found) = self.statuses.find(cell) {
            return found;
        }
        let word = word_of(Meaning::Status, cell, cells);
        let word = word.as_deref().unwrap_or(cell);
        let meant = cells.plan.schema.words.meant(WordKind::Status, word);
        if words::is_unknown(meant) {
            return words::disabled(cells.short_cell(Meaning::Disabled));
        }
        let (status, problem) = known(words::status(meant), Meaning::Status, cell);
        builder.report_once(cells.place_of(Meaning::Status), cell, problem);
        let status = status.unwrap_or(Status::Other);
        self.statuses.add(cell, status);
        status
    }
}

/// The word of a cell. Of a list it is what all of its elements say. Where they differ, each object
/// of a list of objects says it for itself, and the row nothing; another list is no word.
fn word_of<'c>(meaning: Meaning, cell: &'c str, cells: RowCells<'_>) -> Option<Cow<'c, str>> {
    let is_listed = cells.column(meaning).is_some_and(|at| cells.plan.schema.list_of(at).is_some());
    if !cell.starts_with('[') {
        return Some(Cow::Borrowed(cell));
    }
    let word = common_word(cell).map(Cow::Owned);
    if is_listed { word } else { word.or(Some(Cow::Borrowed(cell))) }
}

fn access(cell: &str, default: Access) -> ((Access, Level), Option<CellProblem>) {
    if let Some(access) = words::access(cell) {
        return ((access, Level::Unknown), None);
    }
    let (level, problem) = known(words::level(cell), Meaning::Access, cell);
    ((default, level.unwrap_or_default()), problem)
}

/// What a word means, or that it is not known.
fn known<T>(read: Option<T>, meaning: Meaning, cell: &str) -> (Option<T>, Option<CellProblem>) {
    let problem = read.is_none().then(|| unknown_word(meaning, cell));
    (read, problem)
}

/// The problem of a word that is not known.
pub(crate) fn unknown_word(meaning: Meaning, cell: &str) -> CellProblem {
    let (counts, advice) = match meaning {
        Meaning::Status => (
            "does not show that the credential is out of use",
            "active, expired, revoked, deleted or disabled",
        ),
        Meaning::Level => ("is ignored", "read, write or admin"),
        _ => ("is ignored", "holds, grants or both"),
    };
    let message = format!(
        "{} is not known as {} (nor where the column repeats it), and {counts}; use {advice}",
        words::shown(cell),
        meaning.word()
    );
    CellProblem::new(ProblemKind::UnknownWord, message)
}
