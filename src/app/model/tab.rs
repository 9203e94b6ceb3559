//! The tabs below the map.

/// The tables below the map, then the answers on what lies between entry points and crown jewels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Tab {
    #[default]
    Findings,
    Credentials,
    Services,
    Problems,
    Paths,
    ChokePoints,
    CutAndPlan,
    WhatIf,
    Coverage,
    Owners,
    Rotation,
    Overview,
    Imports,
    Scenes,
    Workshop,
}

impl Tab {
    pub(crate) const ALL: [Self; 15] = [
        Self::Findings,
        Self::Credentials,
        Self::Services,
        Self::Problems,
        Self::Paths,
        Self::ChokePoints,
        Self::CutAndPlan,
        Self::WhatIf,
        Self::Coverage,
        Self::Owners,
        Self::Rotation,
        Self::Overview,
        Self::Imports,
        Self::Scenes,
        Self::Workshop,
    ];

    /// Whether it answers what lies between entry points and crown jewels; no filter applies there.
    pub(crate) fn is_answer(self) -> bool {
        match self {
            Self::Findings | Self::Credentials | Self::Services | Self::Problems => false,
            Self::Paths
            | Self::ChokePoints
            | Self::CutAndPlan
            | Self::WhatIf
            | Self::Coverage
            | Self::Owners
            | Self::Rotation
            | Self::Overview
            | Self::Imports
            | Self::Scenes
            | Self::Workshop => true,
        }
    }

    /// Whether it is text and pictures rather than a table, which take half the height to be read.
    pub(crate) fn is_long(self) -> bool {
        matches!(
            self,
            Self::CutAndPlan | Self::WhatIf | Self::Imports | Self::Scenes | Self::Workshop
        )
    }

    /// The name on the tab.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Findings => "Findings",
            Self::Credentials => "Credentials",
            Self::Services => "Services",
            Self::Problems => "Problems",
            Self::Paths => "Paths",
            Self::ChokePoints => "Choke points",
            Self::CutAndPlan => "Cut & plan",
            Self::WhatIf => "What-if",
            Self::Coverage => "Coverage",
            Self::Owners => "Owners",
            Self::Rotation => "Rotation",
            Self::Overview => "Environment pairs",
            Self::Imports => "Imports",
            Self::Scenes => "Scenes",
            Self::Workshop => "Workshop",
        }
    }
}
