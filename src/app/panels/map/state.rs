//! What the map remembers between frames.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::model::route::RouteOf;
use crate::app::model::state::ChosenOwner;
use crate::app::model::views::View;
use crate::app::paint::painter::Painted;
use crate::app::work::answers::Answers;
use crate::graph::AccessGraph;
use crate::layout::Point;
use crate::scene::{Camera, FontMetrics, Grouping, Map, Picture, Routes, ThemeMode};

/// What the map remembers between frames.
#[derive(Debug, Default)]
pub(crate) struct MapState {
    pub(super) travel: Option<Travel>,
    /// The mark under the pointer.
    pub(super) hovered: Option<Subject>,
    /// What was clicked last, and of which answers it is.
    pub(super) clicked: Option<(Subject, *const Answers)>,
    /// Whether the last click went into a body.
    pub(super) went_in: bool,
    /// What the menu is about that was opened last, and of which answers it is.
    pub(super) menu: Option<(Subject, *const Answers)>,
    pub(super) drawn: Option<Drawn>,
    /// The box or lasso that is being drawn.
    pub(super) catch: Option<Catch>,
    /// The map that is to be drawn now.
    pub(super) map: Option<Arc<Map>>,
    /// The picture from which marks are on the way.
    pub(super) change: Option<Change>,
    /// What is being dragged to another place.
    pub(super) moving: Option<Moving>,
    /// The camera has jumped: names need not stay where they were.
    pub(super) has_jumped: bool,
    /// The groups of the map.
    pub(super) grouping: Option<KeptGroups>,
    /// The ways of its links.
    pub(super) routes: Routes,
    /// What was in question in the frame before, and since when the light runs along it.
    pub(super) question: Option<Question>,
    pub(super) lit_since: Option<f64>,
    /// Where the camera was put so that all is in sight, or what is lit: as long as it is still there
    /// it follows the size of the pane.
    pub(super) fit: Option<(Fit, Camera)>,
    /// Whether the legend named fixes then: it is higher where it does.
    pub(super) fit_with_fixes: bool,
    pub(super) fonts: FontMetrics,
}

impl MapState {
    /// The picture on the screen, as long as it is the one of the model.
    pub(crate) fn picture(&self, of: u64) -> Option<&Picture> {
        let drawn = self.drawn.as_ref().filter(|drawn| drawn.shows.picture == of);
        drawn.map(|drawn| drawn.painted.picture())
    }

    /// The picture that is pointed at: also one that lights or hides other parts of the same map.
    pub(super) fn pointed_at(&self, of: u64) -> Option<&Picture> {
        let is_same = |own: &Arc<Map>| self.map.as_ref().is_some_and(|now| Arc::ptr_eq(own, now));
        let drawn = self
            .drawn
            .as_ref()
            .filter(|own| own.shows.picture == of || own.map.as_ref().is_some_and(is_same));
        drawn.map(|drawn| drawn.painted.picture())
    }
}

/// Groups of a map, and of which of its marks.
#[derive(Debug)]
pub(super) struct KeptGroups {
    pub(super) map: Arc<Map>,
    pub(super) visible: Vec<bool>,
    pub(super) groups: Arc<Grouping>,
}

/// A box or a lasso that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Catch {
    /// Between two corners.
    Box(egui::Pos2, egui::Pos2),
    /// Within its corners.
    Lasso(Vec<egui::Pos2>),
}

/// The picture before another layout was shown, and since when that is shown.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) before: Picture,
    pub(super) since: f64,
}

/// Marks that are being dragged to another place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moving {
    pub(super) subjects: Vec<Subject>,
    /// Where they were grabbed, in scene units, and by how much they are to move from there.
    pub(super) from: Point,
    pub(super) by: Point,
    /// In which picture: in another one they may stand elsewhere.
    pub(super) picture: u64,
}

/// What is to be in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    All,
    Lit,
    /// What filters and focus leave.
    InSight,
    /// What a scene holds in sight.
    Held,
}

/// What is in question on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Subject(Subject, bool, Option<u32>),
    Route(RouteOf, Option<u32>),
    Owner(ChosenOwner),
}

/// The picture that was drawn last, and what it shows.
pub(super) struct Drawn {
    pub(super) shows: Shows,
    pub(super) painted: Painted,
    /// The map that it shows.
    pub(super) map: Option<Arc<Map>>,
    /// The layout that it shows.
    pub(super) laid_out: Option<Arc<Map>>,
    /// How far it was moved since it was drawn, in pixels.
    pub(super) moved: (f32, f32),
    /// Whether all of it is as it stays at rest.
    pub(super) is_complete: bool,
}

impl std::fmt::Debug for Drawn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Drawn").field("shows", &self.shows).finish_non_exhaustive()
    }
}

/// Everything on which a picture depends. As long as it stays the same nothing is drawn anew: a
/// blinking caret must not cost the drawing of a hundred thousand marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shows {
    pub(super) picture: u64,
    pub(super) camera: Camera,
    pub(super) hovered: Option<Subject>,
    pub(super) theme: ThemeMode,
    pub(super) pixels_per_point: f32,
}

impl Shows {
    /// By how many pixels this is another picture moved; `None` where more than that is different.
    pub(super) fn is_moved_from(&self, other: &Self) -> Option<(f32, f32)> {
        let (from, to) = (other.camera, self.camera);
        let same = Self { camera: Camera { centre: to.centre, ..from }, ..*other };
        let by = |before: f32, now: f32| (before - now) * to.zoom;
        let moved = (by(from.centre.x, to.centre.x), by(from.centre.y, to.centre.y));
        (same == *self).then_some(moved)
    }
}

/// The camera on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Travel {
    pub(super) from: Camera,
    pub(super) to: Camera,
    pub(super) since: f64,
}

/// What is drawn.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) of: &'a View,
    pub(super) map: &'a Map,
    pub(super) graph: &'a AccessGraph,
}
