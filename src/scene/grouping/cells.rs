//! Which group each mark falls into, as the map is seen at about one zoom.

use crate::scene::map::Map;

/// What the marks of one group have in common, in the order in which groups are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GroupKey {
    /// The region, or a number beyond all.
    region: u32,
    /// The section and one more, if they lie in any.
    section: u32,
    /// Whether they are all that is in the section.
    is_whole: bool,
    /// The row and the column of their cell; none where they are a whole section.
    cell: (i32, i32),
}

impl GroupKey {
    /// The section that the group stands for.
    pub(super) fn section(self) -> Option<u32> {
        self.section.checked_sub(1).filter(|_| self.is_whole)
    }
}

/// The groups of a map: its sections, as long as they are small, and beyond that square cells.
pub(super) struct Cells<'a> {
    map: &'a Map,
    /// The side of a cell, in scene units.
    side: f32,
    /// Whether each section is one body.
    is_whole: Vec<bool>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(map: &'a Map, side: f32) -> Self {
        let sections = 0..map.sections.all.len() as u32;
        let is_whole = sections.map(|at| map.sections.is_one_body(at, side)).collect();
        Self { map, side, is_whole }
    }

    /// The group of a mark.
    pub(super) fn of(&self, at: u32) -> Option<GroupKey> {
        let mark = self.map.marks.get(at as usize)?;
        let region = mark.region.map_or(u32::MAX, u32::from);
        // What is collapsed lies in one place, whatever it was divided into.
        let is_collapsed = mark.region.is_some_and(|own| self.map.is_collapsed(own));
        let chain = self.map.sections.chain_of(at);
        let mut sections = chain.into_iter().flatten().filter(|_| !is_collapsed);
        let whole = sections.clone().find(|own| self.is_whole.get(*own as usize) == Some(&true));
        if let Some(section) = whole {
            return Some(GroupKey { region, section: section + 1, is_whole: true, cell: (0, 0) });
        }
        let place = |along: f32| (along / self.side).floor() as i32;
        let section = sections.next_back().map_or(0, |own| own + 1);
        let cell = (place(mark.at.y), place(mark.at.x));
        Some(GroupKey { region, section, is_whole: false, cell })
    }
}
