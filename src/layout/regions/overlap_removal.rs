//! Pushes discs apart until none overlap; a grid finds the neighbours.

use crate::inventory::Progress;
use crate::layout::Point;
use crate::layout::force::hilbert_tree::bounds;

/// How often the discs are pushed before they get more room, and how often they get it.
const ROUNDS: usize = 30;
const PASSES: usize = 24;
/// How much more room they get each time.
const WIDER: f32 = 1.12;
/// The air asked for while pushing, so that what is left after the last round still fits.
const AIR: f32 = 3.0;

/// Moves the discs apart; `None` when cancelled.
///
/// Where they have no room to part, all of them are drawn out a little and pushed again: cheaper
/// and closer than drawing out once until the closest pair fits.
pub(crate) fn remove_overlaps(at: &mut [Point], radii: &[f32], progress: &Progress) -> Option<()> {
    let mut grid = Grid::new(radii);
    for _ in 0..PASSES {
        if push_apart(at, radii, (&mut grid, progress))? {
            return Some(());
        }
        for p in at.iter_mut() {
            *p = Point { x: p.x * WIDER, y: p.y * WIDER };
        }
    }
    stretch(at, radii, &mut grid);
    Some(())
}

/// Pushes for some rounds; returns whether no two discs touch any more.
fn push_apart(at: &mut [Point], radii: &[f32], with: (&mut Grid, &Progress)) -> Option<bool> {
    let (grid, progress) = with;
    for _ in 0..ROUNDS {
        if progress.is_cancelled() {
            return None;
        }
        let mut touched = false;
        grid.sort(at, radii);
        grid.pairs(at, radii, |at, a, b| touched |= push(at, radii, (a, b)));
        if !touched {
            return Some(true);
        }
    }
    Some(false)
}

/// Pushes two discs apart where they come too near; returns whether they touched.
fn push(at: &mut [Point], radii: &[f32], pair: (usize, usize)) -> bool {
    let (a, b) = pair;
    let want = radii[a] + radii[b] + AIR;
    let (dx, dy) = (at[b].x - at[a].x, at[b].y - at[a].y);
    let squared = dx * dx + dy * dy;
    if squared >= want * want {
        return false;
    }
    let far = squared.sqrt();
    let (ux, uy) = if far > 1e-3 { (dx / far, dy / far) } else { aside(a, b) };
    let push = (want - far) * 0.55;
    let (ra, rb) = (radii[a] * radii[a], radii[b] * radii[b]);
    let (mine, yours) = (2.0 * push * rb / (ra + rb), 2.0 * push * ra / (ra + rb));
    at[a] = Point { x: at[a].x - ux * mine, y: at[a].y - uy * mine };
    at[b] = Point { x: at[b].x + ux * yours, y: at[b].y + uy * yours };
    squared < (want - AIR) * (want - AIR)
}

fn aside(a: usize, b: usize) -> (f32, f32) {
    let towards = crate::layout::angle::direction((a * 7 + b * 13) as f32 * 0.618_034);
    (towards.x, towards.y)
}

/// Enlarges the whole until the closest pair fits.
fn stretch(at: &mut [Point], radii: &[f32], grid: &mut Grid) {
    let mut factor = 1.0_f32;
    grid.sort(at, radii);
    grid.pairs(at, radii, |at, a, b| {
        let far = ((at[a].x - at[b].x).powi(2) + (at[a].y - at[b].y).powi(2)).sqrt();
        factor = factor.max((radii[a] + radii[b]) / far.max(1.0));
    });
    if factor <= 1.0 {
        return;
    }
    for p in at {
        *p = Point { x: p.x * factor * 1.001, y: p.y * factor * 1.001 };
    }
}

/// Discs by square cells, each in every cell that it touches, in flat arrays.
struct Grid {
    least: f32,
    cell: f32,
    low: Point,
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    entries: Vec<u32>,
}

impl Grid {
    fn new(radii: &[f32]) -> Self {
        let mean = radii.iter().sum::<f32>() / radii.len().max(1) as f32;
        let least = (mean * 2.0 + AIR).max(1.0);
        let (starts, entries) = (Vec::new(), Vec::new());
        Self { least, cell: least, low: Point::default(), columns: 1, rows: 1, starts, entries }
    }

    fn sort(&mut self, at: &[Point], radii: &[f32]) {
        let (low, high) = bounds(at);
        // No more cells than four for each disc, however far apart they lie.
        let most = ((at.len() * 4) as f32).sqrt().max(1.0);
        self.cell = self.least.max((high.x - low.x) / most).max((high.y - low.y) / most);
        self.low = low;
        self.columns = ((high.x - low.x) / self.cell) as usize + 1;
        self.rows = ((high.y - low.y) / self.cell) as usize + 1;
        self.starts.clear();
        self.starts.resize(self.columns * self.rows + 1, 0);
        for (p, r) in at.iter().zip(radii) {
            for cell in self.cells(*p, *r) {
                self.starts[cell + 1] += 1;
            }
        }
        for cell in 1..self.starts.len() {
            self.starts[cell] += self.starts[cell - 1];
        }
        self.entries.clear();
        self.entries.resize(self.starts.last().map_or(0, |&end| end as usize), 0);
        let mut next = self.starts.clone();
        for (disc, (p, r)) in (0_u32..).zip(at.iter().zip(radii)) {
            for cell in self.cells(*p, *r) {
                self.entries[next[cell] as usize] = disc;
                next[cell] += 1;
            }
        }
    }

    fn corner(&self, p: Point, r: f32, side: f32) -> (usize, usize) {
        let reach = side * (r + AIR);
        let column = ((p.x + reach - self.low.x) / self.cell).max(0.0) as usize;
        let row = ((p.y + reach - self.low.y) / self.cell).max(0.0) as usize;
        (column.min(self.columns - 1), row.min(self.rows - 1))
    }

    fn cells(&self, p: Point, r: f32) -> impl Iterator<Item = usize> + use<> {
        let (left, top) = self.corner(p, r, -1.0);
        let (right, bottom) = self.corner(p, r, 1.0);
        let columns = self.columns;
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }

    /// Visits each pair that may touch, once, however many cells it shares.
    fn pairs(
        &self,
        at: &mut [Point],
        radii: &[f32],
        mut visit: impl FnMut(&mut [Point], usize, usize),
    ) {
        for cell in 0..self.columns * self.rows {
            let group = &self.entries[self.starts[cell] as usize..self.starts[cell + 1] as usize];
            for (k, &b) in group.iter().enumerate() {
                for &a in &group[..k] {
                    let (a, b) = (a as usize, b as usize);
                    // Discs move while pairs are visited: a pair counts in its first common cell
                    // as of now, or in any cell when neither disc is larger than a few cells.
                    let small = radii[a].max(radii[b]) < self.cell * 2.0;
                    if small || self.first_common(at, radii, (a, b)) == cell {
                        visit(at, a, b);
                    }
                }
            }
        }
    }

    fn first_common(&self, at: &[Point], radii: &[f32], pair: (usize, usize)) -> usize {
        let (a, b) = pair;
        let (p, q) = (self.corner(at[a], radii[a], -1.0), self.corner(at[b], radii[b], -1.0));
        p.1.max(q.1) * self.columns + p.0.max(q.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::rng::Rng;

    #[test]
    fn discs_on_one_spot_end_without_overlaps() {
        let mut at = vec![Point::default(); 60];
        let radii: Vec<f32> = (0..60_u8).map(|k| 5.0 + f32::from(k)).collect();
        remove_overlaps(&mut at, &radii, &Progress::default()).unwrap();
        for a in 0..60 {
            for b in 0..a {
                let far = (at[a].x - at[b].x).hypot(at[a].y - at[b].y);
                assert!(far >= radii[a] + radii[b] - 0.01, "{a} {b} {far}");
            }
        }
    }

    #[test]
    fn what_lay_left_of_or_above_another_one_lies_so_afterwards() {
        let unit = |rng: &mut Rng| f32::midpoint(rng.signed(), 1.0);
        for seed in 0..12 {
            let mut rng = Rng::new(seed);
            let count = 20 + (unit(&mut rng) * 180.0) as usize;
            let radii: Vec<f32> = (0..count).map(|_| 5.0 + 25.0 * unit(&mut rng)).collect();
            // About as crowded as what the forces leave: the discs are two thirds of the square.
            let discs: f32 = radii.iter().map(|r| std::f32::consts::PI * r * r).sum();
            let side = (discs * 1.5).sqrt();
            let place = |rng: &mut Rng| Point { x: side * unit(rng), y: side * unit(rng) };
            let before: Vec<Point> = (0..count).map(|_| place(&mut rng)).collect();
            let mut at = before.clone();
            remove_overlaps(&mut at, &radii, &Progress::default()).unwrap();
            let (mut pairs, mut kept) = (0, 0);
            for a in 0..count {
                for b in 0..a {
                    let far = (at[a].x - at[b].x).hypot(at[a].y - at[b].y);
                    assert!(far >= radii[a] + radii[b] - 0.01, "{seed}: {a} {b} {far}");
                    for (was, is) in [
                        (before[a].x - before[b].x, at[a].x - at[b].x),
                        (before[a].y - before[b].y, at[a].y - at[b].y),
                    ] {
                        pairs += 1;
                        kept += i32::from(was * is > 0.0);
                    }
                }
            }
            let share = f64::from(kept) / f64::from(pairs);
            assert!(share > 0.95, "{seed}: {share} of the order is kept");
        }
    }
}
