//! Ways of links, kept from picture to picture: worked out once for what lies in their way and a class
//! of zooms, in the coordinates of the map, so that moving the picture, or selecting something that
//! moves nothing, takes nothing anew.

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
    /// Whether no work was to be done from the start.
    all_straight: bool,
    /// Whether some way was left straight for want of budget.
    is_short: bool,
    tables: HashMap<WaysOf, Table>,
}

#[derive(Debug)]
struct Table {
    class: ZoomClass,
    /// Of which picture the obstacles are.
    picture: Option<u64>,
    /// Where obstacles were looked for, if not everywhere.
    area: Option<Area>,
    obstacles: Obstacles,
    ways: HashMap<[u32; 2], Way>,
    /// Those of the picture before, where something else lay in the way: they are shown until there is time for
    /// new ones, so that nothing jumps to and fro.
    before: HashMap<[u32; 2], Way>,
    /// How many ways were looked for in vain since it was made.
    blocked: usize,
}

/// A way, and between what places on the map it leads.
#[derive(Clone, Debug)]
struct Way {
    ends: [Point; 2],
    corners: Vec<Point>,
}

impl Routes {
    /// Begins a frame of a picture that has this number, with this much work for it at most. Ways of
    /// another picture are kept as long as the same lies in their way. With no work at all everything
    /// runs straight, and is complete so.
    pub fn begin(&mut self, picture: u64, budget: Option<u32>) {
        let kept = self.kept.get_mut().unwrap_or_else(PoisonError::into_inner);
        kept.picture = Some(picture);
        kept.budget = budget;
        kept.all_straight = budget == Some(0);
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
        if kept.all_straight {
            return joined.iter().map(|own| own.ends.to_vec()).collect();
        }
        let last = kept.tables.remove(&round.of).filter(|table| table.class == round.class);
        let mut table = match last {
            Some(last) => last.in_picture(kept.picture, round),
            None => Table::new(kept.picture, round),
        };
        table.move_to(round);
        if table.work_out(round.of, joined, &mut kept.budget) {
            table.before.clear();
        } else {
            kept.is_short = true;
        }
        let zoom = round.class.zoom();
        let scene = |at: &Point| Point { x: at.x / zoom, y: at.y / zoom };
        let way = |own: &Joined| match table.way_of(own) {
            Some(Way { corners, .. }) if corners.len() > 2 => {
                let [from, to] = own.ends;
                let inner = corners.get(1..corners.len() - 1).unwrap_or_default();
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
    fn new(picture: Option<u64>, round: &InTheWay<'_>) -> Self {
        let area = round.seen.as_ref().map(about);
        let obstacles = Obstacles::new((round.obstacles)(area.as_ref()));
        let (ways, before) = (HashMap::new(), HashMap::new());
        Self { class: round.class, picture, area, obstacles, ways, before, blocked: 0 }
    }

    /// The same for another picture, where the same lies in the way there; else one whose ways are still to be
    /// found.
    fn in_picture(self, picture: Option<u64>, round: &InTheWay<'_>) -> Self {
        if self.picture == picture {
            return self;
        }
        let now = (round.obstacles)(self.area.as_ref());
        if self.obstacles.are(&now) {
            return Self { picture, ..self };
        }
        let mut before = self.before;
        before.extend(self.ways);
        Self { before, ..Self::new(picture, round) }
    }

    /// The way of what is joined, or that of the picture before.
    fn way_of(&self, own: &Joined) -> Option<&Way> {
        let before = || self.before.get(&own.marks).filter(|way| way.ends == own.ends);
        self.ways.get(&own.marks).or_else(before)
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
        *self = Self { before: std::mem::take(&mut self.before), ..Self::new(self.picture, round) };
        // What left the old part may run through marks that were not known then.
        self.ways = ways
            .into_iter()
            .filter(|(_, way)| {
                let holds = |at: &Point| area.holds(Point { x: at.x / zoom, y: at.y / zoom });
                way.corners.iter().all(holds)
            })
            .collect();
    }

    /// Works out the ways that are not kept; says whether there was budget for all.
    fn work_out(&mut self, of: WaysOf, joined: &[Joined], budget: &mut Option<u32>) -> bool {
        let zoom = self.class.zoom();
        let is_known =
            |own: &Joined| self.ways.get(&own.marks).is_some_and(|way| way.ends == own.ends);
        let missing: Vec<&Joined> = joined.iter().filter(|own| !is_known(own)).collect();
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
                self.ways.insert(own.marks, Way { ends: own.ends, corners: way });
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
    use proptest::prelude::*;

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

    #[test]
    fn ways_stay_until_there_is_time_for_new_ones() {
        let disc = |radius| Obstacle { mark: 99, centre: Point { x: 100.0, y: 4.0 }, radius };
        // Ten links, of which one frame looks at few.
        let joined: Vec<Joined> = (0..10_u32)
            .map(|at| {
                let end = |x| Point { x, y: f32::from(at as u8) / 10.0 };
                Joined { marks: [at, 20 + at], ends: [end(0.0), end(240.0)] }
            })
            .collect();
        let ways = |routes: &Routes, radius: f32| {
            let obstacles = |_: Option<&Area>| vec![disc(radius)];
            let (of, class) = (WaysOf::LinksRoundMarks, ZoomClass::of(1.0));
            routes.ways(&InTheWay { of, class, seen: None, obstacles: &obstacles }, &joined)
        };
        let mut routes = Routes::default();
        routes.begin(0, None);
        let first = ways(&routes, 12.0);
        assert!(first.iter().all(|way| way.len() > 2));
        routes.begin(1, Some(1));
        let second = ways(&routes, 19.0);
        assert!(!routes.is_complete());
        assert_ne!(second[0], first[0], "the first have new ways");
        assert_eq!(second[9], first[9], "the last keep theirs for now");
        routes.begin(1, None);
        let third = ways(&routes, 19.0);
        assert!(routes.is_complete() && third[9] != first[9]);
        let mut anew = Routes::default();
        anew.begin(1, None);
        assert_eq!(third, ways(&anew, 19.0));
    }

    fn ways_of(routes: &Routes, discs: &[Obstacle], ends: [Point; 2]) -> Vec<Vec<Point>> {
        let obstacles = |_: Option<&Area>| discs.to_vec();
        let class = ZoomClass::of(1.0);
        let of = WaysOf::LinksRoundMarks;
        let round = InTheWay { of, class, seen: None, obstacles: &obstacles };
        routes.ways(&round, &[Joined { marks: [0, 1], ends }])
    }

    proptest! {
        /// Ways that are kept from picture to picture are those that would be found anew.
        #[test]
        fn a_picture_has_the_same_ways_whatever_was_drawn_before(
            pictures in proptest::collection::vec((0_usize..3, 0_usize..2), 1..6),
        ) {
            let disc = |mark, x, y| Obstacle { mark, centre: Point { x, y }, radius: 12.0 };
            let discs = [
                vec![disc(2, 100.0, 4.0)],
                vec![disc(2, 100.0, -4.0)],
                vec![disc(2, 100.0, 4.0), disc(3, 160.0, -6.0)],
            ];
            let ends = [0.0, 30.0].map(|y| [Point { x: 0.0, y: 0.0 }, Point { x: 240.0, y }]);
            let mut routes = Routes::default();
            for (number, (discs_at, ends_at)) in (0..).zip(pictures) {
                routes.begin(number, None);
                let mut anew = Routes::default();
                anew.begin(number, None);
                let (discs, ends) = (&discs[discs_at], ends[ends_at]);
                prop_assert_eq!(ways_of(&routes, discs, ends), ways_of(&anew, discs, ends));
            }
        }
    }
}
