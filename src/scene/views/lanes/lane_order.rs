//! Which lane each region has, and between which lanes each credential stands.

use crate::analysis::Subject;
use crate::scene::chart::Chart;
use crate::scene::map::Map;
use crate::scene::views::order::ranks;

/// Which lane each region has.
pub(super) struct Lanes {
    /// By region; `None` where no instance is in it.
    pub(super) of_region: Vec<Option<u32>>,
    /// How many there are.
    pub(super) count: u32,
}

impl Lanes {
    pub(super) fn of(chart: &Chart) -> Self {
        let of_region = ranks(chart);
        let count = of_region.iter().flatten().count() as u32;
        Self { of_region, count }
    }

    pub(super) fn lane_of(&self, map: &Map, instance: u32) -> Option<u32> {
        let region = map.marks.get(instance as usize)?.region?;
        self.of_region.get(usize::from(region)).copied().flatten()
    }

    /// The column of a mark: lanes have the even ones, what stands to the right of a lane the odd one
    /// behind it.
    pub(super) fn column(&self, map: &Map, mark: u32) -> u32 {
        match map.marks.get(mark as usize).map(|own| own.subject) {
            Some(Subject::Instance(_)) => self.lane_of(map, mark).unwrap_or(0) * 2,
            Some(Subject::Credential(_)) | None => self.lane_before(map, mark) * 2 + 1,
        }
    }

    /// The lane to the left of a credential: all its links together are shortest there.
    pub(super) fn lane_before(&self, map: &Map, credential: u32) -> u32 {
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
