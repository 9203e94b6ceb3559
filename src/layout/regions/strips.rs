//! Boxes of given areas in rows of one width: a strip treemap (Bederson, Shneiderman and Wattenberg,
//! *Ordered and quantum treemaps*, 2002), in which boxes keep their order and none is a thin strip.

/// The air between a box and what is in it, and above that the height kept for the name of the box.
pub(crate) const EDGE: f32 = 20.0;
pub(crate) const HEADING: f32 = 34.0;

/// The gap between two boxes.
pub(crate) const GAP: f32 = 16.0;

/// How much wider than high a box is best: names are wide.
const BEST: f32 = 1.5;

/// The least area of a box, as a share of what each would have if all were equal: its name needs room too.
const LEAST: f32 = 0.4;

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

/// Divides boxes of these areas into rows of a width: a box goes into the row before it as long as that
/// brings the boxes there closer to the best shape. Costs time in proportion to the boxes and the longest row.
pub(crate) fn strips(areas: &[f32], wide: f32) -> Vec<Strip> {
    let wide = wide.max(1.0);
    let mut rows: Vec<Strip> = Vec::new();
    let mut off = f32::MAX;
    for at in 0..areas.len() {
        if let Some(row) = rows.last_mut() {
            let longer = strip(areas, (row.first, row.count + 1), wide);
            let of_longer = how_far_off(areas, &longer);
            if of_longer <= off {
                (*row, off) = (longer, of_longer);
                continue;
            }
        }
        let alone = strip(areas, (at, 1), wide);
        off = how_far_off(areas, &alone);
        rows.push(alone);
    }
    rows
}

fn strip(areas: &[f32], (first, count): (usize, usize), wide: f32) -> Strip {
    let sum: f32 = areas.iter().skip(first).take(count).sum();
    Strip { first, count, high: (sum / wide).max(f32::MIN_POSITIVE) }
}

/// How far the boxes of a row are from the best shape, in the mean; 1 is exact.
fn how_far_off(areas: &[f32], row: &Strip) -> f32 {
    let of_box = |area: &f32| {
        let shape = area / row.high / row.high / BEST;
        shape.max(1.0 / shape.max(f32::MIN_POSITIVE))
    };
    let own = areas.iter().skip(row.first).take(row.count);
    own.map(of_box).sum::<f32>() / row.count.max(1) as f32
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
        assert!(rows.iter().all(|row| how_far_off(&areas, row) < 2.0), "{rows:?}");
    }

    #[test]
    fn a_small_section_has_a_box_of_four_tenths_of_the_mean() {
        let areas = box_areas([1e6, 1e6, 1.0].into_iter());
        let large = (1_000.0 + 56.0) * (1_000.0 + 90.0);
        let small = 57.0 * 91.0;
        assert!((areas[0] - large).abs() < 1.0, "{areas:?}");
        assert!((areas[2] - 0.4 * (2.0 * large + small) / 3.0).abs() < 1.0, "{areas:?}");
    }
}
