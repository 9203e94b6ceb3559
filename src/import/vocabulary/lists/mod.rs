//! Cells that name several services or environments, and services whose names include their
//! environment.
//!
//! `;`, `|`, line breaks and JSON lists always separate names. A comma separates them under a plural
//! heading, where no space follows it, and between plain lower-case names; `Orders, EU` under a
//! singular heading stays one service.

use std::borrow::Cow;

use crate::import::vocabulary::addresses::{host, is_provider, leads_nowhere, several};
use crate::import::vocabulary::environment_in_names::NameStyle;
use crate::import::vocabulary::synonyms;
use crate::import::vocabulary::synonyms::{Meaning, english};
use crate::import::vocabulary::words::{is_unknown, names_no_service};
use crate::inventory::Environments;

/// One service of a cell, with the environment that its name includes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedService {
    pub(crate) service: String,
    pub(crate) environment: Option<String>,
    /// Whether the environment was taken out of the name, and so is an assumption; what stands behind
    /// an `@`, or has a member of its own, is stated.
    pub(crate) assumed: bool,
}

impl NamedService {
    fn without_environment(service: impl Into<String>) -> Self {
        Self { service: service.into(), environment: None, assumed: false }
    }
}

/// How environments are read from names.
#[derive(Clone, Copy)]
pub(crate) struct WithinNames<'a> {
    pub(crate) known: &'a Environments,
    /// How the names of the table carry them, if most do.
    pub(crate) style: Option<NameStyle>,
    /// The environment of names that carry none, as the worksheet is named after it.
    pub(crate) sheet: Option<&'a str>,
}

/// The services that a cell names, and what people should know of the reading.
#[derive(Debug, Default)]
pub(crate) struct Services {
    pub(crate) services: Vec<NamedService>,
    pub(crate) remark: Option<&'static str>,
}

const NO_SERVICE_IN_OBJECT: &str =
    "an entry of this list has no recognisable service name and was left out; name it “service”";
const NO_SERVICE: &str = "this stands in the place of a service and names none (nor where the column \
                          repeats it), so nothing is linked by it";
const COMMA_IN_NAME: &str = "the comma is read as part of one service's name; separate several services \
                             with “;”, or name the column “services”";

const IN_QUOTES: &str = "the quotes round a name are read as marks of where it begins and ends, not as part of \
                         the service's name";

/// The services that a cell names. Without `within` every name stays whole.
pub(crate) fn services(cell: &str, plural: bool, within: Option<WithinNames<'_>>) -> Services {
    if let Some(found) = json_list(cell, within) {
        return found;
    }
    let mut found = Services::default();
    // Quotes round a list are none of its first and its last name.
    let is_list = |inner: &&str| inner.contains([';', '|', ',']);
    let cell = match unquoted(cell).filter(is_list) {
        Some(inner) => {
            found.remark = Some(IN_QUOTES);
            inner
        }
        None => cell,
    };
    if let Some(addresses) = several(cell) {
        for part in addresses {
            push_service(&mut found, part, within);
        }
        return found;
    }
    if leads_nowhere(cell) || is_provider(cell) || names_no_service(cell) {
        found.remark = Some(NO_SERVICE);
        return found;
    }
    if host(cell) != cell {
        push_service(&mut found, cell, within);
        return found;
    }
    let inner = cell.strip_prefix('[').and_then(|cell| cell.strip_suffix(']'));
    let plural = plural || inner.is_some();
    for part in inner.unwrap_or(cell).split([';', '|', '\n', '\r']) {
        if comma_separates(part, plural) {
            part.split(',').for_each(|part| push_service(&mut found, part, within));
        } else {
            if part.contains(", ") {
                found.remark = Some(COMMA_IN_NAME);
            }
            push_service(&mut found, part, within);
        }
    }
    found
}

/// The cell that is read again as this service in this environment, as names carry it: the name with
/// the environment in brackets, or a JSON list of it; `None` where both would be read otherwise.
pub fn written_within_name(service: &str, environment: &str) -> Option<String> {
    let name = format!("{service} ({environment})");
    let list = serde_json::Value::from(vec![name.clone()]).to_string();
    let known = Environments::default();
    let within = Some(WithinNames { known: &known, style: None, sheet: None });
    let is_same = |cell: &String| {
        matches!(
            services(cell, false, within).services.as_slice(),
            [NamedService { service: read, environment: Some(label), assumed: true }]
                if read == service && label == environment
        )
    };
    [name, list].into_iter().find(is_same)
}

/// The cells that are read again as this service and this environment: the names themselves, or one
/// JSON object in the first cell, where the names would be split or read as something else.
pub fn written<'a>(service: &'a str, environment: &'a str) -> (Cow<'a, str>, Cow<'a, str>) {
    let known = Environments::default();
    let within =
        environment.is_empty().then_some(WithinNames { known: &known, style: None, sheet: None });
    let Services { services, .. } = services(service, false, within);
    let whole = matches!(
        services.as_slice(),
        [NamedService { service: read, environment: None, .. }] if read == service
    );
    if whole && (environment.is_empty() || labels(environment, &known) == [environment]) {
        return (Cow::Borrowed(service), Cow::Borrowed(environment));
    }
    let mut object = serde_json::Map::new();
    object.insert("service".to_owned(), service.into());
    if !environment.is_empty() {
        object.insert("environment".to_owned(), environment.into());
    }
    (Cow::Owned(serde_json::Value::Object(object).to_string()), Cow::Borrowed(""))
}

/// Whether some cell is read as a service of this name: `none` and the like are not.
pub fn is_service_name(name: &str) -> bool {
    let (cell, _) = written(name, "");
    let read = services(&cell, false, None).services;
    matches!(read.as_slice(), [only] if only.service == name)
}

/// The environment labels that a cell names.
pub(crate) fn labels(cell: &str, environments: &Environments) -> Vec<String> {
    if environments.knows(cell) {
        return vec![cell.to_owned()];
    }
    if let Some(found) = json_list(cell, None) {
        return found.services.into_iter().map(|piece| piece.service).collect();
    }
    let tidy = |part: &str| {
        let part = part.trim();
        (!is_unknown(part) && !is_every(part)).then(|| part.to_owned())
    };
    let parts: Vec<&str> = cell.split([';', '|', '\n', '\r', ',']).collect();
    if let [one] = parts.as_slice() {
        let finer: Vec<&str> = one.split(['/', '&', '+']).map(str::trim).collect();
        if finer.iter().all(|label| environments.knows(label)) {
            return finer.into_iter().filter_map(tidy).collect();
        }
    }
    parts.into_iter().filter_map(tidy).collect()
}

/// Whether a label stands for every environment, so that it names none.
fn is_every(label: &str) -> bool {
    matches!(label, "*" | "**")
        || ["all", "any", "all environments"].iter().any(|word| label.eq_ignore_ascii_case(word))
}

/// The owners that a cell names. A comma separates them if it is between mail addresses, where
/// no space follows it, or where every part is `known` from other cells: `Doe, John` is one person.
pub fn owners(cell: &str, known: impl Fn(&str) -> bool) -> Vec<Cow<'_, str>> {
    if cell.starts_with('[')
        && let Ok(names) = serde_json::from_str::<Vec<Option<String>>>(cell)
    {
        let names = names.into_iter().flatten().map(|name| name.trim().to_owned());
        return names.filter(|name| !is_unknown(name)).map(Cow::Owned).collect();
    }
    let mut owners = Vec::new();
    for part in cell.split([';', '|', '\n', '\r']) {
        let finer = || part.split(',').map(str::trim);
        let is_list = part.contains(',')
            && (!part.contains(", ")
                || finer().all(|name| name.contains('@'))
                || finer().all(&known));
        if is_list {
            owners.extend(finer());
        } else {
            owners.push(part.trim());
        }
    }
    owners.retain(|name| !is_unknown(name));
    owners.into_iter().map(Cow::Borrowed).collect()
}

/// Whether a heading announces several services.
pub(crate) fn is_plural(heading: &str) -> bool {
    let words = english(heading);
    let last = words.rsplit(' ').next().unwrap_or_default();
    let used = heading.to_ascii_lowercase().contains("(s)")
        || words.starts_with("used ")
        || words.starts_with("held ")
        || words.starts_with("usedby");
    used || matches!(words.as_str(), "grants" | "opens" | "valid for")
        || (last.ends_with('s') && !matches!(last, "address" | "access" | "business" | "ss"))
        || last.ends_with("ies")
}

/// Whether the commas of a text separate names.
fn comma_separates(part: &str, plural: bool) -> bool {
    if !part.contains(',') {
        return false;
    }
    let name = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    let lower = |part: &str| {
        let part = part.trim();
        name(part) && !part.contains(char::is_uppercase) && !part.contains('@')
    };
    plural || part.trim().split(',').all(name) || part.split(',').all(lower)
}

fn push_service(found: &mut Services, part: &str, within: Option<WithinNames<'_>>) {
    let whole = part.trim();
    let part = unquoted(whole).unwrap_or(whole);
    if part != whole {
        found.remark = found.remark.or(Some(IN_QUOTES));
    }
    // One that nothing closes is where a file broke off; the reader of its lines has said so.
    let part = part.strip_prefix('"').filter(|rest| !rest.contains('"')).unwrap_or(part);
    if is_unknown(part) || leads_nowhere(part) || is_provider(part) {
        return;
    }
    found.services.push(with_suffix(host(part), within));
}

/// What stands between two quotes that have none between them. A quote that has no other one belongs to a name.
fn unquoted(part: &str) -> Option<&str> {
    let between = |quote: char| {
        let inner = part.strip_prefix(quote)?.strip_suffix(quote)?.trim();
        (!inner.is_empty() && !inner.contains(quote)).then_some(inner)
    };
    between('"').or_else(|| between('\''))
}

/// `svc@env`, `svc (env)` and `svc/env`, where `env` is a known label of an environment; and whatever
/// style most names of the table have.
fn with_suffix(part: &str, within: Option<WithinNames<'_>>) -> NamedService {
    let whole = || NamedService::without_environment(part);
    let Some(WithinNames { known, style, sheet }) = within else { return whole() };
    if let Some((service, label)) = part.rsplit_once('@') {
        let (service, label) = (service.trim(), label.trim());
        if !service.is_empty() && known.knows(label) {
            let (service, environment) = (service.to_owned(), Some(label.to_owned()));
            return NamedService { service, environment, assumed: false };
        }
    }
    let mut styles = style.into_iter().chain([NameStyle::BracketsBehind, NameStyle::Behind('/')]);
    let carried = styles.find_map(|style| style.parted(part, known));
    let on_sheet = || Some((part.to_owned(), sheet?.to_owned()));
    carried.or_else(on_sheet).map_or_else(whole, |(service, label)| NamedService {
        service,
        environment: Some(label),
        assumed: true,
    })
}

/// A JSON list of texts, or of objects with a name and perhaps an environment; or one such object.
fn json_list(cell: &str, within: Option<WithinNames<'_>>) -> Option<Services> {
    let is_list = cell.starts_with('[') && cell.ends_with(']');
    let is_object = cell.starts_with('{') && cell.ends_with('}');
    if !(is_list || is_object) {
        return None;
    }
    let values: Vec<serde_json::Value> = if is_list {
        serde_json::from_str(cell).ok()?
    } else {
        vec![serde_json::from_str(cell).ok()?]
    };
    let mut found = Services::default();
    for value in &values {
        let piece = match value {
            serde_json::Value::String(name) => Some(with_suffix(host(name.trim()), within)),
            serde_json::Value::Number(number) => {
                Some(NamedService::without_environment(number.to_string()))
            }
            serde_json::Value::Null => continue,
            value => object(value),
        };
        match piece {
            Some(piece) if is_unknown(&piece.service) => {}
            Some(piece) => found.services.push(piece),
            None => found.remark = Some(NO_SERVICE_IN_OBJECT),
        }
    }
    Some(found)
}

/// The service and the environment of an object, whose members are named like columns.
fn object(value: &serde_json::Value) -> Option<NamedService> {
    let members = value.as_object()?;
    let text = |names: &[&str]| {
        let of = |wanted: &&str| {
            let mut found = members.iter().filter(|(name, _)| english(name) == **wanted);
            found.find_map(|(_, value)| value.as_str()).map(str::trim)
        };
        names.iter().filter_map(of).find(|text| !is_unknown(text)).map(str::to_owned)
    };
    let names = synonyms::words_of(Meaning::Service);
    let service = text(names).or_else(|| text(&["name", "title", "id"]))?;
    Some(NamedService {
        service: host(&service).to_owned(),
        environment: text(synonyms::words_of(Meaning::Environment)),
        assumed: false,
    })
}

#[cfg(test)]
mod tests;
