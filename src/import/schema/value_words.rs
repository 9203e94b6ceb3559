//! Words of cells that a column mapping or the user explains: “nutzt” means holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::import::vocabulary::words;

/// What words in the cells of some columns mean, in place of what the program knows of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueWords {
    /// Words of access: each means `holds`, `grants` or `both`, or another known word for these.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub access: BTreeMap<String, String>,
    /// Words for the level of access: each means `read`, `write` or `admin`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub level: BTreeMap<String, String>,
    /// Words for the state of a credential: each means `active`, `revoked` and the like.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub status: BTreeMap<String, String>,
    /// Environments: each is another label.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub environment: BTreeMap<String, String>,
}

/// What sort of word a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordKind {
    /// What a service is to a credential.
    Access,
    /// The level of access.
    Level,
    /// The state of a credential.
    Status,
    /// An environment.
    Environment,
}

impl WordKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Access, Self::Level, Self::Status, Self::Environment];

    /// The key of a mapping file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Level => "level",
            Self::Status => "status",
            Self::Environment => "environment",
        }
    }

    /// What may be chosen for a word of this kind; environments may have any label.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Access => &["holds", "grants", "both"],
            Self::Level => &["read", "write", "admin"],
            Self::Status => &["active", "disabled", "revoked", "expired"],
            Self::Environment => &["dev", "test", "staging", "prod"],
        }
    }

    fn allows(self, word: &str) -> bool {
        match self {
            Self::Access => words::access(word).is_some(),
            Self::Level => words::level(word).is_some(),
            Self::Status => words::status(word).is_some(),
            Self::Environment => !words::is_unknown(word),
        }
    }
}

impl ValueWords {
    /// Whether no word is explained.
    pub fn is_empty(&self) -> bool {
        WordKind::ALL.into_iter().all(|kind| self.of(kind).is_empty())
    }

    /// The words of a kind.
    pub fn of(&self, kind: WordKind) -> &BTreeMap<String, String> {
        match kind {
            WordKind::Access => &self.access,
            WordKind::Level => &self.level,
            WordKind::Status => &self.status,
            WordKind::Environment => &self.environment,
        }
    }

    /// The words of a kind, to be added to.
    pub fn of_mut(&mut self, kind: WordKind) -> &mut BTreeMap<String, String> {
        match kind {
            WordKind::Access => &mut self.access,
            WordKind::Level => &mut self.level,
            WordKind::Status => &mut self.status,
            WordKind::Environment => &mut self.environment,
        }
    }

    /// The word that a cell means, or the cell itself; case does not count.
    pub(crate) fn meant<'a>(&'a self, kind: WordKind, cell: &'a str) -> &'a str {
        let words = self.of(kind);
        if words.is_empty() {
            return cell;
        }
        let lower = cell.trim().to_lowercase();
        let found = words.iter().find(|(word, _)| word.trim().to_lowercase() == lower);
        found.map_or(cell, |(_, meant)| meant.as_str())
    }

    /// These, and those of another one that these do not explain.
    pub(crate) fn over(&self, other: &Self) -> Self {
        let mut all = other.clone();
        for kind in WordKind::ALL {
            let own = self.of(kind).iter();
            all.of_mut(kind).extend(own.map(|(word, meant)| (word.clone(), meant.clone())));
        }
        all
    }

    /// The first meaning that is not known, with its word and kind.
    pub(crate) fn problem(&self) -> Option<(WordKind, &str, &str)> {
        WordKind::ALL.into_iter().find_map(|kind| {
            let mut all = self.of(kind).iter();
            let (word, meant) = all.find(|(_, meant)| !kind.allows(meant))?;
            Some((kind, word.as_str(), meant.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_explained_whatever_its_case_and_others_stay() {
        let mut words = ValueWords::default();
        words.access.insert("Nutzt".to_owned(), "holds".to_owned());
        assert_eq!(words.meant(WordKind::Access, " NUTZT"), "holds");
        assert_eq!(words.meant(WordKind::Access, "grants"), "grants");
        assert_eq!(words.meant(WordKind::Status, "nutzt"), "nutzt");
        assert_eq!(words.problem(), None);
        words.level.insert("viel".to_owned(), "a lot".to_owned());
        assert_eq!(words.problem(), Some((WordKind::Level, "viel", "a lot")));
        let mut other = ValueWords::default();
        other.access.insert("Nutzt".to_owned(), "grants".to_owned());
        other.access.insert("öffnet".to_owned(), "grants".to_owned());
        let both = words.over(&other);
        assert_eq!(both.meant(WordKind::Access, "nutzt"), "holds");
        assert_eq!(both.meant(WordKind::Access, "öffnet"), "grants");
    }
}
