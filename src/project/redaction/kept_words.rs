//! The words of a type, a storage place or a tag that answers rest on: they stay, the rest goes.

use std::collections::BTreeSet;

use crate::analysis::{judged_parts, judged_words};
use crate::graph::Role;

/// Words that say what sort of thing something is, and of whom nothing.
const PLAIN: [&str; 40] = [
    "access",
    "account",
    "admin",
    "application",
    "basic",
    "client",
    "connection",
    "credential",
    "data",
    "deploy",
    "external",
    "internal",
    "key",
    "login",
    "oauth",
    "password",
    "passphrase",
    "pat",
    "personal",
    "private",
    "public",
    "queue",
    "read",
    "root",
    "rsa",
    "saml",
    "secret",
    "security",
    "signing",
    "ssh",
    "ssl",
    "string",
    "system",
    "table",
    "tls",
    "user",
    "username",
    "webhook",
    "write",
    "x509",
];

/// The phrases that stay.
pub(crate) struct KeptWords {
    phrases: BTreeSet<Vec<String>>,
    longest: usize,
}

/// What of a text stays.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It consists of such phrases alone.
    Whole,
    /// These phrases of it, in the order of the text.
    Phrases(Vec<String>),
}

impl KeptWords {
    /// The words that answers are judged by, and `places`: what the default policy has for storage in
    /// plain sight.
    pub(crate) fn new(places: &[String]) -> Self {
        let own = Role::words().chain(judged_words()).chain(PLAIN).map(str::to_owned);
        let phrases: BTreeSet<Vec<String>> =
            own.chain(places.iter().cloned()).map(|phrase| words(&phrase)).collect();
        let longest = phrases.iter().map(Vec::len).max().unwrap_or(0);
        Self { phrases, longest }
    }

    /// What of a text stays.
    pub(crate) fn of(&self, text: &str) -> Kept {
        let words = words(text);
        let (mut kept, mut at, mut is_whole) = (Vec::new(), 0, true);
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let longest = (1..=self.longest.min(rest.len())).rev();
            let found = longest.filter_map(|count| rest.get(..count)).find(|words| self.has(words));
            match found {
                Some(phrase) => kept.push(phrase.join(" ")),
                None => is_whole = false,
            }
            at += found.map_or(1, <[String]>::len);
        }
        if is_whole && !kept.is_empty() {
            return Kept::Whole;
        }
        let spaced = text.to_lowercase().replace(['-', '_'], " ");
        let within = judged_parts().filter(|part| spaced.contains(part));
        for part in within.collect::<Vec<_>>() {
            if !kept.iter().any(|phrase| phrase.contains(part)) {
                kept.push(part.to_owned());
            }
        }
        Kept::Phrases(kept)
    }

    /// Whether words are one of the phrases, in the singular or the plural.
    fn has(&self, words: &[String]) -> bool {
        self.phrases.contains(words) || {
            let mut singular = words.to_vec();
            let last = singular.last_mut();
            let without = last.and_then(|last| last.pop().filter(|letter| *letter == 's'));
            without.is_some() && self.phrases.contains(&singular)
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::words::{COLOURS, NOUNS};
    use super::*;

    fn kept(text: &str) -> Kept {
        KeptWords::new(&["wiki".to_owned(), "env file".to_owned()]).of(text)
    }

    #[test]
    fn plain_types_stay_and_of_others_what_is_judged() {
        for whole in ["API key", "api_keys", "Database", "env-file", "SSH private key", "CI/CD"] {
            assert_eq!(kept(whole), Kept::Whole, "{whole}");
        }
        let phrases = |list: &[&str]| Kept::Phrases(list.iter().map(ToString::to_string).collect());
        assert_eq!(kept("ACME vault, wiki page 7"), phrases(&["vault", "wiki"]));
        assert_eq!(kept("AcmeTokens"), phrases(&["token"]), "judged within words");
        assert_eq!(kept("Zorro"), phrases(&[]));
        assert_eq!(kept(" – "), phrases(&[]));
    }

    #[test]
    fn no_pseudonym_holds_a_word_that_is_judged() {
        let defaults = crate::inventory::Assumptions::new(jiff::civil::date(2026, 1, 1));
        let words = KeptWords::new(&defaults.plain_sight);
        for word in NOUNS.into_iter().chain(COLOURS) {
            assert_eq!(words.of(word), Kept::Phrases(Vec::new()), "{word}");
        }
    }
}
