//! Spreads a picture evenly over a disc without changing who is near whom.
//!
//! Forces leave the middle of a graph crowded and its rim empty. Here the whole picture is mapped
//! smoothly until every strip of it, in any of several directions, holds as much as the same strip of
//! an even disc would: sliced optimal transport (Rabin, Peyré, Delon and Bernot 2011), a part of the
//! way in each round. Far distances come closer to those in the graph by it, for a crowded middle is
//! what distorts them most, and links cross hardly more often.

use rayon::prelude::*;

use crate::layout::Point;
use crate::layout::angle::direction;

/// The cells of a strip's profile, and how far from the middle it reaches, in radii of the disc.
const CELLS: usize = 2048;
const REACH: f32 = 3.0;
/// How many steps the profile of the even disc has.
const STEPS: usize = 4096;
/// How often the picture is mapped, along how many directions each time, and which part of the way.
/// More brings less than a hundredth in any measure.
const ROUNDS: usize = 12;
const DIRECTIONS: usize = 12;
const SHARE: f32 = 0.5;
/// Below the first number of nodes a shape of its own says more than an even disc; from the second
/// on there are enough for a smooth profile.
const FEW: f32 = 60.0;
const MANY: f32 = 500.0;

/// Spreads the places over a disc about the origin of about the same size. A weight says how much
/// room a place takes.
pub(crate) fn even_out(at: &mut [Point], weights: &[f32]) {
    let part = ((at.len() as f32 - FEW) / (MANY - FEW)).clamp(0.0, 1.0);
    if part <= 0.0 {
        return;
    }
    let disc = profile_of_a_disc();
    let size = centre(at);
    for round in 0..ROUNDS {
        // Every round looks along other directions than the one before.
        let shift = round as f32 * 0.618_034;
        let turn = |step: usize| (step as f32 + shift - shift.floor()) / (2 * DIRECTIONS) as f32;
        let strips: Vec<Strip> = (0..DIRECTIONS)
            .into_par_iter()
            .map(|step| Strip::new(direction(turn(step)), at, weights, &disc))
            .collect();
        let share = 2.0 * SHARE * part / DIRECTIONS as f32;
        at.par_iter_mut().with_min_len(512).for_each(|p| {
            let (mut x, mut y) = (0.0, 0.0);
            for strip in &strips {
                let by = strip.move_of(*p);
                x += strip.along.x * by;
                y += strip.along.y * by;
            }
            *p = Point { x: p.x + x * share, y: p.y + y * share };
        });
    }
    for p in at {
        *p = Point { x: p.x * size, y: p.y * size };
    }
}

/// How far what lies at each cell of a line has to move along it.
struct Strip {
    along: Point,
    moves: Vec<f32>,
}

impl Strip {
    fn new(along: Point, at: &[Point], weights: &[f32], disc: &[f32]) -> Self {
        let mut held = vec![0.0_f64; CELLS];
        for (p, &weight) in at.iter().zip(weights) {
            held[cell(p.x * along.x + p.y * along.y).0] += f64::from(weight);
        }
        let whole = held.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let mut below = 0.0;
        let mut moves = Vec::with_capacity(CELLS + 1);
        for edge in 0..=CELLS {
            let place = (edge as f32 / CELLS as f32 - 0.5) * 2.0 * REACH;
            moves.push(at_share(disc, (below / whole) as f32) - place);
            below += held.get(edge).copied().unwrap_or_default();
        }
        Self { along, moves }
    }

    fn move_of(&self, p: Point) -> f32 {
        let (cell, rest) = cell(p.x * self.along.x + p.y * self.along.y);
        self.moves[cell] + (self.moves[cell + 1] - self.moves[cell]) * rest
    }
}

/// The cell of a place on a line, and how far within it the place is.
fn cell(place: f32) -> (usize, f32) {
    let cell = ((place / (2.0 * REACH) + 0.5) * CELLS as f32).clamp(0.0, CELLS as f32 - 0.01);
    (cell as usize, cell - cell.floor())
}

/// Where a share of the disc lies to the left.
fn at_share(disc: &[f32], share: f32) -> f32 {
    let step = share.clamp(0.0, 1.0) * STEPS as f32;
    let low = (step as usize).min(STEPS - 1);
    disc[low] + (disc[low + 1] - disc[low]) * (step - low as f32)
}

/// For each step of its area the place on the x axis left of which that much of a disc lies.
///
/// From square roots alone, so that it has the same bits on every machine.
fn profile_of_a_disc() -> Vec<f32> {
    const SLICES: usize = 1 << 16;
    let height = |slice: usize| {
        let x = (slice as f64 + 0.5) / (SLICES / 2) as f64 - 1.0;
        (1.0 - x * x).max(0.0).sqrt()
    };
    let whole: f64 = (0..SLICES).map(height).sum();
    let mut profile = vec![-1.0];
    let mut left = 0.0;
    for slice in 0..SLICES {
        left += height(slice);
        while profile.len() < STEPS && left >= whole * profile.len() as f64 / STEPS as f64 {
            profile.push(((slice + 1) as f64 / (SLICES / 2) as f64 - 1.0) as f32);
        }
    }
    profile.resize(STEPS + 1, 1.0);
    profile
}

/// Moves the middle of all places to the origin and gives them the size of a disc of radius 1; returns
/// the radius that they had.
fn centre(at: &mut [Point]) -> f32 {
    let count = at.len().max(1) as f64;
    let (mut x, mut y) = (0.0, 0.0);
    for p in at.iter() {
        x += f64::from(p.x);
        y += f64::from(p.y);
    }
    let middle = Point { x: (x / count) as f32, y: (y / count) as f32 };
    let mut squares = 0.0;
    for p in at.iter_mut() {
        *p = Point { x: p.x - middle.x, y: p.y - middle.y };
        squares += f64::from(p.x * p.x + p.y * p.y);
    }
    let radius = (2.0 * squares / count).sqrt() as f32;
    if !(radius > 0.0 && radius.is_finite()) {
        return 1.0;
    }
    for p in at {
        *p = Point { x: p.x / radius, y: p.y / radius };
    }
    radius
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::rng::Rng;

    /// Most places lie near the middle.
    fn crowded(count: usize) -> Vec<Point> {
        let mut rng = Rng::new(5);
        let mut cube = || {
            let side = rng.signed();
            side * side * side * 9.0
        };
        (0..count).map(|_| Point { x: cube() + 40.0, y: cube() }).collect()
    }

    /// The share of places in the inner half of the area of the disc that they fill.
    fn inner(at: &[Point]) -> f64 {
        let count = at.len() as f64;
        let squares: f64 = at.iter().map(|p| f64::from(p.x * p.x + p.y * p.y)).sum();
        // Half of an even disc lies within the radius whose square is the mean square.
        let near = at.iter().filter(|p| f64::from(p.x * p.x + p.y * p.y) < squares / count);
        near.count() as f64 / count
    }

    #[test]
    fn a_crowded_middle_becomes_an_even_disc() {
        let mut at = crowded(4_000);
        let weights = vec![1.0; at.len()];
        even_out(&mut at, &weights);
        let mut raw = crowded(4_000);
        centre(&mut raw);
        let (before, after) = (inner(&raw), inner(&at));
        assert!(before > 0.6 && (after - 0.5).abs() < 0.03, "{before} {after}");
        // The four quarters of an even disc hold as much each.
        for (right, below) in [(true, true), (true, false), (false, true), (false, false)] {
            let held = at.iter().filter(|p| (p.x > 0.0) == right && (p.y > 0.0) == below).count();
            assert!((900..1_100).contains(&held), "{held}");
        }
    }

    #[test]
    fn what_weighs_more_gets_more_room() {
        let mut at = crowded(3_000);
        let weights: Vec<f32> = at.iter().map(|p| if p.x > 40.0 { 4.0 } else { 1.0 }).collect();
        even_out(&mut at, &weights);
        let (low, high) = crate::layout::force::hilbert_tree::bounds(&at);
        let heavy = at.iter().zip(&weights).filter(|(_, weight)| **weight > 2.0);
        let first = heavy.map(|(p, _)| p.x).fold(f32::MAX, f32::min);
        assert!(high.x - first > 0.6 * (high.x - low.x), "{first} in {low:?} {high:?}");
    }

    #[test]
    fn few_places_and_places_on_one_spot_stay_as_they_are() {
        let few = crowded(60);
        let mut at = few.clone();
        even_out(&mut at, &[1.0; 60]);
        assert_eq!(at, few);
        let mut at = vec![Point { x: 3.0, y: 4.0 }; 900];
        even_out(&mut at, &[1.0; 900]);
        assert!(at.iter().all(|p| p.x.is_finite() && p.y.is_finite()));
    }
}
