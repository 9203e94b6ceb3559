//! Which marks are in sight, where, and how large.

use super::view::View;
use crate::scene::grouping::Grouping;
use crate::scene::highlight::HighlightLevel;
use crate::scene::routing::{Obstacle, Obstacles};

/// Up to this many marks, links keep off those outside the picture too: then their ways stay as
/// they are while the picture is moved.
const ALL_OBSTACLES: usize = 4_000;

/// The marks in sight, as indices into the map's marks.
#[derive(Debug, Default)]
pub(super) struct InSight {
    /// Those that are not in question.
    pub(super) quiet: Vec<u32>,
    /// What is highlighted, selected or under the pointer.
    pub(super) on_top: Vec<u32>,
    /// What links have to keep off.
    pub(super) obstacles: Obstacles,
}

impl InSight {
    /// Finds them. Costs time in proportion to the marks in the groups in sight.
    pub(super) fn find(view: &View<'_>, grouping: Option<&Grouping>) -> Self {
        let area = view.camera.viewport.grown(30.0);
        let all = view.map.marks.len() <= ALL_OBSTACLES;
        let mut found = Self::default();
        let mut obstacles = Vec::new();
        for index in candidates(view, grouping.filter(|_| !all)) {
            let Some(centre) = view.centre_of(index).filter(|_| view.is_visible(index)) else {
                continue;
            };
            let inside = area.holds(centre);
            if all || inside {
                obstacles.push(Obstacle { mark: index, centre, radius: view.radius_of(index) });
            }
            if inside {
                let on_top = view.is_chosen(index) || view.mark_level(index) == HighlightLevel::Lit;
                if on_top { &mut found.on_top } else { &mut found.quiet }.push(index);
            }
        }
        found.obstacles = Obstacles::new(obstacles);
        found
    }

    /// Finds only what is drawn over the bodies of groups: what is in question, and what is worst.
    /// Costs time in proportion to the marks only where some are highlighted.
    pub(super) fn over_bodies(view: &View<'_>, grouping: &Grouping) -> Self {
        let area = view.camera.viewport.grown(30.0);
        let is_seen = |mark: &u32| {
            view.is_visible(*mark) && view.centre_of(*mark).is_some_and(|at| area.holds(at))
        };
        let is_on_top =
            |mark: &u32| view.is_chosen(*mark) || view.mark_level(*mark) == HighlightLevel::Lit;
        let mut on_top: Vec<u32> = match view.highlight {
            Some(_) => (0..view.map.marks.len() as u32).filter(is_on_top).collect(),
            None => view.selected.into_iter().chain(view.hovered).collect(),
        };
        on_top.dedup();
        on_top.retain(is_seen);
        let quiet = grouping.important().iter().copied();
        let quiet = quiet.filter(|mark| !is_on_top(mark) && is_seen(mark)).collect();
        Self { quiet, on_top, obstacles: Obstacles::default() }
    }

    /// All of them, in the order in which they are drawn.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> + '_ {
        self.quiet.iter().chain(&self.on_top).copied()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.quiet.len() + self.on_top.len()
    }
}

/// The marks that may be in sight, in order: all, or those of the groups in sight.
fn candidates(view: &View<'_>, grouping: Option<&Grouping>) -> Vec<u32> {
    let Some(grouping) = grouping else { return (0..view.map.marks.len() as u32).collect() };
    let mut candidates = Vec::new();
    let area = view.scene_area().grown(30.0 / view.camera.zoom);
    for group in grouping.groups.iter().filter(|group| group.extent.meets(&area)) {
        candidates.extend_from_slice(grouping.members(group));
    }
    candidates.sort_unstable();
    candidates
}
