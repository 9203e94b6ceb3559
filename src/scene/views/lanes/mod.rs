//! Lanes: one for each environment in order of tier, and credentials between what they join.

mod bands;
mod boxes;
mod lane_order;

use self::bands::Bands;
use self::lane_order::Lanes;
use super::columns::InColumns;
use crate::analysis::Subject;
use crate::inventory::Progress;
use crate::layout::{Layout, OrderEffort};
use crate::scene::chart::Chart;
use crate::scene::map::Map;
use crate::scene::view_kind::ViewKind;

/// The map of a chart in lanes, and how often two of its links cross; `None` when cancelled.
///
/// There is a lane for each region of the chart. Environments stand from the lowest tier to the
/// highest; what has no tier stands at the left. Between two lanes stands a column of credentials,
/// each as near as can be to the lanes of what it is linked to.
///
/// The lanes of a large map, whose regions have sections, have a band for each of the largest of these, and
/// the credentials between them lie in boxes by what they join. What is linked to one lane alone lies in it.
pub fn lanes(chart: &Chart, effort: OrderEffort, progress: &Progress) -> Option<(Map, u64)> {
    let map = &chart.map;
    let lanes = Lanes::of(chart);
    let columns: Vec<u32> =
        (0..map.marks.len() as u32).map(|mark| lanes.column(map, mark)).collect();
    let placed = InColumns::new(map, &columns, effort, progress)?;
    if map.sections.divide_regions() {
        let bands = Bands::new(map, &lanes);
        let mut banded = boxes::placed(map, bands, (&lanes, &placed.positions), chart.aspect());
        banded.kind = ViewKind::Lanes;
        return Some((banded, placed.crossings));
    }
    let regions = placed.strips(lanes.of_region.iter().map(|lane| lane.map(|lane| lane * 2)));
    let crossings = placed.crossings;
    let mut map =
        map.clone().placed(&Layout { positions: placed.positions, regions, ..Layout::default() });
    map.kind = ViewKind::Lanes;
    // Credentials stand beside the lanes, not in them.
    for mark in &mut map.marks {
        mark.region = mark.region.filter(|_| matches!(mark.subject, Subject::Instance(_)));
    }
    Some((map, crossings))
}
