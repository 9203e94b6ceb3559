//! A graph without regions, names and sizes: all nodes are equal points.

use rayon::prelude::*;

use crate::inventory::Progress;
use crate::layout::Point;
use crate::layout::force::adjacency::Adjacency;
use crate::layout::force::hilbert_tree::bounds;
use crate::layout::force::spacing::space_out;
use crate::layout::force::{Effort, place as place_by_force};
use crate::layout::input::NONE;

/// The room around a component, in the length of a typical edge.
const AIR: f32 = 1.0;

/// Places the nodes of a graph so that a typical edge is about 1 long, whatever it hangs together
/// with; `None` when cancelled. An edge whose end is no node is left out. Costs time in proportion to
/// nodes and edges, but for a logarithm.
pub fn lay_out_graph(
    count: usize,
    edges: &[(u32, u32)],
    seed: u64,
    progress: &Progress,
) -> Option<Vec<Point>> {
    let within = |&(a, b): &(u32, u32)| (a as usize) < count && (b as usize) < count;
    let edges: Vec<(u32, u32)> = edges.iter().copied().filter(within).collect();
    let whole = Adjacency::new(count, &edges);
    let mut place = vec![NONE; count];
    let components = components(&whole, &mut place);
    let laid: Option<Vec<Vec<Point>>> =
        components.par_iter().map(|own| lay_out(&whole, own, &place, seed, progress)).collect();
    let mut laid = laid?;
    pack(&mut laid);
    let mut at = vec![Point::default(); count];
    for (nodes, places) in components.iter().zip(&laid) {
        for (&node, &p) in nodes.iter().zip(places) {
            at[node as usize] = p;
        }
    }
    Some(at)
}

/// The nodes of each connected component, and in `place` where each node stands in its own.
fn components(whole: &Adjacency, place: &mut [u32]) -> Vec<Vec<u32>> {
    let mut components = Vec::new();
    for start in 0..whole.len() {
        if place[start] != NONE {
            continue;
        }
        let mut own = vec![start as u32];
        place[start] = 0;
        let mut next = 0;
        while next < own.len() {
            for &near in whole.neighbours(own[next] as usize) {
                if place[near as usize] == NONE {
                    place[near as usize] = own.len() as u32;
                    own.push(near);
                }
            }
            next += 1;
        }
        components.push(own);
    }
    components
}

fn lay_out(
    whole: &Adjacency,
    own: &[u32],
    place: &[u32],
    seed: u64,
    progress: &Progress,
) -> Option<Vec<Point>> {
    let mut edges = Vec::new();
    for (at, &node) in own.iter().enumerate() {
        let near = whole.neighbours(node as usize).iter().map(|&near| place[near as usize]);
        edges.extend(near.filter(|&near| near > at as u32).map(|near| (at as u32, near)));
    }
    let adjacency = Adjacency::new(own.len(), &edges);
    let weights = vec![1.0; own.len()];
    let mut at = place_by_force(&adjacency, &weights, seed, Effort::Full, progress)?;
    space_out(&mut at);
    Some(at)
}

/// Puts the components side by side in rows, the highest first.
fn pack(components: &mut [Vec<Point>]) {
    let mut boxes: Vec<(usize, Point, Point)> = Vec::new();
    for (at, component) in components.iter().enumerate() {
        let (low, high) = bounds(component);
        boxes.push((at, low, Point { x: high.x - low.x + AIR, y: high.y - low.y + AIR }));
    }
    boxes.sort_by(|a, b| b.2.y.total_cmp(&a.2.y).then(a.0.cmp(&b.0)));
    let area: f32 = boxes.iter().map(|(_, _, size)| size.x * size.y).sum();
    let wide = boxes.iter().map(|(_, _, size)| size.x).fold(area.sqrt() * 1.1, f32::max);
    let (mut left, mut top, mut tall) = (0.0, 0.0, 0.0_f32);
    for (at, low, size) in boxes {
        if left > 0.0 && left + size.x > wide {
            top += tall;
            (left, tall) = (0.0, 0.0);
        }
        for p in &mut components[at] {
            *p = Point { x: p.x - low.x + left, y: p.y - low.y + top };
        }
        left += size.x;
        tall = tall.max(size.y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_stand_side_by_side_and_every_node_has_a_place() {
        let edges = [(0, 1), (1, 2), (2, 0), (4, 5), (5, 4), (7, 7), (3, 99)];
        let at = lay_out_graph(9, &edges, 3, &Progress::default()).unwrap();
        assert_eq!(at.len(), 9);
        assert!(at.iter().all(|p| p.x.is_finite() && p.y.is_finite()));
        for (a, p) in at.iter().enumerate() {
            for q in &at[..a] {
                assert!((p.x - q.x).hypot(p.y - q.y) > 0.05, "{p:?} {q:?}");
            }
        }
    }
}
