//! Breaks a line where it has no room.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The lines of a text where each may have that width in columns: broken between words, and within a word
/// that has no room alone. Without a width it is one line.
pub(super) fn wrapped(text: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width.map(|width| width.max(1)) else { return vec![text.to_owned()] };
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut();
        let Some(last) = last else { continue };
        let fits = last.width() + 1 + word.width() <= width;
        if last.is_empty() {
            last.push_str(word);
        } else if fits {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
        while let Some((first, rest)) = lines.last().and_then(|last| parted(last, width)) {
            lines.pop();
            lines.extend([first, rest]);
        }
    }
    lines
}

/// A line that is too wide, in two of which the first fits.
fn parted(line: &str, width: usize) -> Option<(String, String)> {
    let mut taken = 0;
    for (at, letter) in line.char_indices() {
        taken += letter.width().unwrap_or(0);
        if taken > width && at > 0 {
            let (first, rest) = line.split_at(at);
            return Some((first.to_owned(), rest.to_owned()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_broken_between_words_and_long_words_within() {
        assert_eq!(wrapped("one two three", Some(7)), ["one two", "three"]);
        assert_eq!(wrapped("one two three", None), ["one two three"]);
        assert_eq!(wrapped("abcdefgh ij", Some(3)), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("", Some(3)), [""]);
        // A letter of East Asian scripts takes two columns.
        assert_eq!(wrapped("鍵鍵鍵", Some(4)), ["鍵鍵", "鍵"]);
        assert_eq!(wrapped("鍵", Some(1)), ["鍵"]);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "the quick  brown fox 鍵鍵鍵鍵 jumps-over-the-lazy dog";
        for width in 1..40 {
            let lines = wrapped(text, Some(width));
            let letters = |text: &str| text.replace(' ', "");
            assert_eq!(letters(&lines.concat()), letters(text), "{width}");
            let fits = |line: &String| line.width() <= width || line.chars().count() == 1;
            assert!(lines.iter().all(fits), "{width}: {lines:?}");
        }
    }
}
