//! Words of cells in messages.

/// The most bytes of a word that is repeated in a message: status and access words are shorter.
const LONGEST: usize = 40;

/// A word of a cell for a message. A long one, or one with digits, may be a secret and is not repeated.
pub(crate) fn shown(cell: &str) -> String {
    if is_plain(cell) { format!("“{}”", cell.escape_debug()) } else { "this word".to_owned() }
}

/// Whether a cell is a word that may be printed: short, and without digits.
pub(crate) fn is_plain(cell: &str) -> bool {
    cell.len() <= LONGEST && !cell.bytes().any(|byte| byte.is_ascii_digit())
}
