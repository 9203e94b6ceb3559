//! Groups of marks by where they lie.

use std::ops::Range;

use super::bundle::{Bundle, bundles};
use crate::analysis::{Severity, Subject};
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::map::{Map, MarkStyle};

/// A group covers at least this many pixels to a side, and less than twice as many: a body with a
/// figure in it, and air around.
const PIXELS: f32 = 60.0;

/// About how many groups there are at most: all are looked through in every frame.
const MOST_GROUPS: f32 = 1_500.0;

/// Marks of one region that lie together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Their region; `None` for credentials between the regions.
    pub region: Option<u16>,
    /// How many service instances.
    pub instances: u32,
    /// How many credentials.
    pub credentials: u32,
    /// The middle of them, in scene units.
    pub centre: Point,
    /// The area in which they lie, in scene units.
    pub extent: Area,
    /// The worst finding on one of the credentials.
    pub worst: Option<Severity>,
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
}

impl Grouping {
    /// Groups the visible marks of a map for a zoom. Costs time in proportion to the marks and
    /// links, sorted: to be kept, and made anew only where [`Grouping::is_for`] says so.
    pub fn new(map: &Map, visible: &[bool], zoom: f32) -> Self {
        let least = least_level(map);
        let level = level(zoom).max(least);
        let cell = (level as f32).exp2();
        let is_visible = |mark: u32| visible.get(mark as usize).copied().unwrap_or(true);
        let mut keyed: Vec<((u32, i32, i32), u32)> = (0_u32..)
            .zip(&map.marks)
            .filter(|(at, _)| is_visible(*at))
            .map(|(at, mark)| {
                let region = mark.region.map_or(u32::MAX, u32::from);
                let place = |along: f32| (along / cell).floor() as i32;
                ((region, place(mark.at.y), place(mark.at.x)), at)
            })
            .collect();
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
            groups.push(Group::of(map, &own, members));
        }
        let mut links: Vec<u32> = (0..map.links.len() as u32).collect();
        let mut bundles = bundles(map, &group_of, &mut links);
        for bundle in &mut bundles {
            bundle.extent = extent(&groups, bundle).unwrap_or_default();
        }
        let important = (0_u32..).zip(&map.marks).filter(|(_, mark)| is_critical(&mark.style));
        let important = important.map(|(at, _)| at).filter(|&at| is_visible(at)).collect();
        let members = keyed.into_iter().map(|(_, at)| at).collect();
        Self { level, least, groups, bundles, members, links, group_of, important }
    }

    /// Whether it was made for such a zoom.
    pub fn is_for(&self, zoom: f32) -> bool {
        self.level == level(zoom).max(self.least)
    }

    /// The marks of a group.
    pub fn members(&self, group: &Group) -> &[u32] {
        self.members.get(group.members.clone()).unwrap_or_default()
    }

    /// The links of a bundle, as indices into the map's links.
    pub fn links(&self, bundle: &Bundle) -> &[u32] {
        self.links.get(bundle.links.clone()).unwrap_or_default()
    }

    /// The live credentials with a critical finding: they are in sight from however far.
    pub fn important(&self) -> &[u32] {
        &self.important
    }

    /// Some of the links in bundles of their own.
    pub(in crate::scene) fn bundles_of(&self, map: &Map, mut links: Vec<u32>) -> Vec<Bundle> {
        bundles(map, &self.group_of, &mut links)
    }
}

/// The side of a group's cell as a power of two, in scene units.
fn level(zoom: f32) -> i32 {
    (PIXELS / zoom.max(1e-6)).log2().ceil() as i32
}

/// The level below which a map would fall into more than about `MOST_GROUPS` groups.
fn least_level(map: &Map) -> i32 {
    let Area { width, height, .. } = map.extent();
    (width * height / MOST_GROUPS).max(1.0).sqrt().log2().ceil() as i32
}

/// Whether a mark is a live credential with a critical finding.
fn is_critical(style: &MarkStyle) -> bool {
    matches!(style, MarkStyle::Credential { severity: Some(Severity::Critical), dead: false, .. })
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
    fn of(map: &Map, marks: &[u32], members: Range<usize>) -> Self {
        let marks = || marks.iter().filter_map(|&at| map.marks.get(at as usize));
        let extent = Area::around(marks().map(|mark| mark.at)).unwrap_or_default();
        let largest = marks().map(|mark| mark.radius).fold(0.0, f32::max);
        let count = members.len().max(1) as f32;
        let mut group = Self {
            region: marks().next().and_then(|mark| mark.region),
            extent: extent.grown(largest),
            centre: Point {
                x: marks().map(|mark| mark.at.x / count).sum(),
                y: marks().map(|mark| mark.at.y / count).sum(),
            },
            members,
            ..Self::default()
        };
        for mark in marks() {
            match mark.subject {
                Subject::Instance(_) => group.instances += 1,
                Subject::Credential(_) => group.credentials += 1,
            }
            if let MarkStyle::Credential { severity: Some(own), dead: false, .. } = mark.style {
                group.worst = Some(group.worst.map_or(own, |worst| worst.min(own)));
            }
        }
        group
    }
}
