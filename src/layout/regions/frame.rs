//! Regions side by side from left to right, and what belongs to several in the gutters between.

use crate::layout::angle::direction;
use crate::layout::input::NONE;
use crate::layout::regions::cluster::{AIR, Satellites, radius};
use crate::layout::regions::gaps::{FilledGap, Gaps};
use crate::layout::regions::shelf_packing::{Content, Filled};
use crate::layout::{Layout, LayoutInput, Point, RegionShape, SectionShape};

const GUTTER: f32 = 160.0;
const STACKED: f32 = 80.0;
const PADDING: f32 = 32.0;
/// The height kept for the name of a region.
const NAME: f32 = 36.0;
const NARROWEST: f32 = 200.0;
const CORNER: f32 = 28.0;

/// How much higher than wide the groups of each region are to be, so that all columns come out as
/// high as each other; `rooms` is about how much room each region takes, and what lies in none.
pub(crate) fn upright(input: &LayoutInput<'_>, rooms: &[f32]) -> Vec<f32> {
    let mut columns: Vec<(u32, f32)> = Vec::new();
    let of_columns = input.regions.iter().map(|region| region.column).zip(rooms);
    for (column, room) in of_columns.clone().filter(|(_, room)| **room > 0.0) {
        match columns.iter_mut().find(|(known, _)| *known == column) {
            Some((_, sum)) => *sum += room,
            None => columns.push((column, *room)),
        }
    }
    let gaps = columns.len().saturating_sub(1) as f32 * GUTTER;
    let around = columns.len() as f32 * 2.0 * PADDING;
    let whole: f32 = rooms.iter().sum();
    // The height at which the columns and the gaps between them have the wanted shape.
    let beside = gaps + around;
    let aspect = input.aspect();
    let height = (beside + (beside * beside + 4.0 * aspect * whole).sqrt()) / (2.0 * aspect);
    let of_region = |(column, room): (u32, &f32)| {
        let sum = columns.iter().find(|(known, _)| *known == column).map_or(0.0, |(_, sum)| *sum);
        let wide = (sum / height.max(1.0)).max(1.0);
        (room / wide / wide).clamp(0.25, 4.0)
    };
    of_columns.map(of_region).collect()
}

/// The columns, each with its regions and what fills them.
struct Columns {
    regions: Vec<Vec<(usize, Filled)>>,
    widths: Vec<f32>,
    heights: Vec<f32>,
}

/// Puts regions and floaters in place.
pub(crate) fn frame(
    input: &LayoutInput<'_>,
    satellites: &Satellites,
    contents: &[Content],
) -> Layout {
    let ranks = ranks(input, contents);
    let behind_columns = ranks.chunk_by(|a, b| a.0 == b.0).count().saturating_sub(1).max(1);
    let mut gaps = Gaps::new(input, satellites, behind_columns);
    let columns = Columns::best(input, (&ranks, contents), &gaps);
    let mut layout = Layout {
        positions: vec![Point::default(); input.nodes.len()],
        regions: vec![RegionShape::default(); input.regions.len()],
        sections: vec![SectionShape::default(); input.sections.len()],
    };
    let mut gutters = vec![GUTTER; behind_columns];
    columns.place(&gutters, &mut layout);
    let centres = columns.centres(&gutters);
    let mut strips = vec![Vec::new(); gutters.len()];
    let mut heights = vec![0.0; input.nodes.len()];
    for node in (0..input.nodes.len() as u32).filter(|at| satellites.home[*at as usize] == NONE) {
        let target = barycentre(node, satellites, &layout.positions, centres.last());
        heights[node as usize] = target.y;
        if gaps.holds(node) {
            continue;
        }
        let far = |at: usize| (centres[at] - target.x).abs();
        let nearest = (0..centres.len()).min_by(|&a, &b| far(a).total_cmp(&far(b))).unwrap_or(0);
        strips[nearest].push((node, target.y));
    }
    let tallest = columns.heights.iter().copied().fold(0.0, f32::max);
    let strips: Vec<Strip> =
        strips.into_iter().map(|targets| Strip::new(targets, tallest, input, satellites)).collect();
    let size = (columns.widths.iter().sum(), tallest);
    let filled: Vec<FilledGap> =
        (0..gutters.len()).map(|gap| gaps.filled(gap, size, &heights)).collect();
    for ((gutter, strip), boxes) in gutters.iter_mut().zip(&strips).zip(&filled) {
        let of_strip = strip.lanes as f32 * strip.pitch + 60.0;
        *gutter = if boxes.wide > 0.0 && strip.targets.is_empty() {
            boxes.wide
        } else {
            boxes.wide + GUTTER.max(of_strip)
        };
    }
    columns.place(&gutters, &mut layout);
    let middles = columns.centres(&gutters).into_iter().zip(&gutters);
    for ((strip, boxes), (centre, gutter)) in strips.iter().zip(&filled).zip(middles) {
        // What lies in no box stands to the right of all boxes.
        let boxed = centre - (gutter - boxes.wide) / 2.0;
        boxes.place(boxed, tallest, &mut layout);
        strip.place(centre + boxes.wide / 2.0, &mut layout.positions);
    }
    layout
}

fn barycentre(node: u32, satellites: &Satellites, at: &[Point], otherwise: Option<&f32>) -> Point {
    let (mut x, mut y, mut count) = (0.0_f64, 0.0_f64, 0.0_f64);
    for &near in satellites.adjacency.neighbours(node as usize) {
        if satellites.home[near as usize] != NONE {
            x += f64::from(at[near as usize].x);
            y += f64::from(at[near as usize].y);
            count += 1.0;
        }
    }
    if count == 0.0 {
        return Point { x: otherwise.copied().unwrap_or(0.0), y: 0.0 };
    }
    Point { x: (x / count) as f32, y: (y / count) as f32 }
}

/// The regions in which something lies, by column.
fn ranks(input: &LayoutInput<'_>, contents: &[Content]) -> Vec<(u32, usize)> {
    let all = input.regions.iter().zip(contents).enumerate();
    let filled = all.filter(|(_, (_, content))| !content.is_empty());
    let mut ranks: Vec<(u32, usize)> =
        filled.map(|(at, (region, _))| (region.column, at)).collect();
    ranks.sort_unstable();
    ranks
}

impl Columns {
    /// Tries some heights and keeps what comes closest to the shape of a screen.
    fn best(
        input: &LayoutInput<'_>,
        (ranks, contents): (&[(u32, usize)], &[Content]),
        gaps: &Gaps,
    ) -> Self {
        let area: f32 = ranks.iter().map(|&(_, at)| contents[at].area()).sum();
        let mut best: Option<(f32, Self)> = None;
        for step in 0..16_u8 {
            let height = (area / input.aspect()).sqrt().max(1.0) * (0.5 + f32::from(step) * 0.1);
            let columns = Self::fill(ranks, contents, height);
            let off = columns.off(input.aspect(), gaps);
            if best.as_ref().is_none_or(|(least, _)| off < *least) {
                best = Some((off, columns));
            }
        }
        best.map_or_else(|| Self::fill(&[], contents, 1.0), |(_, columns)| columns)
    }

    fn fill(ranks: &[(u32, usize)], contents: &[Content], height: f32) -> Self {
        let mut columns = Self { regions: Vec::new(), widths: Vec::new(), heights: Vec::new() };
        for group in ranks.chunk_by(|a, b| a.0 == b.0) {
            let area: f32 = group.iter().map(|&(_, at)| contents[at].area()).sum();
            let wide = (area / height).max(NARROWEST);
            let mut filled: Vec<(usize, Filled)> =
                group.iter().map(|&(_, at)| (at, contents[at].fill(wide))).collect();
            let widest = |filled: &[(usize, Filled)]| {
                filled.iter().map(|(_, f)| f.width).fold(NARROWEST, f32::max)
            };
            let width = widest(&filled);
            // Boxes fill the width that another region of the column needs.
            for (at, own) in &mut filled {
                if !own.sections.is_empty() && own.width < width {
                    *own = contents[*at].fill(width);
                }
            }
            let width = widest(&filled);
            let heights: f32 = filled.iter().map(|(_, f)| box_height(f) + STACKED).sum();
            columns.widths.push(width + 2.0 * PADDING);
            columns.heights.push(heights - STACKED);
            columns.regions.push(filled);
        }
        columns
    }

    /// How far the whole is from the desired shape; 1 is exact.
    fn off(&self, aspect: f32, gaps: &Gaps) -> f32 {
        let wide = self.widths.iter().sum::<f32>() + gaps.all_widths(&self.widths, GUTTER);
        let shape = wide / self.heights.iter().copied().fold(1.0, f32::max) / aspect;
        shape.max(1.0 / shape)
    }

    fn centres(&self, gutters: &[f32]) -> Vec<f32> {
        let mut x = 0.0;
        let mut centres = Vec::new();
        for (at, gutter) in gutters.iter().enumerate() {
            x += self.widths.get(at).copied().unwrap_or(0.0);
            centres.push(x + gutter * 0.5);
            x += gutter;
        }
        centres
    }

    /// Puts the regions in place, all columns as high as the tallest.
    fn place(&self, gutters: &[f32], layout: &mut Layout) {
        let mut left = 0.0;
        let tallest = self.heights.iter().copied().fold(0.0, f32::max);
        for (at, regions) in self.regions.iter().enumerate() {
            let wide = self.widths[at];
            let mut top = -tallest * 0.5;
            let boxes: f32 = regions.iter().map(|(_, filled)| box_height(filled)).sum();
            let spare = tallest - self.heights[at];
            for (region, filled) in regions {
                let own = box_height(filled);
                let more = spare * own / boxes.max(1.0);
                let high = own + more;
                let dx = left + (wide - filled.width) * 0.5;
                // Where there are boxes, the lowest take what there is to spare.
                let is_boxed = !filled.sections.is_empty();
                let dy = top + PADDING + NAME + if is_boxed { 0.0 } else { more * 0.5 };
                for &(node, p) in &filled.marks {
                    layout.positions[node as usize] = Point { x: p.x + dx, y: p.y + dy };
                }
                for &(section, shape) in &filled.sections {
                    let mut shape = shape.moved(Point { x: dx, y: dy });
                    if shape.high.y > dy + filled.height - 0.5 && is_boxed {
                        shape.high.y += more;
                    }
                    layout.sections[section as usize] = shape;
                }
                layout.regions[*region] = shape(Point { x: left, y: top }, wide, high);
                top += high + STACKED;
            }
            left += wide + gutters.get(at).copied().unwrap_or(GUTTER);
        }
    }
}

fn box_height(filled: &Filled) -> f32 {
    filled.height + 2.0 * PADDING + NAME
}

/// A rectangle with round corners.
fn shape(low: Point, wide: f32, high: f32) -> RegionShape {
    let mut outline = Vec::with_capacity(28);
    for (quarter, (right, below)) in
        [(0.0, (1.0, 1.0)), (0.25, (0.0, 1.0)), (0.5, (0.0, 0.0)), (0.75, (1.0, 0.0))]
    {
        let centre = Point {
            x: low.x + CORNER + right * (wide - 2.0 * CORNER),
            y: low.y + CORNER + below * (high - 2.0 * CORNER),
        };
        for step in 0..=6_u8 {
            let towards = direction(quarter + f32::from(step) / 24.0);
            outline
                .push(Point { x: centre.x + CORNER * towards.x, y: centre.y + CORNER * towards.y });
        }
    }
    let label_at = Point { x: low.x + wide * 0.5, y: low.y + PADDING * 0.5 + NAME * 0.4 };
    RegionShape { outline, label_at }
}

/// Floaters in one gutter, from top to bottom, in as few lanes as fit the height.
struct Strip {
    targets: Vec<(u32, f32)>,
    pitch: f32,
    lanes: usize,
}

impl Strip {
    fn new(
        mut targets: Vec<(u32, f32)>,
        tallest: f32,
        input: &LayoutInput<'_>,
        satellites: &Satellites,
    ) -> Self {
        targets.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let needs = |&(node, _): &(u32, f32)| {
            let air = if satellites.instance[node as usize] { AIR } else { 11.0 };
            (radius(input, node as usize) + air) * 2.0
        };
        let pitch = targets.iter().map(needs).fold(1.0, f32::max);
        let count = targets.len() as f32;
        let high = tallest.max((count / input.aspect()).sqrt() * pitch).max(pitch);
        let lanes = ((count * pitch / high).ceil() as usize).max(1);
        Self { targets, pitch, lanes }
    }

    fn place(&self, centre: f32, at: &mut [Point]) {
        let targets: Vec<f32> = self
            .targets
            .chunks(self.lanes)
            .map(|row| row.iter().map(|&(_, y)| y).sum::<f32>() / row.len() as f32)
            .collect();
        for (row, y) in self.targets.chunks(self.lanes).zip(spaced(&targets, self.pitch)) {
            for (lane, &(node, _)) in row.iter().enumerate() {
                let aside = lane as f32 - (row.len() as f32 - 1.0) * 0.5;
                at[node as usize] = Point { x: centre + aside * self.pitch, y };
            }
        }
    }
}

/// The places nearest to the ascending targets that are at least `pitch` apart.
fn spaced(targets: &[f32], pitch: f32) -> Vec<f32> {
    let mut blocks: Vec<(f32, usize)> = Vec::new();
    for (at, target) in targets.iter().enumerate() {
        let (mut sum, mut count) = (target - at as f32 * pitch, 1);
        while let Some(&(above, members)) = blocks.last() {
            if above / members as f32 <= sum / count as f32 {
                break;
            }
            blocks.pop();
            sum += above;
            count += members;
        }
        blocks.push((sum, count));
    }
    let mean = |&(sum, count): &(f32, usize)| std::iter::repeat_n(sum / count as f32, count);
    blocks.iter().flat_map(mean).enumerate().map(|(at, y)| y + at as f32 * pitch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_targets_spread_evenly_about_the_target() {
        assert_eq!(spaced(&[10.0, 10.0, 10.0], 4.0), vec![6.0, 10.0, 14.0]);
    }

    #[test]
    fn targets_far_apart_are_met() {
        assert_eq!(spaced(&[-50.0, 0.0, 90.0], 4.0), vec![-50.0, 0.0, 90.0]);
    }
}
