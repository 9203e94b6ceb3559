//! The tables of credentials and of service instances.

use crate::analysis::Subject;
use crate::app::columns::column::{Cell, Column, Kind, Tone, rows};
use crate::app::work::answers::Answers;
use crate::app::work::sort::Sort;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex};
use crate::inventory::shown;

pub(crate) const CREDENTIALS: [Column; 9] = [
    rows("Credential", Kind::Words, Sort::Name),
    rows("Severity", Kind::Words, Sort::Severity),
    rows("State", Kind::Words, Sort::State),
    rows("Type", Kind::Words, Sort::Kind),
    rows("Owner", Kind::Words, Sort::Owner),
    rows("Environments", Kind::Words, Sort::Environment),
    rows("Held by", Kind::Figures, Sort::Holds),
    rows("Grants", Kind::Figures, Sort::Grants),
    rows("Reach", Kind::Figures, Sort::Reach),
];

pub(crate) const INSTANCES: [Column; 9] = [
    rows("Service", Kind::Words, Sort::Name),
    rows("Severity", Kind::Words, Sort::Severity),
    rows("Kind", Kind::Words, Sort::Kind),
    rows("Environment", Kind::Words, Sort::Environment),
    rows("Owner", Kind::Words, Sort::Owner),
    rows("Holds", Kind::Figures, Sort::Holds),
    rows("Granted by", Kind::Figures, Sort::Grants),
    rows("Reach", Kind::Figures, Sort::Reach),
    rows("Reached by", Kind::Figures, Sort::ReachedBy),
];

pub(crate) fn credential_cell(answers: &Answers, at: CredentialIndex, column: usize) -> Cell {
    let graph = &answers.graph;
    let subject = Subject::Credential(at);
    match column {
        0 => Cell::subject(title(graph, at), subject),
        1 => Cell::severity(answers.severity(subject)),
        2 if graph.credential(at).is_live() => Cell::second("live"),
        2 => Cell::new("dead", Tone::Muted),
        3 => {
            let kind = graph.credential(at).kind;
            Cell::second(
                kind.map_or_else(String::new, |kind| {
                    shown(graph.inventory().text(kind)).into_owned()
                }),
            )
        }
        4 => Cell::second(owners(graph, graph.owners_of(at))),
        5 => Cell::second(environments(answers, at)),
        6 => Cell::figure(graph.held_by(at).len() as u64),
        7 => Cell::figure(graph.grants(at).len() as u64),
        _ => reach_cell(answers, subject),
    }
}

pub(crate) fn instance_cell(answers: &Answers, at: InstanceIndex, column: usize) -> Cell {
    let graph = &answers.graph;
    let subject = Subject::Instance(at);
    match column {
        0 => Cell::subject(shown(graph.service_name(at)).into_owned(), subject),
        1 => Cell::severity(answers.severity(subject)),
        2 => Cell::second(graph.instance(at).role.word()),
        3 => Cell::second(shown(graph.environment_of(at).display())),
        4 => Cell::second(owners(graph, graph.owners_of_instance(at))),
        5 => Cell::live_and_dead(graph.holds(at).len(), graph.dead_among(graph.holds(at))),
        6 => {
            let granted = graph.granted_by(at);
            Cell::live_and_dead(granted.len(), graph.dead_among(granted))
        }
        7 => reach_cell(answers, subject),
        _ => {
            let (all, stated) = answers.reached_by.of(at);
            Cell::stated(all, stated)
        }
    }
}

/// The environments that a credential joins, or that of an instance.
pub(crate) fn places(answers: &Answers, subject: Subject) -> String {
    match subject {
        Subject::Credential(at) => environments(answers, at),
        Subject::Instance(at) => shown(answers.graph.environment_of(at).display()).into_owned(),
    }
}

/// Who owns a credential or an instance.
pub(crate) fn subject_owners(answers: &Answers, subject: Subject) -> String {
    owners(&answers.graph, owners_of(&answers.graph, subject))
}

pub(crate) fn has_owner(answers: &Answers, subject: Subject) -> bool {
    !owners_of(&answers.graph, subject).is_empty()
}

fn owners_of(graph: &AccessGraph, subject: Subject) -> &[OwnerIndex] {
    match subject {
        Subject::Credential(at) => graph.owners_of(at),
        Subject::Instance(at) => graph.owners_of_instance(at),
    }
}

/// How many instances a subject reaches, with those of stated access beside where they are fewer.
pub(crate) fn reach_cell(answers: &Answers, subject: Subject) -> Cell {
    let reach = answers.reach_of(subject);
    Cell::stated(reach, answers.fewer_stated_of(subject).unwrap_or(reach))
}

/// Whether a credential has something in a column that is often empty.
pub(crate) fn credential_fills(answers: &Answers, at: CredentialIndex, column: usize) -> bool {
    match column {
        1 => answers.severity(Subject::Credential(at)).is_some(),
        2 => !answers.graph.credential(at).is_live(),
        3 => answers.graph.credential(at).kind.is_some(),
        4 => !answers.graph.owners_of(at).is_empty(),
        _ => true,
    }
}

/// The same for an instance.
pub(crate) fn instance_fills(answers: &Answers, at: InstanceIndex, column: usize) -> bool {
    match column {
        1 => answers.severity(Subject::Instance(at)).is_some(),
        4 => !answers.graph.owners_of_instance(at).is_empty(),
        _ => true,
    }
}

/// A credential as tables name it: the readable name before an id that says nothing.
fn title(graph: &AccessGraph, at: CredentialIndex) -> String {
    let name = match graph.readable_name(at) {
        Some(name) => format!("{name} ({})", graph.credential_name(at)),
        None => graph.credential_name(at).to_owned(),
    };
    shown(&name).into_owned()
}

fn owners(graph: &AccessGraph, of: &[OwnerIndex]) -> String {
    let names: Vec<_> = of.iter().map(|&owner| shown(graph.owner_name(owner))).collect();
    names.join(", ")
}

fn environments(answers: &Answers, at: CredentialIndex) -> String {
    let Some(sharing) = answers.sharing.get(at.index()) else { return String::new() };
    let graph = &answers.graph;
    let labels = sharing.environments.iter().map(|&own| shown(graph.environment(own).display()));
    let labels: Vec<_> = labels.collect();
    labels.join(", ")
}
