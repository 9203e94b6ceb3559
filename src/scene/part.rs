//! A part of a map: some of its marks and links, with its own regions or others.

use super::map::{Link, Map, Mark, Region};
use crate::analysis::Subject;

impl Map {
    /// Some of the marks, in their order, with those of the links between them that are kept, and
    /// other regions, in which no mark lies yet. Costs time in proportion to the whole map.
    pub(super) fn part(
        &self,
        is_shown: impl Fn(u32) -> bool,
        is_kept: impl Fn(&Link) -> bool,
        regions: Vec<Region>,
    ) -> Self {
        let mut part = self.picked(is_shown, is_kept);
        for mark in &mut part.marks {
            mark.region = None;
        }
        part.regions = regions;
        part
    }

    /// Some of the marks, in their order, with all links between them, in the same regions; it knows of how
    /// many it is a part. Costs time in proportion to the whole map.
    pub(super) fn part_in_regions(&self, is_shown: impl Fn(u32) -> bool) -> Self {
        let mut part = self.picked(is_shown, |_| true);
        part.regions.clone_from(&self.regions);
        part.part_of = Some(self.marks.len());
        part
    }

    fn picked(&self, is_shown: impl Fn(u32) -> bool, is_kept: impl Fn(&Link) -> bool) -> Self {
        let mut numbers: Vec<Option<u32>> = vec![None; self.marks.len()];
        let mut marks: Vec<Mark> = Vec::new();
        let mut repeated = Vec::new();
        for (at, mark) in (0_u32..).zip(&self.marks).filter(|(at, _)| is_shown(*at)) {
            let number = marks.len() as u32;
            if self.has_repeated_name(at) {
                repeated.push(number);
            }
            if let Some(slot) = numbers.get_mut(at as usize) {
                *slot = Some(number);
            }
            marks.push(*mark);
        }
        let number = |at: u32| numbers.get(at as usize).copied().flatten();
        let link = |link: &Link| {
            let (credential, instance) = (number(link.credential)?, number(link.instance)?);
            Some(Link { credential, instance, ..*link })
        };
        let links = self.links.iter().filter(|own| is_kept(own)).filter_map(link).collect();
        let mut map = Self::new(marks, links, Vec::new(), self.counts());
        map.grouped_by = self.grouped_by;
        map.with_repeated_names(repeated)
    }

    /// How many of its marks are instances.
    pub(super) fn instances(&self) -> usize {
        let is_instance = |mark: &&Mark| matches!(mark.subject, Subject::Instance(_));
        self.marks.iter().filter(is_instance).count()
    }
}
