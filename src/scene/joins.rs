//! Which links stand behind what is drawn for several of them: a bundle, or a spot of a table.

use std::cmp::Reverse;

use super::grouping::Grouping;
use super::map::Map;
use crate::analysis::Subject;
use crate::layout::Point;

impl Map {
    /// The links that the bundle between two groups stands for: among all, or among those that are lit.
    /// Costs time in proportion to the links of the bundle, or to those that are lit.
    pub fn links_of_bundle(
        &self,
        grouping: &Grouping,
        groups: [u32; 2],
        lit: Option<&[u32]>,
    ) -> Vec<u32> {
        let [first, second] = groups;
        let candidates = match lit {
            Some(lit) => lit,
            None => grouping.links_between(self, groups),
        };
        let joins = |at: &u32| {
            let Some(link) = self.links.get(*at as usize) else { return false };
            let is_in = |mark: u32, group: u32| grouping.is_in(mark, group);
            let (credential, instance) = (link.credential, link.instance);
            (is_in(credential, first) && is_in(instance, second))
                || (is_in(credential, second) && is_in(instance, first))
        };
        candidates.iter().copied().filter(joins).collect()
    }

    /// In a table, the links whose cells lie between two corners, in scene units, and whose ends are both
    /// visible. Costs time in proportion to the rows between them.
    pub fn links_within(&self, (low, high): (Point, Point), visible: &[bool]) -> Vec<u32> {
        let Some(grid) = &self.grid else { return Vec::new() };
        let is_visible = |mark: u32| visible.get(mark as usize).copied().unwrap_or(true);
        let rows = grid.rows_in(low.y, high.y);
        let cells = rows.flat_map(|row| grid.cells_in(row, (low.x, high.x)));
        let shown = |at: &u32| {
            let link = self.links.get(*at as usize);
            link.is_some_and(|own| is_visible(own.credential) && is_visible(own.instance))
        };
        cells.map(|cell| cell.link).filter(shown).collect()
    }

    /// The credentials of some links, each once, those that matter most first.
    pub fn credentials_of(&self, links: &[u32]) -> Vec<Subject> {
        let credential = |at: &u32| self.links.get(*at as usize).map(|link| link.credential);
        let mut marks: Vec<u32> = links.iter().filter_map(credential).collect();
        marks.sort_unstable();
        marks.dedup();
        let mut own: Vec<_> =
            marks.into_iter().filter_map(|at| self.marks.get(at as usize)).collect();
        own.sort_by_key(|mark| Reverse(mark.weight));
        own.into_iter().map(|mark| mark.subject).collect()
    }
}
