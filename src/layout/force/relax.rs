//! Force-directed positions for one connected graph, from coarse to fine.
//!
//! Edges pull, short ones in proportion to their length and long ones less: a pull that is bounded
//! keeps neighbours together (as in t-FDP, Zhong and others 2023, and in the `LinLog` model, Noack 2007). Nodes push
//! in proportion to their charges and in inverse proportion to the distance. The virial theorem gives
//! the size of the picture at rest beforehand, so that no level spends its steps on swelling or
//! shrinking; and since charge and pull add up, every coarse level is in the same balance as the finest.

use rayon::prelude::*;

use crate::inventory::Progress;
use crate::layout::Point;
use crate::layout::force::adjacency::Adjacency;
use crate::layout::force::coarsen::{Coarser, coarsen};
use crate::layout::force::even_out::even_out;
use crate::layout::force::hilbert_tree::Tree;
use crate::layout::rng::Rng;

/// Graphs up to this size are not made coarser.
const SMALLEST: usize = 24;
/// By how much the pull of an edge falls behind its length where that is 1.
const SLACK: f32 = 0.2;

/// How much work a picture is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Effort {
    /// A first picture, of which the details come later.
    Draft,
    /// The picture that stays.
    #[default]
    Full,
}

/// Places the nodes about the origin so that a typical edge is about 1 long, and spreads them evenly
/// over a disc; a weight says how much room a node takes there. `None` when cancelled.
pub(crate) fn place(
    adjacency: &Adjacency,
    weights: &[f32],
    seed: u64,
    effort: Effort,
    progress: &Progress,
) -> Option<Vec<Point>> {
    let rng = &mut Rng::new(seed);
    let mut levels: Vec<Coarser> = Vec::new();
    loop {
        if progress.is_cancelled() {
            return None;
        }
        let last = levels.last().map_or(adjacency, |level| &level.adjacency);
        if last.len() <= SMALLEST {
            break;
        }
        let Some(next) = coarsen(last, rng) else { break };
        levels.push(next);
    }
    let strength = strength_of(adjacency);
    let coarsest = levels.last().map_or(adjacency, |level| &level.adjacency);
    let mut positions: Vec<Point> =
        (0..coarsest.len()).map(|_| Point { x: rng.signed(), y: rng.signed() }).collect();
    let mut relaxed = Relaxed { strength, heat: 1.0, tree: Tree::default() };
    let coarse = if effort == Effort::Draft { 60 } else { 250 };
    let first = if levels.is_empty() { steps(coarsest.len(), effort).max(60) } else { coarse };
    relaxed.relax(coarsest, &mut positions, first.min(coarse), progress)?;
    for depth in (0..levels.len()).rev() {
        let finer = if depth == 0 { adjacency } else { &levels[depth - 1].adjacency };
        positions = spread_out(finer, &levels[depth], &positions, rng);
        relaxed.heat = 0.6;
        relaxed.relax(finer, &mut positions, steps(finer.len(), effort), progress)?;
    }
    even_out(&mut positions, weights);
    (!progress.is_cancelled()).then_some(positions)
}

/// Coarse levels are cheap and decide about the whole; fine ones only settle.
fn steps(count: usize, effort: Effort) -> usize {
    match (effort, count) {
        (Effort::Full, 0..2_000) => 120,
        // A large map has thousands of small groups, which take most of the time together.
        (Effort::Draft, 0..2_000) => 20,
        (Effort::Full, 2_000..20_000) => 40,
        (Effort::Full, _) => 6,
        (Effort::Draft, 2_000..20_000) => 8,
        (Effort::Draft, _) => 2,
    }
}

/// The strength of pushes at which the mean square of edge lengths is 1.
fn strength_of(adjacency: &Adjacency) -> f32 {
    let pull: f64 = adjacency.pulls.iter().map(|&pull| f64::from(pull)).sum::<f64>() * 0.5;
    let pairs = pairs_of(adjacency);
    if pairs > 0.0 { (pull / pairs) as f32 } else { 1.0 }
}

fn pairs_of(adjacency: &Adjacency) -> f64 {
    let (mut sum, mut squares) = (0.0_f64, 0.0_f64);
    for &charge in &adjacency.charges {
        sum += f64::from(charge);
        squares += f64::from(charge) * f64::from(charge);
    }
    (sum * sum - squares) * 0.5
}

/// Places the nodes of a finer level about the places of what they were merged into.
fn spread_out(finer: &Adjacency, level: &Coarser, coarse: &[Point], rng: &mut Rng) -> Vec<Point> {
    let at = |node: u32| coarse[level.parents[node as usize] as usize];
    (0..finer.len() as u32)
        .map(|node| {
            let own = at(node);
            let (mut x, mut y, mut weight) = (own.x, own.y, 1.0);
            for (&near, &pull) in
                finer.neighbours(node as usize).iter().zip(finer.pulls_of(node as usize))
            {
                let other = at(near);
                x += other.x * pull;
                y += other.y * pull;
                weight += pull;
            }
            let mean = Point { x: x / weight, y: y / weight };
            Point {
                x: own.x * 0.5 + mean.x * 0.5 + rng.signed() * 0.2,
                y: own.y * 0.5 + mean.y * 0.5 + rng.signed() * 0.2,
            }
        })
        .collect()
}

struct Relaxed {
    strength: f32,
    heat: f32,
    tree: Tree,
}

impl Relaxed {
    fn relax(
        &mut self,
        adjacency: &Adjacency,
        positions: &mut [Point],
        steps: usize,
        progress: &Progress,
    ) -> Option<()> {
        let count = adjacency.len();
        let mut speeds = vec![Point::default(); count];
        let mut pushes = vec![Point::default(); count];
        let cooling = 1.0 / steps as f32;
        let step_down = self.heat * cooling * 0.95;
        for step in 0..steps {
            if progress.is_cancelled() {
                return None;
            }
            if step % 8 == 0 {
                self.scale(adjacency, positions);
            }
            // An order that is out of date costs far more than sorting anew: groups overlap.
            self.tree.sort(positions);
            self.tree.push(positions, &adjacency.charges, 0.0025, &mut pushes);
            self.accelerate(adjacency, positions, &pushes, &mut speeds);
            for (at, speed) in positions.iter_mut().zip(&speeds) {
                at.x += speed.x;
                at.y += speed.y;
            }
            self.heat -= step_down;
        }
        Some(())
    }

    fn accelerate(
        &self,
        adjacency: &Adjacency,
        positions: &[Point],
        pushes: &[Point],
        speeds: &mut [Point],
    ) {
        speeds.par_iter_mut().enumerate().with_min_len(256).for_each(|(node, speed)| {
            let here = positions[node];
            let (mut x, mut y) = (0.0, 0.0);
            for (&near, &pull) in adjacency.neighbours(node).iter().zip(adjacency.pulls_of(node)) {
                let there = positions[near as usize];
                let (dx, dy) = (there.x - here.x, there.y - here.y);
                let long = (dx * dx + dy * dy).sqrt();
                let pull = pull * (1.0 + SLACK) / (1.0 + SLACK * long);
                x += dx * pull;
                y += dy * pull;
            }
            let mass = adjacency.masses[node];
            let strength = self.strength * adjacency.charges[node] / mass;
            let push = pushes[node];
            let force = Point { x: x / mass + push.x * strength, y: y / mass + push.y * strength };
            let long = (force.x * force.x + force.y * force.y).sqrt();
            let most = 4.0;
            let share = self.heat * if long > most { most / long } else { 1.0 };
            speed.x = speed.x * 0.6 + force.x * share;
            speed.y = speed.y * 0.6 + force.y * share;
        });
    }

    /// Makes the picture about as large as it will be at rest: as large as with pulls in proportion to
    /// the lengths.
    fn scale(&self, adjacency: &Adjacency, positions: &mut [Point]) {
        let mut spring = 0.0_f64;
        for node in 0..adjacency.len() {
            let here = positions[node];
            for (&near, &pull) in adjacency.neighbours(node).iter().zip(adjacency.pulls_of(node)) {
                let there = positions[near as usize];
                let (dx, dy) = (there.x - here.x, there.y - here.y);
                spring += f64::from(pull * (dx * dx + dy * dy)) * 0.5;
            }
        }
        let rest = f64::from(self.strength) * pairs_of(adjacency);
        if spring > 0.0 && rest > 0.0 {
            let factor = (rest / spring).sqrt() as f32;
            for at in positions {
                at.x *= factor;
                at.y *= factor;
            }
        }
    }
}
