//! What each key of a search can be followed by in what is open.

use std::collections::BTreeSet;

use crate::analysis::Severity;
use crate::app::model::query::days::NO_DAY;
use crate::app::model::query::key::Key;
use crate::app::work::answers::Answers;
use crate::graph::AccessGraph;
use crate::inventory::NameId;

/// What stands for things that nobody owns.
pub(crate) const NOBODY: &str = "nobody";

/// What stands for a sign that is given.
pub(crate) const YES_NO: [&str; 2] = ["yes", "no"];

/// The values of a key, each once, in the order in which they are listed. Costs time in proportion to
/// what is open.
pub(crate) fn known_values(answers: &Answers, key: Key) -> Vec<String> {
    let graph = &answers.graph;
    match key {
        Key::Env | Key::Held | Key::Opens => {
            graph.environments().iter().map(|own| own.display().to_owned()).collect()
        }
        Key::Owner | Key::Holder | Key::Target => {
            let owners = graph.owners().iter().cloned();
            owners.chain([NOBODY.to_owned()]).collect()
        }
        Key::Severity => Severity::ALL.iter().map(|own| own.word().to_owned()).collect(),
        Key::Rule => {
            let ids: BTreeSet<&str> = answers.findings.iter().map(|own| own.rule.id()).collect();
            ids.into_iter().map(str::to_owned).collect()
        }
        Key::Dead | Key::Assumed | Key::Stated => YES_NO.map(str::to_owned).to_vec(),
        Key::Type | Key::Kind | Key::Storage => {
            let texts: BTreeSet<&str> =
                names_of(graph, key).into_iter().map(|name| graph.inventory().text(name)).collect();
            texts.into_iter().map(str::to_owned).collect()
        }
        Key::Created | Key::Rotated | Key::Used | Key::Expires => vec![NO_DAY.to_owned()],
        Key::Reach => Vec::new(),
    }
}

/// The names that a key is about, each once.
pub(crate) fn names_of(graph: &AccessGraph, key: Key) -> BTreeSet<NameId> {
    match key {
        Key::Type => graph.credentials().iter().filter_map(|own| own.kind).collect(),
        Key::Kind => graph.instances().iter().filter_map(|own| own.kind).collect(),
        Key::Storage => {
            let all = graph.credential_indices();
            all.flat_map(|at| graph.storages_of(at).iter().copied()).collect()
        }
        Key::Env
        | Key::Held
        | Key::Opens
        | Key::Owner
        | Key::Holder
        | Key::Target
        | Key::Severity
        | Key::Rule
        | Key::Dead
        | Key::Assumed
        | Key::Stated
        | Key::Reach
        | Key::Created
        | Key::Rotated
        | Key::Used
        | Key::Expires => BTreeSet::new(),
    }
}
