//! The panels round the map: how much room the user gave each, and which are folded.

use std::collections::{BTreeMap, BTreeSet};

/// A panel beside the map, or below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pane {
    Filters,
    Inspector,
    Tables,
}

/// An edge that can be dragged. Long answers have a height of their own, so that they can take half
/// the window without the tables doing so too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Grip {
    Filters,
    Inspector,
    Tables,
    LongAnswers,
}

/// What the user said of the panels; what stands in them changes nothing of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Panes {
    /// Widths and heights in points, where a grip set them.
    sizes: BTreeMap<Grip, f32>,
    folded: BTreeSet<Pane>,
    /// The panel that was asked for last: where there is no room for both sides, it stays.
    asked_for: Option<Pane>,
    /// The panels that are strips because the window is narrow, as it was drawn last.
    pub(crate) squeezed: BTreeSet<Pane>,
}

impl Panes {
    /// What a grip set.
    pub(crate) fn size(&self, grip: Grip) -> Option<f32> {
        self.sizes.get(&grip).copied()
    }

    /// Keeps what a grip set; `None` goes back to what a new window has.
    pub(crate) fn set_size(&mut self, grip: Grip, size: Option<f32>) {
        match size {
            Some(size) => drop(self.sizes.insert(grip, size)),
            None => drop(self.sizes.remove(&grip)),
        }
    }

    /// Folds a panel that is in sight, or shows one that is not.
    pub(crate) fn toggle(&mut self, pane: Pane) {
        if self.is_strip(pane) {
            self.unfold(pane);
        } else {
            self.folded.insert(pane);
        }
    }

    /// Shows a panel, in the place of the other one where both have no room.
    pub(crate) fn unfold(&mut self, pane: Pane) {
        self.folded.remove(&pane);
        if pane != Pane::Tables {
            self.asked_for = Some(pane);
        }
    }

    /// Whether the user folded a panel.
    pub(crate) fn is_folded(&self, pane: Pane) -> bool {
        self.folded.contains(&pane)
    }

    /// Whether a panel is a strip, folded or for want of room.
    pub(crate) fn is_strip(&self, pane: Pane) -> bool {
        self.is_folded(pane) || self.squeezed.contains(&pane)
    }

    /// The side panel that stays where both have no room.
    pub(crate) fn asked_for(&self) -> Pane {
        self.asked_for.unwrap_or(Pane::Inspector)
    }
}
