//! What a finding is known by: its rule and the names of what it is about.

use serde::{Deserialize, Serialize};

use crate::analysis::{Finding, Rule, Subject};
use crate::graph::AccessGraph;
use crate::project::subject_name::{CredentialName, InstanceName};

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingSubject {
    /// A credential.
    Credential(CredentialName),
    /// A service instance.
    Instance(InstanceName),
    /// An identity. A finding on it stands at the first of its credentials, which may change.
    Identity(String),
}

/// What a finding is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "(String, FindingSubject)", try_from = "(String, FindingSubject)")]
pub struct FindingName {
    /// The rule.
    pub rule: Rule,
    /// What it is about.
    pub about: FindingSubject,
}

impl From<FindingName> for (String, FindingSubject) {
    fn from(FindingName { rule, about }: FindingName) -> Self {
        (rule.id().to_owned(), about)
    }
}

impl TryFrom<(String, FindingSubject)> for FindingName {
    type Error = &'static str;

    fn try_from((id, about): (String, FindingSubject)) -> Result<Self, Self::Error> {
        Rule::of_id(&id).map(|rule| Self { rule, about }).ok_or("there is no such rule")
    }
}

impl FindingName {
    /// The name of a finding of a graph.
    pub fn of(graph: &AccessGraph, finding: &Finding) -> Self {
        let rule = finding.rule;
        let about = match finding.subject {
            Subject::Instance(at) => FindingSubject::Instance(InstanceName::of(graph, at)),
            Subject::Credential(at) => match graph.credential(at).identity {
                Some(identity) if rule == Rule::SeveralOfOneIdentity => {
                    FindingSubject::Identity(graph.inventory().text(identity).to_owned())
                }
                _ => FindingSubject::Credential(CredentialName::of(graph, at)),
            },
        };
        Self { rule, about }
    }

    /// The credential that it is about.
    pub fn credential(&self) -> Option<&CredentialName> {
        match &self.about {
            FindingSubject::Credential(name) => Some(name),
            FindingSubject::Instance(_) | FindingSubject::Identity(_) => None,
        }
    }

    /// The name under which a newer inventory has it.
    #[must_use]
    pub fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        let about = match &self.about {
            FindingSubject::Credential(name) => FindingSubject::Credential(newer(name)),
            other => other.clone(),
        };
        Self { rule: self.rule, about }
    }

    /// What it is about, as people read it.
    pub fn about_words(&self) -> String {
        match &self.about {
            FindingSubject::Credential(name) => name.as_str().to_owned(),
            FindingSubject::Instance(name) => name.words(),
            FindingSubject::Identity(name) => name.clone(),
        }
    }

    /// As people read it: "KR01 Crosses environments: deploy-key".
    pub fn words(&self) -> String {
        format!("{} {}: {}", self.rule.id(), self.rule.title(), self.about_words())
    }
}
