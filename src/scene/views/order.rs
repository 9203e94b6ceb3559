//! The order of rows and columns in which what is shared lies together.

use std::collections::BTreeMap;

use crate::analysis::Subject;
use crate::layout::OrderEffort;
use crate::scene::chart::Chart;

/// How often rows and columns are sorted by turns.
const ROUNDS: usize = 10;

/// Which regions come first: from the lowest tier to the highest, and by name; `None` for those in which
/// nothing lies.
pub(super) fn ranks(chart: &Chart) -> Vec<Option<u32>> {
    let regions = &chart.map.regions;
    let key = |at: &usize| {
        let name = regions.get(*at).map(|region| region.name.clone());
        (chart.column_of(*at), name)
    };
    // Of a part of a map, regions may have nothing in them.
    let mut is_used = vec![false; regions.len()];
    for mark in chart.map.marks.iter().filter(|own| matches!(own.subject, Subject::Instance(_))) {
        if let Some(slot) = mark.region.and_then(|at| is_used.get_mut(usize::from(at))) {
            *slot = true;
        }
    }
    let is_used = |at: &usize| is_used.get(*at).copied().unwrap_or(false);
    let mut order: Vec<usize> = (0..regions.len()).filter(is_used).collect();
    order.sort_by_cached_key(key);
    let mut ranks = vec![None; regions.len()];
    for (rank, &region) in (0..).zip(&order) {
        if let Some(slot) = ranks.get_mut(region) {
            *slot = Some(rank);
        }
    }
    ranks
}

/// One side of a table: which block each of its lines belongs to, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Side {
    blocks: Vec<u32>,
    /// The lines in their order.
    pub(super) order: Vec<u32>,
    /// Where each line stands.
    place: Vec<u32>,
}

impl Side {
    /// The lines block by block, in each as they come.
    pub(super) fn new(blocks: Vec<u32>) -> Self {
        let mut order: Vec<u32> = (0..blocks.len() as u32).collect();
        order.sort_by_key(|&line| blocks.get(line as usize).copied());
        let mut side = Self { place: vec![0; blocks.len()], blocks, order };
        side.number();
        side
    }

    fn number(&mut self) {
        for (place, &line) in (0..).zip(&self.order) {
            if let Some(slot) = self.place.get_mut(line as usize) {
                *slot = place;
            }
        }
    }

    /// Puts the lines in another order.
    pub(super) fn reorder(&mut self, order: Vec<u32>) {
        self.order = order;
        self.number();
    }

    /// The lines of each block in their order, from the first block to the last.
    pub(super) fn by_block(&self) -> impl Iterator<Item = &[u32]> + '_ {
        let block = |line: &u32| self.blocks.get(*line as usize).copied();
        self.order.chunk_by(move |a, b| block(a) == block(b))
    }

    /// Where a line stands.
    pub(super) fn place_of(&self, line: u32) -> u32 {
        self.place.get(line as usize).copied().unwrap_or(0)
    }

    /// Sorts the lines of each block by the mean place of what they are linked to, and those of one mean
    /// so that lines that are linked to the same stand together; those without links stand last.
    fn sort_by(&mut self, other: &Self, links: impl Iterator<Item = (u32, u32)>) {
        let mut sums = vec![(0_u64, 0_u64, 0_u64); self.blocks.len()];
        for (own, far) in links {
            if let Some((sum, count, pattern)) = sums.get_mut(own as usize) {
                *sum += u64::from(other.place_of(far));
                *count += 1;
                *pattern = pattern.wrapping_add(scattered(far));
            }
        }
        let mean = |line: u32| match sums.get(line as usize) {
            Some(&(sum, count, _)) if count > 0 => sum as f64 / count as f64,
            _ => f64::INFINITY,
        };
        let pattern = |line: u32| sums.get(line as usize).map_or(0, |own| own.2);
        // Of several patterns of one mean, the first one so far stays the first.
        let mut first: BTreeMap<(u32, u64, u64), u32> = BTreeMap::new();
        let block = |line: u32| self.blocks.get(line as usize).copied().unwrap_or(0);
        for (place, &line) in (0..).zip(&self.order) {
            first.entry((block(line), mean(line).to_bits(), pattern(line))).or_insert(place);
        }
        let rank = |line: u32| first.get(&(block(line), mean(line).to_bits(), pattern(line)));
        let mut keys: Vec<(u32, f64, Option<&u32>, u32)> =
            self.order.iter().map(|&line| (block(line), mean(line), rank(line), line)).collect();
        keys.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        self.order = keys.into_iter().map(|(.., line)| line).collect();
        self.number();
    }
}

/// A number of which the sums differ for different sets of lines: `SplitMix64` (Steele, Lea and Flood 2014).
fn scattered(line: u32) -> u64 {
    let mut own = u64::from(line).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    own = (own ^ (own >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    own = (own ^ (own >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    own ^ (own >> 31)
}

/// Orders rows and columns by turns; links are pairs of row and column. The best of the orders on the
/// way is kept. Costs time in proportion to the links and, times a logarithm, the lines.
pub(super) fn arrange(
    (rows, columns): (&mut Side, &mut Side),
    links: &[(u32, u32)],
    effort: OrderEffort,
) {
    let rounds = match effort {
        OrderEffort::Given => 0,
        OrderEffort::Simple => 1,
        OrderEffort::Full => ROUNDS,
    };
    let mut best = (spread((rows, columns), links), rows.clone(), columns.clone());
    for _ in 0..rounds {
        columns.sort_by(rows, links.iter().map(|&(row, column)| (column, row)));
        rows.sort_by(columns, links.iter().copied());
        let spread = spread((rows, columns), links);
        if spread < best.0 {
            best = (spread, rows.clone(), columns.clone());
        } else if spread == best.0 {
            break;
        }
    }
    (*rows, *columns) = (best.1, best.2);
}

/// How far apart what belongs together lies: over all rows and columns, the places from the first link
/// to the last.
pub(super) fn spread((rows, columns): (&Side, &Side), links: &[(u32, u32)]) -> u64 {
    let along = |own: &Side, other: &Side, links: &mut dyn Iterator<Item = (u32, u32)>| {
        let mut ends = vec![(u32::MAX, 0_u32); own.blocks.len()];
        for (line, far) in links {
            let place = other.place_of(far);
            if let Some((low, high)) = ends.get_mut(line as usize) {
                (*low, *high) = (place.min(*low), place.max(*high));
            }
        }
        ends.iter().map(|(low, high)| u64::from(high.saturating_sub(*low))).sum::<u64>()
    };
    along(rows, columns, &mut links.iter().copied())
        + along(columns, rows, &mut links.iter().map(|&(row, column)| (column, row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_block_that_are_linked_to_the_same_stand_together() {
        // Rows 0, 2 and 4 have columns 0 and 3, rows 1 and 3 columns 1 and 2: all of one mean.
        let links: Vec<(u32, u32)> = [0, 2, 4]
            .into_iter()
            .flat_map(|row| [(row, 0), (row, 3)])
            .chain([1, 3].into_iter().flat_map(|row| [(row, 1), (row, 2)]))
            .collect();
        let (mut rows, mut columns) = (Side::new(vec![0; 5]), Side::new(vec![0; 4]));
        rows.sort_by(&columns, links.iter().copied());
        assert_eq!(rows.order, [0, 2, 4, 1, 3]);
        arrange((&mut rows, &mut columns), &links, OrderEffort::Full);
        let places = |lines: &[u32]| -> Vec<u32> {
            let mut places: Vec<u32> = lines.iter().map(|line| rows.place_of(*line)).collect();
            places.sort_unstable();
            places
        };
        let (one, other) = (places(&[0, 2, 4]), places(&[1, 3]));
        assert!(one[2] - one[0] == 2 && other[1] - other[0] == 1, "{one:?} {other:?}");
    }
}
