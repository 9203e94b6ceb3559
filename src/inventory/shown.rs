//! Words as they are read: hostile names made harmless, what cannot be seen shown as its number,
//! and nouns that agree with what counts them.

use std::borrow::Cow;

/// A number of credentials, the dead ones apart where there are any: "3 live, 1 dead".
pub fn live_and_dead(whole: usize, dead: usize) -> String {
    match dead {
        0 => whole.to_string(),
        dead => format!("{} live, {dead} dead", whole.saturating_sub(dead)),
    }
}

/// A number with its noun: "1 path", "2 paths".
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
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

/// Whether a character hides, reorders others without being seen, or stands for bytes that were no
/// text.
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
                | '\u{fff9}'..='\u{fffd}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Whether some spreadsheet takes a cell for a formula: what is written as a table gets an apostrophe
/// before it. White space counts, because it is skipped (OWASP, "CSV Injection").
pub fn starts_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn hidden_characters_are_written_out_and_plain_names_stay() {
        assert_eq!(shown("pay\u{202e}tnem"), "pay\\u{202e}tnem");
        assert_eq!(shown("a\u{200b}b\n"), "a\\u{200b}b\\u{a}");
        assert_eq!(shown("Zahlung – ä"), "Zahlung – ä");
    }
}
