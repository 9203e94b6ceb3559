//! Views that are tables: service instances are rows, credentials are lines across them or columns.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::Arc;

use super::order::{Side, arrange, ranks, spread};
use crate::analysis::{Crossing, Subject};
use crate::inventory::Progress;
use crate::layout::{Layout, OrderEffort, Point, RegionShape};
use crate::scene::chart::Chart;
use crate::scene::grid::{Cell, ColumnBlock, Grid, PITCH, Strand, TableForm};
use crate::scene::map::{Map, Mark, MarkStyle};
use crate::scene::view_kind::ViewKind;

/// How many rows the heading of a block takes.
pub(super) const HEADING: f32 = 1.5;

/// Strands: each service instance a row, each credential an upright line over the rows that it joins;
/// and how far apart lies what belongs together. `None` when cancelled.
///
/// Rows stand in a block for each region of the chart. Lines that have no row in common may share a
/// column. Costs time in proportion to the links, times a logarithm.
pub fn strands(chart: &Chart, effort: OrderEffort, progress: &Progress) -> Option<(Map, u64)> {
    let mut table = Table::new(chart, weight_class);
    table.arrange(effort);
    let spread = table.spread();
    if progress.is_cancelled() {
        return None;
    }
    let columns = packed(&table.spans());
    let top = |first: f32| first - PITCH;
    Some((table.placed(chart, (&columns, ViewKind::Strands), top), spread))
}

/// Matrix: service instances are rows and credentials are columns, both in blocks by region, credentials
/// of several regions first and those that are linked to nothing last, in each block those that lead to a higher
/// tier, and dead ones last; and how far apart lies what belongs together. `None` when cancelled.
///
/// Costs time in proportion to the links, times a logarithm.
pub fn matrix(chart: &Chart, effort: OrderEffort, progress: &Progress) -> Option<(Map, u64)> {
    matrix_about(chart, None, effort, progress)
}

/// The same with the rows of one credential together, as far as blocks allow that: its blocks come first, and
/// its rows stand at the end of the first of them and at the beginning of the others.
pub fn matrix_about(
    chart: &Chart,
    about: Option<Subject>,
    effort: OrderEffort,
    progress: &Progress,
) -> Option<(Map, u64)> {
    let ranks = ranks(chart);
    let is_linked = |mark: &Mark| {
        let at = chart.map.mark_of(mark.subject);
        at.is_some_and(|at| !chart.map.links_of(at).is_empty())
    };
    let block = |mark: &Mark| match mark.region {
        Some(at) => 1 + ranks.get(usize::from(at)).copied().flatten().unwrap_or(0),
        None if is_linked(mark) => 0,
        None => 1 + ranks.len() as u32,
    };
    let block = |mark: &Mark| block(mark) * CLASSES + weight_class(mark);
    let mut table = Table::new(chart, block);
    table.arrange(effort);
    if let Some(mark) = about.and_then(|subject| chart.map.mark_of(subject)) {
        table.bring_together(&chart.map, mark);
    }
    let spread = table.spread();
    if progress.is_cancelled() {
        return None;
    }
    let columns: Vec<u32> =
        (0..table.credentials as u32).map(|at| table.columns.place_of(at)).collect();
    Some((table.placed(chart, (&columns, ViewKind::Matrix), |_| -PITCH), spread))
}

/// In each block those credentials come first that lead to a higher tier, and dead ones last.
fn weight_class(mark: &Mark) -> u32 {
    match mark.style {
        MarkStyle::Credential { dead: true, .. } => 2,
        MarkStyle::Credential { crossing: Crossing::Upwards, .. } => 0,
        MarkStyle::Credential { .. } | MarkStyle::Instance { .. } => 1,
    }
}

/// How many classes there are.
const CLASSES: u32 = 3;

/// Rows and columns on their way to their places. Rows are the marks of instances by number, columns those
/// of credentials, numbered from the first.
struct Table {
    instances: usize,
    credentials: usize,
    rows: Side,
    columns: Side,
    /// Row and column of each link.
    links: Vec<(u32, u32)>,
    /// The region of each row.
    regions: Vec<Option<u16>>,
}

impl Table {
    fn new(chart: &Chart, block_of: impl Fn(&Mark) -> u32) -> Self {
        let map = &chart.map;
        let ranks = ranks(chart);
        let instances = map.instances();
        let (of_rows, of_columns) = map.marks.split_at(instances);
        let rank = |region: Option<u16>| {
            region.and_then(|at| ranks.get(usize::from(at)).copied().flatten()).unwrap_or(0)
        };
        let regions: Vec<Option<u16>> = of_rows.iter().map(|mark| mark.region).collect();
        let first = instances as u32;
        let link =
            |link: &crate::scene::map::Link| (link.instance, link.credential.saturating_sub(first));
        Self {
            instances,
            credentials: of_columns.len(),
            rows: Side::new(regions.iter().map(|&region| rank(region)).collect()),
            columns: Side::new(of_columns.iter().map(block_of).collect()),
            links: map.links.iter().map(link).collect(),
            regions,
        }
    }

    fn arrange(&mut self, effort: OrderEffort) {
        arrange((&mut self.rows, &mut self.columns), &self.links, effort);
    }

    /// Puts the rows that a credential is linked to beside each other, each in its block, and blocks without
    /// such behind the others.
    fn bring_together(&mut self, map: &Map, credential: u32) {
        let links = map.links_of(credential).iter();
        let rows: BTreeSet<u32> =
            links.filter_map(|&at| map.links.get(at as usize)).map(|link| link.instance).collect();
        let mut order = Vec::with_capacity(self.rows.order.len());
        let mut behind = Vec::new();
        for block in self.rows.by_block() {
            let (own, others): (Vec<u32>, Vec<u32>) =
                block.iter().partition(|line| rows.contains(line));
            match (own.is_empty(), order.is_empty()) {
                (true, _) => behind.extend(others),
                (false, true) if own.len() < rows.len() => {
                    order.extend(others.into_iter().chain(own));
                }
                (false, _) => order.extend(own.into_iter().chain(others)),
            }
        }
        order.extend(behind);
        self.rows.reorder(order);
    }

    fn spread(&self) -> u64 {
        spread((&self.rows, &self.columns), &self.links)
    }

    /// The first and last row of each credential; none for those without links.
    fn spans(&self) -> Vec<Option<(u32, u32)>> {
        let mut spans: Vec<Option<(u32, u32)>> = vec![None; self.credentials];
        for &(row, column) in &self.links {
            let place = self.rows.place_of(row);
            if let Some(span) = spans.get_mut(column as usize) {
                let (low, high) = span.unwrap_or((place, place));
                *span = Some((low.min(place), high.max(place)));
            }
        }
        spans
    }

    /// Where each row is, with room for the heading of each block, and the blocks.
    fn heights(&self) -> (Vec<f32>, Vec<(u16, f32, f32)>) {
        let mut heights = vec![0.0; self.instances];
        let mut blocks: Vec<(u16, f32, f32)> = Vec::new();
        let mut y = 0.0;
        for &row in &self.rows.order {
            let region = self.regions.get(row as usize).copied().flatten();
            if let Some(region) = region
                && blocks.last().is_none_or(|(last, ..)| *last != region)
            {
                y += HEADING * PITCH;
                blocks.push((region, y, y));
            }
            if let Some(slot) = heights.get_mut(row as usize) {
                *slot = y;
            }
            if let Some((.., end)) = blocks.last_mut() {
                *end = y;
            }
            y += PITCH;
        }
        (heights, blocks)
    }

    /// The blocks of columns of a width, where each credential has a column of its own.
    fn column_blocks(&self, chart: &Chart, pitch: f32) -> Vec<ColumnBlock> {
        let mut blocks: Vec<ColumnBlock> = Vec::new();
        for (place, &column) in self.columns.order.iter().enumerate() {
            let mark = (self.instances + column as usize) as u32;
            let own = chart.map.column_block(mark, place as f32 * pitch);
            match blocks.last_mut().filter(|last| last.is_of(&own)) {
                Some(last) => last.columns += 1,
                None => blocks.push(own),
            }
        }
        blocks
    }

    /// The map of the table; a credential's mark stands where `top` says for its first row.
    fn placed(
        &self,
        chart: &Chart,
        (columns, kind): (&[u32], ViewKind),
        top: impl Fn(f32) -> f32,
    ) -> Map {
        let (heights, blocks) = self.heights();
        let form = TableForm { is_matrix: kind == ViewKind::Matrix, pane: chart.pane() };
        let pitch =
            form.column_pitch(count_of(columns), heights.iter().copied().fold(0.0, f32::max));
        let x = |column: u32| columns.get(column as usize).copied().unwrap_or(0) as f32 * pitch;
        let mut ends = vec![(f32::INFINITY, f32::NEG_INFINITY); self.credentials];
        let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); self.instances];
        for (link, &(row, column)) in (0_u32..).zip(&self.links) {
            let y = heights.get(row as usize).copied().unwrap_or(0.0);
            if let Some((low, high)) = ends.get_mut(column as usize) {
                (*low, *high) = (low.min(y), high.max(y));
            }
            if let Some(own) = cells.get_mut(row as usize) {
                own.push(Cell { link, x: x(column) });
            }
        }
        let first = self.instances as u32;
        let strand = |(at, &(low, high)): (u32, &(f32, f32))| {
            let rows = if low <= high { (low, high) } else { (0.0, 0.0) };
            Strand { mark: first + at, x: x(at), rows }
        };
        let strands: Vec<Strand> = (0_u32..).zip(&ends).map(strand).collect();
        let of_rows = heights.iter().map(|&y| Point { x: -PITCH, y });
        let of_columns = strands.iter().map(|own| Point { x: own.x, y: top(own.rows.0) });
        let positions: Vec<Point> = of_rows.chain(of_columns).collect();
        let right = strands.iter().map(|own| own.x).fold(0.0, f32::max) + PITCH;
        let regions = shapes(&blocks, chart.map.regions.len(), right);
        let rows = (0_u32..).zip(&heights).zip(cells).map(|((mark, &y), cells)| (y, mark, cells));
        let mut grid = Grid::new(rows.collect(), strands, (form, pitch));
        if grid.is_matrix() {
            grid.blocks = self.column_blocks(chart, pitch);
        }
        let mut map = chart.map.clone().placed(&Layout { positions, regions, ..Layout::default() });
        map.kind = kind;
        map.grid = Some(Arc::new(grid));
        map
    }
}

/// How many columns there are.
pub(super) fn count_of(columns: &[u32]) -> usize {
    columns.iter().max().map_or(0, |last| *last as usize + 1)
}

/// A column for each credential with its first and its last row, so that lines in one column have no row in
/// common: from the first row down, each in the first column that is free.
pub(super) fn packed(spans: &[Option<(u32, u32)>]) -> Vec<u32> {
    let mut order: Vec<(u32, Reverse<u32>, u32)> = (0_u32..)
        .zip(spans)
        .filter_map(|(at, span)| span.map(|(first, last)| (first, Reverse(last), at)))
        .collect();
    order.sort_unstable();
    let mut columns = vec![0; spans.len()];
    // The credential's own mark stands above its first row, and a row is left free before it.
    let mut busy: BinaryHeap<Reverse<(u32, u32)>> = BinaryHeap::new();
    let (mut free, mut count) = (BTreeSet::new(), 0);
    for (first, Reverse(last), at) in order {
        while let Some(&Reverse((until, column))) = busy.peek()
            && until + 2 <= first
        {
            busy.pop();
            free.insert(column);
        }
        let column = free.pop_first().unwrap_or_else(|| {
            count += 1;
            count - 1
        });
        busy.push(Reverse((last, column)));
        if let Some(slot) = columns.get_mut(at as usize) {
            *slot = column;
        }
    }
    // What is linked to nothing stands behind all others.
    for (slot, span) in columns.iter_mut().zip(spans) {
        if span.is_none() {
            *slot = count;
            count += 1;
        }
    }
    columns
}

/// The grounds of the blocks, from edge to edge.
pub(super) fn shapes(blocks: &[(u16, f32, f32)], regions: usize, right: f32) -> Vec<RegionShape> {
    let mut shapes = vec![RegionShape::default(); regions];
    for &(region, low, high) in blocks {
        let (low, high) = (low - 0.6 * PITCH, high + 0.6 * PITCH);
        let corners = [(-2.0 * PITCH, low), (right, low), (right, high), (-2.0 * PITCH, high)];
        if let Some(slot) = shapes.get_mut(usize::from(region)) {
            *slot = RegionShape {
                outline: corners.map(|(x, y)| Point { x, y }).to_vec(),
                label_at: Point { x: -2.0 * PITCH, y: low - 0.4 * PITCH },
            };
        }
    }
    shapes
}
