//! A column of a table, and a cell in it.

use crate::analysis::{Severity, Subject};
use crate::app::model::answer_sort::AnswerSort;
use crate::app::work::sort::Sort;
use crate::inventory::{grouped, live_and_dead};

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words: where there is no room, they are shortened.
    Words,
    /// Words of which the end says most: they are not shortened before all others are.
    Places,
    /// Figures: they stand at the right, and are never shortened.
    Figures,
}

/// What a click on a heading sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SortBy {
    Rows(Sort),
    Answers(AnswerSort),
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) heading: &'static str,
    pub(crate) kind: Kind,
    pub(crate) sort: Option<SortBy>,
}

/// Columns of a table that is sorted by itself.
pub(crate) const fn rows(heading: &'static str, kind: Kind, sort: Sort) -> Column {
    Column { heading, kind, sort: Some(SortBy::Rows(sort)) }
}

/// Columns of a table of answers.
pub(crate) const fn answers(heading: &'static str, kind: Kind, sort: AnswerSort) -> Column {
    Column { heading, kind, sort: Some(SortBy::Answers(sort)) }
}

/// A column that nothing sorts by.
pub(crate) const fn plain(heading: &'static str, kind: Kind) -> Column {
    Column { heading, kind, sort: None }
}

/// How a cell stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Text,
    Second,
    Muted,
    Fixed,
    Severity(Option<Severity>),
}

/// A cell in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// As it is shown, with nothing in it that hides.
    pub(crate) text: String,
    /// As it is copied where that differs: figures without marks between the thousands.
    pub(crate) plain: Option<String>,
    pub(crate) tone: Tone,
    /// Whose sign stands before it.
    pub(crate) sign: Option<Subject>,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), plain: None, tone, sign: None }
    }

    pub(crate) fn second(text: impl Into<String>) -> Self {
        Self::new(text, Tone::Second)
    }

    pub(crate) fn subject(text: String, subject: Subject) -> Self {
        Self { sign: Some(subject), ..Self::new(text, Tone::Text) }
    }

    pub(crate) fn severity(severity: Option<Severity>) -> Self {
        Self::new(severity.map_or("", Severity::word), Tone::Severity(severity))
    }

    pub(crate) fn figure(number: u64) -> Self {
        Self { plain: Some(number.to_string()), ..Self::second(grouped(number)) }
    }

    /// A figure with its whole: "14 of 80".
    pub(crate) fn of(number: u64, whole: u64) -> Self {
        let text = format!("{} of {}", grouped(number), grouped(whole));
        Self { plain: Some(format!("{number} of {whole}")), ..Self::second(text) }
    }

    /// A figure, and how much of it rests on stated access alone.
    pub(crate) fn stated(all: u32, stated: u32) -> Self {
        if all == stated {
            return Self::figure(u64::from(all));
        }
        let text = format!("{}, {} stated", grouped(u64::from(all)), grouped(u64::from(stated)));
        Self { plain: Some(format!("{all}, {stated} stated")), ..Self::second(text) }
    }

    /// A number of credentials, the dead ones apart.
    pub(crate) fn live_and_dead(whole: usize, dead: usize) -> Self {
        if dead == 0 {
            return Self::figure(whole as u64);
        }
        let plain = format!("{} live, {dead} dead", whole.saturating_sub(dead));
        Self { plain: Some(plain), ..Self::second(live_and_dead(whole, dead)) }
    }

    pub(crate) fn in_tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// As it is copied.
    pub(crate) fn copied(&self) -> &str {
        self.plain.as_deref().unwrap_or(&self.text)
    }
}
