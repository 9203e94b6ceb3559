//! The parts of a report, of which some can be left out.

use crate::analysis::Question;

/// A part of a report: some of its keys, or sections of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportPart {
    /// How each file was read, and its problems.
    Import,
    /// The headline, the counts and exposure.
    Summary,
    /// The credentials.
    Credentials,
    /// The service instances.
    Services,
    /// The findings.
    Findings,
    /// Lateral-movement paths.
    Paths,
    /// The minimum cut.
    MinimumCut,
    /// The choke points.
    ChokePoints,
    /// The plan.
    Plan,
    /// The owners.
    Owners,
    /// What the inventory cannot say.
    Coverage,
}

impl ReportPart {
    /// Every one, in the order in which they stand.
    pub const ALL: [Self; 11] = [
        Self::Import,
        Self::Summary,
        Self::Credentials,
        Self::Services,
        Self::Findings,
        Self::Paths,
        Self::MinimumCut,
        Self::ChokePoints,
        Self::Plan,
        Self::Owners,
        Self::Coverage,
    ];

    /// Its name, which is its first key in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Summary => "summary",
            Self::Credentials => "credentials",
            Self::Services => "services",
            Self::Findings => "findings",
            Self::Paths => "paths",
            Self::MinimumCut => "minimum_cut",
            Self::ChokePoints => "choke_points",
            Self::Plan => "plan",
            Self::Owners => "owners",
            Self::Coverage => "coverage",
        }
    }

    /// The part with a name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }

    /// The part to which a key belongs that stands between entry points and crown jewels.
    pub(super) fn of_key(key: &str) -> Self {
        let starts = |part: &Self| key.starts_with(part.word());
        Self::ALL.into_iter().find(starts).unwrap_or(Self::Summary)
    }

    /// What has to be asked for it between entry points and crown jewels.
    pub fn questions(self) -> &'static [Question] {
        match self {
            Self::Paths => &[Question::Paths],
            Self::MinimumCut => &[Question::MinimumCut],
            Self::ChokePoints => &[Question::ChokePoints],
            // It is shown beside the cut.
            Self::Plan => &[Question::Plan, Question::MinimumCut],
            Self::Import
            | Self::Summary
            | Self::Credentials
            | Self::Services
            | Self::Findings
            | Self::Owners
            | Self::Coverage => &[],
        }
    }
}
