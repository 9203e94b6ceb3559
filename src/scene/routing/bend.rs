//! A line that is bent round what lies in its way: as a string that is laid round one mark after the
//! other and pulled tight.

use std::cell::Cell;

use super::obstacles::{CLEARANCE, Ends, Obstacle, Obstacles, distance, mix};
use super::search::{Reach, search};
use crate::layout::Point;

/// After this many bends a line is given up: a way through that many marks is no help to anybody.
const MOST_BENDS: usize = 28;

/// How far before a corner a line begins to turn, at most, in pixels.
const ROUND: f32 = 28.0;

/// The distance that is kept from a mark where there is not more room, in pixels.
const LEAST_CLEARANCE: f32 = 1.0;

/// On which side of a mark a line is laid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Where it is already nearer.
    Near,
    Left,
    Right,
}

/// A way from one mark to another.
pub(super) struct Bent {
    /// Its corners, from middle to middle.
    pub(super) way: Vec<Point>,
    /// Whether it meets no other mark: else it is straight, for want of a better one.
    pub(super) is_free: bool,
    /// How much had to be looked at.
    pub(super) work: u32,
}

/// A way from one mark's middle to another's, round all other marks: the ends alone where nothing is in
/// the way, and where no way is found. Where it is searched, a way far from the line is found too. Costs
/// time in proportion to the marks along the line, where nothing is in the way.
pub(super) fn bend(
    obstacles: &Obstacles,
    marks: [u32; 2],
    points: [Point; 2],
    is_searched: bool,
) -> Bent {
    let ends = Ends { marks, points, work: Cell::new(0) };
    let found = way(obstacles, &ends, is_searched);
    let is_free = found.is_some();
    let way = found.unwrap_or_else(|| points.to_vec());
    Bent { way, is_free, work: ends.work.get() }
}

fn way(obstacles: &Obstacles, ends: &Ends, is_searched: bool) -> Option<Vec<Point>> {
    let [from, to] = ends.points;
    for clearance in [CLEARANCE, LEAST_CLEARANCE] {
        if obstacles.hit((from, to), ends, clearance).is_none() {
            return Some(vec![from, to]);
        }
        let mut best: Option<(f32, Vec<Point>)> = None;
        for side in [Side::Near, Side::Left, Side::Right] {
            let Some(way) = laid(obstacles, ends, side, clearance) else { continue };
            let way = tightened(&way, obstacles, ends, clearance);
            let length = length(&way);
            if best.as_ref().is_none_or(|(least, _)| length < *least) {
                best = Some((length, way));
            }
        }
        // A long way round is worth a search for a better one.
        let longest = if is_searched { distance(from, to) * 1.35 + 30.0 } else { f32::MAX };
        if let Some((_, way)) = best.filter(|(length, _)| *length < longest) {
            return Some(rounded(&way, obstacles, ends));
        }
        if is_searched && let Some(way) = search(obstacles, ends, (clearance, Reach::Near)) {
            let way = tightened(&way, obstacles, ends, clearance);
            return Some(rounded(&way, obstacles, ends));
        }
    }
    // What has its marks close around it gets out on a way that is longer, or through narrow gaps.
    let clearance = 0.0;
    let way = is_searched.then(|| search(obstacles, ends, (clearance, Reach::Far))).flatten()?;
    let way = tightened(&way, obstacles, ends, clearance);
    Some(rounded(&way, obstacles, ends))
}

fn length(way: &[Point]) -> f32 {
    let pairs = way.iter().zip(way.iter().skip(1));
    pairs.map(|(&a, &b)| distance(a, b)).sum()
}

/// Lays the line round each mark that it meets, until it meets none.
fn laid(obstacles: &Obstacles, ends: &Ends, side: Side, clearance: f32) -> Option<Vec<Point>> {
    let [from, to] = ends.points;
    let mut way = vec![from, to];
    let mut sides: Vec<(u32, f32)> = Vec::new();
    let mut at = 0;
    while let (Some(&a), Some(&b)) = (way.get(at), way.get(at + 1)) {
        let Some((own, kept)) = obstacles.hit((a, b), ends, clearance) else {
            at += 1;
            continue;
        };
        if way.len() > MOST_BENDS {
            return None;
        }
        let known = sides.iter().find(|(mark, _)| *mark == own.mark).map(|(_, side)| *side);
        let chosen = known.unwrap_or_else(|| match side {
            Side::Left => 1.0,
            Side::Right => -1.0,
            Side::Near => near_side(own.centre, a, b),
        });
        if known.is_none() {
            sides.push((own.mark, chosen));
        }
        let corner = beside(&own, kept, (a, b), chosen);
        let corner = pushed_out(corner, own.centre, obstacles, ends, clearance)?;
        way.insert(at + 1, corner);
    }
    Some(way)
}

/// 1 where the line passes to the left of a point, −1 where to the right.
fn near_side(point: Point, from: Point, to: Point) -> f32 {
    let cross = (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
    if cross > 0.0 { -1.0 } else { 1.0 }
}

/// The corner beside an obstacle from which both ends of the line are seen past it, as far as that
/// is possible with one corner.
fn beside(own: &Obstacle, kept: f32, (from, to): (Point, Point), side: f32) -> Point {
    let length = distance(from, to).max(1e-3);
    let (x, y) = ((to.x - from.x) / length, (to.y - from.y) / length);
    let near = distance(from, own.centre).min(distance(to, own.centre));
    let kept = kept + 0.3;
    let far = kept * near / (near * near - kept * kept).max(kept * kept * 0.3).sqrt();
    let far = far.clamp(kept * 1.05, kept * 2.0);
    Point { x: own.centre.x - y * far * side, y: own.centre.y + x * far * side }
}

/// A corner moved away from `centre` until it lies in no obstacle.
fn pushed_out(
    corner: Point,
    centre: Point,
    obstacles: &Obstacles,
    ends: &Ends,
    clearance: f32,
) -> Option<Point> {
    let mut corner = corner;
    for _ in 0..6 {
        let Some((own, kept)) = obstacles.covers(corner, ends, clearance) else {
            return Some(corner);
        };
        let away = distance(corner, centre).max(1e-3);
        let (x, y) = ((corner.x - centre.x) / away, (corner.y - centre.y) / away);
        let ahead = (own.centre.x - corner.x) * x + (own.centre.y - corner.y) * y;
        let step = (ahead + kept + 0.5).max(1.0);
        corner = Point { x: corner.x + x * step, y: corner.y + y * step };
    }
    None
}

/// Leaves out every corner that is not needed.
fn tightened(way: &[Point], obstacles: &Obstacles, ends: &Ends, clearance: f32) -> Vec<Point> {
    let mut kept = Vec::with_capacity(way.len());
    let mut at = 0;
    while let Some(&from) = way.get(at) {
        kept.push(from);
        let ahead = (at + 1..way.len()).rev();
        let free = |&next: &usize| {
            way.get(next).is_some_and(|&to| obstacles.hit((from, to), ends, clearance).is_none())
        };
        at = ahead.into_iter().find(free).unwrap_or(at + 1);
    }
    kept
}

/// Rounds the corners as far as that meets no mark.
fn rounded(way: &[Point], obstacles: &Obstacles, ends: &Ends) -> Vec<Point> {
    let mut round = Vec::with_capacity(way.len() * 4);
    round.extend(way.first().copied());
    for corner in way.windows(3) {
        let &[before, at, after] = corner else { continue };
        let most = (distance(before, at) * 0.5).min(distance(at, after) * 0.5).min(ROUND);
        let turn = [most, most * 0.5, most * 0.25].into_iter().map(|cut| curve(corner, cut));
        let free = |curve: &Vec<Point>| {
            let start = std::iter::once(round.last().copied().unwrap_or(before));
            let points: Vec<Point> = start.chain(curve.iter().copied()).collect();
            let mut pairs = points.iter().zip(points.iter().skip(1));
            pairs.all(|(&a, &b)| obstacles.hit((a, b), ends, 0.5).is_none())
        };
        match turn.into_iter().find(free) {
            Some(curve) => round.extend(curve),
            None => round.push(at),
        }
    }
    round.extend(way.last().copied());
    round
}

/// A corner as a curve that begins and ends `cut` pixels from it.
fn curve(corner: &[Point], cut: f32) -> Vec<Point> {
    let &[before, at, after] = corner else { return Vec::new() };
    let start = mix(at, before, cut / distance(at, before).max(1e-3));
    let end = mix(at, after, cut / distance(at, after).max(1e-3));
    let point = |step: u8| {
        let share = f32::from(step) / 5.0;
        mix(mix(start, at, share), mix(at, end, share), share)
    };
    (0..=5).map(point).collect()
}
