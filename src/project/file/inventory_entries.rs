//! Sources, facts, services, credentials and problems of an inventory as entries. Names stand as
//! numbers: the place of their text among the names of the file.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::inventory::{
    AnsweredBy, Date, DecidedBy, Fact, Flag, JoinedBy, Ledger, NotRead, ProblemKind, Status,
};

/// A table that was read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceEntry<'a> {
    #[serde(borrow)]
    pub(super) name: Cow<'a, str>,
    pub(super) argument: u16,
    pub(super) ledger: Ledger,
    pub(super) header: Cow<'a, [String]>,
    pub(super) notes: Cow<'a, [String]>,
    pub(super) decided_by: Option<DecidedBy>,
    pub(super) columns: Vec<ColumnEntry<'a>>,
    pub(super) not_read: Cow<'a, [NotRead]>,
    /// What its columns can say; null where that is everything.
    pub(super) facts: Option<Vec<Fact>>,
    pub(super) unmapped: Cow<'a, [String]>,
    pub(super) of_other_key: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) answered: Option<AnsweredBy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stated: Option<Date>,
}

/// A column of a table.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnEntry<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) meaning: Option<Cow<'a, str>>,
    pub(super) reason: Cow<'a, str>,
    pub(super) filled: u64,
}

/// The last use of a credential.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UsedEntry {
    Never,
    On(Date),
}

/// What rows say of a credential.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CredentialFactsEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) identity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) storage: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tags: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) created: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_rotated: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_used: Option<UsedEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expires: Option<Date>,
}

/// What rows say of a service instance.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ServiceFactsEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) entry_point: Option<Flag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) crown_jewel: Option<Flag>,
}

/// A service instance as rows speak of it: the service and the environment.
pub(super) type ServiceEntry = (u32, u32);

/// What a credential is known by.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CredentialEntry<'a> {
    pub(super) ids: Cow<'a, [u32]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) fingerprint: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) joined_by: Option<JoinedBy>,
}

/// One line of how credentials are parted.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PartingEntry<'a> {
    /// A new credential.
    Credential(CredentialEntry<'a>),
    /// What a parted credential is known by then.
    Remaining(u32, CredentialEntry<'a>),
    /// A row that is then about another credential.
    Row(u32, u32),
    /// A parted credential, and a row by which it is joined.
    JoinedAt(u32, u32),
}

/// A problem.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProblemEntry<'a> {
    pub(super) source: u16,
    pub(super) line: u32,
    pub(super) kind: ProblemKind,
    #[serde(borrow)]
    pub(super) column: Cow<'a, str>,
    pub(super) message: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) rejected: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) offset: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) row: Option<Cow<'a, str>>,
}
