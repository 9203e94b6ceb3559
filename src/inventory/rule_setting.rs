//! What a policy makes of a rule: switched off, or rated otherwise than by its reasons.

use serde::{Deserialize, Serialize};

/// What becomes of the findings of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleSetting {
    /// There are none.
    Off,
    /// They are low.
    Low,
    /// They are medium.
    Medium,
    /// They are high.
    High,
    /// They are critical.
    Critical,
}

impl RuleSetting {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Off, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word in policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// What the reasons of a finding have to weigh together; `None` where there is to be none.
    pub fn weight(self) -> Option<i8> {
        match self {
            Self::Off => None,
            Self::Low => Some(0),
            Self::Medium => Some(1),
            Self::High => Some(2),
            Self::Critical => Some(3),
        }
    }
}

/// The ids of the rules, as policies name them.
pub const RULE_IDS: [&str; 16] = [
    "KR01", "KR02", "KR03", "KR04", "KR05", "KR06", "KR07", "KR08", "KR09", "KR10", "KR11", "KR12",
    "KR13", "KR14", "KR15", "KR16",
];
