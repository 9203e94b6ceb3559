//! Boxes of sections: with marks in rows, or with other boxes in rows.

use crate::layout::{Layout, Point, SectionShape};

/// The room round a mark, round the marks of a box, above them for its name, and between boxes, in scene units.
const AIR: f32 = 6.0;
const EDGE: f32 = 14.0;
const HEADING: f32 = 20.0;
pub(crate) const GAP: f32 = 8.0;

/// The box of a section.
#[derive(Clone, Debug, Default)]
pub(crate) struct MarkBox {
    /// The section.
    pub(crate) section: u32,
    /// The marks in the order in which they stand; none where there are boxes in it.
    pub(crate) marks: Vec<u32>,
    /// The boxes in it.
    pub(crate) inner: Vec<Self>,
}

/// How much room a mark of a radius takes to a side.
pub(crate) fn pitch(radius: f32) -> f32 {
    2.0 * (radius + AIR)
}

/// How wide a box is in which this many marks stand abreast.
pub(crate) fn width(abreast: usize, pitch: f32) -> f32 {
    abreast as f32 * pitch + 2.0 * EDGE
}

/// How many marks stand abreast in a box of a width.
fn abreast(width: f32, pitch: f32) -> usize {
    (((width - 2.0 * EDGE) / pitch + 0.01) as usize).max(1)
}

impl MarkBox {
    /// How high it is to be for all that lies in it.
    pub(crate) fn height(&self, width: f32, pitch: f32) -> f32 {
        let content = if self.inner.is_empty() {
            self.marks.len().div_ceil(abreast(width, pitch)).max(1) as f32 * pitch
        } else {
            let (abreast, wide) = self.shelves(width);
            let rows = self.inner.chunks(abreast).map(|row| highest(row, wide, pitch) + GAP);
            rows.sum::<f32>() - GAP
        };
        content + HEADING + 2.0 * EDGE
    }

    /// How many boxes stand abreast in it where it has a width, and how wide each is.
    fn shelves(&self, width: f32) -> (usize, f32) {
        let abreast = ((self.inner.len() as f32 / 2.0).sqrt().ceil() as usize).max(1);
        let wide =
            |abreast: usize| (width - 2.0 * EDGE - (abreast - 1) as f32 * GAP) / abreast as f32;
        let narrowest = 2.0 * (EDGE + 2.0 * AIR);
        let abreast = (1..=abreast).rev().find(|own| wide(*own) >= 2.5 * narrowest).unwrap_or(1);
        (abreast, wide(abreast))
    }

    /// Puts it where it is to be, with all that lies in it: boxes as high as they need, or higher where there is
    /// room, and marks from the upper left to the lower right.
    pub(crate) fn place(&self, shape: SectionShape, pitch: f32, layout: &mut Layout) {
        if let Some(slot) = layout.sections.get_mut(self.section as usize) {
            *slot = shape;
        }
        if self.inner.is_empty() {
            self.place_marks(shape, pitch, &mut layout.positions);
            return;
        }
        let width = shape.high.x - shape.low.x;
        let (abreast, wide) = self.shelves(width);
        let spare = shape.high.y - shape.low.y - self.height(width, pitch);
        let rows = self.inner.len().div_ceil(abreast).max(1) as f32;
        let mut top = shape.low.y + EDGE + HEADING;
        for row in self.inner.chunks(abreast) {
            let high = highest(row, wide, pitch) + spare.max(0.0) / rows;
            for (at, own) in row.iter().enumerate() {
                let low = Point { x: shape.low.x + EDGE + at as f32 * (wide + GAP), y: top };
                let high = Point { x: low.x + wide, y: top + high };
                own.place(SectionShape { low, high }, pitch, layout);
            }
            top += high + GAP;
        }
    }

    fn place_marks(&self, shape: SectionShape, pitch: f32, positions: &mut [Point]) {
        let (wide, high) = (shape.high.x - shape.low.x, shape.high.y - shape.low.y);
        let abreast = abreast(wide, pitch).min(self.marks.len().max(1));
        let rows = self.marks.len().div_ceil(abreast).max(1);
        let (across, down) =
            ((wide - 2.0 * EDGE) / abreast as f32, (high - HEADING - 2.0 * EDGE) / rows as f32);
        for (at, &mark) in self.marks.iter().enumerate() {
            if let Some(slot) = positions.get_mut(mark as usize) {
                *slot = Point {
                    x: shape.low.x + EDGE + ((at % abreast) as f32 + 0.5) * across,
                    y: shape.low.y + EDGE + HEADING + ((at / abreast) as f32 + 0.5) * down,
                };
            }
        }
    }
}

fn highest(row: &[MarkBox], wide: f32, pitch: f32) -> f32 {
    row.iter().map(|own| own.height(wide, pitch)).fold(0.0, f32::max)
}

/// Where rows of some heights begin and end that are spread over a height.
pub(crate) fn spread(rows: &[f32], height: f32) -> Vec<(f32, f32)> {
    let spare = (height - rows.iter().sum::<f32>()) / rows.len().max(1) as f32;
    let mut top = spare / 2.0;
    rows.iter()
        .map(|own| {
            let row = (top, top + own);
            top = row.1 + spare;
            row
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(section: u32, marks: std::ops::Range<u32>) -> MarkBox {
        MarkBox { section, marks: marks.collect(), inner: Vec::new() }
    }

    #[test]
    fn marks_lie_in_their_boxes_and_boxes_in_each_other() {
        let outer = MarkBox {
            section: 0,
            marks: Vec::new(),
            inner: vec![of(1, 0..7), of(2, 7..8), of(3, 8..30)],
        };
        let pitch = pitch(10.0);
        let wide = width(6, pitch);
        let high = outer.height(wide, pitch);
        let shape = SectionShape {
            low: Point { x: 5.0, y: 7.0 },
            high: Point { x: 5.0 + wide, y: 7.0 + high },
        };
        let mut layout = Layout {
            positions: vec![Point::default(); 30],
            regions: Vec::new(),
            sections: vec![SectionShape::default(); 4],
        };
        outer.place(shape, pitch, &mut layout);
        let within = |inner: SectionShape, outer: SectionShape| {
            inner.low.x >= outer.low.x
                && inner.low.y >= outer.low.y
                && inner.high.x <= outer.high.x + 0.01
                && inner.high.y <= outer.high.y + 0.01
        };
        for (section, marks) in [(1, 0..7), (2, 7..8), (3, 8..30)] {
            let own = layout.sections[section];
            assert!(!own.is_empty() && within(own, layout.sections[0]), "{own:?}");
            for at in &layout.positions[marks] {
                let around = |by: f32| Point { x: at.x + by, y: at.y + by };
                let mark = SectionShape { low: around(-10.0), high: around(10.0) };
                assert!(within(mark, own), "{at:?} in {own:?}");
            }
        }
        for (at, a) in layout.positions.iter().enumerate() {
            for b in &layout.positions[..at] {
                assert!((a.x - b.x).hypot(a.y - b.y) >= 20.0, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn rows_are_spread_evenly() {
        assert_eq!(spread(&[10.0, 20.0], 50.0), [(5.0, 15.0), (25.0, 45.0)]);
    }
}
