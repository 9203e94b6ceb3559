//! Shelf packing: groups on shelves and lone marks in rows, within a given width.

use crate::layout::regions::cluster::Cluster;
use crate::layout::regions::strips::{EDGE, GAP, HEADING, Strip, box_areas, strips};
use crate::layout::{Point, SectionShape};

const AIR: f32 = 16.0;

/// What fills one region, before its place is known.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// The groups, tallest first.
    pub(crate) clusters: Vec<Cluster>,
    /// The marks without links, with half the width that each needs; wider ones first.
    pub(crate) alone: Vec<(u32, f32)>,
    /// The sections in it, by number, in the order of their boxes.
    pub(crate) sections: Vec<(u32, Self)>,
}

/// A filled rectangle; its upper left corner is the origin.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    /// The marks and their places.
    pub(crate) marks: Vec<(u32, Point)>,
    /// The sections and their boxes.
    pub(crate) sections: Vec<(u32, SectionShape)>,
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
        Self { clusters, alone, sections: Vec::new() }
    }

    /// Whether nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.clusters.is_empty() && self.alone.is_empty() && self.sections.is_empty()
    }

    /// About how much space the content takes.
    pub(crate) fn area(&self) -> f32 {
        let cluster = |c: &Cluster| (c.high.x - c.low.x + AIR) * (c.high.y - c.low.y + AIR);
        let groups: f32 = self.clusters.iter().map(cluster).sum();
        let alone: f32 = self.alone.iter().map(|(_, half)| 4.0 * half * half).sum();
        groups * 1.15
            + alone
            + box_areas(self.sections.iter().map(|(_, own)| own.area())).iter().sum::<f32>()
    }

    /// Fills a rectangle about `wide` wide; wider only where a single group is.
    pub(crate) fn fill(&self, wide: f32) -> Filled {
        let mut filled = self.boxes(wide);
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
        if !row.is_empty() {
            filled.shelve(&row);
        }
        filled.rows(&self.alone, widest.max(filled.width));
        filled
    }

    /// The boxes of all sections in rows about `wide` wide, each with what is in it; all rows are as wide as the
    /// widest, and what a box has to spare lies round its content.
    fn boxes(&self, wide: f32) -> Filled {
        let areas = box_areas(self.sections.iter().map(|(_, own)| own.area()));
        let row = |strip: Strip| {
            let mut row = Row { high: SHORTEST * strip.high - GAP, boxes: Vec::new() };
            let of_strip = self.sections.iter().zip(&areas).skip(strip.first).take(strip.count);
            for ((section, content), area) in of_strip {
                let planned = area / strip.high - GAP;
                let filled = content.fill((planned - 2.0 * EDGE).max(1.0));
                row.high = row.high.max(filled.height + 2.0 * EDGE + HEADING);
                let wide = planned.max(filled.width + 2.0 * EDGE);
                row.boxes.push(Boxed { section: *section, wide, filled });
            }
            row
        };
        let rows: Vec<Row> = strips(&areas, wide).into_iter().map(row).collect();
        let widest = rows.iter().map(Row::width).fold(0.0, f32::max);
        let mut all = Filled { width: widest, ..Filled::default() };
        for row in rows {
            let boxes: f32 = row.boxes.iter().map(|own| own.wide).sum();
            let wider = 1.0 + (widest - row.width()) / boxes.max(1.0);
            let top = if all.height > 0.0 { all.height + GAP } else { 0.0 };
            let mut left = 0.0;
            for Boxed { section, wide, filled } in row.boxes {
                let size = (wide * wider, row.high);
                all.put((section, filled), Point { x: left, y: top }, size);
                left += size.0 + GAP;
            }
            all.height = top + row.high;
        }
        all
    }
}

/// Boxes side by side.
struct Row {
    high: f32,
    boxes: Vec<Boxed>,
}

impl Row {
    fn width(&self) -> f32 {
        let gaps = GAP * self.boxes.len().saturating_sub(1) as f32;
        self.boxes.iter().map(|own| own.wide).sum::<f32>() + gaps
    }
}

/// What is in the box of a section, and how wide that is at least.
struct Boxed {
    section: u32,
    wide: f32,
    filled: Filled,
}

/// A row of boxes is at least this share of the height that was planned for it, however little room its
/// contents took in the end.
const SHORTEST: f32 = 0.6;

impl Filled {
    /// Puts a section into a box of this size, in the middle below the heading.
    fn put(&mut self, (section, filled): (u32, Self), low: Point, (wide, high): (f32, f32)) {
        let by = Point {
            x: low.x + (wide - filled.width) * 0.5,
            y: low.y + HEADING + (high - HEADING - filled.height) * 0.5,
        };
        let moved = |(node, p): (u32, Point)| (node, Point { x: p.x + by.x, y: p.y + by.y });
        self.marks.extend(filled.marks.into_iter().map(moved));
        let high = Point { x: low.x + wide, y: low.y + high };
        self.sections.push((section, SectionShape { low, high }));
        let inner = filled.sections.into_iter();
        self.sections.extend(inner.map(|(section, shape)| (section, shape.moved(by))));
    }

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
