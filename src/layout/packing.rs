//! One region: halos round instances, parts by force, all packed into one box.

use std::collections::HashMap;

use super::angle::direction;
use super::force::{Part, place};
use super::parts::Parts;
use super::{LayoutInput, Point};
use crate::inventory::Progress;

/// Room round every node, and more below where its name stands.
const ROOM: f32 = 17.0;

/// Between the parts of a region.
const GAP: f32 = 18.0;

/// A laid out region with its corner at the origin.
#[derive(Default)]
pub(super) struct RegionBox {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) places: Vec<(u32, Point)>,
}

pub(super) fn region(
    input: &LayoutInput<'_>,
    parts: &Parts,
    region: &[Vec<u32>],
    progress: &Progress,
) -> Option<RegionBox> {
    let mut boxes = Vec::with_capacity(region.len());
    for part in region {
        boxes.push(part_box(input, parts, part, progress)?);
    }
    Some(shelves(boxes, aspect(input)))
}

/// Width over height for each region, so that the whole picture is about 16 : 10.
fn aspect(input: &LayoutInput<'_>) -> f32 {
    let mut columns: Vec<u32> = input.regions.iter().map(|region| region.column).collect();
    columns.sort_unstable();
    columns.dedup();
    (1.9 / columns.len().max(1) as f32).clamp(0.45, 1.7)
}

fn part_box(
    input: &LayoutInput<'_>,
    parts: &Parts,
    part: &[u32],
    progress: &Progress,
) -> Option<RegionBox> {
    let halos: Vec<Halo> = part.iter().map(|&node| halo(input, parts, node)).collect();
    let radii: Vec<f32> = halos.iter().map(|halo| halo.radius + ROOM).collect();
    let index: HashMap<u32, u32> = part.iter().copied().zip(0..).collect();
    let mut links = Vec::new();
    for (own, &node) in (0_u32..).zip(part) {
        for other in &parts.neighbours[node as usize] {
            if let Some(&other) = index.get(other)
                && own < other
            {
                links.push((own, other));
            }
        }
    }
    let places = place(&Part { radii: &radii, links: &links }, progress)?;
    let mut low = Point { x: f32::MAX, y: f32::MAX };
    let mut high = Point { x: f32::MIN, y: f32::MIN };
    for (place, radius) in places.iter().zip(&radii) {
        low = Point { x: low.x.min(place.x - radius), y: low.y.min(place.y - radius) };
        high = Point { x: high.x.max(place.x + radius), y: high.y.max(place.y + radius) };
    }
    let mut out = RegionBox { width: high.x - low.x, height: high.y - low.y, places: Vec::new() };
    for ((&node, place), halo) in part.iter().zip(&places).zip(halos) {
        let centre = Point { x: place.x - low.x, y: place.y - low.y };
        out.places.push((node, centre));
        for (leaf, by) in halo.leaves {
            out.places.push((leaf, Point { x: centre.x + by.x, y: centre.y + by.y }));
        }
    }
    Some(out)
}

/// What hangs on a node, in rings round it.
struct Halo {
    radius: f32,
    leaves: Vec<(u32, Point)>,
}

fn halo(input: &LayoutInput<'_>, parts: &Parts, node: u32) -> Halo {
    let own = input.nodes[node as usize].radius;
    let waiting = &parts.halo[node as usize];
    let widest = waiting.iter().map(|&leaf| input.nodes[leaf as usize].radius).fold(0.0, f32::max);
    let mut halo = Halo { radius: own, leaves: Vec::with_capacity(waiting.len()) };
    let mut rest = waiting.as_slice();
    while !rest.is_empty() {
        let ring = halo.radius + widest + 10.0;
        let fits = (std::f32::consts::TAU * ring / (2.0 * widest + 5.0)) as usize;
        let (these, others) = rest.split_at(rest.len().min(fits.max(1)));
        for (step, &leaf) in these.iter().enumerate() {
            let Point { x, y } = direction(step as f32 / these.len() as f32);
            halo.leaves.push((leaf, Point { x: x * ring, y: y * ring }));
        }
        halo.radius = ring + widest;
        rest = others;
    }
    halo
}

/// Packs boxes in rows, the highest first, to about the aspect that is asked for.
fn shelves(boxes: Vec<RegionBox>, aspect: f32) -> RegionBox {
    let area: f32 = boxes.iter().map(|part| (part.width + GAP) * (part.height + GAP)).sum();
    let widest = boxes.iter().map(|part| part.width).fold(0.0, f32::max);
    let wanted = (area * aspect).sqrt().max(widest);
    let mut boxes = boxes;
    boxes.sort_by(|a, b| b.height.total_cmp(&a.height));
    let mut out = RegionBox::default();
    let (mut x, mut y, mut row) = (0.0_f32, 0.0_f32, 0.0_f32);
    for part in boxes {
        if x > 0.0 && x + part.width > wanted {
            y += row + GAP;
            (x, row) = (0.0, 0.0);
        }
        for (node, place) in part.places {
            out.places.push((node, Point { x: place.x + x, y: place.y + y }));
        }
        out.width = out.width.max(x + part.width);
        out.height = out.height.max(y + part.height);
        row = row.max(part.height);
        x += part.width + GAP;
    }
    out
}
