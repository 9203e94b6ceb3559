//! Pushes discs apart until none overlap; a grid finds the neighbours.

use super::Point;
use crate::inventory::Progress;

const ROUNDS: usize = 120;
/// The air asked for while pushing, so that what is left after the last round still fits.
const AIR: f32 = 3.0;

/// Moves the discs apart; `None` when cancelled.
pub(super) fn apart(at: &mut [Point], radii: &[f32], progress: &Progress) -> Option<()> {
    let mut grid = Grid::new(radii);
    for _ in 0..ROUNDS {
        if progress.is_cancelled() {
            return None;
        }
        let mut touched = false;
        grid.sort(at, radii);
        grid.pairs(at, radii, |at, a, b| {
            let want = radii[a] + radii[b] + AIR;
            let (dx, dy) = (at[b].x - at[a].x, at[b].y - at[a].y);
            let squared = dx * dx + dy * dy;
            if squared >= want * want {
                return;
            }
            touched |= squared < (want - AIR) * (want - AIR);
            let far = squared.sqrt();
            let (ux, uy) = if far > 1e-3 { (dx / far, dy / far) } else { aside(a, b) };
            let push = (want - far) * 0.55;
            let (ra, rb) = (radii[a] * radii[a], radii[b] * radii[b]);
            let (mine, yours) = (2.0 * push * rb / (ra + rb), 2.0 * push * ra / (ra + rb));
            at[a] = Point { x: at[a].x - ux * mine, y: at[a].y - uy * mine };
            at[b] = Point { x: at[b].x + ux * yours, y: at[b].y + uy * yours };
        });
        if !touched {
            break;
        }
    }
    stretch(at, radii, &mut grid);
    Some(())
}

fn aside(a: usize, b: usize) -> (f32, f32) {
    let towards = super::angle::direction((a * 7 + b * 13) as f32 * 0.618_034);
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

struct Grid {
    cell: f32,
    entries: Vec<(i32, i32, u32)>,
}

impl Grid {
    fn new(radii: &[f32]) -> Self {
        let mean = radii.iter().sum::<f32>() / radii.len().max(1) as f32;
        Self { cell: (mean * 2.0 + AIR).max(1.0), entries: Vec::new() }
    }

    fn sort(&mut self, at: &[Point], radii: &[f32]) {
        self.entries.clear();
        for (node, (p, r)) in at.iter().zip(radii).enumerate() {
            let (left, top) = self.corner(*p, *r, -1.0);
            let (right, bottom) = self.corner(*p, *r, 1.0);
            for row in top..=bottom {
                for column in left..=right {
                    self.entries.push((row, column, node as u32));
                }
            }
        }
        self.entries.sort_unstable();
    }

    fn corner(&self, p: Point, r: f32, side: f32) -> (i32, i32) {
        let reach = side * (r + AIR);
        (((p.x + reach) / self.cell).floor() as i32, ((p.y + reach) / self.cell).floor() as i32)
    }

    /// Visits each pair that may touch, once, however many cells it shares.
    fn pairs(
        &self,
        at: &mut [Point],
        radii: &[f32],
        mut visit: impl FnMut(&mut [Point], usize, usize),
    ) {
        for group in self.entries.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            for (k, &(row, column, b)) in group.iter().enumerate() {
                for &(_, _, a) in &group[..k] {
                    let (a, b) = (a as usize, b as usize);
                    let (p, q) =
                        (self.corner(at[a], radii[a], -1.0), self.corner(at[b], radii[b], -1.0));
                    // Discs move while pairs are visited: a pair counts in its first common cell
                    // as of now, or in any cell when neither disc is larger than a few cells.
                    let small = radii[a].max(radii[b]) < self.cell * 2.0;
                    if small || (p.0.max(q.0), p.1.max(q.1)) == (column, row) {
                        visit(at, a, b);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discs_on_one_spot_end_apart() {
        let mut at = vec![Point::default(); 60];
        let radii: Vec<f32> = (0..60_u8).map(|k| 5.0 + f32::from(k)).collect();
        apart(&mut at, &radii, &Progress::default()).unwrap();
        for a in 0..60 {
            for b in 0..a {
                let far = (at[a].x - at[b].x).hypot(at[a].y - at[b].y);
                assert!(far >= radii[a] + radii[b] - 0.01, "{a} {b} {far}");
            }
        }
    }
}
