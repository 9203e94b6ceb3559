//! Which marks a line meets, found without looking at all of them.

use std::cell::Cell;

use crate::layout::Point;
use crate::scene::camera::Area;

/// The greatest distance that is kept from a mark, in pixels: one that can be seen.
pub(super) const CLEARANCE: f32 = 3.0;

/// The side of a cell of the table, in pixels: some marks wide, so that most cells hold few.
const CELL: f32 = 32.0;

/// The table has at most this many cells to a side; further out, cells are larger.
const MOST_CELLS: f32 = 400.0;

/// A mark that a line has to keep off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Obstacle {
    /// Which mark it is.
    pub(crate) mark: u32,
    /// Its middle.
    pub(crate) centre: Point,
    /// Its radius.
    pub(crate) radius: f32,
}

/// The two marks that a line joins: it may touch these.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ends {
    pub(super) marks: [u32; 2],
    pub(super) points: [Point; 2],
    /// How much was looked at for this line: cells and the marks in them.
    pub(super) work: Cell<u32>,
}

/// Marks in a table of cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Obstacles {
    all: Vec<Obstacle>,
    area: Area,
    cell: f32,
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Obstacles {
    /// Puts marks into the table. Costs time in proportion to their number.
    pub(crate) fn new(all: Vec<Obstacle>) -> Self {
        let Some(area) = Area::around(all.iter().map(|own| own.centre)) else {
            return Self::default();
        };
        let largest = all.iter().map(|own| own.radius).fold(0.0, f32::max);
        let area = area.grown(largest + CLEARANCE + CELL);
        let cell = CELL.max(area.width.max(area.height) / MOST_CELLS);
        let columns = (area.width / cell).ceil().max(1.0) as usize;
        let rows = (area.height / cell).ceil().max(1.0) as usize;
        let mut table = Self { all, area, cell, columns, rows, ..Self::default() };
        let mut places: Vec<(u32, u32)> = Vec::with_capacity(table.all.len() * 2);
        for (at, own) in (0_u32..).zip(&table.all) {
            // Half a step of `hit` more than the distance that is kept.
            let reach = own.radius + CLEARANCE + cell * 0.25;
            let (left, top) = table.cell_of(own.centre, -reach);
            let (right, bottom) = table.cell_of(own.centre, reach);
            for row in top..=bottom {
                places.extend((left..=right).map(|column| (table.place(column, row), at)));
            }
        }
        places.sort_unstable();
        let mut next = 0;
        table.starts = (0..=(columns * rows) as u32)
            .map(|cell| {
                while places.get(next).is_some_and(|&(own, _)| own < cell) {
                    next += 1;
                }
                next as u32
            })
            .collect();
        table.members = places.into_iter().map(|(_, at)| at).collect();
        table
    }

    /// Whether these are all of them, in their order.
    pub(crate) fn are(&self, all: &[Obstacle]) -> bool {
        self.all == all
    }

    fn cell_of(&self, point: Point, away: f32) -> (usize, usize) {
        let index = |at: f32, low: f32, most: usize| {
            ((at - low) / self.cell).max(0.0).min(most.saturating_sub(1) as f32) as usize
        };
        (
            index(point.x + away, self.area.left, self.columns),
            index(point.y + away, self.area.top, self.rows),
        )
    }

    fn place(&self, column: usize, row: usize) -> u32 {
        (row * self.columns + column) as u32
    }

    /// The cell in which a point lies, if there is one.
    fn place_of(&self, point: Point) -> Option<usize> {
        let (column, row) = self.cell_of(point, 0.0);
        let inside = self.columns > 0 && self.area.holds(point);
        inside.then(|| self.place(column, row) as usize)
    }

    fn members_of(&self, place: usize) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).copied().unwrap_or(0) as usize;
        self.members.get(bound(place)..bound(place + 1)).unwrap_or_default()
    }

    /// How near to an obstacle a line may come: where an end lies close to it, no nearer than that.
    fn kept_off(own: &Obstacle, ends: &Ends, clearance: f32) -> f32 {
        let free = |point: &Point| distance(*point, own.centre) - 0.25;
        let least = ends.points.iter().map(free).fold(f32::MAX, f32::min);
        (own.radius + clearance).min(least).max(0.0)
    }

    /// The first obstacle along a line that comes too near to it, with the distance to be kept.
    pub(super) fn hit(
        &self,
        (from, to): (Point, Point),
        ends: &Ends,
        clearance: f32,
    ) -> Option<(Obstacle, f32)> {
        let length = distance(from, to);
        let steps = (length / (self.cell * 0.5).max(1.0)).ceil().min(4_000.0) as u32;
        let mut last = None;
        for step in 0..=steps {
            let share = step as f32 / steps.max(1) as f32;
            let place = self.place_of(mix(from, to, share));
            if place == last {
                continue;
            }
            last = place;
            let members = place.map_or(&[][..], |place| self.members_of(place));
            ends.work.set(ends.work.get().saturating_add(1 + members.len() as u32));
            let mut first: Option<(f32, Obstacle, f32)> = None;
            for own in members.iter().filter_map(|&at| self.all.get(at as usize)) {
                if ends.marks.contains(&own.mark) {
                    continue;
                }
                let (off, along) = off_line(own.centre, from, to);
                // Most lie farther off than is ever kept.
                if off >= own.radius + clearance {
                    continue;
                }
                let kept = Self::kept_off(own, ends, clearance);
                if off < kept && first.is_none_or(|(least, ..)| along < least) {
                    first = Some((along, *own, kept));
                }
            }
            if let Some((_, own, kept)) = first {
                return Some((own, kept));
            }
        }
        None
    }

    /// How far a line may lead from a point, wherever to, and come too near to nothing; no more than
    /// what the cell of the point knows of.
    pub(super) fn room_about(&self, point: Point, ends: &Ends, clearance: f32) -> f32 {
        let members = self.place_of(point).map_or(&[][..], |place| self.members_of(place));
        ends.work.set(ends.work.get().saturating_add(1 + members.len() as u32));
        let mut room = self.cell * 0.25;
        for own in members.iter().filter_map(|&at| self.all.get(at as usize)) {
            if !ends.marks.contains(&own.mark) {
                room = room.min(distance(point, own.centre) - own.radius - clearance);
            }
        }
        room
    }

    /// An obstacle that a point is too near to, with the distance to be kept.
    pub(super) fn covers(
        &self,
        point: Point,
        ends: &Ends,
        clearance: f32,
    ) -> Option<(Obstacle, f32)> {
        self.hit((point, point), ends, clearance)
    }
}

/// The distance between two points.
pub(super) fn distance(a: Point, b: Point) -> f32 {
    // Screen coordinates are far from where this could overflow, which `hypot` takes time to avoid.
    let (x, y) = (a.x - b.x, a.y - b.y);
    (x * x + y * y).sqrt()
}

/// The point at a share of the way from one point to another.
pub(super) fn mix(from: Point, to: Point, share: f32) -> Point {
    Point { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

/// How far a point lies off a line, and at which share of the line it is nearest.
pub(super) fn off_line(point: Point, from: Point, to: Point) -> (f32, f32) {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let along = ((point.x - from.x) * x + (point.y - from.y) * y) / (x * x + y * y).max(1e-9);
    let along = along.clamp(0.0, 1.0);
    (distance(point, mix(from, to, along)), along)
}
