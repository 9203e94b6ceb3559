//! The lanes of a large map: in bands, one for each of the largest owners (or what else divides the map), so
//! that each body has a name; and between the lanes the credentials by what they join.

use std::collections::{BTreeMap, BTreeSet};

use super::lane_order::Lanes;
use crate::inventory::grouped;
use crate::layout::SectionShape;
use crate::scene::combinations::{combinations, with_own_boxes};
use crate::scene::map::Map;
use crate::scene::sections::{Section, Sections};

/// As many bands have boxes of their own, and as many groups of credentials between two lanes: with one
/// more for all others, each has room for a body and its name in a window of 800 points' height.
const MOST_BANDS: usize = 6;
const MOST_GROUPS: usize = 6;

/// The sections of a map in lanes, and where the box of each belongs.
pub(super) struct Bands {
    pub(super) sections: Sections,
    /// The place of each section's box; of one that lies in another, the place of that one.
    pub(super) places: Vec<Place>,
}

/// Where a box belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Lanes have the even columns, gaps between them the odd ones.
    pub(super) column: u32,
    /// From top to bottom. The lanes have the same bands, the gaps each its own.
    pub(super) row: u32,
}

impl Bands {
    /// Divides the lanes of a map whose regions have sections by the names of these, and what lies between
    /// by the regions that it joins.
    pub(super) fn new(map: &Map, lanes: &Lanes) -> Self {
        let by = map.sections.by;
        let sections = Sections { all: Vec::new(), by, of_mark: vec![None; map.marks.len()] };
        let mut bands = Self { sections, places: Vec::new() };
        bands.divide_lanes(map, lanes);
        bands.divide_gaps(map, lanes);
        bands
    }

    fn divide_lanes(&mut self, map: &Map, lanes: &Lanes) {
        let largest = largest_names(&map.sections);
        let row_of = |name: &str| largest.iter().position(|own| *own == name);
        let mut numbers: Vec<Option<u32>> = vec![None; map.sections.all.len()];
        for region in 0..map.regions.len() as u16 {
            let Some(Some(lane)) = lanes.of_region.get(usize::from(region)).copied() else {
                continue;
            };
            let own = (0..).zip(&map.sections.all);
            let leaves = own.filter(|(_, own)| own.region == Some(region) && own.folded == 0);
            let leaves = leaves.map(|(at, own)| (at, own.name.as_str(), own.instances));
            let (named, others): (Vec<Leaf<'_>>, Vec<Leaf<'_>>) =
                leaves.partition(|(_, name, _)| row_of(name).is_some());
            let place = |row: usize| Place { column: lane * 2, row: row as u32 };
            for (at, name, marks) in named {
                let number =
                    self.push((name, Some(region), marks), place(row_of(name).unwrap_or(0)));
                set(&mut numbers, at, number);
            }
            self.push_others(
                &others,
                (Some(region), map.sections.by.plural()),
                (place(largest.len()), &mut numbers),
            );
        }
        for (mark, slot) in (0_u32..).zip(&mut self.sections.of_mark) {
            let before = map.sections.of_mark(mark);
            *slot = before.and_then(|at| numbers.get(at as usize).copied().flatten());
        }
    }

    /// Puts what lies between the lanes into groups of what joins the same regions.
    fn divide_gaps(&mut self, map: &Map, lanes: &Lanes) {
        let place = |mark| (lanes.lane_before(map, mark), lanes.joined_by(map, mark));
        let all = combinations(map, place, &lanes.names(map));
        for of_gap in all.chunk_by(|a, b| a.gap == b.gap) {
            let most = with_own_boxes(of_gap.len(), MOST_GROUPS);
            let (largest, others) = of_gap.split_at(most);
            let mut numbers = vec![None; of_gap.len()];
            let place = |gap: u32, row: usize| Place { column: gap * 2 + 1, row: row as u32 };
            for (at, own) in largest.iter().enumerate() {
                let number = self.push((&own.name, None, own.marks.len()), place(own.gap, at));
                set(&mut numbers, at, number);
            }
            if let Some(first) = others.first() {
                let others: Vec<Leaf<'_>> = (most..)
                    .zip(others)
                    .map(|(at, own)| (at, own.name.as_str(), own.marks.len()))
                    .collect();
                self.push_others(
                    &others,
                    (None, "combinations"),
                    (place(first.gap, most), &mut numbers),
                );
            }
            for (own, number) in of_gap.iter().zip(&numbers) {
                for mark in &own.marks {
                    if let Some(slot) = self.sections.of_mark.get_mut(*mark as usize) {
                        *slot = *number;
                    }
                }
            }
        }
    }

    /// Adds a section, and returns its number.
    fn push(&mut self, (name, region, marks): (&str, Option<u16>, usize), place: Place) -> u32 {
        let number = self.sections.all.len() as u32;
        self.sections.all.push(Section {
            name: name.to_owned(),
            region,
            gap: place.column / 2,
            within: None,
            folded: 0,
            instances: marks,
            shape: SectionShape::default(),
        });
        self.places.push(place);
        number
    }

    /// Adds the smaller ones of a lane or a gap, in one box if there are several.
    fn push_others(
        &mut self,
        others: &[Leaf<'_>],
        (region, words): (Option<u16>, &str),
        (place, numbers): (Place, &mut [Option<u32>]),
    ) {
        let outer = (others.len() > 1).then(|| {
            let name = format!("and {} more {words}", grouped(others.len() as u64));
            let marks = others.iter().map(|(.., marks)| marks).sum();
            let outer = self.push((&name, region, marks), place);
            if let Some(own) = self.sections.all.get_mut(outer as usize) {
                own.folded = others.len();
            }
            outer
        });
        for &(at, name, marks) in others {
            let number = self.push((name, region, marks), place);
            if let Some(own) = self.sections.all.get_mut(number as usize) {
                own.within = outer;
            }
            set(numbers, at, number);
        }
    }
}

/// The place of a section in a list, its name, and how many marks it has.
type Leaf<'a> = (usize, &'a str, usize);

fn set(numbers: &mut [Option<u32>], at: usize, number: u32) {
    if let Some(slot) = numbers.get_mut(at) {
        *slot = Some(number);
    }
}

/// The names under which most instances of all regions lie, the most first; of equal ones, the first by name.
fn largest_names(sections: &Sections) -> Vec<&str> {
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    let leaves = sections.all.iter().filter(|own| own.folded == 0 && own.region.is_some());
    for section in leaves {
        *totals.entry(&section.name).or_default() += section.instances;
    }
    let mut names: Vec<(&str, usize)> = totals.into_iter().collect();
    names.sort_by_key(|(_, total)| std::cmp::Reverse(*total));
    let most = if names.len() > MOST_BANDS + 1 { MOST_BANDS } else { names.len() };
    names.into_iter().take(most).map(|(name, _)| name).collect()
}

impl Lanes {
    /// The lanes of what a credential is linked to, from left to right.
    fn joined_by(&self, map: &Map, credential: u32) -> Vec<u32> {
        let links = map.links_of(credential).iter().filter_map(|&at| map.links.get(at as usize));
        let lanes: BTreeSet<u32> =
            links.filter_map(|link| self.lane_of(map, link.instance)).collect();
        lanes.into_iter().collect()
    }

    /// The names of the lanes, from left to right.
    fn names<'a>(&self, map: &'a Map) -> Vec<&'a str> {
        let mut names = vec![""; self.count as usize];
        for (region, lane) in map.regions.iter().zip(&self.of_region) {
            if let Some(slot) = lane.and_then(|lane| names.get_mut(lane as usize)) {
                *slot = &region.name;
            }
        }
        names
    }
}
