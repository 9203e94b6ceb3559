//! The shortest way over a raster, for where a line cannot simply be laid round what is in its way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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

/// The corners of a way round all obstacles, if there is one near the line.
pub(super) fn search(
    obstacles: &Obstacles,
    ends: &Ends,
    (clearance, reach): (f32, Reach),
) -> Option<Vec<Point>> {
    let [from, to] = ends.points;
    let area = Area::around([from, to].into_iter())?.grown(reach.room());
    let square = reach.square().max(area.width.max(area.height) / reach.most_squares());
    let raster = Raster {
        area,
        square,
        columns: (area.width / square).ceil() as usize + 1,
        rows: (area.height / square).ceil() as usize + 1,
    };
    let squares = raster.columns * raster.rows;
    let mut cost = vec![f32::MAX; squares];
    let mut came_from = vec![u32::MAX; squares];
    let (start, goal) = (raster.square_of(from), raster.square_of(to));
    let mut open = BinaryHeap::new();
    *cost.get_mut(start)? = 0.0;
    open.push(Reverse((0_u32, start)));
    while let Some(Reverse((_, at))) = open.pop() {
        if at == goal {
            break;
        }
        let here = raster.middle(at, ends, start, goal);
        let so_far = cost.get(at).copied()?;
        for next in raster.around(at) {
            let there = raster.middle(next, ends, start, goal);
            let walked = so_far + distance(here, there);
            let slot = cost.get_mut(next)?;
            if walked + 1e-3 >= *slot || obstacles.hit((here, there), ends, clearance).is_some() {
                continue;
            }
            *slot = walked;
            *came_from.get_mut(next)? = at as u32;
            // In hundredths of a pixel: whole numbers have an order.
            open.push(Reverse((((walked + distance(there, to)) * 100.0) as u32, next)));
        }
    }
    let mut way = vec![to];
    let mut at = goal;
    while at != start {
        let before = came_from.get(at).copied().filter(|&before| before != u32::MAX)?;
        at = before as usize;
        way.push(raster.middle(at, ends, start, goal));
    }
    way.reverse();
    Some(way)
}

struct Raster {
    area: Area,
    square: f32,
    columns: usize,
    rows: usize,
}

impl Raster {
    fn square_of(&self, point: Point) -> usize {
        let column = ((point.x - self.area.left) / self.square).max(0.0) as usize;
        let row = ((point.y - self.area.top) / self.square).max(0.0) as usize;
        row.min(self.rows - 1) * self.columns + column.min(self.columns - 1)
    }

    /// The middle of a square; in the squares of the ends, the ends themselves.
    fn middle(&self, at: usize, ends: &Ends, start: usize, goal: usize) -> Point {
        let [from, to] = ends.points;
        if at == start {
            return from;
        }
        if at == goal {
            return to;
        }
        let (column, row) = (at % self.columns, at / self.columns);
        Point {
            x: self.area.left + (column as f32 + 0.5) * self.square,
            y: self.area.top + (row as f32 + 0.5) * self.square,
        }
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
