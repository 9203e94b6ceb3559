//! The captions and notes of scenes under pseudonyms.

use super::in_text::NameFinder;
use super::names::Redaction;
use crate::inventory::Assumptions;
use crate::project::pseudonyms::{RedactedKind, RedactedKinds};

/// What stands in the place of free text.
pub(super) const HIDDEN: &str = "(hidden)";

/// How a caption begins and ends that was made of what is in question, with names alone between.
const QUESTIONS: [(&str, &str); 4] =
    [("How far does ", " reach?"), ("Who reaches ", "?"), ("What ", " answers for"), ("From ", "")];

/// Puts pseudonyms into what a presenter wrote.
pub(super) struct Captions<'a> {
    policy: &'a Assumptions,
    is_text_hidden: bool,
    /// Finds the names that are hidden.
    finder: NameFinder,
    /// Finds all names, hidden or not.
    all: NameFinder,
}

impl<'a> Captions<'a> {
    /// Costs time in proportion to the names.
    pub(super) fn new(redaction: &Redaction, policy: &'a Assumptions) -> Self {
        let every = Redaction { kinds: RedactedKinds::of(RedactedKind::ALL), ..redaction.clone() };
        Self {
            policy,
            is_text_hidden: redaction.kinds.has(RedactedKind::Text),
            finder: NameFinder::new(redaction),
            all: NameFinder::new(&every),
        }
    }

    /// A caption: the names in it under pseudonyms. Where free text is hidden only one that is the
    /// question of its scene and holds nothing but names; any other is left out, so that the scene goes by
    /// its number.
    pub(super) fn caption(&self, text: &str) -> String {
        if self.is_text_hidden && !self.is_question(text) {
            return String::new();
        }
        self.finder.hidden(text)
    }

    /// A note, which nobody but the presenter reads.
    pub(super) fn note(&self, text: &str) -> String {
        match text {
            "" => String::new(),
            _ if self.is_text_hidden => HIDDEN.to_owned(),
            text => self.finder.hidden(text),
        }
    }

    fn is_question(&self, text: &str) -> bool {
        let is_count = |text: &str| {
            let digits = text.strip_suffix(" paths").unwrap_or_default();
            !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
        };
        let of_names = |(start, end): (&str, &str)| {
            let names = text.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
            names.is_some_and(|names| {
                self.all.between_names(names).iter().all(|part| self.joins_names(part))
            })
        };
        text == "What nobody owns" || is_count(text) || QUESTIONS.into_iter().any(of_names)
    }

    /// Whether a piece of a text between names says only how they belong together.
    fn joins_names(&self, part: &str) -> bool {
        let part = part.strip_suffix(" to ").unwrap_or(part);
        let is_number = part.strip_prefix([':', '~']).is_some_and(|digits| {
            !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
        });
        let environments = &self.policy.environments;
        let is_environment = |label: &str| {
            label.is_empty() || label == "unknown" || environments.tiers().contains_key(label)
        };
        is_number
            || ["", "unnamed@"].contains(&part)
            || part.strip_prefix(" in ").is_some_and(is_environment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{as_of, inventory};
    use crate::project::pseudonyms::NameOf;

    #[test]
    fn a_caption_of_names_alone_stays_and_any_other_goes_with_free_text() {
        let open = inventory("zorro-key holds shop@dev owner=Ünal\nzorro-key grants db@prod");
        let policy = Assumptions::new(as_of());
        let redaction = Redaction::new(RedactedKinds::default(), &open, &policy);
        let captions = Captions::new(&redaction, &policy);
        let of = |of: NameOf, name: &str| redaction.of(of, name).into_owned();
        let key = of(NameOf::Credential, "zorro-key");
        let [shop, db] = ["shop", "db"].map(|name| of(NameOf::Service, name));
        for (caption, hidden) in [
            ("How far does zorro-key reach?", format!("How far does {key} reach?")),
            ("Who reaches db in prod?", format!("Who reaches {db} in prod?")),
            ("From shop in dev to db in prod", format!("From {shop} in dev to {db} in prod")),
            ("What Ünal answers for", format!("What {} answers for", of(NameOf::Owner, "Ünal"))),
            ("12 paths", "12 paths".to_owned()),
            ("What nobody owns", "What nobody owns".to_owned()),
            ("How far does the key of Zorro Ltd reach?", String::new()),
            ("How far does zorro-key of Acme reach?", String::new()),
            ("From shop in Acme", String::new()),
            ("Look: zorro-key", String::new()),
            ("", String::new()),
        ] {
            assert_eq!(captions.caption(caption), hidden, "{caption}");
        }
        assert_eq!(captions.note("ask"), HIDDEN);
        let shown = Redaction {
            kinds: RedactedKinds::default().with(RedactedKind::Text, false),
            ..redaction.clone()
        };
        let captions = Captions::new(&shown, &policy);
        assert_eq!(captions.caption("Look: ZORRO-KEY"), format!("Look: {key}"));
        assert_eq!(captions.note("ask Ünal"), format!("ask {}", of(NameOf::Owner, "Ünal")));
    }
}
