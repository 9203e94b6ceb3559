//! Names that hold characters nobody meant to write: hidden ones, and wrongly decoded ones.

use crate::inventory::is_hidden;

/// Whether a name holds characters that hide or reorder others, or bytes that were no text.
pub(crate) fn has_hidden_characters(name: &str) -> bool {
    let plain = name.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    !plain && name.chars().any(is_hidden)
}

/// Whether a name shows what UTF-8 looks like when it is read as Windows-1252: `Ã¼` for `ü`.
pub(crate) fn is_mojibake(name: &str) -> bool {
    if name.is_ascii() {
        return false;
    }
    let mut before = ' ';
    name.contains("â€")
        || name.chars().any(|letter| {
            let is_pair = matches!(before, 'Ã' | 'Â') && matches!(letter, '\u{80}'..='\u{bf}');
            before = letter;
            is_pair
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::shown;

    #[test]
    fn hidden_characters_are_found_and_shown() {
        assert_eq!(shown("a\u{202e}b\u{200b}\u{0}ä"), "a\\u{202e}b\\u{200b}\\u{0}ä");
        assert!(has_hidden_characters("a\u{200d}b") && has_hidden_characters("a\nb"));
        assert!(!has_hidden_characters("päyments – „x“"));
    }
}
