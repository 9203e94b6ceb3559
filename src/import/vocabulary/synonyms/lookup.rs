//! Looks up what the name of a column means.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::heading::normalised;
use super::meaning::Meaning;
use super::secret_headings::ends_as_secret;
use super::table::TABLE;

/// The rank of a name that is recognised by how it ends: after every name of the table.
const HEAD_WORD: usize = 1000;
/// The most bytes of a column's name. Longer texts are sentences of a preamble, or values.
const LONGEST_NAME: usize = 80;

/// The known names of columns. Within one meaning the earlier name of the table is better.
pub(crate) struct Synonyms(BTreeMap<&'static str, (Meaning, usize)>);

impl Synonyms {
    pub(crate) fn new() -> Self {
        let mut all = BTreeMap::new();
        for (meaning, words) in &TABLE {
            for (rank, word) in words.iter().enumerate() {
                all.entry(*word).or_insert((*meaning, rank));
            }
        }
        Self(all)
    }

    /// Whether a text is a known name as a whole, and not by its last word alone.
    pub(crate) fn knows_whole(&self, name: &str) -> bool {
        self.meaning(name).is_some_and(|(_, rank)| rank < HEAD_WORD)
    }

    /// Whether a text is taken for the name of a secret by its last word alone.
    pub(crate) fn knows_last_word(&self, name: &str) -> bool {
        self.meaning(name).is_some_and(|(_, rank)| rank >= HEAD_WORD)
    }

    /// The meaning of a column and how well its name fits: 0 is best.
    pub(crate) fn meaning(&self, name: &str) -> Option<(Meaning, usize)> {
        let quoted = name.starts_with(['"', '\'']) || name.ends_with(['"', '\'']);
        if quoted || name.len() > LONGEST_NAME {
            return None;
        }
        let words = Zeroizing::new(normalised(name));
        let exact = self.0.get(words.as_str()).copied();
        exact.or_else(|| ends_as_secret(&words).then_some((Meaning::Value, HEAD_WORD)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_meanings_claim_one_name() {
        let count: usize = TABLE.iter().map(|(_, words)| words.len()).sum();
        assert_eq!(Synonyms::new().0.len(), count);
        for (place, (meaning, words)) in TABLE.iter().enumerate() {
            assert_eq!(*meaning as usize, place);
            for word in *words {
                assert_eq!(&normalised(word), word);
            }
        }
    }

    #[test]
    fn columns_of_secrets_are_known_by_their_last_word() {
        let synonyms = Synonyms::new();
        for name in [
            "db_password",
            "Passwort",
            "Kennwort",
            "DB-Kennwort",
            "auth_token",
            "Bearer Token",
            "AWS_SECRET_ACCESS_KEY",
            "client_secret_value",
            "current_password",
            "encryption key",
            "Signing Secret",
            "bind password",
            "Password/Secret",
            "PW",
            "account key",
            "password 1",
            "Root Password (plain)",
            "storageAccountKey",
            "SSH key",
            "Datenbankpasswort",
        ] {
            assert_eq!(synonyms.meaning(name).map(|found| found.0), Some(Meaning::Value), "{name}");
        }
        for name in [
            "password last set",
            "token type",
            "has_password",
            "Owner of Secret",
            "secret name",
            "issue key",
            "primary key",
            "key",
            "password age",
            "tokens",
            "is secret",
        ] {
            assert_ne!(synonyms.meaning(name).map(|found| found.0), Some(Meaning::Value), "{name}");
        }
    }

    #[test]
    fn line_numbers_offsets_and_variables_are_no_ids() {
        for name in
            ["line", "LineStart", "offset", "env_var", "environment variable", "row", "start_line"]
        {
            let meaning = Synonyms::new().meaning(name).map(|(meaning, _)| meaning);
            assert!(!matches!(meaning, Some(Meaning::Id | Meaning::Label)), "{name}");
        }
    }
}
