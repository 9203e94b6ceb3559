//! Where the boxes of lanes in bands lie, and the marks in them.

use std::collections::BTreeMap;

use super::bands::{Bands, Place};
use super::lane_order::Lanes;
use crate::layout::{Layout, Point, RegionShape, SectionShape};
use crate::scene::map::Map;
use crate::scene::sections::Sections;

/// The room round a mark, round the marks of a box, above them for its name, and between boxes, in scene units.
const AIR: f32 = 6.0;
const EDGE: f32 = 14.0;
const HEADING: f32 = 20.0;
const GAP: f32 = 8.0;

/// How far a lane reaches beyond its boxes, and the room at either side of the boxes between two lanes, for
/// links and their arrows.
const MARGIN: f32 = 10.0;
const BESIDE: f32 = 70.0;

/// Each box has at least this share of the picture's height: a body and its name.
const LEAST_SHARE: f32 = 0.09;

/// Heights are made to fit each other in at most this many rounds.
const ROUNDS: usize = 30;

/// The boxes between lanes are this much narrower than those in them.
const NARROWER: f32 = 0.75;

/// The fewest marks that stand abreast in a lane, and the most.
const FEWEST: usize = 3;
const MOST: usize = 2_000;

/// Places a map in lanes: the marks of each box from the upper left to the lower right, in the order of their
/// heights in another layout. `aspect` is how much wider than high the picture is to be. Costs time in
/// proportion to the marks, sorted.
pub(super) fn placed(
    map: &Map,
    bands: Bands,
    (lanes, order): (&Lanes, &[Point]),
    aspect: f32,
) -> Map {
    let boxes = Boxes::new(map, &bands, order);
    let grid = boxes.grid(lanes.count, aspect);
    let mut sections = vec![SectionShape::default(); bands.sections.all.len()];
    let mut positions = vec![Point::default(); map.marks.len()];
    for (place, outer) in &boxes.at {
        let Some(shape) = grid.boxes.get(place).copied() else { continue };
        let inner = boxes.inner_shapes(outer, shape);
        for (section, shape) in inner.into_iter().chain([(outer.section, shape)]) {
            if let Some(slot) = sections.get_mut(section as usize) {
                *slot = shape;
            }
            boxes.fill(section, shape, &mut positions);
        }
    }
    let region = |lane: &Option<u32>| lane.and_then(|lane| grid.lane(lane)).unwrap_or_default();
    let regions = lanes.of_region.iter().map(region).collect();
    let mut map = map.clone();
    map.sections = bands.sections;
    map.placed(&Layout { positions, regions, sections })
}

/// A box that lies in a lane or a gap itself.
struct Outer {
    section: u32,
    /// The sections in it.
    inner: Vec<u32>,
}

/// The boxes and what lies in each.
struct Boxes {
    at: BTreeMap<Place, Outer>,
    /// The marks of each section, in the order in which they are to stand.
    marks: Vec<Vec<u32>>,
    /// How much room a mark takes to a side.
    pitch: f32,
}

impl Boxes {
    fn new(map: &Map, bands: &Bands, order: &[Point]) -> Self {
        let mut at: BTreeMap<Place, Outer> = BTreeMap::new();
        for ((number, section), place) in (0..).zip(&bands.sections.all).zip(&bands.places) {
            if section.within.is_some() {
                if let Some(outer) = at.get_mut(place) {
                    outer.inner.push(number);
                }
            } else {
                at.insert(*place, Outer { section: number, inner: Vec::new() });
            }
        }
        let radius = map.marks.iter().map(|mark| mark.radius).fold(0.0, f32::max);
        let marks = in_order(&bands.sections, order);
        Self { at, marks, pitch: 2.0 * (radius + AIR) }
    }

    /// How wide a box is in which this many marks stand abreast.
    fn width(&self, abreast: usize) -> f32 {
        abreast as f32 * self.pitch + 2.0 * EDGE
    }

    /// How many marks stand abreast in a box of a width.
    fn abreast(&self, width: f32) -> usize {
        (((width - 2.0 * EDGE) / self.pitch + 0.01) as usize).max(1)
    }

    /// How high a section's box is to be for its own marks.
    fn height_of(&self, section: u32, width: f32) -> f32 {
        let marks = self.marks.get(section as usize).map_or(0, Vec::len);
        let rows = marks.div_ceil(self.abreast(width)).max(1);
        rows as f32 * self.pitch + HEADING + 2.0 * EDGE
    }

    /// How high a box is to be for all that lies in it.
    fn height(&self, outer: &Outer, width: f32) -> f32 {
        if outer.inner.is_empty() {
            return self.height_of(outer.section, width);
        }
        let (abreast, wide) = shelves(outer, width);
        let rows = outer.inner.chunks(abreast);
        let highest =
            |row: &[u32]| row.iter().map(|own| self.height_of(*own, wide)).fold(0.0, f32::max);
        rows.map(|row| highest(row) + GAP).sum::<f32>() - GAP + HEADING + 2.0 * EDGE
    }

    /// The boxes of the sections that lie in another one's box: rows of equal widths, as high as they need,
    /// or higher where there is room.
    fn inner_shapes(&self, outer: &Outer, shape: SectionShape) -> Vec<(u32, SectionShape)> {
        if outer.inner.is_empty() {
            return Vec::new();
        }
        let width = shape.high.x - shape.low.x;
        let (abreast, wide) = shelves(outer, width);
        let spare = shape.high.y - shape.low.y - self.height(outer, width);
        let rows = outer.inner.len().div_ceil(abreast).max(1) as f32;
        let mut top = shape.low.y + EDGE + HEADING;
        let mut shapes = Vec::new();
        for row in outer.inner.chunks(abreast) {
            let high = row.iter().map(|own| self.height_of(*own, wide)).fold(0.0, f32::max);
            let high = high + spare.max(0.0) / rows;
            for (at, &own) in row.iter().enumerate() {
                let low = Point { x: shape.low.x + EDGE + at as f32 * (wide + GAP), y: top };
                let high = Point { x: low.x + wide, y: top + high };
                shapes.push((own, SectionShape { low, high }));
            }
            top += high + GAP;
        }
        shapes
    }

    /// Places the marks of a section in its box.
    fn fill(&self, section: u32, shape: SectionShape, positions: &mut [Point]) {
        let marks = self.marks.get(section as usize).map_or(&[][..], Vec::as_slice);
        let (wide, high) = (shape.high.x - shape.low.x, shape.high.y - shape.low.y);
        let abreast = self.abreast(wide).min(marks.len().max(1));
        let rows = marks.len().div_ceil(abreast).max(1);
        let (across, down) =
            ((wide - 2.0 * EDGE) / abreast as f32, (high - HEADING - 2.0 * EDGE) / rows as f32);
        for (at, &mark) in marks.iter().enumerate() {
            if let Some(slot) = positions.get_mut(mark as usize) {
                *slot = Point {
                    x: shape.low.x + EDGE + ((at % abreast) as f32 + 0.5) * across,
                    y: shape.low.y + EDGE + HEADING + ((at / abreast) as f32 + 0.5) * down,
                };
            }
        }
    }

    /// Where all boxes lie, in a picture as much wider than high as wished, or wider where that cannot be.
    fn grid(&self, lanes: u32, aspect: f32) -> Grid {
        let mut abreast = FEWEST;
        loop {
            let grid = Grid::new(self, lanes, abreast);
            if grid.width >= aspect * grid.height || abreast >= MOST {
                return grid;
            }
            abreast += (abreast / 16).max(1);
        }
    }
}

/// The marks of each section from top to bottom in a layout, and from left to right.
fn in_order(sections: &Sections, order: &[Point]) -> Vec<Vec<u32>> {
    let mut marks: Vec<Vec<u32>> = vec![Vec::new(); sections.all.len()];
    for mark in 0..order.len() as u32 {
        let own = sections.of_mark(mark).and_then(|at| marks.get_mut(at as usize));
        if let Some(own) = own {
            own.push(mark);
        }
    }
    let at = |mark: u32| order.get(mark as usize).copied().unwrap_or_default();
    for own in &mut marks {
        own.sort_by(|&a, &b| {
            let (first, second) = (at(a), at(b));
            first.y.total_cmp(&second.y).then(first.x.total_cmp(&second.x)).then(a.cmp(&b))
        });
    }
    marks
}

/// How many boxes stand abreast in another one of a width, and how wide each is.
fn shelves(outer: &Outer, width: f32) -> (usize, f32) {
    let abreast = ((outer.inner.len() as f32 / 2.0).sqrt().ceil() as usize).max(1);
    let wide = |abreast: usize| (width - 2.0 * EDGE - (abreast - 1) as f32 * GAP) / abreast as f32;
    let narrowest = 2.0 * (EDGE + 2.0 * AIR);
    let abreast = (1..=abreast).rev().find(|own| wide(*own) >= 2.5 * narrowest).unwrap_or(1);
    (abreast, wide(abreast))
}

/// Where the boxes lie that lie in no other.
struct Grid {
    boxes: BTreeMap<Place, SectionShape>,
    /// Where each lane begins and ends from left to right.
    lanes: Vec<(f32, f32)>,
    width: f32,
    height: f32,
}

impl Grid {
    /// With this many marks abreast in each lane.
    fn new(boxes: &Boxes, lanes: u32, abreast: usize) -> Self {
        let wide = boxes.width(abreast);
        let narrow = boxes.width(((abreast as f32 * NARROWER).round() as usize).max(FEWEST));
        let width = |column: u32| if column.is_multiple_of(2) { wide } else { narrow };
        let mut needed: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
        let mut bands: Vec<f32> = Vec::new();
        for (place, outer) in &boxes.at {
            let high = boxes.height(outer, width(place.column));
            let rows = match place.column % 2 {
                0 => &mut bands,
                _ => needed.entry(place.column).or_default(),
            };
            let row = place.row as usize;
            rows.resize(rows.len().max(row + 1), 0.0);
            if let Some(slot) = rows.get_mut(row) {
                *slot = slot.max(high);
            }
        }
        let columns: Vec<&[f32]> = needed.values().chain([&bands]).map(Vec::as_slice).collect();
        let height = common_height(&columns);
        let bands = filled(&bands, height);
        let mut grid = Self { boxes: BTreeMap::new(), lanes: Vec::new(), width: 0.0, height };
        for column in 0..lanes * 2 {
            let is_gap = column % 2 == 1;
            let rows = needed.get(&column).map(|own| spread(own, height));
            // Behind the last lane there is room only for what stands there.
            let air = if is_gap { BESIDE } else { MARGIN };
            let own = match (is_gap, &rows) {
                (true, None) if column + 1 == lanes * 2 => continue,
                (true, None) => 0.0,
                _ => width(column),
            };
            let (left, right) = (grid.width + air, grid.width + air + own);
            grid.width = right + air;
            if !is_gap {
                grid.lanes.push((left - MARGIN, right + MARGIN));
            }
            for (row, &(top, bottom)) in (0..).zip(rows.as_ref().unwrap_or(&bands)) {
                let place = Place { column, row };
                if boxes.at.contains_key(&place) {
                    let low = Point { x: left, y: top };
                    let high = Point { x: right, y: bottom };
                    grid.boxes.insert(place, SectionShape { low, high });
                }
            }
        }
        grid
    }

    /// The ground of a lane.
    fn lane(&self, lane: u32) -> Option<RegionShape> {
        let &(left, right) = self.lanes.get(lane as usize)?;
        let (low, high) = (-MARGIN, self.height + MARGIN);
        let corners = [(left, low), (right, low), (right, high), (left, high)];
        Some(RegionShape {
            outline: corners.map(|(x, y)| Point { x, y }).to_vec(),
            label_at: Point { x: f32::midpoint(left, right), y: low },
        })
    }
}

/// The least height at which the rows of all columns have what they need and their share of the height.
fn common_height(columns: &[&[f32]]) -> f32 {
    let mut height = 0.0_f32;
    for _ in 0..ROUNDS {
        let whole = |rows: &&[f32]| {
            let rows = rows.iter().map(|own| own.max(LEAST_SHARE * height) + GAP);
            rows.sum::<f32>() - GAP
        };
        height = columns.iter().map(whole).fold(height, f32::max);
    }
    height
}

/// Where rows begin and end that fill a height.
fn filled(rows: &[f32], height: f32) -> Vec<(f32, f32)> {
    let least = |own: &f32| own.max(LEAST_SHARE * height);
    let gaps = rows.len().saturating_sub(1) as f32 * GAP;
    let factor = (height - gaps).max(1.0) / rows.iter().map(least).sum::<f32>().max(1.0);
    let mut top = 0.0;
    rows.iter()
        .map(|own| {
            let row = (top, top + least(own) * factor.max(1.0));
            top = row.1 + GAP;
            row
        })
        .collect()
}

/// Where rows begin and end that are spread over a height.
fn spread(rows: &[f32], height: f32) -> Vec<(f32, f32)> {
    let least = |own: &f32| own.max(LEAST_SHARE * height);
    let spare = (height - rows.iter().map(least).sum::<f32>()) / rows.len().max(1) as f32;
    let mut top = spare / 2.0;
    rows.iter()
        .map(|own| {
            let row = (top, top + least(own));
            top = row.1 + spare;
            row
        })
        .collect()
}
