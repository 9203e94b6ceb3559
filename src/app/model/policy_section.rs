//! The sections of the page of assumptions that lead somewhere.

/// A section of the page of assumptions that it can be opened at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum PolicySection {
    /// What rows without access mean, and what a pivot needs.
    #[default]
    Access,
    /// What an id in several sources means.
    Ids,
    /// Environments, their tiers, and which were read from names.
    Environments,
}

impl PolicySection {
    /// Its heading.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Access => "Access",
            Self::Ids => "Ids across sources",
            Self::Environments => "Environments",
        }
    }
}
