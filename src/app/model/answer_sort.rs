//! What the tables of paths and choke points are sorted by.

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
            | Self::Reach => true,
            Self::From | Self::To | Self::Through | Self::Assumed | Self::Credential => false,
        }
    }
}
