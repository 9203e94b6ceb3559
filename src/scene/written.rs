//! Names as pictures and tables write them: pictures of things, which few fonts have, as their numbers.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::inventory::shown;

/// A name made harmless, in which signs that are pictures of things are written as their numbers: `🔑` as
/// `[U+1F511]`. The shipped fonts have none of them, and what systems have differs from one to the next.
pub fn written(text: &str) -> Cow<'_, str> {
    let text = shown(text);
    if !text.chars().any(|sign| is_pictograph(sign) || is_selector(sign)) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for sign in text.chars().filter(|sign| !is_selector(*sign)) {
        if is_pictograph(sign) {
            // Writing into a text never fails.
            _ = write!(out, "[U+{:X}]", u32::from(sign));
        } else {
            out.push(sign);
        }
    }
    Cow::Owned(out)
}

/// Those of the ranges below that the shipped fonts have.
const KNOWN: [char; 15] =
    ['♭', '♯', '⚠', '⚡', '✓', '✕', '✗', '✶', '❮', '❯', '❰', '❱', '➜', '⭘', '\u{e0a0}'];

/// Whether a sign is a picture of a thing, or one of those that fonts define as they like, and no shipped font
/// has it.
fn is_pictograph(sign: char) -> bool {
    let is_one = matches!(
        sign,
        '\u{231a}'
            | '\u{231b}'
            | '\u{23e9}'..='\u{23fa}'
            | '\u{2600}'..='\u{27bf}'
            | '\u{2b00}'..='\u{2bff}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{1f000}'..='\u{1fbff}'
            | '\u{f0000}'..='\u{10ffff}'
    );
    let is_of_prompts = matches!(sign, '\u{e0a1}'..='\u{e0a2}' | '\u{e0b0}'..='\u{e0b3}');
    is_one && !is_of_prompts && !KNOWN.contains(&sign)
}

/// Whether a sign only chooses how the one before it is drawn.
fn is_selector(sign: char) -> bool {
    matches!(sign, '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Face, FontMetrics};

    #[test]
    fn pictures_of_things_are_written_as_their_numbers_and_letters_stay() {
        assert_eq!(written("prod-🔑-key"), "prod-[U+1F511]-key");
        assert_eq!(written("☁\u{fe0f}api"), "[U+2601]api");
        assert_eq!(written("\u{f09b} repo"), "[U+F09B] repo");
        assert_eq!(written("支付服务 ⚠ ✓"), "支付服务 ⚠ ✓");
        assert_eq!(written("a\u{200b}b"), "a\\u{200b}b");
        assert!(matches!(written("deploy-key"), Cow::Borrowed(_)));
    }

    /// What is kept in the ranges of pictures is in a shipped font, and all that is in one is kept.
    #[test]
    fn what_the_shipped_fonts_have_is_kept() {
        let fonts = FontMetrics::default();
        for sign in ('\u{2190}'..='\u{2bff}').chain('\u{e000}'..='\u{f8ff}') {
            let text = sign.to_string();
            let has_it = fonts.have_all_of(&text, Face::Regular);
            assert!(!(has_it && is_pictograph(sign)), "{sign:?} could be drawn");
        }
        for sign in KNOWN {
            assert!(fonts.have_all_of(&sign.to_string(), Face::Regular), "{sign:?} is lacking");
        }
    }
}
