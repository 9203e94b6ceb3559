//! Which marks are in sight, where, and how large.

use super::view::View;
use crate::analysis::Severity;
use crate::scene::grouping::Grouping;
use crate::scene::highlight::HighlightLevel;
use crate::scene::map::MarkStyle;
use crate::scene::routing::{Obstacle, Obstacles};

/// Up to this many marks, links keep off those outside the picture too: then their ways stay as
/// they are while the picture is moved.
const ALL_OBSTACLES: usize = 4_000;

/// Up to this many marks in sight can be told apart.
const READABLE: usize = 1_200;

/// Below this zoom an instance is a dot of some pixels, in which no sign can be made out.
const FAR: f32 = 0.3;

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

    /// Whether they are too small or too many to be told apart, so that bodies stand for them.
    pub(super) fn are_too_many(&self, view: &View<'_>) -> bool {
        self.len() > READABLE || view.camera.zoom < FAR
    }

    /// Leaves only what is drawn over the bodies of groups: what is in question, and what is worst.
    pub(super) fn keep_important(&mut self, view: &View<'_>) {
        self.quiet.retain(|&mark| {
            let style = view.map.marks.get(mark as usize).map(|own| own.style);
            matches!(
                style,
                Some(MarkStyle::Credential { severity: Some(Severity::Critical), dead: false, .. })
            )
        });
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
