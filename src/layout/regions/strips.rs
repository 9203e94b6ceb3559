//! Boxes of given areas in rows of one width: a strip treemap (Bederson, Shneiderman and Wattenberg,
//! *Ordered and quantum treemaps*, 2002), in which boxes keep their order and hardly any is a thin strip.

/// The air between a box and what is in it, and above that the height kept for the name of the box.
pub(crate) const EDGE: f32 = 20.0;
pub(crate) const HEADING: f32 = 34.0;

/// The gap between two boxes.
pub(crate) const GAP: f32 = 16.0;

/// How much wider than high a box is best: names are wide.
const BEST: f32 = 1.5;

/// The least area of a box, as a share of what each would have if all were equal: its name needs room too.
const LEAST: f32 = 0.6;

/// Some boxes side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Strip {
    /// The first of them.
    pub(crate) first: usize,
    /// How many.
    pub(crate) count: usize,
    /// How high they are.
    pub(crate) high: f32,
}

/// About how large the boxes of sections are whose contents take these areas, with the gaps round them.
pub(crate) fn box_areas(contents: impl Iterator<Item = f32>) -> Vec<f32> {
    let with_edges = |area: f32| {
        let side = area.max(0.0).sqrt() + 2.0 * EDGE + GAP;
        side * (side + HEADING)
    };
    let mut areas: Vec<f32> = contents.map(with_edges).collect();
    let least = LEAST * areas.iter().sum::<f32>() / areas.len().max(1) as f32;
    for area in &mut areas {
        *area = area.max(least);
    }
    areas
}

/// Divides boxes of these areas into rows of a width, so that they come as close as can be to the best shape, all
/// together. Costs time in proportion to the boxes and the square of the longest row.
pub(crate) fn strips(areas: &[f32], wide: f32) -> Vec<Strip> {
    let wide = wide.max(1.0);
    let longest = (2.0 * (areas.len() as f32).sqrt()) as usize + 4;
    // For the first boxes, how far off they are at best, and the last of their rows.
    let mut best = vec![(0.0, Strip { first: 0, count: 0, high: 0.0 })];
    for end in 1..=areas.len() {
        let rows = (end.saturating_sub(longest)..end).filter_map(|first| {
            let row = strip(areas, (first, end - first), wide);
            Some((best.get(first)?.0 + how_far_off(areas, &row), row))
        });
        let least = rows.min_by(|a, b| a.0.total_cmp(&b.0));
        best.extend(least);
    }
    let mut rows = Vec::new();
    let mut end = areas.len();
    while let Some((_, row)) = best.get(end).filter(|(_, row)| row.count > 0) {
        rows.push(*row);
        end = row.first;
    }
    rows.reverse();
    rows
}

fn strip(areas: &[f32], (first, count): (usize, usize), wide: f32) -> Strip {
    let sum: f32 = areas.iter().skip(first).take(count).sum();
    Strip { first, count, high: (sum / wide).max(f32::MIN_POSITIVE) }
}

/// How far the boxes of a row are from the best shape, together; 1 for each is exact.
fn how_far_off(areas: &[f32], row: &Strip) -> f32 {
    let of_box = |area: &f32| {
        let shape = area / row.high / row.high / BEST;
        shape.max(1.0 / shape.max(f32::MIN_POSITIVE))
    };
    let own = areas.iter().skip(row.first).take(row.count);
    own.map(of_box).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_boxes_of_the_best_shape_stand_in_two_rows_of_three() {
        // Each is 150 by 100; three of them side by side are 450 wide.
        let rows = strips(&[15_000.0; 6], 450.0);
        let wanted = [(0, 3), (3, 3)].map(|(first, count)| Strip { first, count, high: 100.0 });
        assert_eq!(rows, wanted);
    }

    #[test]
    fn every_box_has_its_area_and_each_row_the_whole_width() {
        let areas: Vec<f32> = (1..40_u8).rev().map(|at| f32::from(at) * 1_000.0).collect();
        let rows = strips(&areas, 900.0);
        let mut next = 0;
        for row in &rows {
            assert_eq!(row.first, next);
            next += row.count;
            let wide: f32 = areas[row.first..next].iter().map(|area| area / row.high).sum();
            assert!((wide - 900.0).abs() < 0.5, "{wide}");
        }
        assert_eq!(next, areas.len());
        let is_good = |row: &Strip| how_far_off(&areas, row) < 2.0 * row.count as f32;
        assert!(rows.iter().all(is_good), "{rows:?}");
    }

    #[test]
    fn a_large_box_behind_small_ones_has_a_row_of_its_own() {
        // Beside the large one the fourth would be five times as high as wide.
        let rows = strips(&[36.0, 21.0, 18.0, 17.0, 269.0], 18.0);
        assert_eq!(rows.iter().map(|row| row.count).collect::<Vec<_>>(), [4, 1], "{rows:?}");
    }

    #[test]
    fn a_small_section_has_a_box_of_six_tenths_of_the_mean() {
        let areas = box_areas([1e6, 1e6, 1.0].into_iter());
        let large = (1_000.0 + 56.0) * (1_000.0 + 90.0);
        let small = 57.0 * 91.0;
        assert!((areas[0] - large).abs() < 1.0, "{areas:?}");
        assert!((areas[2] - 0.6 * (2.0 * large + small) / 3.0).abs() < 1.0, "{areas:?}");
    }
}
