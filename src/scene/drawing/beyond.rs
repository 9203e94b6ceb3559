//! How much of a map lies beyond the frame of a picture of it.

use super::badges::Buttons;
use super::draw::draw_with;
use super::view::View;
use crate::analysis::Subject;
use crate::inventory::grouped;
use crate::scene::camera::Area;
use crate::scene::map::Link;
use crate::scene::picture::{MeasureText, Picture};

/// Whether a picture of the view shows a mark where it lies, or, where it is a table, its row or column with one of
/// its cells at least. Costs as much as drawing it.
pub fn is_in_frame(view: &View<'_>, mark: u32, measure: &dyn MeasureText) -> bool {
    let frame = Frame::of(view, &draw_with(view, Buttons::LeftOut, measure));
    frame.holds(mark) && frame.holds_a_cell_of(mark)
}

/// How much of what is not hidden is in the picture, in words; nothing where all of it is. Costs a look at
/// each mark.
pub(super) fn beyond_words(view: &View<'_>, picture: &Picture) -> Option<String> {
    let frame = Frame::of(view, picture);
    let (mut services, mut credentials) = ([0_u64; 2], [0_u64; 2]);
    for (at, mark) in (0_u32..).zip(&view.map.marks) {
        if view.visible.get(at as usize) == Some(&false) {
            continue;
        }
        let counts = match mark.subject {
            Subject::Instance(_) => &mut services,
            Subject::Credential(_) => &mut credentials,
        };
        counts[0] += u64::from(frame.holds(at));
        counts[1] += 1;
    }
    let is_all = services[0] == services[1] && credentials[0] == credentials[1];
    let of = |[shown, all]: [u64; 2]| format!("{} of {}", grouped(shown), grouped(all));
    (!is_all).then(|| {
        format!(
            "Showing {} services and {} credentials; the rest lies beyond the frame",
            of(services),
            of(credentials)
        )
    })
}

/// The part of a picture in which marks are seen.
struct Frame<'a> {
    view: &'a View<'a>,
    area: Area,
    is_table: bool,
}

impl<'a> Frame<'a> {
    fn of(view: &'a View<'a>, picture: &Picture) -> Self {
        let viewport = view.camera.viewport;
        let above = Area { height: picture.legend_top - viewport.top, ..viewport };
        let is_table = picture.table.is_some();
        Self { view, area: picture.table.unwrap_or(above), is_table }
    }

    /// Whether the line of a credential runs at this height; the columns of a matrix do at every one, and so does
    /// what is linked to nothing.
    fn crosses(&self, mark: u32) -> bool {
        let map = self.view.map;
        if map.grid.as_ref().is_none_or(|grid| grid.is_matrix()) {
            return true;
        }
        let links = map.links_of(mark).iter().filter_map(|&at| map.links.get(at as usize));
        let rows = links.filter_map(|link| map.marks.get(link.instance as usize));
        let heights = rows.map(|row| self.view.camera.screen_from_scene(row.at).y);
        let span = heights.map(|own| (own, own));
        let span = span.reduce(|(low, high), (own, _)| (low.min(own), high.max(own)));
        span.is_none_or(|(low, high)| low <= self.area.bottom() && high >= self.area.top)
    }

    /// Whether it is no table, or a cell of a row or column is in it, if there is any.
    fn holds_a_cell_of(&self, mark: u32) -> bool {
        let map = self.view.map;
        let mut links = map.links_of(mark).iter().filter_map(|&at| map.links.get(at as usize));
        let ends = |link: &Link| self.holds(link.credential) && self.holds(link.instance);
        !self.is_table || map.links_of(mark).is_empty() || links.any(ends)
    }

    fn holds(&self, mark: u32) -> bool {
        let Some(own) = self.view.map.marks.get(mark as usize) else { return false };
        let at = self.view.camera.screen_from_scene(own.at);
        let Area { left, top, .. } = self.area;
        let is_beside = at.x >= left && at.x <= self.area.right();
        let is_at_height = at.y >= top && at.y <= self.area.bottom();
        match (self.is_table, own.subject) {
            (false, _) => is_beside && is_at_height,
            // The name of a row stays at the edge, and that of a column above it.
            (true, Subject::Instance(_)) => is_at_height,
            (true, Subject::Credential(_)) => is_beside && self.crosses(mark),
        }
    }
}
