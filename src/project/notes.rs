//! Notes on findings, credentials, service instances, owners and paths: plain text under names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::project::finding_work::FindingName;
use crate::project::subject_name::{CredentialName, SubjectName};

/// What a note is on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteOn {
    /// A finding.
    Finding(FindingName),
    /// A credential, a service instance, an owner or a path.
    Subject(SubjectName),
}

impl NoteOn {
    /// As people read it.
    pub fn words(&self) -> String {
        match self {
            Self::Finding(name) => name.words(),
            Self::Subject(name) => name.words(),
        }
    }

    /// The name under which a newer inventory has it.
    #[must_use]
    fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        match self {
            Self::Finding(name) => Self::Finding(name.renamed(newer)),
            Self::Subject(name) => Self::Subject(name.renamed(newer)),
        }
    }
}

/// All notes, none of them empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes(BTreeMap<NoteOn, String>);

impl Notes {
    /// These notes; of two on one thing the last.
    pub fn of(notes: impl IntoIterator<Item = (NoteOn, String)>) -> Self {
        Self(notes.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect())
    }

    /// The note on something.
    pub fn on(&self, what: &NoteOn) -> Option<&str> {
        self.0.get(what).map(String::as_str)
    }

    /// Writes a note; an empty one takes it away.
    pub fn write(&mut self, on: NoteOn, text: &str) {
        if text.trim().is_empty() {
            self.0.remove(&on);
        } else {
            self.0.insert(on, text.to_owned());
        }
    }

    /// Every note, by what it is on.
    pub fn all(&self) -> impl ExactSizeIterator<Item = (&NoteOn, &str)> {
        self.0.iter().map(|(on, text)| (on, text.as_str()))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives credentials the names under which a newer inventory has them. Two notes that come to be on
    /// one thing become one, below each other.
    pub fn rename(&mut self, newer: impl Fn(&CredentialName) -> CredentialName) {
        let mut renamed: BTreeMap<NoteOn, String> = BTreeMap::new();
        for (on, text) in std::mem::take(&mut self.0) {
            let both = renamed.entry(on.renamed(&newer)).or_default();
            if !both.is_empty() {
                both.push('\n');
            }
            both.push_str(&text);
        }
        self.0 = renamed;
    }
}
