//! What the tables of paths, choke points and owners are sorted by.

use crate::app::model::tab::Tab;

/// What a table of answers is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum AnswerSort {
    /// As it was worked out: the shortest paths first, the credentials with most pairs first.
    #[default]
    AsFound,
    From,
    To,
    Through,
    /// What rests on assumed access last.
    Assumed,
    Credential,
    PairsStated,
    InCut,
    Cost,
    Holds,
    Grants,
    Reach,
    /// Live credentials, then dead ones.
    Credentials,
    Instances,
    Shared,
    Crossing,
    NoExpiry,
    /// The most critical findings first, then the most high ones, and so on.
    Findings,
    /// What nobody else answers for.
    Alone,
}

impl AnswerSort {
    /// Whether the greatest stands first until the order is turned round.
    pub(crate) fn starts_with_the_greatest(self, tab: Tab) -> bool {
        match self {
            Self::AsFound => tab == Tab::ChokePoints,
            Self::PairsStated
            | Self::InCut
            | Self::Cost
            | Self::Holds
            | Self::Grants
            | Self::Reach
            | Self::Credentials
            | Self::Instances
            | Self::Shared
            | Self::Crossing
            | Self::NoExpiry
            | Self::Findings
            | Self::Alone => true,
            Self::From | Self::To | Self::Through | Self::Assumed | Self::Credential => false,
        }
    }
}
