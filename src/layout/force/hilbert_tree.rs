//! Repulsion between all pairs at the cost of a few: distant groups act as one body.
//!
//! Bodies are put in the order of a Hilbert curve and grouped, eight to a bucket and four groups
//! to the next; the boxes of such groups form the tree (Barnes and Hut 1986, without pointers).
//! Each bucket gathers what acts on it once, and a plain loop over lanes does the sums, always in
//! the same order, whichever thread does them.

use rayon::prelude::*;

use crate::layout::Point;

/// Bodies in a bucket.
const LANES: usize = 8;
/// Groups in the next larger group.
const FAN: usize = 4;
/// A group acts as one body beyond its size divided by this.
const OPENING: f32 = 0.85;

#[derive(Clone, Copy, Default)]
struct Group {
    low: Point,
    high: Point,
    centre: Point,
    charge: f32,
}

/// The tree, kept from step to step so that its memory is used again.
#[derive(Default)]
pub(crate) struct Tree {
    order: Vec<u32>,
    bodies: Vec<Body>,
    levels: Vec<Vec<Group>>,
    pushes: Vec<[[f32; LANES]; 2]>,
}

#[derive(Clone, Copy, Default)]
struct Body {
    x: f32,
    y: f32,
    charge: f32,
}

impl Tree {
    /// Puts the bodies in order anew; needed once they have moved far.
    pub(crate) fn sort(&mut self, positions: &[Point]) {
        let (low, high) = bounds(positions);
        let side = (high.x - low.x).max(high.y - low.y).max(f32::MIN_POSITIVE);
        let cell = |value: f32, low: f32| (((value - low) / side) * 65_535.0) as u32;
        let mut keys: Vec<u64> = positions
            .iter()
            .enumerate()
            .map(|(at, p)| {
                let key = along_hilbert(cell(p.x, low.x), cell(p.y, low.y));
                (u64::from(key) << 32) | at as u64
            })
            .collect();
        keys.par_sort_unstable();
        self.order.clear();
        self.order.extend(keys.iter().map(|&key| key as u32));
    }

    /// Sums, for each node, charge over distance from all others, along the way away from them.
    pub(crate) fn push(
        &mut self,
        positions: &[Point],
        charges: &[f32],
        soft: f32,
        out: &mut [Point],
    ) {
        self.group(positions, charges);
        let Self { order, bodies, levels, pushes } = self;
        let Some(buckets) = levels.first() else { return };
        pushes.resize(buckets.len(), [[0.0; LANES]; 2]);
        pushes.par_iter_mut().enumerate().with_min_len(8).for_each_init(
            || (Vec::new(), Vec::new()),
            |(acting, open), (bucket, push)| {
                gather(levels, bodies, bucket, acting, open);
                *push = act(&bodies[bucket * LANES..], acting, soft);
            },
        );
        for (at, &node) in order.iter().enumerate() {
            let [x, y] = &pushes[at / LANES];
            out[node as usize] = Point { x: x[at % LANES], y: y[at % LANES] };
        }
    }

    fn group(&mut self, positions: &[Point], charges: &[f32]) {
        let Self { order, bodies, levels, .. } = self;
        bodies.clear();
        bodies.extend(order.iter().map(|&node| {
            let Point { x, y } = positions[node as usize];
            Body { x, y, charge: charges[node as usize] }
        }));
        levels.clear();
        levels.push(bodies.chunks(LANES).map(bucket_of).collect());
        while let Some(last) = levels.last() {
            if last.len() <= FAN {
                break;
            }
            let next = last.chunks(FAN).map(group_of).collect();
            levels.push(next);
        }
    }
}

fn bucket_of(bodies: &[Body]) -> Group {
    let single = |body: &Body| {
        let at = Point { x: body.x, y: body.y };
        Group { low: at, high: at, centre: at, charge: body.charge }
    };
    let mut singles = [Group::default(); LANES];
    for (group, body) in singles.iter_mut().zip(bodies) {
        *group = single(body);
    }
    group_of(&singles[..bodies.len()])
}

fn group_of(parts: &[Group]) -> Group {
    let mut whole = parts[0];
    let (mut x, mut y, mut charge) = (0.0, 0.0, 0.0);
    for part in parts {
        whole.low.x = whole.low.x.min(part.low.x);
        whole.low.y = whole.low.y.min(part.low.y);
        whole.high.x = whole.high.x.max(part.high.x);
        whole.high.y = whole.high.y.max(part.high.y);
        x += part.centre.x * part.charge;
        y += part.centre.y * part.charge;
        charge += part.charge;
    }
    whole.centre = Point { x: x / charge, y: y / charge };
    whole.charge = charge;
    whole
}

/// Collects what acts on the bodies of a bucket: groups far away, single bodies near by.
fn gather(
    levels: &[Vec<Group>],
    bodies: &[Body],
    bucket: usize,
    acting: &mut Vec<Body>,
    open: &mut Vec<(u8, u32)>,
) {
    acting.clear();
    open.clear();
    let target = levels[0][bucket];
    let top = levels.len() - 1;
    open.extend((0..levels[top].len()).rev().map(|at| (top as u8, at as u32)));
    while let Some((level, at)) = open.pop() {
        let (level, at) = (usize::from(level), at as usize);
        let group = &levels[level][at];
        let dx = (target.low.x - group.centre.x).max(group.centre.x - target.high.x).max(0.0);
        let dy = (target.low.y - group.centre.y).max(group.centre.y - target.high.y).max(0.0);
        let (w, h) = (group.high.x - group.low.x, group.high.y - group.low.y);
        if w * w + h * h < OPENING * OPENING * (dx * dx + dy * dy) {
            acting.push(Body { x: group.centre.x, y: group.centre.y, charge: group.charge });
        } else if level == 0 {
            acting.extend(&bodies[at * LANES..bodies.len().min((at + 1) * LANES)]);
        } else {
            let end = levels[level - 1].len().min((at + 1) * FAN);
            open.extend((at * FAN..end).rev().map(|child| (level as u8 - 1, child as u32)));
        }
    }
}

fn act(targets: &[Body], acting: &[Body], soft: f32) -> [[f32; LANES]; 2] {
    let (mut xs, mut ys) = ([0.0_f32; LANES], [0.0_f32; LANES]);
    for (lane, body) in targets.iter().take(LANES).enumerate() {
        xs[lane] = body.x;
        ys[lane] = body.y;
    }
    let (mut push_x, mut push_y) = ([0.0_f32; LANES], [0.0_f32; LANES]);
    for body in acting {
        for lane in 0..LANES {
            let (dx, dy) = (xs[lane] - body.x, ys[lane] - body.y);
            let push = body.charge / (dx * dx + dy * dy + soft);
            push_x[lane] += dx * push;
            push_y[lane] += dy * push;
        }
    }
    [push_x, push_y]
}

pub(crate) fn bounds(positions: &[Point]) -> (Point, Point) {
    let mut low = Point { x: f32::MAX, y: f32::MAX };
    let mut high = Point { x: f32::MIN, y: f32::MIN };
    for p in positions {
        low = Point { x: low.x.min(p.x), y: low.y.min(p.y) };
        high = Point { x: high.x.max(p.x), y: high.y.max(p.y) };
    }
    (low, high)
}

/// How far along a Hilbert curve of 2¹⁶ × 2¹⁶ cells a cell lies.
fn along_hilbert(mut x: u32, mut y: u32) -> u32 {
    let mut key = 0;
    let mut side = 1_u32 << 15;
    while side > 0 {
        let right = u32::from(x & side != 0);
        let up = u32::from(y & side != 0);
        key = (key << 2) | ((3 * right) ^ up);
        if up == 0 {
            if right == 1 {
                x = !x;
                y = !y;
            }
            std::mem::swap(&mut x, &mut y);
        }
        side >>= 1;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::rng::Rng;

    /// Charge over distance from every other body, summed one by one.
    fn direct(positions: &[Point], charges: &[f32], soft: f32) -> Vec<(f64, f64)> {
        let push_on = |p: &Point| {
            let (mut x, mut y) = (0.0, 0.0);
            for (q, &charge) in positions.iter().zip(charges) {
                let (dx, dy) = (f64::from(p.x - q.x), f64::from(p.y - q.y));
                let push = f64::from(charge) / (dx * dx + dy * dy + f64::from(soft));
                x += dx * push;
                y += dy * push;
            }
            (x, y)
        };
        positions.iter().map(push_on).collect()
    }

    #[test]
    fn pushes_come_close_to_the_sums_over_all_pairs() {
        for (seed, count) in [(1, 2), (2, 7), (3, 9), (4, 100), (5, 1_500), (6, 4_000)] {
            let mut rng = Rng::new(seed);
            let mut side = || {
                let side = rng.signed();
                side * side * side * 100.0
            };
            let positions: Vec<Point> =
                (0..count).map(|_| Point { x: side(), y: side() }).collect();
            let charges: Vec<f32> = (0..count).map(|node| 1.0 + (node % 13) as f32).collect();
            let mut pushes = vec![Point::default(); count];
            let mut tree = Tree::default();
            tree.sort(&positions);
            tree.push(&positions, &charges, 0.0025, &mut pushes);
            let (mut off, mut whole) = (0.0, 0.0);
            for (push, (x, y)) in pushes.iter().zip(direct(&positions, &charges, 0.0025)) {
                off += (f64::from(push.x) - x).powi(2) + (f64::from(push.y) - y).powi(2);
                whole += x * x + y * y;
            }
            let error = (off / whole).sqrt();
            assert!(error < 0.02, "{count}: {error}");
        }
    }
}
