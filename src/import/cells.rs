//! Cells that name several services or environments, and services that bear their environment.
//!
//! `;`, `|`, line breaks and JSON lists always part names. A comma parts them under a plural
//! heading, where no space follows it, and between plain lower-case names; `Orders, EU` under a
//! singular heading stays one service.

use crate::inventory::Environments;

/// One service of a cell, with the environment that its name bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) service: String,
    pub(super) environment: Option<String>,
}

/// The services that a cell names. Without `suffixes` every name stays whole.
pub(super) fn services(cell: &str, plural: bool, suffixes: Option<&Environments>) -> Vec<Piece> {
    if let Some(pieces) = json_list(cell, suffixes) {
        return pieces;
    }
    let inner = cell.strip_prefix('[').and_then(|cell| cell.strip_suffix(']'));
    let plural = plural || inner.is_some();
    let mut pieces = Vec::new();
    for part in inner.unwrap_or(cell).split([';', '|', '\n', '\r']) {
        if comma_parts(part, plural) {
            part.split(',').for_each(|part| push_service(&mut pieces, part, suffixes));
        } else {
            push_service(&mut pieces, part, suffixes);
        }
    }
    pieces
}

/// The environment labels that a cell names.
pub(super) fn labels(cell: &str, environments: &Environments) -> Vec<String> {
    if environments.knows(cell) {
        return vec![cell.to_owned()];
    }
    if let Some(pieces) = json_list(cell, None) {
        return pieces.into_iter().map(|piece| piece.service).collect();
    }
    let tidy = |part: &str| {
        let part = part.trim();
        (!super::words::is_unknown(part)).then(|| part.to_owned())
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

/// Whether a heading speaks of several services.
pub(super) fn is_plural(heading: &str) -> bool {
    let words = super::synonyms::normalised(heading);
    let last = words.rsplit(' ').next().unwrap_or_default();
    let used =
        words.starts_with("used ") || words.starts_with("held ") || words.starts_with("usedby");
    used || matches!(words.as_str(), "grants" | "opens" | "valid for")
        || (last.ends_with('s') && !matches!(last, "address" | "access" | "business" | "ss"))
        || last.ends_with("ies")
}

/// The service that a web address leads to: its host, without user, password, path or query.
pub(super) fn host(address: &str) -> &str {
    let Some((_, rest)) = address.split_once("://") else { return address };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default()
}

fn comma_parts(part: &str, plural: bool) -> bool {
    if !part.contains(',') {
        return false;
    }
    let name = |piece: &str| !piece.is_empty() && !piece.contains(char::is_whitespace);
    let lower = |piece: &str| {
        let piece = piece.trim();
        name(piece) && !piece.contains(char::is_uppercase) && !piece.contains('@')
    };
    plural || part.trim().split(',').all(name) || part.split(',').all(lower)
}

fn push_service(pieces: &mut Vec<Piece>, part: &str, suffixes: Option<&Environments>) {
    let part = part.trim().trim_matches(|letter| matches!(letter, '"' | '\'')).trim();
    if super::words::is_unknown(part) {
        return;
    }
    pieces.push(with_suffix(host(part), suffixes));
}

/// `svc@env`, `svc (env)` and `svc/env`, where `env` is a label that the table knows.
fn with_suffix(part: &str, suffixes: Option<&Environments>) -> Piece {
    let bracket = part.strip_suffix(')').and_then(|part| part.rsplit_once('('));
    let found = bracket.or_else(|| part.rsplit_once('@')).or_else(|| part.rsplit_once('/'));
    if let Some((service, label)) = found {
        let (service, label) = (service.trim(), label.trim());
        if !service.is_empty() && suffixes.is_some_and(|known| known.knows(label)) {
            return Piece { service: service.to_owned(), environment: Some(label.to_owned()) };
        }
    }
    Piece { service: part.to_owned(), environment: None }
}

/// A JSON list of texts, or of objects with a name and perhaps an environment.
fn json_list(cell: &str, suffixes: Option<&Environments>) -> Option<Vec<Piece>> {
    if !(cell.starts_with('[') && cell.ends_with(']')) {
        return None;
    }
    let values: Vec<serde_json::Value> = serde_json::from_str(cell).ok()?;
    let mut pieces = Vec::new();
    for value in &values {
        let text = |names: &[&str]| {
            let found = names.iter().find_map(|name| value.get(*name)?.as_str());
            found.map(str::trim).filter(|text| !super::words::is_unknown(text)).map(str::to_owned)
        };
        let (service, environment) = match value {
            serde_json::Value::String(name) => {
                pieces.push(with_suffix(host(name.trim()), suffixes));
                continue;
            }
            serde_json::Value::Number(number) => (Some(number.to_string()), None),
            _ => (text(&["service", "name", "application"]), text(&["environment", "env"])),
        };
        pieces.extend(service.map(|service| Piece { service, environment }));
    }
    pieces.retain(|piece| !super::words::is_unknown(&piece.service));
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(cell: &str, plural: bool) -> Vec<String> {
        let pieces = services(cell, plural, Some(&Environments::default()));
        pieces
            .into_iter()
            .map(|Piece { service, environment }| match environment {
                Some(environment) => format!("{service} in {environment}"),
                None => service,
            })
            .collect()
    }

    #[test]
    fn lists_of_services_are_parted() {
        for cell in ["a;b", "a | b", "a,b", "a, b", "a\nb", "[\"a\", \"b\"]", "[a, b]", "a;;b;N/A"]
        {
            assert_eq!(names(cell, false), ["a", "b"], "{cell}");
        }
    }

    #[test]
    fn a_name_with_a_comma_stays_whole_under_a_singular_heading() {
        assert_eq!(names("Orders, EU", false), ["Orders, EU"]);
        assert_eq!(names("Orders, EU", true), ["Orders", "EU"]);
        assert!(is_plural("Services") && is_plural("used_by") && is_plural("repositories"));
        assert!(!is_plural("service") && !is_plural("address") && !is_plural("Access"));
    }

    #[test]
    fn a_known_environment_behind_a_name_is_one() {
        assert_eq!(names("db@prod;web (Staging)", false), ["db in prod", "web in Staging"]);
        assert_eq!(names("db/dev,web@emea", false), ["db in dev", "web@emea"]);
        assert_eq!(names("team/app", false), ["team/app"]);
    }

    #[test]
    fn several_environments_are_parted_and_ci_cd_is_one() {
        let labels = |cell| labels(cell, &Environments::default());
        assert_eq!(labels("dev, prod"), ["dev", "prod"]);
        assert_eq!(labels("ci/cd"), ["ci/cd"]);
        assert_eq!(labels("dev/prod"), ["dev", "prod"]);
        assert_eq!(labels("eu/prod"), ["eu/prod"]);
    }

    #[test]
    fn of_a_web_address_the_host_is_kept() {
        assert_eq!(host("https://user:pw@db.example.com:5432/x?y=z"), "db.example.com:5432");
        assert_eq!(host("payments"), "payments");
    }
}
