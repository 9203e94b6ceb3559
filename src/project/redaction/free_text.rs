//! What people wrote, under pseudonyms.

use super::captions::HIDDEN;
use super::in_text::NameFinder;
use super::names::Redaction;
use crate::project::pseudonyms::{NameOf, RedactedKind};

/// Puts pseudonyms into what people wrote.
pub(super) struct FreeText<'a> {
    redaction: &'a Redaction,
    finder: NameFinder,
}

impl<'a> FreeText<'a> {
    /// Costs time in proportion to the names.
    pub(super) fn new(redaction: &'a Redaction) -> Self {
        Self { redaction, finder: NameFinder::new(redaction) }
    }

    /// Free text: nothing of it where that is hidden, else all but the names that stand in it.
    pub(super) fn text(&self, text: &str) -> String {
        match text {
            "" => String::new(),
            _ if self.redaction.kinds.has(RedactedKind::Text) => HIDDEN.to_owned(),
            text => self.finder.hidden(text),
        }
    }

    /// Somebody: an owner under their pseudonym; nothing of anybody else where owners are hidden, and
    /// elsewhere free text.
    pub(super) fn person(&self, name: &str) -> String {
        let Redaction { kinds, pseudonyms, labels: _ } = self.redaction;
        if name.is_empty() || !kinds.has(RedactedKind::Owners) {
            return self.text(name);
        }
        let known = pseudonyms.of(NameOf::Owner).and_then(|own| own.of(name.trim()));
        known.unwrap_or(HIDDEN).to_owned()
    }
}
