//! What was decided on things, or left for later: one line of text each.

use serde::{Deserialize, Serialize};

use crate::project::subject_name::{CredentialName, SubjectName};

/// What a note of a workshop says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkshopNoteKind {
    /// Who answers for something from now on.
    Owner,
    /// What is done next.
    NextStep,
    /// What is talked about another time.
    Parked,
}

impl WorkshopNoteKind {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Owner, Self::NextStep, Self::Parked];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::NextStep => "next step",
            Self::Parked => "parked",
        }
    }
}

/// A note of a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkshopNote {
    /// What sort of note it is.
    pub kind: WorkshopNoteKind,
    /// What it is about; nothing where it is about all.
    pub about: Vec<SubjectName>,
    /// What was said.
    pub text: String,
}

/// Names of which the end could not be seen among others are put in quotes.
pub(super) fn set_off(name: String) -> String {
    let is_clear = !name.contains([',', ':', ';', '“', '”']);
    if is_clear { name } else { format!("“{name}”") }
}

impl WorkshopNote {
    /// What it is about, in words.
    pub fn about_words(&self) -> String {
        let names: Vec<String> = self.about.iter().map(|own| set_off(own.words())).collect();
        names.join(", ")
    }

    /// As people read it: "k, owner: Ann".
    pub fn words(&self) -> String {
        match self.about.as_slice() {
            [] => format!("{}: {}", self.kind.word(), self.text),
            _ => format!("{}, {}: {}", self.about_words(), self.kind.word(), self.text),
        }
    }

    /// The same with the names that a newer inventory has for its credentials.
    #[must_use]
    pub(super) fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        let about = self.about.iter().map(|name| name.renamed(&newer)).collect();
        Self { about, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_which_the_end_could_not_be_seen_are_set_off() {
        let credential = |id: &str| SubjectName::Credential(CredentialName::Known(id.to_owned()));
        let about = vec![credential("a, b"), credential("c"), credential("d: e")];
        let text = "split it".to_owned();
        let note = WorkshopNote { kind: WorkshopNoteKind::NextStep, about, text };
        assert_eq!(note.words(), "“a, b”, c, “d: e”, next step: split it");
    }
}
