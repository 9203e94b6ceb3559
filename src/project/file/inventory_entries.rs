//! Sources and credentials of an inventory as entries. A name stands as its text; in versions before 7
//! as a number, the place of its text among the names of the file.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::inventory::{AnsweredBy, Date, DecidedBy, Fact, JoinedBy, Ledger, NotRead};

/// A name as its text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

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

/// What a credential is known by.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CredentialEntry<'a, Name> {
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub(super) ids: Vec<Name>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) fingerprint: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) joined_by: Option<JoinedBy>,
}
