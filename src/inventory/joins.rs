//! What joined the rows of one credential, and what an id means in several sources.

use serde::{Deserialize, Serialize};

/// What held the rows of a credential together: of several joins the weakest that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JoinedBy {
    /// Equal fingerprints.
    Fingerprint,
    /// An id, or a pointer to a place in a vault, within one source.
    Id,
    /// The same across sources: that it means the same credential there is an assumption.
    IdAcrossSources,
}

impl JoinedBy {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fingerprint => "fingerprint",
            Self::Id => "id",
            Self::IdAcrossSources => "id-across-sources",
        }
    }

    /// What it means, in words: "its rows are joined by …".
    pub fn words(self) -> &'static str {
        match self {
            Self::Fingerprint => "a fingerprint",
            Self::Id => "an id within one source",
            Self::IdAcrossSources => "an id alone across sources (assumed)",
        }
    }
}

/// Whether an id that stands in several sources means one credential.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum IdsAcrossSources {
    /// It does.
    #[default]
    Same,
    /// It does not: what an id alone joins across sources is one credential for each source.
    Apart,
}

impl IdsAcrossSources {
    /// Every choice, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Same, Self::Apart];

    /// The word in arguments, policies and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Apart => "apart",
        }
    }

    /// What it makes of an id, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "the same credential",
            Self::Apart => "a credential for each source",
        }
    }
}
