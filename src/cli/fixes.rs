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

/// Reads one fix.
///
/// # Errors
/// One sentence that says what to write instead.
pub(super) fn fix(graph: &AccessGraph, text: &str) -> Result<Fix, String> {
    let (kind, rest) = kind_and_rest(text).ok_or_else(|| {
        let known = FixKind::EVERY.map(FixKind::word).join(", ");
        format!("write one of these and a credential's id ({known}): {text}")
    })?;
    if kind != FixKind::WorkloadIdentity {
        return Ok(Fix::new(credential(graph, rest)?, kind));
    }
    // An id may have these words in it, so the whole is tried first.
    if let Some(credential) = graph.find_credential(rest) {
        return Ok(Fix::new(credential, kind));
    }
    let (rest, grants) = parted(rest, " granting ");
    let (id, holders) = parted(rest, " for ");
    let mut fix = Fix::new(credential(graph, id)?, kind);
    if let Some(names) = holders {
        fix.holders = linked(graph, names, graph.held_by(fix.credential), "hold", id)?;
    }
    if let Some(names) = grants {
        fix.grants = Some(linked(graph, names, graph.grants(fix.credential), "grant", id)?);
    }
    Ok(fix)
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
    graph: &AccessGraph,
    names: &str,
    edges: &[crate::graph::EdgeIndex],
    verb: &str,
    id: &str,
) -> Result<Vec<InstanceIndex>, String> {
    let of = |name: &str| {
        let name = name.trim();
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
