//! Marks in columns from left to right. Where a column has very many marks, several stand abreast, so
//! that the picture does not become a strip.

use crate::inventory::Progress;
use crate::layout::{Layered, LayeredInput, OrderEffort, Point, RegionShape, lay_out_layers};
use crate::scene::map::Map;

/// The room above and below a mark, and the least that a name needs, in scene units.
const AIR: f32 = 5.0;
const NAME: f32 = 11.0;

/// How far marks that stand abreast are apart: as wide as a short name.
const ABREAST: f32 = 90.0;

/// How much wider than high the picture is to be.
const ASPECT: f32 = 2.2;

/// The least gap between two columns, and the widest: what it grows with is the height.
const LEAST_GAP: f32 = 140.0;
const WIDE_GAP: f32 = 260.0;
const GAP_SHARE: f32 = 0.12;

/// Up to this height no marks stand abreast: links find their way between single ones, and the gaps may
/// be this share of the height.
const SINGLE_UP_TO: f32 = 3_600.0;
const SINGLE_GAP_SHARE: f32 = 0.3;

/// The least gap where lines of text stand below marks, and how high such a line is.
const GAP_FOR_NOTES: f32 = 190.0;
const NOTE_LINE: f32 = 14.0;

/// Up to this many links, room is kept for those that pass through a column.
const ROOM_FOR_LINKS: usize = 600;

/// How far the ground of a column reaches beyond its marks, and above them.
const MARGIN: f32 = 50.0;

/// Where marks stand in columns.
pub(super) struct InColumns {
    /// The middle of each mark.
    pub(super) positions: Vec<Point>,
    /// Where the marks of each column begin and end, from left to right.
    spans: Vec<(f32, f32)>,
    /// How often two links cross.
    pub(super) crossings: u64,
}

impl InColumns {
    /// Places the marks of a map, each in its column; `None` when cancelled.
    pub(super) fn new(
        map: &Map,
        columns: &[u32],
        effort: OrderEffort,
        progress: &Progress,
    ) -> Option<Self> {
        let shape = Shape::new(map, columns);
        let half =
            |&column: &u32| shape.of(column).map_or(NAME, |own| own.pitch / 2.0 / own.wide());
        let half_heights: Vec<f32> = columns.iter().map(half).collect();
        let edges: Vec<(u32, u32)> =
            map.links.iter().map(|link| (link.instance, link.credential)).collect();
        let room_for_links = if edges.len() <= ROOM_FOR_LINKS { 4.0 } else { 0.05 };
        let input = LayeredInput {
            layers: columns,
            half_heights: &half_heights,
            edges: &edges,
            room_for_links,
        };
        let Layered { positions, crossings, .. } = lay_out_layers(&input, effort, progress)?;
        let spans = shape.spans();
        let positions = abreast(columns, &positions, (&shape, &spans));
        Some(Self { positions, spans, crossings })
    }

    /// The grounds of some columns as strips of one height.
    pub(super) fn strips(&self, columns: impl Iterator<Item = Option<u32>>) -> Vec<RegionShape> {
        let heights = || self.positions.iter().map(|at| at.y);
        let low = heights().fold(f32::INFINITY, f32::min) - MARGIN;
        let high = heights().fold(f32::NEG_INFINITY, f32::max) + MARGIN;
        let strip = |column: u32| {
            let &(left, right) = self.spans.get(column as usize)?;
            let (left, right) = (left - MARGIN, right + MARGIN);
            let corners = [(left, low), (right, low), (right, high), (left, high)];
            Some(RegionShape {
                outline: corners.map(|(x, y)| Point { x, y }).to_vec(),
                label_at: Point { x: f32::midpoint(left, right), y: low },
            })
        };
        columns.map(|column| column.and_then(strip).unwrap_or_default()).collect()
    }
}

/// A column: how many marks it has, how high each is, and how many stand abreast.
#[derive(Clone, Copy, Default)]
struct Column {
    marks: usize,
    pitch: f32,
    abreast: usize,
}

impl Column {
    fn wide(&self) -> f32 {
        self.abreast.max(1) as f32
    }

    fn width(&self) -> f32 {
        self.abreast.saturating_sub(1) as f32 * ABREAST
    }
}

/// The columns, and how far they are apart.
struct Shape {
    columns: Vec<Column>,
    least_gap: f32,
    gap: f32,
}

impl Shape {
    /// As high as the picture is to be for its width.
    fn new(map: &Map, columns: &[u32]) -> Self {
        let count = columns.iter().max().map_or(0, |&last| last as usize + 1);
        let columns_of = vec![Column::default(); count];
        let mut shape = Self { columns: columns_of, least_gap: LEAST_GAP, gap: LEAST_GAP };
        for (mark, &column) in map.marks.iter().zip(columns) {
            if let Some(own) = shape.columns.get_mut(column as usize) {
                own.marks += 1;
                own.pitch = own.pitch.max(2.0 * (mark.radius + AIR).max(NAME));
            }
        }
        for note in &map.notes {
            let column = columns.get(note.mark as usize).copied();
            let column = column.and_then(|column| shape.columns.get_mut(column as usize));
            if let (Some(own), Some(mark)) = (column, map.marks.get(note.mark as usize)) {
                let room = note.lines.len() as f32 * NOTE_LINE + 2.0 * NAME;
                own.pitch = own.pitch.max(2.0 * (mark.radius + AIR) + room);
            }
        }
        if !map.notes.is_empty() {
            shape.least_gap = GAP_FOR_NOTES;
        }
        let whole = |own: &Column| own.marks as f32 * own.pitch;
        let mut height = shape.columns.iter().map(whole).fold(LEAST_GAP, f32::max);
        let is_single = height <= SINGLE_UP_TO;
        while !shape.fits(height) && !is_single {
            height *= 0.9;
        }
        shape.gap = shape.gap.min((SINGLE_GAP_SHARE * height).max(WIDE_GAP)).max(shape.least_gap);
        shape
    }

    /// Makes the columns no higher than this; says whether the picture is wide enough for it then.
    fn fits(&mut self, height: f32) -> bool {
        for own in &mut self.columns {
            own.abreast = ((own.marks as f32 * own.pitch / height).ceil() as usize).max(1);
        }
        let used = || self.columns.iter().filter(|own| own.marks > 0);
        let width: f32 = used().map(Column::width).sum();
        let gaps = used().count().saturating_sub(1).max(1) as f32;
        let wanted = (ASPECT * height - width) / gaps;
        self.gap = wanted.max(self.least_gap);
        wanted <= (GAP_SHARE * height).max(WIDE_GAP)
    }

    fn of(&self, column: u32) -> Option<&Column> {
        self.columns.get(column as usize)
    }

    /// Where each column begins and ends. One without marks takes no room.
    fn spans(&self) -> Vec<(f32, f32)> {
        let mut left = 0.0;
        let span = |own: &Column| {
            let span = (left, left + own.width());
            if own.marks > 0 {
                left = span.1 + self.gap;
            }
            span
        };
        self.columns.iter().map(span).collect()
    }
}

/// Puts the marks of each column beside each other by turns, as many as stand abreast there.
fn abreast(columns: &[u32], at: &[Point], (shape, spans): (&Shape, &[(f32, f32)])) -> Vec<Point> {
    let mut of_column: Vec<Vec<(f32, usize)>> = vec![Vec::new(); shape.columns.len()];
    for (mark, (&column, at)) in columns.iter().zip(at).enumerate() {
        if let Some(own) = of_column.get_mut(column as usize) {
            own.push((at.y, mark));
        }
    }
    let mut placed = vec![Point::default(); at.len()];
    for ((marks, column), (left, _)) in of_column.iter_mut().zip(&shape.columns).zip(spans) {
        marks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        // Each somewhat lower than the one to its left: level lines pass between those before.
        for (rank, (y, mark)) in marks.iter().enumerate() {
            let place = rank % column.abreast.max(1);
            if let Some(slot) = placed.get_mut(*mark) {
                *slot = Point { x: left + place as f32 * ABREAST, y: *y };
            }
        }
    }
    placed
}
