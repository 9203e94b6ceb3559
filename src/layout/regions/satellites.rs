//! Neat rings of small marks round a larger one.

use crate::layout::Point;
use crate::layout::angle::direction;

/// The share of a full turn that rings use while they would otherwise run through the name.
const ABOVE_NAME: f32 = 0.62;
/// The air between marks of a ring and between rings.
const AIR: f32 = 6.0;

/// The mark in the middle of its satellites.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hub {
    /// Rings begin at this distance.
    pub(crate) radius: f32,
    /// Rings nearer than this leave the space below free for the name.
    pub(crate) name: f32,
}

/// Places round `hub` for marks of these sizes, and the radius of the whole.
pub(crate) fn place_satellites(hub: Hub, sizes: &[f32]) -> (Vec<Point>, f32) {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|&a, &b| sizes[a].total_cmp(&sizes[b]).then(a.cmp(&b)));
    let mut places = vec![Point::default(); sizes.len()];
    let mut edge = hub.radius;
    let mut begin = 0;
    while begin < order.len() {
        let mut end = begin + 1;
        while end < order.len()
            && Ring::new(hub, edge, sizes[order[end]]).room() >= (end + 1 - begin) as f32
        {
            end += 1;
        }
        let ring = Ring::new(hub, edge, sizes[order[end - 1]]);
        let count = (end - begin) as f32;
        let spread = (ring.arc / count).min(if hub.name > 0.0 { ring.slot * 1.5 } else { 1.0 });
        for (step, &item) in order[begin..end].iter().enumerate() {
            let towards = direction(0.75 + (step as f32 - (count - 1.0) * 0.5) * spread);
            places[item] = Point { x: towards.x * ring.radius, y: towards.y * ring.radius };
        }
        edge = ring.radius + ring.size;
        begin = end;
    }
    (places, edge)
}

struct Ring {
    radius: f32,
    size: f32,
    arc: f32,
    slot: f32,
}

impl Ring {
    fn new(hub: Hub, edge: f32, size: f32) -> Self {
        let radius = edge + AIR + size;
        let arc = if edge < hub.name { ABOVE_NAME } else { 1.0 };
        let share = (size + AIR * 0.5) / radius;
        // Never less than twice the arc sine, so that neighbours on the ring do not touch.
        let slot = 2.0 * (share + 0.571 * share * share * share) / std::f32::consts::TAU;
        Self { radius, size, arc, slot }
    }

    fn room(&self) -> f32 {
        (self.arc / self.slot).floor()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn satellites_touch_neither_each_other_nor_the_hub() {
        let sizes: Vec<f32> = (0..200_u8).map(|at| 6.0 + f32::from(at % 17)).collect();
        let (places, outer) = place_satellites(Hub { radius: 20.0, name: 60.0 }, &sizes);
        for (a, (p, size)) in places.iter().zip(&sizes).enumerate() {
            let far = p.x.hypot(p.y);
            assert!(far >= 20.0 + size && far + size <= outer + 0.01, "{p:?}");
            for (q, other) in places.iter().zip(&sizes).take(a) {
                assert!((p.x - q.x).hypot(p.y - q.y) >= size + other, "{p:?} {q:?}");
            }
        }
    }

    #[test]
    fn a_lone_mark_sits_straight_above_its_hub() {
        let (places, outer) = place_satellites(Hub { radius: 20.0, name: 60.0 }, &[8.0]);
        assert!(places[0].x.abs() < 1e-3 && (places[0].y + 34.0).abs() < 1e-3);
        assert!((outer - 42.0).abs() < 1e-3);
    }
}
