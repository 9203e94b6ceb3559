//! The answers of an owner: a list of what is theirs that came back filled in.
//!
//! Such a list is a table with the headings of [`ANSWER_COLUMNS`], in any order and with any of the usual
//! delimiters, as a spreadsheet writes it. A row that cannot be taken is refused with its line, its
//! column, what was found and what to do; one without an answer is counted. No cell is kept but dates,
//! yes or no, and the names by which rows are matched.

use std::collections::BTreeMap;

use crate::import::container::encoding::decode;
use crate::import::csv::dialect::Dialect;
use crate::import::csv::dialect_candidates::line_end;
use crate::import::csv::records::{Found, Records};
use crate::import::error::ImportError;
use crate::import::secrets::secret_detection::masked;
use crate::import::vocabulary::dates::{self, DateCell, DayOrder};
use crate::import::vocabulary::words;
use crate::inventory::{Date, Flag, ProblemKind, Progress, SourceColumn, starts_formula};

/// The headings of a list: what is asked about, what is known of it, and the three questions.
pub const ANSWER_COLUMNS: [&str; 12] = [
    "owner",
    "kind",
    "id",
    "environment",
    "name",
    "type",
    "used_in",
    "last_rotated",
    "expires",
    "still_needed",
    "rotated_on",
    "expires_on",
];

/// The words of the column `kind`.
pub const CREDENTIAL_KIND: &str = "credential";
/// See [`CREDENTIAL_KIND`].
pub const SERVICE_KIND: &str = "service";

/// The columns that are read, with their meanings; the others say what was known.
const READ: [(&str, &str); 7] = [
    ("owner", "owner"),
    ("kind", ""),
    ("id", "id"),
    ("environment", "environment"),
    ("still_needed", "status"),
    ("rotated_on", "last-rotated"),
    ("expires_on", "expires"),
];

/// What an answer is about, as the list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnsweredThing {
    /// A credential, by an id or a token.
    Credential(String),
    /// A service in an environment, which is blank where it is unknown.
    Service(String, String),
}

/// What an owner answered about one thing. At least one question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerAnswer {
    /// The line.
    pub line: u32,
    /// What it is about.
    pub thing: AnsweredThing,
    /// Whether somebody needs it.
    pub needed: Option<bool>,
    /// When it was last rotated.
    pub rotated: Option<Date>,
    /// When it expires.
    pub expires: Option<Date>,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedAnswer {
    /// The line.
    pub line: u32,
    /// The heading of the column; empty where the whole row is meant.
    pub column: String,
    /// What sort of problem it is.
    pub kind: ProblemKind,
    /// What was found, and what to do.
    pub message: String,
}

/// A list that came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnerAnswers {
    /// Whose list it is; empty where no row names an owner.
    pub owner: String,
    /// The answers, in the order of their lines.
    pub answers: Vec<OwnerAnswer>,
    /// The rows that were not taken, in the order of their lines.
    pub refused: Vec<RefusedAnswer>,
    /// How many rows have no answer, or are blank.
    pub unanswered: u64,
    /// The columns, with what they mean.
    pub columns: Vec<SourceColumn>,
    /// Stands for what its cells hold, with whatever signs the file was saved.
    pub digest: String,
}

/// Reads a list that came back.
///
/// # Errors
/// Where the file as a whole is no such list.
pub fn read_owner_answers(bytes: &[u8], file: &str) -> Result<OwnerAnswers, ImportError> {
    let (text, _) = decode(bytes, file, &Progress::default())?;
    let text = text.as_str();
    if text.trim().is_empty() {
        return Err(ImportError::Empty { file: file.to_owned() });
    }
    let split = [b',', b';', b'\t'].map(|delimiter| lines(text, delimiter));
    let known = |lines: &Vec<Line>| lines.first().map_or(0, |first| places(first).len());
    let lines = split.into_iter().max_by_key(known).unwrap_or_default();
    let header = lines.first().cloned().unwrap_or_default();
    let places = places(&header);
    if let Some((missing, _)) = READ.into_iter().find(|(heading, _)| !places.contains_key(heading))
    {
        return Err(ImportError::NoAnswers { file: file.to_owned(), missing });
    }
    let rows = lines.get(1..).unwrap_or_default();
    let mut reading = Reading { width: header.cells.len(), places, ..Reading::default() };
    reading.order = reading.order_of(rows);
    for row in rows {
        reading.row(row);
    }
    reading.read.columns = columns(&header, rows);
    reading.read.digest = digest_of(&lines);
    Ok(reading.read)
}

/// A line, or a record of several.
#[derive(Clone, Default)]
struct Line {
    number: u32,
    cells: Vec<String>,
    /// Whether a quotation mark opens in it and never closes.
    is_open: bool,
}

/// The lines of a table as a delimiter splits them; blank ones have no cells.
fn lines(text: &str, delimiter: u8) -> Vec<Line> {
    let line_end = line_end(text);
    let dialect = Dialect { delimiter, quote: b'"', has_escape: false, line_end };
    // No line of a list is a comment, whatever an id begins with.
    let mut records = Records::new(text, dialect);
    let mut lines = Vec::new();
    loop {
        let number = records.line();
        let (found, number) = match records.read() {
            Ok(None) => return lines,
            Ok(Some(found)) => (found, records.line()),
            // Nothing can be read behind a line of that length.
            Err(_) => {
                lines.push(Line { number: number + 1, cells: Vec::new(), is_open: true });
                return lines;
            }
        };
        let cells = (0..records.width()).map(|at| plain(records.cell(at)).to_owned()).collect();
        let is_first_blank = lines.is_empty() && found == Found::Blank;
        if !is_first_blank {
            let is_open = matches!(found, Found::OpenQuote { .. });
            lines.push(Line { number, cells, is_open });
        }
    }
}

/// What stands for all cells.
fn digest_of(lines: &[Line]) -> String {
    let mut digest = blake3::Hasher::new();
    for line in lines {
        for cell in &line.cells {
            digest.update(cell.as_bytes()).update(b"\x1f");
        }
        digest.update(b"\n");
    }
    digest.finalize().to_hex().as_str().to_owned()
}

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| starts_formula(rest)).unwrap_or(cell)
}

/// Where the headings of a list stand in its first line.
fn places(header: &Line) -> BTreeMap<&'static str, usize> {
    let place = |heading: &'static str| {
        let at = header.cells.iter().position(|cell| cell.eq_ignore_ascii_case(heading))?;
        Some((heading, at))
    };
    ANSWER_COLUMNS.into_iter().filter_map(place).collect()
}

/// What the columns mean, and how many of their cells are filled.
fn columns(header: &Line, rows: &[Line]) -> Vec<SourceColumn> {
    let column = |(at, name): (usize, &String)| {
        let read = READ.into_iter().find(|(heading, _)| name.eq_ignore_ascii_case(heading));
        let is_filled = |row: &&Line| row.cells.get(at).is_some_and(|cell| !cell.is_empty());
        let is_asked = ANSWER_COLUMNS.iter().any(|heading| name.eq_ignore_ascii_case(heading));
        let reason = match read {
            Some((_, "")) => "whether it is a credential or a service",
            Some((_, meaning)) => meaning,
            None if is_asked => "not read: it says what was known when the list was written",
            None => "not read: no question of the list",
        };
        SourceColumn {
            name: masked(name).into_owned(),
            meaning: read.map(|(_, meaning)| meaning).filter(|meaning| !meaning.is_empty()),
            reason: reason.to_owned(),
            filled: rows.iter().filter(is_filled).count() as u64,
        }
    };
    header.cells.iter().enumerate().map(column).collect()
}

/// Why a row is refused.
struct Refusal {
    column: &'static str,
    kind: ProblemKind,
    message: String,
}

impl Refusal {
    fn new(column: &'static str, kind: ProblemKind, message: impl Into<String>) -> Self {
        Self { column, kind, message: message.into() }
    }
}

/// A list that is being read.
#[derive(Default)]
struct Reading {
    places: BTreeMap<&'static str, usize>,
    width: usize,
    /// Whether dates begin with the day or the month.
    order: DayOrder,
    read: OwnerAnswers,
}

impl Reading {
    fn cell<'a>(&self, row: &'a Line, heading: &str) -> &'a str {
        let cell = self.places.get(heading).and_then(|&at| row.cells.get(at));
        cell.map_or("", String::as_str)
    }

    /// What the dates of all answers together show; undecided where they contradict each other.
    fn order_of(&self, rows: &[Line]) -> DayOrder {
        let dates = rows
            .iter()
            .flat_map(|row| ["rotated_on", "expires_on"].map(|heading| self.cell(row, heading)));
        let mut shown = dates.map(dates::order_of).filter(|order| *order != DayOrder::Undecided);
        let first = shown.next().unwrap_or_default();
        if shown.all(|order| order == first) { first } else { DayOrder::Undecided }
    }

    fn row(&mut self, row: &Line) {
        let is_blank = row.cells.iter().all(String::is_empty);
        if is_blank && !row.is_open {
            self.read.unanswered += 1;
            return;
        }
        match self.answer(row) {
            Ok(Some(answer)) => self.read.answers.push(answer),
            Ok(None) => self.read.unanswered += 1,
            Err(Refusal { column, kind, message }) => {
                let (line, column) = (row.number, column.to_owned());
                self.read.refused.push(RefusedAnswer { line, column, kind, message });
            }
        }
    }

    /// What a row answers; `None` where it leaves all questions open.
    fn answer(&mut self, row: &Line) -> Result<Option<OwnerAnswer>, Refusal> {
        self.check_shape(row)?;
        self.check_owner(row)?;
        let needed = self.needed(row)?;
        let rotated = self.date(row, "rotated_on")?;
        let expires = self.date(row, "expires_on")?;
        let thing = self.thing(row)?;
        if (needed, rotated, expires) == (None, None, None) {
            return Ok(None);
        }
        if let (AnsweredThing::Service(..), Some(_), _) | (AnsweredThing::Service(..), _, Some(_)) =
            (&thing, rotated, expires)
        {
            let column = if rotated.is_some() { "rotated_on" } else { "expires_on" };
            let message = "a service has no such date; leave the cell blank, and give it for the \
                           credentials of the service";
            return Err(Refusal::new(column, ProblemKind::UnclearDate, message));
        }
        Ok(Some(OwnerAnswer { line: row.number, thing, needed, rotated, expires }))
    }

    fn check_shape(&self, row: &Line) -> Result<(), Refusal> {
        if row.is_open {
            let message = "a quotation mark opens here and none closes; close it";
            return Err(Refusal::new("", ProblemKind::OpenQuote, message));
        }
        let (cells, width) = (row.cells.len(), self.width);
        let kind = match cells.cmp(&width) {
            std::cmp::Ordering::Equal => return Ok(()),
            std::cmp::Ordering::Less => ProblemKind::TooFewCells,
            std::cmp::Ordering::Greater => ProblemKind::TooManyCells,
        };
        let message = format!(
            "the row has {cells} cells and the header {width}, so that nobody knows which is which; \
             give it one cell for each column"
        );
        Err(Refusal::new("", kind, message))
    }

    /// A list is that of one owner, whom its first row names.
    fn check_owner(&mut self, row: &Line) -> Result<(), Refusal> {
        let owner = self.cell(row, "owner");
        if owner.is_empty() {
            let message = "the row names no owner; copy the owner from the other rows";
            return Err(Refusal::new("owner", ProblemKind::NothingNamed, message));
        }
        if self.read.owner.is_empty() {
            owner.clone_into(&mut self.read.owner);
        }
        if owner == self.read.owner {
            return Ok(());
        }
        let (own, other) = (masked(&self.read.owner), masked(owner));
        let message = format!(
            "the row is of {other}, and the list that of {own}; put it into a file of its own"
        );
        Err(Refusal::new("owner", ProblemKind::RefusedAnswer, message))
    }

    fn thing(&self, row: &Line) -> Result<AnsweredThing, Refusal> {
        let (kind, id) = (self.cell(row, "kind"), self.cell(row, "id"));
        if id.is_empty() {
            let message = "the row names nothing; write the id of the list as it was";
            return Err(Refusal::new("id", ProblemKind::NothingNamed, message));
        }
        if kind.eq_ignore_ascii_case(CREDENTIAL_KIND) {
            return Ok(AnsweredThing::Credential(id.to_owned()));
        }
        if kind.eq_ignore_ascii_case(SERVICE_KIND) {
            let environment = self.cell(row, "environment");
            return Ok(AnsweredThing::Service(id.to_owned(), environment.to_owned()));
        }
        let found = if kind.is_empty() { "nothing".to_owned() } else { words::shown(kind) };
        let message = format!("found {found}; write {CREDENTIAL_KIND} or {SERVICE_KIND}");
        Err(Refusal::new("kind", ProblemKind::UnknownWord, message))
    }

    fn needed(&self, row: &Line) -> Result<Option<bool>, Refusal> {
        let cell = self.cell(row, "still_needed");
        match words::yes_or_no(cell) {
            Flag::Yes => Ok(Some(true)),
            Flag::No => Ok(Some(false)),
            Flag::Unstated if cell.is_empty() => Ok(None),
            Flag::Unstated => {
                let message = format!("found {}; write yes or no", words::shown(cell));
                Err(Refusal::new("still_needed", ProblemKind::UnknownWord, message))
            }
        }
    }

    fn date(&self, row: &Line, column: &'static str) -> Result<Option<Date>, Refusal> {
        let cell = self.cell(row, column);
        if cell.is_empty() {
            return Ok(None);
        }
        let message = match dates::read(cell, self.order) {
            DateCell::On(date) => return Ok(Some(date)),
            DateCell::Unclear => {
                "the dates of this list can be read with the day or the month first, and nothing \
                 shows which; write them as 2026-03-01"
            }
            DateCell::Never => "this stands for no day; leave the cell blank where there is none",
            DateCell::Impossible => "there is no such day; correct it",
            DateCell::Bad => "this is not a date; write it as 2026-03-01, or leave the cell blank",
        };
        Err(Refusal::new(column, ProblemKind::UnclearDate, message))
    }
}

#[cfg(test)]
mod tests;
