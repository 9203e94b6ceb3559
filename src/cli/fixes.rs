//! Fixes as they are written on the command line.
//!
//! ```text
//! revoke ID
//! split by environment ID          (or by service, or by owner)
//! workload identity ID
//! workload identity ID for SERVICE@ENVIRONMENT, … granting SERVICE@ENVIRONMENT, …
//! ```

use super::names::{instance, subject};
use crate::analysis::{Fix, FixKind, Subject};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};

/// What a name is looked for as: itself, or its pseudonym.
pub(super) type KnownAs<'a> = &'a dyn Fn(&str) -> String;

/// Reads one fix.
///
/// # Errors
/// One sentence that says what to write instead.
pub(super) fn fix(graph: &AccessGraph, known_as: KnownAs<'_>, text: &str) -> Result<Fix, String> {
    let (kind, rest) = kind_and_rest(text).ok_or_else(|| {
        let known = FixKind::EVERY.map(FixKind::word).join(", ");
        format!("write one of these and a credential's id ({known}): {text}")
    })?;
    if kind != FixKind::WorkloadIdentity {
        return Ok(Fix::new(credential(graph, &known_as(rest))?, kind));
    }
    // An id may have these words in it, so the whole is tried first.
    if let Some(credential) = graph.find_credential(&known_as(rest)) {
        return Ok(Fix::new(credential, kind));
    }
    let (rest, grants) = parted(rest, " granting ");
    let (id, holders) = parted(rest, " for ");
    let id = known_as(id);
    let mut fix = Fix::new(credential(graph, &id)?, kind);
    let at = (graph, known_as);
    if let Some(names) = holders {
        fix.holders = linked(at, names, graph.held_by(fix.credential), ("hold", &id))?;
    }
    if let Some(names) = grants {
        fix.grants = Some(linked(at, names, graph.grants(fix.credential), ("grant", &id))?);
    }
    Ok(fix)
}

/// The names that a fix holds, whether there is anything of that name or not.
pub(super) fn names_in(text: &str) -> Vec<&str> {
    let Some((_, rest)) = kind_and_rest(text) else { return vec![text] };
    let parts = rest.split(" granting ").flat_map(|part| part.split(" for "));
    let names = parts.flat_map(|part| part.split(',')).map(str::trim);
    std::iter::once(rest).chain(names.filter(|name| !name.is_empty())).collect()
}

fn kind_and_rest(text: &str) -> Option<(FixKind, &str)> {
    let text = text.trim();
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at);
    let mut found =
        ends.filter_map(|at| Some((FixKind::from_word(text.get(..at)?)?, text.get(at..)?)));
    found.next_back().map(|(kind, rest)| (kind, rest.trim()))
}

fn parted<'a>(text: &'a str, word: &str) -> (&'a str, Option<&'a str>) {
    match text.rsplit_once(word) {
        Some((before, behind)) => (before.trim(), Some(behind)),
        None => (text, None),
    }
}

fn credential(graph: &AccessGraph, id: &str) -> Result<CredentialIndex, String> {
    match subject(graph, id)? {
        Subject::Credential(credential) => Ok(credential),
        Subject::Instance(_) => {
            Err(format!("this is a service instance; fixes apply to credentials: {id}"))
        }
    }
}

/// The instances of a list with commas, each of which one of `edges` must lead to.
fn linked(
    (graph, known_as): (&AccessGraph, KnownAs<'_>),
    names: &str,
    edges: &[crate::graph::EdgeIndex],
    (verb, id): (&str, &str),
) -> Result<Vec<InstanceIndex>, String> {
    let of = |name: &str| {
        let name = &known_as(name.trim());
        let found = instance(graph, name)?;
        if edges.iter().any(|&edge| graph.edge(edge).instance == found) {
            return Ok(found);
        }
        Err(if verb == "hold" {
            format!("{name} does not hold {id}, so it cannot get an identity in its place")
        } else {
            format!("{id} does not grant {name}, so an identity in its place cannot either")
        })
    };
    // A name may have a comma in it.
    if let Ok(only) = of(names) {
        return Ok(vec![only]);
    }
    names.split(',').map(of).collect()
}
