//! Regions side by side in the order of trust, and what belongs to several in between.

use super::angle::direction;
use super::packing::RegionBox;
use super::parts::Parts;
use super::{Layout, LayoutInput, Point, RegionShape};

/// Between a region's nodes and its outline; its name stands in the room at the top.
const PADDING: f32 = 26.0;
const TITLE: f32 = 34.0;

/// The width of a gutter without anything in it, and of each row of floating nodes.
const GUTTER: f32 = 90.0;
const LANE: f32 = 90.0;

/// The radius of a region's corners.
const CORNER: f32 = 22.0;

struct Column {
    regions: Vec<usize>,
    width: f32,
    height: f32,
}

pub(super) fn arrange(input: &LayoutInput<'_>, parts: &Parts, boxes: &[RegionBox]) -> Layout {
    let columns = columns(input, boxes);
    let tallest = columns.iter().map(|column| column.height).fold(200.0, f32::max);
    let lanes = floats(input, parts, &columns);
    let mut layout = Layout {
        positions: vec![Point::default(); input.nodes.len()],
        regions: vec![RegionShape::default(); boxes.len()],
    };
    let mut left = 0.0;
    let mut gutters = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        place_column(column, boxes, (left, tallest), &mut layout);
        left += column.width;
        let waiting: f32 = lanes[index].iter().map(|&node| room(input, node)).sum();
        let count = (waiting / tallest).ceil().max(1.0);
        gutters.push((left + GUTTER / 2.0, count));
        left += GUTTER + LANE * count;
    }
    for (lane, gutter) in lanes.iter().zip(gutters) {
        place_floating(input, parts, (lane, gutter, tallest), &mut layout);
    }
    layout
}

fn room(input: &LayoutInput<'_>, node: u32) -> f32 {
    input.nodes[node as usize].radius * 2.0 + 26.0
}

fn columns(input: &LayoutInput<'_>, boxes: &[RegionBox]) -> Vec<Column> {
    let mut order: Vec<usize> =
        (0..boxes.len()).filter(|&at| !boxes[at].places.is_empty()).collect();
    order.sort_by_key(|&at| (input.regions[at].column, at));
    let mut columns: Vec<Column> = Vec::new();
    for group in order.chunk_by(|&a, &b| input.regions[a].column == input.regions[b].column) {
        let width = group.iter().map(|&at| boxes[at].width).fold(0.0, f32::max) + 2.0 * PADDING;
        let height: f32 =
            group.iter().map(|&at| boxes[at].height + 2.0 * PADDING + TITLE).sum::<f32>()
                + 40.0 * (group.len() - 1) as f32;
        columns.push(Column { regions: group.to_vec(), width: width.max(150.0), height });
    }
    if columns.is_empty() {
        columns.push(Column { regions: Vec::new(), width: 0.0, height: 0.0 });
    }
    columns
}

fn place_column(column: &Column, boxes: &[RegionBox], at: (f32, f32), layout: &mut Layout) {
    let (left, tallest) = at;
    let mut top = (tallest - column.height) / 2.0;
    for &region in &column.regions {
        let part = &boxes[region];
        let height = part.height + 2.0 * PADDING + TITLE;
        let inset = (column.width - part.width) / 2.0;
        for &(node, place) in &part.places {
            layout.positions[node as usize] =
                Point { x: left + inset + place.x, y: top + PADDING + TITLE + place.y };
        }
        layout.regions[region] = RegionShape {
            outline: rounded((left, top), (column.width, height)),
            label_at: Point { x: left + column.width / 2.0, y: top + PADDING },
        };
        top += height + 40.0;
    }
}

/// A rectangle with round corners.
fn rounded(corner: (f32, f32), size: (f32, f32)) -> Vec<Point> {
    let middles = [(1.0, 1.0), (0.0, 1.0), (0.0, 0.0), (1.0, 0.0)];
    let mut points = Vec::with_capacity(28);
    for (quarter, (right, low)) in middles.into_iter().enumerate() {
        let x = corner.0 + CORNER + right * (size.0 - 2.0 * CORNER);
        let y = corner.1 + CORNER + low * (size.1 - 2.0 * CORNER);
        for step in 0..=6 {
            let to = direction((quarter * 6 + step) as f32 / 24.0);
            points.push(Point { x: x + to.x * CORNER, y: y + to.y * CORNER });
        }
    }
    points
}

/// Which floating nodes stand in the gutter to the right of which column.
fn floats(input: &LayoutInput<'_>, parts: &Parts, columns: &[Column]) -> Vec<Vec<u32>> {
    let mut column_of = vec![0_usize; input.regions.len()];
    for (index, column) in columns.iter().enumerate() {
        for &region in &column.regions {
            column_of[region] = index;
        }
    }
    let mut lanes = vec![Vec::new(); columns.len()];
    for &node in &parts.floating {
        let linked: Vec<usize> = parts.neighbours[node as usize]
            .iter()
            .filter_map(|&other| input.nodes[other as usize].region)
            .filter_map(|region| column_of.get(usize::from(region)).copied())
            .collect();
        let (first, last) = (linked.iter().min().copied(), linked.iter().max().copied());
        let lane = match (first, last) {
            (Some(first), Some(last)) if last > first => (first + last - 1) / 2,
            (Some(only), _) => only.min(columns.len().saturating_sub(2)),
            _ => columns.len() - 1,
        };
        lanes[lane].push(node);
    }
    lanes
}

/// Floating nodes in order of what they are linked to, spread from top to bottom.
fn place_floating(
    input: &LayoutInput<'_>,
    parts: &Parts,
    lane: (&[u32], (f32, f32), f32),
    layout: &mut Layout,
) {
    let (nodes, (left, count), tallest) = lane;
    let mut wanted: Vec<(f32, u32)> = nodes
        .iter()
        .map(|&node| {
            let linked = &parts.neighbours[node as usize];
            let sum: f32 = linked.iter().map(|&other| layout.positions[other as usize].y).sum();
            let mean = if linked.is_empty() { tallest } else { sum / linked.len() as f32 };
            (mean, node)
        })
        .collect();
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let lanes = count as usize;
    let mut taken = vec![f32::MIN; lanes];
    for (rank, &(y, node)) in wanted.iter().enumerate() {
        let lane = rank % lanes;
        let half = room(input, node) / 2.0;
        let top = (y - half).max(taken[lane]);
        taken[lane] = top + 2.0 * half;
        let x = left + LANE * (lane as f32 + 0.5);
        layout.positions[node as usize] = Point { x, y: top + half };
    }
    // What was pushed out at the bottom moves up as one.
    let lowest = taken.iter().copied().fold(f32::MIN, f32::max);
    let over = (lowest - tallest).max(0.0).min(tallest * 0.5);
    if over > 0.0 {
        for &(_, node) in &wanted {
            layout.positions[node as usize].y -= over;
        }
    }
}
