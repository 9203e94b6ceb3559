//! What makes a credential harder to fix than others.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::Cost;

/// How many times as much fixing a credential costs that is not simply rotatable: a plan prefers five
/// others, and still takes it where nothing else parts as much.
const NOT_ROTATABLE_FACTOR: NonZeroU32 = NonZeroU32::MIN.saturating_add(4);

/// What somebody said of a credential that makes fixes of it cost more, or impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialMark {
    /// It is built into devices or programs: to replace it is a project of its own.
    NotRotatable,
    /// A provider issues and holds it: nobody here can revoke it, split it or put another in its place.
    ProvidersKey,
}

impl CredentialMark {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::NotRotatable, Self::ProvidersKey];

    /// The word in policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotRotatable => "not-rotatable",
            Self::ProvidersKey => "providers-key",
        }
    }

    /// In words: "not simply rotatable".
    pub fn words(self) -> &'static str {
        match self {
            Self::NotRotatable => "not simply rotatable",
            Self::ProvidersKey => "provider's key",
        }
    }

    /// What a fix costs by it that would otherwise cost this.
    pub fn cost(self, otherwise: Cost) -> Cost {
        match (self, otherwise) {
            (Self::NotRotatable, Cost::Units(units)) => {
                Cost::Units(units.saturating_mul(NOT_ROTATABLE_FACTOR))
            }
            (Self::NotRotatable, Cost::Never) | (Self::ProvidersKey, _) => Cost::Never,
        }
    }
}
