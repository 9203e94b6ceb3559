//! Words as they are read: hostile names made harmless, what cannot be seen shown as its number,
//! and nouns that agree with what counts them.

use std::borrow::Cow;

/// A number with its thousands set apart: "12,345".
pub fn grouped(number: u64) -> String {
    let plain = number.to_string();
    let mut text = String::with_capacity(plain.len() + plain.len() / 3);
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of credentials, the dead ones apart where there are any: "3 live, 1 dead".
pub fn live_and_dead(whole: usize, dead: usize) -> String {
    match dead {
        0 => grouped(whole as u64),
        dead => {
            let live = grouped(whole.saturating_sub(dead) as u64);
            format!("{live} live, {} dead", grouped(dead as u64))
        }
    }
}

/// A part of a number of credentials and its whole, the dead ones of each apart where the whole has any:
/// "13 of 25 live, 1 of 4 dead"; one figure where the part is the whole.
pub fn live_and_dead_of(
    (part, dead): (usize, usize),
    (whole, whole_dead): (usize, usize),
) -> String {
    if part == whole {
        return live_and_dead(whole, whole_dead);
    }
    let of = |part: usize, whole: usize| {
        format!("{} of {}", grouped(part as u64), grouped(whole as u64))
    };
    if whole_dead == 0 {
        return of(part, whole);
    }
    let live = of(part.saturating_sub(dead), whole.saturating_sub(whole_dead));
    format!("{live} live, {} dead", of(dead, whole_dead))
}

/// A number with its noun: "1 path", "2 paths".
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{} {}", grouped(count as u64), if count == 1 { one } else { several })
}

/// The text with control, bidirectional and zero-width characters written as `\u{…}`.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hidden(character) {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// A text in which the backslash of whatever looks like an escape of [`shown`] is escaped itself: shown, two texts
/// that differ never become the same.
pub fn without_escapes(text: &str) -> Cow<'_, str> {
    if text.contains(ESCAPE) {
        Cow::Owned(text.replace(ESCAPE, "\\u{5c}u{"))
    } else {
        Cow::Borrowed(text)
    }
}

/// How an escape begins.
const ESCAPE: &str = "\\u{";

/// The text of which [`shown`] made another, as far as it wrote characters out; none where there is no such
/// character in it.
pub fn read_back(text: &str) -> Option<String> {
    let mut parts = text.split(ESCAPE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut found = false;
    for part in parts {
        let written = part.split_once('}').and_then(|(number, rest)| {
            let character = char::from_u32(u32::from_str_radix(number, 16).ok()?)?;
            (is_hidden(character) || character == '\\').then_some((character, rest))
        });
        match written {
            Some((character, rest)) => {
                found = true;
                out.push(character);
                out.push_str(rest);
            }
            None => out.extend([ESCAPE, part]),
        }
    }
    found.then_some(out)
}

/// Whether a character hides, reorders others without being seen, stands for bytes that were no text, or
/// is none that XML can hold.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{ffff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Whether some spreadsheet takes a cell for a formula: what is written as a table gets an apostrophe
/// before it. White space counts, because it is skipped, and so do the full-width forms of the signs, which some
/// make plain ones of (OWASP, "CSV Injection").
pub fn starts_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::{
        counted, grouped, live_and_dead, live_and_dead_of, read_back, shown, without_escapes,
    };

    #[test]
    fn thousands_are_set_apart_in_every_figure() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (999_999, "999,999")];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
        assert_eq!(counted(1_234, "row", "rows"), "1,234 rows");
        assert_eq!(counted(1, "row", "rows"), "1 row");
        assert_eq!(live_and_dead(12_345, 2_345), "10,000 live, 2,345 dead");
        assert_eq!(live_and_dead_of((13, 0), (29, 4)), "13 of 25 live, 0 of 4 dead");
        assert_eq!(live_and_dead_of((13, 0), (29, 0)), "13 of 29");
        assert_eq!(live_and_dead_of((29, 4), (29, 4)), "25 live, 4 dead");
    }

    #[test]
    fn hidden_characters_are_written_out_and_plain_names_stay() {
        assert_eq!(shown("pay\u{202e}tnem"), "pay\\u{202e}tnem");
        assert_eq!(shown("a\u{200b}b\n"), "a\\u{200b}b\\u{a}");
        assert_eq!(shown("a\u{fffe}\u{ffff}"), "a\\u{fffe}\\u{ffff}");
        assert_eq!(shown("Zahlung – ä"), "Zahlung – ä");
    }

    #[test]
    fn what_is_shown_can_be_read_back() {
        for name in ["pay\u{202e}tnem", "a\u{200b}b\n", "\u{fffe}\u{ffff}", "\u{202e}"] {
            assert_eq!(read_back(&shown(name)).as_deref(), Some(name));
        }
        // A backslash that looks like an escape, as a file of a graph keeps it apart.
        assert_eq!(read_back(&without_escapes("a\\u{200b}")).as_deref(), Some("a\\u{200b}"));
        for plain in ["", "pay", "a\\u{61}", "a\\u{200b", "a\\u{}", "a\\u{110000}"] {
            assert_eq!(read_back(plain), None, "{plain}");
        }
    }
}
