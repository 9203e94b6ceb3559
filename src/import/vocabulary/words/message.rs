//! Words of cells in messages.

/// The most bytes of a word that is repeated in a message: status and access words are shorter.
const LONGEST: usize = 40;

/// A word of a cell for a message. A long one, or one with digits, may be a secret and is not repeated.
pub(crate) fn shown(cell: &str) -> String {
    let plain = cell.len() <= LONGEST && !cell.bytes().any(|byte| byte.is_ascii_digit());
    if plain { format!("“{}”", cell.escape_debug()) } else { "this word".to_owned() }
}
