//! What is gone when the window closes: tabs, panels, what is asked of the camera.

use std::collections::BTreeSet;

use crate::scene::ThemeMode;

use crate::app::model::filters::Filters;
use crate::app::model::sort_orders::AnswerSort;

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
}

impl Tab {
    pub(crate) const ALL: [Self; 9] = [
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
    pub(crate) fn is_answer(self) -> bool {
        match self {
            Self::Findings | Self::Credentials | Self::Services | Self::Problems => false,
            Self::Paths | Self::ChokePoints | Self::CutAndPlan | Self::WhatIf | Self::Coverage => {
                true
            }
        }
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
        }
    }
}

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
    pub(crate) fn starts_with_the_greatest(self) -> bool {
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
pub(crate) struct Session {
    pub(crate) edition: ThemeMode,
    pub(crate) tab: Tab,
    pub(crate) sort: Sort,
    pub(crate) reversed: bool,
    /// What the tables of paths and choke points are sorted by.
    pub(crate) answer_sort: AnswerSort,
    pub(crate) answers_reversed: bool,
    pub(crate) filters: Filters,
    pub(crate) search: String,
    pub(crate) focused: bool,
    pub(crate) rejected_only: bool,
    /// What the listed problems have in them.
    pub(crate) problem_text: String,
    pub(crate) folded: BTreeSet<&'static str>,
    pub(crate) palette: bool,
    pub(crate) palette_text: String,
    /// The line of the palette that Enter carries out.
    pub(crate) palette_at: usize,
    /// Whether the arrow keys walk through the table rather than over the map.
    pub(crate) in_table: bool,
    pub(crate) help: bool,
    /// Whether the page of assumptions stands in the place of the inspector.
    pub(crate) policy: bool,
    /// Asked of the camera, carried out where the map is drawn.
    pub(crate) wish: Option<CameraWish>,
    /// The row that was reached by the arrow keys.
    pub(crate) row: Option<usize>,
    /// The row to be scrolled into sight.
    pub(crate) scroll_to_selection: bool,
}

/// What the map panel is to do with its camera next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum CameraWish {
    Fit,
    FitSelection,
    Zoom(f32),
    Pan(f32, f32),
}

impl Session {
    /// Folds a panel, or unfolds it.
    pub(crate) fn fold(&mut self, panel: &'static str) {
        if !self.folded.remove(panel) {
            self.folded.insert(panel);
        }
    }

    /// Whether a panel is folded.
    pub(crate) fn is_folded(&self, panel: &'static str) -> bool {
        self.folded.contains(panel)
    }
}
