//! A line that is bent round what lies in its way: as a string that is laid round one mark after the
//! other and pulled tight.

use std::cell::Cell;

use super::obstacles::{CLEARANCE, Ends, Obstacle, Obstacles, distance, mix, off_line};
use super::search::{Reach, search};
use crate::layout::Point;

/// After this many bends a line is given up: a way through that many marks is no help to anybody.
const MOST_BENDS: usize = 28;

/// How far before a corner a line begins to turn, at most, in pixels.
const ROUND: f32 = 28.0;

/// The distance that is kept from a mark where there is not more room, in pixels.
const LEAST_CLEARANCE: f32 = 1.0;

/// A way that is no longer than this share of the straight line, and some pixels, is taken as it is: on a longer
/// one the eye loses its ends.
const LONGEST: f32 = 1.3;
const LONGER_BY: f32 = 10.0;

/// A way winds if it turns by more than this at all its corners together, in radians.
const WINDING: f32 = 2.5;

/// The least distance between two corners of a way, in pixels.
const LEAST_APART: f32 = 0.1;

/// Of several ways that are short enough, one that turns by a radian less may be longer by so many pixels: the eye
/// follows a calm line better than one that winds between marks.
const PIXELS_FOR_A_TURN: f32 = 20.0;

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
    let longest = distance(from, to) * LONGEST + LONGER_BY;
    let mut best: Option<(f32, Vec<Point>)> = None;
    let keep = |way: &[Point], clearance: f32, best: &mut Option<(f32, Vec<Point>)>| {
        let way = tightened(way, obstacles, ends, clearance);
        let way = pulled(way, obstacles, ends, clearance);
        let length = length(&way);
        let cost = |length: f32, way: &[Point]| {
            let is_long = length > longest;
            (is_long, if is_long { length } else { length + PIXELS_FOR_A_TURN * turned(way) })
        };
        if best.as_ref().is_none_or(|(other, before)| cost(length, &way) < cost(*other, before)) {
            *best = Some((length, way));
        }
        best.as_ref().is_some_and(|(least, _)| *least <= longest)
    };
    // A longer way than the best would not be taken.
    let most =
        |best: &Option<(f32, Vec<Point>)>| best.as_ref().map_or(f32::MAX, |(least, _)| *least);
    for clearance in [CLEARANCE, LEAST_CLEARANCE] {
        if obstacles.hit((from, to), ends, clearance).is_none() {
            return Some(vec![from, to]);
        }
        let mut is_short = false;
        for side in [Side::Near, Side::Left, Side::Right] {
            if let Some(way) = laid(obstacles, ends, side, clearance) {
                is_short |= keep(&way, clearance, &mut best);
            }
        }
        // A long way round, or one that winds, is worth a search for a better one, and a narrower gap.
        let winds = best.as_ref().is_some_and(|(_, way)| turned(way) > WINDING);
        if (!is_short || winds)
            && is_searched
            && let Some(way) = search(obstacles, ends, (clearance, Reach::Near), most(&best))
        {
            is_short |= keep(&way, clearance, &mut best);
        }
        if is_short {
            break;
        }
    }
    // What has its marks close around it gets out on a way that is longer, or through narrow gaps.
    let is_long = best.as_ref().is_none_or(|(least, _)| *least > longest);
    if is_searched && is_long {
        let reach = if best.is_some() { Reach::Near } else { Reach::Far };
        if let Some(way) = search(obstacles, ends, (0.0, reach), most(&best)) {
            keep(&way, 0.0, &mut best);
        }
    }
    best.map(|(_, way)| rounded(&way, obstacles, ends))
}

fn length(way: &[Point]) -> f32 {
    let pairs = way.iter().zip(way.iter().skip(1));
    pairs.map(|(&a, &b)| distance(a, b)).sum()
}

/// By how much a way turns at all its corners together, in radians.
fn turned(way: &[Point]) -> f32 {
    let turn = |corner: &[Point]| {
        let &[before, at, after] = corner else { return 0.0 };
        let (x, y) = (at.x - before.x, at.y - before.y);
        let (to_x, to_y) = (after.x - at.x, after.y - at.y);
        (x * to_y - y * to_x).atan2(x * to_x + y * to_y).abs()
    };
    way.windows(3).map(turn).sum()
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

/// Moves every corner towards the line between those beside it, as far as it meets no mark there.
fn pulled(way: Vec<Point>, obstacles: &Obstacles, ends: &Ends, clearance: f32) -> Vec<Point> {
    let mut way = way;
    let free = |from: Point, to: Point| obstacles.hit((from, to), ends, clearance).is_none();
    for at in (1..way.len().saturating_sub(1)).chain((1..way.len().saturating_sub(1)).rev()) {
        let &[before, corner, after] = way.get(at - 1..=at + 1).unwrap_or_default() else {
            continue;
        };
        let (_, along) = off_line(corner, before, after);
        let foot = mix(before, after, along);
        let nearer = [0.8, 0.6, 0.4, 0.2, 0.1].map(|share| mix(corner, foot, share));
        let found = nearer.into_iter().find(|&to| free(before, to) && free(to, after));
        if let (Some(slot), Some(found)) = (way.get_mut(at), found) {
            *slot = found;
        }
    }
    way
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
    apart(round)
}

/// A way without points that lie upon the one before: a stroke would have a spike there.
fn apart(way: Vec<Point>) -> Vec<Point> {
    let mut kept = way;
    let last = kept.pop();
    kept.dedup_by(|own, before| distance(*own, *before) < LEAST_APART);
    while kept.len() > 1
        && kept.last().zip(last).is_some_and(|(&own, last)| distance(own, last) < LEAST_APART)
    {
        kept.pop();
    }
    kept.extend(last);
    kept
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Corners round each obstacle, at which the shortest way can turn.
    const CORNERS: u8 = 16;

    /// The length of the shortest way round discs that keeps `clearance` from all, or none: by Dijkstra's
    /// algorithm over all corners that see each other.
    fn shortest(discs: &[Obstacle], [from, to]: [Point; 2], clearance: f32) -> Option<f32> {
        let mut corners = vec![from, to];
        for disc in discs {
            // The sides of a polygon whose corners lie this far out touch the disc.
            let far = (disc.radius + clearance) / (std::f32::consts::PI / f32::from(CORNERS)).cos();
            corners.extend((0..CORNERS).map(|at| {
                let angle = std::f32::consts::TAU * f32::from(at) / f32::from(CORNERS);
                let (sin, cos) = angle.sin_cos();
                Point { x: disc.centre.x + 1.001 * far * cos, y: disc.centre.y + 1.001 * far * sin }
            }));
        }
        let sees = |a: Point, b: Point| {
            let keeps_off = |own: &Obstacle| off_line(own.centre, a, b).0 >= own.radius + clearance;
            discs.iter().all(keeps_off)
        };
        let mut least = vec![f32::MAX; corners.len()];
        let mut done = vec![false; corners.len()];
        least[0] = 0.0;
        loop {
            let open = (0..corners.len()).filter(|&at| !done[at] && least[at] < f32::MAX);
            let next = open.min_by(|&a, &b| least[a].total_cmp(&least[b]))?;
            if next == 1 {
                return Some(least[1]);
            }
            done[next] = true;
            for at in 0..corners.len() {
                let walked = least[next] + distance(corners[next], corners[at]);
                if walked < least[at] && sees(corners[next], corners[at]) {
                    least[at] = walked;
                }
            }
        }
    }

    fn some_discs() -> impl Strategy<Value = Vec<Obstacle>> {
        let disc = (0.0_f32..400.0, -80.0_f32..80.0, 3.0_f32..22.0);
        proptest::collection::vec(disc, 1..14).prop_map(|discs| {
            let obstacle =
                |(mark, (x, y, radius))| Obstacle { mark, centre: Point { x, y }, radius };
            (10..).zip(discs).map(obstacle).collect()
        })
    }

    #[test]
    fn of_two_short_ways_the_calmer_one_is_taken() {
        let at = |x: f32, y: f32| Point { x, y };
        let winding =
            [at(0.0, 0.0), at(100.0, 20.0), at(120.0, -20.0), at(140.0, 20.0), at(300.0, 0.0)];
        let calm = [at(0.0, 0.0), at(150.0, 40.0), at(300.0, 0.0)];
        assert!(turned(&winding) > 4.0 && turned(&calm) < 0.6);
        assert!(
            (turned(&[at(0.0, 0.0), at(10.0, 0.0), at(10.0, 5.0)]) - std::f32::consts::FRAC_PI_2)
                .abs()
                < 0.001
        );
        // A wall of marks with a gap through which a line winds, and a way round its end that is somewhat longer.
        let disc = |mark, x, y, radius| Obstacle { mark, centre: at(x, y), radius };
        let discs = vec![
            disc(10, 150.0, -30.0, 26.0),
            disc(11, 150.0, 34.0, 26.0),
            disc(12, 200.0, 0.0, 14.0),
            disc(13, 100.0, 0.0, 14.0),
            disc(14, 150.0, -84.0, 26.0),
        ];
        let points = [at(-30.0, 0.0), at(330.0, 0.0)];
        let Bent { way, is_free, .. } = bend(&Obstacles::new(discs), [0, 1], points, true);
        assert!(is_free && turned(&way) < 2.5, "{} of {way:?}", turned(&way));
    }

    proptest! {
        #[test]
        fn no_way_is_much_longer_than_the_line_where_a_shorter_one_exists(discs in some_discs()) {
            let points = [Point { x: -30.0, y: 0.0 }, Point { x: 430.0, y: 0.0 }];
            let straight = distance(points[0], points[1]);
            let obstacles = Obstacles::new(discs.clone());
            let Bent { way, is_free, .. } = bend(&obstacles, [0, 1], points, true);
            let own = length(&way);
            let mut pairs = way.iter().zip(way.iter().skip(1));
            prop_assert!(pairs.all(|(&a, &b)| distance(a, b) >= LEAST_APART), "{way:?}");
            if let Some(least) = shortest(&discs, points, CLEARANCE) {
                prop_assert!(is_free);
                let most = (straight * LONGEST + LONGER_BY).max(least * 1.1 + 8.0);
                prop_assert!(own <= most, "{own} where {least} does, and {straight} is straight");
            }
        }
    }
}
