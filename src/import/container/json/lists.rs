//! Lists within JSON objects: which of them hold secrets, and how others become
//! cells.

use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::import::container::json::text::{Member, Members, unquoted};
use crate::import::container::packer::push;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};

/// Whether a value starts with two characters, with white space between them.
pub(crate) fn opens(value: &str, first: char, second: char) -> bool {
    let rest = value.strip_prefix(first);
    rest.is_some_and(|rest| rest.trim_start().starts_with(second))
}

/// The lists of secrets and certificates of an application in Entra ID, as Microsoft Graph calls
/// them, and what each lists.
const KEYS: [(&str, &str); 2] =
    [("passwordCredentials", "client secret"), ("keyCredentials", "certificate")];

/// What a member of an application in Entra ID lists, if it is a list of secrets or certificates.
pub(crate) fn listed_kind(name: &str) -> Option<&'static str> {
    KEYS.iter().find(|(list, _)| list.eq_ignore_ascii_case(name)).map(|(_, kind)| *kind)
}

/// Whether a list is one of form fields.
pub(crate) fn is_of_form(path: &str) -> bool {
    path == "fields" || path.ends_with(".fields")
}

/// What a form field is for, if it is the user name or the password, and its value.
pub(crate) fn designated(field: &str) -> Option<(&'static str, &str)> {
    let members: Members<'_> = serde_json::from_str(field).ok()?;
    let text = |wanted: &str| {
        let mut found = members.0.iter().filter(|(name, _)| name.as_ref() == wanted);
        found.find_map(|(_, value)| (value.starts_with('"') && value.len() > 2).then_some(*value))
    };
    // The program calls it a designation, the command line a purpose, and of items that were made by
    // hand only the id says it.
    let typed = || text("type").filter(|own| ["\"STRING\"", "\"CONCEALED\""].contains(own));
    let role = text("designation").or_else(|| text("purpose")).or_else(|| {
        typed()?;
        text("id")
    })?;
    let role = role.trim_matches('"');
    let role = ["username", "password"].into_iter().find(|own| own.eq_ignore_ascii_case(role))?;
    Some((role, text("value")?))
}

/// The names and values of tags that are written as pairs: `{"Key": "Owner", "Value": "team-a"}`.
pub(crate) fn pairs_of_tags<'a>(
    path: &str,
    elements: &[&'a RawValue],
) -> Option<Vec<(String, &'a str)>> {
    let last = path.rsplit('.').next().unwrap_or(path);
    if !names_tags(last) {
        return None;
    }
    elements.iter().map(|element| pair(element.get())).collect()
}

/// Whether a name is one of tags.
fn names_tags(name: &str) -> bool {
    ["tags", "taglist", "tagset", "tag_list", "labels", "annotations"]
        .iter()
        .any(|own| own.eq_ignore_ascii_case(name))
}

fn pair(element: &str) -> Option<(String, &str)> {
    let members: Members<'_> = serde_json::from_str(element).ok()?;
    let find = |wanted: &[&str]| {
        let is_wanted = |name: &str| wanted.iter().any(|own| own.eq_ignore_ascii_case(name));
        members.0.iter().find(|(name, _)| is_wanted(name)).map(|(_, value)| *value)
    };
    let name = find(&["key", "name", "tagkey"]).filter(|name| name.starts_with('"'))?;
    let value = find(&["value", "tagvalue"])?;
    (members.0.len() == 2).then(|| (unquoted(name).to_string(), value))
}

/// Members that say where the next page of an answer is.
#[rustfmt::skip]
const NEXT_PAGE: [&str; 9] = [
    "nextpagetoken", "next_page_token", "nexttoken", "nextlink", "@odata.nextlink", "next", "next_page",
    "next_cursor", "nextmarker",
];

/// Whether a member says where the next page of an answer is: its token is no secret of an inventory.
pub(crate) fn names_next_page(name: &str) -> bool {
    NEXT_PAGE.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a member names a credential or a service: then its object is itself a row, no wrapper.
pub(crate) fn names_something(synonyms: &Synonyms, name: &str, value: &str) -> bool {
    let is_plain = !value.starts_with(['{', '[']) && !names_next_page(name);
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
pub(crate) fn lists_secrets(synonyms: &Synonyms, name: &str, value: &str) -> bool {
    if listed_kind(name).is_some() {
        return opens(value, '[', '{') || opens(value, '[', ']');
    }
    let meaning = |name: &str| synonyms.meaning(name).map(|(meaning, _)| meaning);
    if !opens(value, '[', '{') || names_tags(name) || meaning(name) == Some(Meaning::OtherSecret) {
        return false;
    }
    let Ok(elements) = serde_json::from_str::<Vec<Members<'_>>>(value) else {
        return false;
    };
    let is_secret = |(name, value): &Member<'_>| {
        value.starts_with('"') && meaning(name) == Some(Meaning::Value)
    };
    elements.iter().any(|element| element.0.iter().any(is_secret))
}

/// A list as JSON writes it, filled up with nulls to its length; nothing if it has only nulls.
pub(crate) fn joined(values: &[&str], length: usize) -> Zeroizing<String> {
    let mut list = Zeroizing::new(String::new());
    if values.iter().all(|value| *value == "null") {
        return list;
    }
    for at in 0..length {
        push(&mut list, if at == 0 { "[" } else { "," });
        push(&mut list, values.get(at).copied().unwrap_or("null"));
    }
    push(&mut list, "]");
    list
}

/// Adds the members of an object to the lists that replace an array of objects; the object stands
/// `at` this place of the array.
pub(crate) fn collect_lists<'a>(
    members: &Members<'a>,
    path: &str,
    lists: &mut Vec<(String, Vec<&'a str>)>,
    (at, depth): (usize, usize),
) {
    for (name, value) in &members.0 {
        let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
        if depth > 0
            && value.starts_with('{')
            && let Ok(within) = serde_json::from_str::<Members<'a>>(value)
        {
            collect_lists(&within, &path, lists, (at, depth - 1));
            continue;
        }
        let known = lists.iter().position(|(known, _)| *known == path).unwrap_or_else(|| {
            lists.push((path, Vec::new()));
            lists.len() - 1
        });
        if let Some((_, list)) = lists.get_mut(known) {
            // Of a name that an object has twice, the first is kept.
            if list.len() <= at {
                list.resize(at, "null");
                list.push(value);
            }
        }
    }
}

/// Which member of an object is the secret that its name announces: of `"secret": {"value": …}` the
/// value.
pub(crate) fn secret_within(
    members: &Members<'_>,
    name: &str,
    synonyms: &Synonyms,
) -> Option<usize> {
    let is_secret =
        |name: &str| synonyms.meaning(name).is_some_and(|(meaning, _)| meaning == Meaning::Value);
    if !is_secret(name) {
        return None;
    }
    let is_value = |(own, value): &Member<'_>| {
        let is_word = ["value", "text", "plaintext", "raw", "secret", "string"]
            .iter()
            .any(|word| own.eq_ignore_ascii_case(word));
        is_word && !value.starts_with(['{', '['])
    };
    members.0.iter().position(is_value)
}
