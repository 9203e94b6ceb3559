//! The rules by name, and how bad a finding can be.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How bad a finding is; the worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Opens the top tier from below, by what the inventory states.
    Critical,
    /// Opens much, or the top tier by assumption.
    High,
    /// Weakens a boundary.
    Medium,
    /// Untidy; matters where something else goes wrong.
    Low,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// The word in reports and on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// The severity of reasons that weigh so much together: 0 and less is low, 3 and more critical.
    pub fn of_weight(weight: i32) -> Self {
        match weight {
            ..=0 => Self::Low,
            1 => Self::Medium,
            2 => Self::High,
            3.. => Self::Critical,
        }
    }

    /// 0 for the worst, 3 for the least.
    pub fn rank(self) -> usize {
        self as usize
    }
}

/// Why a finding is as bad as it is.
///
/// The weights of a finding's reasons, added up, are its severity: 0 low, 1 medium, 2 high, 3
/// critical.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// In words, figures with their whole.
    pub words: Cow<'static, str>,
    /// How many steps of severity it adds, or takes away; 0 for what only explains.
    pub weight: i8,
}

impl Reason {
    /// A reason of some weight.
    pub fn new(weight: i8, words: impl Into<Cow<'static, str>>) -> Self {
        Self { words: words.into(), weight }
    }
}

impl std::fmt::Display for Reason {
    /// The words alone.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.words)
    }
}

/// What attackers do with what a finding shows, as MITRE ATT&CK names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Technique {
    /// T1552: they find the secret where it lies open.
    UnsecuredCredentials,
    /// T1078: they log in with it.
    ValidAccounts,
    /// T1550: they use a token, ticket or key without logging in.
    AlternateMaterial,
}

impl Technique {
    /// The id.
    pub fn id(self) -> &'static str {
        match self {
            Self::UnsecuredCredentials => "T1552",
            Self::ValidAccounts => "T1078",
            Self::AlternateMaterial => "T1550",
        }
    }

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnsecuredCredentials => "Unsecured Credentials",
            Self::ValidAccounts => "Valid Accounts",
            Self::AlternateMaterial => "Use Alternate Authentication Material",
        }
    }
}

/// A rule. Its id never changes its meaning, for baselines depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// KR01: crosses environments.
    CrossesEnvironments,
    /// KR02: shared over two or more service names.
    ReusedAcrossServices,
    /// KR03: two or more owners.
    ReusedAcrossOwners,
    /// KR04: nobody answers for it.
    NoOwner,
    /// KR05: never ends.
    NoExpiry,
    /// KR06: not replaced for long.
    Old,
    /// KR07: dead but still linked.
    DeadYetMapped,
    /// KR08: held where many can read it.
    InPlainSight,
    /// KR09: an instance that holds many.
    ExtractionPoint,
    /// KR10: on a path from an entry point to a crown jewel.
    OnPath,
    /// KR11: one secret under several ids.
    SeveralIds,
    /// KR12: ready for a short-lived identity.
    ReadyForShortLived,
    /// KR13: nobody uses it.
    Unused,
    /// KR14: several live credentials of one identity.
    SeveralOfOneIdentity,
    /// KR15: rows of several sources joined by an id alone.
    JoinedByIdAcrossSources,
    /// KR16: rows say that nobody needs it any more.
    Unneeded,
}

impl Rule {
    /// Every rule, in the order of the ids.
    pub const ALL: [Self; 16] = [
        Self::CrossesEnvironments,
        Self::ReusedAcrossServices,
        Self::ReusedAcrossOwners,
        Self::NoOwner,
        Self::NoExpiry,
        Self::Old,
        Self::DeadYetMapped,
        Self::InPlainSight,
        Self::ExtractionPoint,
        Self::OnPath,
        Self::SeveralIds,
        Self::ReadyForShortLived,
        Self::Unused,
        Self::SeveralOfOneIdentity,
        Self::JoinedByIdAcrossSources,
        Self::Unneeded,
    ];

    /// The id in reports.
    pub fn id(self) -> &'static str {
        self.entry().0
    }

    /// The rule with an id.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// The title on screen.
    pub fn title(self) -> &'static str {
        self.entry().1
    }

    /// The entry of the OWASP Non-Human Identities Top 10 (2025).
    pub fn owasp(self) -> &'static str {
        self.entry().2
    }

    fn entry(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::CrossesEnvironments => ("KR01", "Crosses environments", "NHI8"),
            Self::ReusedAcrossServices => ("KR02", "Reused across services", "NHI9"),
            Self::ReusedAcrossOwners => ("KR03", "Reused across owners", "NHI9"),
            Self::NoOwner => ("KR04", "No owner", "NHI1"),
            Self::NoExpiry => ("KR05", "No expiry", "NHI7"),
            Self::Old => ("KR06", "Old", "NHI7"),
            Self::DeadYetMapped => ("KR07", "Dead but still linked", "NHI1"),
            Self::InPlainSight => ("KR08", "Held in plain sight", "NHI2"),
            Self::ExtractionPoint => ("KR09", "Extraction point", "NHI2"),
            Self::OnPath => ("KR10", "On a path to a crown jewel", "NHI5"),
            Self::SeveralIds => ("KR11", "One secret under several ids", "NHI9"),
            Self::ReadyForShortLived => ("KR12", "Ready for a short-lived identity", "NHI7"),
            Self::Unused => ("KR13", "Unused", "NHI1"),
            Self::SeveralOfOneIdentity => {
                ("KR14", "Several live credentials of one identity", "NHI1")
            }
            Self::JoinedByIdAcrossSources => {
                ("KR15", "Joined across sources by an id alone", "NHI9")
            }
            Self::Unneeded => ("KR16", "No longer needed", "NHI1"),
        }
    }
}
