//! A map on which some regions are collapsed to one body, or left out because nothing of them is in
//! sight: the others move together; and where marks can be put.

use super::camera::Area;
use super::map::Map;
use crate::layout::{Point, RegionShape, moved_inside, moved_outside};

/// How much of a region is to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegionState {
    /// All of it.
    #[default]
    Open,
    /// One body.
    Collapsed,
    /// Nothing: all that is in it is hidden.
    Empty,
}

/// The least side of a collapsed region, and its share of the map's height.
const LEAST: f32 = 220.0;
const SHARE: f32 = 0.16;

/// The gap that is left of the one beside an empty column.
const GAP: f32 = 40.0;

/// A region before and after.
#[derive(Clone, Copy)]
struct Moved {
    from: Area,
    to: Area,
    state: RegionState,
}

impl Map {
    /// The same map with its regions in these states, one for each; as it is where all are open.
    /// Costs time in proportion to the marks.
    #[must_use]
    pub fn arranged(&self, states: &[RegionState]) -> Self {
        let mut map = self.clone();
        map.collapsed = states.iter().map(|own| *own == RegionState::Collapsed).collect();
        if states.iter().all(|own| *own == RegionState::Open) {
            return map;
        }
        let columns = self.columns();
        let side = (self.extent().height * SHARE).max(LEAST);
        let mut moved: Vec<Option<Moved>> = vec![None; self.regions.len()];
        let mut cuts: Vec<(f32, f32)> = Vec::new();
        let mut removed = 0.0;
        for column in &columns {
            let state = |at: &usize| states.get(*at).copied().unwrap_or_default();
            let of_column: Vec<(usize, Area, RegionState)> =
                column.iter().filter_map(|at| Some((*at, self.box_of(*at)?, state(at)))).collect();
            removed += stack(&of_column, (removed, side), &mut moved);
            let right = of_column.iter().map(|(_, from, _)| from.right()).fold(f32::MIN, f32::max);
            cuts.push((right, removed));
        }
        for mark in &mut map.marks {
            let own = mark.region.and_then(|at| moved.get(usize::from(at)).copied().flatten());
            mark.at = moved_with(own, mark.at, &cuts);
        }
        map.sections.moved(|region, at| {
            let own = region.and_then(|own| moved.get(usize::from(own)).copied().flatten());
            moved_with(own, at, &cuts)
        });
        for (region, own) in map.regions.iter_mut().zip(&moved) {
            let Some(Moved { from, to, state }) = own else { continue };
            region.shape = match state {
                RegionState::Empty => RegionShape::default(),
                RegionState::Open | RegionState::Collapsed => in_box(&region.shape, from, to),
            };
        }
        map.measured()
    }

    /// Where a mark can be put that is to stand at a place: what lies in a region or a section stays within it, and what
    /// lies between regions stays outside of all, so that the ground below it says where it belongs.
    pub fn place_for(&self, mark: u32, wanted: Point) -> Point {
        let Some(own) = self.marks.get(mark as usize) else { return wanted };
        let outline = |at: u16| Some(&self.regions.get(usize::from(at))?.shape.outline);
        if let Some(outline) = own.region.and_then(outline) {
            let within = moved_inside(outline, wanted, own.radius);
            return self.sections.place_for(mark, within, own.radius);
        }
        let mut at = self.sections.place_for(mark, wanted, own.radius);
        for region in &self.regions {
            at = moved_outside(&region.shape.outline, at, own.radius);
        }
        at
    }

    /// The box of a region, if it has one.
    fn box_of(&self, region: usize) -> Option<Area> {
        Area::around(self.regions.get(region)?.shape.outline.iter().copied())
    }

    /// The regions by columns from left to right, in each from top to bottom.
    fn columns(&self) -> Vec<Vec<usize>> {
        let mut boxes: Vec<(usize, Area)> =
            (0..self.regions.len()).filter_map(|at| Some((at, self.box_of(at)?))).collect();
        boxes.sort_by(|(_, a), (_, b)| a.left.total_cmp(&b.left).then(a.top.total_cmp(&b.top)));
        let mut columns: Vec<(f32, Vec<usize>)> = Vec::new();
        for (at, own) in boxes {
            match columns.last_mut().filter(|(right, _)| own.left < *right) {
                Some((right, column)) => {
                    *right = right.max(own.right());
                    column.push(at);
                }
                None => columns.push((own.right(), vec![at])),
            }
        }
        columns.into_iter().map(|(_, column)| column).collect()
    }
}

/// Where what lies at a place comes to lie with its region, or, between the regions, with what is left of it;
/// `cuts` says how much narrower the picture has become up to each column's right end.
fn moved_with(region: Option<Moved>, at: Point, cuts: &[(f32, f32)]) -> Point {
    match region {
        Some(Moved { from, to, state: RegionState::Open }) => {
            Point { x: at.x + to.left - from.left, y: at.y + to.top - from.top }
        }
        Some(Moved { to, .. }) => to.centre(),
        None => {
            let left = cuts.iter().rev().find(|(right, _)| *right <= at.x);
            Point { x: at.x - left.map_or(0.0, |(_, by)| *by), ..at }
        }
    }
}

/// Puts the regions of a column where they are to be; returns how much narrower it gets.
fn stack(
    column: &[(usize, Area, RegionState)],
    (removed, side): (f32, f32),
    moved: &mut [Option<Moved>],
) -> f32 {
    let wide = |own: &(usize, Area, RegionState)| match own.2 {
        RegionState::Open => own.1.width,
        RegionState::Collapsed => own.1.width.min(side),
        RegionState::Empty => 0.0,
    };
    let high = |own: &(usize, Area, RegionState)| match own.2 {
        RegionState::Open => own.1.height,
        RegionState::Collapsed => own.1.height.min(side),
        RegionState::Empty => 0.0,
    };
    let before = column.iter().map(|own| own.1.width).fold(0.0, f32::max);
    let after = column.iter().map(wide).fold(0.0, f32::max);
    let gap = column.iter().zip(column.iter().skip(1)).map(|(a, b)| b.1.top - a.1.bottom()).next();
    let gap = gap.unwrap_or(0.0);
    let shown = column.iter().filter(|own| own.2 != RegionState::Empty).count();
    let whole = column.iter().map(high).sum::<f32>() + gap * shown.saturating_sub(1) as f32;
    let ends = column.iter().map(|own| own.1).reduce(|a, b| Area {
        top: a.top.min(b.top),
        height: a.bottom().max(b.bottom()) - a.top.min(b.top),
        ..a
    });
    let mut top = ends.map_or(0.0, |own| own.centre().y) - whole / 2.0;
    for own in column {
        let (at, from, state) = *own;
        let left = from.left - removed + (after - wide(own)) / 2.0;
        let to = Area { left, top, width: wide(own), height: high(own) };
        if state != RegionState::Empty {
            top += to.height + gap;
        }
        if let Some(slot) = moved.get_mut(at) {
            *slot = Some(Moved { from, to, state });
        }
    }
    // Without the column, only a part of the gap beside it is needed.
    before - after + if shown == 0 { GAP } else { 0.0 }
}

/// A shape drawn from one box into another.
fn in_box(shape: &RegionShape, from: &Area, to: &Area) -> RegionShape {
    let (wide, high) = (to.width / from.width.max(1e-6), to.height / from.height.max(1e-6));
    let moved = |at: Point| Point {
        x: to.left + (at.x - from.left) * wide,
        y: to.top + (at.y - from.top) * high,
    };
    RegionShape {
        outline: shape.outline.iter().map(|&at| moved(at)).collect(),
        label_at: moved(shape.label_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Crossing, Subject};
    use crate::graph::{CredentialIndex, InstanceIndex, Role};
    use crate::scene::map::{Mark, MarkStyle, Region};
    use crate::scene::theme::RegionTint;

    /// Three regions from left to right, a service in the middle of each and a credential in the
    /// second gap.
    fn three() -> Map {
        let region = |at: f32| {
            let (left, right) = (at * 1_000.0, at * 1_000.0 + 800.0);
            let corners = [(left, 0.0), (right, 0.0), (right, 600.0), (left, 600.0)];
            let outline = corners.map(|(x, y)| Point { x, y }).to_vec();
            let shape = RegionShape { outline, label_at: Point { x: left, y: 0.0 } };
            Region { name: at.to_string(), colour: RegionTint::plain(1), instances: 1, shape }
        };
        let mark = |subject, x: f32, region, style| Mark {
            subject,
            at: Point { x, y: 300.0 },
            radius: 10.0,
            style,
            weight: 1,
            region,
        };
        let service = MarkStyle::Instance {
            colour: RegionTint::plain(1),
            role: Role::Unknown,
            extraction_point: false,
            entry_point: false,
            crown_jewel: false,
        };
        let credential = MarkStyle::Credential {
            severity: None,
            shared: true,
            crossing: Crossing::None,
            dead: false,
            assumed: false,
        };
        let mut marks: Vec<Mark> = (0..3_u16)
            .map(|at| {
                let subject = Subject::Instance(InstanceIndex(u32::from(at)));
                mark(subject, f32::from(at) * 1_000.0 + 400.0, Some(at), service)
            })
            .collect();
        marks.push(mark(Subject::Credential(CredentialIndex(0)), 1_900.0, None, credential));
        let regions = (0..3_u8).map(|at| region(f32::from(at))).collect();
        Map::new(marks, Vec::new(), regions, [3, 1])
    }

    #[test]
    fn what_is_right_of_an_empty_region_moves_to_its_place() {
        use RegionState::{Empty, Open};
        let map = three().arranged(&[Open, Empty, Open]);
        let x = |at: usize| map.marks[at].at.x;
        assert!((x(0) - 400.0).abs() < 0.1);
        // The second region is gone, with most of a gap.
        assert!((x(2) - (2_400.0 - 800.0 - GAP)).abs() < 0.1, "{}", x(2));
        assert!((x(3) - (1_900.0 - 800.0 - GAP)).abs() < 0.1, "{}", x(3));
        assert!(map.regions[1].shape.outline.is_empty());
        assert!(map.extent().width < three().extent().width - 800.0);
    }

    #[test]
    fn the_marks_of_a_collapsed_region_lie_in_the_middle_of_a_small_one() {
        use RegionState::{Collapsed, Open};
        let map = three().arranged(&[Open, Collapsed, Open]);
        let side = Area::around(map.regions[1].shape.outline.iter().copied()).unwrap();
        assert!((side.width - LEAST).abs() < 0.1 && (side.height - LEAST).abs() < 0.1);
        assert_eq!(map.marks[1].at, side.centre());
        assert!((side.centre().y - 300.0).abs() < 0.1);
        assert!((map.marks[2].at.x - (2_400.0 - (800.0 - LEAST))).abs() < 0.1);
        assert_eq!(map.collapsed, [false, true, false]);
    }

    #[test]
    fn a_map_whose_regions_are_all_open_stays_as_it_is() {
        let map = three().arranged(&[RegionState::Open; 3]);
        assert_eq!(map.marks, three().marks);
    }
}
