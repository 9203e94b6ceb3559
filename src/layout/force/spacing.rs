//! Keeps places of no size from lying on each other.

use rayon::prelude::*;

use crate::layout::Point;
use crate::layout::angle::direction;
use crate::layout::force::hilbert_tree::bounds;

/// The distance asked for, in the side of the square that each place would have if all shared the disc.
const APART: f32 = 0.7;
const ROUNDS: usize = 10;
/// Above this many places they lie closer than can be seen, and few rounds do.
const MANY: usize = 50_000;
const FEW_ROUNDS: usize = 4;

/// Pushes places that lie closer together than most apart, each at most half of that distance in a
/// round. All look at the places before the round, so that the number of threads does not matter.
pub(crate) fn space_out(at: &mut [Point]) {
    if at.len() < 3 {
        return;
    }
    let rounds = if at.len() > MANY { FEW_ROUNDS } else { ROUNDS };
    for _ in 0..rounds {
        let Some(cells) = Cells::new(at) else { return };
        let before = at.to_vec();
        at.par_iter_mut().enumerate().with_min_len(256).for_each(|(node, p)| {
            let (x, y) = cells.push_on(node, &before);
            *p = Point { x: p.x + x, y: p.y + y };
        });
    }
}

/// Places by square cells as wide as the distance asked for.
struct Cells {
    low: Point,
    apart: f32,
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    nodes: Vec<u32>,
}

impl Cells {
    /// `None` where all lie on one spot, or too far apart for cells.
    fn new(at: &[Point]) -> Option<Self> {
        let (low, high) = bounds(at);
        let (wide, tall) = (high.x - low.x, high.y - low.y);
        let disc = std::f32::consts::FRAC_PI_4 * wide.max(tall * 0.01) * tall.max(wide * 0.01);
        let apart = APART * (disc / at.len() as f32).sqrt();
        if !(apart > 0.0 && apart.is_finite()) {
            return None;
        }
        let (columns, rows) = ((wide / apart) as usize + 1, (tall / apart) as usize + 1);
        let (starts, nodes) = (vec![0; columns * rows + 1], vec![0; at.len()]);
        let mut cells = Self { low, apart, columns, rows, starts, nodes };
        for p in at {
            let cell = cells.cell(*p);
            cells.starts[cell + 1] += 1;
        }
        for cell in 0..columns * rows {
            cells.starts[cell + 1] += cells.starts[cell];
        }
        let mut next = cells.starts.clone();
        for (node, p) in (0_u32..).zip(at) {
            let cell = cells.cell(*p);
            cells.nodes[next[cell] as usize] = node;
            next[cell] += 1;
        }
        Some(cells)
    }

    fn cell(&self, p: Point) -> usize {
        let column = ((p.x - self.low.x) / self.apart) as usize;
        let row = ((p.y - self.low.y) / self.apart) as usize;
        row.min(self.rows - 1) * self.columns + column.min(self.columns - 1)
    }

    fn push_on(&self, node: usize, at: &[Point]) -> (f32, f32) {
        let own = at[node];
        let cell = self.cell(own);
        let (column, row) = (cell % self.columns, cell / self.columns);
        let (mut x, mut y) = (0.0, 0.0);
        for row in row.saturating_sub(1)..=(row + 1).min(self.rows - 1) {
            let first = row * self.columns + column.saturating_sub(1);
            let last = row * self.columns + (column + 1).min(self.columns - 1);
            // Where very many lie in one cell, some of them are enough to leave it.
            for &other in self.nodes_in(first, last).iter().take(MOST) {
                let push = self.push_from(own, at[other as usize], (node, other as usize));
                x += push.0;
                y += push.1;
            }
        }
        let far = (x * x + y * y).sqrt();
        let share = if far > self.apart * 0.5 { self.apart * 0.5 / far } else { 1.0 };
        (x * share, y * share)
    }

    fn nodes_in(&self, first: usize, last: usize) -> &[u32] {
        &self.nodes[self.starts[first] as usize..self.starts[last + 1] as usize]
    }

    fn push_from(&self, own: Point, other: Point, pair: (usize, usize)) -> (f32, f32) {
        let (dx, dy) = (own.x - other.x, own.y - other.y);
        let squared = dx * dx + dy * dy;
        if squared >= self.apart * self.apart || pair.0 == pair.1 {
            return (0.0, 0.0);
        }
        let far = squared.sqrt();
        let push = (self.apart - far) * 0.5;
        if far > self.apart * 1e-4 {
            return (dx / far * push, dy / far * push);
        }
        // Of two on one spot each goes its own way.
        let towards = direction(pair.0 as f32 * 0.618_034);
        (towards.x * push, towards.y * push)
    }
}

/// How many neighbours in a row of cells push a place at most.
const MOST: usize = 96;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::rng::Rng;

    fn closest(at: &[Point]) -> f32 {
        let mut least = f32::MAX;
        for (node, p) in at.iter().enumerate() {
            for q in &at[..node] {
                least = least.min((p.x - q.x).hypot(p.y - q.y));
            }
        }
        least
    }

    #[test]
    fn places_that_nearly_meet_part_and_the_others_keep_their_order() {
        let mut rng = Rng::new(9);
        let before: Vec<Point> =
            (0..400).map(|_| Point { x: rng.signed() * 10.0, y: rng.signed() * 10.0 }).collect();
        let mut at = before.clone();
        space_out(&mut at);
        let (least, apart) = (closest(&at), 0.7 * (std::f32::consts::FRAC_PI_4).sqrt());
        assert!(least > 10.0 * closest(&before) && least > 0.5 * apart, "{least}");
        for (a, (p, q)) in before.iter().zip(&at).enumerate() {
            assert!((p.x - q.x).hypot(p.y - q.y) < 3.0 * apart);
            for (r, s) in before.iter().zip(&at).take(a) {
                if p.x - r.x > 4.0 * apart {
                    assert!(q.x > s.x, "{p:?} {r:?}");
                }
            }
        }
    }

    #[test]
    fn many_on_one_spot_and_places_in_a_line_stay_finite() {
        for at in [
            vec![Point { x: 1.0, y: 1.0 }; 5_000],
            (0..5_000_u16).map(|x| Point { x: f32::from(x / 2), y: 0.0 }).collect(),
            (0..5_000_u16).map(|x| Point { x: f32::from(x % 2) * 1e6, y: 0.0 }).collect(),
        ] {
            let mut at = at;
            space_out(&mut at);
            assert!(at.iter().all(|p| p.x.is_finite() && p.y.is_finite()));
        }
    }
}
