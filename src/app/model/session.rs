//! What is gone when the window closes: tabs, panels, what is asked of the camera.

use std::collections::BTreeSet;

use crate::scene::Edition;

use super::{AnswerSort, Filters};

/// The tables below the map, then the answers on what lies between entry points and crown jewels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::app) enum Tab {
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
}

impl Tab {
    pub(in crate::app) const ALL: [Self; 9] = [
        Self::Findings,
        Self::Credentials,
        Self::Services,
        Self::Problems,
        Self::Paths,
        Self::ChokePoints,
        Self::CutAndPlan,
        Self::WhatIf,
        Self::Coverage,
    ];

    /// Whether it answers what lies between entry points and crown jewels; no filter applies there.
    pub(in crate::app) fn is_answer(self) -> bool {
        match self {
            Self::Findings | Self::Credentials | Self::Services | Self::Problems => false,
            Self::Paths | Self::ChokePoints | Self::CutAndPlan | Self::WhatIf | Self::Coverage => {
                true
            }
        }
    }

    /// The name on the tab.
    pub(in crate::app) fn name(self) -> &'static str {
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
        }
    }
}

/// What a table is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::app) enum Sort {
    /// The worst, or the farthest reaching, first.
    #[default]
    Severity,
    Name,
    Kind,
    Owner,
    Environment,
    Reach,
    Holds,
    Grants,
    Place,
    /// What rests on assumed access last.
    Assumed,
    /// The rows that were left out first.
    Rejected,
    Message,
}

impl Sort {
    /// Whether the greatest stands first until the order is turned round.
    pub(in crate::app) fn starts_with_the_greatest(self) -> bool {
        match self {
            Self::Severity | Self::Reach | Self::Holds | Self::Grants | Self::Environment => true,
            Self::Name
            | Self::Kind
            | Self::Owner
            | Self::Place
            | Self::Assumed
            | Self::Rejected
            | Self::Message => false,
        }
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on screen")]
/// What the user would not expect to find again tomorrow.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Session {
    pub(in crate::app) edition: Edition,
    pub(in crate::app) tab: Tab,
    pub(in crate::app) sort: Sort,
    pub(in crate::app) reversed: bool,
    /// What the tables of paths and choke points are sorted by.
    pub(in crate::app) answer_sort: AnswerSort,
    pub(in crate::app) answers_reversed: bool,
    pub(in crate::app) filters: Filters,
    pub(in crate::app) search: String,
    pub(in crate::app) focused: bool,
    pub(in crate::app) rejected_only: bool,
    /// What the listed problems have in them.
    pub(in crate::app) problem_text: String,
    pub(in crate::app) folded: BTreeSet<&'static str>,
    pub(in crate::app) palette: bool,
    pub(in crate::app) palette_text: String,
    /// The line of the palette that Enter carries out.
    pub(in crate::app) palette_at: usize,
    /// Whether the arrow keys walk through the table rather than over the map.
    pub(in crate::app) in_table: bool,
    pub(in crate::app) help: bool,
    /// Whether the page of assumptions stands in the place of the inspector.
    pub(in crate::app) policy: bool,
    /// Asked of the camera, carried out where the map is drawn.
    pub(in crate::app) wish: Option<CameraWish>,
    /// The row that was reached by the arrow keys.
    pub(in crate::app) row: Option<usize>,
    /// The row to be scrolled into sight.
    pub(in crate::app) scroll_to_selection: bool,
}

/// What the map panel is to do with its camera next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) enum CameraWish {
    Fit,
    FitSelection,
    Zoom(f32),
    Pan(f32, f32),
}

impl Session {
    /// Folds a panel, or unfolds it.
    pub(super) fn fold(&mut self, panel: &'static str) {
        if !self.folded.remove(panel) {
            self.folded.insert(panel);
        }
    }

    /// Whether a panel is folded.
    pub(in crate::app) fn is_folded(&self, panel: &'static str) -> bool {
        self.folded.contains(panel)
    }
}
