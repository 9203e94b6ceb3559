//! Where in a table what is selected, or lit, has its rows and columns.

use crate::analysis::Subject;
use crate::app::model::views::View;
use crate::scene::{Area, Map, Mark};

/// In a table, where the rows and columns of what is selected lie, or else of all that is lit; of what is
/// hidden, nothing.
pub(crate) fn lit_cells(view: &View, map: &Map, selected: Option<Subject>) -> Option<Area> {
    let highlight = view.data.highlight.as_ref()?;
    let selected = selected.and_then(|subject| map.mark_of(subject));
    let links = selected.map_or(highlight.lit_links(), |mark| map.links_of(mark));
    let links = links.iter().filter_map(|&at| map.links.get(at as usize));
    let own = selected.into_iter();
    let ends = own.chain(links.flat_map(|link| [link.credential, link.instance]));
    let is_shown = |mark: &u32| view.data.sight.marks.get(*mark as usize) == Some(&true);
    let ends = ends.filter(is_shown);
    let marks: Vec<&Mark> = ends.filter_map(|mark| map.marks.get(mark as usize)).collect();
    let is_row = |mark: &&&Mark| matches!(mark.subject, Subject::Instance(_));
    let rows = marks.iter().filter(is_row).map(|mark| mark.at.y);
    let columns = marks.iter().filter(|mark| !is_row(mark)).map(|mark| mark.at.x);
    let ends = |of: &mut dyn Iterator<Item = f32>| {
        of.fold(None, |ends: Option<(f32, f32)>, at| {
            let (low, high) = ends.unwrap_or((at, at));
            Some((low.min(at), high.max(at)))
        })
    };
    let (rows, columns) = (ends(&mut rows.into_iter()), ends(&mut columns.into_iter()));
    rows.or(columns)?;
    // What stands before it stays in sight.
    let (top, bottom) = rows.map_or((-80.0, 0.0), |(low, high)| (low - 80.0, high));
    let (left, right) = columns.map_or((-80.0, 0.0), |(low, high)| (low - 80.0, high));
    Some(Area { left, top, width: right - left, height: bottom - top })
}
