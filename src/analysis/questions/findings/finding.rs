//! One answer worth showing, and what it is about.

use std::borrow::Cow;

use crate::analysis::questions::findings::rule::{Reason, Rule, Severity, Technique};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::Place;

/// What a finding, or a mark on the map, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A service instance.
    Instance(InstanceIndex),
    /// A credential.
    Credential(CredentialIndex),
}

impl Subject {
    /// Its name in a graph, as it was written: escape it before it is shown.
    pub fn name(self, graph: &AccessGraph) -> String {
        match self {
            Self::Instance(at) => graph.instance_name(at),
            Self::Credential(at) => graph.credential_name(at).to_owned(),
        }
    }
}

/// One answer worth showing: what is found of what. What it says stands in its details, which are
/// put into words when they are asked for: a large inventory has millions of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule behind it.
    pub rule: Rule,
    /// How bad it is: what the reasons weigh together.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// Whether it rests on assumed access alone.
    pub assumed: bool,
}

/// What a finding says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingDetails {
    /// The reasons with their weights, which add up to the severity.
    pub why: Vec<Reason>,
    /// The rows behind it, by source and line.
    pub evidence: Vec<Place>,
    /// What to do.
    pub advice: Cow<'static, str>,
    /// What attackers do with it, where a technique fits.
    pub technique: Option<Technique>,
}
