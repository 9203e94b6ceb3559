//! The connected groups of marks inside one region, each laid out by itself.

use rayon::prelude::*;

use crate::inventory::Progress;
use crate::layout::Point;
use crate::layout::force;
use crate::layout::force::Effort;
use crate::layout::force::adjacency::Adjacency;
use crate::layout::input::NONE;
use crate::layout::regions::overlap_removal::remove_overlaps;
use crate::layout::regions::satellites::{Hub, place_satellites};
use crate::layout::{LayoutInput, LayoutNode, SectionPlace};

/// The air around an instance; its name stands in it.
pub(crate) const AIR: f32 = 24.0;
/// Half the width of a name.
const HALF_NAME: f32 = 45.0;

/// A group of marks round its own origin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cluster {
    /// The marks and their places.
    pub(crate) marks: Vec<(u32, Point)>,
    /// The upper left corner of the group.
    pub(crate) low: Point,
    /// The lower right corner of the group.
    pub(crate) high: Point,
}

/// What the shape of every group depends on besides its links.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape<'a> {
    /// The seed of what is left to chance.
    pub(crate) seed: u64,
    /// How much higher than wide the groups of each block are drawn; 1 leaves them as they are.
    pub(crate) upright: &'a [f32],
    /// How much work it is worth.
    pub(crate) effort: Effort,
}

/// The groups of each block, and its marks without links inside the block.
type Grouped = (Vec<Vec<Cluster>>, Vec<Vec<u32>>);

/// Which marks are satellites of which: they move with the mark that they surround.
#[derive(Debug)]
pub(crate) struct Satellites {
    /// The whole graph, without repeated edges.
    pub(crate) adjacency: Adjacency,
    /// The region of each node, or `NONE`.
    pub(crate) home: Vec<u32>,
    /// The block of each node, or `NONE`: its section, numbered after all regions, or else its region. What lies
    /// in one block is laid out together.
    pub(crate) block: Vec<u32>,
    /// Whether each node is an instance.
    pub(crate) instance: Vec<bool>,
    /// The radius of each mark with its satellites and the air around.
    pub(crate) outer: Vec<f32>,
    hub: Vec<u32>,
    surrounding: Vec<Vec<(u32, Point)>>,
}

impl Satellites {
    /// Finds the satellites: lone credentials round their instance, then instances of one credential.
    pub(crate) fn new(input: &LayoutInput<'_>) -> Self {
        let count = input.nodes.len();
        let mut instance = vec![false; count];
        let within = |node: u32| (node as usize) < count;
        let edges: Vec<(u32, u32)> =
            input.edges.iter().copied().filter(|&(a, b)| within(a) && within(b)).collect();
        for &(holder, _) in &edges {
            instance[holder as usize] = true;
        }
        let known = |region: u16| usize::from(region) < input.regions.len();
        let home = input.nodes.iter().map(|node| node.region.filter(|&r| known(r)));
        let mut satellites = Self {
            adjacency: Adjacency::new(count, &edges),
            home: home.map(|region| region.map_or(NONE, u32::from)).collect(),
            block: input.nodes.iter().map(|node| block_of(input, node)).collect(),
            outer: (0..count)
                .map(|node| radius(input, node) + if instance[node] { AIR } else { 4.0 })
                .collect(),
            instance,
            hub: vec![NONE; count],
            surrounding: vec![Vec::new(); count],
        };
        for node in 0..count {
            if satellites.instance[node] && satellites.home[node] != NONE {
                satellites.gather(node, radius(input, node), 1);
            }
        }
        for node in 0..count {
            if !satellites.instance[node]
                && satellites.home[node] != NONE
                && satellites.hub[node] == NONE
            {
                satellites.gather(node, radius(input, node) + 8.0, 3);
            }
        }
        satellites
    }

    /// Whether a name stands under a node: it is the instance of a link, or large without links.
    pub(crate) fn is_named(&self, node: u32, radius: f32) -> bool {
        self.instance[node as usize]
            || (self.adjacency.degree(node as usize) == 0 && radius >= 14.0)
    }

    fn gather(&mut self, hub: usize, radius: f32, least: usize) {
        let lone = |&&near: &&u32| {
            let node = near as usize;
            let free = self.adjacency.degree(node) == 1 + self.surrounding[node].len();
            free && self.hub[node] == NONE
                && self.block[node] == self.block[hub]
                && self.instance[node] != self.instance[hub]
        };
        let marks: Vec<u32> = self.adjacency.neighbours(hub).iter().filter(lone).copied().collect();
        if marks.len() < least {
            return;
        }
        let name = if self.instance[hub] { HALF_NAME + radius * 0.5 } else { 0.0 };
        let air = if self.instance[hub] { 4.0 } else { 0.0 };
        let sizes: Vec<f32> = marks.iter().map(|&node| self.outer[node as usize] - air).collect();
        let (places, outer) = place_satellites(Hub { radius, name }, &sizes);
        for &node in &marks {
            self.hub[node as usize] = hub as u32;
        }
        self.outer[hub] = self.outer[hub].max(outer + 6.0);
        self.surrounding[hub] = marks.into_iter().zip(places).collect();
    }

    /// About how much room the marks of each block take, and last, those of none.
    pub(crate) fn rooms(&self, input: &LayoutInput<'_>) -> Vec<f32> {
        let blocks = blocks(input);
        let mut rooms = vec![0.0; blocks + 1];
        for node in (0..self.home.len()).filter(|&node| self.hub[node] == NONE) {
            let block = (self.block[node] as usize).min(blocks);
            rooms[block] += 5.0 * self.outer[node] * self.outer[node];
        }
        rooms
    }

    /// The groups of each block, and its marks without links inside the block.
    pub(crate) fn clusters(
        &self,
        blocks: usize,
        shape: Shape<'_>,
        progress: &Progress,
    ) -> Option<Grouped> {
        let mut alone = vec![Vec::new(); blocks];
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut place = vec![NONE; self.home.len()];
        for start in 0..self.home.len() {
            if place[start] != NONE || self.hub[start] != NONE || self.home[start] == NONE {
                continue;
            }
            let group = self.reach(start, &mut place);
            if group.len() == 1 && self.surrounding[start].is_empty() {
                alone[self.block[start] as usize].push(start as u32);
            } else {
                groups.push(group);
            }
        }
        let laid: Option<Vec<Cluster>> =
            groups.par_iter().map(|group| self.lay_out(group, &place, shape, progress)).collect();
        let mut clusters = vec![Vec::new(); blocks];
        for (group, cluster) in groups.iter().zip(laid?) {
            clusters[self.block[group[0] as usize] as usize].push(cluster);
        }
        Some((clusters, alone))
    }

    fn linked(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let block = self.block[node as usize];
        let inside = move |near: &u32| {
            self.block[*near as usize] == block && self.hub[*near as usize] == NONE
        };
        self.adjacency.neighbours(node as usize).iter().copied().filter(inside)
    }

    fn reach(&self, start: usize, place: &mut [u32]) -> Vec<u32> {
        let mut group = vec![start as u32];
        place[start] = 0;
        let mut next = 0;
        while next < group.len() {
            for near in self.linked(group[next]) {
                if place[near as usize] == NONE {
                    place[near as usize] = group.len() as u32;
                    group.push(near);
                }
            }
            next += 1;
        }
        group
    }

    fn lay_out(
        &self,
        group: &[u32],
        place: &[u32],
        shape: Shape<'_>,
        progress: &Progress,
    ) -> Option<Cluster> {
        let radii: Vec<f32> = group.iter().map(|&node| self.outer[node as usize]).collect();
        let mut edges = Vec::new();
        for (at, &node) in group.iter().enumerate() {
            let near = self.linked(node).map(|near| place[near as usize]);
            edges.extend(near.filter(|&near| near > at as u32).map(|near| (at as u32, near)));
        }
        let mut at = if group.len() <= 3 {
            in_a_row(group.len(), &edges, &radii)
        } else {
            let block = self.block[group[0] as usize] as usize;
            let upright = shape.upright.get(block).copied().unwrap_or(1.0);
            by_force((&radii, &edges), upright, shape, progress)?
        };
        if shape.effort == Effort::Full {
            remove_overlaps(&mut at, &radii, progress)?;
        }
        let mut cluster = Cluster {
            low: Point { x: f32::MAX, y: f32::MAX },
            high: Point { x: f32::MIN, y: f32::MIN },
            marks: Vec::new(),
        };
        for ((&node, p), r) in group.iter().zip(&at).zip(&radii) {
            cluster.low = Point { x: cluster.low.x.min(p.x - r), y: cluster.low.y.min(p.y - r) };
            cluster.high = Point { x: cluster.high.x.max(p.x + r), y: cluster.high.y.max(p.y + r) };
            self.put(node, *p, &mut cluster.marks);
        }
        Some(cluster)
    }

    fn put(&self, node: u32, at: Point, marks: &mut Vec<(u32, Point)>) {
        marks.push((node, at));
        for &(satellite, offset) in &self.surrounding[node as usize] {
            self.put(satellite, Point { x: at.x + offset.x, y: at.y + offset.y }, marks);
        }
    }
}

fn by_force(
    (radii, edges): (&[f32], &[(u32, u32)]),
    upright: f32,
    shape: Shape<'_>,
    progress: &Progress,
) -> Option<Vec<Point>> {
    let mut adjacency = Adjacency::new(radii.len(), edges);
    let mean = radii.iter().sum::<f32>() / radii.len().max(1) as f32;
    for (charge, r) in adjacency.charges.iter_mut().zip(radii) {
        *charge *= (r / mean).clamp(0.6, 4.0);
    }
    let weights: Vec<f32> = radii.iter().map(|r| r * r).collect();
    let mut at = force::place(&adjacency, &weights, shape.seed, shape.effort, progress)?;
    turn(&mut at, upright);
    let lengths: f32 = edges.iter().map(|&(a, b)| radii[a as usize] + radii[b as usize]).sum();
    // Crowded groups begin large enough for all discs, or pushing them apart takes too long.
    let (mean_x, mean_y) = (mean_of(at.iter().map(|p| p.x)), mean_of(at.iter().map(|p| p.y)));
    let far = |p: &Point| (p.x - mean_x).powi(2) + (p.y - mean_y).powi(2);
    let spread = mean_of(at.iter().map(far)).max(1e-6);
    let discs: f32 = radii.iter().map(|r| r * r).sum();
    let scale = (lengths / edges.len().max(1) as f32).max((0.65 * discs / spread).sqrt());
    for p in &mut at {
        *p = Point { x: p.x * scale, y: p.y * scale };
    }
    Some(at)
}

/// From this many marks on a group is no disc but fills its rectangle.
const SQUARE_FROM: usize = 40;

/// Turns a group so that its longest way runs upright where it is to be higher than wide, and from
/// left to right otherwise, and draws it out until it is.
fn turn(at: &mut [Point], upright: f32) {
    let (mean_x, mean_y) = (mean_of(at.iter().map(|p| p.x)), mean_of(at.iter().map(|p| p.y)));
    let (mut xx, mut xy, mut yy) = (0.0_f32, 0.0_f32, 0.0_f32);
    for p in at.iter_mut() {
        *p = Point { x: p.x - mean_x, y: p.y - mean_y };
        xx += p.x * p.x;
        xy += p.x * p.y;
        yy += p.y * p.y;
    }
    // The eigenvector of the larger eigenvalue, from square roots alone: the same on every machine.
    let half = (xx - yy) * 0.5;
    let root = (half * half + xy * xy).sqrt();
    let (x, y) = if half >= 0.0 { (half + root, xy) } else { (xy, root - half) };
    let long = (x * x + y * y).sqrt();
    let (x, y) = if long > 0.0 { (x / long, y / long) } else { (1.0, 0.0) };
    let is_square = at.len() >= SQUARE_FROM;
    // Small groups are long as it is.
    let out = if is_square { upright.max(1.0 / upright).sqrt() } else { 1.0 };
    for p in at.iter_mut() {
        let round = Point { x: p.x * x + p.y * y, y: p.y * x - p.x * y };
        let Point { x: along, y: across } = if is_square { squared(round) } else { round };
        *p = if upright > 1.0 {
            Point { x: across / out, y: along * out }
        } else {
            Point { x: along * out, y: across / out }
        };
    }
}

/// A point of a disc on the square into which the disc is drawn out: everywhere with as much room as
/// before, circles becoming squares (Shirley and Chiu, *A low distortion map between disk and
/// square*, 1997).
fn squared(p: Point) -> Point {
    // The arc tangent of 0 to 1, in eighths of a turn, to a hundredth.
    let eighths = |share: f32| share * (1.0 + 0.347_6 * (1.0 - share));
    let far = (p.x * p.x + p.y * p.y).sqrt();
    let (long, short) = (p.x.abs().max(p.y.abs()), p.x.abs().min(p.y.abs()));
    if long <= 0.0 {
        return p;
    }
    let aside = far * eighths(short / long);
    let sign = |value: f32, size: f32| if value < 0.0 { -size } else { size };
    if p.x.abs() >= p.y.abs() {
        Point { x: sign(p.x, far), y: sign(p.y, aside) }
    } else {
        Point { x: sign(p.x, aside), y: sign(p.y, far) }
    }
}

fn mean_of(values: impl ExactSizeIterator<Item = f32>) -> f32 {
    let count = values.len().max(1) as f32;
    values.sum::<f32>() / count
}

/// Two or three linked marks side by side, the one linked to both others in the middle.
fn in_a_row(count: usize, edges: &[(u32, u32)], radii: &[f32]) -> Vec<Point> {
    let mut order: Vec<usize> = (0..count).collect();
    let degree =
        |node: usize| edges.iter().filter(|e| e.0 as usize == node || e.1 as usize == node).count();
    order.sort_by_key(|&node| degree(node));
    if count == 3 {
        order.swap(1, 2);
    }
    let mut at = vec![Point::default(); count];
    let mut x = 0.0;
    for node in order {
        at[node].x = x + radii[node];
        x += radii[node] * 2.0 + 12.0;
    }
    at
}

/// How many blocks there are: all regions, then all sections.
pub(crate) fn blocks(input: &LayoutInput<'_>) -> usize {
    input.regions.len() + input.sections.len()
}

/// The block of a node: a section that is not one of its region is none.
fn block_of(input: &LayoutInput<'_>, node: &LayoutNode) -> u32 {
    let Some(region) = node.region.filter(|&own| usize::from(own) < input.regions.len()) else {
        return NONE;
    };
    let is_own = |at: &u32| {
        let own = input.sections.get(*at as usize);
        own.is_some_and(|own| own.place == SectionPlace::Region(region))
    };
    let section = node.section.filter(is_own);
    section.map_or(u32::from(region), |at| input.regions.len() as u32 + at)
}

/// The radius of a mark, whatever was handed in.
pub(crate) fn radius(input: &LayoutInput<'_>, node: usize) -> f32 {
    let radius = input.nodes[node].radius;
    if radius.is_finite() { radius.clamp(1.0, 200.0) } else { 10.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disc_becomes_a_square_and_keeps_its_room() {
        let (mut inside, mut corner) = (0, 0);
        for step in 0..40_000_u32 {
            let (x, y) = ((step % 200) as f32 / 100.0 - 0.995, (step / 200) as f32 / 100.0 - 0.995);
            if x * x + y * y > 1.0 {
                continue;
            }
            let Point { x, y } = squared(Point { x, y });
            assert!(x.abs() <= 1.001 && y.abs() <= 1.001, "{x} {y}");
            inside += 1;
            corner += u32::from(x.abs() > 0.75 && y.abs() > 0.75);
        }
        // The four corners are a sixteenth of the square.
        let share = f64::from(corner) / f64::from(inside);
        assert!((share - 0.0625).abs() < 0.006, "{share}");
    }
}
