//! What a table of subjects or problems is sorted by.

/// What a table is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The worst, or the farthest reaching, first.
    #[default]
    Severity,
    Name,
    Kind,
    Owner,
    Environment,
    Reach,
    /// What most entry points reach first.
    ReachedBy,
    Holds,
    Grants,
    Place,
    /// What rests on assumed access last.
    Assumed,
    /// The rows that were left out first.
    Rejected,
    Message,
    /// What needs work first.
    State,
    /// The latest first.
    FirstSeen,
    /// By name, what nobody works on last.
    Assignee,
    /// The earliest first, what has no day last.
    Due,
}

impl Sort {
    /// Whether the greatest stands first until the order is turned round.
    pub(crate) fn starts_with_the_greatest(self) -> bool {
        match self {
            Self::Severity
            | Self::Reach
            | Self::ReachedBy
            | Self::Holds
            | Self::Grants
            | Self::Environment
            | Self::FirstSeen => true,
            Self::Name
            | Self::Kind
            | Self::Owner
            | Self::Place
            | Self::Assumed
            | Self::Rejected
            | Self::Message
            | Self::State
            | Self::Assignee
            | Self::Due => false,
        }
    }
}
