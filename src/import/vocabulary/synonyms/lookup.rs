//! Looks up what the name of a column means.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use zeroize::Zeroizing;

use crate::import::vocabulary::languages;

use super::date_headings::date_heading;
use super::heading::normalised;
use super::meaning::Meaning;
use super::path_headings::known_parts;
use super::secret_headings::ends_as_secret;
use super::table::TABLE;

/// The rank of a name whose words are written as one: after every name of the table.
const JOINED: usize = 400;
/// The rank of a date that is recognised by how it ends.
const DATE_WORD: usize = 500;
/// The rank of a name that is recognised by the last parts of its path.
const PATH: usize = 600;
/// The rank of a name that is recognised by how it ends: after every name of the table.
const HEAD_WORD: usize = 1000;
/// The most bytes of a column's name. Longer texts are sentences of a preamble, or values.
const LONGEST_NAME: usize = 80;

/// The known names of columns. Within one meaning the earlier name of the table is better.
pub(crate) struct Synonyms(&'static KnownNames);

/// The same for every import, so they are put together once.
static KNOWN_NAMES: LazyLock<KnownNames> = LazyLock::new(KnownNames::new);

struct KnownNames {
    names: BTreeMap<&'static str, (Meaning, usize)>,
    /// The names of several words without the spaces between them.
    joined: BTreeMap<String, (Meaning, usize)>,
}

impl KnownNames {
    fn new() -> Self {
        let mut all = BTreeMap::new();
        for (meaning, words) in &TABLE {
            for (rank, word) in words.iter().enumerate() {
                all.entry(*word).or_insert((*meaning, rank));
            }
        }
        let several = all.iter().filter(|(name, _)| name.contains(' '));
        let joined = several
            .map(|(name, (meaning, rank))| (name.replace(' ', ""), (*meaning, rank + JOINED)));
        Self { joined: joined.collect(), names: all }
    }
}

impl Synonyms {
    pub(crate) fn new() -> Self {
        Self(&KNOWN_NAMES)
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
        if quoted || name.len() > LONGEST_NAME || is_of_tags(name) {
            return None;
        }
        if let Some(found) = self.of_bracketed_end(name) {
            return Some(found);
        }
        let words = Zeroizing::new(normalised(name));
        let found = self.of_words(&words).or_else(|| self.of_path(name)).or_else(|| {
            let is_secret = ends_as_secret(&words) || languages::names_secrets(&words);
            is_secret.then_some((Meaning::Value, HEAD_WORD))
        });
        if !is_of_history(name) {
            return found;
        }
        // Former secrets are secrets still, and nothing else of them is said of the present one.
        found
            .filter(|(own, _)| matches!(own, Meaning::Value | Meaning::OtherSecret))
            .map(|(_, rank)| (Meaning::OtherSecret, rank))
    }

    /// The meaning of a name by all its words.
    fn of_words(&self, words: &str) -> Option<(Meaning, usize)> {
        let listed = |name: &str| self.0.names.get(name).copied();
        let translated = || listed(languages::english_heading(words)?);
        let joined = || self.0.joined.get(words).copied();
        let date = || {
            let joined = |name: &str| listed(name).or_else(|| self.0.joined.get(name).copied());
            let meaning = date_heading(words, |name| Some(joined(name)?.0))?;
            Some((meaning, DATE_WORD))
        };
        listed(words).or_else(translated).or_else(joined).or_else(date)
    }

    /// The meaning of a name whose brackets say of which end of a link it is: `Environment (source)`,
    /// `Umgebung (Ziel)`.
    fn of_bracketed_end(&self, name: &str) -> Option<(Meaning, usize)> {
        let (before, rest) = name.split_once(['(', '['])?;
        let within = rest.split([')', ']']).next()?;
        let (before, within) = (normalised(before), normalised(within));
        let both = [format!("{within} {before}"), format!("{before} {within}")];
        let found = both.iter().find_map(|words| self.of_words(words))?;
        let is_end = matches!(
            found.0,
            Meaning::Holder
                | Meaning::Target
                | Meaning::HolderEnvironment
                | Meaning::TargetEnvironment
        );
        is_end.then_some(found)
    }

    /// The meaning of a member within others by the last parts of its path.
    fn of_path(&self, name: &str) -> Option<(Meaning, usize)> {
        if !name.contains('.') {
            return None;
        }
        let parts = name.split('.').map(normalised).filter(|part| !part.is_empty());
        let parts = Zeroizing::new(parts.collect::<Vec<_>>());
        let known = Zeroizing::new(known_parts(&parts));
        let (meaning, rank) = known.iter().find_map(|words| self.of_words(words))?;
        Some((meaning, rank + PATH))
    }
}

/// Whether a member is about former secrets: `passwordHistory.lastUsedDate`.
fn is_of_history(name: &str) -> bool {
    let Some((path, _)) = name.rsplit_once('.') else { return false };
    path.split('.').any(|part| {
        matches!(
            normalised(part).as_str(),
            "history"
                | "password history"
                | "secret history"
                | "previous passwords"
                | "old passwords"
        )
    })
}

/// Whether a member is a half of a tag, a pair of any key and any value: `Tags.Value`.
fn is_of_tags(name: &str) -> bool {
    let Some((path, last)) = name.rsplit_once('.') else { return false };
    let is_half = ["key", "value", "name"].iter().any(|half| last.eq_ignore_ascii_case(half));
    let around = path.rsplit('.').next().unwrap_or(path);
    is_half
        && ["tags", "taglist", "tagset", "labels", "annotations"]
            .iter()
            .any(|known| around.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_meanings_claim_one_name() {
        let count: usize = TABLE.iter().map(|(_, words)| words.len()).sum();
        assert_eq!(Synonyms::new().0.names.len(), count);
        for (place, (meaning, words)) in TABLE.iter().enumerate() {
            assert_eq!(*meaning as usize, place);
            for word in *words {
                assert_eq!(&normalised(word), word);
            }
        }
    }

    #[test]
    fn words_of_other_languages_translate_listed_names_and_mean_what_they_mean_in_english() {
        let synonyms = Synonyms::new();
        for (left, word) in languages::all_words() {
            let Some(english) = left.strip_prefix("heading ") else { continue };
            let Some((meaning, _)) = synonyms.0.names.get(english) else { panic!("{english}") };
            for spelt in [word.to_owned(), word.to_uppercase(), languages::folded(word)] {
                let found = synonyms.meaning(&spelt).map(|(meaning, _)| meaning);
                assert_eq!(found, Some(*meaning), "{spelt} translates {english}");
            }
        }
    }

    #[test]
    fn brackets_say_of_which_end_a_column_is() {
        let synonyms = Synonyms::new();
        for (name, meaning) in [
            ("Environment (source)", Meaning::HolderEnvironment),
            ("environment [target]", Meaning::TargetEnvironment),
            ("Umgebung (Quelle)", Meaning::HolderEnvironment),
            ("Umgebung (Halter)", Meaning::HolderEnvironment),
            ("Umgebung (Ziel)", Meaning::TargetEnvironment),
            ("Service (from)", Meaning::Holder),
            ("Environnement (cible)", Meaning::TargetEnvironment),
            ("Ambiente (origen)", Meaning::HolderEnvironment),
            ("Ambiente (destino)", Meaning::TargetEnvironment),
            ("Omgeving (bron)", Meaning::HolderEnvironment),
            ("Expires (UTC)", Meaning::Expires),
            ("Environment (short)", Meaning::Environment),
        ] {
            assert_eq!(synonyms.meaning(name).map(|found| found.0), Some(meaning), "{name}");
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
    fn what_is_said_of_former_secrets_is_not_said_of_the_present_one() {
        let meaning = |name: &str| Synonyms::new().meaning(name).map(|(meaning, _)| meaning);
        assert_eq!(meaning("passwordHistory.lastUsedDate"), None);
        assert_eq!(meaning("history.created"), None);
        assert_eq!(meaning("passwordHistory.password"), Some(Meaning::OtherSecret));
        assert_eq!(meaning("login.lastUsedDate"), Some(Meaning::LastUsed));
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
