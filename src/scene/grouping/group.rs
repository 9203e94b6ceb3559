//! Groups of marks by where they lie.

use std::collections::HashMap;
use std::ops::Range;

use super::bundle::{Bundle, Membership, bundles, group_of_one, only_mark};
use super::cells::{Cells, GroupKey};
use crate::analysis::Subject;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::map::Map;
use crate::scene::sections::Section;

/// A group covers at least this many pixels to a side, and less than twice as many: a body with a
/// figure in it, and air around.
const PIXELS: f32 = 60.0;

/// About how many groups there are at most: all are looked through in every frame.
const MOST_GROUPS: f32 = 1_500.0;

/// By this many levels groups may be smaller than that, each with a quarter of the area of the one before.
const MOST_FINER: i32 = 2;

/// Marks of one region that lie together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Their region; `None` for credentials between the regions.
    pub region: Option<u16>,
    /// Their region, if that is collapsed: then they are all that is in it.
    pub collapsed: Option<u16>,
    /// Their section, where they are all that is in it: the body has its name.
    pub section: Option<u32>,
    /// How many service instances.
    pub instances: u32,
    /// How many credentials.
    pub credentials: u32,
    /// The middle of them, in scene units.
    pub centre: Point,
    /// The area in which they lie, in scene units.
    pub extent: Area,
    /// How many live credentials with a critical finding.
    pub critical: u32,
    members: Range<usize>,
}

/// The groups of a map as it is seen at about one zoom, and what joins them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouping {
    /// For which zooms it is.
    level: i32,
    /// The level of the smallest groups: however close one looks, there are never many thousands.
    least: i32,
    /// The groups.
    pub groups: Vec<Group>,
    /// What joins two of them, or the marks of one.
    pub bundles: Vec<Bundle>,
    members: Vec<u32>,
    links: Vec<u32>,
    group_of: Vec<u32>,
    important: Vec<u32>,
    /// What joins collapsed regions with each other and with single marks.
    collapsed_bundles: Vec<Bundle>,
}

impl Grouping {
    /// Groups the visible marks of a map for a zoom. Costs time in proportion to the marks and
    /// links, sorted: to be kept, and made anew only where [`Grouping::is_for`] says so.
    pub fn new(map: &Map, visible: &[bool], zoom: f32) -> Self {
        let least = least_level(map);
        let level = level(zoom).max(least);
        let cell = (level as f32).exp2();
        let is_visible = |mark: u32| visible.get(mark as usize).copied().unwrap_or(true);
        let cells = Cells::new(map, cell);
        let visible_marks = (0..map.marks.len() as u32).filter(|at| is_visible(*at));
        let mut keyed: Vec<(GroupKey, u32)> =
            visible_marks.filter_map(|at| Some((cells.of(at)?, at))).collect();
        keyed.sort_unstable();
        let mut group_of = vec![u32::MAX; map.marks.len()];
        let mut groups = Vec::new();
        let mut start = 0;
        for same in keyed.chunk_by(|a, b| a.0 == b.0) {
            for slot in same.iter().map(|&(_, at)| at as usize) {
                if let Some(slot) = group_of.get_mut(slot) {
                    *slot = groups.len() as u32;
                }
            }
            let members = start..start + same.len();
            start = members.end;
            let own: Vec<u32> = same.iter().map(|&(_, at)| at).collect();
            let section = same.first().and_then(|(key, _)| key.section());
            groups.push(Group::of(map, (&own, members), section));
        }
        let mut links: Vec<u32> = (0..map.links.len() as u32).collect();
        let mut bundles = bundles(map, Membership { group_of: &group_of, alone: &[] }, &mut links);
        for bundle in &mut bundles {
            bundle.extent = extent(&groups, bundle).unwrap_or_default();
        }
        let important = (0_u32..).zip(&map.marks).filter(|(_, mark)| mark.style.is_critical());
        let mut important: Vec<u32> =
            important.map(|(at, _)| at).filter(|&at| is_visible(at)).collect();
        let weight = |at: &u32| map.marks.get(*at as usize).map_or(0, |mark| mark.weight);
        important.sort_by_key(|at| std::cmp::Reverse(weight(at)));
        let members = keyed.into_iter().map(|(_, at)| at).collect();
        let all = 0..map.links.len() as u32;
        let collapsed_bundles = collapsed_bundles(map, (&groups, &group_of), all);
        Self {
            level,
            least,
            groups,
            bundles,
            members,
            links,
            group_of,
            important,
            collapsed_bundles,
        }
    }

    /// Whether it was made for such a zoom.
    pub fn is_for(&self, zoom: f32) -> bool {
        self.level == level(zoom).max(self.least)
    }

    /// The side of its cells, in scene units.
    pub(in crate::scene) fn cell(&self) -> f32 {
        (self.level as f32).exp2()
    }

    /// The level of its cells.
    pub(in crate::scene) fn level(&self) -> i32 {
        self.level
    }

    /// What joins collapsed regions with each other and with single marks.
    pub(in crate::scene) fn collapsed_bundles(&self) -> &[Bundle] {
        &self.collapsed_bundles
    }

    /// Those of some links that end in a collapsed region, in bundles of their own.
    pub(in crate::scene) fn collapsed_bundles_of(&self, map: &Map, links: &[u32]) -> Vec<Bundle> {
        collapsed_bundles(map, (&self.groups, &self.group_of), links.iter().copied())
    }

    /// The marks of a group.
    pub fn members(&self, group: &Group) -> &[u32] {
        self.members.get(group.members.clone()).unwrap_or_default()
    }

    /// The links of a bundle, as indices into the map's links.
    pub fn links(&self, bundle: &Bundle) -> &[u32] {
        self.links.get(bundle.links.clone()).unwrap_or_default()
    }

    /// Among which links those between two groups are, or between a group and a mark that stands for itself.
    pub(in crate::scene) fn links_between<'a>(
        &'a self,
        map: &'a Map,
        groups: [u32; 2],
    ) -> &'a [u32] {
        if let Some(mark) = groups.into_iter().find_map(only_mark) {
            return map.links_of(mark);
        }
        let found = self.bundles.binary_search_by_key(&groups, |own| own.groups).ok();
        let bundle = found.and_then(|at| self.bundles.get(at));
        bundle.map_or(&[], |own| self.links(own))
    }

    /// The mark of a group that is that of one mark, as a bundle names it.
    pub fn mark_of(&self, group: u32) -> Option<u32> {
        only_mark(group)
    }

    /// Whether a mark is in a group, or is the one that stands for itself.
    pub(in crate::scene) fn is_in(&self, mark: u32, group: u32) -> bool {
        match only_mark(group) {
            Some(own) => own == mark,
            None => self.group_of.get(mark as usize) == Some(&group),
        }
    }

    /// The live credentials with a critical finding, those that reach most first.
    pub fn important(&self) -> &[u32] {
        &self.important
    }

    /// Some of the links in bundles of their own, in which some marks stand for themselves.
    pub(in crate::scene) fn bundles_of(
        &self,
        map: &Map,
        mut links: Vec<u32>,
        alone: &[u32],
    ) -> Vec<Bundle> {
        bundles(map, Membership { group_of: &self.group_of, alone }, &mut links)
    }

    /// How many service instances among some marks each group has that has any of these; of groups
    /// without instances, how many credentials.
    pub(in crate::scene) fn counts_of(&self, map: &Map, marks: &[u32]) -> HashMap<u32, u32> {
        let mut counts = HashMap::new();
        for &mark in marks {
            let Some(&at) = self.group_of.get(mark as usize) else { continue };
            let group = self.groups.get(at as usize);
            let own = map.marks.get(mark as usize).map(|own| own.subject);
            let counts_here = matches!(own, Some(Subject::Instance(_)))
                || group.is_some_and(|group| group.instances == 0);
            *counts.entry(at).or_insert(0) += u32::from(counts_here);
        }
        counts
    }
}

/// Some links as bundles between collapsed regions and single marks; those with no end in a collapsed
/// region are left out.
fn collapsed_bundles(
    map: &Map,
    (groups, group_of): (&[Group], &[u32]),
    links: impl Iterator<Item = u32>,
) -> Vec<Bundle> {
    if !map.collapsed.contains(&true) {
        return Vec::new();
    }
    let group = |mark: u32| group_of.get(mark as usize).copied().filter(|&own| own != u32::MAX);
    let is_collapsed = |mark: u32| {
        let own = group(mark).and_then(|own| groups.get(own as usize));
        own.is_some_and(|own| own.collapsed.is_some())
    };
    let of_marks: Vec<u32> = (0..map.marks.len() as u32)
        .map(|mark| match group(mark) {
            Some(own) if is_collapsed(mark) => own,
            Some(_) => group_of_one(mark),
            None => u32::MAX,
        })
        .collect();
    let ends = |at: &u32| {
        let link = map.links.get(*at as usize);
        link.is_some_and(|link| is_collapsed(link.credential) || is_collapsed(link.instance))
    };
    let mut links: Vec<u32> = links.filter(ends).collect();
    bundles(map, Membership { group_of: &of_marks, alone: &[] }, &mut links)
}

/// The side of a group's cell as a power of two, in scene units.
fn level(zoom: f32) -> i32 {
    (PIXELS / zoom.max(1e-6)).log2().ceil() as i32
}

/// The level from which on a section is more than one group.
fn opening_level(section: &Section) -> i32 {
    section.opens_below().max(1.0).log2().ceil() as i32 - 1
}

/// The zoom from which a section is more than one group; 0 where it never is.
pub(in crate::scene) fn opening_zoom(map: &Map, section: &Section) -> f32 {
    let level = opening_level(section);
    if level < least_level(map) { 0.0 } else { 1.001 * PIXELS / (level as f32).exp2() }
}

/// The level below which a map would fall into more than about `MOST_GROUPS` groups; or into some times as many,
/// where else what lies together in a section would never be seen one by one.
fn least_level(map: &Map) -> i32 {
    let Area { width, height, .. } = map.extent();
    let least = (width * height / MOST_GROUPS).max(1.0).sqrt().log2().ceil() as i32;
    let divided = map.sections.all.iter().filter(|own| own.folded > 0);
    let needed = divided.map(opening_level).min().unwrap_or(least);
    needed.clamp(least - MOST_FINER, least)
}

fn extent(groups: &[Group], bundle: &Bundle) -> Option<Area> {
    let both = bundle.groups.iter().filter_map(|&at| groups.get(at as usize));
    let corners = both.flat_map(|group| {
        let Area { left, top, .. } = group.extent;
        let (right, bottom) = (group.extent.right(), group.extent.bottom());
        [Point { x: left, y: top }, Point { x: right, y: bottom }]
    });
    Area::around(corners)
}

impl Group {
    /// How many marks.
    pub fn members(&self) -> u32 {
        self.instances + self.credentials
    }

    fn of(map: &Map, (marks, members): (&[u32], Range<usize>), section: Option<u32>) -> Self {
        let marks = || marks.iter().filter_map(|&at| map.marks.get(at as usize));
        let extent = Area::around(marks().map(|mark| mark.at)).unwrap_or_default();
        let largest = marks().map(|mark| mark.radius).fold(0.0, f32::max);
        let count = members.len().max(1) as f32;
        let region = marks().next().and_then(|mark| mark.region);
        let mut group = Self {
            region,
            collapsed: region.filter(|at| map.is_collapsed(*at)),
            extent: extent.grown(largest),
            centre: Point {
                x: marks().map(|mark| mark.at.x / count).sum(),
                y: marks().map(|mark| mark.at.y / count).sum(),
            },
            section,
            members,
            ..Self::default()
        };
        let whole = section.and_then(|at| map.sections.all.get(at as usize));
        if let Some(area) = whole.map(Section::area) {
            (group.extent, group.centre) = (area, area.centre());
        }
        for mark in marks() {
            match mark.subject {
                Subject::Instance(_) => group.instances += 1,
                Subject::Credential(_) => group.credentials += 1,
            }
            group.critical += u32::from(mark.style.is_critical());
        }
        group
    }
}
