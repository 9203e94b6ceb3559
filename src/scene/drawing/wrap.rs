//! Names in several lines.

use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::picture::{MeasureText, Text, TextStyle};

/// How far lines lie apart, as a share of the size of their letters.
const LINE: f32 = 1.15;

/// A line can end behind these signs, where neither it nor the rest is shorter than this.
const SHORTEST: usize = 3;
const BREAKS: [char; 8] = [' ', '-', '_', '/', '.', ',', ':', '@'];

/// A text in lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lines {
    /// The lines from top to bottom.
    pub(super) lines: Vec<String>,
    /// The width of the widest, in pixels.
    pub(super) width: f32,
}

impl Lines {
    /// How much room they take from top to bottom, in pixels.
    pub(super) fn height(&self, size: f32) -> f32 {
        size * (1.0 + LINE * self.lines.len().saturating_sub(1) as f32)
    }

    /// They as texts, one below the other, about the middle of an area.
    pub(super) fn texts(&self, area: &Area, style: TextStyle) -> impl Iterator<Item = Text> + '_ {
        let middle = Point { x: area.centre().x, y: area.top + style.size / 2.0 };
        self.lines.iter().enumerate().map(move |(at, line)| {
            let down = at as f32 * style.size * LINE;
            Text::new(Point { x: middle.x, y: middle.y + down }, line.clone(), style)
        })
    }
}

/// A text in this many lines, as narrow as can be; `None` where there is no room for that many.
pub(super) fn in_lines(
    text: &str,
    count: usize,
    (style, measure): (TextStyle, &dyn MeasureText),
) -> Option<Lines> {
    let width = |text: &str| measure.width(text, style.size, style.face);
    let pieces = pieces(text);
    let wide: Vec<f32> = pieces.iter().map(|piece| width(piece)).collect();
    let mut bounds: Vec<f32> = (0..wide.len())
        .flat_map(|from| (from + 1..=wide.len()).map(move |to| (from, to)))
        .map(|(from, to)| wide.iter().skip(from).take(to - from).sum())
        .collect();
    bounds.sort_by(f32::total_cmp);
    let ends = bounds.into_iter().find_map(|bound| {
        let ends = ends_within(&wide, bound)?;
        (ends.len() <= count).then_some(ends)
    })?;
    if ends.len() < count {
        return None;
    }
    let mut rest = pieces.into_iter();
    let mut from = 0;
    let lines: Vec<String> = ends
        .into_iter()
        .map(|to| {
            let line: String = rest.by_ref().take(to - from).collect();
            from = to;
            line.trim_end().to_owned()
        })
        .collect();
    let width = lines.iter().map(|line| width(line)).fold(0.0, f32::max);
    Some(Lines { lines, width })
}

/// Where lines end that are no wider than a bound; `None` where one piece is.
fn ends_within(wide: &[f32], bound: f32) -> Option<Vec<usize>> {
    let mut ends = Vec::new();
    let mut used = 0.0;
    for (at, own) in wide.iter().enumerate() {
        if *own > bound + 0.01 {
            return None;
        }
        if used + own > bound + 0.01 {
            ends.push(at);
            used = 0.0;
        }
        used += own;
    }
    ends.push(wide.len());
    Some(ends)
}

/// The parts between which lines can end: a figure behind a point stays with what is before it.
fn pieces(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    for (at, sign) in text.match_indices(BREAKS) {
        let end = at + sign.len();
        let own = starts.last().and_then(|from| text.get(*from..end)).unwrap_or_default();
        let rest = text.get(end..).unwrap_or_default();
        let is_short = |part: &str| part.trim_end().chars().count() < SHORTEST;
        let is_in_figure = own.trim_end().ends_with('·') || rest.starts_with('·');
        if !is_short(own) && !is_short(rest) && !rest.starts_with(BREAKS) && !is_in_figure {
            starts.push(end);
        }
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let parts = starts.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to));
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::colour::Colour;
    use crate::scene::picture::Face;

    struct Fixed;

    impl MeasureText for Fixed {
        fn width(&self, text: &str, _: f32, _: Face) -> f32 {
            text.chars().count() as f32
        }
    }

    fn lines(text: &str, count: usize) -> Option<Vec<String>> {
        let style = TextStyle { size: 12.0, face: Face::Strong, colour: Colour::hex(0) };
        in_lines(text, count, (style, &Fixed)).map(|own| own.lines)
    }

    #[test]
    fn a_name_is_broken_where_its_lines_are_shortest() {
        assert_eq!(lines("payments-platform", 1).unwrap(), ["payments-platform"]);
        assert_eq!(lines("payments-platform", 2).unwrap(), ["payments-", "platform"]);
        assert_eq!(
            lines("dev, ci, staging and prod", 2).unwrap(),
            ["dev, ci,", "staging and prod"]
        );
        assert_eq!(
            lines("dev, ci, staging and prod", 3).unwrap(),
            ["dev, ci,", "staging", "and prod"]
        );
        assert_eq!(lines("core-platform · 14", 2).unwrap(), ["core-", "platform · 14"]);
        assert_eq!(lines("team-x", 2), None, "a letter is no line");
        assert_eq!(lines("payments", 2), None, "nothing to break at");
        assert_eq!(lines("", 1), None);
    }
}
