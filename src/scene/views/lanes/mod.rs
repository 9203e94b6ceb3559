//! Lanes: one for each environment in order of tier, and credentials between what they join.

mod bands;
mod boxes;

use self::bands::Bands;
use super::columns::InColumns;
use super::order::ranks;
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
    if !map.sections.all.is_empty() {
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

/// Which lane each region has.
struct Lanes {
    /// By region; `None` where no instance is in it.
    of_region: Vec<Option<u32>>,
    count: u32,
}

impl Lanes {
    fn of(chart: &Chart) -> Self {
        let of_region = ranks(chart);
        let count = of_region.iter().flatten().count() as u32;
        Self { of_region, count }
    }

    fn lane_of(&self, map: &Map, instance: u32) -> Option<u32> {
        let region = map.marks.get(instance as usize)?.region?;
        self.of_region.get(usize::from(region)).copied().flatten()
    }

    /// The column of a mark: lanes have the even ones, what stands to the right of a lane the odd one
    /// behind it.
    fn column(&self, map: &Map, mark: u32) -> u32 {
        match map.marks.get(mark as usize).map(|own| own.subject) {
            Some(Subject::Instance(_)) => self.lane_of(map, mark).unwrap_or(0) * 2,
            Some(Subject::Credential(_)) | None => self.lane_before(map, mark) * 2 + 1,
        }
    }

    /// The lane to the left of a credential: all its links together are shortest there.
    fn lane_before(&self, map: &Map, credential: u32) -> u32 {
        let links = map.links_of(credential).iter().filter_map(|&at| map.links.get(at as usize));
        let mut lanes: Vec<u32> =
            links.filter_map(|link| self.lane_of(map, link.instance)).collect();
        lanes.sort_unstable();
        let middle = |at: usize| lanes.get(at).copied();
        let low = middle(lanes.len().saturating_sub(1) / 2);
        let (Some(low), Some(high)) = (low, middle(lanes.len() / 2)) else {
            return self.count.saturating_sub(1);
        };
        if low < high {
            return u32::midpoint(low, high - 1);
        }
        let before = lanes.iter().filter(|&&lane| lane < low).count();
        let behind = lanes.iter().filter(|&&lane| lane > low).count();
        if before > behind && low > 0 { low - 1 } else { low }
    }
}
