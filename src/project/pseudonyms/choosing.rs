//! Pseudonyms that the user chooses in the place of those that were made.

use thiserror::Error;

use super::answer_words::is_of_answers;
use super::kept_pseudonyms::KeptPseudonyms;
use super::name_of::NameOf;
use super::table::Pseudonyms;
use crate::project::subject_name::{CredentialName, InstanceName, SubjectName};

/// The longest pseudonym, in letters.
const LONGEST: usize = 60;

/// Names of fewer letters count within a pseudonym only where they are a word of their own.
const SHORTEST_WITHIN: usize = 3;

/// What is hidden by its pseudonyms, and must not stand in one.
const NAMES: [NameOf; 5] =
    [NameOf::Service, NameOf::Credential, NameOf::Account, NameOf::Owner, NameOf::File];

/// Why a text is no pseudonym for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotChosen {
    /// It has no name that is known: a path, or a credential without an id.
    #[error("it has no name of its own")]
    NoName,
    /// Something else is called so.
    #[error("something else has this pseudonym already; choose another one")]
    Taken,
    /// Every word of it is one that answers are written in.
    #[error(
        "answers use these words themselves, so that nobody could tell which is meant; choose a text with a \
         word of your own"
    )]
    WordOfAnswers,
    /// A real name stands in it.
    #[error("it holds a real name; choose a text without one")]
    HoldsName,
    /// It would be taken apart, or could not be read.
    #[error("a pseudonym has up to 60 letters, none of , ; @ ~ among them, and is not “unnamed”")]
    Unclear,
}

impl KeptPseudonyms {
    /// The pseudonym that the user chose for a thing.
    pub fn chosen_for(&self, thing: &SubjectName) -> Option<&str> {
        let (of, name) = named(thing)?;
        self.of(of)?.chosen(name)
    }

    /// The pseudonym of a thing, whether it was made or chosen.
    pub fn pseudonym_of(&self, thing: &SubjectName) -> Option<&str> {
        let (of, name) = named(thing)?;
        self.of(of)?.of(name)
    }

    /// The pseudonym that was made for a thing, whatever the user chose.
    pub fn made_for(&self, thing: &SubjectName) -> Option<&str> {
        let (of, name) = named(thing)?;
        self.of(of)?.made_for(name)
    }

    /// Puts a text in the place of the pseudonym that was made for a thing: of a service instance for its
    /// service. An empty one brings the one that was made back.
    ///
    /// Costs a search through all names.
    ///
    /// # Errors
    /// Where it is no pseudonym that the thing can have.
    pub fn choose(&mut self, thing: &SubjectName, text: &str) -> Result<(), NotChosen> {
        let (of, name) = named(thing).ok_or(NotChosen::NoName)?;
        let own = self.of(of).and_then(|own| own.of(name)).ok_or(NotChosen::NoName)?;
        let text = text.trim();
        if text.is_empty() || text == own {
            if text.is_empty() {
                self.of_mut(of).choose(name, None);
            }
            return Ok(());
        }
        let is_odd = |letter: char| letter.is_control() || [',', ';', '@', '~'].contains(&letter);
        let starts_unnamed = text.to_lowercase().starts_with("unnamed");
        if starts_unnamed || text.chars().any(is_odd) || text.chars().count() > LONGEST {
            return Err(NotChosen::Unclear);
        }
        if self.holds_name(text) {
            return Err(NotChosen::HoldsName);
        }
        if is_of_answers(text) {
            return Err(NotChosen::WordOfAnswers);
        }
        let made = self.of(of).and_then(|own| own.made().find(|(own, _)| *own == name));
        let is_made = made.is_some_and(|(_, made)| made == text);
        if !is_made && self.everything().contains(text) {
            return Err(NotChosen::Taken);
        }
        let chosen = (!is_made).then_some(text);
        self.of_mut(of).choose(name, chosen);
        Ok(())
    }

    /// Whether a real name stands in a text, in whatever letter case.
    fn holds_name(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
        let names = NAMES.into_iter().filter_map(|of| self.of(of)).flat_map(Pseudonyms::made);
        names.map(|(name, _)| name.to_lowercase()).any(|name| {
            let is_short = name.chars().count() < SHORTEST_WITHIN;
            if is_short { words.contains(&name.as_str()) } else { text.contains(&name) }
        })
    }
}

/// What a thing is hidden as, and its name.
fn named(thing: &SubjectName) -> Option<(NameOf, &str)> {
    match thing {
        SubjectName::Credential(CredentialName::Known(id) | CredentialName::Gone(id)) => {
            Some((NameOf::Credential, id))
        }
        SubjectName::Instance(InstanceName { service, .. }) => Some((NameOf::Service, service)),
        SubjectName::Owner(owner) => Some((NameOf::Owner, owner)),
        SubjectName::Path(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::pseudonyms::WordList;

    fn kept() -> KeptPseudonyms {
        let mut kept = KeptPseudonyms::default();
        for (of, names) in [(NameOf::Service, ["db", "payments"]), (NameOf::Owner, ["ann", "bob"])]
        {
            let words = WordList::new(of.prefix(), "");
            kept.of_mut(of).give(names.into_iter(), &words);
        }
        kept
    }

    fn service(name: &str) -> SubjectName {
        SubjectName::Instance(InstanceName { service: name.to_owned(), environment: "x".into() })
    }

    #[test]
    fn a_pseudonym_is_chosen_kept_and_taken_back() {
        let mut kept = kept();
        let made = kept.pseudonym_of(&service("payments")).unwrap().to_owned();
        assert_eq!(kept.choose(&service("payments"), " Checkout "), Ok(()));
        assert_eq!(kept.pseudonym_of(&service("payments")), Some("Checkout"));
        assert!(kept.has_chosen());
        let mut again = KeptPseudonyms::default();
        for entry in kept.entries() {
            again.push(entry).unwrap();
        }
        assert_eq!(again, kept);
        assert_eq!(kept.choose(&service("payments"), &made), Ok(()));
        assert!(!kept.has_chosen());
        kept.choose(&service("payments"), "Checkout").unwrap();
        assert_eq!(kept.choose(&service("payments"), ""), Ok(()));
        assert_eq!(kept.pseudonym_of(&service("payments")), Some(made.as_str()));
    }

    #[test]
    fn what_is_taken_unclear_or_holds_a_name_is_refused() {
        let mut kept = kept();
        let of_db = kept.pseudonym_of(&service("db")).unwrap().to_owned();
        let payments = service("payments");
        for (text, why) in [
            (of_db.as_str(), NotChosen::Taken),
            ("Our PAYMENTS hub", NotChosen::HoldsName),
            ("Prepayments", NotChosen::HoldsName),
            ("the DB", NotChosen::HoldsName),
            ("Hannah", NotChosen::HoldsName),
            ("a, b", NotChosen::Unclear),
            ("unnamed thing", NotChosen::Unclear),
            ("high", NotChosen::WordOfAnswers),
            ("Prod", NotChosen::WordOfAnswers),
            ("OWNER", NotChosen::WordOfAnswers),
            ("critical", NotChosen::WordOfAnswers),
            ("Crown jewel 7", NotChosen::WordOfAnswers),
            ("–", NotChosen::WordOfAnswers),
        ] {
            assert_eq!(kept.choose(&payments, text), Err(why), "{text}");
        }
        assert_eq!(kept.choose(&payments, "High Webster"), Ok(()), "one word of its own");
        assert_eq!(kept.choose(&payments, "Webdbs"), Ok(()), "a short name within a word");
        assert_eq!(kept.choose(&service("db"), "Webdbs"), Err(NotChosen::Taken));
        assert_eq!(kept.choose(&service("gone"), "Sure"), Err(NotChosen::NoName));
    }

    /// A name that comes later never gets a pseudonym that somebody chose.
    #[test]
    fn what_was_chosen_is_not_made_again() {
        let words = WordList::new("", "");
        let mut table = Pseudonyms::default();
        table.give(["a", "c"].into_iter(), &words);
        let mut other = table.clone();
        other.give(["b"].into_iter(), &words);
        let next = other.of("b").unwrap().to_owned();
        table.choose("a", Some(&next));
        table.give(["b"].into_iter(), &words);
        assert_ne!(table.of("b"), Some(next.as_str()));
        assert!(table.of("b") < table.of("c"));
    }
}
