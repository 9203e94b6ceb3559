//! The kinds of names that can be hidden, each for itself.

use std::str::FromStr;

/// A kind of name that can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RedactedKind {
    /// The names of services.
    Services,
    /// Ids and readable names of credentials, and the accounts whose they are.
    Credentials,
    /// The names of owners.
    Owners,
    /// The canonical labels of environments, all of them.
    Environments,
    /// Those that the standard table does not have: of one's own.
    OwnEnvironments,
    /// The names of files.
    Files,
    /// All other text: types, storage places, tags, headings, what problems quote, and rows.
    Text,
}

impl RedactedKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Services,
        Self::Credentials,
        Self::Owners,
        Self::OwnEnvironments,
        Self::Environments,
        Self::Files,
        Self::Text,
    ];

    /// What it is called in the window.
    pub fn words(self) -> &'static str {
        match self {
            Self::Text => "free text",
            Self::OwnEnvironments => "environments with labels of your own",
            Self::Environments => "all environments",
            other => other.word(),
        }
    }

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Credentials => "credentials",
            Self::Owners => "owners",
            Self::Environments => "environments",
            Self::OwnEnvironments => "own-environments",
            Self::Files => "files",
            Self::Text => "text",
        }
    }
}

impl FromStr for RedactedKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|kind| kind.word() == word.trim());
        found.ok_or_else(|| {
            let all: Vec<&str> = Self::ALL.into_iter().map(Self::word).collect();
            format!("“{word}” is none of {}", all.join(", "))
        })
    }
}

/// Which kinds of names are hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedactedKinds(u8);

/// All but the standard labels of environments, which name nobody.
impl Default for RedactedKinds {
    fn default() -> Self {
        let but_environments = |kind: &RedactedKind| *kind != RedactedKind::Environments;
        Self::of(RedactedKind::ALL.into_iter().filter(but_environments))
    }
}

impl RedactedKinds {
    /// These kinds.
    pub fn of(kinds: impl IntoIterator<Item = RedactedKind>) -> Self {
        Self(kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u8))
    }

    /// Whether a kind is hidden.
    pub fn has(self, kind: RedactedKind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }

    /// The kinds that are hidden.
    pub fn listed(self) -> Vec<RedactedKind> {
        RedactedKind::ALL.into_iter().filter(|kind| self.has(*kind)).collect()
    }

    /// The same with a kind hidden, or shown.
    #[must_use]
    pub fn with(self, kind: RedactedKind, hidden: bool) -> Self {
        let bit = 1 << kind as u8;
        Self(if hidden { self.0 | bit } else { self.0 & !bit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_default_standard_environments_alone_stay() {
        let words: Vec<_> =
            RedactedKinds::default().listed().into_iter().map(RedactedKind::word).collect();
        let all_but_environments =
            ["services", "credentials", "owners", "own-environments", "files", "text"];
        assert_eq!(words, all_but_environments);
        assert_eq!("environments".parse(), Ok(RedactedKind::Environments));
        let error = "everything".parse::<RedactedKind>().unwrap_err();
        assert!(error.contains("services, credentials"), "{error}");
        let all = RedactedKinds::default().with(RedactedKind::Environments, true);
        assert_eq!(all.listed(), RedactedKind::ALL);
        assert!(!all.with(RedactedKind::Files, false).has(RedactedKind::Files));
    }
}
