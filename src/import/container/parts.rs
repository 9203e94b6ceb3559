//! The parts of a file that can be read or left out: the members of an archive, the worksheets of a
//! workbook, the arrays of a JSON object.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::import::error::ImportError;
use crate::import::secrets::secret_detection;
use crate::inventory::{NotRead, UnreadKind, shown};

/// How many names are listed where none of them was chosen.
const MOST_LISTED: usize = 5;

/// What a part of a file is that can be read or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A member of an archive.
    Member,
    /// A worksheet of a workbook.
    Worksheet,
    /// An array of objects within a JSON object.
    Array,
}

impl PartKind {
    /// The same among what was not read.
    pub fn unread(self) -> UnreadKind {
        match self {
            Self::Member => UnreadKind::Member,
            Self::Worksheet => UnreadKind::Worksheet,
            Self::Array => UnreadKind::Array,
        }
    }
}

/// A part of a file, read or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePart {
    /// What it is.
    pub kind: PartKind,
    /// Its name as the file has it; of an array, the names of the members around it before its own.
    pub name: String,
    /// Whether the file hides it.
    pub is_hidden: bool,
    /// Whether it is read.
    pub is_read: bool,
    /// How large it is, in the unit of its kind; of a worksheet or an array that is read, its rows.
    pub size: u64,
}

impl FilePart {
    /// Its name for people: without secrets, and safe to show.
    pub fn name_for_people(&self) -> String {
        shown(&secret_detection::masked(&self.name)).into_owned()
    }

    /// The part as one that is not read, for people.
    pub(crate) fn not_read(&self, reason: &str) -> NotRead {
        let (name, reason) = (self.name_for_people(), reason.to_owned());
        NotRead { kind: self.kind.unread(), name, reason, size: self.size }
    }
}

/// Which parts of one kind the user wants.
#[derive(Clone, Copy)]
pub(crate) struct WantedParts<'a> {
    /// The only ones; empty where nothing was said of it.
    pub(crate) only: &'a [String],
    /// Those to leave out.
    pub(crate) left_out: &'a BTreeSet<String>,
    /// Those that were taken in or left out of this file one by one; this prevails.
    pub(crate) chosen: Option<&'a BTreeMap<String, bool>>,
}

/// What was decided on a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It is read.
    Taken,
    /// It was left out by name.
    LeftOut,
    /// Others of its kind were chosen.
    NotChosen,
}

impl Decision {
    pub(crate) fn is_taken(self) -> bool {
        self == Self::Taken
    }

    /// Why the part is not read.
    pub(crate) fn reason(self, kind: PartKind) -> &'static str {
        match (self, kind) {
            (Self::LeftOut | Self::Taken, _) => "it was left out",
            (Self::NotChosen, PartKind::Member) => "another member was chosen",
            (Self::NotChosen, PartKind::Worksheet) => "another worksheet was chosen",
            (Self::NotChosen, PartKind::Array) => "another array was chosen",
        }
    }
}

impl<'a> WantedParts<'a> {
    /// Nothing is decided.
    pub(crate) const OPEN: WantedParts<'static> =
        WantedParts { only: &[], left_out: &BTreeSet::new(), chosen: None };

    /// What was decided on a part; nothing where it is to be found out.
    pub(crate) fn decision(self, name: &str) -> Option<Decision> {
        if let Some(is_taken) = self.chosen.and_then(|chosen| chosen.get(name)) {
            return Some(if *is_taken { Decision::Taken } else { Decision::LeftOut });
        }
        if self.left_out.contains(name) {
            return Some(Decision::LeftOut);
        }
        let is_chosen = || self.only.iter().any(|only| only == name);
        (!self.only.is_empty())
            .then(|| if is_chosen() { Decision::Taken } else { Decision::NotChosen })
    }

    /// The names of those that were taken in.
    pub(crate) fn taken(self) -> impl Iterator<Item = &'a str> {
        let chosen = self
            .chosen
            .into_iter()
            .flatten()
            .filter(|(_, is_taken)| **is_taken)
            .map(|(name, _)| name);
        let only = self
            .only
            .iter()
            .filter(move |name| self.decision(name).is_some_and(Decision::is_taken));
        chosen.chain(only).map(String::as_str)
    }
}

/// The error of a file of which every part was left out.
pub(crate) fn nothing_chosen(file: &str, parts: &[FilePart]) -> ImportError {
    ImportError::NothingChosen {
        file: file.to_owned(),
        parts: listed(parts.iter().map(|part| part.name.as_str())),
    }
}

/// The first of some names, for people.
pub(crate) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names = names.map(|name| format!("“{}”", shown(&secret_detection::masked(name))));
    let mut first: Vec<String> = names.by_ref().take(MOST_LISTED).collect();
    if names.next().is_some() {
        first.push("…".to_owned());
    }
    first.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_for_the_file_prevails_over_what_holds_for_all() {
        let (only, left_out) = (["a".to_owned(), "b".to_owned()], BTreeSet::from(["b".to_owned()]));
        let chosen = BTreeMap::from([("a".to_owned(), false), ("c".to_owned(), true)]);
        let wanted = WantedParts { only: &only, left_out: &left_out, chosen: Some(&chosen) };
        assert_eq!(
            ["a", "b", "c", "d"].map(|name| wanted.decision(name)),
            [Decision::LeftOut, Decision::LeftOut, Decision::Taken, Decision::NotChosen].map(Some)
        );
        assert_eq!(wanted.taken().collect::<Vec<_>>(), ["c"]);
        assert_eq!(WantedParts::OPEN.decision("a"), None);
    }
}
