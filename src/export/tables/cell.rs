//! One cell of a row, with its type: a workbook and JSON keep figures apart from text.

use std::borrow::Cow;
use std::io;

use serde::{Serialize, Serializer};

use crate::graph::{AccessGraph, OwnerIndex};
use crate::inventory::Date;

/// One cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    /// Nothing is known, or nothing applies.
    Empty,
    /// Words; an empty text is known to be empty.
    Text(Cow<'a, str>),
    /// A figure.
    Number(u64),
    /// Yes or no.
    Flag(bool),
    /// Several words, in order.
    Words(Vec<Cow<'a, str>>),
}

/// What takes the rows of a table one after another.
pub(super) type TakeRow<'r> = dyn FnMut(&[Cell<'_>]) -> io::Result<()> + 'r;

impl Cell<'_> {
    /// The cell as words, for a form that has no lists and no types.
    pub(super) fn words(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(true) => Cow::Borrowed("yes"),
            Self::Flag(false) => Cow::Borrowed("no"),
            Self::Words(words) => Cow::Owned(words.join("; ")),
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Words(words) => serializer.collect_seq(words),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Cell<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<Date> for Cell<'_> {
    fn from(day: Date) -> Self {
        Self::Text(Cow::Owned(day.to_string()))
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell<'_> {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Empty, Into::into)
    }
}

/// The names of owners.
pub(super) fn owners<'a>(graph: &'a AccessGraph, owners: &[OwnerIndex]) -> Cell<'a> {
    Cell::Words(owners.iter().map(|&owner| Cow::Borrowed(graph.owner_name(owner))).collect())
}
