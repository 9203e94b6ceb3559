//! Texts that are read from right to left, in parts that the toolkit can draw one after another.
//!
//! The toolkit shapes each part of a job by itself, in the direction of its first letter, and draws the
//! parts from left to right. The order of the parts is that of the Unicode bidirectional algorithm.

use crate::scene::written;
use egui::text::{LayoutJob, TextFormat};
use unicode_bidi::{BidiClass, BidiInfo, bidi_class};

/// A text as it is drawn, not wrapped.
pub(crate) fn job(text: &str, format: &TextFormat) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, text, 0.0, format);
    job
}

/// Appends a text to a job, its parts in the order in which they are drawn from left to right.
pub(crate) fn append(job: &mut LayoutJob, text: &str, gap: f32, format: &TextFormat) {
    let mut gap = gap;
    for part in in_visual_order(&written(text)) {
        job.append(&part, std::mem::take(&mut gap), format.clone());
    }
}

/// The parts of a text from left to right; the letters of each are in the order in which they are read.
fn in_visual_order(text: &str) -> Vec<String> {
    if !text.chars().any(is_rightward) {
        return vec![text.to_owned()];
    }
    let info = BidiInfo::new(text, None);
    let mut parts = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_rightward = levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl);
            let run = text.get(run).unwrap_or_default();
            if is_rightward {
                parts.extend(words_backwards(run));
            } else {
                parts.push(run.to_owned());
            }
        }
    }
    parts
}

/// Whether a letter is read from right to left.
fn is_rightward(letter: char) -> bool {
    matches!(bidi_class(letter), BidiClass::R | BidiClass::AL | BidiClass::AN)
}

/// The words of a run that is read from right to left, the last one first, and what stands between them.
/// Letters and their marks stay together, because shaping joins and turns them.
fn words_backwards(run: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_in_word = false;
    for letter in run.chars() {
        let is_letter = is_rightward(letter);
        let belongs = is_in_word && (is_letter || bidi_class(letter) == BidiClass::NSM);
        match words.last_mut().filter(|_| belongs) {
            Some(word) => word.push(letter),
            None => words.push(if is_letter { letter } else { turned(letter) }.into()),
        }
        is_in_word = is_letter || belongs;
    }
    words.reverse();
    words
}

/// A bracket as it looks in a text that is read from right to left.
fn turned(sign: char) -> char {
    const PAIRS: [(char, char); 6] =
        [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];
    for (open, close) in PAIRS {
        if sign == open {
            return close;
        }
        if sign == close {
            return open;
        }
    }
    sign
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the rules of Unicode's annex 9, worked out by hand.
    #[test]
    fn words_stand_in_the_order_in_which_they_are_read() {
        let cases: [(&str, &[&str]); 7] = [
            ("deploy-key", &["deploy-key"]),
            ("שלום", &["שלום"]),
            ("שלום עולם", &["עולם", " ", "שלום"]),
            ("key-שלום", &["key-", "שלום"]),
            // A number after letters that are read from right to left stands left of them.
            ("key-שלום-7", &["key-", "7", "-", "שלום"]),
            ("מפתח (prod)", &["(", "prod", ")", " ", "מפתח"]),
            ("مفتاح@prod", &["prod", "@", "مفتاح"]),
        ];
        for (text, parts) in cases {
            assert_eq!(in_visual_order(text), parts, "{text}");
        }
    }

    #[test]
    fn marks_stay_with_their_letters_and_nothing_is_lost() {
        for text in ["שָׁלוֹם עולם", "ab\u{301} مُفتاح-12", "", "«שלום» key [1]"]
        {
            let mut before: Vec<char> = text.chars().map(turned_or_not).collect();
            let parts = in_visual_order(text);
            assert!(parts.iter().all(|part| {
                part.chars().next().is_some_and(|first| bidi_class(first) != BidiClass::NSM)
                    || part.is_empty()
            }));
            let mut after: Vec<char> = parts.concat().chars().map(turned_or_not).collect();
            before.sort_unstable();
            after.sort_unstable();
            assert_eq!(before, after);
        }
    }

    /// Brackets count as the same, whichever way they look.
    fn turned_or_not(sign: char) -> char {
        sign.min(turned(sign))
    }
}
