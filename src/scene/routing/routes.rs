//! Ways of links, kept from picture to picture: worked out once for a selection, a layout and a class
//! of zooms, in the coordinates of the map, so that moving the picture takes nothing anew.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};

use super::bend::{Bent, bend};
use super::obstacles::{Obstacle, Obstacles};
use crate::layout::Point;
use crate::scene::camera::Area;

/// Classes of zooms to a doubling: within one, links keep their ways.
const CLASSES: f32 = 4.0;

/// This many ways are worked out at once before it is looked at how much work they were.
const AT_ONCE: usize = 4;

/// More ways than this are not kept.
const MOST_KEPT: usize = 30_000;

/// A range of zooms for which ways are worked out once: at its lowest zoom, where marks take the most
/// room on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ZoomClass(i32);

impl ZoomClass {
    /// The class of a zoom.
    pub(crate) fn of(zoom: f32) -> Self {
        Self((zoom.max(1e-9).log2() * CLASSES + 1e-3).floor() as i32)
    }

    /// Its lowest zoom.
    pub(crate) fn zoom(self) -> f32 {
        (self.0 as f32 / CLASSES).exp2()
    }
}

/// What the ways lead round, and between what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum WaysOf {
    /// Links, round marks.
    LinksRoundMarks,
    /// Links, round the bodies of groups of this level.
    LinksRoundBodies(i32),
    /// Bundles, round the bodies of groups of this level.
    Bundles(i32),
}

/// What lies in the way.
pub(crate) struct InTheWay<'a> {
    pub(crate) of: WaysOf,
    pub(crate) class: ZoomClass,
    /// The part of the map that is in sight, in scene units, where obstacles are only looked for
    /// about it.
    pub(crate) seen: Option<Area>,
    /// The obstacles in a part of the map, or in all of it, in pixels at the lowest zoom of the class.
    pub(crate) obstacles: &'a (dyn Fn(Option<&Area>) -> Vec<Obstacle> + Sync),
}

/// What is to be joined: two marks, or two groups, and where they are on the map.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joined {
    pub(crate) marks: [u32; 2],
    pub(crate) ends: [Point; 2],
}

/// Ways of links round the marks and bodies that they do not touch, kept from picture to picture.
#[derive(Debug, Default)]
pub struct Routes {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Of which picture of the map they are.
    picture: Option<u64>,
    /// How much work may still be done for this frame; `None` for as much as there is.
    budget: Option<u32>,
    /// Whether some way was left straight for want of budget.
    is_short: bool,
    tables: HashMap<WaysOf, Table>,
}

#[derive(Debug)]
struct Table {
    class: ZoomClass,
    /// Where obstacles were looked for, if not everywhere.
    area: Option<Area>,
    obstacles: Obstacles,
    ways: HashMap<[u32; 2], Vec<Point>>,
    /// How many ways were looked for in vain since it was made.
    blocked: usize,
}

impl Routes {
    /// Begins a frame of a picture that has this number, with so much work for it at most; ways of
    /// another picture are dropped.
    pub fn begin(&mut self, picture: u64, budget: Option<u32>) {
        let kept = self.kept.get_mut().unwrap_or_else(PoisonError::into_inner);
        if kept.picture != Some(picture) {
            kept.tables.clear();
            kept.picture = Some(picture);
        }
        kept.budget = budget;
        kept.is_short = false;
    }

    /// Whether every link had its way in the frame that was begun last.
    pub fn is_complete(&self) -> bool {
        !self.kept.lock().unwrap_or_else(PoisonError::into_inner).is_short
    }

    /// How many links run straight because no way was found round the marks between their ends.
    pub fn blocked(&self) -> usize {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let of_links = kept.tables.iter().filter(|(of, _)| !matches!(of, WaysOf::Bundles(_)));
        of_links.map(|(_, table)| table.blocked).sum()
    }

    /// The way of each, in scene units: as far as the budget of the frame goes; the others are
    /// straight. Costs time in proportion to the marks along those that are not kept.
    pub(crate) fn ways(&self, round: &InTheWay<'_>, joined: &[Joined]) -> Vec<Vec<Point>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = &mut *kept;
        let mut table = kept
            .tables
            .remove(&round.of)
            .filter(|table| table.class == round.class)
            .unwrap_or_else(|| Table::new(round));
        table.move_to(round);
        if !table.work_out(round.of, joined, &mut kept.budget) {
            kept.is_short = true;
        }
        let zoom = round.class.zoom();
        let scene = |at: &Point| Point { x: at.x / zoom, y: at.y / zoom };
        let way = |own: &Joined| match table.ways.get(&own.marks) {
            Some(way) if way.len() > 2 => {
                let [from, to] = own.ends;
                let inner = way.get(1..way.len() - 1).unwrap_or_default();
                let corners = inner.iter().map(scene);
                std::iter::once(from).chain(corners).chain([to]).collect()
            }
            Some(_) | None => own.ends.to_vec(),
        };
        let ways = joined.iter().map(way).collect();
        kept.tables.insert(round.of, table);
        ways
    }
}

impl Table {
    fn new(round: &InTheWay<'_>) -> Self {
        let area = round.seen.as_ref().map(about);
        let obstacles = Obstacles::new((round.obstacles)(area.as_ref()));
        Self { class: round.class, area, obstacles, ways: HashMap::new(), blocked: 0 }
    }

    /// Looks for obstacles about what is in sight now, where they were only known about another part.
    fn move_to(&mut self, round: &InTheWay<'_>) {
        let (Some(area), Some(seen)) = (self.area, round.seen) else { return };
        let corners =
            [Point { x: seen.left, y: seen.top }, Point { x: seen.right(), y: seen.bottom() }];
        if corners.iter().all(|&corner| area.holds(corner)) {
            return;
        }
        let ways = std::mem::take(&mut self.ways);
        let zoom = round.class.zoom();
        *self = Self::new(round);
        // What left the old part may run through marks that were not known then.
        self.ways = ways
            .into_iter()
            .filter(|(_, way)| {
                way.iter().all(|at| area.holds(Point { x: at.x / zoom, y: at.y / zoom }))
            })
            .collect();
    }

    /// Works out the ways that are not kept; says whether there was budget for all.
    fn work_out(&mut self, of: WaysOf, joined: &[Joined], budget: &mut Option<u32>) -> bool {
        let zoom = self.class.zoom();
        let missing: Vec<&Joined> =
            joined.iter().filter(|own| !self.ways.contains_key(&own.marks)).collect();
        if self.ways.len() + missing.len() > MOST_KEPT {
            self.ways.clear();
        }
        let (obstacles, is_searched) = (&self.obstacles, !matches!(of, WaysOf::Bundles(_)));
        let at_once = if budget.is_some() { AT_ONCE } else { missing.len().max(1) };
        for some in missing.chunks(at_once) {
            if *budget == Some(0) {
                return false;
            }
            let find = |own: &&Joined| {
                let ends = own.ends.map(|at| Point { x: at.x * zoom, y: at.y * zoom });
                bend(obstacles, own.marks, ends, is_searched)
            };
            // A frame with a budget must not wait for cores that a job has taken.
            let found: Vec<Bent> = if budget.is_some() {
                some.iter().map(find).collect()
            } else {
                some.par_iter().with_min_len(16).map(find).collect()
            };
            for (own, Bent { way, is_free, work }) in some.iter().zip(found) {
                self.ways.insert(own.marks, way);
                self.blocked += usize::from(!is_free);
                if let Some(left) = budget {
                    *left = left.saturating_sub(work);
                }
            }
        }
        true
    }
}

/// A part of the map about what is in sight.
fn about(seen: &Area) -> Area {
    seen.grown(seen.width.max(seen.height) * 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_holds_its_lowest_zoom_and_no_zoom_below_it() {
        for step in -40..40_i16 {
            let zoom = (f32::from(step) / 7.0).exp2();
            let class = ZoomClass::of(zoom);
            assert!(class.zoom() <= zoom * 1.001 && zoom < class.zoom() * 1.19, "{zoom}");
            assert_eq!(ZoomClass::of(class.zoom()), class);
        }
    }
}
