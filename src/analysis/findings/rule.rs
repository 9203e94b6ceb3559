//! The rules by name, and how bad a finding can be.

/// How bad a finding is; the worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

    /// 0 for the worst, 3 for the least.
    pub fn rank(self) -> usize {
        self as usize
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
    /// KR07: dead, yet still mapped.
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
}

impl Rule {
    /// The id in reports.
    pub fn id(self) -> &'static str {
        self.entry().0
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
            Self::DeadYetMapped => ("KR07", "Dead, yet still mapped", "NHI1"),
            Self::InPlainSight => ("KR08", "Held in plain sight", "NHI2"),
            Self::ExtractionPoint => ("KR09", "Extraction point", "NHI2"),
            Self::OnPath => ("KR10", "On a path to a crown jewel", "NHI5"),
            Self::SeveralIds => ("KR11", "One secret under several ids", "NHI9"),
            Self::ReadyForShortLived => ("KR12", "Ready for a short-lived identity", "NHI7"),
            Self::Unused => ("KR13", "Unused", "NHI1"),
            Self::SeveralOfOneIdentity => {
                ("KR14", "Several live credentials of one identity", "NHI1")
            }
        }
    }
}
