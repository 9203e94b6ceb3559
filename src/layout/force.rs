//! Places for one connected part: links pull, neighbours push, and at last nothing overlaps.
//!
//! Attraction and repulsion after Fruchterman and Reingold (1991), repulsion within a cutoff by a
//! grid, so that a round costs time in proportion to nodes and links.

use super::Point;
use super::angle::direction;
use crate::inventory::Progress;

/// At most this many neighbours of a cell push a node in one round.
const MOST_PUSHES: usize = 96;

/// The golden angle in turns: no two neighbours of a sunflower lie in one direction.
const GOLDEN: f32 = 0.381_966;

/// One part: radii with their room, and links by index.
pub(super) struct Part<'a> {
    pub(super) radii: &'a [f32],
    pub(super) links: &'a [(u32, u32)],
}

/// Places the nodes of a part, which come in order of breadth from one of them.
pub(super) fn place(part: &Part<'_>, progress: &Progress) -> Option<Vec<Point>> {
    let count = part.radii.len();
    let mean = part.radii.iter().sum::<f32>() / count.max(1) as f32;
    let length = mean * 1.25 + 4.0;
    let mut places = spiral(count, length);
    let rounds = (600_000 / (count + 40)).clamp(30, 300);
    for round in 0..rounds {
        if progress.is_cancelled() {
            return None;
        }
        let heat = length * 1.2 * (1.0 - round as f32 / rounds as f32) + 0.5;
        let push = pushes(&places, part.radii, length);
        step(&mut places, &pulls(part, &push, length), heat);
    }
    for _ in 0..80 {
        if progress.is_cancelled() {
            return None;
        }
        if !separate(&mut places, part.radii) {
            break;
        }
    }
    Some(places)
}

/// A start without overlaps: a sunflower, so that the middle of the part is in the middle.
fn spiral(count: usize, length: f32) -> Vec<Point> {
    (0..count)
        .map(|index| {
            let radius = (index as f32).sqrt() * length * 0.6;
            let to = direction(index as f32 * GOLDEN);
            Point { x: to.x * radius, y: to.y * radius }
        })
        .collect()
}

struct Moves {
    places: Vec<Point>,
    moves: Vec<Point>,
}

fn pushes(places: &[Point], radii: &[f32], length: f32) -> Moves {
    let grid = Grid::new(places, length * 2.5);
    let mut moves = vec![Point::default(); places.len()];
    for (index, own) in places.iter().enumerate() {
        let mut left = MOST_PUSHES;
        grid.near(*own, |other| {
            if other == index || left == 0 {
                return;
            }
            left -= 1;
            let (x, y, distance) = apart(*own, places[other], index);
            let room = radii[index] + radii[other];
            let force = (length * length / distance).min(length * 4.0) * (room / length).max(0.5);
            moves[index].x += x / distance * force;
            moves[index].y += y / distance * force;
        });
        // A light pull to the middle keeps a part together.
        moves[index].x -= own.x * 0.02;
        moves[index].y -= own.y * 0.02;
    }
    Moves { places: places.to_vec(), moves }
}

fn pulls(part: &Part<'_>, push: &Moves, length: f32) -> Vec<Point> {
    let mut moves = push.moves.clone();
    for &(a, b) in part.links {
        let (a, b) = (a as usize, b as usize);
        let (x, y, distance) = apart(push.places[a], push.places[b], a);
        let force = distance * distance / length * 0.6;
        let (x, y) = (x / distance * force, y / distance * force);
        moves[a].x -= x;
        moves[a].y -= y;
        moves[b].x += x;
        moves[b].y += y;
    }
    moves
}

fn step(places: &mut [Point], moves: &[Point], heat: f32) {
    for (place, by) in places.iter_mut().zip(moves) {
        let size = (by.x * by.x + by.y * by.y).sqrt().max(0.001);
        let share = size.min(heat) / size;
        place.x += by.x * share;
        place.y += by.y * share;
    }
}

/// The way from one place to another; never of length zero.
fn apart(own: Point, other: Point, index: usize) -> (f32, f32, f32) {
    let (mut x, mut y) = (own.x - other.x, own.y - other.y);
    let mut distance = (x * x + y * y).sqrt();
    if distance < 0.01 {
        x = if index.is_multiple_of(2) { 0.1 } else { -0.1 };
        y = if index.is_multiple_of(3) { 0.1 } else { -0.1 };
        distance = (x * x + y * y).sqrt();
    }
    (x, y, distance)
}

/// Pushes overlapping nodes apart; says whether any overlapped.
fn separate(places: &mut [Point], radii: &[f32]) -> bool {
    let widest = radii.iter().copied().fold(1.0, f32::max);
    let grid = Grid::new(places, widest * 2.0 + 1.0);
    let mut moved = false;
    for index in 0..places.len() {
        let mut own = places[index];
        let mut left = MOST_PUSHES;
        grid.near(places[index], |other| {
            if other == index || left == 0 {
                return;
            }
            let (x, y, distance) = apart(own, places[other], index);
            let short = radii[index] + radii[other] - distance;
            if short > 0.01 {
                left -= 1;
                own.x += x / distance * (short * 0.55);
                own.y += y / distance * (short * 0.55);
                moved = true;
            }
        });
        places[index] = own;
    }
    moved
}

/// Nodes by square cells, in flat arrays.
struct Grid {
    cell: f32,
    low: Point,
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    nodes: Vec<u32>,
}

impl Grid {
    fn new(places: &[Point], cell: f32) -> Self {
        let mut low = Point { x: f32::MAX, y: f32::MAX };
        let mut high = Point { x: f32::MIN, y: f32::MIN };
        for place in places {
            low = Point { x: low.x.min(place.x), y: low.y.min(place.y) };
            high = Point { x: high.x.max(place.x), y: high.y.max(place.y) };
        }
        // No more cells than four for each node, however far out a node lies.
        let most = ((places.len() * 4) as f32).sqrt().max(1.0);
        let cell = cell.max((high.x - low.x) / most).max((high.y - low.y) / most);
        let columns = ((high.x - low.x) / cell) as usize + 1;
        let rows = ((high.y - low.y) / cell) as usize + 1;
        let mut grid = Self {
            cell,
            low,
            columns,
            rows,
            starts: vec![0; columns * rows + 1],
            nodes: Vec::new(),
        };
        let cells: Vec<usize> = places.iter().map(|place| grid.cell_of(*place)).collect();
        for &cell in &cells {
            grid.starts[cell + 1] += 1;
        }
        for cell in 1..grid.starts.len() {
            grid.starts[cell] += grid.starts[cell - 1];
        }
        grid.nodes = vec![0; places.len()];
        let mut next = grid.starts.clone();
        for (node, &cell) in cells.iter().enumerate() {
            grid.nodes[next[cell] as usize] = node as u32;
            next[cell] += 1;
        }
        grid
    }

    fn column_row(&self, place: Point) -> (usize, usize) {
        let column = ((place.x - self.low.x) / self.cell).max(0.0) as usize;
        let row = ((place.y - self.low.y) / self.cell).max(0.0) as usize;
        (column.min(self.columns - 1), row.min(self.rows - 1))
    }

    fn cell_of(&self, place: Point) -> usize {
        let (column, row) = self.column_row(place);
        row * self.columns + column
    }

    /// Everything in the cell of a place and the eight round it.
    fn near(&self, place: Point, mut visit: impl FnMut(usize)) {
        let (column, row) = self.column_row(place);
        for row in row.saturating_sub(1)..=(row + 1).min(self.rows - 1) {
            for column in column.saturating_sub(1)..=(column + 1).min(self.columns - 1) {
                let cell = row * self.columns + column;
                let (start, end) = (self.starts[cell] as usize, self.starts[cell + 1] as usize);
                for &node in self.nodes[start..end].iter().take(MOST_PUSHES) {
                    visit(node as usize);
                }
            }
        }
    }
}
