//! What becomes of findings beside a baseline.

use crate::analysis::{Rule, Severity};

/// What a finding is beside the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingState {
    /// There is no baseline.
    Found,
    /// The baseline does not have it.
    New,
    /// The baseline has it, less severe.
    MoreSevere,
    /// It is new or more severe, and what explains that is no change of the inventory: a source or a
    /// column that is missing now, a credential that was revoked, or assumptions that the baseline does
    /// not share.
    Explained {
        /// Whether the baseline has it, less severe.
        was_found: bool,
    },
    /// The baseline has it.
    Known,
}

impl FindingState {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::New => "new",
            Self::MoreSevere => "more-severe",
            Self::Explained { .. } => "explained",
            Self::Known => "known",
        }
    }

    /// Whether it can fail.
    pub(super) fn counts(self) -> bool {
        match self {
            Self::Found | Self::New | Self::MoreSevere => true,
            Self::Explained { .. } | Self::Known => false,
        }
    }
}

/// A finding of the baseline that is not found now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PastFinding {
    pub(super) rule: Rule,
    pub(super) severity: Severity,
    /// What it was about, as it was written.
    pub(super) name: String,
}

/// What became of all findings.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    /// By finding.
    pub(super) states: Vec<FindingState>,
    /// Findings of the baseline that the inventory would still show if they were true.
    pub(super) resolved: Vec<PastFinding>,
    /// Findings of the baseline of which the inventory can say nothing.
    pub(super) not_observed: Vec<PastFinding>,
    /// Findings of the baseline that the inventory still has under what the baseline assumes.
    pub(super) explained: Vec<PastFinding>,
    /// How many pairs more are connected than in the baseline, under what that assumes.
    pub(super) more_pairs: u64,
    /// What is missing now that may connect pairs, in words: beside a report nobody can tell which pairs
    /// it explains, for a report does not list them all.
    pub(super) pairs_unsure: Vec<String>,
}
