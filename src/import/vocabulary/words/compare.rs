//! How the words of cells are compared.

/// Whether a cell is a known word, whatever its case, and with `_` or `-` in the place of spaces.
pub(super) fn same_word(cell: &str, word: &str) -> bool {
    let alike = |(one, other): (u8, u8)| {
        one.eq_ignore_ascii_case(&other) || (other == b' ' && matches!(one, b'_' | b'-'))
    };
    cell.len() == word.len() && cell.bytes().zip(word.bytes()).all(alike)
}

/// A cell in lower case, with one space in the place of each run of `_`, `-` and spaces.
pub(super) fn spaced(cell: &str) -> String {
    let mut word = String::with_capacity(cell.len());
    for letter in cell.trim().chars() {
        match letter {
            '_' | '-' | ' ' if cell.chars().any(char::is_alphanumeric) => {
                // `1 - most critical` has one space between its words.
                if !word.ends_with(' ') {
                    word.push(' ');
                }
            }
            _ => word.extend(letter.to_lowercase()),
        }
    }
    word
}
