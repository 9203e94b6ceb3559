//! The panels round the map: how much room the user gave each, and which are folded.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::scene::ThemeMode;

/// The largest size of a panel that is taken from a file, in points.
const MOST: f32 = 16_384.0;

/// A panel beside the map, or below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Pane {
    Filters,
    Inspector,
    Tables,
}

/// An edge that can be dragged. Long answers have a height of their own, so that they can take half
/// the window without the tables doing so too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Grip {
    Filters,
    Inspector,
    Tables,
    LongAnswers,
}

/// What the user said of the panels; what stands in them changes nothing of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Panes {
    /// Widths and heights in points, where a grip set them.
    sizes: BTreeMap<Grip, f32>,
    folded: BTreeSet<Pane>,
    /// Those that are folded in the projector theme, where everything is larger and the picture is what
    /// is shown: at first the filters and the tables.
    folded_projected: BTreeSet<Pane>,
    /// The panel that was asked for last: where there is no room for both sides, it stays.
    #[serde(skip)]
    asked_for: Option<Pane>,
    /// The panels that are strips because the window is narrow, as it was drawn last.
    #[serde(skip)]
    pub(crate) squeezed: BTreeSet<Pane>,
}

impl Default for Panes {
    fn default() -> Self {
        Self {
            sizes: BTreeMap::new(),
            folded: BTreeSet::new(),
            folded_projected: BTreeSet::from([Pane::Filters, Pane::Tables]),
            asked_for: None,
            squeezed: BTreeSet::new(),
        }
    }
}

impl Panes {
    /// What the next start finds: without sizes that no grip could have set, and without what the room of
    /// one window made of them.
    pub(crate) fn kept(&self) -> Self {
        let can_be = |size: &f32| size.is_finite() && *size > 0.0 && *size <= MOST;
        let sizes = self.sizes.iter().filter(|(_, size)| can_be(size));
        Self {
            sizes: sizes.map(|(&grip, &size)| (grip, size)).collect(),
            folded: self.folded.clone(),
            folded_projected: self.folded_projected.clone(),
            ..Self::default()
        }
    }

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
    pub(crate) fn toggle(&mut self, pane: Pane, theme: ThemeMode) {
        if self.is_folded(pane, theme) || self.squeezed.contains(&pane) {
            self.unfold(pane, theme);
        } else {
            self.folded_mut(theme).insert(pane);
        }
    }

    /// Shows a panel, in the place of the other one where both have no room.
    pub(crate) fn unfold(&mut self, pane: Pane, theme: ThemeMode) {
        self.folded_mut(theme).remove(&pane);
        if pane != Pane::Tables {
            self.asked_for = Some(pane);
        }
    }

    /// Whether a panel is folded while this theme is on.
    pub(crate) fn is_folded(&self, pane: Pane, theme: ThemeMode) -> bool {
        match theme {
            ThemeMode::Dark | ThemeMode::Light => self.folded.contains(&pane),
            ThemeMode::Projector => self.folded_projected.contains(&pane),
        }
    }

    fn folded_mut(&mut self, theme: ThemeMode) -> &mut BTreeSet<Pane> {
        match theme {
            ThemeMode::Dark | ThemeMode::Light => &mut self.folded,
            ThemeMode::Projector => &mut self.folded_projected,
        }
    }

    /// The side panel that stays where both have no room.
    pub(crate) fn asked_for(&self) -> Pane {
        self.asked_for.unwrap_or(Pane::Inspector)
    }
}
