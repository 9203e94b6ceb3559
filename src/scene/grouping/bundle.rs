//! All links that join two groups.

use std::ops::Range;

use crate::analysis::{Crossing, Severity};
use crate::scene::camera::Area;
use crate::scene::map::{Link, Map, MarkStyle};

/// All links that join two groups, or the marks of one. Each of them is there: a bundle is never
/// without a link between just these two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bundle {
    /// The two groups, in order; the same twice where the links stay within one.
    pub groups: [u32; 2],
    /// How many links.
    pub count: u32,
    /// Whether access is granted to something in the first, and to something in the second.
    pub grants_to: [bool; 2],
    /// Whether all of them are assumed.
    pub assumed: bool,
    /// Whether each of these grants is only assumed.
    pub grants_assumed: [bool; 2],
    /// The worst finding on a live credential that joins environments through one of them.
    pub worst: Option<Severity>,
    /// Which of the links of the grouping they are.
    pub(in crate::scene) links: Range<usize>,
    /// The area in which the two groups lie, in scene units.
    pub(in crate::scene) extent: Area,
}

/// The groups of marks, and the marks that stand for themselves.
#[derive(Clone, Copy)]
pub(super) struct Membership<'a> {
    pub(super) group_of: &'a [u32],
    pub(super) alone: &'a [u32],
}

impl Membership<'_> {
    /// The group of a mark, if it is in sight.
    fn of(&self, mark: u32) -> Option<u32> {
        if self.alone.contains(&mark) {
            return Some(group_of_one(mark));
        }
        self.group_of.get(mark as usize).copied().filter(|&own| own != u32::MAX)
    }
}

/// The number of the group of a mark that stands for itself: beyond all others.
pub(in crate::scene) fn group_of_one(mark: u32) -> u32 {
    u32::MAX - 1 - mark
}

/// The mark of a group that is that of one mark.
pub(in crate::scene) fn only_mark(group: u32) -> Option<u32> {
    (group > u32::MAX / 2).then(|| u32::MAX - 1 - group)
}

/// Which two groups a link joins.
pub(super) fn groups_of(link: &Link, members: Membership<'_>) -> Option<[u32; 2]> {
    let of = |mark: u32| members.of(mark);
    let (credential, instance) = (of(link.credential)?, of(link.instance)?);
    Some([credential.min(instance), credential.max(instance)])
}

/// Puts links together by the two groups that they join; `order` comes back sorted by these. Costs
/// time in proportion to the links, sorted.
pub(super) fn bundles(map: &Map, members: Membership<'_>, order: &mut Vec<u32>) -> Vec<Bundle> {
    let mut keyed: Vec<(u64, u32)> = order
        .iter()
        .filter_map(|&at| {
            let [first, second] = groups_of(map.links.get(at as usize)?, members)?;
            Some((u64::from(first) << 32 | u64::from(second), at))
        })
        .collect();
    keyed.sort_unstable();
    order.clear();
    order.extend(keyed.iter().map(|&(_, at)| at));
    let mut bundles = Vec::new();
    let mut start = 0;
    for same in keyed.chunk_by(|a, b| a.0 == b.0) {
        let links = start..start + same.len();
        start = links.end;
        let Some(&(key, _)) = same.first() else { continue };
        let groups = [(key >> 32) as u32, key as u32];
        let count = same.len() as u32;
        let grants_assumed = [true; 2];
        let mut bundle =
            Bundle { groups, count, assumed: true, grants_assumed, links, ..Bundle::default() };
        for link in same.iter().filter_map(|&(_, at)| map.links.get(at as usize)) {
            bundle.add(map, link, members);
        }
        bundles.push(bundle);
    }
    bundles
}

impl Bundle {
    fn add(&mut self, map: &Map, link: &Link, members: Membership<'_>) {
        self.assumed &= link.is_assumed();
        if link.grants.is_some() {
            let to = members.of(link.instance);
            let [first, second] = self.groups;
            let [to_first, to_second] = &mut self.grants_to;
            let [first_assumed, second_assumed] = &mut self.grants_assumed;
            if to == Some(first) && first != second {
                *to_first = true;
                *first_assumed &= link.grants_assumed;
            }
            if to == Some(second) {
                *to_second = true;
                *second_assumed &= link.grants_assumed;
            }
        }
        let style = map.marks.get(link.credential as usize).map(|mark| mark.style);
        if let Some(MarkStyle::Credential { severity: Some(own), crossing, dead: false, .. }) =
            style
            && crossing != Crossing::None
        {
            self.worst = Some(self.worst.map_or(own, |worst| worst.min(own)));
        }
    }
}
