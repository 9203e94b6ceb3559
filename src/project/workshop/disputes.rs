//! Assumptions that somebody disputes.

use serde::{Deserialize, Serialize};

use super::notes::set_off;
use crate::graph::{AccessGraph, EdgeIndex, EdgeKind};
use crate::inventory::AssumptionKind;
use crate::project::subject_name::{CredentialName, InstanceName};

/// A link by the names of its ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkName {
    /// The credential.
    pub credential: CredentialName,
    /// The service instance.
    pub instance: InstanceName,
    /// Whether the instance holds the credential; otherwise the credential grants the instance.
    pub holds: bool,
}

impl LinkName {
    /// The names of a link.
    pub fn of(graph: &AccessGraph, edge: EdgeIndex) -> Self {
        let edge = graph.edge(edge);
        Self {
            credential: CredentialName::of(graph, edge.credential),
            instance: InstanceName::of(graph, edge.instance),
            holds: edge.kind == EdgeKind::Holds,
        }
    }

    /// The link that has the names.
    pub fn found_in(&self, graph: &AccessGraph) -> Option<EdgeIndex> {
        let at = self.credential.found_in(graph).found()?;
        let to = self.instance.found_in(graph)?;
        let edges = if self.holds { graph.held_by(at) } else { graph.grants(at) };
        edges.iter().copied().find(|edge| graph.edge(*edge).instance == to)
    }

    /// As people read it: "shop in dev holds k".
    pub fn words(&self) -> String {
        let credential = set_off(self.credential.as_str().to_owned());
        let instance = set_off(self.instance.words());
        if self.holds {
            format!("{instance} holds {credential}")
        } else {
            format!("{credential} grants {instance}")
        }
    }
}

/// Something that is assumed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assumption {
    /// One of those that stand beside every answer.
    Policy(AssumptionKind),
    /// A link whose access or level no row states.
    Link(LinkName),
}

impl Assumption {
    /// As people read it.
    pub fn words(&self) -> String {
        match self {
            Self::Policy(kind) => kind.words().to_owned(),
            Self::Link(link) => link.words(),
        }
    }

    /// The name under which a newer inventory has it.
    #[must_use]
    pub(super) fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        match self {
            Self::Policy(kind) => Self::Policy(*kind),
            Self::Link(link) => {
                Self::Link(LinkName { credential: newer(&link.credential), ..link.clone() })
            }
        }
    }
}

/// That somebody disputes an assumption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// What is disputed.
    pub assumption: Assumption,
    /// Who disputes it; empty where nobody was named.
    pub by: String,
    /// Why, in free text; may be empty.
    pub remark: String,
}

impl Dispute {
    /// That it is disputed, by whom, and why: "disputed by Ann: these rows are stale".
    pub fn by_words(&self) -> String {
        let by = if self.by.is_empty() { String::new() } else { format!(" by {}", self.by) };
        let why = if self.remark.is_empty() { String::new() } else { format!(": {}", self.remark) };
        format!("disputed{by}{why}")
    }
}
