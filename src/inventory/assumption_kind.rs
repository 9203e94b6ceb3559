//! What can be assumed, one by one: each can be disputed by itself.

use serde::{Deserialize, Serialize};

/// One of the things that are assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AssumptionKind {
    /// What a row without an access means.
    UnstatedAccess,
    /// From which grant an attacker goes on.
    PivotNeeds,
    /// Whether an id in several sources means one credential.
    IdsAcrossSources,
    /// Environments that were read from the names of services.
    EnvironmentsFromNames,
    /// Where an attacker starts: picked, or by default below the highest tier.
    EntryPoints,
    /// What must not fall: picked, or by default in the highest tier.
    CrownJewels,
    /// After how many days a credential is old.
    RotationDays,
    /// After how many days it is unused.
    UnusedDays,
    /// How many credentials make an extraction point.
    ExtractionPoints,
    /// Which storage places are in plain sight.
    PlainSight,
    /// Which environment labels are the same, and their tiers.
    Environments,
    /// What removal costs.
    Costs,
    /// What makes credentials harder to fix.
    Marks,
    /// What becomes of rules.
    Rules,
}

impl AssumptionKind {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 14] = [
        Self::UnstatedAccess,
        Self::PivotNeeds,
        Self::IdsAcrossSources,
        Self::EnvironmentsFromNames,
        Self::EntryPoints,
        Self::CrownJewels,
        Self::RotationDays,
        Self::UnusedDays,
        Self::ExtractionPoints,
        Self::PlainSight,
        Self::Environments,
        Self::Costs,
        Self::Marks,
        Self::Rules,
    ];

    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::UnstatedAccess => "unstated-access",
            Self::PivotNeeds => "pivot-needs",
            Self::IdsAcrossSources => "ids-across-sources",
            Self::EnvironmentsFromNames => "environments-from-names",
            Self::EntryPoints => "entry-points",
            Self::CrownJewels => "crown-jewels",
            Self::RotationDays => "rotation-days",
            Self::UnusedDays => "unused-days",
            Self::ExtractionPoints => "extraction-points",
            Self::PlainSight => "plain-sight",
            Self::Environments => "environments",
            Self::Costs => "costs",
            Self::Marks => "marks",
            Self::Rules => "rules",
        }
    }

    /// What it is about, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::UnstatedAccess => "what rows without access mean",
            Self::PivotNeeds => "what a pivot needs",
            Self::IdsAcrossSources => "what an id in several sources means",
            Self::EnvironmentsFromNames => "environments read from names",
            Self::EntryPoints => "which entry points there are",
            Self::CrownJewels => "which crown jewels there are",
            Self::RotationDays => "after how many days a credential is old",
            Self::UnusedDays => "after how many days a credential is unused",
            Self::ExtractionPoints => "what makes an extraction point",
            Self::PlainSight => "what is in plain sight",
            Self::Environments => "environments and their tiers",
            Self::Costs => "what removal costs",
            Self::Marks => "what makes credentials harder to fix",
            Self::Rules => "how rules are rated",
        }
    }
}
