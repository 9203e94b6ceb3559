//! What was decided on a finding.

use serde::{Deserialize, Serialize};

use super::planned_fix::PlannedFix;
use crate::inventory::Date;

/// That somebody takes a risk for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Why.
    pub reason: String,
    /// The day on which the finding is open again.
    pub until: Date,
    /// Who takes it.
    pub by: String,
}

/// What was decided on a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Nothing.
    #[default]
    Open,
    /// Its risk is taken for a while.
    RiskAccepted(Acceptance),
    /// A scenario has a fix for it.
    Planned(PlannedFix),
    /// Its owner says that it is fixed; the next import has to show it.
    WaitingForProof,
}

impl Decision {
    /// Until when a risk is accepted.
    pub fn until(&self) -> Option<Date> {
        match self {
            Self::RiskAccepted(acceptance) => Some(acceptance.until),
            Self::Open | Self::Planned(_) | Self::WaitingForProof => None,
        }
    }

    /// What was decided, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Open => "open".to_owned(),
            Self::RiskAccepted(Acceptance { reason, until, by }) => {
                let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
                let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
                format!("risk accepted until {until}{by}{reason}")
            }
            Self::Planned(planned) => planned.words(),
            Self::WaitingForProof => "waiting for proof".to_owned(),
        }
    }
}
