//! Lists within JSON objects: which of them hold rows, and which hold secrets.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::import::container::json_text::Members;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};

/// Whether a value starts with two characters, with white space between them.
pub(crate) fn opens(value: &RawValue, first: char, second: char) -> bool {
    let rest = value.get().strip_prefix(first);
    rest.is_some_and(|rest| rest.trim_start().starts_with(second))
}

/// The lists of secrets and certificates of an application in Entra ID, as Microsoft Graph calls
/// them, and what each lists.
const KEYS: [(&str, &str); 2] =
    [("passwordCredentials", "client secret"), ("keyCredentials", "certificate")];

/// What a member of an application in Entra ID lists, if it is a list of secrets or certificates.
pub(crate) fn listed_kind(name: &str) -> Option<&'static str> {
    KEYS.iter().find(|(list, _)| *list == name).map(|(_, kind)| *kind)
}

/// Whether a member names a credential or a service: then its object is itself a row, no wrapper.
pub(crate) fn names_something(synonyms: &Synonyms, name: &str, value: &RawValue) -> bool {
    let is_plain = !value.get().starts_with(['{', '[']);
    let meaning = synonyms.meaning(name).map(|(meaning, _)| meaning);
    listed_kind(name).is_some()
        || (is_plain
            && meaning.is_some_and(|meaning| {
                use Meaning::{Fingerprint, Holder, Id, Identity, Label, Service, Target, Value};
                let named = [Fingerprint, Holder, Id, Identity, Label, Service, Target, Value];
                named.contains(&meaning)
            }))
}

/// Whether a member is a list of objects of which each has a secret of its own.
pub(crate) fn lists_secrets(synonyms: &Synonyms, name: &str, value: &RawValue) -> bool {
    if listed_kind(name).is_some() {
        return opens(value, '[', '{') || opens(value, '[', ']');
    }
    let meaning = |name: &str| synonyms.meaning(name).map(|(meaning, _)| meaning);
    if !opens(value, '[', '{') || meaning(name) == Some(Meaning::OtherSecret) {
        return false;
    }
    let Ok(elements) = serde_json::from_str::<Vec<Members<'_>>>(value.get()) else {
        return false;
    };
    let is_secret = |(name, value): &(Cow<'_, str>, &RawValue)| {
        value.get().starts_with('"') && meaning(name) == Some(Meaning::Value)
    };
    elements.iter().any(|element| element.0.iter().any(is_secret))
}
