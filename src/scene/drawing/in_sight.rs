//! Which marks are in sight, where, and how large.

use super::view::View;
use crate::scene::camera::Area;
use crate::scene::grouping::Grouping;

/// This many of the worst credentials are drawn over bodies, those that reach most; and while
/// something else is in question, only so few. The bodies tell the number of all.
const MOST_WORST: usize = 40;

/// So many of the critical credentials in sight, those that reach most, always have their names: one for each area
/// of this many pixels.
const CRITICAL_AT_LEAST: (usize, usize) = (6, 15);
const PIXELS_FOR_A_CRITICAL: f32 = 44_000.0;

/// How many of the critical credentials in sight always have their names: in a small pane more would cover what
/// they lie on.
pub(super) fn critical_at_least(view: &View<'_>) -> usize {
    let Area { width, height, .. } = view.camera.viewport;
    let has_room = width * height / PIXELS_FOR_A_CRITICAL / view.theme.type_size;
    let (least, most) = CRITICAL_AT_LEAST;
    (has_room as usize).clamp(least, most)
}

/// The marks in sight, as indices into the map's marks.
#[derive(Debug, Default)]
pub(super) struct InSight {
    /// Those that are not in question.
    pub(super) quiet: Vec<u32>,
    /// What is highlighted, selected or under the pointer.
    pub(super) on_top: Vec<u32>,
}

impl InSight {
    /// Finds them. Costs time in proportion to the marks in the groups in sight.
    pub(super) fn find(view: &View<'_>, grouping: Option<&Grouping>) -> Self {
        let area = view.drawn_area().grown(30.0);
        let part = view.scene_area().grown(30.0 / view.camera.zoom);
        let mut found = Self::default();
        for index in view.candidates(Some(&part), grouping) {
            let is_inside = view.centre_of(index).is_some_and(|centre| area.holds(centre));
            if is_inside && view.is_visible(index) {
                if view.is_on_top(index) { &mut found.on_top } else { &mut found.quiet }
                    .push(index);
            }
        }
        found
    }

    /// Finds only what is drawn over the bodies of groups: what is in question, and what is worst.
    /// Costs time in proportion to the marks that are highlighted, or worst.
    pub(super) fn over_bodies(view: &View<'_>, grouping: &Grouping, lit_too: bool) -> Self {
        let area = view.drawn_area().grown(30.0);
        let is_seen = |mark: &u32| view.centre_of(*mark).is_some_and(|at| area.holds(at));
        let Self { mut quiet, mut on_top } = Self::over_all_bodies(view, grouping, lit_too);
        on_top.extend(view.hovered.filter(|mark| view.is_visible(*mark)));
        on_top.sort_unstable();
        on_top.dedup();
        on_top.retain(is_seen);
        quiet.retain(|mark| view.hovered != Some(*mark) && is_seen(mark));
        Self { quiet, on_top }
    }

    /// The same wherever they lie, whatever the pointer is over.
    pub(super) fn over_all_bodies(view: &View<'_>, grouping: &Grouping, lit_too: bool) -> Self {
        let is_visible = |mark: &u32| view.is_visible(*mark);
        let lit = view.highlight.filter(|_| lit_too).map_or(&[][..], |own| own.lit_marks());
        let on_top = lit.iter().chain(view.selected).copied();
        let mut on_top: Vec<u32> = on_top.filter(is_visible).collect();
        on_top.sort_unstable();
        on_top.dedup();
        let most = if view.highlight.is_some() { critical_at_least(view) } else { MOST_WORST };
        let quiet = grouping.important().iter().copied().take(most);
        let is_below = |mark: &u32| on_top.binary_search(mark).is_err() && is_visible(mark);
        Self { quiet: quiet.filter(is_below).collect(), on_top }
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
