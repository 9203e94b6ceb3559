//! The figures on screen that lead to the rows that they count.

use crate::analysis::Severity;
use crate::app::model::filters::EndKind;
use crate::graph::CredentialIndex;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    /// What the headline counts.
    Headline,
    /// Pairs that some path connects, with what is shown.
    ConnectedPairs,
    /// Pairs that stated access alone connects.
    StatedPairs,
    /// Connected pairs that fall apart when a credential goes.
    PairsNeeding(CredentialIndex),
    /// Connected pairs with the fixes in force.
    PairsWithFixes,
    /// Connected pairs without any fix.
    PairsAsIs,
    /// Entry points, crown jewels, or instances that are both.
    Ends(EndKind),
    /// The credentials of the minimum cut.
    Cut,
    /// Problems that left a row out.
    Rejected,
    /// All problems.
    Problems,
    /// Findings of a severity.
    Findings(Severity),
    /// Credentials that the filters hide.
    HiddenCredentials,
    /// Service instances that the filters hide.
    HiddenServices,
}

impl Figure {
    /// What a click shows, as it is offered.
    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::Headline => "List what the headline counts",
            Self::ConnectedPairs => "Show the shortest path of each of these pairs",
            Self::StatedPairs => "Show the shortest path of stated access for each of these pairs",
            Self::PairsNeeding(_) => "Show the shortest path of each pair that depends on it",
            Self::PairsWithFixes => "Show the pairs that stay connected with the fixes",
            Self::PairsAsIs => "Show the pairs that are connected without the fixes",
            Self::Ends(EndKind::EntryPoint) => "List the entry points",
            Self::Ends(EndKind::CrownJewel) => "List the crown jewels",
            Self::Ends(EndKind::AlreadyFallen) => "List what has already fallen",
            Self::Cut => "Show the minimum cut",
            Self::Rejected => "List the problems that left a row out",
            Self::Problems => "List all problems",
            Self::Findings(_) => "List these findings alone",
            Self::HiddenCredentials => "List the credentials that the filters hide",
            Self::HiddenServices => "List the services that the filters hide",
        }
    }
}
