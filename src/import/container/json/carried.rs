//! Lists of credentials within an object that is about something else: a service with its secrets, a
//! user with the keys of the account.

use std::collections::BTreeSet;

use serde_json::value::RawValue;

use crate::import::container::json::lists::{listed_kind, lists_secrets, opens};
use crate::import::container::json::named::{meaning_of_group, names_credentials, singular};
use crate::import::container::json::text::{Member, Members, unquoted};
use crate::import::secrets::secret_detection;
use crate::import::secrets::secret_shapes::can_only_be_a_password;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms, normalised};

/// How many elements show what a list has.
const LOOK: usize = 20;
/// How deep lists with lists of credentials are searched: organisation, project, environment.
const LEVELS: usize = 4;

/// What a list carries, if it carries credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Carried {
    /// Each of its objects is one.
    Objects {
        /// What the list lists, if its name says it.
        kind: Option<&'static str>,
        access: Option<&'static str>,
    },
    /// Each of its texts is one, and its column has this heading.
    Texts { heading: String, access: Option<&'static str> },
    /// Its objects have such lists.
    Nested,
}

/// What an object is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Credential,
    Service {
        /// Whether the name of the list around it says so.
        by_list: bool,
    },
    Unknown,
}

impl Subject {
    /// What an object of a list of this name is about.
    pub(crate) fn of(members: &Members<'_>, list: &str, synonyms: &Synonyms) -> Self {
        use Meaning::{Environment, Expires, Fingerprint, Holder, LastRotated, LastUsed, Service};
        use Meaning::{Target, Value};
        if names_credentials(list) {
            return Self::Credential;
        }
        let word = normalised(list);
        let is_service = meaning_of_group(&word, synonyms) == Some(Service);
        if is_service && !(word.starts_with("used") || word.starts_with("consumer")) {
            return Self::Service { by_list: true };
        }
        let has = |wanted: &[Meaning]| has(members, wanted, synonyms);
        if has(&[Value, Fingerprint, Expires, LastRotated, LastUsed, Holder, Target]) {
            return Self::Credential;
        }
        if has(&[Service, Environment]) { Self::Service { by_list: false } } else { Self::Unknown }
    }
}

/// Whether an object has a plain member of one of some meanings.
fn has(members: &Members<'_>, wanted: &[Meaning], synonyms: &Synonyms) -> bool {
    let plain = members.0.iter().filter(|(_, value)| !value.starts_with(['{', '[']));
    let known = plain.filter_map(|(name, _)| synonyms.meaning(name));
    known.map(|(meaning, _)| meaning).any(|meaning| wanted.contains(&meaning))
}

/// What a member of an object carries that is about `subject`.
pub(crate) fn carried(
    (name, value): &Member<'_>,
    subject: Subject,
    synonyms: &Synonyms,
) -> Option<Carried> {
    carried_within((name, value), subject, synonyms, LEVELS)
}

fn carried_within(
    (name, value): (&str, &str),
    subject: Subject,
    synonyms: &Synonyms,
    levels: usize,
) -> Option<Carried> {
    if lists_secrets(synonyms, name, value) {
        return Some(Carried::Objects { kind: listed_kind(name), access: None });
    }
    let is_secret = synonyms.meaning(name).is_some_and(|(own, _)| own == Meaning::OtherSecret);
    if !value.starts_with('[') || subject == Subject::Credential || is_secret {
        return None;
    }
    let access = access(name).filter(|_| subject != Subject::Unknown);
    let word = normalised(name);
    let is_list_of_them = names_credentials(name) && singular(&word) != word;
    if access.is_none() && !is_list_of_them {
        return nested(name, value, synonyms, levels).then_some(Carried::Nested);
    }
    let elements = elements(value);
    let named = [Meaning::Id, Meaning::Label, Meaning::Value, Meaning::Fingerprint];
    let is_credential = |raw: &&RawValue| {
        serde_json::from_str::<Members<'_>>(raw.get())
            .is_ok_and(|members| has(&members, &named, synonyms))
    };
    if elements.iter().take(LOOK).all(is_credential) {
        return Some(Carried::Objects { kind: None, access });
    }
    let heading = heading(name, &elements)?;
    Some(Carried::Texts { heading, access })
}

/// Whether some object of a list has lists of credentials.
fn nested(name: &str, value: &str, synonyms: &Synonyms, levels: usize) -> bool {
    if levels == 0 || !opens(value, '[', '{') {
        return false;
    }
    elements(value).into_iter().take(LOOK).any(|element| carries(element, name, synonyms, levels))
}

/// Whether an object of a list has lists of credentials.
fn carries(element: &RawValue, list: &str, synonyms: &Synonyms, levels: usize) -> bool {
    let Ok(members) = serde_json::from_str::<Members<'_>>(element.get()) else { return false };
    let subject = Subject::of(&members, list, synonyms);
    members.0.iter().any(|(name, value)| {
        !opens(value, '[', ']')
            && carried_within((name, value), subject, synonyms, levels - 1).is_some()
    })
}

/// Adds the names of the lists whose objects have lists of credentials, this one and those within it,
/// by the first of its objects.
pub(crate) fn add_carriers(
    first: &[Members<'_>],
    list: &str,
    synonyms: &Synonyms,
    carriers: &mut BTreeSet<String>,
) {
    for members in first {
        let subject = Subject::of(members, list, synonyms);
        for member in members.0.iter().filter(|(_, value)| !opens(value, '[', ']')) {
            let Some(what) = carried(member, subject, synonyms) else { continue };
            carriers.insert(list.to_owned());
            if what == Carried::Nested {
                let within = elements(member.1).into_iter().take(LOOK);
                let within: Vec<Members<'_>> =
                    within.filter_map(|raw| serde_json::from_str(raw.get()).ok()).collect();
                add_carriers(&within, &member.0, synonyms, carriers);
            }
        }
    }
}

/// What a service is to the credentials of a list, by the list's name.
fn access(name: &str) -> Option<&'static str> {
    match normalised(name).as_str() {
        "holds" | "held credentials" | "held secrets" | "held keys" | "stores" | "uses"
        | "uses credentials" | "used credentials" | "consumes" => Some("holds"),
        "accepts"
        | "accepted credentials"
        | "accepted keys"
        | "accepted secrets"
        | "opened by"
        | "granted by"
        | "authorized keys" => Some("grants"),
        _ => None,
    }
}

pub(crate) fn elements(value: &str) -> Vec<&RawValue> {
    serde_json::from_str(value).unwrap_or_default()
}

/// The heading of a list of texts: they are ids if all of them can be names, else values. Names of
/// environment variables are neither; nothing where some element is no text.
fn heading(name: &str, elements: &[&RawValue]) -> Option<String> {
    let raw: Vec<&str> = elements.iter().map(|element| element.get()).collect();
    if raw.is_empty() || !raw.iter().all(|raw| raw.starts_with('"')) {
        return None;
    }
    let texts: Vec<_> = raw.into_iter().map(unquoted).collect();
    let is_variable = |text: &str| {
        text.contains('_')
            && !text.chars().any(char::is_lowercase)
            && text.contains(char::is_alphabetic)
    };
    if texts.iter().all(|text| is_variable(text)) {
        return None;
    }
    let are_values = matches!(singular(&normalised(name)).as_str(), "password" | "passphrase");
    let are_names = !are_values && texts.iter().all(|text| is_name(text));
    Some(format!("{} ({name})", if are_names { "id" } else { "secret" }))
}

/// Whether a text is a name for certain: of words, each in one case, with short numbers.
fn is_name(text: &str) -> bool {
    let is_sign = |letter: char| letter.is_alphanumeric() || "_-./: @".contains(letter);
    let is_word = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let letters = || word.chars().filter(|letter| letter.is_alphabetic());
        let in_one_case = letters().all(char::is_lowercase) || letters().all(char::is_uppercase);
        (letters().count() == 0 && digits <= 4) || (in_one_case && digits <= 2)
    };
    !text.is_empty()
        && text.chars().all(is_sign)
        && secret_detection::secrets(text).is_empty()
        && !can_only_be_a_password(text)
        && text.split(|letter: char| !letter.is_alphanumeric()).all(is_word)
}

/// The name of the column of a member that stands beside a list of credentials, so that it is not
/// taken for the credentials' own, where these have `own` names or ids.
pub(crate) fn heading_beside(
    name: &str,
    members: &Members<'_>,
    (subject, list): (Subject, &str),
    (own, synonyms): (OwnNames, &Synonyms),
) -> String {
    use Meaning::{
        Created, Expires, Id, Kind, Label, LastRotated, LastUsed, Owner, Service, Status,
    };
    let around = match singular(&normalised(list)) {
        word if word.is_empty() => "parent".to_owned(),
        word => word,
    };
    let meaning = synonyms.meaning(name).map(|(meaning, _)| meaning);
    match (subject, meaning) {
        (Subject::Service { .. }, Some(Label)) if !has(members, &[Service], synonyms) => {
            format!("service.{name}")
        }
        (Subject::Service { .. }, Some(Id)) if !has(members, &[Service, Label], synonyms) => {
            format!("service ({name})")
        }
        (Subject::Service { .. }, Some(Id | Label)) => format!("parent.{name}"),
        (Subject::Service { by_list: true }, Some(Kind | Owner)) => format!("service.{name}"),
        (
            Subject::Service { by_list: true },
            Some(Status | Created | Expires | LastUsed | LastRotated),
        ) => format!("{name} of the service"),
        (Subject::Unknown | Subject::Credential, Some(Id)) if own.ids => format!("{around}.{name}"),
        (Subject::Unknown | Subject::Credential, Some(Label)) if own.names => {
            format!("{around}.{name}")
        }
        _ => name.to_owned(),
    }
}

/// Whether the credentials of a list have ids of their own, and names.
#[derive(Clone, Copy, Default)]
pub(crate) struct OwnNames {
    pub(crate) ids: bool,
    pub(crate) names: bool,
}

/// What the credentials of a list have of their own.
pub(crate) fn own_names(
    (name, what): (&str, &Carried),
    value: &str,
    synonyms: &Synonyms,
) -> OwnNames {
    let has_one = |wanted: &[Meaning]| {
        elements(value).into_iter().take(LOOK).any(|element| {
            serde_json::from_str::<Members<'_>>(element.get())
                .is_ok_and(|own| has(&own, wanted, synonyms))
        })
    };
    let (ids, names) = match what {
        Carried::Nested => (true, true),
        Carried::Texts { heading, .. } => (heading.starts_with("id "), heading.starts_with("id ")),
        Carried::Objects { kind: Some(_), .. } => (false, false),
        Carried::Objects { kind: None, .. } => {
            (has_one(&[Meaning::Id]), has_one(&[Meaning::Label]))
        }
    };
    // Where the list says that it lists credentials, a name beside it is that of something else.
    let names = names || ids && (names_credentials(name) || access(name).is_some());
    OwnNames { ids: ids || names, names }
}
