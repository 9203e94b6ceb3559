//! Where the lines and figures of a curve stand, for every form that draws it.

use crate::export::document::Curve;
use crate::inventory::{counted, grouped};

/// The size of a curve's picture, and the room around it for its figures.
pub(super) const SIZE: (f64, f64) = (640.0, 200.0);
const ROOM: (f64, f64) = (48.0, 24.0);
/// How many points a curve is drawn with at most; more could not be distinguished.
const MOST_POINTS: usize = 320;

/// A figure or a word beside the lines, at its baseline.
pub(super) struct Label {
    pub(super) at: (f64, f64),
    pub(super) text: String,
    /// Whether it ends there instead of beginning.
    pub(super) is_end: bool,
}

/// A curve within [`SIZE`], y downwards.
pub(super) struct PlottedCurve {
    /// Everything in one sentence, for those who cannot see it.
    pub(super) words: String,
    /// The line on which nothing is left.
    pub(super) ground: [(f64, f64); 2],
    /// The corners of its steps, by turns to the right and down, from the top left to the bottom right.
    pub(super) corners: Vec<(f64, f64)>,
    /// Its first and last figure, and how many steps it takes.
    pub(super) labels: [Label; 4],
}

impl PlottedCurve {
    pub(super) fn of(curve: &Curve) -> Self {
        let Curve { title, left } = curve;
        let steps = left.len().saturating_sub(1).max(1);
        let whole = left.first().copied().unwrap_or(1).max(1);
        let x = |at: usize| ROOM.0 + (SIZE.0 - 2.0 * ROOM.0) * at as f64 / steps as f64;
        let y = |left: u64| SIZE.1 - ROOM.1 - (SIZE.1 - 2.0 * ROOM.1) * left as f64 / whole as f64;
        let every = left.len().div_ceil(MOST_POINTS).max(1);
        let mut corners = vec![(x(0), y(whole))];
        for (at, &one) in left.iter().enumerate().skip(1) {
            if at % every == 0 || at == steps {
                let above = corners.last().map_or(0.0, |last| last.1);
                corners.extend([(x(at), above), (x(at), y(one))]);
            }
        }
        let (first, last) = (grouped(whole), grouped(left.last().copied().unwrap_or(0)));
        let last_y = y(left.last().copied().unwrap_or(0));
        let number = counted(steps, "step", "steps");
        let words = format!("{title}: {first} before, {last} after {number}");
        let label = |at, text, is_end| Label { at, text, is_end };
        let labels = [
            label((ROOM.0 - 8.0, y(whole) + 4.0), first, true),
            label((SIZE.0 - ROOM.0 + 8.0, last_y + 4.0), last, false),
            label((x(0), SIZE.1 - 6.0), "no step".to_owned(), false),
            label((x(steps), SIZE.1 - 6.0), number, true),
        ];
        let ground = [(x(0), y(0)), (x(steps), y(0))];
        Self { words, ground, corners, labels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_goes_right_and_then_down_to_what_is_left() {
        let plotted = |left: &[u64]| {
            PlottedCurve::of(&Curve { title: "Pairs".to_owned(), left: left.to_vec() })
        };
        // 544 wide and 152 high: two steps of 272, of 8 pairs 19 each.
        let curve = plotted(&[8, 6, 0]);
        let corners = [(48.0, 24.0), (320.0, 24.0), (320.0, 62.0), (592.0, 62.0), (592.0, 176.0)];
        assert_eq!(curve.corners, corners);
        assert_eq!(curve.words, "Pairs: 8 before, 0 after 2 steps");
        assert_eq!(curve.ground, [(48.0, 176.0), (592.0, 176.0)]);
        let many: Vec<u64> = (0..=10_000).rev().collect();
        let curve = plotted(&many);
        assert!(curve.corners.len() <= 2 * MOST_POINTS + 3);
        assert_eq!(curve.corners.last(), Some(&(592.0, 176.0)));
    }
}
