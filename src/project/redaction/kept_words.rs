//! The words of a type, a storage place or a tag that answers rest on: they stay, the rest goes.

use std::collections::BTreeSet;

use crate::analysis::{judged_parts, judged_words};
use crate::graph::Role;
use crate::inventory::Assumptions;

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

/// The words for storage in plain sight that everybody has.
pub(super) fn default_places() -> Vec<String> {
    Assumptions::new(jiff::civil::Date::ZERO).plain_sight
}

/// The phrases that stay.
pub(crate) struct KeptWords {
    phrases: BTreeSet<Vec<String>>,
    longest: usize,
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

    /// The phrases of a text that stay, in its order.
    pub(crate) fn of(&self, text: &str) -> Vec<String> {
        let words = words(text);
        let (mut kept, mut at): (Vec<String>, usize) = (Vec::new(), 0);
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let longest = (1..=self.longest.min(rest.len())).rev();
            let found = longest.filter_map(|count| rest.get(..count)).find(|words| self.has(words));
            kept.extend(found.map(|phrase| phrase.join(" ")));
            at += found.map_or(1, <[String]>::len);
        }
        let spaced = text.to_lowercase().replace(['-', '_'], " ");
        for part in judged_parts().filter(|part| spaced.contains(part)) {
            if !kept.iter().any(|phrase| phrase.contains(part)) {
                kept.push(part.to_owned());
            }
        }
        kept
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
    use super::*;
    use crate::project::pseudonyms::{COLOURS, NOUNS, is_of_answers};

    fn kept(text: &str) -> Vec<String> {
        KeptWords::new(&["wiki".to_owned(), "env file".to_owned()]).of(text)
    }

    #[test]
    fn what_is_judged_stays_and_names_go() {
        assert_eq!(kept("API key"), ["api key"]);
        assert_eq!(kept("api_keys"), ["api keys"]);
        assert_eq!(kept("env-file"), ["env file"]);
        assert_eq!(kept("ACME vault, wiki page 7"), ["vault", "wiki"]);
        assert_eq!(kept("AcmeTokens"), ["token"], "judged within words");
        assert!(kept("Zorro").is_empty() && kept(" – ").is_empty());
    }

    #[test]
    fn what_stays_is_no_pseudonym_that_can_be_chosen() {
        let words = KeptWords::new(&default_places());
        let missed: Vec<String> = words
            .phrases
            .iter()
            .map(|phrase| phrase.join(" "))
            .filter(|own| !is_of_answers(own))
            .collect();
        assert!(missed.is_empty(), "add them to the words of answers: {missed:?}");
    }

    #[test]
    fn no_pseudonym_holds_a_word_that_is_judged() {
        let defaults = Assumptions::new(jiff::civil::date(2026, 1, 1));
        let words = KeptWords::new(&defaults.plain_sight);
        for word in NOUNS.into_iter().chain(COLOURS) {
            assert!(words.of(word).is_empty(), "{word}");
        }
    }
}
