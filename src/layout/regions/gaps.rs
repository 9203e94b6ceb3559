//! Sections in the gaps between regions: each in a box of its own, one above the other.

use crate::layout::boxes::{GAP, MarkBox, pitch, spread};
use crate::layout::input::NONE;
use crate::layout::regions::cluster::{Satellites, radius};
use crate::layout::{Layout, LayoutInput, Point, SectionPlace, SectionShape};

/// A gap with boxes has this share of the picture's width, and all of them together have at most that one:
/// enough for the names of two or three regions in two lines.
const SHARE: f32 = 0.12;
const SHARE_OF_ALL: f32 = 0.36;

/// A box has at least this share of the picture's height: a body with its name.
const LEAST_HEIGHT: f32 = 0.13;

/// The share of a gap at either side of its boxes, for links and their arrows.
const BESIDE: f32 = 0.12;

/// A gap is made wider by this factor until its boxes have room, at most this many times.
const WIDER: f32 = 1.1;
const MOST_STEPS: usize = 80;

/// The sections between regions, by gap from left to right.
pub(crate) struct Gaps {
    of_gap: Vec<Vec<MarkBox>>,
    /// How many gaps have any.
    boxed: usize,
    is_boxed: Vec<bool>,
    pitch: f32,
}

impl Gaps {
    /// The sections of what lies in no region; there are this many gaps.
    pub(crate) fn new(input: &LayoutInput<'_>, satellites: &Satellites, gaps: usize) -> Self {
        let gap_of = |section: u32| match input.sections.get(section as usize)?.place {
            SectionPlace::Gap(gap) => Some((gap as usize).min(gaps.saturating_sub(1))),
            SectionPlace::Region(_) => None,
        };
        let mut marks: Vec<Vec<u32>> = vec![Vec::new(); input.sections.len()];
        let mut is_boxed = vec![false; input.nodes.len()];
        let mut largest = 0.0_f32;
        for (node, own) in input.nodes.iter().enumerate() {
            let is_between = satellites.home[node] == NONE;
            let section = own.section.filter(|at| is_between && gap_of(*at).is_some());
            if let Some(section) = section {
                marks[section as usize].push(node as u32);
                is_boxed[node] = true;
                largest = largest.max(radius(input, node));
            }
        }
        let mut boxes: Vec<MarkBox> = marks
            .into_iter()
            .enumerate()
            .map(|(at, marks)| MarkBox { section: at as u32, marks, inner: Vec::new() })
            .collect();
        // Those that lie in others come last, so that these are still there.
        let mut of_gap: Vec<Vec<MarkBox>> = vec![Vec::new(); gaps];
        for at in (0..boxes.len()).rev() {
            let within = input.sections[at].within.filter(|outer| gap_of(*outer).is_some());
            let own = std::mem::take(&mut boxes[at]);
            if own.marks.is_empty() && own.inner.is_empty() {
                continue;
            }
            match (within, gap_of(at as u32)) {
                (Some(outer), Some(_)) if (outer as usize) < at => {
                    boxes[outer as usize].inner.insert(0, own);
                }
                (_, Some(gap)) if gap < gaps => of_gap[gap].insert(0, own),
                (_, Some(_) | None) => {}
            }
        }
        let count = of_gap.iter().filter(|own| !own.is_empty()).count();
        Self { of_gap, boxed: count, is_boxed, pitch: pitch(largest) }
    }

    /// Whether a mark lies in a box between regions.
    pub(crate) fn holds(&self, node: u32) -> bool {
        self.is_boxed[node as usize]
    }

    /// How wide a gap is at least, beside columns of regions that are together so wide; 0 without boxes.
    fn least_width(&self, gap: usize, columns: f32) -> f32 {
        if self.of_gap.get(gap).is_none_or(Vec::is_empty) {
            return 0.0;
        }
        let share = SHARE.min(SHARE_OF_ALL / self.boxed as f32);
        columns * share / (1.0 - self.boxed as f32 * share)
    }

    /// How wide all gaps together are at least; without boxes, one behind which there is a column is so wide.
    pub(crate) fn all_widths(&self, columns: &[f32], otherwise: f32) -> f32 {
        let whole = columns.iter().sum();
        let otherwise = |gap: usize| if gap + 1 < columns.len() { otherwise } else { 0.0 };
        let gaps = 0..self.of_gap.len();
        gaps.map(|gap| self.least_width(gap, whole).max(otherwise(gap))).sum()
    }

    /// The boxes of a gap from top to bottom as what they are linked to lies, where the columns are so wide and
    /// so high; `heights` says about how far down each mark belongs.
    pub(crate) fn filled(
        &mut self,
        gap: usize,
        (columns, high): (f32, f32),
        heights: &[f32],
    ) -> FilledGap {
        let mut wide = self.least_width(gap, columns);
        let mut boxes = self.of_gap.get_mut(gap).map(std::mem::take).unwrap_or_default();
        for own in &mut boxes {
            sort(own, heights);
        }
        boxes.sort_by(|a, b| middle(a, heights).total_cmp(&middle(b, heights)));
        let mut rows = Vec::new();
        for _ in 0..MOST_STEPS {
            let inside = wide * (1.0 - 2.0 * BESIDE);
            rows = boxes
                .iter()
                .map(|own| own.height(inside, self.pitch).max(LEAST_HEIGHT * high) + GAP)
                .collect();
            if rows.iter().sum::<f32>() <= high {
                break;
            }
            wide *= WIDER;
        }
        FilledGap { boxes, rows, wide, pitch: self.pitch }
    }
}

/// The boxes of a gap, from top to bottom.
pub(crate) struct FilledGap {
    boxes: Vec<MarkBox>,
    /// The height of each with the gap behind it.
    rows: Vec<f32>,
    /// How wide the gap is; 0 without boxes.
    pub(crate) wide: f32,
    pitch: f32,
}

impl FilledGap {
    /// Puts them in place about a middle, spread over a height.
    pub(crate) fn place(&self, centre: f32, high: f32, layout: &mut Layout) {
        let high = self.rows.iter().sum::<f32>().max(high);
        let half = self.wide * (0.5 - BESIDE);
        for (own, (top, bottom)) in self.boxes.iter().zip(spread(&self.rows, high)) {
            let low = Point { x: centre - half, y: top - high / 2.0 };
            let high = Point { x: centre + half, y: bottom - GAP - high / 2.0 };
            own.place(SectionShape { low, high }, self.pitch, layout);
        }
    }
}

/// Brings the marks of a box, and the boxes in it, into the order in which they are to lie.
fn sort(own: &mut MarkBox, heights: &[f32]) {
    own.marks.sort_by(|&a, &b| heights[a as usize].total_cmp(&heights[b as usize]).then(a.cmp(&b)));
    for inner in &mut own.inner {
        sort(inner, heights);
    }
}

/// How far down what lies in a box belongs on average.
fn middle(own: &MarkBox, heights: &[f32]) -> f32 {
    let all = || own.marks.iter().chain(own.inner.iter().flat_map(|inner| &inner.marks));
    let sum: f64 = all().map(|&mark| f64::from(heights[mark as usize])).sum();
    (sum / all().count().max(1) as f64) as f32
}
