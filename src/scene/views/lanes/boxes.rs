//! Where the boxes of lanes in bands lie, and the marks in them.

use std::collections::BTreeMap;

use super::bands::{Bands, Place};
use super::lane_order::Lanes;
use crate::layout::boxes::{self, GAP, MarkBox};
use crate::layout::{Layout, Point, RegionShape, SectionShape};
use crate::scene::map::Map;
use crate::scene::sections::Sections;

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
    let mut layout = Layout {
        positions: vec![Point::default(); map.marks.len()],
        regions: Vec::new(),
        sections: vec![SectionShape::default(); bands.sections.all.len()],
    };
    for (place, own) in &boxes.at {
        if let Some(shape) = grid.boxes.get(place).copied() {
            own.place(shape, boxes.pitch, &mut layout);
        }
    }
    let region = |lane: &Option<u32>| lane.and_then(|lane| grid.lane(lane)).unwrap_or_default();
    layout.regions = lanes.of_region.iter().map(region).collect();
    let mut map = map.clone();
    map.sections = bands.sections;
    map.placed(&layout)
}

/// The boxes and what lies in each.
struct Boxes {
    at: BTreeMap<Place, MarkBox>,
    /// How much room a mark takes to a side.
    pitch: f32,
}

impl Boxes {
    fn new(map: &Map, bands: &Bands, order: &[Point]) -> Self {
        let marks = in_order(&bands.sections, order);
        let mut at: BTreeMap<Place, MarkBox> = BTreeMap::new();
        let sections = (0..).zip(&bands.sections.all).zip(marks).zip(&bands.places);
        for (((section, own), marks), place) in sections {
            let of_section = MarkBox { section, marks, inner: Vec::new() };
            if own.within.is_some() {
                if let Some(outer) = at.get_mut(place) {
                    outer.inner.push(of_section);
                }
            } else {
                at.insert(*place, of_section);
            }
        }
        let radius = map.marks.iter().map(|mark| mark.radius).fold(0.0, f32::max);
        Self { at, pitch: boxes::pitch(radius) }
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
        let wide = boxes::width(abreast, boxes.pitch);
        let narrower = ((abreast as f32 * NARROWER).round() as usize).max(FEWEST);
        let narrow = boxes::width(narrower, boxes.pitch);
        let width = |column: u32| if column.is_multiple_of(2) { wide } else { narrow };
        let mut needed: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
        let mut bands: Vec<f32> = Vec::new();
        for (place, own) in &boxes.at {
            let high = own.height(width(place.column), boxes.pitch);
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

/// Where rows begin and end that are spread over a height, each with its share of it.
fn spread(rows: &[f32], height: f32) -> Vec<(f32, f32)> {
    let rows: Vec<f32> = rows.iter().map(|own| own.max(LEAST_SHARE * height)).collect();
    boxes::spread(&rows, height)
}
