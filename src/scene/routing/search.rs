//! The shortest way over a raster, for where a line cannot simply be laid round what is in its way.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet, VecDeque};

use super::obstacles::{Ends, Obstacles, distance};
use crate::layout::Point;
use crate::scene::camera::Area;

/// How far about a line is searched, and how finely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Near it, in a raster that passes between most marks.
    Near,
    /// Farther off, in a raster so fine that it passes between marks that nearly touch.
    Far,
}

impl Reach {
    /// The side of a square of the raster, in pixels; larger where the line is long.
    fn square(self) -> f32 {
        match self {
            Self::Near => 4.0,
            Self::Far => 2.5,
        }
    }

    /// The most squares to a side.
    fn most_squares(self) -> f32 {
        match self {
            Self::Near => 220.0,
            Self::Far => 500.0,
        }
    }

    /// How far to the sides of a line is searched, in pixels.
    fn room(self) -> f32 {
        match self {
            Self::Near => 70.0,
            Self::Far => 160.0,
        }
    }
}

/// After this many squares it is looked at whether marks close the goal in.
const SQUARES_BEFORE: usize = 400;

/// How many squares round the goal are looked at then.
const SQUARES_ROUND_THE_GOAL: usize = 200;

/// How much longer than the way that it stands for a way over the raster can be: one at 22.5° to its
/// rows and diagonals by 8.3 %, and some pixels at its ends.
const RASTER_LONGER: f32 = 1.09;
const RASTER_LONGER_BY: f32 = 12.0;

/// The corners of a way round all obstacles, if there is one near the line; none where it would be
/// longer than `most` pixels once it is pulled tight.
pub(super) fn search(
    obstacles: &Obstacles,
    ends: &Ends,
    (clearance, reach): (f32, Reach),
    most: f32,
) -> Option<Vec<Point>> {
    let raster = Raster::new(obstacles, ends, (clearance, reach))?;
    let most = most * RASTER_LONGER + RASTER_LONGER_BY;
    let (start, goal) = (raster.start, raster.goal);
    let mut squares = vec![Square::default(); raster.columns * raster.rows];
    let mut looked_at = 0;
    let mut open = BinaryHeap::new();
    squares.get_mut(start)?.walked = 0.0;
    open.push(Reverse((0_u32, start)));
    while let Some(Reverse((_, at))) = open.pop() {
        if at == goal {
            break;
        }
        let own = squares.get_mut(at)?;
        if std::mem::replace(&mut own.is_done, true) {
            continue;
        }
        let so_far = own.walked;
        looked_at += 1;
        if looked_at == SQUARES_BEFORE && raster.is_closed_in() {
            return None;
        }
        let from = raster.place(at);
        for next in raster.around(at) {
            let there = raster.middle(next);
            let walked = so_far + distance(from.middle, there);
            let whole = walked + distance(there, ends.points[1]);
            let slot = squares.get_mut(next)?;
            if walked + 1e-3 >= slot.walked || whole > most || !raster.is_free(&from, there) {
                continue;
            }
            (slot.walked, slot.came_from) = (walked, at);
            // In hundredths of a pixel: whole numbers have an order.
            open.push(Reverse(((whole * 100.0) as u32, next)));
        }
    }
    let mut way = vec![ends.points[1]];
    let mut at = goal;
    while at != start {
        at = squares.get(at).map(|own| own.came_from).filter(|&before| before != NOWHERE)?;
        way.push(raster.middle(at));
    }
    way.reverse();
    Some(way)
}

/// Where a square is that no way leads to.
const NOWHERE: usize = usize::MAX;

/// What is known of a square.
#[derive(Clone, Copy)]
struct Square {
    /// How long the shortest way to it is, as far as it is known.
    walked: f32,
    /// The square before it on that way.
    came_from: usize,
    /// Whether no shorter way to it is to be found.
    is_done: bool,
}

impl Default for Square {
    fn default() -> Self {
        Self { walked: f32::MAX, came_from: NOWHERE, is_done: false }
    }
}

/// The middle of a square, and how far about it nothing is met.
struct Place {
    middle: Point,
    room: f32,
}

/// The squares about a line, and what lies in the way there.
struct Raster<'a> {
    obstacles: &'a Obstacles,
    ends: &'a Ends,
    clearance: f32,
    area: Area,
    square: f32,
    columns: usize,
    rows: usize,
    start: usize,
    goal: usize,
}

impl<'a> Raster<'a> {
    fn new(
        obstacles: &'a Obstacles,
        ends: &'a Ends,
        (clearance, reach): (f32, Reach),
    ) -> Option<Self> {
        let area = Area::around(ends.points.into_iter())?.grown(reach.room());
        let square = reach.square().max(area.width.max(area.height) / reach.most_squares());
        let columns = (area.width / square).ceil() as usize + 1;
        let rows = (area.height / square).ceil() as usize + 1;
        let square_of = |point: Point| {
            let column = ((point.x - area.left) / square).max(0.0) as usize;
            let row = ((point.y - area.top) / square).max(0.0) as usize;
            row.min(rows - 1) * columns + column.min(columns - 1)
        };
        let [start, goal] = ends.points.map(square_of);
        Some(Self { obstacles, ends, clearance, area, square, columns, rows, start, goal })
    }

    /// The middle of a square; in the squares of the ends, the ends themselves.
    fn middle(&self, at: usize) -> Point {
        let [from, to] = self.ends.points;
        if at == self.start {
            return from;
        }
        if at == self.goal {
            return to;
        }
        let (column, row) = (at % self.columns, at / self.columns);
        Point {
            x: self.area.left + (column as f32 + 0.5) * self.square,
            y: self.area.top + (row as f32 + 0.5) * self.square,
        }
    }

    fn place(&self, at: usize) -> Place {
        let middle = self.middle(at);
        Place { middle, room: self.obstacles.room_about(middle, self.ends, self.clearance) }
    }

    /// Whether a line from the middle of a square comes too near to nothing.
    fn is_free(&self, from: &Place, to: Point) -> bool {
        distance(from.middle, to) <= from.room
            || self.obstacles.hit((from.middle, to), self.ends, self.clearance).is_none()
    }

    /// Whether no way leads out of the squares round the goal, nor to the start among them.
    fn is_closed_in(&self) -> bool {
        let (mut seen, mut next) = (HashSet::from([self.goal]), VecDeque::from([self.goal]));
        while let Some(at) = next.pop_front() {
            let here = self.place(at);
            for beside in self.around(at) {
                if seen.contains(&beside) || !self.is_free(&here, self.middle(beside)) {
                    continue;
                }
                if beside == self.start || seen.len() >= SQUARES_ROUND_THE_GOAL {
                    return false;
                }
                seen.insert(beside);
                next.push_back(beside);
            }
        }
        true
    }

    fn around(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let (columns, rows) = (self.columns, self.rows);
        let (column, row) = (at % columns, at / columns);
        let steps = (-1..=1).flat_map(|y| (-1..=1).map(move |x| (x, y)));
        steps.filter(|step| *step != (0, 0)).filter_map(move |(x, y)| {
            let column = column.checked_add_signed(x).filter(|&column| column < columns)?;
            let row = row.checked_add_signed(y).filter(|&row| row < rows)?;
            Some(row * columns + column)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::super::obstacles::{CLEARANCE, Obstacle};
    use super::*;

    proptest! {
        /// A line that is no longer than the room about its end meets nothing.
        #[test]
        fn within_the_room_about_a_point_nothing_is_met(
            discs in proptest::collection::vec((0.0_f32..300.0, 0.0_f32..300.0, 2.0_f32..20.0), 0..30),
            (x, y) in (-50.0_f32..350.0, -50.0_f32..350.0),
            angle in 0.0_f32..std::f32::consts::TAU,
        ) {
            let discs = (2..).zip(discs);
            let discs = discs.map(|(mark, (x, y, radius))| Obstacle { mark, centre: Point { x, y }, radius });
            let obstacles = Obstacles::new(discs.collect());
            let (here, away) = (Point { x, y }, Point { x: -400.0, y: -400.0 });
            let ends = Ends { marks: [0, 1], points: [away, away], work: Cell::new(0) };
            let room = obstacles.room_about(here, &ends, CLEARANCE);
            let there = Point { x: x + room * angle.cos(), y: y + room * angle.sin() };
            if room > 0.0 {
                prop_assert!(obstacles.hit((here, there), &ends, CLEARANCE - 1e-2).is_none());
            }
        }
    }
}
