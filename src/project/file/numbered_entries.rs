//! What versions before 7 have of their own: names, facts, service instances and credentials are numbers,
//! the places of their entries, and so are rows. A row is
//! `[credential, facts, service facts, source, line, [[service, access, level, assumed], …]]`.

use serde::Deserialize;

use super::inventory_entries::CredentialEntry;
use crate::inventory::{Access, Level, ProblemKind};

/// A service instance as rows speak of it: the service and the environment.
pub(super) type NumberedService = (u32, u32);

/// A row: what it is about and says, where it stands, and its links.
#[derive(Deserialize)]
pub(super) struct NumberedRow(
    pub(super) Option<u32>,
    pub(super) u32,
    pub(super) u32,
    pub(super) u16,
    pub(super) u32,
    pub(super) Vec<NumberedLink>,
);

/// A link: the service instance, the access and its level, and whether the environment of the instance
/// is assumed.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct NumberedLink(
    pub(super) u32,
    pub(super) Access,
    pub(super) Level,
    pub(super) bool,
);

/// One line of how credentials are parted.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NumberedParting<'a> {
    /// A new credential.
    #[serde(borrow)]
    Credential(CredentialEntry<'a, u32>),
    /// What a parted credential is known by then.
    Remaining(u32, #[serde(borrow)] CredentialEntry<'a, u32>),
    /// A row that is then about another credential.
    Row(u32, u32),
    /// A parted credential, and a row by which it is joined.
    JoinedAt(u32, u32),
}

/// A problem.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberedProblem {
    pub(super) source: u16,
    pub(super) line: u32,
    pub(super) kind: ProblemKind,
    pub(super) column: String,
    pub(super) message: String,
    #[serde(default)]
    pub(super) rejected: bool,
    #[serde(default)]
    pub(super) offset: Option<u64>,
    #[serde(default)]
    pub(super) row: Option<String>,
}
