//! A picture that was seen before, with what changed since: what is still there stays where it is.
//!
//! New marks get a free place beside what they are linked to. Where that does not do, because a region
//! is new or full or most of the picture is, there is none, and everything is laid out anew.

use hashbrown::HashMap;

use crate::inventory::Progress;
use crate::layout::angle::direction;
use crate::layout::input::NONE;
use crate::layout::regions::cluster::{AIR, Satellites, radius};
use crate::layout::regions::inside::{is_inside, is_outside, moved_inside};
use crate::layout::{Before, Layout, LayoutInput, Point, RegionShape, SectionPlace, SectionShape};

/// How many of the marks must have been there.
const KNOWN: f32 = 0.6;
/// How many rings round the wanted place are looked at for a free one. The first ones are as far apart
/// as the mark needs; each further one is wider by the factor, so that the last ones reach all round a
/// large picture.
const RINGS: u16 = 80;
const EVEN_RINGS: u16 = 20;
const WIDER: f32 = 1.12;
/// The most places of a ring that are looked at.
const PLACES: u16 = 72;
/// The air between marks, and the least where there is no more.
const GAP: f32 = 6.0;
const LEAST_GAP: f32 = 1.5;

/// Places what is new and leaves the rest; `None` where that does not do, or when cancelled.
pub(crate) fn keep(
    input: &LayoutInput<'_>,
    before: &Before<'_>,
    progress: &Progress,
) -> Option<Layout> {
    let known = before.places.iter().take(input.nodes.len()).flatten().count();
    if known == 0 || (known as f32) < input.nodes.len() as f32 * KNOWN {
        return None;
    }
    let mut kept = Kept::new(input, before)?;
    let mut new = Vec::new();
    for node in 0..input.nodes.len() {
        match before.places.get(node).copied().flatten() {
            Some(at) if kept.is_free(node, at, 0.0) => kept.put(node, at),
            _ => new.push(node),
        }
    }
    if ((input.nodes.len() - new.len()) as f32) < input.nodes.len() as f32 * KNOWN {
        return None;
    }
    for (step, &node) in new.iter().enumerate() {
        if step % 256 == 0 && progress.is_cancelled() {
            return None;
        }
        let at = kept.free_place(node)?;
        kept.put(node, at);
    }
    let positions = kept.places.iter().map(|at| at.unwrap_or_default()).collect();
    let mut layout = Layout { positions, regions: kept.regions, sections: kept.sections };
    put_round_marks(input, &mut layout);
    Some(layout)
}

/// Puts the boxes of sections between regions that are new round the marks in them.
fn put_round_marks(input: &LayoutInput<'_>, layout: &mut Layout) {
    let is_new: Vec<bool> = layout.sections.iter().map(SectionShape::is_empty).collect();
    for (node, own) in input.nodes.iter().enumerate() {
        let own = own.section.filter(|at| (*at as usize) < is_new.len());
        let outer = own.and_then(|at| input.sections[at as usize].within);
        let (at, by) = (layout.positions[node], radius(input, node) + GAP);
        let low = Point { x: at.x - by, y: at.y - by };
        let high = Point { x: at.x + by, y: at.y + by };
        for section in own.into_iter().chain(outer).map(|at| at as usize) {
            let Some(shape) = layout.sections.get_mut(section).filter(|_| is_new[section]) else {
                continue;
            };
            if shape.is_empty() {
                *shape = SectionShape { low, high };
            }
            shape.low = Point { x: shape.low.x.min(low.x), y: shape.low.y.min(low.y) };
            shape.high = Point { x: shape.high.x.max(high.x), y: shape.high.y.max(high.y) };
        }
    }
}

struct Kept<'a> {
    input: &'a LayoutInput<'a>,
    satellites: Satellites,
    places: Vec<Option<Point>>,
    regions: Vec<RegionShape>,
    sections: Vec<SectionShape>,
    /// The side of the cells by which marks are found: none reaches beyond those beside its own.
    side: f32,
    cells: HashMap<(i32, i32), Vec<u32>, ahash::RandomState>,
}

impl<'a> Kept<'a> {
    fn new(input: &'a LayoutInput<'a>, before: &Before<'_>) -> Option<Self> {
        let satellites = Satellites::new(input);
        let mut regions = vec![RegionShape::default(); input.regions.len()];
        for &home in satellites.home.iter().filter(|&&home| home != NONE) {
            let shape = &mut regions[home as usize];
            if shape.outline.is_empty() {
                *shape = before.regions.get(home as usize).cloned().unwrap_or_default();
                if shape.outline.is_empty() {
                    return None;
                }
            }
        }
        let mut sections = before.sections.to_vec();
        sections.resize(input.sections.len(), SectionShape::default());
        let section = |block: &&u32| (**block as usize).checked_sub(input.regions.len());
        let mut used =
            satellites.block.iter().filter(|&&block| block != NONE).filter_map(|own| section(&own));
        if used.any(|at| sections.get(at).is_none_or(SectionShape::is_empty)) {
            return None;
        }
        let places = vec![None; input.nodes.len()];
        let largest = (0..input.nodes.len()).map(|node| radius(input, node)).fold(1.0, f32::max);
        let side = 2.0 * largest + AIR;
        let cells = HashMap::with_hasher(ahash::RandomState::with_seeds(1, 2, 3, 4));
        Some(Self { input, satellites, places, regions, sections, side, cells })
    }

    /// Whether a mark can stand at a place: within its region or outside of all, and beside the others.
    fn is_free(&self, node: usize, at: Point, gap: f32) -> bool {
        let own = radius(self.input, node);
        let home = self.satellites.home[node];
        let fits = if home == NONE {
            self.regions.iter().all(|region| is_outside(&region.outline, at, own + gap))
                && self.section(node).is_none_or(|shape| is_inside(&shape.corners(), at, own + gap))
        } else {
            is_inside(&self.regions[home as usize].outline, at, own + gap)
                && self.section(node).is_none_or(|shape| is_inside(&shape.corners(), at, own + gap))
        };
        let finite = at.x.is_finite() && at.y.is_finite();
        let (column, row) = self.cell(at);
        finite
            && fits
            && (row - 1..=row + 1).all(|row| {
                (column - 1..=column + 1).all(|column| {
                    let there = self.cells.get(&(column, row)).map_or(&[][..], Vec::as_slice);
                    there.iter().all(|&other| self.is_apart(other as usize, at, own + gap))
                })
            })
    }

    /// The box of the section in which a mark is to lie, if it has one.
    fn section(&self, node: usize) -> Option<&SectionShape> {
        if self.satellites.home[node] == NONE {
            return self.gap_section(self.input.nodes[node].section?);
        }
        let block = self.satellites.block[node];
        let at = (block as usize).checked_sub(self.regions.len()).filter(|_| block != NONE)?;
        self.sections.get(at)
    }

    /// The box of a section between regions, or of that in which it lies.
    fn gap_section(&self, at: u32) -> Option<&SectionShape> {
        let section = self.input.sections.get(at as usize)?;
        let is_between = matches!(section.place, SectionPlace::Gap(_));
        let shape = |at: u32| self.sections.get(at as usize).filter(|own| !own.is_empty());
        let own = shape(at).or_else(|| shape(section.within?));
        own.filter(|_| is_between)
    }

    fn is_apart(&self, other: usize, at: Point, own: f32) -> bool {
        let Some(there) = self.places[other] else { return true };
        let want = own + radius(self.input, other);
        let (dx, dy) = (there.x - at.x, there.y - at.y);
        dx * dx + dy * dy >= want * want * 0.9999
    }

    fn cell(&self, at: Point) -> (i32, i32) {
        let cell = |value: f32| (value / self.side).floor().clamp(-1e9, 1e9) as i32;
        (cell(at.x), cell(at.y))
    }

    fn put(&mut self, node: usize, at: Point) {
        self.places[node] = Some(at);
        let cell = self.cell(at);
        self.cells.entry(cell).or_default().push(node as u32);
    }

    /// The free place nearest to what a mark is linked to.
    fn free_place(&self, node: usize) -> Option<Point> {
        let wanted = self.wanted(node);
        let own_box = self.section(node).filter(|_| self.satellites.home[node] == NONE);
        let wanted = own_box.map_or(wanted, |shape| {
            moved_inside(&shape.corners(), wanted, radius(self.input, node) + LEAST_GAP)
        });
        let gap = if self.satellites.instance[node] { AIR } else { GAP };
        let step = radius(self.input, node) + gap;
        let free = |gap: f32| around(wanted, step).find(|&at| self.is_free(node, at, gap));
        free(gap).or_else(|| free(LEAST_GAP))
    }

    /// The middle of what a mark is linked to, first of all in its own region; else of its region.
    fn wanted(&self, node: usize) -> Point {
        let home = self.satellites.home[node];
        let near = self.satellites.adjacency.neighbours(node);
        let block = self.satellites.block[node];
        let at_home = |&&near: &&u32| self.satellites.block[near as usize] == block;
        let middle_of = |places: &mut dyn Iterator<Item = Point>| {
            let (mut x, mut y, mut count) = (0.0_f64, 0.0_f64, 0.0_f64);
            for at in places {
                x += f64::from(at.x);
                y += f64::from(at.y);
                count += 1.0;
            }
            (count > 0.0).then(|| Point { x: (x / count) as f32, y: (y / count) as f32 })
        };
        let place = |&near: &u32| self.places[near as usize];
        let outline = |region: &RegionShape| region.outline.clone();
        middle_of(&mut near.iter().filter(at_home).filter_map(place))
            .filter(|_| home != NONE)
            .or_else(|| middle_of(&mut near.iter().filter_map(place)).filter(|_| home == NONE))
            .or_else(|| {
                middle_of(&mut self.section(node).into_iter().flat_map(SectionShape::corners))
            })
            .or_else(|| {
                let own = self.regions.get(home as usize).map(outline);
                middle_of(&mut own.into_iter().flatten())
            })
            .or_else(|| middle_of(&mut self.regions.iter().flat_map(outline)))
            .or_else(|| middle_of(&mut self.places.iter().flatten().copied()))
            .unwrap_or_default()
    }
}

/// Places round another one, the nearest first.
fn around(middle: Point, step: f32) -> impl Iterator<Item = Point> {
    let rings = (1..=RINGS).scan(0.0, move |far, ring| {
        *far = if ring <= EVEN_RINGS { *far + step } else { *far * WIDER };
        Some((ring, *far))
    });
    let places = rings.flat_map(move |(ring, far)| {
        let count = (ring * 6).min(PLACES);
        (0..count).map(move |at| {
            // Straight above first, as in the rings of satellites.
            let towards = direction(f32::from(at) / f32::from(count) + 0.75);
            Point { x: middle.x + towards.x * far, y: middle.y + towards.y * far }
        })
    });
    std::iter::once(middle).chain(places)
}
