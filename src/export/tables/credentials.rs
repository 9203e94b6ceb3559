//! The credentials as a table, by name.

use std::borrow::Cow;
use std::io;

use super::cell::{Cell, TakeRow, owners};
use crate::analysis::{Answers, Crossing, Severity, Subject};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{JoinedBy, LastUsed, NameId};

pub(super) const COLUMNS: [&str; 22] = [
    "id",
    "name",
    "aliases",
    "live",
    "owners",
    "environments",
    "type",
    "identity",
    "storage",
    "tags",
    "held_by",
    "grants",
    "shared",
    "crosses_environments",
    "reach",
    "reach_stated",
    "severity",
    "created",
    "last_rotated",
    "last_used",
    "expires",
    "joined_by",
];

/// Gives a row for each credential, or for those that are wanted.
pub(super) fn rows(
    answers: &Answers,
    only: Option<&[CredentialIndex]>,
    take: &mut TakeRow<'_>,
) -> io::Result<()> {
    match only {
        Some(only) => only.iter().try_for_each(|&at| take(&row(answers, at))),
        None => answers.graph.credential_indices().try_for_each(|at| take(&row(answers, at))),
    }
}

fn row(answers: &Answers, at: CredentialIndex) -> [Cell<'_>; COLUMNS.len()] {
    let graph = &answers.graph;
    let (credential, subject) = (graph.credential(at), Subject::Credential(at));
    let sharing = answers.sharing.get(at.index());
    let name = |id: Option<NameId>| Cell::from(id.map(|id| graph.inventory().text(id)));
    let texts = |ids: &[NameId]| {
        Cell::Words(ids.iter().map(|&id| Cow::Borrowed(graph.inventory().text(id))).collect())
    };
    let reach = answers.reach_of(subject);
    let crossing = sharing.map(|sharing| match sharing.crossing {
        Crossing::None => "no",
        Crossing::Across => "yes",
        Crossing::Upwards => "upwards",
    });
    [
        graph.credential_name(at).into(),
        name(credential.label),
        texts(graph.aliases(at).get(1..).unwrap_or_default()),
        credential.is_live().into(),
        owners(graph, graph.owners_of(at)),
        environments(answers, at),
        name(credential.kind),
        name(credential.identity),
        texts(graph.storages_of(at)),
        name(credential.tags),
        graph.held_by(at).len().into(),
        graph.grants(at).len().into(),
        sharing.map(|sharing| sharing.shared).into(),
        crossing.into(),
        reach.into(),
        answers.fewer_stated_of(subject).unwrap_or(reach).into(),
        answers.severity(subject).map(Severity::word).into(),
        credential.created.into(),
        credential.last_rotated.into(),
        last_used(graph, at),
        credential.expires.into(),
        credential.joined_by.map(JoinedBy::word).into(),
    ]
}

fn environments(answers: &Answers, at: CredentialIndex) -> Cell<'_> {
    let known = answers.sharing.get(at.index()).map(|sharing| sharing.environments.as_slice());
    let label = |&at| Cow::Borrowed(answers.graph.environment(at).label.as_str());
    Cell::Words(known.unwrap_or_default().iter().map(label).collect())
}

fn last_used(graph: &AccessGraph, at: CredentialIndex) -> Cell<'_> {
    match graph.credential(at).last_used {
        LastUsed::Unstated => Cell::Empty,
        LastUsed::Never => "never".into(),
        LastUsed::On(day) => day.into(),
    }
}
