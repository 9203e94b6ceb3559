//! How a credential and a service instance belong together, and what a grant allows.

use serde::{Deserialize, Serialize};

/// What a row says of a credential and a service instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Whoever takes the instance has the credential.
    Holds,
    /// Whoever has the credential gets into the instance.
    Grants,
    /// Both of the above.
    Both,
    /// The row names the two together and does not say how.
    Unstated,
}

/// How much a grant allows, as far as the inventory says.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not said. Counts as enough for everything, and is marked assumed where it matters.
    #[default]
    Unknown,
    /// Reading.
    Read,
    /// Reading and writing.
    Write,
    /// Everything, as an administrator has it.
    Admin,
}

impl Level {
    /// The word for it in tables; empty where it is not said.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }
}
