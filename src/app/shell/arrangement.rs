//! Where each part of the window stands: worked out from the window's size and from what the user
//! gave each panel, never from what stands in it, so that nothing moves by itself.

use std::collections::BTreeSet;

use egui::{Rect, pos2};

use crate::app::model::panes::{Grip, Pane, Panes};
use crate::scene::ThemeMode;

/// The bar at the very top, the one with the headline, and the one at the foot, in points.
pub(crate) const TOP_BAR: f32 = 40.0;
pub(crate) const HEADLINE: f32 = 76.0;
pub(crate) const STATUS: f32 = 28.0;

/// What a folded panel leaves at the side, and what folded tables leave: their tabs.
pub(crate) const STRIP: f32 = 28.0;
pub(crate) const TABS: f32 = 40.0;

/// How wide the filters are at least and in a new window; narrower, their words break too often.
const FILTERS: [f32; 2] = [184.0, 208.0];

/// The same for the inspector.
const INSPECTOR: [f32; 2] = [256.0, 304.0];

/// How high the tables are at least: tabs, headings and two rows.
const LEAST_TABLES: f32 = 124.0;

/// The share of the height that tables take in a new window, that long answers take, and that either
/// can take.
const TABLES: f32 = 0.34;
const LONG_ANSWERS: f32 = 0.5;
const MOST: f32 = 0.6;

/// The parts of the window while an inventory is open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arrangement {
    pub(crate) filters: Rect,
    pub(crate) inspector: Rect,
    pub(crate) tables: Rect,
    pub(crate) map: Rect,
    /// The side panels that are strips because there is no room for them.
    pub(crate) squeezed: BTreeSet<Pane>,
}

/// How the room is to be divided.
#[derive(Clone, Copy)]
pub(crate) struct Wished<'a> {
    pub(crate) panes: &'a Panes,
    /// Whether the tab in sight has a long answer.
    pub(crate) long: bool,
    pub(crate) theme: ThemeMode,
}

impl Wished<'_> {
    fn is_folded(&self, pane: Pane) -> bool {
        self.panes.is_folded(pane, self.theme)
    }

    /// The share of the width that is left to the map at least.
    fn map_share(&self) -> f32 {
        match self.theme {
            ThemeMode::Dark | ThemeMode::Light => 0.5,
            ThemeMode::Projector => 0.6,
        }
    }
}

/// Divides the room between the bars. The map gets at least half the width, in the projector theme more:
/// side panels become narrower, and the one that was not asked for last a strip, before the map does.
pub(crate) fn arrange(room: Rect, wished: Wished<'_>) -> Arrangement {
    let tables = room.bottom() - tables_height(room.height(), wished);
    let ([left, right], squeezed) = sides(room.width(), wished);
    let [left, right] = [room.left() + left, room.right() - right];
    let between = |left: f32, top: f32, right: f32, bottom: f32| {
        Rect::from_min_max(pos2(left, top), pos2(right.max(left), bottom.max(top)))
    };
    Arrangement {
        filters: between(room.left(), room.top(), left, tables),
        inspector: between(right, room.top(), room.right(), tables),
        tables: between(room.left(), tables, room.right(), room.bottom()),
        map: between(left, room.top(), right, tables),
        squeezed,
    }
}

/// Which height a grip sets.
pub(crate) fn tables_grip(long: bool) -> Grip {
    if long { Grip::LongAnswers } else { Grip::Tables }
}

fn tables_height(room: f32, wished: Wished<'_>) -> f32 {
    let Wished { panes, long, theme: _ } = wished;
    if wished.is_folded(Pane::Tables) {
        return TABS.min(room);
    }
    let usual = room * if long { LONG_ANSWERS } else { TABLES };
    let most = (room * MOST).floor();
    let height = panes.size(tables_grip(long)).unwrap_or(usual);
    height.clamp(LEAST_TABLES.min(most), most).round()
}

/// The widths at the left and at the right.
fn sides(width: f32, of: Wished<'_>) -> ([f32; 2], BTreeSet<Pane>) {
    let panes = of.panes;
    let most = (width * (1.0 - of.map_share())).floor();
    let mut squeezed = BTreeSet::new();
    let stays = panes.asked_for();
    let goes = if stays == Pane::Inspector { Pane::Filters } else { Pane::Inspector };
    let least = |pane: Pane, squeezed: &BTreeSet<Pane>| {
        let is_strip = of.is_folded(pane) || squeezed.contains(&pane);
        if is_strip { STRIP } else { limits(pane)[0] }
    };
    for pane in [goes, stays] {
        let both = least(goes, &squeezed) + least(stays, &squeezed);
        if both > most && !of.is_folded(pane) {
            squeezed.insert(pane);
        }
    }
    let wished = |pane: Pane| {
        let [low, usual] = limits(pane);
        if of.is_folded(pane) || squeezed.contains(&pane) {
            return STRIP;
        }
        panes.size(grip(pane)).unwrap_or(usual).max(low)
    };
    let first = wished(stays).min(most - least(goes, &squeezed)).max(least(stays, &squeezed));
    let second = wished(goes).min(most - first).max(least(goes, &squeezed));
    let [first, second] = [first, second].map(f32::round);
    let widths = if stays == Pane::Filters { [first, second] } else { [second, first] };
    (widths, squeezed)
}

fn limits(pane: Pane) -> [f32; 2] {
    if pane == Pane::Filters { FILTERS } else { INSPECTOR }
}

fn grip(pane: Pane) -> Grip {
    match pane {
        Pane::Filters => Grip::Filters,
        Pane::Inspector => Grip::Inspector,
        Pane::Tables => Grip::Tables,
    }
}

#[cfg(test)]
mod tests {
    use egui::{Rect, pos2, vec2};

    use super::{Arrangement, STRIP, Wished};
    use crate::app::model::panes::{Grip, Pane, Panes};
    use crate::scene::ThemeMode;

    fn arrange(room: Rect, panes: &Panes, long: bool) -> Arrangement {
        super::arrange(room, Wished { panes, long, theme: ThemeMode::Dark })
    }

    fn room(width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(0.0, 116.0), vec2(width, height))
    }

    #[test]
    fn the_map_keeps_half_the_width_whatever_the_grips_say() {
        for width in [400.0, 640.0, 800.0, 1000.0, 1280.0, 1366.0, 1920.0_f32] {
            for (filters, inspector) in [(0.0, 0.0), (900.0, 90.0), (90.0, 900.0), (900.0, 900.0)] {
                for pane in [Pane::Filters, Pane::Inspector] {
                    let mut panes = Panes::default();
                    panes.set_size(Grip::Filters, Some(filters));
                    panes.set_size(Grip::Inspector, Some(inspector));
                    panes.unfold(pane, ThemeMode::Dark);
                    let found = arrange(room(width, 500.0), &panes, false);
                    assert!(found.map.width() >= width / 2.0, "{width}: {found:?}");
                    let parts = [found.filters, found.map, found.inspector];
                    let sum: f32 = parts.iter().map(Rect::width).sum();
                    assert!((sum - width).abs() < 0.1, "{width}: {found:?}");
                    assert!((found.tables.top() - found.map.bottom()).abs() < 0.1);
                }
            }
        }
    }

    #[test]
    fn on_a_narrow_window_the_panel_that_was_asked_for_stays_and_the_other_is_a_strip() {
        let mut panes = Panes::default();
        let found = arrange(room(800.0, 380.0), &panes, false);
        assert_eq!((found.filters.width(), found.inspector.width()), (STRIP, 304.0));
        panes.squeezed = found.squeezed;
        panes.toggle(Pane::Filters, ThemeMode::Dark);
        let found = arrange(room(800.0, 380.0), &panes, false);
        assert_eq!((found.filters.width(), found.inspector.width()), (208.0, STRIP));
        // With more room both come back as they were.
        let found = arrange(room(1280.0, 380.0), &panes, false);
        assert_eq!((found.filters.width(), found.inspector.width()), (208.0, 304.0));
        assert!(found.squeezed.is_empty());
    }

    #[test]
    fn long_answers_take_half_the_height_and_have_a_grip_of_their_own() {
        let mut panes = Panes::default();
        let height =
            |panes: &Panes, long| arrange(room(1280.0, 600.0), panes, long).tables.height();
        assert_eq!((height(&panes, false), height(&panes, true)), (204.0, 300.0));
        panes.set_size(Grip::Tables, Some(150.0));
        assert_eq!((height(&panes, false), height(&panes, true)), (150.0, 300.0));
        panes.set_size(Grip::LongAnswers, Some(900.0));
        assert_eq!((height(&panes, false), height(&panes, true)), (150.0, 360.0));
        panes.set_size(Grip::Tables, None);
        assert_eq!((height(&panes, false), height(&panes, true)), (204.0, 360.0));
    }

    #[test]
    fn in_the_projector_theme_the_map_has_most_of_the_window_at_first() {
        let theme = ThemeMode::Projector;
        // What 1280x720, 1366x768 and 1920x1080 leave below the headline once all is larger.
        for (width, height) in [(927.0, 378.0), (929.0, 378.0), (1129.0, 491.0_f32)] {
            let mut panes = Panes::default();
            let arrange = |panes: &Panes| {
                super::arrange(room(width, height), Wished { panes, long: false, theme })
            };
            let found = arrange(&panes);
            assert!(found.map.width() >= 0.6 * width, "{found:?}");
            // The bar at the foot stands below the room.
            assert!(found.map.height() >= 0.65 * (height + 28.0), "{found:?}");
            for pane in [Pane::Filters, Pane::Inspector] {
                panes.toggle(pane, theme);
                let found = arrange(&panes);
                panes.squeezed.clone_from(&found.squeezed);
                assert!(found.map.width() >= 0.6 * width, "{found:?}");
            }
        }
    }
}
