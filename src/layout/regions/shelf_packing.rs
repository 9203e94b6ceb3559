//! Shelf packing: groups on shelves and lone marks in rows, within a given width.

use crate::layout::Point;
use crate::layout::regions::cluster::Cluster;

const AIR: f32 = 16.0;

/// What fills one region, before its place is known.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// The groups, tallest first.
    pub(crate) clusters: Vec<Cluster>,
    /// The marks without links, with half the width that each needs; wider ones first.
    pub(crate) alone: Vec<(u32, f32)>,
}

/// A filled rectangle; its upper left corner is the origin.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    /// The marks and their places.
    pub(crate) marks: Vec<(u32, Point)>,
    /// How wide the content is.
    pub(crate) width: f32,
    /// How high the content is.
    pub(crate) height: f32,
}

impl Content {
    /// Orders what is to be filled in; equal ones keep their order.
    pub(crate) fn new(mut clusters: Vec<Cluster>, mut alone: Vec<(u32, f32)>) -> Self {
        let height = |c: &Cluster| c.high.y - c.low.y;
        clusters.sort_by(|a, b| height(b).total_cmp(&height(a)));
        alone.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Self { clusters, alone }
    }

    /// About how much space the content takes.
    pub(crate) fn area(&self) -> f32 {
        let cluster = |c: &Cluster| (c.high.x - c.low.x + AIR) * (c.high.y - c.low.y + AIR);
        let groups: f32 = self.clusters.iter().map(cluster).sum();
        groups * 1.15 + self.alone.iter().map(|(_, half)| 4.0 * half * half).sum::<f32>()
    }

    /// Fills a rectangle about `wide` wide; wider only where a single group is.
    pub(crate) fn fill(&self, wide: f32) -> Filled {
        let mut filled = Filled::default();
        let mut row: Vec<&Cluster> = Vec::new();
        let widest = self.clusters.iter().map(|c| c.high.x - c.low.x).fold(wide, f32::max);
        let mut used = 0.0;
        for cluster in &self.clusters {
            let need = cluster.high.x - cluster.low.x;
            if !row.is_empty() && used + need > widest {
                filled.shelve(&row);
                row.clear();
                used = 0.0;
            }
            row.push(cluster);
            used += need + AIR;
        }
        filled.shelve(&row);
        filled.rows(&self.alone, widest.max(filled.width));
        filled
    }
}

impl Filled {
    fn shelve(&mut self, row: &[&Cluster]) {
        let tallest = row.iter().map(|c| c.high.y - c.low.y).fold(0.0, f32::max);
        let top = if self.height > 0.0 { self.height + AIR } else { 0.0 };
        let mut left = 0.0;
        for cluster in row {
            let dx = left - cluster.low.x;
            let dy = top + tallest * 0.5 - (cluster.low.y + cluster.high.y) * 0.5;
            let moved = |&(node, p): &(u32, Point)| (node, Point { x: p.x + dx, y: p.y + dy });
            self.marks.extend(cluster.marks.iter().map(moved));
            left += cluster.high.x - cluster.low.x;
            self.width = self.width.max(left);
            left += AIR;
        }
        self.height = top + tallest;
    }

    fn rows(&mut self, alone: &[(u32, f32)], wide: f32) {
        if alone.is_empty() {
            return;
        }
        let mut top = if self.height > 0.0 { self.height + AIR } else { 0.0 };
        let (mut left, mut tall) = (0.0, 0.0);
        for &(node, half) in alone {
            // Instances and credentials differ in width, and each kind begins a row of its own.
            if left > 0.0 && (left + 2.0 * half > wide || half < tall * 0.7) {
                top += 2.0 * tall;
                left = 0.0;
            }
            if left == 0.0 {
                tall = half;
            }
            let cell = tall.max(half);
            self.marks.push((node, Point { x: left + cell, y: top + cell }));
            left += 2.0 * cell;
            self.width = self.width.max(left);
        }
        self.height = top + 2.0 * tall;
    }
}
