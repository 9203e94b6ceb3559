//! Types, storage places, tags and other texts under pseudonyms: replaced whole where free text is hidden,
//! else searched for the names that are.

use super::in_text::NameFinder;
use super::kept_words::{KeptWords, default_places};
use super::names::Redaction;
use crate::project::pseudonyms::{NameOf, RedactedKind};

/// Puts pseudonyms into texts that are no names themselves.
pub(super) struct FieldText<'a> {
    redaction: &'a Redaction,
    kept: KeptWords,
    /// Finds names in texts, where these are not hidden whole.
    finder: Option<NameFinder>,
}

impl<'a> FieldText<'a> {
    /// Costs time in proportion to the names where free text is shown.
    pub(super) fn new(redaction: &'a Redaction) -> Self {
        let is_shown = !redaction.kinds.has(RedactedKind::Text);
        Self {
            redaction,
            kept: KeptWords::new(&default_places()),
            finder: is_shown.then(|| NameFinder::new(redaction)),
        }
    }

    /// A type, a storage place or tags, with the words by which it is judged.
    pub(super) fn field(&self, of: NameOf, text: &str) -> String {
        if let Some(finder) = &self.finder {
            return self.with_words_of(text, finder.hidden(text));
        }
        let mut new = self.redaction.of_text(of, text, &self.kept);
        if of == NameOf::Storage && new != text {
            new.push_str(&behind_storage(self.redaction, text));
        }
        new
    }

    /// One of the policy's own words for storage in plain sight.
    pub(super) fn place(&self, word: &str) -> String {
        match &self.finder {
            Some(finder) => finder.hidden(word).to_lowercase(),
            None => self.redaction.of(NameOf::PlainSight, word).into_owned(),
        }
    }

    /// A text of which nothing is judged, where free text is shown: without the names that stand in it.
    pub(super) fn searched(&self, text: &str) -> String {
        self.finder.as_ref().map_or_else(String::new, |finder| finder.hidden(text))
    }

    /// A text in which names were hidden, with the words by which it is judged.
    fn with_words_of(&self, text: &str, hidden: String) -> String {
        if hidden == text {
            return hidden;
        }
        let mut lost = self.kept.of(text);
        let left = self.kept.of(&hidden);
        lost.retain(|phrase| !left.contains(phrase));
        if lost.is_empty() { hidden } else { format!("{hidden} ({})", lost.join(", ")) }
    }
}

/// What stands behind the pseudonym of a storage place for the policy's own words in it.
pub(super) fn behind_storage(redaction: &Redaction, storage: &str) -> String {
    let words = own_places_in(redaction, storage).into_iter();
    words.fold(String::new(), |behind, word| behind + " (" + &word + ")")
}

/// The pseudonyms of the policy's own words for plain sight that a storage place holds.
fn own_places_in(redaction: &Redaction, storage: &str) -> Vec<String> {
    let Some(own) = redaction.pseudonyms.of(NameOf::PlainSight) else { return Vec::new() };
    let spaced = |text: &str| {
        let parts = text.split(|letter: char| !letter.is_alphanumeric());
        let words: Vec<&str> = parts.filter(|word| !word.is_empty()).collect();
        format!(" {} ", words.join(" ").to_lowercase())
    };
    let storage = spaced(storage);
    let is_in = |word: &str| {
        let word = spaced(word);
        storage.contains(&word) || storage.contains(&format!("{}s ", word.trim_end()))
    };
    let found = own.entries().filter(|(word, _)| is_in(word));
    found.map(|(_, pseudonym)| pseudonym.to_lowercase()).collect()
}
