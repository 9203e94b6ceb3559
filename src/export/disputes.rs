//! Disputed assumptions as entries of a report.

use schemars::JsonSchema;
use serde::Serialize;

use super::entries::ServiceName;
use crate::project::{Assumption, Workshop};

/// An assumption that somebody disputes.
#[derive(Serialize, JsonSchema)]
pub(super) struct DisputeEntry<'a> {
    /// Its word, or `link`.
    assumption: &'static str,
    /// What it is about, in words.
    about: String,
    /// The credential of a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<&'a str>,
    /// The service instance of a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<ServiceName<'a>>,
    /// Who disputes it; empty where nobody was named.
    by: &'a str,
    /// Why; may be empty.
    remark: &'a str,
    on: String,
}

/// The disputes of workshops, in the order in which they came up.
pub(super) fn disputes(workshop: &Workshop) -> impl Iterator<Item = DisputeEntry<'_>> {
    workshop.disputes().map(|(entry, own)| {
        let (assumption, link) = match &own.assumption {
            Assumption::Policy(kind) => (kind.word(), None),
            Assumption::Link(link) => ("link", Some(link)),
        };
        DisputeEntry {
            assumption,
            about: own.assumption.words(),
            credential: link.map(|link| link.credential.as_str()),
            service: link.map(|link| ServiceName {
                service: &link.instance.service,
                environment: &link.instance.environment,
            }),
            by: &own.by,
            remark: &own.remark,
            on: entry.on.to_string(),
        }
    })
}
