//! A text into lines that fit a width: broken at blanks, and within a word where it alone is too wide.

use std::collections::HashMap;

use crate::scene::{Face, FontMetrics, MeasureText as _};

/// The size at which characters are measured once; widths grow with the size.
const MEASURED: f32 = 100.0;

/// Breaks texts, and remembers how wide characters are.
pub(super) struct Wrapper {
    metrics: FontMetrics,
    widths: HashMap<(char, bool), f32>,
}

impl Wrapper {
    pub(super) fn new() -> Self {
        Self { metrics: FontMetrics::default(), widths: HashMap::new() }
    }

    /// How wide a text is.
    pub(super) fn width(&mut self, text: &str, size: f32, face: Face) -> f32 {
        text.chars().map(|letter| self.letter(letter, size, face)).sum()
    }

    fn letter(&mut self, letter: char, size: f32, face: Face) -> f32 {
        let key = (letter, matches!(face, Face::Strong));
        let metrics = &self.metrics;
        let measured = || metrics.width(letter.encode_utf8(&mut [0; 4]), MEASURED, face);
        *self.widths.entry(key).or_insert_with(measured) * size / MEASURED
    }

    /// The lines of a text, none of them wider than `room`; one at least. Costs time in proportion to the
    /// text.
    pub(super) fn lines(&mut self, text: &str, room: f32, size: f32, face: Face) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut line, mut width) = (String::new(), 0.0);
        for word in text.split_inclusive(' ') {
            let needed = self.width(word.trim_end(), size, face);
            if width + needed > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                width = 0.0;
            }
            if needed <= room {
                width += self.width(word, size, face);
                line.push_str(word);
                continue;
            }
            for letter in word.chars() {
                let own = self.letter(letter, size, face);
                if width + own > room && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    width = 0.0;
                }
                width += own;
                line.push(letter);
            }
        }
        if lines.is_empty() || !line.is_empty() {
            lines.push(line);
        }
        lines.iter().map(|line| line.trim_end().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_together_say_the_text() {
        let mut wrapper = Wrapper::new();
        let long = "a".repeat(500);
        let text = format!("one two three four five six seven eight nine ten {long} end");
        let lines = wrapper.lines(&text, 120.0, 10.0, Face::Regular);
        assert!(lines.len() > 5, "{lines:?}");
        for line in &lines {
            assert!(wrapper.width(line, 10.0, Face::Regular) <= 120.0, "{line}");
        }
        let said: String = lines.concat();
        assert_eq!(said.replace(' ', ""), text.replace(' ', ""));
        assert_eq!(wrapper.lines("", 100.0, 10.0, Face::Regular), [""]);
        assert_eq!(wrapper.lines("a b", 100.0, 10.0, Face::Regular), ["a b"]);
    }
}
