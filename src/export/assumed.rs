//! What the answers rest on, beside every one of them: the policy in force, what differs from the
//! defaults, and which of its names the inventory does not know.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Unmatched, labels_from_names, unmatched};
use crate::graph::AccessGraph;
use crate::inventory::WrittenPolicy;
use crate::inventory::shown;

/// How many names that are not known are listed.
const MOST: usize = 20;

/// What the answers rest on, as keys of a document.
#[derive(Serialize, JsonSchema)]
pub(super) struct Basis {
    pub(super) as_of: String,
    pub(super) assumptions: Assumed,
    /// Names of the policy that the inventory does not know.
    pub(super) policy_unmatched: Vec<UnmatchedEntry>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Assumed {
    #[serde(flatten)]
    policy: WrittenPolicy,
    /// What differs from the defaults, in words.
    changed: Vec<String>,
    /// The environments that were read from the names of services, which nobody confirmed.
    environments_from_names: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct UnmatchedEntry {
    kind: &'static str,
    name: String,
    did_you_mean: Vec<String>,
}

impl Basis {
    /// What answers about a graph rest on.
    pub(super) fn new(graph: &AccessGraph) -> Self {
        Self::with(graph, unmatched(graph))
    }

    /// The same with other names that are not known.
    pub(super) fn with(graph: &AccessGraph, unmatched: Vec<Unmatched>) -> Self {
        let assumptions = graph.assumptions();
        let entry = |Unmatched { kind, name, is_shared: _, meant }| UnmatchedEntry {
            kind: kind.word(),
            name,
            did_you_mean: meant,
        };
        Self {
            as_of: assumptions.as_of.to_string(),
            assumptions: Assumed {
                policy: assumptions.written(),
                changed: assumptions.changed(),
                environments_from_names: labels_from_names(graph),
            },
            policy_unmatched: unmatched.into_iter().map(entry).collect(),
        }
    }
}

/// The names of the policy that the inventory does not know, one line each, hostile characters
/// escaped; after twenty how many more there are.
pub fn unmatched_lines(unmatched: &[Unmatched]) -> Vec<String> {
    let line = |one: &Unmatched| shown(&one.words()).into_owned();
    let mut lines: Vec<String> = unmatched.iter().take(MOST).map(line).collect();
    if unmatched.len() > MOST {
        lines.push(format!("and {} more names in the policy", unmatched.len() - MOST));
    }
    lines
}
