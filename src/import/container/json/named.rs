//! Objects whose members are entries, each under its own name: `{"deploy-key": {…}, "backup": {…}}`,
//! `{"prod": […], "dev": […]}`.
//!
//! The name of such a member is no word of a format but says something of its entries: which
//! environment they are in, which service they are about, or their id. What it says is read from the
//! names themselves, from the name of the object around them, and from what the entries lack.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::container::json::lists::{listed_kind, opens};
use crate::import::container::json::text::{Member, Members};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms, normalised};
use crate::inventory::Environments;

/// How many entries show what all of them are.
const LOOK: usize = 20;
/// Of how many tenths of the members of all entries another entry must have the like: entries of one
/// kind lack a member or two, and the parts of one answer have nearly none in common.
const ALIKE: usize = 6;

/// Words for lists of credentials, in the singular.
#[rustfmt::skip]
const CREDENTIALS: [&str; 16] = [
    "credential", "secret", "key", "token", "password", "certificate", "api key", "api token",
    "access key", "access token", "ssh key", "deploy key", "private key", "service key",
    "personal access token", "passphrase",
];

/// What an entry has from the names around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameAround {
    /// The heading of its column; what stands in brackets there is not compared.
    pub(crate) heading: &'static str,
    pub(crate) meaning: Option<Meaning>,
    pub(crate) text: String,
}

/// What the names of an object's members are.
#[derive(Clone, Copy)]
pub(crate) struct Names {
    heading: &'static str,
    meaning: Option<Meaning>,
}

impl Names {
    /// Whether they are names of services or of environments.
    pub(crate) fn are_of_instances(self) -> bool {
        use Meaning::{Environment, Holder, Service, Target};
        self.meaning.is_some_and(|own| [Environment, Holder, Service, Target].contains(&own))
    }

    /// One of these names, for the entries below it.
    pub(crate) fn name(self, text: &str) -> NameAround {
        NameAround { heading: self.heading, meaning: self.meaning, text: text.to_owned() }
    }
}

/// A word without its plural.
pub(crate) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(word).to_owned()
}

/// Whether a name announces credentials: `credentials`, `apiKeys`.
pub(crate) fn names_credentials(name: &str) -> bool {
    CREDENTIALS.contains(&singular(&normalised(name)).as_str())
}

/// What a word, or its singular, means as the name of a group.
pub(crate) fn meaning_of_group(word: &str, synonyms: &Synonyms) -> Option<Meaning> {
    let meaning = |word: &str| synonyms.meaning(word).map(|(meaning, _)| meaning);
    meaning(word).or_else(|| meaning(&singular(word)))
}

/// What the names of an object's members are, if each of them names entries. `word` is the name of
/// the object; empty for an outermost one.
pub(crate) fn names(members: &Members<'_>, word: &str, synonyms: &Synonyms) -> Option<Names> {
    let is_blank = |value: &str| opens(value, '{', '}') || opens(value, '[', ']');
    let is_part =
        |value: &str| (value.starts_with('{') || opens(value, '[', '{')) && !is_blank(value);
    let parts: Vec<&Member<'_>> = members.0.iter().filter(|(_, value)| is_part(value)).collect();
    let known = |name: &str| synonyms.meaning(name).map(|(meaning, _)| meaning);
    let is_other = |(name, value): &&Member<'_>| {
        !is_part(value) && !is_blank(value) && { word.ends_with('s') || known(name).is_some() }
    };
    let is_word = |(name, _): &&&Member<'_>| {
        listed_kind(name).is_some() || (synonyms.knows_whole(name) && !is_environment(name))
    };
    if parts.is_empty() || members.0.iter().any(|member| is_other(&member)) {
        return None;
    }
    let labels = parts.iter().filter(|(name, _)| is_environment(name)).count();
    let words = parts.iter().filter(is_word).count();
    if words * 2 > parts.len() {
        return None;
    }
    let group = Some(word).filter(|word| word.ends_with('s')).and_then(|word| {
        let meaning = meaning_of_group(&normalised(word), synonyms);
        names_of_group(word, meaning)
    });
    let are_labels = labels * 2 > parts.len()
        && (parts.len() > 1 || group.is_some_and(|names| names.meaning == ENVIRONMENT.meaning));
    let entries = Entries::of(&parts, synonyms);
    match group {
        _ if are_labels => Some(ENVIRONMENT),
        Some(names) if entries.mean_something() => Some(names),
        // The names of lists may well be words of the format.
        _ if parts.len() > 1
            && parts.iter().all(|(_, value)| value.starts_with('{'))
            && entries.are_alike() =>
        {
            Some(entries.names())
        }
        _ => None,
    }
}

/// Whether an object has nothing but objects of one kind.
pub(crate) fn are_alike(members: &Members<'_>, synonyms: &Synonyms) -> bool {
    let parts: Vec<&Member<'_>> = members.0.iter().collect();
    parts.iter().all(|(_, value)| value.starts_with('{'))
        && Entries::of(&parts, synonyms).are_alike()
}

/// The names of an object that stands under a name itself, if all of them are environments.
pub(crate) fn environments(members: &Members<'_>) -> Option<Names> {
    let is_part = |(name, value): &Member<'_>| {
        is_environment(name) && (value.starts_with('{') || opens(value, '[', '{'))
    };
    (!members.0.is_empty() && members.0.iter().all(is_part)).then_some(ENVIRONMENT)
}

const ENVIRONMENT: Names =
    Names { heading: "environment (key)", meaning: Some(Meaning::Environment) };

fn is_environment(name: &str) -> bool {
    Environments::default().knows(name)
}

/// What the names below the name of a group are.
fn names_of_group(word: &str, meaning: Option<Meaning>) -> Option<Names> {
    let names = |heading, meaning| Some(Names { heading, meaning: Some(meaning) });
    if names_credentials(word) {
        return names("id (key)", Meaning::Id);
    }
    match meaning? {
        Meaning::Environment => Some(ENVIRONMENT),
        Meaning::Service => names("service (key)", Meaning::Service),
        Meaning::Holder => names("holder (key)", Meaning::Holder),
        Meaning::Target => names("target (key)", Meaning::Target),
        Meaning::Owner => names("owner (key)", Meaning::Owner),
        Meaning::Identity => names("identity (key)", Meaning::Identity),
        Meaning::Storage => names("storage (key)", Meaning::Storage),
        _ => None,
    }
}

/// The first entries of an object.
struct Entries {
    /// In how many entries each member stands, and of how many lists and objects it is.
    names: BTreeMap<String, usize>,
    meanings: BTreeSet<Meaning>,
    count: usize,
    /// How many have environments as the names of their members.
    by_environment: usize,
}

impl Entries {
    fn of(parts: &[&Member<'_>], synonyms: &Synonyms) -> Self {
        let (names, meanings) = (BTreeMap::new(), BTreeSet::new());
        let mut entries = Self { names, meanings, count: 0, by_environment: 0 };
        for (_, value) in parts.iter().take(LOOK) {
            let first = value.strip_prefix('[').map_or(*value, str::trim_start);
            let mut stream = serde_json::Deserializer::from_str(first).into_iter::<Members<'_>>();
            let Some(Ok(members)) = stream.next() else { continue };
            entries.count += 1;
            let labels = members.0.iter().filter(|(name, _)| is_environment(name)).count();
            entries.by_environment += usize::from(labels > 0 && labels == members.0.len());
            for (name, _) in &members.0 {
                *entries.names.entry(name.to_string()).or_default() += 1;
                entries.meanings.extend(synonyms.meaning(name).map(|(meaning, _)| meaning));
            }
        }
        entries
    }

    fn has(&self, wanted: &[Meaning]) -> bool {
        wanted.iter().any(|meaning| self.meanings.contains(meaning))
    }

    fn are_by_environment(&self) -> bool {
        self.count > 0 && self.by_environment == self.count
    }

    fn mean_something(&self) -> bool {
        !self.meanings.is_empty() || self.are_by_environment()
    }

    /// Whether the entries are of one kind, and say something of credentials.
    fn are_alike(&self) -> bool {
        use Meaning::{Environment, Fingerprint, Holder, Id, Label, Service, Target, Value};
        let all: usize = self.names.values().sum();
        let shared: usize = self.names.values().filter(|count| **count > 1).sum();
        let named = [Environment, Fingerprint, Holder, Id, Label, Service, Target, Value];
        self.count > 1
            && shared * 10 >= all * ALIKE
            && (self.has(&named) || self.are_by_environment())
    }

    /// What the names of entries are by what the entries themselves lack.
    fn names(&self) -> Names {
        use Meaning::{Fingerprint, Holder, Id, Label, Service, Target, Value};
        let (heading, meaning) = match () {
            () if self.are_by_environment() => ("service (key)", Some(Service)),
            () if self.has(&[Id, Label]) => ("group (key)", None),
            () if self.has(&[Service, Holder, Target]) => ("id (key)", Some(Id)),
            () if self.has(&[Value, Fingerprint]) => ("name (key)", Some(Label)),
            () => ("group (key)", None),
        };
        Names { heading, meaning }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(text: &str, word: &str) -> Option<&'static str> {
        let members: Members<'_> = serde_json::from_str(text).unwrap();
        names(&members, word, &Synonyms::new()).map(|names| names.heading)
    }

    #[test]
    fn what_names_are_is_read_from_the_group_and_the_entries() {
        for (text, word, expected) in [
            (r#"{"prod":[{"id":1}],"dev":[{"id":2}]}"#, "", Some("environment (key)")),
            (r#"{"prod":{"x":1},"dev":{"y":2}}"#, "", Some("environment (key)")),
            (
                r#"{"a":{"secret":"x","service":"s"},"b":{"secret":"y","service":"t"}}"#,
                "",
                Some("id (key)"),
            ),
            (r#"{"a":{"type":"x"}}"#, "credentials", Some("id (key)")),
            (r#"{"web":{"owner":"x"}}"#, "services", Some("service (key)")),
            (
                r#"{"web":{"prod":{"k":1},"dev":{"k":2}},"db":{"prod":{"k":3}}}"#,
                "",
                Some("service (key)"),
            ),
            (r#"{"x/y":{"password":"a"},"z":{"password":"b"}}"#, "", Some("name (key)")),
            (r#"{"a":{"id":1,"name":"n"},"b":{"id":2,"name":"m"}}"#, "", Some("group (key)")),
            (r#"{"a":[{"id":1,"name":"n"}],"b":[{"id":2,"name":"m"}]}"#, "", None),
            (r#"{"data":{"items":[]},"meta":{"page":1}}"#, "", None),
            (r#"{"service":{"name":"a"},"owner":{"name":"b"}}"#, "", None),
            (r#"{"a":{"x":1},"b":{"y":2}}"#, "", None),
            (r#"{"prod":{"x":1}}"#, "", None),
            (r#"{"name":"x","version":1}"#, "", None),
        ] {
            assert_eq!(heading(text, word), expected, "{text}");
        }
    }
}
