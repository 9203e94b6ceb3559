//! What the graph knows of each node and edge, merged from all rows that speak of it.

use super::{CredentialIndex, EnvironmentIndex, InstanceIndex, Role};
use crate::inventory::{Date, Flag, JoinedBy, LastUsed, Level, NameId, Tier};

/// An environment that some service instance belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// The canonical label in lower case; empty for the unknown environment.
    pub label: String,
    /// Its rank of trust, if the table of environments knows the label.
    pub tier: Option<Tier>,
    /// Whether a row's environment was read from the name of a service as this one, and nobody
    /// confirmed that.
    pub from_names: bool,
}

impl Environment {
    /// Whether the inventory names it; the unknown one is never part of a crossing.
    pub fn is_known(&self) -> bool {
        !self.label.is_empty()
    }

    /// The label as people read it: "unknown" where none is given.
    pub fn display(&self) -> &str {
        if self.is_known() { &self.label } else { "unknown" }
    }
}

/// A service in one environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// The service's name.
    pub service: NameId,
    /// Its environment.
    pub environment: EnvironmentIndex,
    /// What sort of service it is, read from its kind.
    pub role: Role,
    /// The kind: of several that rows say a trust boundary, else the first by name.
    pub kind: Option<NameId>,
    /// Whether an attacker can start here: yes if any row says so, no if one denies it.
    pub entry_point: Flag,
    /// Whether it must not fall: yes if any row says so, no if one denies it.
    pub crown_jewel: Flag,
}

/// Whether a credential still works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Life {
    /// No row says that it is dead, or some row says that it lives.
    #[default]
    Live,
    /// Some row says that it is revoked or expired, and none says that it lives.
    Dead,
}

/// Why a credential may not be live, or not be dead, as it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LifeDoubt {
    /// Its rows leave no doubt.
    #[default]
    None,
    /// Some rows say that it is dead and others that it lives; it counts as live.
    RowsDisagree,
    /// It is dead only because an id across sources makes one credential of rows that say so and of
    /// others, with links of their own, that do not.
    DeadByIdAlone,
}

/// One distinct secret and what all its rows say of it together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credential {
    /// Whether it still works. Dead ones carry no movement.
    pub life: Life,
    /// What joined its rows; `None` for one row.
    pub joined_by: Option<JoinedBy>,
    /// Why it may be otherwise.
    pub doubt: LifeDoubt,
    /// What sort of secret it is; of several that rows say the first by name.
    pub kind: Option<NameId>,
    /// A readable name beside the ids, the first by name.
    pub label: Option<NameId>,
    /// The user, service account or application whose credential it is, the first by name.
    pub identity: Option<NameId>,
    /// Tags, the first by name of those that rows say.
    pub tags: Option<NameId>,
    /// The earliest day of creation that a row says.
    pub created: Option<Date>,
    /// The latest day of rotation that a row says.
    pub last_rotated: Option<Date>,
    /// The latest use that a row says; never only where no row says a day.
    pub last_used: LastUsed,
    /// The latest expiry among rows whose status does not say dead.
    pub expires: Option<Date>,
    /// Whether rows say that nobody needs it any more, and no later answer of the same owner, nor the
    /// last one of another, says that it is needed.
    pub unneeded: bool,
    /// Whether it is an identity of its holder that cannot be carried away. Only what-if makes
    /// such: a row cannot say it.
    pub bound: bool,
}

impl Credential {
    /// Whether it carries movement.
    pub fn is_live(&self) -> bool {
        self.life == Life::Live
    }
}

/// Which way an edge leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeKind {
    /// From the instance to the credential that it holds.
    Holds,
    /// From the credential to the instance that it grants.
    Grants,
}

/// One distinct use of a credential by an instance, whatever the number of rows that say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The credential.
    pub credential: CredentialIndex,
    /// The service instance.
    pub instance: InstanceIndex,
    /// Which way it leads.
    pub kind: EdgeKind,
    /// The highest level that a row says; matters for grants alone.
    pub level: Level,
    /// Whether no row states the access and the environment, so that it rests on assumptions alone.
    pub assumed: bool,
    /// Whether an attacker who came by this grant goes on from the instance; true for holds.
    pub pivots: bool,
    /// Whether it does so by what is stated alone: access and level.
    pub pivots_stated: bool,
}

impl Edge {
    /// Whether something about it is not stated.
    pub(crate) fn assumes(&self) -> bool {
        self.assumed || self.pivots != self.pivots_stated
    }

    /// Whether the access is stated but the pivot is not: its level is unknown, or only an
    /// unstated row says a level that is high enough.
    pub fn level_assumed(&self) -> bool {
        self.pivots && !self.pivots_stated && !self.assumed
    }
}
