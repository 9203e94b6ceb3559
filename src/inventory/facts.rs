//! What a row says beyond who holds and who grants: dates, owners, status, kinds.
//!
//! Rows of one inventory repeat the same facts over and over, so each distinct set is kept once
//! and rows refer to it by id.

use serde::{Deserialize, Serialize};

use super::NameId;

/// A calendar day.
pub type Date = jiff::civil::Date;

/// Stands for one distinct [`CredentialFacts`] of an inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactsId(pub u32);

/// Stands for one distinct [`InstanceFacts`] of an inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstanceFactsId(pub u32);

/// What a row's status cell says of life and death.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nothing.
    #[default]
    Unstated,
    /// A word that is not known: it says something, and not that the credential is out of use.
    Other,
    /// In use: active, enabled, valid and the like.
    Live,
    /// It may well work, and nobody needs it any more.
    Unneeded,
    /// Out of use: revoked, disabled, deleted, inactive or expired.
    Dead,
}

/// What a row says of the last use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LastUsed {
    /// Nothing.
    #[default]
    Unstated,
    /// It says outright that the credential was never used.
    Never,
    /// The day of the last use.
    On(Date),
}

/// A yes or no that a row may leave open.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Not said.
    #[default]
    Unstated,
    /// Said to be so.
    Yes,
    /// Said not to be so.
    No,
}

impl Flag {
    /// The word for it in tables; empty where it is not said.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unstated => "",
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// What one row says of its credential. Absent means that the row is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CredentialFacts {
    /// What sort of secret it is: an API key, a password, a certificate; as written.
    pub kind: Option<NameId>,
    /// A readable name beside the id.
    pub label: Option<NameId>,
    /// The user, service account or application whose credential it is.
    pub identity: Option<NameId>,
    /// The owner cell as written; may name several, parted by `;`, `|` or line breaks.
    pub owner: Option<NameId>,
    /// Where the secret is kept, as written: a vault, an environment variable, a wiki.
    pub storage: Option<NameId>,
    /// Tags as written.
    pub tags: Option<NameId>,
    /// What the status cell says.
    pub status: Status,
    /// The day it was made.
    pub created: Option<Date>,
    /// The day it was last replaced.
    pub last_rotated: Option<Date>,
    /// The last use.
    pub last_used: LastUsed,
    /// The last day on which it is valid.
    pub expires: Option<Date>,
}

/// Few whole numbers in place of many small ones: facts are hashed once a row.
impl std::hash::Hash for CredentialFacts {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let Self {
            kind,
            label,
            identity,
            owner,
            storage,
            tags,
            status,
            created,
            last_rotated,
            last_used,
            expires,
        } = self;
        let name = |name: Option<NameId>| name.map_or(0, |name| name.index() as u64 + 1);
        let day = |date: Option<Date>| {
            date.map_or(0, |date| {
                let year = u64::from(date.year().unsigned_abs());
                let month = u64::from(date.month().unsigned_abs());
                1 + (year << 9 | month << 5 | u64::from(date.day().unsigned_abs()))
            })
        };
        let used = match *last_used {
            LastUsed::Unstated => 0,
            LastUsed::Never => 1,
            LastUsed::On(date) => 1 + day(Some(date)),
        };
        for (one, other) in [
            (name(*kind), name(*label)),
            (name(*identity), name(*owner)),
            (name(*storage), name(*tags)),
            (day(*created) | (*status as u64) << 28, day(*last_rotated)),
            (used, day(*expires)),
        ] {
            state.write_u64(one | other << 32);
        }
    }
}

/// What one row says of the service instances that it names. Absent means silent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct InstanceFacts {
    /// What sort of service it is, as written: application, database, sidecar, broker, CI.
    pub kind: Option<NameId>,
    /// Who answers for the service; written as [`CredentialFacts::owner`].
    pub owner: Option<NameId>,
    /// Whether an attacker can start here: internet-facing and the like.
    pub entry_point: Flag,
    /// Whether it must not fall.
    pub crown_jewel: Flag,
}
